"""A title and the conventions of a form → the parts that all figures of a table share, or what must be asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ingestion.cells import Cell, to_cell_name
from ingestion.layouts import Role, Surroundings
from ingestion.normalising.vocabulary import Unresolved, Vocabularies
from ingestion.problems import Problem, to_problem
from ingestion.tables.grid import Said
from ingestion.tables.rows import TableRow
from ingestion.tables.titles import Title, find_place_of_table

Place = tuple[int, int]


@dataclass
class Shared:
    """Completes the figures of one table with what its surroundings say; tells once what they leave open."""

    sheet: str
    title: Title
    around: Surroundings
    authority: str
    vocabularies: Vocabularies
    # The cell that stands for the table where something of all its figures is missing.
    corner: Place
    _places: dict[str, Said | Unresolved] = field(default_factory=dict)

    def problems(self) -> Iterator[Problem]:
        """Yield what the surroundings do not say of every figure: source, day of publication."""
        cell = to_cell_name(*self.corner)
        if self.title.source is None:
            yield to_problem("source_of_table_missing", sheet=self.sheet, cell=cell)
        if self.title.published is None:
            yield to_problem("publication_date_of_table_missing", sheet=self.sheet, cell=cell)

    def figure(
        self, parts: dict[Role, tuple[Cell, Place] | None], typed: Cell, note: Place | None
    ) -> TableRow:
        """Return the figure made of its own parts and the shared ones; `note` is the cell that takes a note.

        A part that is None is known to be missing and has been told.
        """
        shared: dict[Role, tuple[Cell, Place] | None] = {
            "source_authority_code": (
                Cell("text", self.authority),
                parts["value"][1] if parts["value"] else (0, 0),
            ),
            "source": _of(self.title.source),
            "published_on": _of(self.title.published),
        }
        if "admin_unit_code" not in parts:
            shared["admin_unit_code"] = self._place(parts["period"])
        whole = shared | parts
        places: dict[Role, Place] = {
            role: part[1] for role, part in whole.items() if part and part[1] != (0, 0)
        }
        if note is not None:
            places["note"] = note
        return TableRow(
            self.sheet,
            places["value"][0],
            {role: part[0] for role, part in whole.items() if part},
            places,
            typed,
            frozenset(role for role, part in whole.items() if part is None),
        )

    def _place(self, period: tuple[Cell, Place] | None) -> tuple[Cell, Place] | None:
        if period is None:
            return None
        found = self._place_in(period[0].as_found)
        return (found.cell, found.at) if isinstance(found, Said) else None

    def _place_in(self, period: str) -> Said | Unresolved:
        if period not in self._places:
            self._places[period] = find_place_of_table(
                self.title, Said(self.sheet, self.corner), self.around, period, self.vocabularies
            )
        return self._places[period]

    def place_problems(self) -> Iterator[Problem]:
        """Yield, after all figures, in which periods the table's place could not be told."""
        open_periods: dict[Unresolved, list[str]] = {}
        for period, found in self._places.items():
            if isinstance(found, Unresolved):
                open_periods.setdefault(found, []).append(period)
        for unresolved, periods in open_periods.items():
            yield to_problem(
                unresolved.rule,
                sheet=self.sheet,
                cell=to_cell_name(*self.corner),
                period=", ".join(periods),
                candidates="; ".join(unresolved.candidates) or "không rõ",
            )


def _of(said: Said | None) -> tuple[Cell, Place] | None:
    return (said.cell, said.at) if said else None
