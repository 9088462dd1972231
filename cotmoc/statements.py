"""A fresh build → the statement it makes to its readers, kept beside the landed files for the builds that follow.

What was told is a fact like what was received: written once and never changed. Every later build can say which
verdict it tells otherwise, and why (mart_release_diff). Source: the design's rule that marts depend on landing/.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import duckdb
import pandas as pd

from cotmoc.places import Places
from cotmoc.publishing import read_only
from ingestion.files import create_whole

STATEMENT_COLUMNS = {
    "as_of_at": "TIMESTAMP",
    "registry_fingerprint": "VARCHAR",
    "ledger_sequence": "BIGINT",
    "territory_view": "VARCHAR",
    "target_code": "VARCHAR",
    "evaluation_year": "INTEGER",
    "verdict_code": "VARCHAR",
    "actual_value": "DOUBLE",
    "target_definition": "VARCHAR",
    "territory_definition": "VARCHAR",
    "input_year": "INTEGER",
    "figures_text": "VARCHAR",
}


class VerdictChange(NamedTuple):
    """One target and year whose verdict is not the one told before; None where there was or is no row."""

    target_code: str
    evaluation_year: int
    before: str | None
    after: str | None
    cause: str
    cause_vi: str


def keep_statement(places: Places, build_database: Path) -> bool:
    """Keep what the build tells; return False where the same as-of, registry and ledger were told before."""
    places.statements.mkdir(parents=True, exist_ok=True)
    with read_only(build_database) as connection:
        made = connection.table("intermediate.int_statement__made").df()
        told = connection.execute(
            "select as_of_at, registry_fingerprint, ledger_sequence from marts.mart_build_info"
        ).fetchone()
    kept = sorted(places.statements.glob("*.parquet"))
    if told in _told_before(kept):
        return False
    data = _to_parquet(made[list(STATEMENT_COLUMNS)], places.warehouse)
    number = int(kept[-1].stem) + 1 if kept else 1
    while not create_whole(places.statements / f"{number:06d}.parquet", data):
        number += 1
    return True


def write_statements(places: Places, target: Path) -> None:
    """Write one table of all statements kept so far, numbered, for dbt to read; an empty one before the first."""
    aside = target.with_suffix(".writing")
    with duckdb.connect(":memory:") as connection:
        _create(connection, STATEMENT_COLUMNS | {"published_sequence": "INTEGER"})
        for file in sorted(places.statements.glob("*.parquet")):
            # By name: a statement kept before a column was thought of has nothing in it.
            connection.execute(
                "insert into statements by name select *, ?::integer as published_sequence from read_parquet(?)",
                [int(file.stem), str(file)],
            )
        connection.table("statements").order("all").write_parquet(str(aside))
    aside.replace(target)


def write_only_statement(database: Path, target: Path) -> None:
    """Write what one build tells as the only earlier statement, for a build that is held against it."""
    with read_only(database) as built, duckdb.connect(":memory:") as connection:
        made = built.table("intermediate.int_statement__made").df()[list(STATEMENT_COLUMNS)]
        _create(connection, STATEMENT_COLUMNS | {"published_sequence": "INTEGER"})
        connection.register("made", made)
        connection.execute("insert into statements select *, 1 from made")
        connection.table("statements").order("all").write_parquet(str(target))


def verdict_changes(build_database: Path) -> tuple[VerdictChange, ...]:
    """Return the verdicts that the build tells otherwise than the statement before it, as reported, sorted."""
    with read_only(build_database) as connection:
        rows = connection.execute(
            "select target_code, evaluation_year, verdict_before, verdict_after, cause, cause_vi"
            " from marts.mart_release_diff"
            " where is_current_release and is_verdict_changed and territory_view = 'as_reported' order by all"
        ).fetchall()
    return tuple(VerdictChange(*row) for row in rows)


def _told_before(kept: list[Path]) -> set[tuple[object, ...]]:
    if not kept:
        return set()
    with duckdb.connect(":memory:") as connection:
        _create(connection, STATEMENT_COLUMNS)
        for file in kept:
            connection.execute("insert into statements by name select * from read_parquet(?)", [str(file)])
        rows = connection.execute(
            "select distinct as_of_at, registry_fingerprint, ledger_sequence from statements"
        ).fetchall()
    return set(rows)


def _to_parquet(made: pd.DataFrame, folder: Path) -> bytes:
    aside = folder / "statement.writing"
    with duckdb.connect(":memory:") as connection:
        _create(connection, STATEMENT_COLUMNS)
        connection.register("made", made)
        connection.execute("insert into statements select * from made")
        connection.table("statements").order("all").write_parquet(str(aside))
    try:
        return aside.read_bytes()
    finally:
        aside.unlink()


def _create(connection: duckdb.DuckDBPyConnection, columns: Mapping[str, str]) -> None:
    connection.execute(f"create table statements ({', '.join(map(' '.join, columns.items()))})")
