"""A period is locked, or a department gets leave to hand in once more → one event; what that means for a file.

A lock speaks of what is recorded after it, whatever day that is dated to; it never touches what was accepted
before. See docs/decisions/period-locks.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from cotmoc.calendar import now, to_day_text, to_local_date
from cotmoc.desk import Desk
from cotmoc.examination import Examined
from ingestion.ledger import HeadMovedError, Submission, to_instant_text
from ingestion.locks import LockBook, LockException, PeriodLock, fold_locks
from ingestion.normalising.periods import SHAPES, Period, to_period
from ingestion.normalising.text import to_text
from ingestion.problems import Problem, to_problem


class LockRefusedError(RuntimeError):
    """The lock or the exception cannot be recorded; the message, in Vietnamese, says why."""


class UnderLocks(NamedTuple):
    """A file as it counts under the locks, and the exceptions (event sequences) its acceptance would use up."""

    examined: Examined
    exceptions_used: tuple[int, ...] = ()


def lock(desk: Desk, period: str, person: str, *, channel: str = "cli") -> PeriodLock:
    """Record that a period is locked and return the lock; a period that is locked already stays as it is.

    Raises LockRefusedError.
    """
    person, span = _require_person(person), _to_span(period)
    while True:
        for found in lock_book(desk).locks:
            if (found.start, found.end) == (span.start, span.end):
                return found
        event = {
            "at": to_instant_text(now()),
            "kind": "locked",
            "submission_id": None,
            "person": person,
            "channel": channel,
            "is_backdated": False,
            **_named(span),
        }
        with suppress(HeadMovedError):
            desk.ledger.append(event)
            return lock_book(desk).locks[-1]


def unlock(
    desk: Desk, period: str, department: str, until: date, why: str, person: str, *, channel: str = "cli"
) -> LockException:
    """Record that a department may hand in once for a locked period until the end of a day; return the exception.

    The lock stays. Raises LockRefusedError.
    """
    person, span, why = _require_person(person), _to_span(period), to_text(why)
    if not why:
        raise LockRefusedError("Phải ghi rõ lý do (--why).")
    if department not in desk.registry.departments:
        known = ", ".join(desk.registry.departments)
        raise LockRefusedError(f"Không có đơn vị nào mang mã “{department}”; các mã: {known}.")
    if until < to_local_date(now()):
        raise LockRefusedError(
            f"Ngày hết hạn (--until) {to_day_text(until)} đã qua. Hãy ghi một ngày từ hôm nay trở đi."
        )
    while True:
        if lock_book(desk).lock_on(span.start, span.end) is None:
            raise LockRefusedError(
                f"Kỳ {span.text} không bị khóa, không cần ngoại lệ. Hãy xem bằng lệnh `cotmoc locks`."
            )
        event = {
            "at": to_instant_text(now()),
            "kind": "unlocked",
            "submission_id": None,
            "department_code": department,
            "person": person,
            "channel": channel,
            "reason": why,
            "until": until.isoformat(),
            "is_backdated": False,
            **_named(span),
        }
        with suppress(HeadMovedError):
            desk.ledger.append(event)
            return lock_book(desk).exceptions[-1]


def lock_book(desk: Desk) -> LockBook:
    """Return the locks and exceptions as of the head of the ledger."""
    desk.ledger.refresh()
    return fold_locks(desk.ledger.events)


def under_locks_now(desk: Desk, examined: Examined, department: str) -> UnderLocks:
    """Return a file as it would count if it were handed in (or explained) now."""
    return _under(lock_book(desk), examined, department, to_local_date(now()))


def under_locks_of(desk: Desk, examined: Examined, submission: Submission) -> UnderLocks:
    """Return a file as it counts under the locks that held when its answer was asked for.

    What others used up until it was answered is used up. For an answered submission this is what was decided.
    """
    events = desk.ledger.events
    if not submission.is_open:
        events = events[: max(submission.outcome_sequence - 1, 0)]
    book = fold_locks(events, opened_before=submission.opened_sequence)
    on = to_local_date(submission.opened_at or submission.received_at)
    return _under(book, examined, submission.department_code, on)


def why_locked(desk: Desk, submission: Submission) -> str | None:
    """Return why a submission's published figures may not be taken back now, None when they may."""
    book, on = lock_book(desk), to_local_date(now())
    for text in submission.periods:
        period = to_period(text)
        if period is None:
            continue
        found = book.lock_on(period.start, period.end)
        granted = book.exceptions_for(submission.department_code, period.start, period.end)
        if found is not None and not any(one.is_in_force(on) for one in granted):
            return (
                f"Kỳ {text} đã khóa sổ từ ngày {to_day_text(to_local_date(found.locked_at))}. "
                f"{_why_no_exception(granted)}Hãy đề nghị quản trị hệ thống cấp ngoại lệ có thời hạn rồi thực hiện lại."
            )
    return None


def _under(book: LockBook, examined: Examined, department: str, on: date) -> UnderLocks:
    problems: dict[str, Problem] = {}
    used: set[int] = set()
    if not book.locks:
        return UnderLocks(examined)
    for row in examined.rows:
        found = book.lock_on(row.period_start, row.period_end)
        if found is None:
            continue
        granted = book.exceptions_for(department, row.period_start, row.period_end)
        in_force = next((one for one in granted if one.is_in_force(on)), None)
        if in_force is not None:
            used.add(in_force.sequence)
        elif row.period_text not in problems:
            problems[row.period_text] = to_problem(
                "period_locked",
                sheet=row.sheet,
                cell=row.cell,
                found=row.period_text,
                locked_on=to_day_text(to_local_date(found.locked_at)),
                locked_period=found.period,
                exception=_why_no_exception(granted),
            )
    judged = replace(examined, problems=(*examined.problems, *problems.values())) if problems else examined
    return UnderLocks(judged, tuple(sorted(used)))


def _why_no_exception(granted: Sequence[LockException]) -> str:
    """Return what became of the last exception a department was granted, nothing when it got none."""
    if not granted:
        return ""
    last = granted[-1]
    if last.used_by is not None:
        return f"Ngoại lệ đã cấp đã được dùng cho hồ sơ {last.used_by}. "
    return f"Ngoại lệ đã cấp chỉ có hiệu lực đến hết ngày {to_day_text(last.until)}. "


def _require_person(person: str) -> str:
    named = to_text(person)
    if not named:
        raise LockRefusedError("Phải ghi rõ họ tên người quyết định (--as).")
    return named


def _to_span(period: str) -> Period:
    span = to_period(period)
    if span is None:
        shapes = "; ".join(SHAPES.values())
        raise LockRefusedError(f"Không hiểu kỳ “{period}”. Hãy ghi theo một trong các dạng: {shapes}.")
    return span


def _named(span: Period) -> dict[str, str]:
    return {
        "period": span.text,
        "period_start": span.start.isoformat(),
        "period_end": span.end.isoformat(),
    }
