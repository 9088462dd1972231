"""A suite and its tables → what each check found, by Great Expectations on pandas frames.

Great Expectations takes seconds to import, so it is imported inside functions, and whoever judges a batch
keeps a warm process (`warm.py`). Its stores lie in a folder that is handed in: evidence, never read back.
"""

from __future__ import annotations

import html
import logging
import os
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.suite import Check, Suite

if TYPE_CHECKING:
    import pandas as pd

# Where a row stands in its frame: the one column by which a finding is led back to the row.
ROW_POSITION = "row_position"

# Whether all is well is asked first; which rows are not, which costs twice as much, only when something is wrong.
_RESULT_FORMATS: tuple[dict[str, Any], ...] = (
    {"result_format": "BOOLEAN_ONLY"},
    {"result_format": "COMPLETE", "unexpected_index_column_names": [ROW_POSITION]},
)

_SEVERITIES = {"critical": "critical", "warning": "warning", "note": "info"}


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
    with open_context(folder) as context:
        for table, checks in suite.tables():
            if table not in tables:
                broken += [BrokenCheck(check, f"table {table} was not handed over") for check in checks]
                continue
            results = _validate(context, f"{suite.suite}__{table}", checks, tables[table], run_name)
            for check in checks:
                _sort_result(check, results.get(check.id), findings, broken)
    return findings, broken


@contextmanager
def open_context(folder: Path | None) -> Iterator[Any]:
    """Open the Great Expectations project of the folder, alone: its files are not made for two writers."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "False")
    import great_expectations as gx

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        context: Any
        if folder is None:
            context = gx.get_context(mode="ephemeral")
            context.variables.progress_bars = {"globally": False, "metric_calculations": False}
            yield context
            return
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder / ".lock"):
            context = gx.get_context(mode="file", project_root_dir=str(folder))
            context.variables.progress_bars = {"globally": False, "metric_calculations": False}
            yield context


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    import fcntl

    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _validate(
    context: Any, name: str, checks: list[Check], frame: pd.DataFrame, run_name: str
) -> dict[str, Any]:
    import great_expectations as gx

    if any(suite.name == name for suite in context.suites.all()):
        context.suites.delete(name)
    suite = context.suites.add(
        gx.ExpectationSuite(name=name, expectations=[to_expectation(check) for check in checks])
    )
    asset = context.data_sources.add_or_update_pandas("frames").add_dataframe_asset(name)
    validation = context.validation_definitions.add_or_update(
        gx.ValidationDefinition(
            name=name, data=asset.add_batch_definition_whole_dataframe("whole"), suite=suite
        )
    )
    inert = _inert(frame, checks)
    for result_format in _RESULT_FORMATS:
        checkpoint = context.checkpoints.add_or_update(
            gx.Checkpoint(
                name=name, validation_definitions=[validation], actions=[], result_format=result_format
            )
        )
        outcome = checkpoint.run(
            batch_parameters={"dataframe": inert},
            run_id=gx.RunIdentifier(run_name=re.sub(r"[^A-Za-z0-9._-]", "_", run_name)),
        )
        if outcome.success:
            break
    (result,) = outcome.run_results.values()
    return {entry.expectation_config.meta["check"]: entry for entry in result.results}


def to_expectation(check: Check) -> Any:
    """Return the check as an expectation object. Raises when its name or an argument of it is unknown."""
    import great_expectations.expectations as gxe

    class_name = "".join(word.capitalize() for word in check.expectation.split("_"))
    known = {name.lower(): name for name in dir(gxe) if name.startswith("Expect")}
    if class_name.lower() not in known:
        raise ValueError(f"check {check.id}: Great Expectations has no {check.expectation}")
    kwargs = dict(check.kwargs)
    if check.where:
        from great_expectations.expectations.row_conditions import deserialize_row_condition

        kwargs["row_condition"] = deserialize_row_condition(check.row_condition())
    return getattr(gxe, known[class_name.lower()])(
        **kwargs, severity=_SEVERITIES[check.severity], meta={"check": check.id}, notes=check.why
    )


def _inert(frame: pd.DataFrame, checks: list[Check]) -> pd.DataFrame:
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
