"""Words of a header and of a title → the period of a column, written as the standard form writes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingestion.normalising.periods import ROMAN_QUARTERS, to_quarter
from ingestion.normalising.text import to_key

_NAM, _THANG, _QUY, _DEN, _NGAY, _HOC, _CUOI, _CA, _SAU, _CHIN, _HET, _DAU, _LAN = map(
    to_key,
    ("năm", "tháng", "quý", "đến", "ngày", "học", "cuối", "cả", "sáu", "chín", "hết", "đầu", "lần"),
)
_HAI, _BA, _BON, _MUOI, _NUA, _TUAN = map(to_key, ("hai", "ba", "bốn", "mười", "nửa", "tuần"))
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SCHOOL_YEAR = re.compile(rf"{_NAM} {_HOC} ((?:19|20)\d\d) ?- ?((?:19|20)\d\d)")
# The year of constant prices is none of a figure.
_PRICES = re.compile(rf"{to_key('giá')} (?:[^\s\d]+ ){{0,3}}(?:19|20)\d\d(?!\d)")
# What cannot be said in a period of the standard form: the second half of a year, eight months.
_OTHER = rf"(?:6|{_SAU}) {_THANG} {_CUOI}|(?<!\d)(?!(?:6|9) )\d{{1,2}} {_THANG}\b"
_FIRST = rf"(?: {_DAU} {_NAM})?"
_DAY_MONTH = r"(\d{1,2}) ?/ ?(\d{1,2})(?: ?/ ?(?:19|20)\d\d)?(?!\d)"
_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), shape)
    for pattern, shape in (
        (_OTHER, ""),
        (rf"{_DEN} (?:{_HET} )?(?:{_NGAY} )?{_DAY_MONTH}", "to_date"),
        (rf"{_DEN} (?:{_HET} )?{_THANG} ?(\d{{1,2}})\b", "to_month"),
        (rf"{_DEN} (?:{_HET} )?{_QUY} ?(iv|i{{1,3}}|[1-4])\b", "to_quarter"),
        (rf"(?<!\d)(?:6|{_SAU}) {_THANG}\b{_FIRST}|(?<![\d/.-])6 ?t\b{_FIRST}", "6 tháng {year}"),
        (rf"(?<!\d)(?:9|{_CHIN}) {_THANG}\b{_FIRST}|(?<![\d/.-])9 ?t\b{_FIRST}", "9 tháng {year}"),
        (rf"\b(?:{_QUY} ?|q\.? ?)(iv|i{{1,3}}|[1-4])\b", "quarter"),
        (rf"\b{_THANG} ?(\d{{1,2}})\b", "month"),
        (r"\bt\.? ?(\d{1,2})(?= ?/ ?(?:19|20)\d\d)", "month"),
        (rf"\b{_CA} {_NAM}\b", "{year}"),
    )
)
# Of a header alone, where a number beside the year says no more than the period: 06/2025.
_MONTH_OF_YEAR = (re.compile(r"(?<![\d/.-])(\d{1,2}) ?[/.-] ?(?=(?:19|20)\d\d(?!\d))"), "month")
# Words that make the whole year something else: three years, an average, a week, half a year.
_NOT_A_YEAR = re.compile(
    rf"(?<!{_LAN} )\b(?:\d{{1,2}}|{_HAI}|{_BA}|{_BON}|{_MUOI}) {_NAM}\b|\b(?:{_NUA}|{_TUAN})\b"
    rf"|{to_key('bình quân')}|{to_key('giai đoạn')}|{to_key('nhiệm kỳ')}|{to_key('học kỳ')}"
    rf"|\b(?:{_HAI}|{_BA}|{to_key('các')}) {_QUY}\b"
)
# Numbers that are no part of a period: a footnote mark, the count of an estimate.
_BESIDE = re.compile(rf"\(\d{{1,2}}\)|\b{_LAN} (?:{to_key('thứ')} )?\d\b")
_SINCE_NEW_YEAR = re.compile(rf"\b{_DAU} {_NAM}\b")
_SUMMED = re.compile(rf"\b(?:{to_key('lũy kế')}|{to_key('cộng dồn')})\b")
_OTHER_YEARS = "|".join(map(to_key, ("trước", "ngoái", "sau", "tới", "tiếp theo", "kế tiếp")))
_RELATIVE = re.compile(rf"\b(?:{_NAM}|{to_key('kỳ')}) (?:{_OTHER_YEARS})\b|{to_key('cùng kỳ')}")
_FURTHER_BACK = re.compile(rf"{to_key('trước')} {to_key('nữa')}\b")
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
    """Return the one period that a title speaks of; what it says twice, and differently, stays open."""
    key = _to_period_key(texts)
    if found := _SCHOOL_YEAR.search(key):
        return PeriodWords(f"năm học {found.group(1)}-{{year}}", int(found.group(2)))
    shapes, rest = _find_shapes(key, _SHAPES)
    if shapes and _SUMMED.search(rest):
        # “Tháng 6 và lũy kế từ đầu năm” speaks of two periods.
        shapes = {shape for shape in shapes if not _is_part(shape)} or {"", "{year}"}
    return PeriodWords(_one(shapes or _whole_year(key)), _year_in(key))


def find_period_words_of_header(header: str) -> PeriodWords:
    """Return the period that the words of a column speak of; an empty shape for words that make it another one.

    Nothing of a number may be left over: “Thực hiện năm 24”, “3 năm”, “tuần 3” are no whole year.
    """
    key = _to_period_key([header])
    if found := _SCHOOL_YEAR.search(key):
        is_whole = _NOT_A_YEAR.search(key.replace(found.group(), " ")) is None
        return PeriodWords(f"năm học {found.group(1)}-{{year}}" if is_whole else "", int(found.group(2)))
    shapes, rest = _find_shapes(_BESIDE.sub(" ", key), (*_SHAPES, _MONTH_OF_YEAR))
    left = _YEAR.sub(" ", rest)
    if len(shapes) > 1 or _NOT_A_YEAR.search(rest) or any(letter.isdecimal() for letter in left):
        return PeriodWords("", _year_in(key))
    if not shapes and not _SINCE_NEW_YEAR.search(rest):
        shapes = _whole_year(key)
    return PeriodWords(_one(shapes), _year_in(key))


def _to_period_key(texts: Iterable[str]) -> str:
    return _PRICES.sub(" ", " ; ".join(map(to_key, texts)))


def _find_shapes(key: str, known: Iterable[tuple[re.Pattern[str], str]]) -> tuple[set[str], str]:
    """Return the shapes of the periods in a text, and what is left of it."""
    shapes, rest = set(), key
    for pattern, shape in known:
        shapes |= {_to_shape(shape, found) for found in pattern.finditer(rest)}
        rest = pattern.sub(" ", rest)
    return shapes, rest


def _whole_year(key: str) -> set[str]:
    return {"{year}"} if _YEAR.search(key) or _YEAR_WORD.search(key) else set()


def _year_in(key: str) -> int | None:
    years = {int(year) for year in _YEAR.findall(key)}
    return years.pop() if len(years) == 1 else None


def _one(shapes: set[str]) -> str | None:
    return next(iter(shapes)) if len(shapes) == 1 else None


def _is_part(shape: str) -> bool:
    """Return whether a shape is a month or quarter by itself, and not all months up to its end."""
    return re.fullmatch(r"\d\d/\{year\}|quý [IV]+/\{year\}", shape) is not None


def _to_shape(shape: str, found: re.Match[str]) -> str:
    match shape:
        case "to_date":
            return f"lũy kế đến {int(found.group(1))}/{int(found.group(2))}/{{year}}"
        case "to_month":
            return f"lũy kế đến tháng {int(found.group(1))}/{{year}}"
        case "to_quarter":
            return f"lũy kế đến quý {ROMAN_QUARTERS[(to_quarter(found.group(1)) or 1) - 1]}/{{year}}"
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
    whole year when it names one, else the kind that the title speaks of. A header that speaks of another year than
    the title's without naming it, and of which the form does not say how many years before, is asked about.
    """
    own, key = find_period_words_of_header(header), to_key(header)
    shape = own.shape
    if shape is None or (like_title and shape == "{year}"):
        shape = title.shape
    if own.shape is None and _SINCE_NEW_YEAR.search(key) and shape == "{year}":
        return None
    if _SUMMED.search(key) or _SINCE_NEW_YEAR.search(key):
        shape = _summed(shape, title.shape)
    year = own.year
    if year is None and not _YEAR.search(_PRICES.sub(" ", key)) and title.year is not None:
        if _FURTHER_BACK.search(key) or (_RELATIVE.search(key) and not years_before):
            return None
        year = title.year - years_before
    return PeriodWords(shape, year).written()


def _summed(shape: str | None, of_title: str | None) -> str | None:
    """Return the shape of all months up to the end of a month or quarter; a year that has not ended is open."""
    if not shape or (shape == "{year}" and of_title != shape):
        return None
    if not _is_part(shape):
        return shape
    return f"lũy kế đến {'' if shape.startswith('quý') else 'tháng '}{shape}"
