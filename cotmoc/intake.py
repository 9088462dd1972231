"""A file on its way in → its receipt: what the command, the scheduler and the portal call."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cotmoc.arrivals import Arrival, read_arrival
from cotmoc.arrivals import FileChangedError as FileChangedError
from cotmoc.arrivals import NotAFileError as NotAFileError
from cotmoc.calendar import now, to_local_date
from cotmoc.desk import Desk as Desk
from cotmoc.desk import open_desk as open_desk
from cotmoc.inbox import hand_over as hand_over
from cotmoc.inbox import read_slip, remove_arrival, remove_slip
from cotmoc.inbox import waiting_files as waiting_files
from cotmoc.locks import under_locks_now
from cotmoc.marked_copies import NotMarkedError as NotMarkedError
from cotmoc.marked_copies import write_marked_copy
from cotmoc.reasons import with_reasons
from cotmoc.reception import (
    Reception,
    answer_again,
    examine_landed,
    find_twin,
    finish,
    is_answer_of,
    receive,
    to_duplicate,
    to_receipt,
)
from ingestion.landing import alone_with
from ingestion.ledger import Submission
from ingestion.receipts import Receipt as Receipt
from ingestion.receipts import read_receipt


def check(
    desk: Desk, file: Path, department: str, received_on: date | None = None, marked: Path | None = None
) -> Receipt:
    """Return the receipt that a file would get; nothing is landed. Raises the errors of `submit`.

    `marked` names the workbook that the marked copy is written to; it may raise NotMarkedError.
    """
    desk.registry.require_department(department)
    arrival = read_arrival(file, desk.most_bytes, follow_links=True)
    on = received_on or to_local_date(now())
    receipt = _check(desk, arrival, department, on)
    if marked is not None:
        write_marked_copy(desk, marked, arrival, receipt, on, is_dry_run=True)
    return receipt


def _check(desk: Desk, arrival: Arrival, department: str, on: date) -> Receipt:
    submissions = desk.submissions().values()
    if first := find_twin(submissions, arrival, department):
        return to_duplicate(first, arrival, department)
    examined = desk.examine(arrival, department, on)
    if first := find_twin(submissions, arrival, department, examined):
        return to_duplicate(first, arrival, department)
    judged = under_locks_now(desk, examined, department)
    return to_receipt(desk, None, arrival, department, judged.examined)


def submit(
    desk: Desk,
    file: Path,
    department: str,
    person: str,
    *,
    channel: str = "cli",
    received_on: date | None = None,
    backdated_by: str | None = None,
) -> Receipt:
    """Check a file, land or refuse it, write its receipt to the outbox and return it.

    `received_on` backdates the reception, an act of `backdated_by` that its events name. Raises
    UnknownDepartmentError, NotAFileError, FileChangedError, OSError and the errors of `examine`, and then
    nothing has been decided.
    """
    desk.registry.require_department(department)
    arrival = read_arrival(file, desk.most_bytes, follow_links=True)
    return receive(desk, arrival, Reception(department, person, channel, received_on, backdated_by))


def take_in(desk: Desk, path: Path) -> Receipt:
    """Take one file out of the inbox: answer it, write its receipt, remove it.

    Run again after a crash it finishes what was begun and does nothing twice. Raises NotAFileError,
    FileChangedError, OSError and the errors of `examine`; the file then stays where it is.
    """
    arrival = read_arrival(path, desk.most_bytes, follow_links=False)
    if path.lstat().st_nlink > 1:
        # Under its other name somebody may still write it, or it is none of the department's files.
        raise NotAFileError(path)
    department = path.parent.name
    slip = read_slip(desk.places, arrival.sha256, department)
    reception = Reception(
        department,
        slip.submitted_by if slip else f"Thư mục tiếp nhận {department}",
        "inbox",
        slip.received_on if slip else None,
        slip.backdated_by if slip else None,
        arrival.key,
        arrival.arrived_at,
    )
    receipt = receive(desk, arrival, reception)
    # The slip first: left behind without its file, it would speak for the next file of these bytes.
    remove_slip(desk.places, arrival.sha256, department)
    remove_arrival(arrival)
    return receipt


def finish_interrupted(desk: Desk) -> list[Receipt]:
    """Finish, from the landed bytes, the receptions and justifications whose run died; return the receipts.

    Whoever justified has no file to hand in again, so an answer that was not written is written here, too.
    """
    receipts = []
    for submission in list(desk.submissions().values()):
        if not (submission.is_open or _lacks_its_answer(desk, submission)):
            continue
        arrival, examined = examine_landed(desk, submission)
        with alone_with(desk.places.raw, submission.sha256):
            present = desk.submissions()[submission.id]
            if present.is_open:
                receipts.append(finish(desk, arrival, present, with_reasons(examined, present.reasons)))
            else:
                receipts.append(answer_again(desk, arrival, present))
    return receipts


def _lacks_its_answer(desk: Desk, submission: Submission) -> bool:
    if not submission.reasons:
        return False
    receipt = read_receipt(desk.places.outbox / submission.department_code, submission.id)
    return receipt is None or not is_answer_of(receipt, submission)
