"""What a table holds besides figures → notes that say what was left out and what was taken as not reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ingestion.cells import to_cell_name
from ingestion.problems import Problem, to_note

_MOST_CELLS = 40


@dataclass
class LeftOut:
    """Gathers what is not taken as a figure, for the notes of one sheet."""

    sheet: str
    rows: dict[str, list[int]] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)
    blank: list[tuple[int, int]] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    marked: list[tuple[int, int]] = field(default_factory=list)

    def row(self, number: int, why: str) -> None:
        """Record a row that is no data row."""
        self.rows.setdefault(why, []).append(number)

    def notes(self) -> Iterator[Problem]:
        """Yield the notes, none where nothing was left out."""
        parts = [f"dòng {'; '.join(to_spans(numbers))} ({why})" for why, numbers in self.rows.items()]
        parts += [f"cột {column}" for column in self.columns]
        if parts:
            yield self._note("parts_left_out", parts="; ".join(parts))
        if self.blank:
            yield self._note("cells_not_filled", count=len(self.blank), cells=_to_cells(self.blank))
        if self.marked:
            said = "; ".join(self.footnotes) or "không có"
            yield self._note("footnotes_kept", cells=_to_cells(self.marked), footnotes=said)

    def _note(self, rule: str, **words: str | int) -> Problem:
        return to_note(rule, sheet=self.sheet, found=None, cell=None, **words)


def to_spans(numbers: Sequence[int]) -> Iterator[str]:
    """Yield the runs of ascending numbers: 9, 10, 11, 15 → “9–11”, “15”."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        first, *rest = (number for _, number in run)
        yield f"{first}–{rest[-1]}" if rest else f"{first}"


def _to_cells(places: Sequence[tuple[int, int]]) -> str:
    names = "; ".join(to_cell_name(*place) for place in places[:_MOST_CELLS])
    return names + ("; …" if len(places) > _MOST_CELLS else "")
