"""Names as tables write them (bullets, footnote marks, two languages, a unit in brackets) → registered names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingestion.cells import Cell
from ingestion.normalising.text import to_plain, to_text
from ingestion.normalising.vocabulary import Term, Vocabularies
from ingestion.reading.syllables import is_syllable
from ingestion.tables.wordings import after_wording

_BULLET = re.compile(
    r"(?:[-–—+•*]+|[a-zđA-ZĐ]\)|[a-zđ]\.|\d{1,2}(?:\.\d{1,2})*[.)](?!\d)|\d{1,2}(?:\.\d{1,2})+(?=\s)|[IVX]+[.)])\s*(?=\S)"
)
# At the end, or of a name in two languages at the end of the first.
_MARK = re.compile(r"\s*(\(\*+\)|\*+|\(\d{1,2}\)|[¹²³⁴-⁹]+)(?=$|\s+[-–—/]\s)")
_NUMBER_MARK = re.compile(r"(?<=[\d%])\s*(\(\*+\)|\*+|\(\d{1,2}\)|[¹²³⁴-⁹]+)$")
_WORD = re.compile(r"[^\W\d_]+")
_UNIT = re.compile(r"(.*\S)\s*\(([^()]+)\)")


@dataclass(frozen=True)
class Name:
    """A name without what is glued to it, and the footnote marks that were."""

    text: str
    marks: tuple[str, ...] = ()


def to_name(typed: str, details: Sequence[str] = ()) -> Name:
    """Return a name without bullets, “Trong đó:” and the like (`details`), closing colon and footnote marks."""
    text, marks = split_marks(typed)
    while found := _BULLET.match(text):
        text = text[found.end() :]
    inside = after_wording(text, details)
    if inside:
        return Name(to_name(inside).text, marks)
    return Name(text.rstrip(" :;"), marks)


def split_marks(typed: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without the footnote marks at its end or before another language, and the marks."""
    text, marks = to_text(typed), []
    while (found := _MARK.search(text)) and text[: found.start()]:
        marks.append(found.group(1))
        text = (text[: found.start()] + text[found.end() :]).rstrip(" :;")
    return text, tuple(marks)


def without_marks(cell: Cell) -> tuple[Cell, str | None]:
    """Return a value cell without the footnote mark glued to its number, and the mark."""
    if (
        isinstance(cell.value, str)
        and cell.kind == "text"
        and (found := _NUMBER_MARK.search(cell.value.strip()))
    ):
        return Cell("text", cell.value.strip()[: found.start()]), found.group(1)
    return cell, None


def in_vietnamese(text: str) -> Iterator[str]:
    """Yield the whole text, then what stands before each “ - ” from the last: the Vietnamese of “Tên - Name”.

    What is Vietnamese behind the dash is no translation but a part: “Dân số - Nữ” is not “Dân số”.
    """
    yield to_text(text)
    parts = re.split(r"\s+[-–—/]\s+", to_text(text))
    for end in range(len(parts) - 1, 0, -1):
        first = " - ".join(parts[:end])
        if all(_is_foreign(part, first) for part in parts[end:]):
            yield first


def _is_foreign(text: str, name: str) -> bool:
    """Return whether a text is not Vietnamese: it has a word that is no syllable, or repeats the name without marks."""
    if not text.isascii():
        return False
    words = _WORD.findall(text.casefold())
    return set(words) <= set(_WORD.findall(to_plain(name))) or not all(map(is_syllable, words))


def find_indicator(typed: str, vocabularies: Vocabularies) -> tuple[Term, str | None] | None:
    """Return the indicator that a name means, and the unit that stands in brackets behind it."""
    indicators, units = vocabularies["indicators"], vocabularies["units_of_measure"]
    for name in in_vietnamese(typed):
        if isinstance(found := indicators.find(name), Term):
            return found, None
        split = _UNIT.fullmatch(name)
        if split and isinstance(units.find(split.group(2)), Term):
            found = indicators.find(to_name(split.group(1)).text)
            if isinstance(found, Term):
                return found, split.group(2)
    return None


def find_unit(typed: str, vocabularies: Vocabularies) -> str | None:
    """Return the wording of a registered unit of measure in one or two languages."""
    units = vocabularies["units_of_measure"]
    return next((name for name in in_vietnamese(typed) if isinstance(units.find(name), Term)), None)


def find_place(typed: str, vocabularies: Vocabularies) -> str | None:
    """Return the wording of a registered place, one or several of that name, in one or two languages."""
    places = vocabularies["admin_units"]
    for name in in_vietnamese(typed):
        found = places.find(name)
        if isinstance(found, Term) or found.rule != "term_unknown":
            return name
    return None
