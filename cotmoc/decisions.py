"""A person's decision about a submission → one event: approved, rejected or withdrawn.

Four eyes: whoever handed in, recorded or justified a submission does not approve or reject it; who tries leaves a
denial behind. An approval is of the content that was accepted; it is refused when the landed bytes or rows are not
that content any more. A lock stops no approval or rejection, only the withdrawal of what is published.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from typing import Any, Literal

from cotmoc.calendar import now, to_day_text, to_local_date, to_noon
from cotmoc.denials import Wanted, record_denial
from cotmoc.desk import Desk
from cotmoc.locks import why_locked
from ingestion.landing import read_raw
from ingestion.ledger import HeadMovedError, Submission, SubmissionState, to_instant_text
from ingestion.normalising.text import to_person_key, to_text

Decision = Literal["approved", "rejected", "withdrawn"]

# What a decision may be made about. An approved submission is taken back by withdrawing it.
OPEN_TO: dict[Decision, frozenset[SubmissionState]] = {
    "approved": frozenset({"accepted"}),
    "rejected": frozenset({"accepted", "waiting"}),
    "withdrawn": frozenset({"accepted", "approved", "waiting"}),
}
STATE_NAMES: dict[SubmissionState, str] = {
    "received": "đang tiếp nhận dở",
    "accepted": "đã tiếp nhận",
    "approved": "đã được duyệt",
    "waiting": "chờ giải trình",
    "refused": "không được tiếp nhận",
    "rejected": "đã bị trả lại",
    "withdrawn": "đã rút",
}
_WANTED: dict[Decision, Wanted] = {"approved": "approve", "rejected": "reject", "withdrawn": "withdraw"}
_VERBS: dict[Decision, str] = {"approved": "duyệt", "rejected": "trả lại", "withdrawn": "rút"}


class DecisionRefusedError(RuntimeError):
    """The decision is not possible; the message, in Vietnamese, says why."""


def approve(
    desk: Desk,
    submission_id: str,
    person: str,
    on: date | None = None,
    content_sha256: str | None = None,
    *,
    channel: str = "cli",
) -> Submission:
    """Record that a person approved a submission; return it as it is now.

    The approval holds from now; from the reception's instant when that was backdated; or from noon of `on`.
    With `content_sha256` it is only given to that content (what the reviewer has seen).
    """
    return _decide(desk, "approved", submission_id, person, channel, on=on, seen=content_sha256)


def reject(desk: Desk, submission_id: str, person: str, why: str, *, channel: str = "cli") -> Submission:
    """Record that a person sent a submission back, and why; return it as it is now."""
    return _decide(desk, "rejected", submission_id, person, channel, why=why)


def withdraw(
    desk: Desk,
    submission_id: str,
    person: str,
    why: str,
    *,
    channel: str = "cli",
    department: str | None = None,
) -> Submission:
    """Record that a submission was taken back, and why; return it as it is now.

    With `department` a submission of another one is denied.
    """
    return _decide(desk, "withdrawn", submission_id, person, channel, why=why, department=department)


def _decide(
    desk: Desk,
    decision: Decision,
    submission_id: str,
    person: str,
    channel: str,
    *,
    why: str | None = None,
    department: str | None = None,
    on: date | None = None,
    seen: str | None = None,
) -> Submission:
    person, why = to_text(person), None if why is None else to_text(why)
    if not to_person_key(person):
        raise DecisionRefusedError("Phải ghi rõ họ tên người quyết định (--as).")
    if why == "":
        raise DecisionRefusedError("Phải ghi rõ lý do (--why).")
    while True:
        submission = find_submission(desk, submission_id)
        if denied := _why_denied(desk, submission, decision, person, department):
            record_denial(
                desk,
                person,
                _WANTED[decision],
                denied,
                channel,
                submission_id=submission.id,
                department=submission.department_code,
            )
            raise DecisionRefusedError(denied)
        _require_open(submission, decision)
        if decision == "approved":
            _require_same_content(desk, submission, seen)
        instant = _effective(submission, decision, on)
        event: dict[str, Any] = {
            "at": to_instant_text(instant or now()),
            "kind": decision,
            **submission.subject,
            "person": person,
            "channel": channel,
            "reason": why,
            "is_backdated": instant is not None,
            "content_sha256": submission.content_sha256,
        }
        if instant is not None:
            event |= {"recorded_at": to_instant_text(now()), "recorded_by": person}
        with suppress(HeadMovedError):
            desk.ledger.append(event)
            return desk.submissions()[submission.id]


def find_submission(desk: Desk, submission_id: str) -> Submission:
    """Return a submission as of the head of the ledger. Raises DecisionRefusedError for an unknown id."""
    submissions = desk.submissions()
    if submission_id in submissions:
        return submissions[submission_id]
    raise DecisionRefusedError(
        f"Không có hồ sơ nào mang mã {submission_id}. Hãy xem danh sách bằng lệnh `cotmoc submissions`; "
        "danh sách xác nhận cột mốc: `cotmoc confirmations`."
    )


def is_same_person(submission: Submission, person: str) -> bool:
    """Return whether a person handed in, recorded or justified a submission, and so may not decide about it."""
    names = (submission.submitted_by, submission.recorded_by, *submission.justifiers)
    return to_person_key(person) in {to_person_key(name) for name in names if name}


def _require_open(submission: Submission, decision: Decision) -> None:
    if submission.state not in OPEN_TO[decision]:
        by = f" bởi {submission.approved_by}" if submission.state == "approved" else ""
        raise DecisionRefusedError(
            f"Không thể {_VERBS[decision]} hồ sơ {submission.id}: hồ sơ {STATE_NAMES[submission.state]}{by}."
        )
    if decision == "approved" and not submission.requires_approval:
        raise DecisionRefusedError(f"Hồ sơ {submission.id} theo biểu không cần duyệt.")


def _why_denied(
    desk: Desk, submission: Submission, decision: Decision, person: str, department: str | None
) -> str | None:
    """Return why this person may not decide so about this submission, None when nothing stands against it."""
    if department is not None and department != submission.department_code:
        return f"Hồ sơ {submission.id} là của đơn vị khác."
    if decision == "withdrawn":
        # What is not published yet may always be taken back; a lock guards what is.
        is_published = submission.state == "approved" or (
            submission.state == "accepted" and not submission.requires_approval
        )
        return why_locked(desk, submission) if is_published else None
    if is_same_person(submission, person):
        justified = to_person_key(person) in map(to_person_key, submission.justifiers)
        did = "giải trình" if justified else "nộp"
        return f"{person} là người {did} hồ sơ {submission.id}; người {_VERBS[decision]} phải là người khác."
    return None


def _require_same_content(desk: Desk, submission: Submission, seen: str | None) -> None:
    if seen is not None and seen != submission.content_sha256:
        raise DecisionRefusedError(
            f"Nội dung hồ sơ {submission.id} không phải là nội dung đã xem. Hãy xem lại rồi duyệt."
        )
    try:
        read_raw(desk.places.raw, submission.sha256)
        is_whole = (desk.places.rows / f"{submission.id}.parquet").is_file()
    except (OSError, ValueError):
        is_whole = False
    if not is_whole:
        raise DecisionRefusedError(
            f"Tệp gốc hoặc số liệu của hồ sơ {submission.id} trong kho đã bị thay đổi hoặc bị mất. "
            "Hãy khôi phục thư mục landing từ bản sao lưu rồi duyệt lại."
        )


def _effective(submission: Submission, decision: Decision, on: date | None) -> datetime | None:
    """Return the instant a backdated decision holds from, None for one that holds from now."""
    if decision != "approved":
        return None
    if on is None:
        return submission.received_at if submission.is_backdated else None
    if on > to_local_date(now()):
        raise DecisionRefusedError("Ngày duyệt (--on) không được ở tương lai.")
    if on < to_local_date(submission.received_at):
        received_on = to_day_text(to_local_date(submission.received_at))
        raise DecisionRefusedError(f"Ngày duyệt (--on) không được trước ngày tiếp nhận {received_on}.")
    # On the day of reception itself the approval follows it.
    return max(to_noon(on), submission.received_at)
