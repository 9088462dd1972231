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

# Whether all is well is asked first; which rows are not, which costs twice as much, only when something is wrong.
RESULT_FORMATS: dict[str, dict[str, Any]] = {
    "": {"result_format": "BOOLEAN_ONLY"},
    "__rows": {"result_format": "COMPLETE", "unexpected_index_column_names": [ROW_POSITION]},
}

_SEVERITIES = {"critical": "critical", "warning": "warning", "note": "info"}


@dataclass
class Project:
    """An open project: its context, and the checkpoints that were made in it, by suite name."""

    context: Any
    token: str = field(default_factory=lambda: secrets.token_hex(8))
    _checkpoints: dict[str, tuple[list[Check], list[Any]]] = field(default_factory=dict)

    def checkpoints(self, name: str, checks: list[Check]) -> list[Any]:
        """Return the checkpoints of the checks, one for each result format, made anew when the checks changed."""
        known = self._checkpoints.get(name)
        if known is None or known[0] != checks:
            self._checkpoints[name] = known = (checks, self._make(name, checks))
        return known[1]

    def _make(self, name: str, checks: list[Check]) -> list[Any]:
        import great_expectations as gx

        self._forget(name)
        if any(suite.name == name for suite in self.context.suites.all()):
            self.context.suites.delete(name)
        suite = self.context.suites.add(
            gx.ExpectationSuite(name=name, expectations=[to_expectation(check) for check in checks])
        )
        asset = self.context.data_sources.add_or_update_pandas(name).add_dataframe_asset("frame")
        validation = self.context.validation_definitions.add_or_update(
            gx.ValidationDefinition(
                name=name, data=asset.add_batch_definition_whole_dataframe("whole"), suite=suite
            )
        )
        return [
            self.context.checkpoints.add_or_update(
                gx.Checkpoint(
                    name=name + suffix,
                    validation_definitions=[validation],
                    actions=[],
                    result_format=result_format,
                )
            )
            for suffix, result_format in RESULT_FORMATS.items()
        ]

    def _forget(self, name: str) -> None:
        """Remove the definitions an older version of the house may have left: they are made anew, not read."""
        if self.context.root_directory is None:
            return
        root = Path(self.context.root_directory)
        for folder, suffixes in (("validation_definitions", ("",)), ("checkpoints", tuple(RESULT_FORMATS))):
            for suffix in suffixes:
                (root / folder / f"{name}{suffix}.json").unlink(missing_ok=True)


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
