"""The DAG folder as the scheduler sees it, read once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cotmoc.places import Places
from cotmoc.serving.airflow_environment import DAGS, airflow_environment
from cotmoc.serving.rendering import write_manifest

FACTS = Path(__file__).with_name("facts.py")


def dag_files() -> list[Path]:
    """Return the DAG files; plugins are no DAGs."""
    return sorted(DAGS.glob("*.py"))


@pytest.fixture(scope="session")
def facts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what the scheduler sees in each DAG file, by the file's stem."""
    places = Places(tmp_path_factory.mktemp("dags") / "home")
    write_manifest(places)
    done = subprocess.run(
        [sys.executable, str(FACTS), *map(str, dag_files())],
        env=airflow_environment(places, 20_000) | {"AIRFLOW__LOGGING__LOGGING_LEVEL": "ERROR"},
        cwd=places.airflow,
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    files: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {Path(file).stem: found for file, found in files.items()}
