"""Every DAG keeps the house's rules; a failure names the offender and the remedy."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cotmoc.places import Places
from cotmoc.serving.airflow_environment import airflow_environment
from cotmoc.serving.rendering import write_manifest
from cotmoc.settings import REPOSITORY
from tests.real_home import desk_at

DAGS = REPOSITORY / "dags"
DAG_FILES = sorted(DAGS.glob("*.py"))
MOST_LINES = 60
HEAVY = {"pandas", "duckdb", "great_expectations", "expectations", "dbt", "reporting", "openpyxl"}


@pytest.mark.parametrize("file", DAG_FILES, ids=lambda file: file.stem)
def test_a_dag_file_is_a_table_of_contents(file: Path) -> None:
    code = ast.parse(file.read_text(encoding="utf-8"))
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= MOST_LINES, f"{file.name} has {len(lines)} lines: move work into cotmoc/"
    doc = ast.get_docstring(code) or ""
    for said in ("Feeds:", "When it matters:", "At 06:00:"):
        assert said in doc, f"{file.name}: its docstring is its runbook entry and must say “{said}”"


@pytest.mark.parametrize("file", sorted(DAGS.rglob("*.py")), ids=lambda file: file.stem)
def test_nothing_heavy_is_imported_when_a_dag_file_is_read(file: Path) -> None:
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        heavy = {name for name in names if name.split(".")[0] in HEAVY}
        assert not heavy, f"{file.name} imports {heavy} at its top: import it inside the task"


def test_only_dags_imports_the_scheduler() -> None:
    for folder in ("cotmoc", "ingestion", "expectations", "reporting"):
        for file in (REPOSITORY / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and node.module:
                    modules = [node.module]
                offenders = [name for name in modules if name.split(".")[0] in {"airflow", "cosmos"}]
                assert not offenders, f"{file.relative_to(REPOSITORY)} imports {offenders}: only dags/ may"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what Airflow makes of the DAG folder of a fresh instance."""
    places: Places = desk_at(tmp_path_factory.mktemp("dags") / "home").places
    write_manifest(places)
    environment = airflow_environment(places, 8080)
    prepared = [sys.executable, "-m", "airflow", "db", "migrate"]
    subprocess.run(prepared, env=environment, check=True, capture_output=True)
    found = subprocess.run(
        [sys.executable, "-m", "tests.dags.describe_dags"],
        env=environment,
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
        text=True,
    )
    answer: dict[str, Any] = json.loads(found.stdout[found.stdout.index('{"errors"') :])
    return answer


@pytest.mark.slow
def test_every_dag_loads_and_runs_one_batch_at_a_time(loaded: dict[str, Any]) -> None:
    assert loaded["errors"] == {}, "mend the import: " + json.dumps(loaded["errors"], indent=1)
    assert sorted(loaded["dags"]) == ["intake", "warehouse"]
    for name, dag in loaded["dags"].items():
        assert dag["max_active_runs"] == 1, f"{name}: there is one writer; use ONE_RUN_AT_A_TIME"
        assert dag["catchup"] is False, f"{name}: nothing is caught up; use ONE_RUN_AT_A_TIME"
        assert dag["owners"] == ["data-team"], f"{name}: name the owner; use ONE_RUN_AT_A_TIME"
        assert dag["tags"], f"{name}: give it a tag"
        assert "Asset" in dag["timetable"], f"{name}: schedule it on an asset, not on a clock"


@pytest.mark.slow
def test_intake_maps_one_task_to_each_file_and_announces_the_landing(loaded: dict[str, Any]) -> None:
    intake = loaded["dags"]["intake"]
    assert intake["mapped"] == ["take_in"]
    assert intake["outlets"] == ["landing"]
    assert {"notice", "open_gate", "take_in", "close_gate", "announce"} <= set(intake["tasks"])


@pytest.mark.slow
def test_warehouse_shows_every_model_and_its_tests_by_name(loaded: dict[str, Any]) -> None:
    warehouse = loaded["dags"]["warehouse"]
    models = {file.stem for file in (REPOSITORY / "dbt_project" / "models").rglob("*.sql")}
    shown = {task for task in warehouse["tasks"] if task.startswith("dbt.")}
    missing = [model for model in models if not any(f"{model}" in task and "run" in task for task in shown)]
    assert missing == []
    untested = [model for model in models if not any(model in task and "test" in task for task in shown)]
    assert untested == []
    assert {"prepare", "gate", "publish", "refresh_dashboards", "document"} <= set(warehouse["tasks"])
    assert "published" in warehouse["outlets"]
