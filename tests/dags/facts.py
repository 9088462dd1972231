"""The DAG folder → what the scheduler would see in it, as one JSON object on stdout.

A program of its own: it needs a clean environment, and Airflow stays out of the process of the tests.
"""

from __future__ import annotations

import json
import sys
from typing import Any

HEAVY = ("duckdb", "pandas", "great_expectations", "dbt", "pyarrow")


def main() -> None:
    """Load each DAG file by itself and print facts about it."""
    from airflow.dag_processing.dagbag import DagBag

    files: dict[str, Any] = {}
    for file in sys.argv[1:]:
        before = {name for name in HEAVY if name in sys.modules}
        bag = DagBag(file)
        files[file] = {
            "errors": list(bag.import_errors.values()),
            "heavy": [name for name in HEAVY if name in sys.modules and name not in before],
            "dags": {dag_id: _facts(dag) for dag_id, dag in bag.dags.items()},
        }
    sys.stdout.write(json.dumps(files))


def _schedule(timetable: Any) -> str:
    """Return the name of the awaited asset, or the hours of a clock with their zone."""
    asset = getattr(timetable, "asset_condition", None)
    return asset.name if asset else f"{timetable.expression} {timetable.timezone}"


def _facts(dag: Any) -> dict[str, Any]:
    return {
        "owner": sorted({task.owner for task in dag.tasks}),
        "tags": sorted(dag.tags),
        "doc": dag.doc_md or "",
        "max_active_runs": dag.max_active_runs,
        "catchup": dag.catchup,
        "schedule": _schedule(dag.timetable),
        "watchers": {
            watcher.name: watcher.trigger.__class__.__name__
            for asset in filter(None, [getattr(dag.timetable, "asset_condition", None)])
            for watcher in asset.watchers
        },
        "tasks": {
            task.task_id: {
                "upstream": sorted(task.upstream_task_ids),
                "outlets": [outlet.name for outlet in task.outlets],
                "retries": task.retries,
                "trigger_rule": task.trigger_rule.value,
                "mapped": task.is_mapped,
            }
            for task in dag.tasks
        },
    }


if __name__ == "__main__":
    main()
