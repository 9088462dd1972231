"""A publication date as an officer writes it → the last day it can mean, and how precise it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ingestion.normalising.periods import ROMAN_QUARTERS, to_date_text, to_last_day, to_quarter
from ingestion.normalising.text import to_key

Precision = Literal["day", "month", "quarter", "year", "unknown"]
SHAPES = ("31/12/2024", "12/2024", "quý IV/2024", "2024", "2024 (không rõ)")

_QUY, _UNKNOWN, _NAM, _THANG, _NGAY = map(to_key, ("quý", "không rõ", "năm", "tháng", "ngày"))
_YEAR = r"((?:19|20)\d\d)"
_DAY_PATTERN = re.compile(rf"(?:{_NGAY} )?(\d{{1,2}}) ?[/.-] ?(\d{{1,2}}) ?[/.-] ?{_YEAR}")
_SPOKEN_DAY_PATTERN = re.compile(rf"(?:{_NGAY} )?(\d{{1,2}}) {_THANG} (\d{{1,2}}) {_NAM} {_YEAR}")
_ISO_PATTERN = re.compile(rf"{_YEAR}-(\d\d)-(\d\d)")
_MONTH_PATTERN = re.compile(
    rf"(?:{_THANG} ?|t\.? ?)?(\d{{1,2}}) ?[/.-] ?{_YEAR}|{_THANG} (\d{{1,2}}) {_NAM} {_YEAR}"
)
_QUARTER_PATTERN = re.compile(rf"(?:{_QUY} ?|q\.? ?)(i|ii|iii|iv|[1-4])(?: ?[/.-] ?| (?:{_NAM} )?){_YEAR}")
_YEAR_PATTERN = re.compile(rf"(?:{_NAM} )?{_YEAR}( \({_UNKNOWN}\))?")
_SHORT_YEAR_PATTERN = re.compile(rf"(?:{_NGAY} )?(\d{{1,2}}) ?[/.-] ?(\d{{1,2}}) ?[/.-] ?(\d\d)")
_NO_YEAR_PATTERN = re.compile(
    rf"(?:{_NGAY} )?\d{{1,2}} ?(?:[/.-]|{_THANG}) ?\d{{1,2}}|(?:{_QUY} ?|q)(?:i|ii|iii|iv|[1-4])|{_THANG} ?\d{{1,2}}"
)


@dataclass(frozen=True)
class PublicationDate:
    """When a figure was published: `last_day` of the span that `precision` leaves open."""

    last_day: date
    precision: Precision

    @property
    def text(self) -> str:
        """Return the date as the standard form writes it; `to_publication_date` reads the same back."""
        day = self.last_day
        match self.precision:
            case "day":
                return to_date_text(day)
            case "month":
                return f"{day:%m/%Y}"
            case "quarter":
                return f"quý {ROMAN_QUARTERS[(day.month - 1) // 3]}/{day.year}"
            case "year":
                return f"{day.year}"
            case "unknown":
                return f"{day.year} (không rõ)"


def to_publication_date(typed: str) -> PublicationDate | None:
    """Return the date a text names, day before month; None when it names none, or no year."""
    try:
        return _read(to_key(typed))
    except ValueError:
        return None


def why_no_publication_date(typed: str) -> tuple[str, str]:
    """Return the rule that a text breaks which `to_publication_date` does not read, and the date it may mean.

    The date is offered, never taken: it is empty where none suggests itself.
    """
    key = to_key(typed)
    if found := _DAY_PATTERN.fullmatch(key):
        first, second, year = found.groups()
        return "publication_date_impossible", _to_offer(second, first, year)
    if found := _SHORT_YEAR_PATTERN.fullmatch(key):
        day, month, year = found.groups()
        return "publication_date_year_short", _to_offer(day, month, f"20{year}")
    if _NO_YEAR_PATTERN.fullmatch(key):
        return "publication_date_without_year", ""
    return "publication_date_unreadable", ""


def _to_offer(day: str, month: str, year: str) -> str:
    try:
        return to_date_text(date(int(year), int(month), int(day)))
    except ValueError:
        return ""


def _read(key: str) -> PublicationDate | None:
    if found := _DAY_PATTERN.fullmatch(key) or _SPOKEN_DAY_PATTERN.fullmatch(key):
        day, month, year = map(int, found.groups())
        return PublicationDate(date(year, month, day), "day")
    if found := _ISO_PATTERN.fullmatch(key):
        year, month, day = map(int, found.groups())
        return PublicationDate(date(year, month, day), "day")
    if found := _MONTH_PATTERN.fullmatch(key):
        month, year = (int(part) for part in found.groups() if part)
        return PublicationDate(to_last_day(year, month), "month")
    if found := _QUARTER_PATTERN.fullmatch(key):
        quarter, written_year = found.groups()
        return PublicationDate(to_last_day(int(written_year), 3 * (to_quarter(quarter) or 0)), "quarter")
    if found := _YEAR_PATTERN.fullmatch(key):
        written_year, unknown = found.groups()
        return PublicationDate(date(int(written_year), 12, 31), "unknown" if unknown else "year")
    return None
