"""Places → dashboards: published into Superset, served on 127.0.0.1, told when the figures are new.

Superset lives in an environment of its own and is called as a program (dashboards/), never imported.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from cotmoc.places import Places
from cotmoc.serving.credentials import make_password, read_or_make_secrets, write_private
from cotmoc.serving.processes import Server, ServerFailedError, free_port, start_server, stop_servers
from cotmoc.settings import REPOSITORY

DASHBOARDS = REPOSITORY / "dashboards"
PYTHON = REPOSITORY / ".venv-superset" / "bin" / "python"
DASHBOARD_PATH = "/superset/dashboard/tong-quan/"
START_SECONDS = 180
_ACCOUNTS: dict[str, dict[str, str]] = {
    "admin": {"username": "admin"},
    "leader": {"username": "lanh-dao"},
    "department": {"username": "so-tai-chinh", "department_code": "so_tai_chinh"},
}


class DashboardsFailedError(RuntimeError):
    """The dashboards could not be published or served; the message names the log."""


@dataclass(frozen=True)
class Superset:
    """Running dashboards: their address and their process."""

    url: str
    server: Server


def publish_dashboards(places: Places) -> dict[str, Any]:
    """Bring accounts, roles and assets into Superset's database; idempotent. Return what was published."""
    accounts = places.superset / "accounts.json"
    read_accounts(places)
    said = _run(places, "publish.py", "--accounts", str(accounts))
    answer: dict[str, Any] = json.loads(said.strip().splitlines()[-1])
    return answer


def refresh(places: Places) -> None:
    """Make the dashboards show the figures that were just published; without dashboards there is nothing to do."""
    if PYTHON.exists() and places.superset.is_dir():
        _run(places, "publish.py", "--invalidate-cache")


def read_accounts(places: Places) -> dict[str, dict[str, str]]:
    """Return the accounts by role, with passwords that are made once and kept (mode 600)."""
    path = places.superset / "accounts.json"
    if not path.exists():
        write_private(
            path, {role: account | {"password": make_password()} for role, account in _ACCOUNTS.items()}
        )
    accounts: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return accounts


def dashboards_fingerprint() -> str:
    """Return the SHA-256 (hex) over everything in dashboards/ that is published, by path and content."""
    digest = hashlib.sha256()
    for file in sorted(DASHBOARDS.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(file.relative_to(DASHBOARDS).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


@contextmanager
def running_superset(places: Places, port: int | None = None) -> Iterator[Superset]:
    """Serve the dashboards while the block lasts, and leave no process behind. Raises ServerFailedError."""
    chosen = free_port(port)
    environment = superset_environment(places) | {
        "COTMOC_SUPERSET_HOST": "127.0.0.1",
        "COTMOC_SUPERSET_PORT": str(chosen),
    }
    server = start_server(
        "superset", ["sh", str(DASHBOARDS / "serve.sh")], environment, _log(places, "serve"), places.superset
    )
    try:
        superset = Superset(f"http://127.0.0.1:{chosen}", server)
        _wait_until_healthy(superset)
        yield superset
    finally:
        stop_servers([server])


def check_as_leader(places: Places, superset: Superset) -> None:
    """Raise DashboardsFailedError unless a leader can log in and is served the overview."""
    account = read_accounts(places)["leader"]
    with httpx.Client(base_url=superset.url, timeout=60, trust_env=False) as client:
        answer = client.post(
            "/api/v1/security/login",
            json={"username": account["username"], "password": account["password"], "provider": "db"},
        )
        if answer.is_success:
            client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
            answer = client.get("/api/v1/dashboard/tong-quan/charts")
        if not answer.is_success or not answer.json()["result"]:
            raise DashboardsFailedError(
                f"the dashboards do not serve the overview to a leader ({answer.request.url.path}: "
                f"{answer.status_code}); see {superset.server.log}"
            )


def superset_environment(places: Places) -> dict[str, str]:
    """Return the environment of the programs in dashboards/."""
    kept = read_or_make_secrets(places.superset / "secrets.json", ("superset_secret_key",))
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "SUPERSET", "FLASK"))
    }
    return inherited | {
        "COTMOC_SUPERSET_HOME": str(places.superset),
        "COTMOC_PUBLISHED": str(places.current),
        "SUPERSET_SECRET_KEY": kept["superset_secret_key"],
    }


def _run(places: Places, program: str, *arguments: str) -> str:
    """Run a program of dashboards/ and return what it says. Raises DashboardsFailedError with its last line."""
    if not PYTHON.exists():
        raise DashboardsFailedError("Superset's environment is missing; run `make setup`")
    log = _log(places, program.removesuffix(".py"))
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with log.open("a+b") as errors:
        done = subprocess.run(
            [str(PYTHON), str(DASHBOARDS / program), *arguments],
            env=superset_environment(places),
            cwd=places.superset,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            check=False,
        )
    if done.returncode != 0:
        said = log.read_text(errors="replace").strip().splitlines()
        why = said[-1] if said else f"it ended with {done.returncode}"
        raise DashboardsFailedError(f"{program} failed: {why} (see {log})")
    return done.stdout.decode()


def _log(places: Places, name: str) -> Path:
    return places.superset / "logs" / f"{name}.log"


def _wait_until_healthy(superset: Superset, sleep: Callable[[float], None] = time.sleep) -> None:
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends:
        if not superset.server.is_alive():
            raise ServerFailedError(f"Superset ended while it started; see {superset.server.log}")
        try:
            if httpx.get(f"{superset.url}/health", timeout=5, trust_env=False).is_success:
                return
        except httpx.TransportError:
            pass
        sleep(0.5)
    raise ServerFailedError(f"Superset did not come up in {START_SECONDS} s; see {superset.server.log}")
