"""A period as an officer writes it → its kind, first and last day, and the one way we write it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from ingestion.layouts import PeriodKind
from ingestion.normalising.text import to_key

# Statistical months are those of the calendar; administrative ones run from the 15th to the 14th.
Calendar = Literal["statistical", "administrative"]
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
    # Of a budget year: the day on which it was settled, after its end. A word about the year, no part of it.
    settled_on: date | None = field(default=None, compare=False)

    @property
    def text(self) -> str:
        """Return the period as the standard form writes it; `to_period` reads it back to an equal period.

        A period of the administrative calendar has its days behind it: “03/2024 (15/02-14/03)”.
        """
        start, end = self.start, self.end
        match self.kind:
            case "instant":
                return f"ngày {to_date_text(end)}"
            case "school_year":
                return f"năm học {start.year}-{end.year}"
            case "cumulative_to_date" if start == date(end.year, 1, 1):
                return f"lũy kế đến {to_date_text(end)}"
            case "cumulative_to_date":
                return f"lũy kế từ {to_date_text(start)} đến {to_date_text(end)}"
        if start.day == 1:
            return self._months
        return f"{self._months} ({start:%d/%m}-{end:%d/%m})"

    @property
    def _months(self) -> str:
        end = self.end
        match self.kind:
            case "half_year":
                return f"6 tháng {'' if end.month == 6 else 'cuối năm '}{end.year}"
            case "nine_months":
                return f"9 tháng {end.year}"
            case "quarter":
                return f"quý {ROMAN_QUARTERS[(end.month - 1) // 3]}/{end.year}"
            case "month":
                return f"{end:%m/%Y}"
        return f"{end.year}"


def to_period(typed: str, calendar: Calendar = "statistical") -> Period | None:
    """Return the period a text names, None when it names none (or days that do not exist).

    `calendar` says which days a month is where the text does not say it itself, as in “3/2024 (15/02-14/03)”.
    """
    key = to_key(typed)
    for pattern, build in _READERS:
        if found := pattern.fullmatch(key):
            try:
                return _settled(build(*found.groups()), key, calendar)
            except (ValueError, OverflowError):
                return None
    return None


def why_no_period(typed: str) -> str:
    """Return the rule that a text breaks which `to_period` does not read."""
    key = to_key(typed)
    return next((rule for pattern, rule in _FLAWS if pattern.search(key)), "period_unreadable")


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


def to_administrative(period: Period) -> Period:
    """Return the same months as administrative reports count them: 15th of the month before to 14th of the last."""
    if period.kind not in _OF_MONTHS:
        return period
    before = period.start - timedelta(days=1)
    return replace(period, start=before.replace(day=15), end=period.end.replace(day=14))


def _settled(months: Period, key: str, calendar: Calendar) -> Period:
    """Return the period with the days that its calendar, or the text itself, gives its months."""
    days = _DAYS_BEHIND.search(key)
    if days is None:
        return to_administrative(months) if calendar == "administrative" else months
    written = tuple(int(days[group]) for group in ("d1", "m1", "d2", "m2"))
    for candidate in (months, to_administrative(months)):
        start, end = candidate.start, candidate.end
        years = (int(days["y1"] or start.year), int(days["y2"] or end.year))
        if (start.day, start.month, end.day, end.month) == written and (start.year, end.year) == years:
            return candidate
    raise ValueError("the days behind a period are those of neither calendar")


def _months(kind: PeriodKind, year: str, first_month: int, last_month: int) -> Period:
    return Period(kind, date(int(year), first_month, 1), to_last_day(int(year), last_month))


def _year(year: str) -> Period:
    return _months("year", year, 1, 12)


def _budget_year(year: str, day: str, month: str, settled: str) -> Period:
    on = date(int(settled), int(month), int(day))
    if on != date(int(year) + 1, 1, 31):
        raise ValueError("a budget year is settled on 31 January of the next")
    return replace(_year(year), settled_on=on)


def _half_year(which: str | None, year: str) -> Period:
    return _months("half_year", year, 7, 12) if which == _CUOI else _months("half_year", year, 1, 6)


def _nine_months(year: str) -> Period:
    return _months("nine_months", year, 1, 9)


def _quarter(quarter: str, year: str) -> Period:
    number = to_quarter(quarter) or 0
    return _months("quarter", year, 3 * number - 2, 3 * number)


def _quarter_of_year(year: str, quarter: str) -> Period:
    return _quarter(quarter, year)


def _month(month: str, year: str) -> Period:
    last = to_last_day(int(year), int(month))
    return Period("month", last.replace(day=1), last)


def _month_of_year(year: str, month: str) -> Period:
    return _month(month, year)


def _school_year(first: str, last: str) -> Period:
    if int(last) != int(first) + 1:
        raise ValueError("a school year ends in the year after it began")
    return Period("school_year", date(int(first), 9, 1), date(int(last), 8, 31))


def _instant(day: str, month: str, year: str) -> Period:
    on = date(int(year), int(month), int(day))
    return Period("instant", on, on)


def _to_date(day: str, month: str, year: str) -> Period:
    return Period("cumulative_to_date", date(int(year), 1, 1), date(int(year), int(month), int(day)))


def _to_end_of_month(month: str, year: str) -> Period:
    return Period("cumulative_to_date", date(int(year), 1, 1), to_last_day(int(year), int(month)))


def _to_end_of_quarter(quarter: str, year: str) -> Period:
    return replace(_quarter(quarter, year), kind="cumulative_to_date", start=date(int(year), 1, 1))


def _from_to(*parts: str) -> Period:
    numbers = [int(part) for part in parts]
    start, end = date(numbers[2], numbers[1], numbers[0]), date(numbers[5], numbers[4], numbers[3])
    if end < start:
        raise ValueError("a period ends before it begins")
    return Period("cumulative_to_date", start, end)


# Patterns read a key (`to_key`), in which every word stands in its own key.
_NAM, _THANG, _DAU, _CUOI, _QUY = map(to_key, ("năm", "tháng", "đầu", "cuối", "quý"))
_LUY_KE, _CONG_DON, _TINH, _TU, _DEN = map(to_key, ("lũy kế", "cộng dồn", "tính", "từ", "đến"))
_HET, _NGAY, _HOC, _NGAN_SACH = map(to_key, ("hết", "ngày", "học", "ngân sách"))
_GIAI_DOAN, _BINH_QUAN = map(to_key, ("giai đoạn", "bình quân"))
_YEAR = r"((?:19|20)\d\d)"
_OF = rf"(?: ?[/.-] ?| (?:{_NAM} )?)"
_DATE = rf"(?:{_NGAY} )?(\d{{1,2}}) ?[/.-] ?(\d{{1,2}}) ?[/.-] ?{_YEAR}"
_SPOKEN_DATE = rf"{_NGAY} (\d{{1,2}}) {_THANG} (\d{{1,2}}) {_NAM} {_YEAR}"
_QUARTER = rf"(?:{_QUY} ?|q\.? ?)(i|ii|iii|iv|[1-4])"
_MONTH = rf"(?:{_THANG} ?|t\.? ?)(\d{{1,2}})"
_SUM = rf"(?:(?:{_LUY_KE}|{_CONG_DON})(?: {_TINH})? |{_TINH} )?{_DEN}(?: {_HET})?"
_DAY_AND_MONTH = r"(?P<d{0}>\d{{1,2}}) ?/ ?(?P<m{0}>\d{{1,2}})(?: ?/ ?(?P<y{0}>\d{{4}}))?"
_DAYS_BEHIND = re.compile(
    rf" ?\((?:{_TU} )?{_DAY_AND_MONTH.format(1)} ?(?:-|{_DEN}) ?{_DAY_AND_MONTH.format(2)}\)$"
)
# The same without names of groups, behind the periods made of months.
_MAYBE_DAYS = r"(?: ?\([\d/ -]+\)| ?\(" + rf"(?:{_TU} )?[\d/ ]+{_DEN}[\d/ ]+\))?"
_OF_MONTHS = ("year", "half_year", "nine_months", "quarter", "month")

_READERS: tuple[tuple[re.Pattern[str], Callable[..., Period]], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (rf"(?:{_NAM} )?{_YEAR}{_MAYBE_DAYS}", _year),
        (rf"(?:{_NAM} )?(?:{_NGAN_SACH} )?{_YEAR}", _year),
        (
            rf"(?:{_NAM} )?(?:{_NGAN_SACH} )?{_YEAR} \(?(?:[^()\d]+ )?{_DEN} (?:{_HET} )?{_DATE}\)?",
            _budget_year,
        ),
        (rf"6 {_THANG}(?: ({_DAU}|{_CUOI}))?{_OF}{_YEAR}{_MAYBE_DAYS}", _half_year),
        (rf"9 {_THANG}(?: {_DAU})?{_OF}{_YEAR}{_MAYBE_DAYS}", _nine_months),
        (rf"{_QUARTER}{_OF}{_YEAR}{_MAYBE_DAYS}", _quarter),
        (rf"{_YEAR}-q([1-4])", _quarter_of_year),
        (rf"(?:{_THANG} ?|t\.? ?)?(\d{{1,2}}) ?[/.-] ?{_YEAR}{_MAYBE_DAYS}", _month),
        (rf"{_MONTH} {_NAM} {_YEAR}{_MAYBE_DAYS}", _month),
        (rf"{_YEAR}-(\d\d)", _month_of_year),
        (rf"{_NAM} {_HOC} {_YEAR} ?- ?{_YEAR}", _school_year),
        (rf"{_SUM} {_DATE}", _to_date),
        (rf"{_SUM} {_SPOKEN_DATE}", _to_date),
        (rf"{_SUM} {_MONTH}{_OF}{_YEAR}", _to_end_of_month),
        (rf"{_SUM} {_QUARTER}{_OF}{_YEAR}", _to_end_of_quarter),
        (rf"(?:{_LUY_KE}|{_CONG_DON}) {_TU} {_DATE} {_DEN} {_DATE}", _from_to),
        (rf"{_NGAY} (\d{{1,2}}) ?[/.-] ?(\d{{1,2}}) ?[/.-] ?{_YEAR}", _instant),
        (_SPOKEN_DATE, _instant),
    )
)

# What a text that is no period lacks, by the first that fits.
_FLAWS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (rf"^{_NAM} {_HOC} (?!.*{_YEAR}.*{_YEAR})", "period_without_year"),
        (rf"^[^()]*{_YEAR}{_DAYS_BEHIND.pattern}", "period_days_do_not_fit"),
        (r"^[1-6]\d{4}$", "period_is_serial"),
        (rf"{_GIAI_DOAN}|{_BINH_QUAN}|^{_YEAR} ?(?:-|{_DEN}) ?{_YEAR}$", "period_of_several_years"),
        (rf"^(?:[69] {_THANG}(?: {_DAU}| {_CUOI})?(?: {_NAM})?|{_QUARTER}|{_MONTH})$", "period_without_year"),
        (rf"^(?:(?:{_SUM}|{_NGAY}) )?(?:{_NGAY} )?\d{{1,2}} ?/ ?\d{{1,2}}$", "period_without_year"),
    )
)
