"""The dashboards station as the tests meet it: its files, its environment, one running Superset."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
DASHBOARDS = REPOSITORY / "dashboards"
SUPERSET_PYTHON = REPOSITORY / ".venv-superset" / "bin" / "python"
sys.path.insert(0, str(DASHBOARDS))  # its programs find one another beside themselves, and so do we

ACCOUNTS = {
    "admin": {"username": "quan-tri"},
    "leader": {"username": "lanh-dao"},
    "department": {"username": "so-nnmt", "department_code": "so_nnmt"},
}


def program_environment(additions: dict[str, str]) -> dict[str, str]:
    """Return the environment of a program: nothing of ours but the path and the home, and `additions`."""
    return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **additions}


def run_program(
    name: str, *arguments: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program of the station with the interpreter of Superset; return what it said."""
    return subprocess.run(
        [str(SUPERSET_PYTHON), str(DASHBOARDS / name), *arguments],
        env=program_environment(environment or {}),
        capture_output=True,
        text=True,
        check=False,
    )


@dataclass
class RunningSuperset:
    """A published and served Superset: its address, its environment, its accounts."""

    url: str
    environment: dict[str, str]
    accounts: dict[str, dict[str, str]]
    first: dict[str, Any]
    second: dict[str, Any]


@pytest.fixture(scope="session")
def superset_environment(tmp_path_factory: pytest.TempPathFactory, published_home: Path) -> dict[str, str]:
    """Return the environment of a Superset over a copy of the published warehouse, its home empty."""
    folder = tmp_path_factory.mktemp("superset")
    (folder / "v").mkdir()
    shutil.copyfile(published_home / "published" / "current.duckdb", folder / "v" / "1.duckdb")
    (folder / "current.duckdb").symlink_to("v/1.duckdb")
    return {
        "COTMOC_SUPERSET_HOME": str(folder / "home"),
        "COTMOC_PUBLISHED": str(folder / "current.duckdb"),
        "SUPERSET_SECRET_KEY": secrets.token_urlsafe(48),
    }


@pytest.fixture(scope="session")
def superset(
    tmp_path_factory: pytest.TempPathFactory, superset_environment: dict[str, str]
) -> Iterator[RunningSuperset]:
    """Publish once with a chart too many and once without, serve on a free port, stop at the end."""
    folder = tmp_path_factory.mktemp("superset-run")
    accounts = {key: {**entry, "password": secrets.token_urlsafe(16)} for key, entry in ACCOUNTS.items()}
    accounts_file = folder / "accounts.json"
    accounts_file.write_text(json.dumps(accounts), encoding="utf-8")
    older = folder / "dashboards"
    shutil.copytree(DASHBOARDS, older, ignore=shutil.ignore_patterns("__pycache__"))
    chart = (older / "assets" / "charts" / "as_of_day.yaml").read_text(encoding="utf-8")
    uuid = re.search(r"^uuid: (.*)$", chart, re.MULTILINE)
    assert uuid
    retired = chart.replace(uuid[1], "00000000-0000-4000-8000-000000000001").replace(
        "slice_name: ", "slice_name: Cũ – "
    )
    (older / "assets" / "charts" / "retired.yaml").write_text(retired, encoding="utf-8")
    summaries = []
    for station in (older, DASHBOARDS):
        arguments = ("--accounts", str(accounts_file))
        done = run_program(str(station / "publish.py"), *arguments, environment=superset_environment)
        assert done.returncode == 0, done.stderr[-3000:]
        summaries.append(json.loads(done.stdout))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with (folder / "serve.log").open("wb") as log:
        server = subprocess.Popen(
            ["sh", str(DASHBOARDS / "serve.sh")],
            env=program_environment({**superset_environment, "COTMOC_SUPERSET_PORT": str(port)}),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_until_healthy(url, server, folder / "serve.log")
            yield RunningSuperset(url, superset_environment, accounts, summaries[0], summaries[1])
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=60)


def _wait_until_healthy(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        assert server.poll() is None, log.read_text(encoding="utf-8", errors="replace")[-3000:]
        try:
            assert httpx.get(f"{url}/health", timeout=5, trust_env=False).text == "OK"
            return
        except httpx.TransportError:
            time.sleep(1)
    pytest.fail(f"Superset did not answer: {log.read_text(encoding='utf-8', errors='replace')[-3000:]}")


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that keeps the screenshots: COTMOC_TEST_PICTURES, else a temporary one."""
    kept = os.environ.get("COTMOC_TEST_PICTURES")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
