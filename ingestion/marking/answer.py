"""All that the result workbook says, as Vietnamese text ↔ JSON. Known to the child process and to its parent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from ingestion.problems import Severity
from ingestion.receipts import ReceiptState


@dataclass(frozen=True)
class Finding:
    """A problem as it is listed: its place, what is wrong, and for a warning where the reason is written."""

    severity: Severity
    sheet: str | None
    cell: str | None
    found: str | None
    expected: str
    message: str
    note_cell: str | None = None
    # The justification that stands there already; None when one is still wanted.
    justification: str | None = None


@dataclass(frozen=True)
class ChangedFigure:
    """A figure that is not what is published, in words; `previous` is None for a new one."""

    sheet: str | None
    cell: str | None
    indicator: str
    admin_unit: str
    period: str
    unit_of_measure: str
    previous: str | None
    new: str | None


@dataclass(frozen=True)
class Answer:
    """Everything the result workbook says. `on` is the day of reception, ISO 8601; counts are of all, listed or not."""

    state: ReceiptState
    decision: str
    facts: str
    tally: str
    comparison: str | None
    on: str
    findings: tuple[Finding, ...]
    figures: tuple[ChangedFigure, ...]
    findings_left_out: int = 0
    figures_left_out: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the answer as an object that `from_json` reads back."""
        return asdict(self)

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> Self:
        """Return the answer that `as_json` wrote."""
        lists = {
            "findings": tuple(Finding(**finding) for finding in written["findings"]),
            "figures": tuple(ChangedFigure(**figure) for figure in written["figures"]),
        }
        return cls(**{**written, **lists})
