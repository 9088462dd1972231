"""The published version and a fresh build → the verdicts that change between them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import duckdb

from cotmoc.publishing import NothingPublishedError, read_only


class VerdictChange(NamedTuple):
    """One target and year whose verdict is not the same before and after; None where the row did not exist."""

    target_code: str
    evaluation_year: int
    before: str | None
    after: str | None


def verdict_changes(published: Path, built: Path) -> tuple[VerdictChange, ...]:
    """Return the changed verdicts, sorted; empty where nothing was published before."""
    try:
        before = _verdicts(published)
    except (NothingPublishedError, duckdb.Error):
        return ()
    after = _verdicts(built)
    return tuple(
        VerdictChange(target, year, before.get((target, year)), after.get((target, year)))
        for target, year in sorted(before.keys() | after.keys())
        if before.get((target, year)) != after.get((target, year))
    )


def _verdicts(database: Path) -> dict[tuple[str, int], str]:
    with read_only(database) as connection:
        rows = connection.execute(
            "select target_code, evaluation_year, verdict_code from marts.mart_target_status"
            " where territory_view = 'as_reported'"
        ).fetchall()
    return {(target, year): verdict for target, year, verdict in rows}
