"""obligations · remind: what is due by when, and the e-mails about it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from cotmoc.calendar import now, to_day_text, to_local_date
from cotmoc.command.inputs import AsJson, open_settings_desk, to_any_day
from cotmoc.command.output import complain, tell, tell_json, tell_table

On = Annotated[
    date | None,
    typer.Option("--on", parser=to_any_day, metavar="DATE", help="The day to look from (default: today)."),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this topic."""
    app.command()(obligations)
    app.command()(remind)


def obligations(
    department: Annotated[
        str | None, typer.Option("--department", "-d", metavar="CODE", help="Only those of a department.")
    ] = None,
    on: On = None,
    json: AsJson = False,
) -> None:
    """List the reports departments answer for: all that fell due and of each the next, with the last day on time."""
    from cotmoc.obligations import all_due, due_for
    from cotmoc.reported import report_of

    desk, day = open_settings_desk(), on or to_local_date(now())
    found = due_for(desk.registry, department, day) if department else all_due(desk.registry, day)
    submissions = list(desk.submissions().values())
    reports = [report_of(item, desk.registry, desk.places.rows, submissions) for item in found]
    if json:
        tell_json(
            [
                {
                    "obligation_code": item.obligation_code,
                    "name_vi": item.name_vi,
                    "department": item.department_code,
                    "owed_by": item.owed_by_code,
                    "form": item.form_code,
                    "period": item.period_text,
                    "period_start": item.period_start.isoformat(),
                    "period_end": item.period_end.isoformat(),
                    "due_on": item.due_on.isoformat(),
                    "deadline_at": item.deadline_at.isoformat(),
                    "days_left": item.days_left,
                    "recipients": list(item.recipient_roles),
                    "legal_basis": item.legal_basis,
                    "submission_id": report.id if report else None,
                    "is_on_time": item.is_on_time(report.received_at) if report else None,
                }
                for item, report in zip(found, reports, strict=True)
            ]
        )
        return
    rows = (
        (
            to_day_text(item.due_on),
            item.days_left,
            item.department_code
            if item.department_code == item.owed_by_code
            else f"{item.department_code} (for {item.owed_by_code})",
            item.name_vi,
            item.period_text,
            "; ".join(item.recipient_roles),
            _state(item, report),
        )
        for item, report in zip(found, reports, strict=True)
    )
    columns = ("due on", "days left", "department", "report", "period", "to", "reported")
    tell_table(columns, rows, numbers=("days left",))


def remind(
    on: On = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the letters that would be sent; nothing is sent.")
    ] = False,
    json: AsJson = False,
) -> None:
    """E-mail those who have not reported, before and after the due date; none of the letters is sent twice."""
    from cotmoc.mail import mail_server
    from cotmoc.reminders import remind
    from cotmoc.settings import settings

    day = on or to_local_date(now())
    summary = remind(open_settings_desk(), mail_server(settings()), day, is_dry_run=dry_run)
    if json:
        tell_json(
            {
                "on": day.isoformat(),
                "is_dry_run": dry_run,
                "why_nothing": summary.why_nothing,
                "sent": [_to_record(message) for message in summary.sent],
                "failed": [_to_record(message) | {"why": why} for message, why in summary.failed],
                "without_contact": summary.without_contact,
                "contact_problems": list(summary.contact_problems),
            }
        )
    else:
        for message in summary.sent if dry_run else ():
            tell(f"{message.contact.email}: {message.letter.subject}\n\n{message.letter.text}")
        for sentence in summary.sentences():
            tell(sentence)
    if summary.failed:
        complain("; ".join(f"not sent to {who}: {why}" for who, why in summary.failures()))
        raise typer.Exit(1)


def _state(item: Any, report: Any) -> str:
    if report is None:
        return ""
    return "on time" if item.is_on_time(report.received_at) else "late"


def _to_record(message: Any) -> dict[str, Any]:
    return {
        "to": message.contact.email,
        "department": message.contact.department_code,
        "role": message.contact.role,
        "subject": message.letter.subject,
        "reminders": [one.stage for one in message.reminders],
    }
