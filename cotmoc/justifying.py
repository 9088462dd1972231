"""A person's reasons for the warnings of a waiting submission → event `justified`, then its answer anew.

What is written, in this order: `justified` with the reasons, the rows with the reasons in their notes, the outcome, the
receipt, its marked copy. A run killed anywhere is finished by the same command or by `finish_interrupted`: the rows
follow from the landed bytes and the reasons in the ledger, so writing them again writes the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from cotmoc.arrivals import Arrival
from cotmoc.calendar import now
from cotmoc.decisions import STATE_NAMES, DecisionRefusedError, find_submission
from cotmoc.denials import record_denial
from cotmoc.desk import Desk
from cotmoc.examination import Examined
from cotmoc.locks import under_locks_now
from cotmoc.reasons import unexplained, with_reasons
from cotmoc.reception import answer_again, examine_landed, finish, write_answer
from ingestion.landing import alone_with
from ingestion.ledger import HeadMovedError, Submission, to_instant_text
from ingestion.normalising.text import to_text
from ingestion.problems import LEAST_JUSTIFICATION as LEAST_JUSTIFICATION
from ingestion.problems import Problem
from ingestion.receipts import Receipt


class JustificationRefusedError(DecisionRefusedError):
    """The reasons cannot be taken; the message, in Vietnamese, says why."""


def justify(
    desk: Desk,
    submission_id: str,
    person: str,
    reasons: Mapping[str, str],
    *,
    channel: str = "cli",
    department: str | None = None,
) -> Receipt:
    """Record reasons for warnings, by key of the problem or by cell, and return the receipt written anew.

    When every warning is explained the submission is accepted, otherwise it goes on waiting. The same reasons again
    change nothing. With `department` a submission of another one is denied. Raises JustificationRefusedError and the
    errors of `examine`, and then nothing was recorded.
    """
    person = to_text(person)
    if not person:
        raise JustificationRefusedError("Phải ghi rõ họ tên người giải trình (--as).")
    submission = find_submission(desk, submission_id)
    if department is not None and department != submission.department_code:
        why = f"Hồ sơ {submission_id} là của đơn vị khác."
        _deny(desk, submission, person, why, channel)
    arrival, examined = _examine(desk, submission)
    with alone_with(desk.places.raw, submission.sha256):
        return _justify(desk, arrival, examined, submission_id, person, reasons, channel)


def warnings_to_explain(desk: Desk, submission_id: str) -> list[Problem]:
    """Return the warnings of a waiting submission that nobody has explained yet."""
    submission = find_submission(desk, submission_id)
    _, examined = _examine(desk, submission)
    return unexplained(with_reasons(examined, submission.reasons).problems)


def _justify(
    desk: Desk,
    arrival: Arrival,
    examined: Examined,
    submission_id: str,
    person: str,
    reasons: Mapping[str, str],
    channel: str,
) -> Receipt:
    while True:
        present = find_submission(desk, submission_id)
        if present.is_open:
            # An earlier run died on the way: what it recorded is answered first.
            finish(desk, arrival, present, with_reasons(examined, present.reasons))
            continue
        by_key = _by_key(with_reasons(examined, present.reasons), reasons)
        if by_key and by_key.items() <= present.reasons.items():
            # What is decided has its receipt; a partial explanation may have died before it was told.
            is_decided = present.state != "waiting"
            return (answer_again if is_decided else write_answer)(desk, arrival, present)
        _require_waiting(present)
        explained = with_reasons(examined, {**present.reasons, **by_key})
        _require_open_periods(desk, present, explained, person, channel)
        with suppress(HeadMovedError):
            desk.ledger.append(_event(present, person, by_key, channel))
            return finish(desk, arrival, find_submission(desk, submission_id), explained)


def _examine(desk: Desk, submission: Submission) -> tuple[Arrival, Examined]:
    try:
        return examine_landed(desk, submission)
    except (OSError, ValueError) as error:
        raise JustificationRefusedError(
            f"Tệp gốc của hồ sơ {submission.id} trong kho đã bị thay đổi hoặc bị mất. "
            "Hãy khôi phục thư mục landing từ bản sao lưu rồi giải trình lại."
        ) from error


def _require_waiting(submission: Submission) -> None:
    if submission.state != "waiting":
        raise JustificationRefusedError(
            f"Không thể giải trình hồ sơ {submission.id}: hồ sơ {STATE_NAMES[submission.state]}."
        )


def _require_open_periods(
    desk: Desk, submission: Submission, explained: Examined, person: str, channel: str
) -> None:
    """Refuse reasons for figures of a locked period: until all is explained a file has not been handed in."""
    judged = under_locks_now(desk, explained, submission.department_code).examined
    locked = [problem for problem in judged.problems if problem.rule == "period_locked"]
    if locked:
        _deny(desk, submission, person, " ".join(problem.message_vi for problem in locked), channel)


def _deny(desk: Desk, submission: Submission, person: str, why: str, channel: str) -> None:
    record_denial(
        desk,
        person,
        "justify",
        why,
        channel,
        submission_id=submission.id,
        department=submission.department_code,
    )
    raise JustificationRefusedError(why)


def _by_key(examined: Examined, reasons: Mapping[str, str]) -> dict[str, str]:
    """Return the reasons by the keys of the warnings they explain. Raises JustificationRefusedError."""
    warnings = [problem for problem in examined.problems if problem.severity == "warning"]
    left = unexplained(examined.problems)
    if not reasons and left:
        raise JustificationRefusedError(f"Phải ghi lý do (--reason Ô=lý do) cho: {_named(left)}.")
    by_key: dict[str, str] = {}
    for place, typed in reasons.items():
        reason = to_text(typed)
        meant = [problem for problem in warnings if place in _names(problem)]
        if not meant:
            found = _named(warnings) or "hồ sơ không có cảnh báo nào"
            raise JustificationRefusedError(f"Không có cảnh báo nào tại “{place}”. Các cảnh báo: {found}.")
        if len(reason) < LEAST_JUSTIFICATION:
            raise JustificationRefusedError(
                f"Lý do tại “{place}” quá ngắn: cần ít nhất {LEAST_JUSTIFICATION} ký tự."
            )
        by_key |= {problem.key: reason for problem in meant}
    return by_key


def _names(problem: Problem) -> set[str]:
    """Return what a warning may be called: its key, its cell with and without the sheet."""
    return {problem.key} | ({problem.cell, f"{problem.sheet}!{problem.cell}"} if problem.cell else set())


def _named(problems: Sequence[Problem]) -> str:
    return "; ".join(
        f"{problem.cell} ({problem.rule})" if problem.cell else problem.key for problem in problems
    )


def _event(submission: Submission, person: str, reasons: Mapping[str, str], channel: str) -> dict[str, Any]:
    instant = submission.received_at if submission.is_backdated else now()
    event: dict[str, Any] = {
        "at": to_instant_text(instant),
        "kind": "justified",
        **submission.subject,
        "person": person,
        "channel": channel,
        "reasons": dict(reasons),
        "is_backdated": submission.is_backdated,
    }
    if submission.is_backdated:
        event |= {"recorded_at": to_instant_text(now()), "recorded_by": person}
    return event
