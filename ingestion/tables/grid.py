"""A sheet → its rows of non-blank cells, and a header of several rows as one path a column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingestion.cells import Cell, Sheet
from ingestion.normalising.text import to_text

Rows = Mapping[int, Mapping[int, Cell]]
BETWEEN = " / "
_DIGITS = re.compile(r"[-+(]?\d[\d., ]*[)%]?")


@dataclass(frozen=True)
class Said:
    """A text of a sheet and the (row, column) it stands at."""

    text: str
    at: tuple[int, int]

    @property
    def cell(self) -> Cell:
        """Return the text as a cell."""
        return Cell("text", self.text)


def rows_of(sheet: Sheet) -> Rows:
    """Return the cells that are not blank, by row and column."""
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if cell.kind != "text" or to_text(cell.as_found):
            rows.setdefault(row, {})[column] = cell
    return rows


def texts_of(rows: Rows, first: int, last: int) -> list[Said]:
    """Return the text cells of some rows, in reading order."""
    return [
        Said(to_text(cell.as_found), (row, column))
        for row in range(first, last + 1)
        for column, cell in sorted(rows.get(row, {}).items())
        if cell.kind == "text"
    ]


def is_number(cell: Cell) -> bool:
    """Return whether a cell holds a number, typed as one or as text, or would if its formula were well."""
    if cell.kind == "text":
        return _DIGITS.fullmatch(to_text(cell.as_found)) is not None
    return cell.kind in ("number", "percent", "scaled", "error", "uncalculated")


def to_paths(sheet: Sheet, rows: Rows, first: int, last: int, line_break: str = " ") -> dict[int, Said]:
    """Return for each column under a header of rows `first`…`last` its words from top to bottom, joined.

    A merged cell stands over all its columns; so does, in a row above the last, the cell to the left of a blank.
    The place is that of the lowest cell of the column that says something.
    """
    widest = max(column for cells in rows.values() for column in cells)
    over = {
        (row, column): (top, left)
        for top, left, bottom, right in sheet.merges
        if top <= last and bottom >= first
        for row in range(max(top, first), min(bottom, last) + 1)
        for column in range(left, min(right, widest) + 1)
    }
    columns = {column for row in range(first, last + 1) for column in rows.get(row, {})}
    columns |= {column for (row, column), (top, left) in over.items() if left in rows.get(top, {})}
    paths: dict[int, Said] = {}
    left_of: dict[int, str] = {}
    for column in sorted(columns):
        words: list[str] = []
        place = (first, column)
        for row in range(first, last + 1):
            at = over.get((row, column), (row, column))
            text = to_line(rows.get(at[0], {}).get(at[1]), line_break)
            if text:
                place = at
            elif row < last and column in rows.get(last, {}) and not words:
                text = left_of.get(row, "")
            # Without words below it a cell is the header of its own column, over no other.
            left_of[row] = text if column in rows.get(last, {}) else ""
            if text and text not in words:
                words.append(text)
        if words:
            paths[column] = Said(BETWEEN.join(words), place)
    return paths


def to_line(cell: Cell | None, line_break: str = " ") -> str:
    """Return the content of a cell in one line, "" for no cell."""
    return "" if cell is None else to_text(line_break.join(filter(None, cell.as_found.splitlines())))
