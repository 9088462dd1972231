"""Rows of a submission + the published marts → what would change, and the figures they are held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cotmoc.registry import Registry
from ingestion.receipts import Change
from ingestion.rows import Row

if TYPE_CHECKING:
    import pandas as pd

_PUBLISHED = """
    select indicator_code, admin_unit_code, coalesce(method_version, ''), period_kind, period_start,
           period_end, unit_of_measure, value
    from marts.mart_observations
    where is_current and list_contains($indicators, indicator_code)
"""
_LAST = """
    select indicator_code, nullif(method_version, '') as method_version, admin_unit_code, period_kind,
           cast(period_end as varchar) as period_end, period_text, unit_of_measure, value
    from marts.mart_observations
    where is_current and value is not null and list_contains($indicators, indicator_code)
"""
_Key = tuple[object, ...]


def published_changes(current: Path, rows: Sequence[Row], registry: Registry) -> list[Change]:
    """Return the rows whose value is not the one published now, in the order of the file.

    `current` may not exist yet: then every figure is new. Values are compared in the unit of the row. A plan is
    never the published figure of its period, so it changes none.
    """
    published = _read_published(current, sorted({row.indicator_code for row in rows}))
    factors = {
        record["unit_of_measure"]: (record["dimension"], float(record["factor"]))
        for record in registry.records("units_of_measure")
    }
    changes = []
    for row in (row for row in rows if row.status_code in registry.actual_statuses):
        before = published.get(row.series)
        previous = None if before is None else _converted(*before, row.unit_of_measure, factors)
        if before is None or previous is None or previous != row.value:
            changes.append(
                Change(
                    row.indicator_code,
                    row.admin_unit_code,
                    row.period_text,
                    previous,
                    row.value,
                    sheet=row.sheet,
                    cell=row.cell,
                    unit_of_measure=row.unit_of_measure,
                )
            )
    return changes


def published_values(current: Path, rows: Sequence[Row]) -> pd.DataFrame | None:
    """Return the figures published now of the indicators of these rows, None when nothing can be read.

    Columns: those of `expectations.last_values.PUBLISHED_COLUMNS`.
    """
    import duckdb

    from cotmoc.publishing import NothingPublishedError, read_only

    try:
        with read_only(current) as connection:
            indicators = sorted({row.indicator_code for row in rows})
            return connection.execute(_LAST, {"indicators": indicators}).df()
    except (NothingPublishedError, duckdb.Error):
        return None


def _read_published(current: Path, indicators: list[str]) -> dict[_Key, tuple[str, float | None]]:
    if not indicators:
        return {}
    import duckdb

    from cotmoc.publishing import NothingPublishedError, read_only

    try:
        with read_only(current) as connection:
            found = connection.execute(_PUBLISHED, {"indicators": indicators}).fetchall()
    except (NothingPublishedError, duckdb.Error):
        # A damaged publication must not keep a department from handing in; `cotmoc doctor` names it.
        return {}
    return {tuple(record[:6]): (record[6], record[7]) for record in found}


def _converted(
    unit: str, value: float | None, wanted: str, factors: Mapping[str, tuple[str, float]]
) -> float | None:
    """Return a value in another unit of its dimension, None when there is no way from one to the other."""
    if value is None or unit == wanted:
        return value
    (dimension, factor), (wanted_dimension, wanted_factor) = factors[unit], factors[wanted]
    return float(f"{value * factor / wanted_factor:.12g}") if dimension == wanted_dimension else None
