"""The scheduler's runs → whether they are over, and what failed in them, with the log to read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cotmoc.serving.airflow import Airflow

_OVER = {"success", "failed"}


class RunFailedError(RuntimeError):
    """A run of a DAG failed; the message names the task and its log."""


def finished_runs(airflow: Airflow, dag: str, since: datetime) -> int | None:
    """Return how many runs of the DAG have succeeded since an instant, None while one is still under way.

    Raises RunFailedError naming the task that failed first.
    """
    runs = [run for run in airflow.runs(dag) if datetime.fromisoformat(run["run_after"]) >= since]
    for run in runs:
        if run["state"] == "failed":
            raise RunFailedError(_why(airflow, dag, run["dag_run_id"]))
    return None if any(run["state"] not in _OVER for run in runs) else len(runs)


def count_tasks(airflow: Airflow, dag: str) -> tuple[int, int]:
    """Return how many tasks of the run under way are over, and how many it has; zeros when none is under way."""
    for run in airflow.runs(dag):
        if run["state"] not in _OVER:
            tasks = airflow.tasks(dag, run["dag_run_id"])
            return sum(task["state"] in ("success", "skipped", "failed") for task in tasks), len(tasks)
    return 0, 0


def _why(airflow: Airflow, dag: str, run: str) -> str:
    failed = [task for task in airflow.tasks(dag, run) if task["state"] == "failed"]
    if not failed:
        return f"the run {run} of `{dag}` failed; see {airflow.logs / 'scheduler.log'}"
    first = min(failed, key=lambda task: str(task["end_date"]))
    name = first["task_id"] + (f" ({first['rendered_map_index']})" if first.get("rendered_map_index") else "")
    return f"task {name} of the DAG `{dag}` failed: {_last_error(_log(airflow.logs, dag, run, first))}"


def _log(logs: Path, dag: str, run: str, task: dict[str, object]) -> Path:
    folder = logs / f"dag_id={dag}" / f"run_id={run}" / f"task_id={task['task_id']}"
    if int(str(task["map_index"])) >= 0:
        folder /= f"map_index={task['map_index']}"
    return folder / f"attempt={task['try_number']}.log"


def _last_error(log: Path) -> str:
    import json

    why = "no reason was logged"
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else ():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        for error in entry.get("error_detail") or ():
            why = f"{error.get('exc_type')}: {error.get('exc_value')}"
    return f"{why} (see {log})"
