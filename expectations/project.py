"""A folder → the Great Expectations project in it, opened once a process as long as nobody else changed it."""

from __future__ import annotations

import fcntl
import logging
import os
import secrets
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from expectations.suite import Check

# Where a row stands in its frame: the one column by which a finding is led back to the row.
ROW_POSITION = "row_position"

# Whether all is well is asked first; which rows are not, which costs twice as much, only of the checks that failed.
BOOLEAN_ONLY: dict[str, Any] = {"result_format": "BOOLEAN_ONLY"}
WITH_ROWS: dict[str, Any] = {"result_format": "COMPLETE", "unexpected_index_column_names": [ROW_POSITION]}

_SEVERITIES = {"critical": "critical", "warning": "warning", "note": "info"}


@dataclass(frozen=True)
class Definition:
    """The checks of one table as Great Expectations knows them: its suite, and where a frame is handed in."""

    checks: list[Check]
    suite: Any
    frame: Any


@dataclass
class Project:
    """An open project: its context, and the definitions that were made in it, by suite name."""

    context: Any
    token: str = field(default_factory=lambda: secrets.token_hex(8))
    _definitions: dict[str, Definition] = field(default_factory=dict)

    def definition(self, name: str, checks: list[Check]) -> Definition:
        """Return the definition of the checks, made anew when they changed."""
        known = self._definitions.get(name)
        if known is None or known.checks != checks:
            self._definitions[name] = known = self._make(name, checks)
        return known

    def _make(self, name: str, checks: list[Check]) -> Definition:
        import great_expectations as gx

        if any(suite.name == name for suite in self.context.suites.all()):
            self.context.suites.delete(name)
        suite = self.context.suites.add(
            gx.ExpectationSuite(name=name, expectations=[to_expectation(check) for check in checks])
        )
        asset = self.context.data_sources.add_or_update_pandas(name).add_dataframe_asset("frame")
        return Definition(checks, suite, asset.add_batch_definition_whole_dataframe("whole"))

    def keep(self, result: Any, run_name: str, batch_id: str) -> None:
        """Keep the result of a suite for Data Docs. In memory, where nobody could read them, there are none."""
        if self.context.root_directory is None:
            return
        import great_expectations as gx
        from great_expectations.data_context.types.resource_identifiers import (
            ExpectationSuiteIdentifier,
            ValidationResultIdentifier,
        )

        run = gx.RunIdentifier(run_name=run_name)
        suite = ExpectationSuiteIdentifier(name=result.suite_name)
        result.meta |= {"run_id": run, "validation_time": run.run_time}
        self.context.validation_results_store.store_validation_results(
            suite_validation_result=result,
            suite_validation_result_identifier=ValidationResultIdentifier(suite, run, batch_id),
            expectation_suite_identifier=suite,
        )


_projects: dict[Path, Project] = {}


@contextmanager
def open_project(folder: Path | None) -> Iterator[Project]:
    """Open the project under the folder, alone: its files are not made for two writers.

    It stays open for the next time, unless another process opened it meanwhile: the lock file names who did last.
    Without a folder the project lives in memory and is gone afterwards.
    """
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "False")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if folder is None:
            yield Project(_context(None))
            return
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / ".lock").open("a+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            lock.seek(0)
            last = lock.read()
            project = _projects.get(folder)
            if project is None or project.token != last:
                _projects[folder] = project = Project(_context(folder))
                lock.truncate(0)
                lock.write(project.token)
                lock.flush()
            yield project


def _context(folder: Path | None) -> Any:
    import great_expectations as gx

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context: Any
    if folder is None:
        context = gx.get_context(mode="ephemeral")
    else:
        context = gx.get_context(mode="file", project_root_dir=str(folder))
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    return context


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
