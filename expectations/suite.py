"""suites/*.yaml → checked suites: which expectation, why it is there, what it tells the officer.

A suite is data: a new check is a new entry, and an entry with an unknown key is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

SUITES = Path(__file__).parent / "suites"

CheckSeverity = Literal["critical", "warning", "note"]
Operator = Literal["==", "!=", "<", "<=", ">", ">=", "IN", "NOT_IN", "IS_NULL", "IS_NOT_NULL"]


class Condition(BaseModel):
    """Which rows a check looks at: a column compared with a value, or asked whether it is empty."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    column: str
    operator: Operator
    value: Any = None

    def to_great_expectations(self) -> dict[str, Any]:
        """Return the condition in the form in which Great Expectations stores a row condition."""
        column = {"name": self.column}
        if self.operator in ("IS_NULL", "IS_NOT_NULL"):
            return {"type": "nullity", "column": column, "is_null": self.operator == "IS_NULL"}
        return {"type": "comparison", "column": column, "operator": self.operator, "parameter": self.value}


class Check(BaseModel):
    """One expectation of a suite, with its reason and its sentence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]+$")
    table: str
    expectation: str = Field(pattern=r"^expect_[a-z_]+$")
    kwargs: dict[str, Any] = Field(default_factory=dict)
    where: list[Condition] = Field(default_factory=list)
    severity: CheckSeverity
    why: str = Field(min_length=10)
    # The column the problem is written to, and the one whose value was found there (default: the same).
    column: str | None = None
    found: str | None = None
    expected_vi: str = Field(min_length=1)
    message_vi: str = Field(min_length=1)

    def row_condition(self) -> dict[str, Any] | None:
        """Return the rows to look at as Great Expectations stores them, None for every row."""
        conditions = [condition.to_great_expectations() for condition in self.where]
        if len(conditions) > 1:
            return {"type": "and", "conditions": conditions}
        return conditions[0] if conditions else None

    def placeholders(self) -> set[str]:
        """Return the names between braces in the sentences of this check."""
        texts = (self.expected_vi, self.message_vi)
        return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None}

    def columns(self) -> set[str]:
        """Return the columns the check looks at: whatever its arguments name, and those of its conditions."""
        named: set[str] = {condition.column for condition in self.where}
        for argument, value in self.kwargs.items():
            if argument.startswith("column"):
                named |= set(value) if isinstance(value, list) else {value}
        return named

    @model_validator(mode="after")
    def _has_plain_placeholders(self) -> Self:
        odd = sorted(name for name in self.placeholders() if not name.isidentifier())
        if odd:
            raise ValueError(f"check {self.id}: a placeholder is a plain name, found {', '.join(odd)}")
        return self


class Suite(BaseModel):
    """The checks of one door."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    suite: str = Field(pattern=r"^[a-z][a-z0-9_]+$")
    why: str = Field(min_length=10)
    checks: list[Check] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_distinct_ids(self) -> Self:
        ids = [check.id for check in self.checks]
        twice = sorted({id_ for id_ in ids if ids.count(id_) > 1})
        if twice:
            raise ValueError(f"suite {self.suite}: given twice: {', '.join(twice)}")
        return self

    def tables(self) -> Iterator[tuple[str, list[Check]]]:
        """Return each table the suite looks at with its checks, in the order of the file."""
        for table in dict.fromkeys(check.table for check in self.checks):
            yield table, [check for check in self.checks if check.table == table]


def read_suite(name: str) -> Suite:
    """Return the suite of suites/<name>.yaml. Raises pydantic.ValidationError naming what is wrong."""
    path = SUITES / f"{name}.yaml"
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _read(path: Path, _written_at_ns: int) -> Suite:
    """Return a suite read once for as long as nobody writes its file: a warm gate asks for it with every file."""
    return Suite.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
