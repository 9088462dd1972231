"""Sheets and a yearbook form → the figures of their tables: years across or down, names in two languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ingestion.cells import Cell, Sheet, to_cell_name, to_column_letters
from ingestion.layouts import Role, YearbookForm
from ingestion.normalising.text import to_text
from ingestion.normalising.vocabulary import Term, Vocabularies
from ingestion.problems import Problem, to_problem
from ingestion.tables.grid import BETWEEN, Rows, Said, is_number, rows_of, texts_of, to_line
from ingestion.tables.names import (
    find_indicator,
    find_place,
    find_unit,
    in_vietnamese,
    to_name,
    without_marks,
)
from ingestion.tables.notes import LeftOut
from ingestion.tables.rows import Table, TableRow
from ingestion.tables.shape import hidden_or_merged
from ingestion.tables.sheets import read_each
from ingestion.tables.surroundings import Place, Shared
from ingestion.tables.titles import Title, ends_table, find_unit_in, read_title
from ingestion.tables.unknown import to_unknown
from ingestion.tables.wide_header import is_column_numbers
from ingestion.tables.wordings import find_year, is_worded
from ingestion.tables.year_header import Year, YearHeader, find_year_header

_TABLE_NUMBER = re.compile(
    r"(?:(?:bảng|biểu|table)\s*)?(?:số\s*)?\d+(?:\.\d+)*\s*[.:]?\s*(?=\D)", re.IGNORECASE
)


def has_header(sheet: Sheet, layout: YearbookForm) -> bool:
    """Return whether a table with years across or down stands in a sheet."""
    return find_year_header(sheet, rows_of(sheet), layout) is not None


def names_its_book(sheet: Sheet, layout: YearbookForm) -> bool:
    """Return whether a sheet names the yearbook that its table comes from."""
    rows = rows_of(sheet)
    return any(find_year(said.text, layout.books) for said in texts_of(rows, 1, max(rows, default=0)))


def find_tables(
    sheets: Iterable[Sheet], layout: YearbookForm, vocabularies: Vocabularies
) -> tuple[list[Table], list[Problem]]:
    """Return the tables of all sheets that have one, and what is wrong with their shape."""
    return read_each(
        sheets,
        lambda sheet, rows: find_year_header(sheet, rows, layout),
        lambda sheet, rows, header: _Reading(sheet, rows, header, layout, vocabularies),
    )


@dataclass(frozen=True)
class _Label:
    """What the words of a row or column mean: an indicator, a place, neither (a total, a grouping)."""

    indicator: Term | None = None
    place: str | None = None
    unit: str | None = None
    is_unknown: bool = False


@dataclass
class _Reading:
    """Reads one table; what rows and columns do not name is named by the title."""

    sheet: Sheet
    rows: Rows
    header: YearHeader
    layout: YearbookForm
    vocabularies: Vocabularies
    problems: list[Problem] = field(default_factory=list)
    figures: list[TableRow] = field(default_factory=list)
    unit: Said | None = None
    heading: _Label = _Label()
    is_over: bool = False

    def read(self) -> Table:
        """Return the figures; notes and problems gather in `problems`."""
        around, header = self.layout.around, self.header
        self.left_out = LeftOut(self.sheet.name)
        self.corner = (header.first, min(self.rows[header.first]))
        below = texts_of(self.rows, header.last + 1, max(self.rows))
        title = self._with_book(read_title(texts_of(self.rows, 1, header.first - 1), around, below), below)
        self.unit = title.unit
        self.subject = self._subject_of(title)
        authority = self.layout.source_authority_code
        self.shared = Shared(self.sheet.name, title, around, authority, self.vocabularies, self.corner)
        self.problems += self.shared.problems()
        self.unit_column = self._unit_column()
        self.labels = {at: self._label(said.text) for at, said in header.labels.items()}
        self._note_columns()
        for number in (row for row in sorted(self.rows) if row > header.last):
            self._row(number, self.rows[number])
        if not self.figures and not self.problems:
            self.problems.append(to_problem("no_rows", sheet=self.sheet.name))
        used = {figure.places["value"][1] for figure in self.figures} | {self.corner[1]}
        numbers = [figure.number for figure in self.figures]
        self.problems += hidden_or_merged(self.sheet, header.last, used, numbers)
        self.problems += self.shared.place_problems()
        self.problems += self.left_out.notes()
        return Table(self.sheet.name, tuple(self.figures))

    def _note_columns(self) -> None:
        """Tell of columns with numbers beside those of the years: a ratio is left out, a year unread is a flaw."""
        header = self.header
        if not header.years_of_columns:
            return
        below = [cells for row, cells in self.rows.items() if row > header.last]
        beside = {at for cells in below for at, cell in cells.items() if is_number(cell)}
        for at in sorted(beside - set(header.years_of_columns)):
            if at < header.first_value_column or at == self.unit_column:
                continue
            said = header.labels.get(at)
            if said is None or not any(letter.isalpha() for letter in said.text):
                at_header = (header.last, at) if said is None else said.at
                self._problem("year_of_column_unreadable", at_header, said.text if said else "")
            else:
                self.left_out.columns.append(f"{to_column_letters(at)} ({said.text})")

    def _with_book(self, title: Title, below: Iterable[Said]) -> Title:
        """Return the title with the yearbook as its source, published in the year of its name."""
        for said in (*title.lines, *title.others, *below):
            if year := find_year(said.text, self.layout.books):
                book = Said(list(in_vietnamese(said.text))[-1], said.at)
                return replace(
                    title,
                    lines=tuple(line for line in title.lines if line != said),
                    others=(*title.others, said),
                    document=title.document or book,
                    published=title.published or Said(year, said.at),
                )
        # Only a yearbook gives final figures of the statistics office.
        self._problem("book_of_table_missing", self.corner)
        return title

    def _subject_of(self, title: Title) -> tuple[Term, str | None] | None:
        """Return the indicator that the title names before it says how it is broken down."""
        subjects = {}
        for line in title.lines:
            text = _TABLE_NUMBER.sub("", line.text, count=1) if _TABLE_NUMBER.match(line.text) else line.text
            for end in self.layout.title_ends:
                text = re.split(rf"\s+{re.escape(end)}(?!\w)", text, maxsplit=1, flags=re.IGNORECASE)[0]
            if found := find_indicator(to_name(text).text, self.vocabularies):
                subjects[found[0].code] = found
        return next(iter(subjects.values())) if len(subjects) == 1 else None

    def _unit_column(self) -> int | None:
        wordings = self.layout.around.unit_of_measure
        labels = self.header.labels.items()
        return next((at for at, said in labels if is_worded(to_name(said.text).text, wordings)), None)

    def _label(self, text: str) -> _Label:
        """Return what words mean, the innermost part of a header's path first."""
        parts = [to_name(part, self.layout.around.details).text for part in text.split(BETWEEN)]
        around = self.layout.around
        inner_first = [part for part in reversed(parts) if part]
        for part in inner_first:
            if any(is_worded(name, around.totals) for name in in_vietnamese(part)):
                continue
            if any(is_worded(name, around.details) for name in in_vietnamese(part)):
                if part == inner_first[0]:
                    # Beside figures “Trong đó” alone does not say of what they are.
                    return _Label(is_unknown=True)
                continue
            if found := find_indicator(part, self.vocabularies):
                return _Label(indicator=found[0], unit=found[1])
            if place := find_place(part, self.vocabularies):
                return _Label(place=place)
            return _Label(is_unknown=True)
        return _Label()

    def _row(self, number: int, cells: Mapping[int, Cell]) -> None:
        first = self.header.first_value_column
        values = {at: cell for at, cell in cells.items() if at >= first and at != self.unit_column}
        has_numbers = any(is_number(cell) for cell in values.values())
        if (
            not self._are_small_figures(cells)
            and is_column_numbers(cells, min(cells))
            and not self.header.years_of_rows.get(number)
        ):
            self.left_out.row(number, "số thứ tự cột")
            return
        if len(cells) == 1 and all(cell.as_found.strip().isdigit() for cell in cells.values()):
            self.left_out.row(number, "số trang")
            return
        if (unit := find_unit_in(number, cells, self.layout.around)) and not has_numbers:
            self.unit = unit
            self.left_out.row(number, "đơn vị tính của các dòng sau")
            return
        self.is_over = self.is_over or (not has_numbers and ends_table(cells, self.layout.around))
        if self.is_over and not has_numbers:
            self.left_out.row(number, "chú thích, chữ ký")
            self.left_out.footnotes += [to_line(cell) for cell in cells.values() if cell.kind == "text"][:1]
        elif self.is_over:
            self._problem("row_after_end", (number, min(cells)), cells[min(cells)].as_found)
        elif self.header.years_of_columns:
            self._row_of_years(number, cells)
        else:
            self._row_of_one_year(number, cells)

    def _are_small_figures(self, cells: Mapping[int, Cell]) -> bool:
        """Return whether a row without a name has figures that could be numbers of columns: 12, 13, 14."""
        texts = [cell.as_found.strip(" ()") for _, cell in sorted(cells.items())]
        return set(cells) <= set(self.header.years_of_columns) and texts not in (
            [str(number) for number in range(first, first + len(texts))] for first in (1, 2)
        )

    def _row_of_years(self, number: int, cells: Mapping[int, Cell]) -> None:
        named = [at for at in sorted(cells) if at < self.header.first_value_column and at != self.unit_column]
        named = [at for at in named if not is_number(cells[at])]
        at = named[-1] if named else None
        text = to_line(cells[at], " - ") if at is not None else ""
        label = self._label(text)
        columns = self.header.years_of_columns
        values = [column for column in columns if column in cells]
        if not values:
            self.left_out.row(number, "đề mục")
            self.heading = replace(label, is_unknown=False)
            return
        if at is not None and label.is_unknown:
            name = to_name(text).text
            self.problems.append(
                to_unknown(
                    self.sheet.name, (number, at), name, self.vocabularies, ["indicators", "admin_units"]
                )
            )
            return
        if at is not None and to_name(text).marks:
            self.left_out.marked.append((number, at))
        for column in columns:
            if column in cells:
                place = (number, at) if at is not None else self.corner
                self._figure((number, column), cells, columns[column], label, self.labels[column], place)
            else:
                self.left_out.blank.append((number, column))

    def _row_of_one_year(self, number: int, cells: Mapping[int, Cell]) -> None:
        year = self.header.years_of_rows.get(number)
        columns = [
            at for at in self.header.labels if at >= self.header.first_value_column and at != self.unit_column
        ]
        if year is None:
            if any(is_number(cells[at]) for at in columns if at in cells):
                self._problem("year_of_row_unreadable", (number, min(cells)), cells[min(cells)].as_found)
                return
            self.left_out.row(number, "đề mục")
            self.heading = replace(self._label(to_line(cells[min(cells)], " - ")), is_unknown=False)
            return
        for at in columns:
            if at in cells:
                self._figure((number, at), cells, year, _Label(), self.labels[at], self.header.labels[at].at)
            else:
                self.left_out.blank.append((number, at))

    def _figure(
        self, at: Place, cells: Mapping[int, Cell], year: Year, row: _Label, column: _Label, named: Place
    ) -> None:
        words = self.header.labels[at[1]]
        if column.is_unknown:
            self.problems.append(
                to_unknown(
                    self.sheet.name, words.at, words.text, self.vocabularies, ["indicators", "admin_units"]
                )
            )
            return
        labels = [label for label in (row, column) if label.indicator] or [self.heading]
        indicators = {label.indicator.code: label for label in labels if label.indicator}
        unit = next((label.unit for label in labels if label.unit), None)
        if not indicators and self.subject:
            indicators = {self.subject[0].code: _Label(indicator=self.subject[0])}
            unit = self.subject[1]
        if len(indicators) != 1:
            self._problem("indicator_of_table_unknown", named if indicators else self.corner)
            return
        cell, mark = without_marks(cells[at[1]])
        if mark:
            self.left_out.marked.append(at)
        parts: dict[Role, tuple[Cell, Place] | None] = {
            "indicator_code": (Cell("text", next(iter(indicators))), named),
            "value": (cell, at),
            "status_code": (Cell("text", year.status_code), year.at),
            "period": (Cell("text", year.text), year.at),
        }
        parts["unit_of_measure"] = self._unit_of(at[0], cells, unit, named)
        if parts["unit_of_measure"] is None:
            self._problem("unit_of_row_missing", named)
        place = next((label.place for label in (row, column, self.heading) if label.place), None)
        if place is not None:
            parts["admin_unit_code"] = (Cell("text", place), named)
        self.figures.append(self.shared.figure(parts, cells[at[1]], None))

    def _unit_of(
        self, row: int, cells: Mapping[int, Cell], unit: str | None, named: Place
    ) -> tuple[Cell, Place] | None:
        if self.unit_column is not None and self.unit_column in cells:
            typed = to_line(cells[self.unit_column], " - ")
            return Cell("text", find_unit(typed, self.vocabularies) or typed), (row, self.unit_column)
        if unit:
            return Cell("text", unit), named
        if self.unit is None:
            return None
        return Cell("text", find_unit(self.unit.text, self.vocabularies) or self.unit.text), self.unit.at

    def _problem(self, rule: str, at: Place, found: str | None = None, **words: object) -> None:
        quoted = None if found is None else to_text(found)
        self.problems.append(
            to_problem(rule, sheet=self.sheet.name, cell=to_cell_name(*at), found=quoted, **words)
        )
