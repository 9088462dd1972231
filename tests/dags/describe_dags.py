"""The DAG folder, loaded by Airflow as the scheduler does → what the policies look at, as JSON on stdout.

A program of its own: Airflow reads its configuration when it is imported, and the tests' own process stays clean.
"""

from __future__ import annotations

import json
import os
import sys

from airflow.dag_processing.dagbag import DagBag


def main() -> None:
    """Print {"errors": {file: text}, "dags": {id: facts}}."""
    bag = DagBag(os.environ["AIRFLOW__CORE__DAGS_FOLDER"])
    facts = {
        name: {
            "tags": sorted(dag.tags),
            "max_active_runs": dag.max_active_runs,
            "catchup": dag.catchup,
            "owners": sorted({task.owner for task in dag.tasks}),
            "tasks": sorted(dag.task_ids),
            "timetable": type(dag.timetable).__name__,
            "outlets": sorted({outlet.name for task in dag.tasks for outlet in task.outlets}),
            "mapped": sorted(task.task_id for task in dag.tasks if task.is_mapped),
        }
        for name, dag in bag.dags.items()
    }
    errors = {str(file): str(text) for file, text in bag.import_errors.items()}
    json.dump({"errors": errors, "dags": facts}, sys.stdout)


if __name__ == "__main__":
    main()
