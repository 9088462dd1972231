"""What every reader hands on: the cells of a sheet as JSON has them, and what is to be said about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from ingestion.cells import to_cell_name
from ingestion.reading.refusal import Refusal

Position = tuple[int, int]
EncodedCell = list[Any]  # [row, column, kind, value]


@dataclass
class RawSheet:
    """One sheet as it was read; positions from 1."""

    name: str
    cells: list[EncodedCell]
    is_hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    # The text of a cell by font, where an old font is among them.
    fonts: dict[Position, list[tuple[str, str]]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the sheet as the parent process takes it."""
        return {
            "name": self.name,
            "is_hidden": self.is_hidden,
            "cells": self.cells,
            "hidden_rows": self.hidden_rows,
            "hidden_columns": self.hidden_columns,
            "merges": self.merges,
        }


@dataclass(frozen=True)
class Remark:
    """What reading has to say beside the cells: a rule with its place and finding."""

    severity: Literal["error", "note"]
    rule: str
    sheet: str | None = None
    cell: str | None = None
    found: str | None = None
    words: dict[str, str | int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the remark as the parent process takes it."""
        return dict(vars(self))


def encode(value: object, shown_as: str | None) -> list[Any]:
    """Return kind and value of what a reader found in a cell; `shown_as` is `percent`, `scaled`, `month` or None."""
    if isinstance(value, bool):
        return ["boolean", value]
    if isinstance(value, int | float):
        # JSON has no infinity; text of it still says what was found.
        return [shown_as if shown_as in ("percent", "scaled") else "number", repr(float(value))]
    if isinstance(value, datetime | date):
        return ["month" if shown_as == "month" else "date", value.isoformat()]
    if isinstance(value, time | timedelta):
        return ["duration", str(value)]
    return ["text", str(value)]


def check_extent(sheet: str, last: Position, limits: Mapping[str, int]) -> None:
    """Raise Refusal when the used range of a sheet, whose corner is `last`, reaches beyond the limits."""
    if last[0] > limits["rows"] or last[1] > limits["columns"]:
        raise Refusal(
            "sheet_too_large",
            to_cell_name(*last),
            sheet=sheet,
            rows=limits["rows"],
            columns=limits["columns"],
        )


def check_length(sheet: str, at: Position, text: str, limits: Mapping[str, int]) -> None:
    """Raise Refusal when the text of a cell is longer than any cell holds."""
    if len(text) > limits["cell_text"]:
        raise Refusal("cell_text_too_long", sheet=sheet, cell=to_cell_name(*at), limit=limits["cell_text"])
