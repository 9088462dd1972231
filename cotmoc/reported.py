"""Ledger and landed rows → which due reports have come in, and whether a submission came on time.

The same rule stands in SQL for the marts (int_obligations__reported).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from cotmoc.obligations import DueItem, all_due
from cotmoc.registry import Registry
from cotmoc.succession import line
from ingestion.ledger import Submission

Timeliness = Literal["on_time", "late"]
_STANDING = frozenset({"accepted", "approved"})
_RESULTS = """
    select count(*) from read_parquet($file)
    where
        period_kind = $kind and period_start = $start and period_end = $end
        and list_contains($statuses, status_code)
"""


def report_of(
    item: DueItem, registry: Registry, rows: Path, submissions: Iterable[Submission]
) -> Submission | None:
    """Return the first standing submission that reports the item, by its line of departments; None if none does.

    It comes by any form and has a figure of the period that is no plan. `rows` is the folder of the landed rows.
    """
    if item.form_code is None:
        return None
    departments = line(registry, item.owed_by_code)
    for found in submissions:
        is_theirs = found.state in _STANDING and found.department_code in departments
        if (
            is_theirs
            and item.period_text in found.periods
            and _has_results(rows / f"{found.id}.parquet", item, registry)
        ):
            return found
    return None


def timeliness(registry: Registry, on: date) -> Callable[[Submission], Timeliness | None]:
    """Return a judge of submissions received until a day: by the deadline of the newest owed period each speaks of.

    It answers None for a submission that speaks of no period its departments owe a report for.
    """
    due = all_due(registry, on)

    @cache
    def departments(code: str) -> frozenset[str]:
        return line(registry, code)

    def judge(submission: Submission) -> Timeliness | None:
        spoken_of = [
            item
            for item in due
            if item.form_code is not None
            and item.period_text in submission.periods
            and submission.department_code in departments(item.owed_by_code)
        ]
        if not spoken_of:
            return None
        newest = max(spoken_of, key=lambda item: (item.period_end, item.due_on))
        return "on_time" if newest.is_on_time(submission.received_at) else "late"

    return judge


def _has_results(file: Path, item: DueItem, registry: Registry) -> bool:
    import duckdb

    if not file.is_file():
        return False
    asked = {
        "file": str(file),
        "kind": item.period_kind,
        "start": item.period_start,
        "end": item.period_end,
        "statuses": sorted(registry.actual_statuses),
    }
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        found = connection.execute(_RESULTS, asked).fetchone()
    return bool(found and found[0])
