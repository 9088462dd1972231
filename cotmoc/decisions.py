"""A person's decision about a submission → one event: approved, rejected or withdrawn.

Four eyes: whoever handed in (or recorded) a submission does not approve or reject it. An approval is of the
content that was accepted; it is refused when the landed bytes or rows are not that content any more.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from typing import Any, Literal

from cotmoc.calendar import now, to_day_text, to_local_date, to_noon
from cotmoc.desk import Desk
from ingestion.landing import read_raw
from ingestion.ledger import HeadMovedError, Submission, SubmissionState, to_instant_text
from ingestion.normalising.text import to_key, to_text

Decision = Literal["approved", "rejected", "withdrawn"]

# What a decision may be made about. An approved submission is taken back by withdrawing it.
_OPEN_TO: dict[Decision, frozenset[SubmissionState]] = {
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
_VERBS: dict[Decision, str] = {"approved": "duyệt", "rejected": "trả lại", "withdrawn": "rút"}


class DecisionRefusedError(RuntimeError):
    """The decision is not possible; the message, in Vietnamese, says why."""


def approve(
    desk: Desk, submission_id: str, person: str, on: date | None = None, content_sha256: str | None = None
) -> Submission:
    """Record that a person approved a submission; return it as it is now.

    The approval holds from now; from the reception's instant when that was backdated; or from noon of `on`.
    With `content_sha256` it is only given to that content (what the reviewer has seen).
    """
    return _decide(desk, "approved", submission_id, person, on=on, seen=content_sha256)


def reject(desk: Desk, submission_id: str, person: str, why: str) -> Submission:
    """Record that a person sent a submission back, and why; return it as it is now."""
    return _decide(desk, "rejected", submission_id, person, why=why)


def withdraw(desk: Desk, submission_id: str, person: str, why: str) -> Submission:
    """Record that a submission was taken back, and why; return it as it is now."""
    return _decide(desk, "withdrawn", submission_id, person, why=why)


def _decide(
    desk: Desk,
    decision: Decision,
    submission_id: str,
    person: str,
    *,
    why: str | None = None,
    on: date | None = None,
    seen: str | None = None,
) -> Submission:
    person, why = to_text(person), None if why is None else to_text(why)
    if not person:
        raise DecisionRefusedError("Phải ghi rõ họ tên người quyết định (--as).")
    if why == "":
        raise DecisionRefusedError("Phải ghi rõ lý do (--why).")
    while True:
        submission = _find(desk, submission_id)
        _require_open(submission, decision)
        _require_second_person(submission, decision, person)
        if decision == "approved":
            _require_same_content(desk, submission, seen)
        instant = _effective(submission, decision, on)
        event: dict[str, Any] = {
            "at": to_instant_text(instant or now()),
            "kind": decision,
            "submission_id": submission.id,
            "sha256": submission.sha256,
            "department_code": submission.department_code,
            "form_code": submission.form_code,
            "form_version": submission.form_version,
            "file_name": submission.file_name,
            "person": person,
            "channel": "cli",
            "reason": why,
            "is_backdated": instant is not None,
            "content_sha256": submission.content_sha256,
        }
        if instant is not None:
            event |= {"recorded_at": to_instant_text(now()), "recorded_by": person}
        with suppress(HeadMovedError):
            desk.ledger.append(event)
            return desk.submissions()[submission.id]


def _find(desk: Desk, submission_id: str) -> Submission:
    submissions = desk.submissions()
    if submission_id in submissions:
        return submissions[submission_id]
    raise DecisionRefusedError(
        f"Không có hồ sơ nào mang mã {submission_id}. Hãy xem danh sách bằng lệnh `cotmoc submissions`; "
        "danh sách xác nhận cột mốc: `cotmoc confirmations`."
    )


def _require_open(submission: Submission, decision: Decision) -> None:
    if submission.state not in _OPEN_TO[decision]:
        by = f" bởi {submission.approved_by}" if submission.state == "approved" else ""
        raise DecisionRefusedError(
            f"Không thể {_VERBS[decision]} hồ sơ {submission.id}: hồ sơ {STATE_NAMES[submission.state]}{by}."
        )
    if decision == "approved" and not submission.requires_approval:
        raise DecisionRefusedError(f"Hồ sơ {submission.id} theo biểu không cần duyệt.")


def _require_second_person(submission: Submission, decision: Decision, person: str) -> None:
    first = {to_key(name) for name in (submission.submitted_by, submission.recorded_by) if name}
    if decision != "withdrawn" and to_key(person) in first:
        raise DecisionRefusedError(
            f"{person} là người nộp hồ sơ {submission.id}; người {_VERBS[decision]} phải là người khác."
        )


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
