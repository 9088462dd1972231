"""A desk at a fresh home with the shipped registry and a gate of the test's choice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from cotmoc.desk import Desk, open_desk
from cotmoc.places import Places
from cotmoc.settings import REPOSITORY
from expectations.answers import GateAnswer, LandingRegistry, Problem, ProblemSeverity

if TYPE_CHECKING:
    from cotmoc.examination import Gate

REGISTRY = REPOSITORY / "dbt_project" / "seeds"
FORMS = REPOSITORY / "ingestion" / "forms"


def let_pass(rows: pd.DataFrame, registry: LandingRegistry, received_on: date) -> GateAnswer:
    """Return that nothing was found: these tests are about what happens around the gate."""
    return GateAnswer()


def finding(severity: ProblemSeverity) -> Gate:
    """Return a gate that finds something in the value of the first row."""

    def judge(rows: pd.DataFrame, registry: LandingRegistry, received_on: date) -> GateAnswer:
        first = rows.iloc[0]
        problem = Problem(
            severity=severity,
            rule="unlike_last_year",
            row_number=int(first["row_number"]),
            column="value",
            found=float(first["value"]),
            expected="khoảng 6",
            message_vi="Giá trị khác hẳn năm trước.",
        )
        return GateAnswer([problem])

    return judge


def warn_in_every_row(rows: pd.DataFrame, registry: LandingRegistry, received_on: date) -> GateAnswer:
    """Return something to explain in the value of every row."""
    return GateAnswer(
        [
            Problem(
                severity="warning",
                rule="unlike_last_year",
                row_number=int(number),
                column="value",
                found=1.0,
                expected="khoảng 6",
                message_vi="Giá trị khác hẳn năm trước.",
            )
            for number in rows["row_number"]
        ]
    )


def broken(rows: pd.DataFrame, registry: LandingRegistry, received_on: date) -> GateAnswer:
    """Return that a check could not be made."""
    return GateAnswer(is_broken=True, broken_why="check x could not be made")


def desk_at(home: Path, gate: Gate = let_pass) -> Desk:
    """Return a desk at a home."""
    return open_desk(Places(home), REGISTRY, FORMS, gate)


def a_file(folder: Path, data: bytes, name: str = "bieu.xlsx") -> Path:
    """Write bytes under a name and return the path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return path
