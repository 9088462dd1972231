"""The settings: no start without a real secret, and no way out of the published file through a connection."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import duckdb
import pytest

from tests.dashboards.conftest import DASHBOARDS, SUPERSET_PYTHON

SECRET = "q7Yw2kR9sLx4vBn8mZc3tHd6pJf1gUe5"
# Connects as Superset does, from a URL that says the opposite of what is allowed, and prints what each statement did.
CONNECT = """
import json, sys, superset_config, sqlalchemy
from sqlalchemy.engine.url import make_url
wild = make_url("duckdb:////etc/elsewhere.duckdb?access_mode=read_write&enable_external_access=true")
url, params = superset_config.DB_CONNECTION_MUTATOR(wild, {}, "nobody", None, None)
engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.pool.NullPool)
said = {}
for statement in json.loads(sys.argv[1]):
    with engine.connect() as connection:
        try:
            said[statement] = str(connection.execute(statement).fetchall())
        except Exception as error:
            said[statement] = f"refused: {error}"
print(json.dumps(said))
"""
# Reads the settings once for each changed variable, and prints what became of it.
START = """
import json, os, runpy, sys
said = {}
for change in json.loads(sys.argv[1]):
    name, _, value = change.partition("=")
    kept, os.environ[name] = os.environ[name], value
    try:
        runpy.run_path("superset_config.py")
        said[change] = "started"
    except RuntimeError as error:
        said[change] = str(error)
    os.environ[name] = kept
print(json.dumps(said))
"""
KNOWN_KEYS = (
    "ngan",
    "CHANGE_ME_TO_A_COMPLEX_RANDOM_SECRET",
    "thisISaSECRET_1234thisISaSECRET_1234",
    "TEST_NON_DEV_SECRET" * 2,
)
LEGITIMATE = "select answer from marts.mart"
FORBIDDEN = (
    "select * from read_csv('/etc/passwd')",
    "select * from read_text('/etc/passwd')",
    "select * from glob('/*')",
    "copy (select 1) to '{folder}/written.csv'",
    "attach '{folder}/other.duckdb'",
    "export database '{folder}/exported'",
    "install httpfs",
    "set enable_external_access = true",
    "set lock_configuration = false",
    "create table marts.new_table as select 1",
    "insert into marts.mart values (43)",
    "drop table marts.mart",
)


def configure(
    tmp_path: Path, program: str, *arguments: str, **changes: str
) -> subprocess.CompletedProcess[str]:
    """Run a few lines of Python beside superset_config.py under a complete environment with `changes`."""
    environment = {
        "PATH": os.environ["PATH"],
        "COTMOC_SUPERSET_HOME": str(tmp_path / "superset"),
        "COTMOC_PUBLISHED": str(tmp_path / "current.duckdb"),
        "SUPERSET_SECRET_KEY": SECRET,
        **changes,
    }
    return subprocess.run(
        [str(SUPERSET_PYTHON), "-W", "ignore", "-c", program, *arguments],
        cwd=DASHBOARDS,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def starts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what became of a start under each changed variable."""
    missing = [f"{name}=" for name in ("COTMOC_SUPERSET_HOME", "COTMOC_PUBLISHED", "SUPERSET_SECRET_KEY")]
    keys = [f"SUPERSET_SECRET_KEY={key}" for key in (*KNOWN_KEYS, SECRET)]
    done = configure(tmp_path_factory.mktemp("starts"), START, json.dumps([*missing, *keys]))
    assert done.returncode == 0, done.stderr
    said: dict[str, str] = json.loads(done.stdout)
    return said


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what each statement did on a connection to a published file with one mart."""
    folder = tmp_path_factory.mktemp("published")
    with duckdb.connect(str(folder / "1.duckdb")) as warehouse:
        warehouse.execute("create schema marts; create table marts.mart as select 42 as answer")
    (folder / "current.duckdb").symlink_to("1.duckdb")
    statements = {statement.format(folder=folder): statement for statement in (LEGITIMATE, *FORBIDDEN)}
    done = configure(folder, CONNECT, json.dumps(list(statements)))
    assert done.returncode == 0, done.stderr
    assert sorted(file.name for file in folder.iterdir()) == ["1.duckdb", "current.duckdb", "superset"]
    return {statements[statement]: answer for statement, answer in json.loads(done.stdout).items()}


@pytest.mark.parametrize("name", ["COTMOC_SUPERSET_HOME", "COTMOC_PUBLISHED", "SUPERSET_SECRET_KEY"])
def test_missing_setting_stops_the_start(starts: dict[str, str], name: str) -> None:
    assert starts[f"{name}="] == f"{name} is not set: Superset does not start without it"


@pytest.mark.parametrize("key", KNOWN_KEYS)
def test_known_or_short_secret_stops_the_start(starts: dict[str, str], key: str) -> None:
    assert starts[f"SUPERSET_SECRET_KEY={key}"].endswith("use 32 or more random characters")


def test_complete_environment_starts(starts: dict[str, str]) -> None:
    assert starts[f"SUPERSET_SECRET_KEY={SECRET}"] == "started"


def test_every_duckdb_address_leads_to_the_published_file(said: dict[str, str]) -> None:
    assert said[LEGITIMATE] == "[(42,)]"


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_connection_refuses_to_leave_or_change_the_file(said: dict[str, str], statement: str) -> None:
    assert said[statement].startswith("refused: "), said[statement]
    refusals = ("Permission", "disabled", "locked", "read-only", "Cannot execute")
    assert any(word in said[statement] for word in refusals), said[statement]


def test_security_policy_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    program = (
        "import superset_config as c; print(c.TALISMAN_ENABLED, c.TALISMAN_CONFIG['content_security_policy'])"
    )
    done = configure(tmp_path, program)
    assert done.stdout.startswith("True")
    assert "http" not in done.stdout
    assert "unsafe-eval" not in done.stdout
