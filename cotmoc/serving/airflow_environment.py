"""Places and a port → the environment of a quiet, self-contained scheduler on 127.0.0.1."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cotmoc.dbt_runs import dbt_environment
from cotmoc.places import Places
from cotmoc.serving.credentials import make_password, read_or_make_secrets, write_private
from cotmoc.settings import REPOSITORY, settings

DAGS = REPOSITORY / "dags"
# Who may log in to the scheduler's pages, and as what.
ACCOUNTS = {"admin": "admin", "viewer": "viewer"}
# Tasks at a time. A task waits for the API server, the gate or dbt as long as it computes.
TASKS_AT_ONCE = 4
# What tasks import is imported once, and every task is a fork of that: a second of work less for each.
PRELOADED = (
    "airflow",
    "airflow.dag_processing.dagbag",
    "airflow.executors.local_executor",
    "airflow.sdk.execution_time.task_runner",
    "cosmos.operators.watcher",
    "cosmos.plugin.airflow3",
    "cotmoc.build",
    "cotmoc.intake",
    "expectations.warm",
    "pandas",
)


def airflow_environment(places: Places, port: int) -> dict[str, str]:
    """Return the environment of every Airflow process; its secrets are made once and kept (mode 600)."""
    home = places.airflow
    kept = read_or_make_secrets(home / "secrets.json", ("jwt_secret", "api_secret_key"))
    own = {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(DAGS / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": str(TASKS_AT_ONCE),
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": ",".join(map(":".join, ACCOUNTS.items())),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(_passwords(places)),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__SECRET_KEY": kept["api_secret_key"],
        "AIRFLOW__API_AUTH__JWT_SECRET": kept["jwt_secret"],
        "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
        # The DAG files change when the program does, which restarts it anyway.
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "600",
        "AIRFLOW__DAG_PROCESSOR__STALE_DAG_THRESHOLD": "1200",
        "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.5",
        "AIRFLOW__SCHEDULER__MP_START_METHOD": "forkserver",
        "AIRFLOW__SCHEDULER__MP_FORKSERVER_PRELOAD": ",".join(PRELOADED),
        # A busy machine answers late; a task that gives up on the API server fails for no reason of its own.
        "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": "60",
        "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_THRESHOLD": "120",
        "AIRFLOW__TRIGGERER__TRIGGERER_HEALTH_CHECK_THRESHOLD": "120",
        "AIRFLOW__DAG_PROCESSOR__HEALTH_CHECK_THRESHOLD": "120",
        "AIRFLOW__COSMOS__ENABLE_TELEMETRY": "False",
        # A failed dbt run is run again as a whole, so nothing has to be kept for a retry of its producer.
        "AIRFLOW__COSMOS__ENABLE_WATCHER_RELIABLE_RETRY": "False",
        "AIRFLOW__COSMOS__CACHE_DIR": str(home / "cosmos_cache"),
        "SCARF_NO_ANALYTICS": "true",
        "GX_ANALYTICS_ENABLED": "False",
        "COTMOC_REGISTRY": str(settings().registry),
        "COTMOC_FORMS": str(settings().forms),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        "PYTHONUNBUFFERED": "1",
    }
    # Hundreds of processes read the same modules: without their compiled form each would compile them anew.
    unwanted = ("AIRFLOW", "PYTHONDONTWRITEBYTECODE")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    return inherited | own | dbt_environment(places)


def read_accounts(places: Places) -> dict[str, dict[str, str]]:
    """Return the accounts of the scheduler's pages: role → username and password."""
    import json

    passwords = json.loads(_passwords(places).read_text())
    return {name: {"username": name, "password": passwords[name]} for name in ACCOUNTS}


def _passwords(places: Places) -> Path:
    path = places.airflow / "passwords.json"
    if not path.exists():
        write_private(path, {name: make_password() for name in ACCOUNTS})
    return path
