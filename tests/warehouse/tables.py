"""A published file → its tables as canonical rows: sorted, typed, formatted, comparable for equality."""

from __future__ import annotations

from pathlib import Path

from cotmoc.publishing import read_only

Table = list[tuple[str, ...]]


def canonical_tables(database: Path, schema: str = "marts") -> dict[str, Table]:
    """Return every table of the schema by name: each row as text, column by column, rows sorted."""
    with read_only(database) as connection:
        names = connection.execute(
            "select table_name from information_schema.tables where table_schema = ? order by all", [schema]
        ).fetchall()
        return {
            str(name): sorted(
                tuple(repr(value) for value in row)
                for row in connection.execute(f'select * from {schema}."{name}"').fetchall()
            )
            for (name,) in names
        }


def rows(database: Path, query: str, *values: object) -> list[tuple[object, ...]]:
    """Return the rows of a query on a published file."""
    with read_only(database) as connection:
        return connection.execute(query, list(values)).fetchall()
