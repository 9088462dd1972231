"""What the stack is told → the same as what `make serve` tells its scheduler, and secrets nobody else has."""

from __future__ import annotations

import importlib.util
import re
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cryptography.fernet import Fernet

from cotmoc.dbt_runs import dbt_environment
from cotmoc.places import Places
from cotmoc.serving.airflow_environment import airflow_environment
from cotmoc.settings import REPOSITORY

HOME = Path("/var/lib/cotmoc")
# Accounts are in the metadata database there, not in a file.
ONLY_ON_ONE_MACHINE = re.compile("SIMPLE_AUTH_MANAGER")
# Where it listens and what only it keeps secret differ from place to place; what is preloaded only saves time.
OF_THE_PLACE = re.compile("__API__|EXECUTION_API_SERVER_URL|SQL_ALCHEMY_CONN|JWT_SECRET|PRELOAD")


def load(file: Path) -> ModuleType:
    """Return a program of docker/ as a module."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def image_environment(dockerfile: str) -> dict[str, str]:
    """Return the variables that the last ENV of a recipe sets."""
    block = re.findall(r"^ENV ((?:.*\\\n)*.*)$", dockerfile, re.MULTILINE)[-1]
    return dict(pair.split("=", 1) for pair in block.replace("\\\n", " ").split())


@pytest.fixture
def stack_environment(compose: dict[str, Any], dockerfiles: dict[str, str]) -> dict[str, str]:
    """Return what a process of the scheduler finds in its environment, variables as written."""
    return (
        image_environment(dockerfiles["pipeline"]) | compose["services"]["airflow-scheduler"]["environment"]
    )


def test_the_image_tells_dbt_what_the_line_tells_it(stack_environment: dict[str, str]) -> None:
    expected = {
        name: value.replace(str(REPOSITORY), "/opt/cotmoc")
        for name, value in dbt_environment(Places(HOME)).items()
    }
    assert {name: stack_environment.get(name) for name in expected} == expected


def test_the_scheduler_is_set_as_make_serve_sets_it(
    stack_environment: dict[str, str], tmp_path: Path
) -> None:
    told = {
        name: value.replace(str(tmp_path), str(HOME)).replace(str(REPOSITORY), "/opt/cotmoc")
        for name, value in airflow_environment(Places(tmp_path), 8080).items()
        if name.startswith(("AIRFLOW", "COTMOC_")) and not ONLY_ON_ONE_MACHINE.search(name)
    }
    assert {name for name in told if name not in stack_environment} == set()
    same = {name: value for name, value in told.items() if not OF_THE_PLACE.search(name)}
    assert {name: stack_environment[name] for name in same} == same


def test_the_generated_file_has_a_secret_of_its_own_for_each_empty_line(
    repository: Path, tmp_path: Path
) -> None:
    make_env = load(repository / "docker" / "make_env.py")
    target = tmp_path / "env"
    assert make_env.main([str(target)]) == 0
    values = dict(re.findall(r"^([A-Z_]+)=(.*)$", target.read_text(encoding="utf-8"), re.MULTILINE))
    assert len(set(values.values())) == len(values) == 10
    assert min(len(value) for value in values.values()) >= 43
    Fernet(values["AIRFLOW_FERNET_KEY"])
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_file_of_secrets_is_never_written_over(repository: Path, tmp_path: Path) -> None:
    make_env = load(repository / "docker" / "make_env.py")
    target = tmp_path / "env"
    target.write_text("kept", encoding="utf-8")
    assert make_env.main([str(target)]) == 1
    assert target.read_text(encoding="utf-8") == "kept"


def test_superset_is_prepared_with_the_accounts_of_the_environment(repository: Path) -> None:
    prepare = load(repository / "docker" / "superset" / "prepare.py")
    environment = {
        "SUPERSET_ADMIN_PASSWORD": "a",
        "SUPERSET_LEADER_PASSWORD": "b",
        "SUPERSET_ADMIN_USERNAME": "quan-tri",
    }
    assert prepare.accounts(environment) == {
        "admin": {"username": "quan-tri", "password": "a"},
        "leader": {"username": "lanh-dao", "password": "b"},
    }


def test_superset_is_not_prepared_without_a_password(repository: Path) -> None:
    prepare = load(repository / "docker" / "superset" / "prepare.py")
    with pytest.raises(KeyError, match="SUPERSET_LEADER_PASSWORD"):
        prepare.accounts({"SUPERSET_ADMIN_PASSWORD": "a"})


@pytest.mark.parametrize("password", ["", "admin", "short", "administrator"])
def test_airflow_is_not_prepared_with_a_weak_password(
    repository: Path, tmp_path: Path, password: str
) -> None:
    # No program is found on this PATH: the script ends before it would start one.
    answer = subprocess.run(
        ["/bin/sh", str(repository / "docker" / "pipeline" / "prepare.sh")],
        env={
            "PATH": str(tmp_path),
            "AIRFLOW_ADMIN_USERNAME": "administrator",
            "AIRFLOW_ADMIN_PASSWORD": password,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 2
    assert "AIRFLOW_ADMIN_PASSWORD" in answer.stderr
