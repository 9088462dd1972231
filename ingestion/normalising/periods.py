"""A period as an officer writes it → its kind, first and last day, and the one way we write it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ingestion.layouts import PeriodKind
from ingestion.normalising.text import to_key

ROMAN_QUARTERS = ("I", "II", "III", "IV")
# One example of each kind, for the sentences that ask for another way of writing.
SHAPES: dict[PeriodKind, str] = {
    "year": "2024",
    "half_year": "6 tháng 2024",
    "nine_months": "9 tháng 2024",
    "quarter": "quý I/2024",
    "month": "01/2024",
    "cumulative_to_date": "lũy kế đến 15/3/2024",
    "school_year": "năm học 2018-2019",
    "instant": "ngày 14/12/2023",
}


@dataclass(frozen=True)
class Period:
    """The days a figure speaks of, both included."""

    kind: PeriodKind
    start: date
    end: date

    @property
    def text(self) -> str:
        """Return the period as the standard form writes it; `to_period` reads it back to an equal period."""
        start, end = self.start, self.end
        match self.kind:
            case "year":
                return f"{end.year}"
            case "half_year":
                return f"6 tháng {end.year}"
            case "nine_months":
                return f"9 tháng {end.year}"
            case "quarter":
                return f"quý {ROMAN_QUARTERS[(end.month - 1) // 3]}/{end.year}"
            case "month":
                return f"{end:%m/%Y}"
            case "school_year":
                return f"năm học {start.year}-{end.year}"
            case "instant":
                return f"ngày {to_date_text(end)}"
            case "cumulative_to_date":
                if start == date(end.year, 1, 1):
                    return f"lũy kế đến {to_date_text(end)}"
                return f"lũy kế từ {to_date_text(start)} đến {to_date_text(end)}"


def to_period(typed: str) -> Period | None:
    """Return the period a text names, None when it names none (or days that do not exist)."""
    key = to_key(typed)
    for pattern, build in _READERS:
        if found := pattern.fullmatch(key):
            try:
                return build(*found.groups())
            except ValueError:
                return None
    return None


def to_quarter(typed: str) -> int | None:
    """Return the number of a quarter written as I…IV or 1…4."""
    upper = typed.upper()
    if upper in ROMAN_QUARTERS:
        return ROMAN_QUARTERS.index(upper) + 1
    return int(upper) if upper in ("1", "2", "3", "4") else None


def to_last_day(year: int, month: int) -> date:
    """Return the last day of a month. Raises ValueError for a month that does not exist."""
    if not 1 <= month <= 12:
        raise ValueError(f"no such month: {month}")
    return date(year, month, monthrange(year, month)[1])


def to_date_text(day: date) -> str:
    """Return a date as written in Vietnam, dd/mm/yyyy."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def _span(kind: PeriodKind, first_month: int, last_month: int) -> Callable[[str], Period]:
    def build(year: str) -> Period:
        return Period(kind, date(int(year), first_month, 1), to_last_day(int(year), last_month))

    return build


def _quarter(quarter: str, year: str) -> Period:
    number = to_quarter(quarter) or 0
    return Period("quarter", date(int(year), 3 * number - 2, 1), to_last_day(int(year), 3 * number))


def _month(month: str, year: str) -> Period:
    last = to_last_day(int(year), int(month))
    return Period("month", last.replace(day=1), last)


def _school_year(first: str, last: str) -> Period:
    if int(last) != int(first) + 1:
        raise ValueError("a school year ends in the year after it began")
    return Period("school_year", date(int(first), 9, 1), date(int(last), 8, 31))


def _instant(day: str, month: str, year: str) -> Period:
    on = date(int(year), int(month), int(day))
    return Period("instant", on, on)


def _to_date(day: str, month: str, year: str) -> Period:
    return Period("cumulative_to_date", date(int(year), 1, 1), date(int(year), int(month), int(day)))


def _from_to(*parts: str) -> Period:
    numbers = [int(part) for part in parts]
    start, end = date(numbers[2], numbers[1], numbers[0]), date(numbers[5], numbers[4], numbers[3])
    if end < start:
        raise ValueError("a period ends before it begins")
    return Period("cumulative_to_date", start, end)


# Patterns read a key (`to_key`), in which every word stands in its own key.
_NAM, _THANG, _DAU, _QUY = map(to_key, ("năm", "tháng", "đầu", "quý"))
_LUY_KE, _TU, _DEN, _NGAY, _HOC = map(to_key, ("lũy kế", "từ", "đến", "ngày", "học"))
_YEAR = r"((?:19|20)\d\d)"
_OF = rf"(?: ?/ ?| (?:{_NAM} )?)"
_DATE = rf"(?:{_NGAY} )?(\d{{1,2}}) ?/ ?(\d{{1,2}}) ?/ ?{_YEAR}"

_READERS: tuple[tuple[re.Pattern[str], Callable[..., Period]], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (rf"(?:{_NAM} )?{_YEAR}", _span("year", 1, 12)),
        (rf"6 {_THANG}(?: {_DAU})?{_OF}{_YEAR}", _span("half_year", 1, 6)),
        (rf"9 {_THANG}(?: {_DAU})?{_OF}{_YEAR}", _span("nine_months", 1, 9)),
        (rf"{_QUY} (i|ii|iii|iv|[1-4]){_OF}{_YEAR}", _quarter),
        (rf"(?:{_THANG} )?(\d{{1,2}}) ?/ ?{_YEAR}", _month),
        (rf"{_THANG} (\d{{1,2}}) {_NAM} {_YEAR}", _month),
        (rf"{_NAM} {_HOC} {_YEAR} ?- ?{_YEAR}", _school_year),
        (rf"{_LUY_KE} {_DEN} {_DATE}", _to_date),
        (rf"{_LUY_KE} {_TU} {_DATE} {_DEN} {_DATE}", _from_to),
        (rf"{_NGAY} (\d{{1,2}}) ?/ ?(\d{{1,2}}) ?/ ?{_YEAR}", _instant),
    )
)
