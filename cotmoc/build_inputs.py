"""Ledger, registry and earlier statements → the small tables a build reads beside the landed rows.

Sources: the design's rule that nothing in the marts depends on anything but landing/, the seeds and the as-of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import cast

import duckdb

from cotmoc.places import Places
from cotmoc.statements import write_statements
from ingestion.ledger import read_events

VIETNAM = timezone(timedelta(hours=7))
EVENT_COLUMNS = {
    "sequence": "BIGINT",
    "happened_at": "TIMESTAMP",
    "kind": "VARCHAR",
    "submission_id": "VARCHAR",
    "sha256": "VARCHAR",
    "department_code": "VARCHAR",
    "form_code": "VARCHAR",
    "form_version": "VARCHAR",
    "file_name": "VARCHAR",
    "person": "VARCHAR",
    "channel": "VARCHAR",
    "reason": "VARCHAR",
    "is_backdated": "BOOLEAN",
    "requires_approval": "BOOLEAN",
    "rows_read": "INTEGER",
    "rows_accepted": "INTEGER",
    "cells_refused": "INTEGER",
    "warnings": "INTEGER",
    "periods": "VARCHAR",
    "content_sha256": "VARCHAR",
    "confirmation_id": "VARCHAR",
    "target_code": "VARCHAR",
    "evaluation_year": "INTEGER",
    "note": "VARCHAR",
}
REGISTRY_SUFFIXES = {".csv", ".sql", ".yml"}


class UnreadableAsOfError(ValueError):
    """The given as-of is neither a date nor an instant."""


def to_as_of(text: str) -> str:
    """Return `text` as the dbt variable `as_of`: a date as it is, an instant as naive UTC in ISO 8601.

    A date means the end of that day in Asia/Ho_Chi_Minh; an instant without an offset is local there too.
    Raises UnreadableAsOfError with the forms that are understood.
    """
    try:
        if len(text) == 10:
            return date.fromisoformat(text).isoformat()
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise UnreadableAsOfError(
            f"as-of “{text}” is not understood: give a date (2022-03-01) or an instant (2022-03-01T17:00:00+07:00)"
        ) from error
    local = instant if instant.tzinfo else instant.replace(tzinfo=VIETNAM)
    return local.astimezone(UTC).replace(tzinfo=None).isoformat()


def registry_fingerprint(dbt_project: Path) -> str:
    """Return the SHA-256 (hex) over the seeds, models, macros and tests, by path and content."""
    digest = hashlib.sha256()
    files = sorted(
        file
        for folder in ("seeds", "models", "macros", "tests")
        for file in (dbt_project / folder).rglob("*")
        if file.is_file() and file.suffix in REGISTRY_SUFFIXES
    )
    for file in files:
        digest.update(file.relative_to(dbt_project).as_posix().encode())
        digest.update(b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def write_build_inputs(places: Places, warehouse: Path, fingerprint: str) -> int:
    """Write events, registry and statements (.parquet) into `warehouse`; return the ledger's head (0 if empty)."""
    warehouse.mkdir(parents=True, exist_ok=True)
    events = read_events(places.events)
    with duckdb.connect(":memory:") as connection:
        columns = ", ".join(f"{name} {kind}" for name, kind in EVENT_COLUMNS.items())
        connection.execute(f"create table events ({columns})")
        rows = [[_to_cell(event, name) for name in EVENT_COLUMNS] for event in events]
        if rows:
            marks = ", ".join("?" for _ in EVENT_COLUMNS)
            connection.executemany(f"insert into events values ({marks})", rows)  # noqa: S608 - only marks
        _copy(connection, "select * from events order by sequence", warehouse / "events.parquet")
        connection.execute("create table registry (registry_fingerprint varchar)")
        connection.execute("insert into registry values (?)", [fingerprint])
        _copy(connection, "select * from registry", warehouse / "registry.parquet")
    write_statements(places, warehouse / "statements.parquet")
    return max((int(event["sequence"]) for event in events), default=0)


def _to_cell(event: Mapping[str, object], column: str) -> object:
    if column == "happened_at":
        return datetime.fromisoformat(str(event["at"])).astimezone(UTC).replace(tzinfo=None)
    if column == "periods":
        return "; ".join(str(period) for period in cast(list[object], event.get(column) or ())) or None
    return event.get(column)


def _copy(connection: duckdb.DuckDBPyConnection, query: str, target: Path) -> None:
    aside = target.with_suffix(".writing")
    connection.execute(f"copy ({query}) to '{str(aside).replace(chr(39), chr(39) * 2)}' (format parquet)")
    aside.replace(target)
