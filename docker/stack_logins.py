"""A running stack → proof that people can log in and that the DAGs and the dashboard are there.

    python3 stack_logins.py

Environment: AIRFLOW_PORT, SUPERSET_PORT, PORTAL_PORT, and the passwords of docker/.env. Needs nothing but Python.
Exit 1 with one sentence when something is missing.
"""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

DAGS = {file.stem for file in (Path(__file__).resolve().parents[1] / "dags").glob("*.py")}
DASHBOARD = "tong-quan"
SECONDS_FOR_THE_DAGS = 120


class NotThereError(RuntimeError):
    """Something a user of the stack would look for is missing; the text says what."""


def ask(url: str, body: dict[str, Any] | None = None, token: str | None = None) -> dict[str, Any]:
    """Return the JSON answer to GET `url`, or to POST where there is a body. NotThereError on any other answer."""
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(  # noqa: S310 - 127.0.0.1
        url, data=json.dumps(body).encode() if body else None, headers=headers
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - 127.0.0.1
            return dict(json.load(answer))
    except (urllib.error.URLError, ValueError) as error:
        raise NotThereError(f"{url}: {error}") from error


def look_at_airflow(url: str, password: str) -> str:
    """Return what was found behind Airflow's API, once every DAG has been read without an error."""
    token = ask(f"{url}/auth/token", {"username": "admin", "password": password})["access_token"]
    ends = time.monotonic() + SECONDS_FOR_THE_DAGS
    while True:
        errors = ask(f"{url}/api/v2/importErrors", token=token)["import_errors"]
        if errors:
            raise NotThereError(f"Airflow cannot read {errors[0]['filename']}: {errors[0]['stack_trace']}")
        missing = DAGS - {dag["dag_id"] for dag in ask(f"{url}/api/v2/dags", token=token)["dags"]}
        if not missing:
            return f"Airflow: {', '.join(sorted(DAGS))}, no import error"
        if time.monotonic() > ends:
            raise NotThereError(f"Airflow does not show {', '.join(sorted(missing))}")
        time.sleep(2)


def look_at_superset(url: str, username: str, password: str) -> str:
    """Return the dashboard's title as the user sees it through Superset's API."""
    account = {"username": username, "password": password, "provider": "db", "refresh": False}
    token = ask(f"{url}/api/v1/security/login", account)["access_token"]
    dashboard = ask(f"{url}/api/v1/dashboard/{DASHBOARD}", token=token)["result"]
    return f"Superset: {username} sees “{dashboard['dashboard_title']}”"


def look_at_portal(url: str) -> str:
    """Return that the submission page asks who comes; it has no account until somebody makes one."""
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 - 127.0.0.1
            page = answer.read().decode()
    except (urllib.error.URLError, UnicodeDecodeError) as error:
        raise NotThereError(f"{url}: {error}") from error
    if 'name="password"' not in page:
        raise NotThereError(f"{url} does not ask for a password")
    return "Submission page: asks who comes"


def main() -> int:
    """Look at them; return the exit code."""
    environment = os.environ
    airflow = f"http://127.0.0.1:{environment['AIRFLOW_PORT']}"
    superset = f"http://127.0.0.1:{environment['SUPERSET_PORT']}"
    try:
        found = [
            look_at_airflow(airflow, environment["AIRFLOW_ADMIN_PASSWORD"]),
            look_at_superset(superset, "admin", environment["SUPERSET_ADMIN_PASSWORD"]),
            look_at_superset(superset, "lanh-dao", environment["SUPERSET_LEADER_PASSWORD"]),
            look_at_portal(f"http://127.0.0.1:{environment['PORTAL_PORT']}/"),
        ]
    except NotThereError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a program's own output
        return 1
    print("\n".join(found))  # noqa: T201 - a program's own output
    return 0


if __name__ == "__main__":
    sys.exit(main())
