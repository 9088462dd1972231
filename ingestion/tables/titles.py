"""The lines around a table → what they say of all its figures: unit, period, place, source, day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingestion.cells import Cell
from ingestion.layouts import Surroundings
from ingestion.normalising.periods import to_period
from ingestion.normalising.text import to_key, to_text
from ingestion.normalising.vocabulary import Term, Unresolved, Vocabularies, Vocabulary
from ingestion.tables.grid import Said
from ingestion.tables.header_periods import PeriodWords, find_period_words
from ingestion.tables.wordings import after_wording, is_worded

_WRITTEN_OUT = r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})"
_IN_FIGURES = r"ngày\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})"
_DATE = re.compile(f"{_WRITTEN_OUT}|{_IN_FIGURES}", re.IGNORECASE)
_PLACE_AND_DATE = re.compile(rf".{{2,40}},\s*(?:{_WRITTEN_OUT}|{_IN_FIGURES})\s*\.?", re.IGNORECASE)

_BETWEEN_WORDS = re.compile(r"[\s,;:.()“”\"]+")


@dataclass(frozen=True)
class Title:
    """What stands above a table, sorted by what it is; `published` is a date as dd/mm/yyyy."""

    lines: tuple[Said, ...] = ()
    others: tuple[Said, ...] = ()
    unit: Said | None = None
    document: Said | None = None
    published: Said | None = None

    @property
    def period(self) -> PeriodWords:
        """Return the period that the title speaks of."""
        return find_period_words(line.text for line in self.lines)

    @property
    def source(self) -> Said | None:
        """Return the document that the table belongs to, else the title."""
        if self.document or not self.lines:
            return self.document
        return Said(" ".join(line.text for line in self.lines), self.lines[0].at)


def read_title(texts: Sequence[Said], around: Surroundings, below: Iterable[Said] = ()) -> Title:
    """Return what the texts above a table say; a date that only stands `below` it, at the signature, counts too."""
    lines, others = [], []
    unit = document = published = None
    for said in texts:
        if (of_all := after_wording(said.text, around.unit_of_measure)) is not None:
            unit = Said(of_all.rstrip(")").strip(), said.at)
        elif (attached := after_wording(said.text, around.attached_to)) is not None:
            document, dated = _to_document(attached, said.at)
            published = dated or published
        elif _PLACE_AND_DATE.fullmatch(said.text):
            published = published or _to_date(said.text, said.at)
        elif is_worded(said.text, around.not_title):
            others.append(said)
        else:
            lines.append(said)
    if published is None:
        signed = (said for said in below if _PLACE_AND_DATE.fullmatch(said.text))
        published = next((_to_date(said.text, said.at) for said in signed), None)
    return Title(tuple(lines), tuple(others), unit, document, published)


def find_place_of_table(
    title: Title, sheet: Said, around: Surroundings, period: str, vocabularies: Vocabularies
) -> Said | Unresolved:
    """Return the place that a table speaks of in a period.

    Its title names it, else its `sheet`, else the organisation above it; else it is the one in force then.
    """
    places = vocabularies["admin_units"]
    for said in (title.lines, (sheet,), title.others):
        named = places_named_in(said, places)
        if len(named) == 1:
            return named[0]
        if named:
            return Unresolved("place_of_table_unknown", tuple(found.text for found in named))
    read = to_period(period)
    if read is None:
        return Unresolved("place_of_table_unknown")
    terms = [places.find(name, on=read.end) for name in around.province_in_force]
    there = [term for term in terms if isinstance(term, Term) and term.is_valid_on(read.end)]
    if len({term.code for term in there}) == 1:
        return Said(there[0].code, (0, 0))
    return Unresolved("place_of_table_unknown", tuple(term.label for term in there))


def ends_table(cells: Mapping[int, Cell], around: Surroundings) -> bool:
    """Return whether a row begins what stands below a table: footnotes, signatures, recipients."""
    texts = (to_text(cell.as_found) for cell in cells.values() if cell.kind == "text")
    return any(is_worded(text, around.ends) for text in texts)


def find_unit_in(row: int, cells: Mapping[int, Cell], around: Surroundings) -> Said | None:
    """Return the unit of measure that a row declares for what follows it."""
    for at, cell in cells.items():
        unit = after_wording(to_text(cell.as_found), around.unit_of_measure) if cell.kind == "text" else None
        if unit:
            return Said(unit.rstrip(")").strip(), (row, at))
    return None


def places_named_in(lines: Iterable[Said], places: Vocabulary) -> list[Said]:
    """Return the registered places that lines name, without those that are only part of a longer name."""
    names = {
        _to_words(name): name
        for term in places.terms
        for name in (term.label, term.bare_name, *term.aliases)
        if name
    }
    found: dict[str, Said] = {}
    for line in lines:
        words = f" {_to_words(line.text)} "
        inside = [name for name in names if f" {name} " in words]
        longest = [name for name in inside if not any(name != other and name in other for other in inside)]
        found |= {name: Said(names[name], line.at) for name in longest}
    return list(found.values())


def _to_words(text: str) -> str:
    return " ".join(_BETWEEN_WORDS.split(to_key(text)))


def _to_document(attached: str, at: tuple[int, int]) -> tuple[Said, Said | None]:
    dated = _DATE.search(attached)
    text = attached[: dated.end()] if dated else attached.rstrip(") .")
    return Said(text, at), _to_date(attached, at)


def _to_date(text: str, at: tuple[int, int]) -> Said | None:
    found = _DATE.search(text)
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups() if part is not None)
    return Said(f"{day:02d}/{month:02d}/{year}", at)
