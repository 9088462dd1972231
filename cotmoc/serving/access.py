"""Addresses and accounts → access.json, kept for its owner alone: where the demonstration is, and how to log in."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from cotmoc.places import Places
from cotmoc.serving import airflow_environment, portal, superset
from cotmoc.serving.credentials import write_private
from cotmoc.serving.processes import free_port


def choose_port(places: Places, service: str) -> int:
    """Return the port the service had last time when it is free, else a free one of 127.0.0.1."""
    known = read_access(places).get(service, {}).get("url")
    return free_port(urlsplit(known).port if known else None)


def write_access(places: Places, urls: dict[str, str]) -> dict[str, Any]:
    """Write and return access.json (mode 600): for each service its address and its accounts by role."""
    accounts = {
        "superset": superset.read_accounts(places),
        "airflow": airflow_environment.read_accounts(places),
        "portal": portal.read_accounts(places),
    }
    access = read_access(places)
    access |= {service: {"url": url, "accounts": accounts[service]} for service, url in urls.items()}
    if access != read_access(places):
        write_private(places.access, access)
    return access


def read_access(places: Places) -> dict[str, Any]:
    """Return what access.json says, nothing where there is none yet."""
    try:
        access: dict[str, Any] = json.loads(places.access.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return access
