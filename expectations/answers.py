"""What a gate is handed and what it answers → plain objects, the same whether the gate is warm or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    import pandas as pd

ProblemSeverity = Literal["error", "warning", "note"]


class Problem(TypedDict):
    """One thing a check found: `row_number` and `column` are those of the frame, None for a whole table."""

    severity: ProblemSeverity
    rule: str
    row_number: int | None
    column: str | None
    found: Any
    expected: str
    message_vi: str


@dataclass(frozen=True)
class GateAnswer:
    """May it pass? `is_broken` means that a check could not be made: nothing is then known about the data."""

    problems: list[Problem] = field(default_factory=list)
    is_broken: bool = False
    broken_why: str | None = None

    @property
    def may_pass(self) -> bool:
        """Return True when every check was made and none found an error; a warning asks a person."""
        return not self.is_broken and not any(problem["severity"] == "error" for problem in self.problems)


@dataclass(frozen=True)
class LandingRegistry:
    """What a submission is held against: the seeds of these names as frames, what is published, who hands in.

    `published` has the columns of `last_values.PUBLISHED_COLUMNS`; None where nothing is published.
    """

    indicators: pd.DataFrame
    units_of_measure: pd.DataFrame
    admin_units: pd.DataFrame
    departments: pd.DataFrame
    department_code: str | None = None
    published: pd.DataFrame | None = None


# A gate at the landing door: rows, registry, day of reception → answer.
Gate = Callable[["pd.DataFrame", LandingRegistry, date], GateAnswer]
