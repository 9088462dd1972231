"""A warehouse folder and an as-of → dbt run over it, as a program of its own with a clean environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cotmoc.places import Places
from cotmoc.settings import REPOSITORY

DBT_PROJECT = REPOSITORY / "dbt_project"
Progress = Callable[[str], None]


class DbtFailedError(RuntimeError):
    """dbt ended with an error; the message names what failed and the log to read."""


def dbt_environment(places: Places, warehouse: Path | None = None) -> dict[str, str]:
    """Return the variables dbt needs beside the inherited ones, for the scheduler's tasks and for programs alike."""
    folder = warehouse or places.warehouse
    return {
        "COTMOC_HOME": str(places.home),
        "COTMOC_WAREHOUSE": str(folder),
        "DBT_PROJECT_DIR": str(DBT_PROJECT),
        "DBT_PROFILES_DIR": str(DBT_PROJECT),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DBT_VERSION_CHECK": "false",
        "DO_NOT_TRACK": "1",
    }


def run_dbt(
    places: Places,
    arguments: Sequence[str],
    *,
    warehouse: Path | None = None,
    variables: Mapping[str, Any] | None = None,
    on_progress: Progress = lambda _: None,
) -> None:
    """Run `dbt ARGUMENTS`, telling `on_progress` each finished node; raise DbtFailedError naming what failed."""
    if variables:
        arguments = [*arguments, "--vars", json.dumps(dict(variables))]
    failures: list[str] = []
    with _start(arguments, {**os.environ, **dbt_environment(places, warehouse)}) as process:
        for line in process.stdout or ():
            _tell(line, on_progress, failures)
    if process.returncode != 0:
        log = (warehouse or places.warehouse) / "logs" / "dbt.log"
        what = "; ".join(failures) or f"dbt {arguments[0]} ended with {process.returncode}"
        raise DbtFailedError(f"the warehouse was not built: {what}. Full log: {log}")


def render_sql(places: Places, template: str) -> str:
    """Return `template` as SQL, the project's macros in it expanded; nothing is run and nothing is kept.

    Raises DbtFailedError with dbt's own words when the template or the project cannot be compiled.
    """
    with tempfile.TemporaryDirectory(prefix="cotmoc-") as folder:
        environment = {**os.environ, **dbt_environment(places, Path(folder))}
        arguments = ["compile", "--no-introspect", "--no-populate-cache", "--inline", template]
        with _start(arguments, environment) as process:
            events = [event for line in process.stdout or () if (event := _to_event(line))]
    compiled = [event["data"]["compiled"] for event in events if event["info"]["name"] == "CompiledNode"]
    if process.returncode != 0 or not compiled:
        errors = [event["info"]["msg"] for event in events if event["info"]["level"] == "error"]
        raise DbtFailedError(f"the SQL was not rendered: {' '.join(errors) or 'dbt gave no reason'}")
    return str(compiled[-1])


def _start(arguments: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "dbt.cli.main", "--log-format", "json", "--no-use-colors", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=DBT_PROJECT,
    )


def _to_event(line: str) -> dict[str, Any]:
    try:
        event: dict[str, Any] = {"info": {}, "data": {}} | json.loads(line)
    except (json.JSONDecodeError, TypeError):
        return {}
    return event


def _tell(line: str, on_progress: Progress, failures: list[str]) -> None:
    if not (event := _to_event(line)):
        return
    info, data = event["info"], event["data"]
    if info.get("name") == "NodeFinished":
        node = data.get("node_info", {})
        on_progress(f"{node.get('resource_type', 'node')} {node.get('node_name', '')}".strip())
        if node.get("node_status") in {"error", "fail"}:
            failures.append(f"{node.get('resource_type')} {node.get('node_name')}")
    elif info.get("level") == "error" and info.get("name") in {"MainEncounteredError", "MainStackTrace"}:
        failures.append(str(info.get("msg", "")).strip().splitlines()[0])
