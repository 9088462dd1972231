"""Words of a header and of a title → the period of a column, written as the standard form writes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingestion.normalising.periods import ROMAN_QUARTERS, to_quarter
from ingestion.normalising.text import to_key

_NAM, _THANG, _QUY, _DEN, _NGAY, _HOC, _CUOI, _CA, _SAU, _CHIN, _HET = map(
    to_key, ("năm", "tháng", "quý", "đến", "ngày", "học", "cuối", "cả", "sáu", "chín", "hết")
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SCHOOL_YEAR = re.compile(rf"{_NAM} {_HOC} ((?:19|20)\d\d) ?- ?((?:19|20)\d\d)")
# What cannot be said in a period of the standard form: the second half of a year, eight months.
_OTHER = rf"(?:6|{_SAU}) {_THANG} {_CUOI}|(?<!\d)(?!(?:6|9) )\d{{1,2}} {_THANG}\b"
_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), shape)
    for pattern, shape in (
        (_OTHER, ""),
        (rf"{_DEN} (?:{_HET} )?(?:{_NGAY} )?(\d{{1,2}}) ?/ ?(\d{{1,2}})(?: ?/ ?(?:19|20)\d\d)?", "to_date"),
        (rf"(?<!\d)(?:6|{_SAU}) {_THANG}\b", "6 tháng {year}"),
        (rf"(?<!\d)(?:9|{_CHIN}) {_THANG}\b", "9 tháng {year}"),
        (rf"\b{_QUY} (iv|i{{1,3}}|[1-4])\b", "quarter"),
        (rf"\b{_THANG} ?(\d{{1,2}})\b", "month"),
        (rf"\b{_CA} {_NAM}\b", "{year}"),
    )
)
_YEAR_WORD = re.compile(rf"\b{_NAM}\b")


@dataclass(frozen=True)
class PeriodWords:
    """What words say of a period: its shape with `{year}` open, and the year; None for what they leave open.

    An empty shape is one that the standard form has no way to write.
    """

    shape: str | None
    year: int | None

    def written(self) -> str | None:
        """Return the period as the standard form writes it, None while something is open."""
        if not self.shape or self.year is None:
            return None
        return self.shape.format(year=self.year)


def find_period_words(texts: Iterable[str]) -> PeriodWords:
    """Return the one period that texts speak of; what they say twice, and differently, stays open."""
    key = " ; ".join(map(to_key, texts))
    if found := _SCHOOL_YEAR.search(key):
        return PeriodWords(f"năm học {found.group(1)}-{{year}}", int(found.group(2)))
    years = {int(year) for year in _YEAR.findall(key)}
    year = years.pop() if len(years) == 1 else None
    shapes, rest = set(), key
    for pattern, shape in _SHAPES:
        for found in pattern.finditer(rest):
            shapes.add(_to_shape(shape, found))
        rest = pattern.sub(" ", rest)
    if not shapes and (year is not None or _YEAR_WORD.search(key)):
        shapes = {"{year}"}
    return PeriodWords(shapes.pop() if len(shapes) == 1 else None, year)


def _to_shape(shape: str, found: re.Match[str]) -> str:
    match shape:
        case "to_date":
            return f"lũy kế đến {int(found.group(1))}/{int(found.group(2))}/{{year}}"
        case "quarter":
            return f"quý {ROMAN_QUARTERS[(to_quarter(found.group(1)) or 1) - 1]}/{{year}}"
        case "month":
            return f"{int(found.group(1)):02d}/{{year}}"
        case _:
            return shape


def to_column_period(
    header: str, title: PeriodWords, *, like_title: bool = False, years_before: int = 0
) -> str | None:
    """Return the period of a column, None when header and title together do not say it.

    A header without a year means the title's, or so many years before; a header without a kind of period means a
    whole year when it names one, else the kind that the title speaks of.
    """
    own = find_period_words([header])
    shape = own.shape
    if shape is None or (like_title and shape == "{year}"):
        shape = title.shape
    year = own.year
    if year is None and not _YEAR.search(to_key(header)) and title.year is not None:
        year = title.year - years_before
    return PeriodWords(shape, year).written()
