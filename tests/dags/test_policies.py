"""The house rules for DAGs. Each failure names the offender and what to do."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from cotmoc.settings import REPOSITORY
from tests.dags.conftest import dag_files

MOST_LINES = 60
PROGRAM = ("cotmoc", "ingestion", "expectations", "reporting", "portal", "dashboards")
each_file = pytest.mark.parametrize("file", dag_files(), ids=lambda file: file.stem)


def imports(file: Path) -> set[str]:
    """Return the top-level packages the file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(str(node.module).split(".")[0])
    return found


@each_file
def test_file_loads(file: Path, facts: dict[str, Any]) -> None:
    errors = facts[file.stem]["errors"]
    assert not errors, f"{file.name} does not load, so the scheduler shows no DAG: {errors}"


@each_file
def test_file_is_a_table_of_contents(file: Path) -> None:
    lines = len(file.read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES, f"{file.name} has {lines} lines: move what is not WHEN into cotmoc/"


@each_file
def test_file_holds_the_one_dag_of_its_name(file: Path, facts: dict[str, Any]) -> None:
    dags = list(facts[file.stem]["dags"])
    assert dags == [file.stem], f"{file.name} holds {dags}: one DAG a file, named as the file"


@each_file
def test_file_is_read_without_heavy_imports(file: Path, facts: dict[str, Any]) -> None:
    heavy = facts[file.stem]["heavy"]
    assert not heavy, (
        f"{file.name} imports {heavy} when it is read, as every task does: import inside the task"
    )


@each_file
def test_docstring_is_a_runbook_entry(file: Path, facts: dict[str, Any]) -> None:
    doc = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    missing = [part for part in ("Feeds:", "When it matters:", "At 06:00:") if part not in doc]
    assert not missing, f"the docstring of {file.name} does not say {missing}"
    shown = facts[file.stem]["dags"][file.stem]["doc"]
    assert shown.strip() == doc, (
        f"{file.name}: the page of the DAG does not show its docstring: pass doc_md=__doc__"
    )


@each_file
def test_dag_names_its_owner_and_subject(file: Path, facts: dict[str, Any]) -> None:
    dag = facts[file.stem]["dags"][file.stem]
    assert dag["owner"] == ["data-team"], f"{file.name}: owners are {dag['owner']}: leave it to the defaults"
    assert dag["tags"], f"{file.name}: without a tag nobody finds the DAG: give it its subject"


@each_file
def test_runs_never_overlap_nor_catch_up(file: Path, facts: dict[str, Any]) -> None:
    dag = facts[file.stem]["dags"][file.stem]
    assert dag["max_active_runs"] == 1, f"{file.name}: one warehouse has one writer: max_active_runs=1"
    assert not dag["catchup"], f"{file.name}: what is missed is in the inbox still: catchup=False"


@pytest.mark.parametrize("package", PROGRAM)
def test_only_dags_import_the_scheduler(package: str) -> None:
    files = sorted((REPOSITORY / package).rglob("*.py"))
    offenders = [str(file.relative_to(REPOSITORY)) for file in files if imports(file) & {"airflow", "cosmos"}]
    assert not offenders, f"{offenders} import the scheduler: say WHEN in dags/, and WHAT without Airflow"
