"""Places → a running scheduler, and what its API says of its runs."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import httpx

from cotmoc.places import Places
from cotmoc.serving.airflow_environment import airflow_environment, read_accounts
from cotmoc.serving.processes import (
    Server,
    ServerFailedError,
    free_port,
    only_one,
    start_server,
    stop_servers,
)
from cotmoc.serving.rendering import write_manifest

COMPONENTS: dict[str, tuple[str, ...]] = {
    "api-server": ("api-server",),
    "scheduler": ("scheduler", "--skip-serve-logs"),
    "dag-processor": ("dag-processor",),
    "triggerer": ("triggerer", "--skip-serve-logs"),
}
START_SECONDS = 240
RunState = dict[str, Any]


@dataclass
class Airflow:
    """A running scheduler: its address, its processes, and a client that is logged in."""

    places: Places
    url: str
    servers: list[Server]
    _client: httpx.Client = field(repr=False)

    def get(self, path: str, **parameters: Any) -> dict[str, Any]:
        """Return what the API answers to GET `path`. Raises ServerFailedError when a component has ended."""
        self.check()
        try:
            answer = self._client.get(f"/api/v2/{path}", params=parameters)
        except httpx.TransportError as error:
            why = f"Airflow does not answer ({error}); see {self.logs / 'api-server.log'}"
            raise ServerFailedError(why) from error
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            self.log_in()
            answer = self._client.get(f"/api/v2/{path}", params=parameters)
        answer.raise_for_status()
        return dict(answer.json())

    def runs(self, dag: str) -> list[RunState]:
        """Return the runs of the DAG, newest first."""
        return list(self.get(f"dags/{dag}/dagRuns", order_by="-run_after", limit=50)["dag_runs"])

    def tasks(self, dag: str, run: str) -> list[dict[str, Any]]:
        """Return the task instances of the run (all pages), mapped ones each by itself."""
        found: list[dict[str, Any]] = []
        while True:
            page = self.get(f"dags/{dag}/dagRuns/{run}/taskInstances", limit=100, offset=len(found))
            found += page["task_instances"]
            if not page["task_instances"] or len(found) >= page["total_entries"]:
                return found

    def start_run(self, dag: str) -> None:
        """Start a run of the DAG by hand: nothing that would start it has happened."""
        answer = self._client.post(f"/api/v2/dags/{dag}/dagRuns", json={"logical_date": None})
        answer.raise_for_status()

    def check(self) -> None:
        """Raise ServerFailedError when a component has ended."""
        for server in self.servers:
            if not server.is_alive():
                raise ServerFailedError(f"Airflow's {server.name} ended; see {server.log}")

    def log_in(self) -> None:
        """Take a new token."""
        account = read_accounts(self.places)["admin"]
        answer = self._client.post("/auth/token", json=account)
        answer.raise_for_status()
        self._client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def end_orphans(self, before: datetime) -> None:
        """Fail the runs that an earlier scheduler left unfinished: nobody works on them and they block new ones."""
        for dag in self.get("dags")["dags"]:
            for run in self.runs(dag["dag_id"]):
                is_old = datetime.fromisoformat(run["run_after"]) < before
                if is_old and run["state"] in ("queued", "running"):
                    path = f"/api/v2/dags/{dag['dag_id']}/dagRuns/{run['dag_run_id']}"
                    self._client.patch(path, json={"state": "failed"}).raise_for_status()

    @property
    def logs(self) -> Path:
        """Return the folder of the logs, of components and of tasks."""
        return self.places.airflow / "logs"


@contextmanager
def running_airflow(
    places: Places, port: int | None = None, on_progress: Callable[[str], None] = lambda _: None
) -> Iterator[Airflow]:
    """Run the scheduler and its company while the block lasts, and leave no process of theirs behind.

    One scheduler at a time for an instance. Raises ServerFailedError naming the log when a component does not
    come up, DbtFailedError when the dbt project cannot be read.
    """
    with only_one(places.airflow / ".lock", "the scheduler"):
        chosen = free_port(port)
        environment = airflow_environment(places, chosen)
        on_progress("preparing the scheduler's database, reading the dbt project")
        with ThreadPoolExecutor(2) as pool:
            for step in (pool.submit(_migrate, places, environment), pool.submit(write_manifest, places)):
                step.result()
        on_progress("starting the scheduler")
        started_at = datetime.now(UTC)
        servers: list[Server] = []
        try:
            for name, arguments in COMPONENTS.items():
                command = [sys.executable, "-m", "airflow", *arguments]
                log = places.airflow / "logs" / f"{name}.log"
                servers.append(start_server(name, command, environment, log, places.airflow))
            url = f"http://127.0.0.1:{chosen}"
            with httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
                airflow = Airflow(places, url, servers, client)
                _wait_until_healthy(airflow, client)
                airflow.log_in()
                airflow.end_orphans(started_at)
                yield airflow
        finally:
            stop_servers(servers)


def _migrate(places: Places, environment: dict[str, str]) -> None:
    migrated, version = places.airflow / "migrated", metadata.version("apache-airflow")
    if migrated.exists() and migrated.read_text() == version:
        return
    log = places.airflow / "logs" / "migrate.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        done = subprocess.run(
            [sys.executable, "-m", "airflow", "db", "migrate"],
            env=environment,
            cwd=places.airflow,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode != 0:
        raise ServerFailedError(f"the scheduler's database could not be prepared; see {log}")
    migrated.write_text(version)


def _wait_until_healthy(airflow: Airflow, client: httpx.Client) -> None:
    ends = time.monotonic() + START_SECONDS
    missing = "api-server"
    while time.monotonic() < ends:
        airflow.check()
        try:
            health = client.get("/api/v2/monitor/health").json()
        except (httpx.TransportError, ValueError):
            time.sleep(0.5)
            continue
        states = {name: health[name]["status"] for name in ("scheduler", "dag_processor", "triggerer")}
        missing = ", ".join(name for name, state in states.items() if state != "healthy")
        if not missing:
            return
        time.sleep(0.5)
    logs = airflow.servers[0].log.parent
    raise ServerFailedError(f"Airflow did not come up in {START_SECONDS} s ({missing}); see {logs}")
