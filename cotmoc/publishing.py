"""A finished build → the versioned file readers read, and the swap of one symlink.

Readers see the old version or the new one, never neither: the file is written aside, closed, named, and only then
does `current.duckdb` point to it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from cotmoc.places import Places

PUBLISHED_SCHEMAS = ("marts", "registry", "review")


class NothingPublishedError(RuntimeError):
    """There is no published version to read."""


class BuildInfo(NamedTuple):
    """What a built or published file knew."""

    as_of_on: str
    last_complete_year: int
    ledger_sequence: int
    registry_fingerprint: str


def read_only(database: Path) -> duckdb.DuckDBPyConnection:
    """Return a read-only connection without access to other files, its configuration locked."""
    if not database.exists():
        raise NothingPublishedError("nothing is published yet: run `cotmoc build` first")
    return duckdb.connect(
        str(database.resolve()),
        read_only=True,
        config={"enable_external_access": "false", "lock_configuration": "true"},
    )


def build_info(database: Path) -> BuildInfo:
    """Return what the file at `database` knew (marts.mart_build_info, one row)."""
    with read_only(database) as connection:
        row = connection.execute(
            "select cast(as_of_on as varchar), last_complete_year, ledger_sequence, registry_fingerprint"
            " from marts.mart_build_info"
        ).fetchone()
    if row is None:
        raise NothingPublishedError(f"{database.name} carries no build information")
    return BuildInfo(*row)


def published_info(places: Places) -> BuildInfo | None:
    """Return what the published version knew, or None where nothing is published or the file is damaged."""
    try:
        return build_info(places.current)
    except (NothingPublishedError, duckdb.Error):
        return None


def publish_build(places: Places, build_database: Path) -> Path:
    """Copy marts, registry and review of `build_database` into a versioned file, point `current` to it, return it."""
    info = build_info(build_database)
    places.published_versions.mkdir(parents=True, exist_ok=True)
    aside = places.published_versions / f".writing-{os.getpid()}.duckdb"
    aside.unlink(missing_ok=True)
    try:
        _copy_schemas(build_database, aside)
        with aside.open("rb") as written:
            os.fsync(written.fileno())
        version = _free_name(places.published_versions, info)
        aside.rename(version)
    finally:
        aside.unlink(missing_ok=True)
        aside.with_name(aside.name + ".wal").unlink(missing_ok=True)
    _point(places.current, version)
    return version


def _copy_schemas(source: Path, target: Path) -> None:
    # Small blocks: the marts are many short columns, and every version stays for rollback.
    with duckdb.connect(str(target), config={"default_block_size": "16384"}) as connection:
        connection.execute(f"attach '{_quoted(source)}' as built (read_only)")
        tables: list[tuple[Any, ...]] = connection.execute(
            "select table_schema, table_name from information_schema.tables"
            " where table_catalog = 'built' and list_contains(?, table_schema) order by all",
            [list(PUBLISHED_SCHEMAS)],
        ).fetchall()
        for schema in PUBLISHED_SCHEMAS:
            connection.execute(f"create schema {schema}")
        for schema, table in tables:
            connection.execute(
                f'create table "{schema}"."{table}" as from built."{schema}"."{table}" order by all'
            )
        connection.execute("detach built")
        connection.execute("checkpoint")


def _free_name(folder: Path, info: BuildInfo) -> Path:
    stem = f"{info.ledger_sequence:09d}-{info.as_of_on}-{info.registry_fingerprint[:8]}"
    attempt = 1
    while (version := folder / f"{stem}-{attempt}.duckdb").exists():
        attempt += 1
    return version


def _point(link: Path, version: Path) -> None:
    aside = link.with_name(f".{link.name}-{os.getpid()}")
    aside.unlink(missing_ok=True)
    aside.symlink_to(version.relative_to(link.parent))
    aside.replace(link)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
