"""docker/healthy.py against a real web server: what the engine is told about a service."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

HEALTH = {
    "triggerer": {"status": "healthy"},
    "dag_processor": {"status": "unhealthy"},
    "scheduler": {"status": None},
}


class Answers(BaseHTTPRequestHandler):
    """Answers /health as Airflow does, and anything else with 503."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200 if self.path == "/health" else 503)
        self.end_headers()
        self.wfile.write(json.dumps(HEALTH).encode())

    def log_request(self, *arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """Return the address of a running server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture
def nobody() -> str:
    """Return an address where nothing listens."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as closed:
        return f"http://127.0.0.1:{closed.server_port}"


def exit_code(repository: Path, *arguments: str) -> int:
    """Return the exit code of the check."""
    command = [sys.executable, str(repository / "docker" / "healthy.py"), *arguments]
    return subprocess.run(command, capture_output=True, check=False).returncode


def test_a_service_that_answers_is_healthy(repository: Path, server: str) -> None:
    assert exit_code(repository, f"{server}/health") == 0


def test_a_service_that_refuses_or_is_away_is_not(repository: Path, server: str, nobody: str) -> None:
    assert exit_code(repository, f"{server}/elsewhere") == 1
    assert exit_code(repository, f"{nobody}/health") == 1


@pytest.mark.parametrize(
    ("component", "expected"), [("triggerer", 0), ("dag_processor", 1), ("scheduler", 1)]
)
def test_a_component_is_as_healthy_as_airflow_says(
    repository: Path, server: str, component: str, expected: int
) -> None:
    assert exit_code(repository, f"{server}/health", component) == expected
