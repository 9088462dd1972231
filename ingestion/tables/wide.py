"""Sheets and a wide form → the figures of their tables: one indicator a row, a column for each period and status."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from ingestion.cells import Cell, Sheet, to_cell_name
from ingestion.layouts import Role, WideForm
from ingestion.normalising.text import to_key, to_text
from ingestion.normalising.vocabulary import Term, Vocabularies
from ingestion.problems import Problem, to_problem
from ingestion.tables.grid import BETWEEN, Rows, Said, is_number, rows_of, texts_of
from ingestion.tables.header_periods import find_period_words_of_header, to_column_period
from ingestion.tables.names import find_indicator, find_unit, to_name, without_marks
from ingestion.tables.notes import LeftOut
from ingestion.tables.rows import Table, TableRow
from ingestion.tables.shape import hidden_or_merged
from ingestion.tables.sheets import read_each
from ingestion.tables.surroundings import Place, Shared
from ingestion.tables.titles import ends_table, find_unit_in, places_named_in, read_title
from ingestion.tables.unknown import to_unknown
from ingestion.tables.wide_header import Header, HeaderCell, find_header, is_column_numbers, repeats_header
from ingestion.tables.wordings import after_wording, is_worded

_IN_BRACKETS = re.compile(r"\(([^()]+)\)")


def has_header(sheet: Sheet, layout: WideForm) -> bool:
    """Return whether the header of a wide table stands in a sheet."""
    return find_header(sheet, rows_of(sheet), layout) is not None


def find_tables(
    sheets: Iterable[Sheet], layout: WideForm, vocabularies: Vocabularies
) -> tuple[list[Table], list[Problem]]:
    """Return the tables of all sheets that have one, and what is wrong with their shape."""
    return read_each(
        sheets,
        lambda sheet, rows: find_header(sheet, rows, layout),
        lambda sheet, rows, header: _Reading(sheet, rows, header, layout, vocabularies),
    )


@dataclass
class _Reading:
    """Reads one table from top to bottom; the unit of measure and the heading in force change on the way."""

    sheet: Sheet
    rows: Rows
    header: Header
    layout: WideForm
    vocabularies: Vocabularies
    problems: list[Problem] = field(default_factory=list)
    figures: list[TableRow] = field(default_factory=list)
    unit: Said | None = None
    unit_above: tuple[Cell, Place] | None = None
    heading: Term | None = None
    is_over: bool = False

    def read(self) -> Table:
        """Return the figures; notes and problems gather in `problems`."""
        self.left_out = LeftOut(self.sheet.name)
        order = sorted(self.rows)
        last = order[-1]
        self.following = dict(pairwise(order))
        around = self.layout.around
        below = texts_of(self.rows, self.header.last + 1, last)
        title = read_title(texts_of(self.rows, 1, self.header.first - 1), around, below)
        self.unit = title.unit
        corner = (self.header.first, self.header.column("indicator_name") or 1)
        self.shared = Shared(
            self.sheet.name, title, around, self.layout.source_authority_code, self.vocabularies, corner
        )
        self.problems += self.shared.problems()
        self.periods = {at: self._period_of(at) for at in self.header.values}
        self.places = {at: self._place_of(at) for at in self.header.values}
        self._note_columns()
        for number in (row for row in order if row > self.header.last):
            self._row(number, self.rows[number])
        if not self.figures and not self.problems:
            self.problems.append(to_problem("no_rows", sheet=self.sheet.name))
        read = [at for at, cell in self.header.columns.items() if cell.spec and cell.spec.holds != "left_out"]
        numbers = [figure.number for figure in self.figures]
        self.problems += hidden_or_merged(self.sheet, self.header.last, read, numbers)
        self.problems += self.shared.place_problems()
        self.problems += self.left_out.notes()
        return Table(self.sheet.name, tuple(self.figures))

    def _period_of(self, at: int) -> str | None:
        cell = self.header.columns[at]
        if cell.spec is None:
            return None
        period = to_column_period(
            cell.said.text,
            self.shared.title.period,
            like_title=cell.spec.period_of == "title",
            years_before=cell.spec.years_before,
        )
        names_its_year = find_period_words_of_header(cell.said.text).year is not None
        if self.header.stands_before_a_group(at) and not names_its_year:
            period = None
        if period is None:
            self._problem("period_of_column_missing", cell.said.at, cell.said.text)
        return period

    def _place_of(self, at: int) -> tuple[Cell, Place] | None:
        """Return the place that a column speaks of by its words, None when it is that of the table."""
        said = self.header.columns[at].said
        named = places_named_in([said], self.vocabularies["admin_units"])
        return (named[0].cell, said.at) if len(named) == 1 else None

    def _note_columns(self) -> None:
        self.problems += (
            to_problem("column_twice", sheet=self.sheet.name, cell=to_cell_name(*said.at), found=said.text)
            for said in self.header.twice()
        )
        for at, cell in sorted(self.header.columns.items()):
            if cell.spec is not None and not self._is_detail(at, cell):
                if cell.spec.holds == "left_out":
                    self.left_out.columns.append(self.header.to_letters(at))
                continue
            if any(
                is_number(self.rows[row][at])
                for row in self.rows
                if row > self.header.last and at in self.rows[row]
            ):
                wordings = (word for spec in self.layout.header for word in spec.headers[:1])
                self._problem("column_unknown", cell.said.at, cell.said.text, columns="; ".join(wordings))
            else:
                self.left_out.columns.append(self.header.to_letters(at))

    def _is_detail(self, at: int, cell: HeaderCell) -> bool:
        """Return whether a value column holds only a part of the figure, or figures of several places."""
        if at not in self.header.values:
            return False
        parts = (part for part in cell.said.text.split(BETWEEN))
        several = len(places_named_in([cell.said], self.vocabularies["admin_units"])) > 1
        return several or any(after_wording(part, self.layout.around.details) is not None for part in parts)

    def _row(self, number: int, cells: Mapping[int, Cell]) -> None:
        name_at = self.header.column("indicator_name") or 1
        values = {at: cells[at] for at in self.header.values if at in cells}
        if is_column_numbers(cells, name_at):
            self.left_out.row(number, "số thứ tự cột")
            return
        has_numbers = any(is_number(cell) for cell in values.values())
        if (unit := find_unit_in(number, cells, self.layout.around)) and not has_numbers:
            self.unit = unit
            self.left_out.row(number, "đơn vị tính của các dòng sau")
            return
        if repeats_header(cells, self.layout):
            self._problem("header_repeated", (number, name_at))
            return
        typed = self._name_in(cells, name_at, bool(values))
        found = self._find(typed)
        self.is_over = self.is_over or (not has_numbers and ends_table(cells, self.layout.around))
        if self.is_over:
            self._after_the_end(number, cells, bool(found and values), name_at)
        elif values and not typed:
            self._nameless(number, cells, name_at)
        elif typed:
            self._named_row(number, cells, typed, found)

    def _name_in(self, cells: Mapping[int, Cell], name_at: int, has_values: bool) -> str:
        """Return the name of a row; a heading may stand in the column of its number."""
        named = cells.get(name_at)
        if named is None and not has_values:
            named = next((cell for at, cell in sorted(cells.items()) if at < name_at), None)
        return to_name(named.as_found, self.layout.around.details).text if named else ""

    def _find(self, typed: str) -> tuple[Term, str | None] | None:
        """Return the indicator of a name; a total is that of the heading above it."""
        found = find_indicator(typed, self.vocabularies) if typed else None
        if found is None and self.heading and is_worded(typed, self.layout.around.totals):
            return self.heading, None
        return found

    def _named_row(
        self, number: int, cells: Mapping[int, Cell], typed: str, found: tuple[Term, str | None] | None
    ) -> None:
        name_at = self.header.column("indicator_name") or 1
        values = {at: cells[at] for at in self.header.values if at in cells}
        if found is None:
            if values:
                self.problems.append(
                    to_unknown(self.sheet.name, (number, name_at), typed, self.vocabularies, ["indicators"])
                )
            else:
                self.left_out.row(number, "đề mục")
                self.heading = self.heading if is_worded(typed, self.layout.around.details) else None
            return
        term, unit_in_name = found
        if not values and self._is_heading_of_total(number, name_at):
            self.heading = term
            self.left_out.row(number, "đề mục")
            return
        if name_at in cells and to_name(cells[name_at].as_found).marks:
            self.left_out.marked.append((number, name_at))
        self.heading = None
        for at, cell in cells.items():
            if values and at not in self.header.columns and is_number(cell):
                self._problem("outside_table", (number, at), cell.as_found)
        for at in self.header.values:
            if at in values:
                self._figure((number, at), cells, values[at], term, unit_in_name)
            else:
                self.left_out.blank.append((number, at))

    def _figure(
        self, at: Place, cells: Mapping[int, Cell], typed: Cell, indicator: Term, unit_in_name: str | None
    ) -> None:
        row, column = at
        name_at = self.header.column("indicator_name") or 1
        header = self.header.columns[column]
        cell, mark = without_marks(typed)
        if mark:
            self.left_out.marked.append(at)
        status = header.spec.status_code if header.spec else None
        period = self.periods[column]
        parts: dict[Role, tuple[Cell, Place] | None] = {
            "indicator_code": (Cell("text", indicator.code), (row, name_at)),
            "value": (cell, at),
            "status_code": (Cell("text", status or ""), header.said.at),
            "period": (Cell("text", period), header.said.at) if period else None,
        }
        if (unit := self._unit_of(at, cells, unit_in_name)) is not None:
            parts["unit_of_measure"] = unit
        else:
            self._problem("unit_of_row_missing", (row, self.header.column("unit_of_measure") or name_at))
            parts["unit_of_measure"] = None
        own: tuple[Role, ...] = ("admin_unit_code", "method_version", "note")
        for role in own:
            where = self.header.column(role)
            if where is not None and where in cells:
                parts[role] = (cells[where], (row, where))
            elif where is not None and role == "admin_unit_code":
                # A place written once for several rows, or the whole province: only the officer knows.
                self._problem("required_blank", (row, where), column=self.header.columns[where].said.text)
                parts[role] = None
        if (place := self.places[column]) is not None:
            parts.setdefault("admin_unit_code", place)
        note = self.header.column("note")
        self.figures.append(self.shared.figure(parts, typed, (row, note) if note else None))

    def _unit_of(
        self, at: Place, cells: Mapping[int, Cell], unit_in_name: str | None
    ) -> tuple[Cell, Place] | None:
        """Return the unit of a figure: of its row (a ditto mark: of the row above), its name, its column, its table."""
        said = list(self._units_said(at, cells, unit_in_name))
        for other, _ in said[1:]:
            if self._contradict(said[0][0].as_found, other.as_found):
                found = to_text(said[0][0].as_found)
                self._problem("units_contradict", said[0][1], found, other=to_text(other.as_found))
                break
        if said:
            return said[0]
        return (self.unit.cell, self.unit.at) if self.unit else None

    def _units_said(
        self, at: Place, cells: Mapping[int, Cell], unit_in_name: str | None
    ) -> Iterator[tuple[Cell, Place]]:
        row, column = at
        where = self.header.column("unit_of_measure")
        if where is not None and where in cells:
            if to_key(cells[where].as_found) not in map(to_key, self.layout.around.ditto):
                self.unit_above = cells[where], (row, where)
            if self.unit_above is not None:
                yield self.unit_above
        if unit_in_name:
            yield Cell("text", unit_in_name), (row, self.header.column("indicator_name") or 1)
        header = self.header.columns[column].said
        for words in (*_IN_BRACKETS.findall(header.text), header.text.split(BETWEEN)[-1]):
            if unit := find_unit(words, self.vocabularies):
                yield Cell("text", unit), header.at

    def _contradict(self, unit: str, other: str) -> bool:
        units = self.vocabularies["units_of_measure"]
        found, also = units.find(unit), units.find(other)
        return isinstance(found, Term) and isinstance(also, Term) and found.code != also.code

    def _is_heading_of_total(self, number: int, name_at: int) -> bool:
        below = self.rows.get(self.following.get(number, 0), {}).get(name_at)
        return below is not None and is_worded(to_name(below.as_found).text, self.layout.around.totals)

    def _after_the_end(self, number: int, cells: Mapping[int, Cell], is_data: bool, name_at: int) -> None:
        if is_data:
            self._problem("row_after_end", (number, name_at), cells[name_at].as_found)
            return
        self.left_out.row(number, "chú thích, chữ ký")
        self.left_out.footnotes += [to_text(cell.as_found) for cell in cells.values() if cell.kind == "text"][
            :1
        ]

    def _nameless(self, number: int, cells: Mapping[int, Cell], name_at: int) -> None:
        if len(cells) == 1:
            self.left_out.row(number, "số trang")
        else:
            self._problem("required_blank", (number, name_at), column="Chỉ tiêu")

    def _problem(self, rule: str, at: Place, found: str | None = None, **words: object) -> None:
        self.problems.append(
            to_problem(rule, sheet=self.sheet.name, cell=to_cell_name(*at), found=found, **words)
        )
