"""What every family of forms makes of its tables: one entry a figure, with the cell of each of its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ingestion.cells import Cell, to_cell_name
from ingestion.layouts import Role


@dataclass(frozen=True)
class TableRow:
    """One figure: its row in the sheet, its non-blank cells by role, and where each part stands or would stand.

    A part without a place of its own (a constant of the form) is looked for at the value. `as_typed` is the
    value cell before a footnote marker was taken off.
    """

    sheet: str
    number: int
    cells: Mapping[Role, Cell]
    places: Mapping[Role, tuple[int, int]]
    as_typed: Cell | None = None
    # Parts that are missing and have been told already, once for the whole table or column.
    told: frozenset[Role] = frozenset()

    def cell_name(self, role: Role) -> str:
        """Return the name of the cell of a role, e.g. G5."""
        return to_cell_name(*self.places.get(role, self.places["value"]))

    @property
    def note_cell(self) -> str | None:
        """Return the name of the cell that takes a note on this figure, None where the table has none."""
        return self.cell_name("note") if "note" in self.places else None


@dataclass(frozen=True)
class Table:
    """The figures of one sheet, in the order of their rows."""

    sheet: str
    rows: tuple[TableRow, ...]
    # Numbers of the rows in which nothing but labels stands, where the form came with its labels.
    not_filled: tuple[int, ...] = ()
