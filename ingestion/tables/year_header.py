"""A sheet and a yearbook form → where its years stand: across the header, or down the first column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ingestion.cells import Cell, Sheet
from ingestion.layouts import YearbookForm, YearLabel
from ingestion.tables.grid import BETWEEN, Rows, Said, is_number, to_line, to_paths
from ingestion.tables.names import split_marks
from ingestion.tables.titles import find_unit_in
from ingestion.tables.wordings import find_year

# Fewer years than this could be any number that looks like one.
_LEAST_YEARS = 2


@dataclass(frozen=True)
class Year:
    """A year as a label gives it, the status of its figures, and where the label stands."""

    text: str
    status_code: str
    at: tuple[int, int]


@dataclass(frozen=True)
class YearHeader:
    """The header in rows `first`…`last`: the words of each column without its year; years of columns or rows."""

    first: int
    last: int
    labels: Mapping[int, Said]
    years_of_columns: Mapping[int, Year]
    years_of_rows: Mapping[int, Year]
    first_value_column: int


def find_year_header(sheet: Sheet, rows: Rows, layout: YearbookForm) -> YearHeader | None:
    """Return the header of a sheet's table, None when no two years stand in one row or in one column."""
    return _across(sheet, rows, layout) or _down(sheet, rows, layout)


def to_year(text: str, at: tuple[int, int], labels: tuple[YearLabel, ...]) -> Year | None:
    """Return the year that a text is a label of."""
    name, _ = split_marks(text)
    for label in labels:
        if (year := find_year(name, label.labels)) is not None:
            return Year(year, label.status_code, at)
    return None


def _across(sheet: Sheet, rows: Rows, layout: YearbookForm) -> YearHeader | None:
    for row in (row for row in sorted(rows) if row <= layout.header_within_rows):
        columns = [at for at, cell in rows[row].items() if to_year(to_line(cell), (row, at), layout.years)]
        if len(columns) < _LEAST_YEARS or not _heads_columns(rows, row, columns, layout):
            continue
        first_column = min(columns)
        first = last = row
        while last - first + 1 < layout.header_rows and _is_beside(rows, first - 1, first_column, layout):
            first -= 1
        while last - first + 1 < layout.header_rows and _is_beside(rows, last + 1, first_column, layout):
            last += 1
        paths = to_paths(sheet, rows, first, last, " - ")
        labels, years = {}, {}
        for at, said in paths.items():
            if at >= first_column and (found := _split_year(said, layout)) is not None:
                years[at], labels[at] = found
            else:
                labels[at] = said
        if len(years) >= _LEAST_YEARS:
            return YearHeader(first, last, labels, years, {}, first_column)
    return None


def _heads_columns(rows: Rows, row: int, years: list[int], layout: YearbookForm) -> bool:
    """Return whether a row with years is a header, and not a row of figures that look like years.

    Beside the years stand only words; the rows below have names to the left, or do not go on with years.
    """
    cells, first = rows[row], min(years)
    if any(is_number(cell) for at, cell in cells.items() if at > first and at not in years):
        return False
    below = [number for number in rows if number > row]
    has_names = any(
        at < first and not is_number(cell) for number in below for at, cell in rows[number].items()
    )
    following = rows[min(below)].get(first) if below else None
    return has_names or to_year(to_line(following), (row, first), layout.years) is None


def _is_beside(rows: Rows, row: int, first_column: int, layout: YearbookForm) -> bool:
    """Return whether a row belongs to the header: nothing but words, over or under the years."""
    cells = rows.get(row, {})
    return (
        bool(cells)
        and min(cells) >= first_column
        and not any(is_number(cell) for cell in cells.values())
        and all(any(letter.isalpha() for letter in cell.as_found) for cell in cells.values())
        and find_unit_in(row, cells, layout.around) is None
    )


def _split_year(said: Said, layout: YearbookForm) -> tuple[Year, Said] | None:
    """Return the year in the words of a column, and the words without it."""
    if (year := to_year(said.text.replace(BETWEEN, " "), said.at, layout.years)) is not None:
        return year, Said("", said.at)
    parts = said.text.split(BETWEEN)
    for at, part in enumerate(parts):
        if (year := to_year(part, said.at, layout.years)) is not None:
            return year, Said(BETWEEN.join(parts[:at] + parts[at + 1 :]), said.at)
    return None


def _down(sheet: Sheet, rows: Rows, layout: YearbookForm) -> YearHeader | None:
    for column in sorted({at for cells in rows.values() for at in cells}):
        years = {
            row: year
            for row, cells in rows.items()
            if column in cells
            and len(cells) > 1
            and (year := to_year(to_line(cells[column]), (row, column), layout.years))
        }
        if len(years) >= _LEAST_YEARS:
            return _over(sheet, rows, years, column, layout)
    return None


def _over(
    sheet: Sheet, rows: Rows, years: Mapping[int, Year], column: int, layout: YearbookForm
) -> YearHeader | None:
    last = min(years) - 1
    # A heading of the first group of years, or a row of column numbers, may stand between.
    while last > 0 and not _names_columns(rows.get(last, {}), column):
        last -= 1
    first = last
    while (
        first > 1
        and last - first + 1 < layout.header_rows
        and _names_columns(rows.get(first - 1, {}), column)
    ):
        if find_unit_in(first - 1, rows[first - 1], layout.around) is not None:
            break
        first -= 1
    if last < 1 or last > layout.header_within_rows or find_unit_in(last, rows[last], layout.around):
        return None
    labels = to_paths(sheet, rows, first, last, " - ")
    return YearHeader(first, last, labels, {}, years, column + 1)


def _names_columns(cells: Mapping[int, Cell], column: int) -> bool:
    return any(
        at > column and cell.kind == "text" and any(letter.isalpha() for letter in cell.as_found)
        for at, cell in cells.items()
    )
