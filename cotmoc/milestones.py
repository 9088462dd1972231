"""A target, a year and a day → whether a person may confirm on that day that the target was reached in that year.

Sources: the evaluation's kind `milestone`; its rule that a year ending after `basis_ends_on` is not evaluated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from cotmoc.calendar import to_day_text
from cotmoc.registry import Record, Registry


class UnknownMilestoneError(LookupError):
    """No target has this code; the message, in Vietnamese, names the milestones whose codes are near."""


class NotConfirmableError(RuntimeError):
    """The target is not confirmed by a person, or not for this year; the message, in Vietnamese, says why."""


def find_milestone(registry: Registry, target_code: str) -> Record:
    """Return the registered row of a milestone. Raises UnknownMilestoneError, NotConfirmableError."""
    milestones = [code for code, target in registry.targets.items() if target["kind"] == "milestone"]
    target = registry.targets.get(target_code)
    if target is None:
        near = get_close_matches(target_code, milestones)
        hint = f"Mã gần giống: {', '.join(near)}." if near else _all_of(milestones)
        raise UnknownMilestoneError(f"Không có mục tiêu nào mang mã “{target_code}”. {hint}")
    if target_code not in milestones:
        raise NotConfirmableError(
            f"Mục tiêu {target_code} “{target['name_vi']}” được đánh giá bằng số liệu, không bằng xác nhận. "
            + _all_of(milestones)
        )
    return target


def require_confirmable_year(milestone: Mapping[str, str], year: int, on: date) -> None:
    """Raise NotConfirmableError unless a year of the milestone may be confirmed on a day."""
    code, first, last = milestone["target_code"], int(milestone["period_start"]), int(milestone["period_end"])
    if not first <= year <= last:
        raise NotConfirmableError(f"Năm {year} nằm ngoài kỳ {first}-{last} của mục tiêu {code}.")
    ceased = _basis_end(milestone)
    if ceased is not None and date(year, 12, 31) > ceased:
        raise NotConfirmableError(
            f"Năm {year} không còn căn cứ đánh giá mục tiêu {code}: {milestone['basis_note']} "
            f"Căn cứ đánh giá còn đến hết ngày {to_day_text(ceased)}; "
            f"năm cuối cùng xác nhận được là {_last_whole_year(ceased)}."
        )
    if year > on.year:
        raise NotConfirmableError(
            f"Không thể xác nhận trước cho năm {year}: ngày xác nhận là {to_day_text(on)}."
        )


def _all_of(milestones: Sequence[str]) -> str:
    return f"Các mục tiêu được đánh giá bằng xác nhận: {', '.join(milestones)}."


def _basis_end(milestone: Mapping[str, str]) -> date | None:
    text = milestone["basis_ends_on"]
    return date.fromisoformat(text) if text else None


def _last_whole_year(day: date) -> int:
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1
