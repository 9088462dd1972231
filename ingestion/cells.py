"""What stands in a cell, typed by value and named as Excel names it (A1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ingestion.problems import Problem

CellKind = Literal[
    "text", "number", "percent", "scaled", "boolean", "date", "month", "duration", "error", "uncalculated"
]
# A kind of file without sheets is a workbook with one.
CSV_SHEET = "CSV"
PX_SHEET = "PX"
WorkbookKind = Literal["xlsx", "xls", "ods", "csv", "px"]


@dataclass(frozen=True)
class Cell:
    """A non-blank cell: `percent` is a number shown as percent, `month` a date shown without its day."""

    kind: CellKind
    value: str | float | bool | date | datetime

    @property
    def as_found(self) -> str:
        """Return the content as a receipt quotes it: text as typed, a number in its shortest exact form."""
        if isinstance(self.value, bool):
            return "TRUE" if self.value else "FALSE"
        if isinstance(self.value, float):
            return to_shortest(self.value)
        if isinstance(self.value, datetime):
            return self.value.strftime("%d/%m/%Y %H:%M:%S").removesuffix(" 00:00:00")
        if isinstance(self.value, date):
            return self.value.strftime("%d/%m/%Y")
        return self.value


@dataclass(frozen=True)
class Sheet:
    """One sheet: its non-blank cells by (row, column), both from 1, and what is hidden or merged in it."""

    name: str
    is_hidden: bool
    cells: Mapping[tuple[int, int], Cell]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    # (first row, first column, last row, last column)
    merges: tuple[tuple[int, int, int, int], ...] = ()

    @property
    def last_row(self) -> int:
        """Return the last row with content, 0 for an empty sheet."""
        return max((row for row, _ in self.cells), default=0)


@dataclass(frozen=True)
class Workbook:
    """The sheets that were asked for and are there, and the names of all sheets in their order.

    `kind` is that of the file. `notes` is what reading it has to say beside the cells: text that was converted
    from an old font or encoding (a note), text that nobody can read (an error).
    """

    sheet_names: tuple[str, ...]
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    kind: WorkbookKind = "xlsx"
    notes: tuple[Problem, ...] = ()


def to_shortest(number: float) -> str:
    """Return the shortest text that reads back as the same number, without exponent or needless ".0"."""
    text = repr(number)
    if "e" in text:
        text = format(number, "f") if abs(number) >= 1 else format(number, ".20f").rstrip("0")
    return text.removesuffix(".0")


def to_column_letters(column: int) -> str:
    """Return the letters of a column numbered from 1: 1 → A, 27 → AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def to_cell_name(row: int, column: int) -> str:
    """Return the name of a cell: (5, 7) → G5."""
    return f"{to_column_letters(column)}{row}"


def to_position(name: str) -> tuple[int, int]:
    """Return (row, column) of a cell name: G5 → (5, 7). Raises ValueError on anything else."""
    letters = name.rstrip("0123456789")
    if not letters or not letters.isascii() or not letters.isalpha() or letters == name:
        raise ValueError(f"not a cell name: {name!r}")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(name[len(letters) :]), column
