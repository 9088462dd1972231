"""What is due, the ledger and the contacts → e-mails to those who have not reported, none of them twice.

A message is sent, then a record is kept for each reminder in it. A run that dies between the two sends that one
message again; nothing else is ever repeated.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

from cotmoc.calendar import LOCAL, now, to_local_date
from cotmoc.contacts import Contact, ContactRole, Contacts, read_contacts
from cotmoc.desk import Desk, open_desk
from cotmoc.mail import MailServer, MailServerAwayError, MessageRefusedError, Post, mail_server, to_message
from cotmoc.obligations import DueItem, all_due, is_received_here
from cotmoc.registry import Registry
from cotmoc.reminder_letters import Letter, LetterKind, Line, to_letter
from cotmoc.reported import report_of
from cotmoc.settings import Settings
from cotmoc.succession import answering, has_ended
from cotmoc.working_days import WorkingDays, read_working_days
from ingestion.files import create_whole, remove_leftovers
from ingestion.layouts import forms_in_force

_AUDIENCES: dict[str, ContactRole] = {
    "reporter_officer": "officer",
    "reporter_head": "head",
    "recipient_officer": "officer",
}
_TO_RECIPIENT = "recipient_officer"


class RemindersFailedError(RuntimeError):
    """Some messages were not taken by the mail server; the message names each with its reason, and what was sent."""


@dataclass(frozen=True)
class Stage:
    """A reminder: when it is sent, counted from the last day on time, and to whom."""

    code: str
    days_after_due: int
    still_sent_days: int
    audiences: tuple[str, ...]

    def sent_on(self, due_on: date, days: WorkingDays) -> date:
        """Return its day: one that is not worked moves to the working day before the due date, or after it."""
        day = due_on + timedelta(days=self.days_after_due)
        return days.last_until(day) if self.days_after_due < 0 else days.first_from(day)


@dataclass(frozen=True)
class Reminder:
    """One report at one stage, for one person; the record of its sending bears the name `key`."""

    item: DueItem
    stage: str
    kind: LetterKind
    contact: Contact

    @property
    def key(self) -> str:
        """Return a name that only the same reminder of the same report to the same address has."""
        item = self.item
        parts = (item.obligation_code, item.owed_by_code, item.period_start.isoformat(), item.period_text)
        said = "|".join((*parts, self.stage, self.kind, self.contact.email))
        return hashlib.sha256(said.encode()).hexdigest()[:40]


@dataclass(frozen=True)
class Message:
    """A letter to one person about all reminders of a kind that are due to that person on a day."""

    contact: Contact
    letter: Letter
    reminders: tuple[Reminder, ...]


@dataclass
class RemindSummary:
    """What a run did; `sent` are messages, in a dry run those that would be sent."""

    on: date
    why_nothing: str | None = None
    sent: list[Message] = field(default_factory=list)
    failed: list[tuple[Message, str]] = field(default_factory=list)
    without_contact: list[str] = field(default_factory=list)
    contact_problems: tuple[str, ...] = ()

    def sentences(self) -> list[str]:
        """Return what an operator has to know of the run."""
        said = [f"{self.on:%d/%m/%Y}: {len(self.sent)} message(s), {len(self.failed)} failed"]
        if self.why_nothing:
            said = [f"{self.on:%d/%m/%Y}: nothing is sent: {self.why_nothing}"]
        if self.without_contact:
            said.append(f"no contact for: {', '.join(self.without_contact)}")
        return [*said, *self.contact_problems, *(f"not sent to {who}: {why}" for who, why in self.failures())]

    def failures(self) -> list[tuple[str, str]]:
        """Return to whom a message failed and why; the address is only hinted at, logs have many readers."""
        return [(message.contact.hint, why) for message, why in self.failed]


def remind_today(settings: Settings) -> list[str]:
    """Send what is to be sent today; return what an operator has to know. Raises RemindersFailedError."""
    desk = open_desk(settings.places, settings.registry, settings.forms)
    summary = remind(desk, mail_server(settings), to_local_date(now()))
    if summary.failed:
        raise RemindersFailedError("; ".join(summary.sentences()))
    return summary.sentences()


def remind(desk: Desk, server: MailServer | None, on: date, *, is_dry_run: bool = False) -> RemindSummary:
    """Send what is to be sent on a day; a message that is refused stops no other one."""
    days = read_working_days(desk.registry)
    contacts = read_contacts(desk.places.contacts, desk.registry)
    summary = RemindSummary(on, contact_problems=contacts.problems)
    if not days.is_worked(on):
        summary.why_nothing = "offices are closed on that day"
    elif not contacts.people:
        summary.why_nothing = f"nobody to write to: {desk.places.contacts} names no contact"
    elif server is None and not is_dry_run:
        summary.why_nothing = "no mail server: set COTMOC_SMTP_HOST"
    if summary.why_nothing:
        return summary
    desk.places.reminders.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(desk.places.reminders):
        remove_leftovers(desk.places.reminders)
        reminders, summary.without_contact = _to_send(desk, contacts, on, days)
        messages = _to_messages(desk, reminders, on)
        if is_dry_run or server is None:
            summary.sent = messages
        else:
            _send(messages, server, desk.places.reminders, summary)
    return summary


def read_stages(registry: Registry) -> list[Stage]:
    """Return the reminders of the registry, the earliest first."""
    records = registry.records("reminder_policies")
    return sorted(
        (
            Stage(
                code,
                int(rows[0]["days_after_due"]),
                int(rows[0]["still_sent_days"]),
                tuple(row["audience"] for row in rows),
            )
            for code in dict.fromkeys(record["reminder_code"] for record in records)
            if (rows := [record for record in records if record["reminder_code"] == code])
        ),
        key=lambda stage: stage.days_after_due,
    )


def stage_of(stages: Sequence[Stage], due_on: date, on: date, days: WorkingDays) -> Stage | None:
    """Return the reminder to send on a day: the latest whose day has come, unless it is too late for it."""
    come = [stage for stage in stages if stage.sent_on(due_on, days) <= on]
    if not come:
        return None
    last = max(come, key=lambda stage: stage.days_after_due)
    is_too_late = on > last.sent_on(due_on, days) + timedelta(days=last.still_sent_days)
    # After the due date nobody is reminded that it comes.
    return None if is_too_late or (last.days_after_due < 0 and on > due_on) else last


def _to_send(desk: Desk, contacts: Contacts, on: date, days: WorkingDays) -> tuple[list[Reminder], list[str]]:
    """Return the reminders not sent yet, and the departments and roles that nobody stands for."""
    stages = read_stages(desk.registry)
    submissions = list(desk.submissions().values())
    found: dict[str, Reminder] = {}
    missing: dict[str, None] = {}
    for item in all_due(desk.registry, on):
        stage = stage_of(stages, item.due_on, on, days)
        if stage is None or not _is_open(desk, item, stage):
            continue
        if report_of(item, desk.registry, desk.places.rows, submissions):
            continue
        for audience in stage.audiences:
            department = _addressed(desk.registry, item, audience, on)
            if department is None:
                if audience != _TO_RECIPIENT:
                    missing[f"{item.department_code} (ended, no single successor)"] = None
                continue
            role = _AUDIENCES[audience]
            people = contacts.of(department, role)
            if not people:
                missing[f"{department} ({role})"] = None
            for contact in people:
                kind: LetterKind = "before" if stage.days_after_due < 0 else "after"
                reminder = Reminder(
                    item, stage.code, "recipient" if audience == _TO_RECIPIENT else kind, contact
                )
                if not (desk.places.reminders / f"{reminder.key}.json").exists():
                    found.setdefault(reminder.key, reminder)
    return list(found.values()), list(missing)


def _is_open(desk: Desk, item: DueItem, stage: Stage) -> bool:
    """Return whether anything can be said: of a report that comes in elsewhere nobody here knows that it is late."""
    return stage.days_after_due < 0 or is_received_here(desk.registry, item)


def _addressed(registry: Registry, item: DueItem, audience: str, on: date) -> str | None:
    """Return the department whose people are written to; None where there is none (any more)."""
    department: str | None = item.department_code
    if audience == _TO_RECIPIENT:
        recipient = item.recipient_department_code
        department = answering(registry, recipient, on) if recipient else None
        # Who reports to himself has been told already.
        if department == item.department_code:
            return None
    return None if department is None or has_ended(registry, department, on) else department


def _to_messages(desk: Desk, reminders: Sequence[Reminder], on: date) -> list[Message]:
    """Return one message for each person and kind of letter, in a fixed order."""
    forms = {form.code: form.name_vi for form in forms_in_force(desk.forms, on)}
    groups: dict[tuple[str, str, LetterKind], list[Reminder]] = {}
    for one in reminders:
        groups.setdefault((one.contact.department_code, one.contact.email, one.kind), []).append(one)
    messages = []
    for (department, _, kind), group in sorted(groups.items()):
        lines = [
            Line(
                item=one.item,
                department_name=desk.registry.department_name(one.item.department_code),
                owed_by_name=desk.registry.department_name(one.item.owed_by_code),
                form_name=forms.get(one.item.form_code or ""),
                is_received_here=is_received_here(desk.registry, one.item),
            )
            for one in group
        ]
        contact = group[0].contact
        letter = to_letter(kind, lines, contact.name, desk.registry.department_name(department), on)
        messages.append(Message(contact, letter, tuple(group)))
    return messages


def _send(messages: Sequence[Message], server: MailServer, records: Path, summary: RemindSummary) -> None:
    away: str | None = None
    with Post(server) as post:
        for message in messages:
            if away:
                summary.failed.append((message, away))
                continue
            try:
                post.hand_over(_to_email(message, server))
            except MessageRefusedError as error:
                summary.failed.append((message, str(error)))
            except MailServerAwayError as error:
                away = str(error)
                summary.failed.append((message, away))
            else:
                summary.sent.append(message)
                _record(message, records)


def _to_email(message: Message, server: MailServer) -> EmailMessage:
    letter, contact = message.letter, message.contact
    at = now().astimezone(LOCAL)
    return to_message(
        server.sender, contact.name, contact.email, letter.subject, letter.text, letter.html, at
    )


def _record(message: Message, records: Path) -> None:
    """Keep what was sent; the address itself stays in the contacts, only its hash is in the name."""
    for one in message.reminders:
        said = {
            "sent_at": now().isoformat(),
            "reminder_code": one.stage,
            "kind": one.kind,
            "obligation_code": one.item.obligation_code,
            "owed_by": one.item.owed_by_code,
            "period": one.item.period_text,
            "due_on": one.item.due_on.isoformat(),
            "to_department": one.contact.department_code,
            "to_role": one.contact.role,
        }
        create_whole(records / f"{one.key}.json", json.dumps(said, ensure_ascii=False, indent=1).encode())


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder: a second run waits, and then finds what the first one sent."""
    with (folder / ".sending").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
