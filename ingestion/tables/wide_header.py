"""A sheet and a wide form → its header, found by content: the rows it takes, and what each column holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingestion.cells import Cell, Sheet, to_column_letters
from ingestion.layouts import HeaderColumn, WideForm
from ingestion.tables.grid import BETWEEN, Rows, Said, is_number, to_paths
from ingestion.tables.names import to_name
from ingestion.tables.wordings import YEAR, after_wording, is_worded

_COLUMN_NUMBER = re.compile(r"\(?(?:[A-ZĐ]|[IVX]+|\d{1,2})\)?|\(?\d{1,2}\)?\s*=.*")

_ONCE = ("indicator_name", "unit_of_measure", "admin_unit_code", "method_version")


@dataclass(frozen=True)
class HeaderCell:
    """One column: what it holds (None: no wording of the form), its words and where they stand."""

    spec: HeaderColumn | None
    said: Said


@dataclass(frozen=True)
class Header:
    """The header of a table in rows `first`…`last`, by column."""

    first: int
    last: int
    columns: Mapping[int, HeaderCell]

    def column(self, holds: str) -> int | None:
        """Return the first column that holds something, None when there is none."""
        found = (at for at, cell in self.columns.items() if cell.spec and cell.spec.holds == holds)
        return min(found, default=None)

    def twice(self) -> Iterator[Said]:
        """Yield the columns that hold once more what a row has once: a second table beside the first."""
        for holds in _ONCE:
            said = [
                cell.said
                for _, cell in sorted(self.columns.items())
                if cell.spec and cell.spec.holds == holds
            ]
            yield from dict.fromkeys(other for other in said[1:] if other.at != said[0].at)

    @property
    def values(self) -> dict[int, HeaderCell]:
        """Return the value columns."""
        return {at: cell for at, cell in self.columns.items() if cell.spec and cell.spec.holds == "value"}

    def stands_before_a_group(self, at: int) -> bool:
        """Return whether nothing stands over a column and a group begins right of it: a group's words that were not
        merged may stand over its middle, and then speak of this column too."""
        own, right = self.columns[at].said, self.columns.get(at + 1)
        is_alone = self.first < own.at[0] == self.last and BETWEEN not in own.text
        return is_alone and right is not None and right.said.at[0] == self.last and BETWEEN in right.said.text

    def to_letters(self, at: int) -> str:
        """Return a column as a note names it: its letter and its words."""
        return f"{to_column_letters(at)} ({self.columns[at].said.text})"


def find_header(sheet: Sheet, rows: Rows, layout: WideForm) -> Header | None:
    """Return the first header of a sheet: a row that names the column of names, with a value column beside it."""
    for row in sorted(rows):
        if row > layout.header_within_rows:
            return None
        if (at := _name_column(rows[row], layout)) is not None:
            header = _read_header(sheet, rows, row, at, layout)
            if header.values and header.column("indicator_name") is not None:
                return header
    return None


def repeats_header(cells: Mapping[int, Cell], layout: WideForm) -> bool:
    """Return whether a row names the column of names and another column once more."""
    texts = [Said(cell.as_found, (0, 0)) for cell in cells.values() if cell.kind == "text"]
    specs = [spec for text in texts if (spec := _to_spec(text, layout))]
    return len(specs) > 1 and _name_column(cells, layout) is not None


def is_column_numbers(cells: Mapping[int, Cell], name_column: int) -> bool:
    """Return whether a row numbers the columns: A, B, 1, 2, 3=2-1."""
    return (
        len(cells) > 1
        and name_column in cells
        and all(_COLUMN_NUMBER.fullmatch(cell.as_found.strip()) for cell in cells.values())
    )


def _name_column(cells: Mapping[int, Cell], layout: WideForm) -> int | None:
    wordings = [word for spec in layout.header if spec.holds == "indicator_name" for word in spec.headers]
    texts = ((at, to_name(cell.as_found).text) for at, cell in cells.items() if cell.kind == "text")
    return next((at for at, text in texts if is_worded(text, wordings)), None)


def _read_header(sheet: Sheet, rows: Rows, row: int, at: int, layout: WideForm) -> Header:
    merged = next((m for m in sheet.merges if m[0] <= row <= m[2] and m[1] <= at <= m[3]), None)
    first, last = (merged[0], merged[2]) if merged else (row, row)
    while last - first + 1 < layout.header_rows and _continues(rows.get(last + 1), at, layout):
        last += 1
    while last - first + 1 < layout.header_rows and _begins(rows.get(first - 1), at, layout):
        first -= 1
    paths = to_paths(sheet, rows, first, last)
    return Header(first, last, {at: HeaderCell(_to_spec(said, layout), said) for at, said in paths.items()})


def _continues(cells: Mapping[int, Cell] | None, name_column: int, layout: WideForm) -> bool:
    """Return whether a row is one more row of the header: words or years right of the names, and no name."""
    return (
        bool(cells)
        and cells is not None
        and min(cells) > name_column
        and all(not is_number(cell) or re.fullmatch(YEAR, cell.as_found) for cell in cells.values())
        and not _speaks_of_units(cells, layout)
    )


def _begins(cells: Mapping[int, Cell] | None, name_column: int, layout: WideForm) -> bool:
    return (
        cells is not None
        and _continues(cells, name_column, layout)
        and any(_to_spec(Said(cell.as_found, (0, 0)), layout) for cell in cells.values())
    )


def _speaks_of_units(cells: Mapping[int, Cell], layout: WideForm) -> bool:
    texts = (cell.as_found for cell in cells.values())
    return any(after_wording(text, layout.around.unit_of_measure) is not None for text in texts)


def _to_spec(said: Said, layout: WideForm) -> HeaderColumn | None:
    """Return what a column holds by its words: the first entry of the form that has a wording of them."""
    text = to_name(said.text).text
    return next((spec for spec in layout.header if is_worded(text, spec.headers)), None)
