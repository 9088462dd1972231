"""One read file and who hands it in → events, landed rows and a receipt, once and only once.

What is written, in this order: the bytes, `received`, the rows, the outcome, the receipt, its marked copy. A run killed
anywhere leaves a reception without an outcome, or without a receipt; the next run with the same file finishes
it. Two runs with the same bytes wait for each other; others meet only at the head of the ledger.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from cotmoc.arrivals import Arrival, FileChangedError, open_regular, read_arrival
from cotmoc.calendar import now, to_local_date, to_noon
from cotmoc.desk import Desk
from cotmoc.examination import Examined
from cotmoc.locks import UnderLocks, under_locks_of
from cotmoc.marked_copies import try_marked_copy
from cotmoc.published_changes import published_changes
from cotmoc.reasons import with_reasons
from cotmoc.versions import version_notes
from ingestion.landing import alone_with, land_raw, land_rows
from ingestion.ledger import STANDING, HeadMovedError, Submission, to_instant, to_instant_text
from ingestion.receipts import Receipt, ReceiptState, read_receipt, write_receipt


@dataclass(frozen=True)
class Reception:
    """Who hands in, for which department, by which way; a day when it is recorded after the fact."""

    department: str
    person: str
    channel: str
    received_on: date | None = None
    recorded_by: str | None = None
    arrival_key: str | None = None
    # For an inbox file: when it came to lie there. It was received then, however long it waited its turn.
    arrived_at: datetime | None = None

    @property
    def instant(self) -> datetime:
        """Return the instant from which the reception holds."""
        if self.received_on is not None:
            return to_noon(self.received_on)
        return now() if self.arrived_at is None else min(self.arrived_at, now())

    @property
    def day(self) -> date:
        """Return the day of reception in the province."""
        return to_local_date(self.instant)


def receive(desk: Desk, arrival: Arrival, reception: Reception) -> Receipt:
    """Land or refuse one file, write its receipt to the outbox and return it; finishes what was begun before.

    Raises the errors of `examine`: then nothing is decided and nothing is written.
    """
    submissions = desk.submissions()
    own = _begun(submissions.values(), arrival, reception)
    if own is not None and not own.is_open:
        return answer_again(desk, arrival, own)
    if own is None and (first := find_twin(submissions.values(), arrival, reception.department)):
        lost = _answer_lost(desk, arrival, reception, first)
        return lost or _answer_duplicate(desk, arrival, reception, first)
    examined = desk.examine(arrival, reception.department, reception.day)
    _land_bytes(desk, arrival)
    with alone_with(desk.places.raw, arrival.sha256):
        begun = _begin(desk, arrival, reception, examined)
        if isinstance(begun, Receipt):
            return begun
        return finish(desk, arrival, begun, examined)


def finish(desk: Desk, arrival: Arrival, submission: Submission, examined: Examined) -> Receipt:
    """Give a begun reception, or justification, its outcome and its receipt. The caller is alone with the bytes."""
    rows_file = desk.places.rows / f"{submission.id}.parquet"
    while True:
        submissions = desk.submissions()
        present = submissions.pop(submission.id)
        if not present.is_open:
            # Where the file system knows no locks another process may have been as quick.
            return answer_again(desk, arrival, present)
        twin = find_twin(submissions.values(), arrival, submission.department_code, examined)
        judged = under_locks_of(desk, examined, present)
        outcome = "refused" if twin else judged.examined.verdict
        if outcome == "accepted":
            # Written over whatever a run that died has left: the rows follow from the bytes and the reasons.
            land_rows(desk.places.rows, submission.id, judged.examined.rows)
        else:
            rows_file.unlink(missing_ok=True)
        with suppress(HeadMovedError):
            desk.ledger.append(_outcome_event(present, outcome, judged, twin))
            break
    return _answer_decided(desk, arrival, present, judged.examined, twin.id if twin else None)


def examine_landed(desk: Desk, submission: Submission) -> tuple[Arrival, Examined]:
    """Return what the landed bytes of a submission say, on the day of its reception; no reasons are laid over it.

    Raises ValueError when the bytes are not those received, OSError when they are missing, the errors of `examine`.
    """
    landed = read_arrival(desk.places.raw / submission.sha256, desk.most_bytes, follow_links=False)
    if landed.sha256 != submission.sha256:
        raise ValueError(f"the bytes kept as {submission.sha256} have another hash")
    arrival = replace(landed, file_name=submission.file_name)
    return arrival, desk.examine(arrival, submission.department_code, to_local_date(submission.received_at))


def find_twin(
    submissions: Iterable[Submission], arrival: Arrival, department: str, examined: Examined | None = None
) -> Submission | None:
    """Return the standing submission of the same bytes, or of the department and saying the same."""
    says = examined.content_sha256 if examined and examined.verdict != "refused" else None
    for found in submissions:
        is_same = found.sha256 == arrival.sha256
        says_same = says in found.contents and found.department_code == department
        if found.state in STANDING and (is_same or (says is not None and says_same)):
            return found
    return None


def answer_again(desk: Desk, arrival: Arrival, submission: Submission) -> Receipt:
    """Return the receipt of a decided submission, written anew if a crash prevented it."""
    receipt = read_receipt(desk.places.outbox / submission.department_code, submission.id)
    if receipt is not None and is_answer_of(receipt, submission):
        return receipt
    return write_answer(desk, arrival, submission)


def is_answer_of(receipt: Receipt, submission: Submission) -> bool:
    """Return whether a receipt tells the last answer given to a submission, not an earlier one."""
    told = "refused" if receipt.state == "duplicate" else receipt.state
    return told == submission.outcome


def write_answer(desk: Desk, arrival: Arrival, submission: Submission) -> Receipt:
    """Write the receipt of an answered submission anew, from what the ledger says was decided; return it."""
    day = to_local_date(submission.received_at)
    examined = with_reasons(desk.examine(arrival, submission.department_code, day), submission.reasons)
    judged = under_locks_of(desk, examined, submission)
    return _answer_decided(desk, arrival, submission, judged.examined, submission.duplicate_of)


def _answer_decided(
    desk: Desk, arrival: Arrival, submission: Submission, examined: Examined, twin: str | None
) -> Receipt:
    if twin is not None:
        receipt = to_duplicate(desk.submissions()[twin], arrival, submission.department_code)
    else:
        receipt = to_receipt(desk, submission, arrival, submission.department_code, examined)
    _answer(desk, arrival, submission.id, receipt, to_local_date(submission.received_at))
    return receipt


def to_receipt(
    desk: Desk, submission: Submission | None, arrival: Arrival, department: str, examined: Examined
) -> Receipt:
    """Return the receipt of an examined file; without a submission it is that of a dry run."""
    is_accepted = examined.verdict == "accepted"
    is_refused = examined.verdict == "refused"
    changes = [] if is_refused else published_changes(desk.places.current, examined.rows, desk.registry)
    at = submission.received_at if submission else now()
    notes = (
        []
        if is_refused
        else version_notes(desk, department, examined.form.code, examined.rows, at, submission)
    )
    return Receipt(
        submission_id=submission.id if submission else None,
        state=examined.verdict,
        file_name=arrival.file_name,
        sha256=arrival.sha256,
        department_code=department,
        form_code=examined.form.code,
        periods=examined.periods,
        rows_accepted=len(examined.rows) if is_accepted else 0,
        problems=(*examined.problems, *notes),
        changes=changes,
    )


def to_duplicate(first: Submission, arrival: Arrival, department: str) -> Receipt:
    """Return the receipt of a file that was received before; it names the first submission."""
    state: ReceiptState = "duplicate"
    return Receipt(
        first.id, state, arrival.file_name, arrival.sha256, department, first.form_code, first.periods
    )


def _begun(submissions: Iterable[Submission], arrival: Arrival, reception: Reception) -> Submission | None:
    """Return what an earlier run made of this very inbox file, or of these bytes before it died."""
    for found in submissions:
        is_of_this_file = reception.arrival_key is not None and found.arrival_key == reception.arrival_key
        is_open = found.state == "received" and found.sha256 == arrival.sha256
        if is_of_this_file or (is_open and found.department_code == reception.department):
            return found
    return None


def _begin(desk: Desk, arrival: Arrival, reception: Reception, examined: Examined) -> Submission | Receipt:
    """Return the reception to finish, newly recorded or left by a run that died; a receipt if all is said."""
    while True:
        submissions = desk.submissions()
        own = _begun(submissions.values(), arrival, reception)
        if own is not None:
            return own if own.is_open else answer_again(desk, arrival, own)
        first = find_twin(submissions.values(), arrival, reception.department, examined)
        if first is not None:
            return _answer_duplicate(desk, arrival, reception, first)
        attempts = sum(found.sha256 == arrival.sha256 for found in submissions.values())
        with suppress(HeadMovedError):
            event = _received_event(arrival, reception, examined, attempts, _instant(desk, reception))
            desk.ledger.append(event)
            return desk.submissions()[event["submission_id"]]


def _answer_duplicate(desk: Desk, arrival: Arrival, reception: Reception, first: Submission) -> Receipt:
    receipt = to_duplicate(first, arrival, reception.department)
    name = f"{first.id}-duplicate-{arrival.key[:12]}"
    _answer(desk, arrival, name, receipt, reception.day)
    return receipt


def _answer_lost(desk: Desk, arrival: Arrival, reception: Reception, first: Submission) -> Receipt | None:
    """Return the receipt of the first, if its run ended before it was written and these are its bytes and person."""
    is_the_same = (first.sha256, first.department_code, first.submitted_by) == (
        arrival.sha256,
        reception.department,
        reception.person,
    )
    outbox = desk.places.outbox / first.department_code
    if not is_the_same or read_receipt(outbox, first.id) is not None:
        return None
    # Whoever is still writing it holds the bytes.
    with alone_with(desk.places.raw, first.sha256):
        is_written = read_receipt(outbox, first.id) is not None
        return None if is_written else answer_again(desk, arrival, desk.submissions()[first.id])


def _answer(desk: Desk, arrival: Arrival, name: str, receipt: Receipt, day: date) -> None:
    """Write the receipt, the answer of record; then, if that is possible, the marked copy beside it."""
    written = write_receipt(desk.places.outbox / receipt.department_code, name, receipt)
    try_marked_copy(desk, written, arrival, receipt, day)


def _land_bytes(desk: Desk, arrival: Arrival) -> None:
    try:
        if arrival.data is not None:
            land_raw(desk.places.raw, io.BytesIO(arrival.data), arrival.sha256)
        else:
            with open_regular(arrival.path, follow_links=True) as source:
                land_raw(desk.places.raw, source, arrival.sha256)
    except ValueError as error:
        raise FileChangedError(arrival.file_name) from error


def _instant(desk: Desk, reception: Reception) -> datetime:
    """Return the instant of a reception: not before the last one by the clock, if that was set back within a day.

    Of two submissions the later received counts, and that is the one with the later sequence. Over midnight the
    clock has its way: on which day a file was received is never guessed.
    """
    instant = reception.instant
    if reception.received_on is not None or reception.arrived_at is not None:
        return instant
    by_the_clock = (
        event
        for event in reversed(desk.ledger.events)
        if event["kind"] == "received" and event["channel"] != "inbox" and not event["is_backdated"]
    )
    last = next((to_instant(event["at"]) for event in by_the_clock), instant)
    return max(instant, last) if to_local_date(instant) == to_local_date(last) else instant


def _received_event(
    arrival: Arrival, reception: Reception, examined: Examined, attempts: int, instant: datetime
) -> dict[str, Any]:
    attempt = f"-{attempts + 1}" if attempts else ""
    event: dict[str, Any] = {
        "at": to_instant_text(instant),
        "kind": "received",
        "submission_id": f"{to_local_date(instant):%Y%m%d}-{arrival.sha256[:10]}{attempt}",
        "sha256": arrival.sha256,
        "department_code": reception.department,
        "form_code": examined.form.code,
        "form_version": examined.form.layout.version,
        "file_name": arrival.file_name,
        "person": reception.person,
        "channel": reception.channel,
        "reason": None,
        "is_backdated": reception.received_on is not None,
    }
    if reception.received_on is not None:
        event |= {"recorded_at": to_instant_text(now()), "recorded_by": reception.recorded_by}
    if reception.arrival_key is not None:
        event["arrival_key"] = reception.arrival_key
    return event


def _outcome_event(
    submission: Submission, outcome: str, judged: UnderLocks, twin: Submission | None
) -> dict[str, Any]:
    examined = judged.examined
    instant: datetime = submission.received_at if submission.is_backdated else now()
    rules = sorted({problem.rule for problem in examined.problems if problem.severity != "note"})
    event: dict[str, Any] = {
        "at": to_instant_text(instant),
        "kind": outcome,
        **submission.subject,
        "person": None,
        "channel": submission.channel,
        "reason": f"duplicate of {twin.id}" if twin else ", ".join(rules) or None,
        "is_backdated": submission.is_backdated,
        "requires_approval": examined.form.layout.requires_approval,
        "rows_read": examined.rows_read,
        "rows_accepted": len(examined.rows) if outcome == "accepted" else 0,
        "cells_refused": examined.cells_refused,
        "warnings": examined.warnings,
        "periods": list(examined.periods),
    }
    if twin:
        event["duplicate_of"] = twin.id
    if outcome == "accepted" and judged.exceptions_used:
        event["exceptions_used"] = list(judged.exceptions_used)
    if outcome != "refused":
        event["content_sha256"] = examined.content_sha256
    if submission.is_backdated:
        event |= {"recorded_at": to_instant_text(now()), "recorded_by": submission.recorded_by}
    return event
