"""Rows or marts → MAY IT PASS? The two doors: the one things land by, the one they are published by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.answers import Gate, GateAnswer, LandingRegistry, Problem
from expectations.checking import run_suite
from expectations.data_docs import build_data_docs
from expectations.landing_evidence import with_landing_evidence
from expectations.publishing_evidence import publishing_tables
from expectations.suite import Suite, read_suite
from expectations.wording import to_problems

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Gate",
    "GateAnswer",
    "LandingRegistry",
    "build_data_docs",
    "judge",
    "judge_landing",
    "judge_publishing",
]


def judge_landing(
    frame: pd.DataFrame,
    registry: LandingRegistry,
    received_on: date,
    *,
    folder: Path | None = None,
    suite: Suite | None = None,
) -> GateAnswer:
    """Return whether the rows of one submission, received on that day, may land.

    `frame` has the columns of a landing Parquet file. With a folder the results are kept there for Data Docs.
    """
    try:
        rows = with_landing_evidence(frame, registry, received_on)
    except (KeyError, ValueError, TypeError) as error:
        return GateAnswer(
            is_broken=True, broken_why=f"the rows could not be prepared for the checks: {error!r}"
        )
    run_name = str(frame["submission_id"].iloc[0]) if len(frame) and "submission_id" in frame else "dry-run"
    return judge(suite or read_suite("landing_so_lieu"), {"rows": rows}, folder=folder, run_name=run_name)


def judge_publishing(
    frames: Mapping[str, pd.DataFrame],
    expected_targets: Sequence[str],
    *,
    folder: Path | None = None,
    suite: Suite | None = None,
) -> GateAnswer:
    """Return whether the marts, by name, may be published: every target judged, every figure traceable.

    With a folder the results are kept there and their Data Docs are built at once: whoever is refused reads them.
    """
    try:
        tables = publishing_tables(frames, expected_targets)
    except (KeyError, ValueError, TypeError) as error:
        return GateAnswer(
            is_broken=True, broken_why=f"the marts could not be prepared for the checks: {error!r}"
        )
    answer = judge(suite or read_suite("publishing"), tables, folder=folder, run_name="marts")
    if folder is not None:
        build_data_docs(folder)
    return answer


def judge(
    suite: Suite, tables: Mapping[str, pd.DataFrame], *, folder: Path | None = None, run_name: str
) -> GateAnswer:
    """Return what the suite says of the tables; a check that raised breaks the answer, it judges no data."""
    findings, broken = run_suite(suite, tables, folder, run_name)
    problems: list[Problem] = [
        problem for finding in findings for problem in to_problems(finding, tables[finding.check.table])
    ]
    order = {"error": 0, "warning": 1, "note": 2}
    problems.sort(key=lambda problem: (order[problem["severity"]], problem["row_number"] or 0))
    if not broken:
        return GateAnswer(problems)
    why = "; ".join(f"check {entry.check.id} could not be made: {entry.why}" for entry in broken)
    return GateAnswer(problems, is_broken=True, broken_why=why)
