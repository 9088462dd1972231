"""A suite and its tables → what each check found, by Great Expectations on pandas frames.

Great Expectations takes seconds to import, so it is imported inside functions, and whoever judges a batch
keeps a warm process (`warm.py`). Its stores lie in a folder that is handed in: evidence, never read back.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.project import BOOLEAN_ONLY, ROW_POSITION, WITH_ROWS, Project, open_project, to_expectation
from expectations.suite import Check, Suite

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Finding:
    """A check that did not hold, with the positions of the rows it found; None: it speaks of the table."""

    check: Check
    row_positions: list[int] | None
    observed: Any


@dataclass(frozen=True)
class BrokenCheck:
    """A check that could not be made, which says nothing about the data."""

    check: Check
    why: str


def run_suite(
    suite: Suite, tables: Mapping[str, pd.DataFrame], folder: Path | None, run_name: str
) -> tuple[list[Finding], list[BrokenCheck]]:
    """Run every check of the suite and return what they found and which of them could not be made.

    `tables` maps each table of the suite to its frame; one that is missing breaks its checks. With a folder
    the results are kept under `folder/gx` for Data Docs; without one nothing is written.
    """
    findings: list[Finding] = []
    broken: list[BrokenCheck] = []
    with open_project(folder) as project:
        for table, checks in suite.tables():
            if table not in tables:
                broken += [BrokenCheck(check, f"table {table} was not handed over") for check in checks]
                continue
            results = _validate(project, f"{suite.suite}__{table}", checks, tables[table], run_name)
            for check in checks:
                _sort_result(check, results.get(check.id), findings, broken)
    return findings, broken


def _validate(
    project: Project, name: str, checks: list[Check], frame: pd.DataFrame, run_name: str
) -> dict[str, Any]:
    """Return the results by check: of all checks whether it holds, of those that do not hold also which rows."""
    import great_expectations as gx

    definition = project.definition(name, checks)
    batch = definition.frame.get_batch(batch_parameters={"dataframe": inert(frame, checks)})
    outcome = batch.validate(definition.suite, result_format=BOOLEAN_ONLY)
    results = {entry.expectation_config.meta["check"]: entry for entry in outcome.results}
    failed = [
        to_expectation(check) for check in checks if check.id in results and not results[check.id].success
    ]
    if failed:
        again = batch.validate(gx.ExpectationSuite(name=name, expectations=failed), result_format=WITH_ROWS)
        results |= {entry.expectation_config.meta["check"]: entry for entry in again.results}
        outcome.results = list(results.values())
    project.keep(outcome, re.sub(r"[^A-Za-z0-9._-]", "_", run_name), batch.id)
    return results


def inert(frame: pd.DataFrame, checks: list[Check]) -> pd.DataFrame:
    """Return the columns the checks look at, with row positions and escaped texts: Data Docs print them raw.

    Columns that no check names are left out: each costs time in every row condition.
    """
    named = set().union(*(check.columns() for check in checks))
    inert = frame[[column for column in frame.columns if column in named]].reset_index(drop=True)
    for column in inert.columns:
        if inert[column].dtype == object or str(inert[column].dtype).startswith(("str", "category")):
            inert[column] = inert[column].map(
                lambda value: html.escape(value) if isinstance(value, str) else value
            )
    return inert.assign(**{ROW_POSITION: range(len(inert))})


def _sort_result(check: Check, entry: Any, findings: list[Finding], broken: list[BrokenCheck]) -> None:
    if entry is None:
        broken.append(BrokenCheck(check, "Great Expectations gave no result"))
    elif why := _exception_of(entry.exception_info):
        broken.append(BrokenCheck(check, why))
    elif not entry.success:
        rows = entry.result.get("unexpected_index_list")
        positions = None if rows is None else sorted({int(row[ROW_POSITION]) for row in rows})
        findings.append(Finding(check, positions, entry.result.get("observed_value")))


def _exception_of(info: Mapping[str, Any] | None) -> str | None:
    """Return the message of the exception a check raised, None when it raised none.

    Great Expectations writes one record, or one for each metric that raised, keyed by the metric.
    """
    if not info:
        return None
    records = [info] if "raised_exception" in info else list(info.values())
    for record in records:
        if record.get("raised_exception"):
            return str(record.get("exception_message") or "an exception without a message")
    return None
