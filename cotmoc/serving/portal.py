"""Places → the submission page on 127.0.0.1 with generated accounts of the demonstration, one for each role.

The page is called as a program (`python -m portal`), never imported: it is a face of the line.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from cotmoc.accounts import Accounts, Role
from cotmoc.places import Places
from cotmoc.serving.credentials import make_password, write_private
from cotmoc.serving.processes import Server, ServerFailedError, free_port, start_server, stop_servers
from cotmoc.settings import REPOSITORY

START_SECONDS = 120
# Role → user name, full name, department.
_PEOPLE: dict[Role, tuple[str, str, str]] = {
    "submitter": ("can-bo", "Cán bộ trình diễn – Cục Thống kê", "cuc_thong_ke"),
    "reviewer": ("nguoi-duyet", "Người duyệt trình diễn", "so_tai_chinh"),
    "administrator": ("quan-tri", "Quản trị viên trình diễn", "so_tai_chinh"),
}


@dataclass(frozen=True)
class Portal:
    """A running submission page: its address and its process."""

    url: str
    server: Server


def read_accounts(places: Places) -> dict[str, dict[str, str]]:
    """Return the demonstration's accounts by role; they and their passwords are made once and kept (mode 600)."""
    kept = places.portal / "demonstration.json"
    accounts = Accounts(places.accounts)
    if kept.exists():
        written: dict[str, dict[str, str]] = json.loads(kept.read_text(encoding="utf-8"))
        return written
    made: dict[str, dict[str, str]] = {}
    for role, (username, name, department) in _PEOPLE.items():
        password = make_password()
        if accounts.find(username) is None:
            accounts.add(username, name, department, (role,), password)
        else:
            accounts.set_password(username, password)
        made[role] = {"username": username, "password": password, "department_code": department}
    write_private(kept, made)
    return made


@contextmanager
def running_portal(places: Places, port: int | None = None) -> Iterator[Portal]:
    """Run the submission page while the block lasts. Raises ServerFailedError naming the log."""
    chosen = free_port(port)
    url = f"http://127.0.0.1:{chosen}"
    environment: dict[str, Any] = {
        **os.environ,
        "COTMOC_HOME": str(places.home),
        "COTMOC_PORTAL_HOST": "127.0.0.1",
        "COTMOC_PORTAL_PORT": str(chosen),
    }
    log = places.portal / "logs" / "portal.log"
    server = start_server("submission page", [sys.executable, "-m", "portal"], environment, log, REPOSITORY)
    try:
        _wait_until_alive(server, url)
        yield Portal(url, server)
    finally:
        stop_servers([server])


def _wait_until_alive(server: Server, url: str) -> None:
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends and server.is_alive():
        try:
            if httpx.get(f"{url}/song", timeout=10, trust_env=False).text == "OK":
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise ServerFailedError(f"the submission page did not come up; see {server.log}")
