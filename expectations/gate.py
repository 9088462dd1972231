"""Rows or marts → MAY IT PASS? The two doors: the one things land by, the one they are published by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.answers import Gate, GateAnswer, LandingRegistry, Problem, ProblemSeverity
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

_GRAVITY: dict[ProblemSeverity, int] = {"error": 0, "warning": 1, "note": 2}


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
    problems.sort(key=lambda problem: (_GRAVITY[problem["severity"]], problem["row_number"] or 0))
    problems = _gravest_of_each_cell(problems)
    if not broken:
        return GateAnswer(problems)
    why = "; ".join(f"check {entry.check.id} could not be made: {entry.why}" for entry in broken)
    return GateAnswer(problems, is_broken=True, broken_why=why)


def _gravest_of_each_cell(problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems, the gravest first, without what a cell is also told of more lightly.

    Minus three communes is refused; nobody has to explain as well why it is unusually low.
    """
    gravest: dict[tuple[int, str | None], ProblemSeverity] = {}
    for problem in problems:
        if problem["row_number"] is not None:
            gravest.setdefault((problem["row_number"], problem["column"]), problem["severity"])
    return [
        problem
        for problem in problems
        if problem["row_number"] is None
        or gravest[problem["row_number"], problem["column"]] == problem["severity"]
    ]
