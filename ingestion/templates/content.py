"""What stands in a template before anyone fills it in: the form, who fills it, one entry for each figure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ingestion.layouts import Column, Form, Qualifier, Role
from ingestion.normalising.periods import Period

# What names a figure stands in the template and is locked; everything else is for the officer.
LABEL_ROLES: frozenset[Role] = frozenset(
    {"indicator_code", "indicator_name", "method_version", "unit_of_measure", "admin_unit_code", "period"}
)


@dataclass(frozen=True)
class LastFigure:
    """The newest published figure of a series, in words; `value` is None where equal sources contradict."""

    value: float | None
    qualifier: Qualifier | None
    unit_of_measure: str
    period: Period
    status: str
    published: str


@dataclass(frozen=True)
class Entry:
    """One figure to report: its labels by role, the bounds of sense in its unit, what was published last."""

    labels: Mapping[Role, str]
    low: float | None = None
    high: float | None = None
    last: LastFigure | None = None


@dataclass(frozen=True)
class Template:
    """A form made ready for one department and one period."""

    form: Form
    department_code: str
    department_name: str
    period: Period
    entries: tuple[Entry, ...]

    @cached_property
    def id(self) -> str:
        """Return the id: equal for templates that ask the same figures on the same version of the form."""
        asked = [
            self.form.code,
            self.form.layout.version,
            self.department_code,
            self.period.text,
            [sorted(entry.labels.items()) for entry in self.entries],
        ]
        return hashlib.sha256(json.dumps(asked, ensure_ascii=True).encode("ascii")).hexdigest()[:12]

    @property
    def open_columns(self) -> tuple[Column, ...]:
        """Return the columns that the officer fills in, in the order of the form."""
        return tuple(column for column in self.form.layout.columns if column.role not in LABEL_ROLES)


def to_period_in_text(period: Period) -> str:
    """Return a period as a sentence names it: “năm 2024”; the other kinds as the form writes them."""
    return f"năm {period.text}" if period.kind == "year" else period.text
