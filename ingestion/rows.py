"""The row that lands: its columns and types, and the hash of what a set of rows says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from ingestion.layouts import Role


@dataclass(frozen=True)
class Row:
    """One figure of a submission with the place it was read from; None where nothing was written."""

    row_number: int
    sheet: str
    cell: str
    raw_text: str
    indicator_code: str
    method_version: str | None
    unit_of_measure: str
    admin_unit_code: str
    period_kind: str
    period_start: date
    period_end: date
    period_text: str
    value: float | None
    value_decimals: int | None
    missing_code: str | None
    qualifier: str | None
    status_code: str
    source_authority_code: str
    published_on: date
    published_precision: str
    published_text: str
    source: str
    note: str | None

    @property
    def series(self) -> tuple[str, str, str, str, date, date]:
        """Return what the figure is of: indicator, unit, method ("" without one), kind and days of its period."""
        return (
            self.indicator_code,
            self.admin_unit_code,
            self.method_version or "",
            self.period_kind,
            self.period_start,
            self.period_end,
        )


# Column of a landed row → its type in Parquet. The order is the order of the file.
PARQUET_TYPES: dict[str, str] = {
    "submission_id": "VARCHAR",
    "row_number": "INTEGER",
    "sheet": "VARCHAR",
    "cell": "VARCHAR",
    "raw_text": "VARCHAR",
    "indicator_code": "VARCHAR",
    "method_version": "VARCHAR",
    "unit_of_measure": "VARCHAR",
    "admin_unit_code": "VARCHAR",
    "period_kind": "VARCHAR",
    "period_start": "DATE",
    "period_end": "DATE",
    "period_text": "VARCHAR",
    "value": "DOUBLE",
    "value_decimals": "INTEGER",
    "missing_code": "VARCHAR",
    "qualifier": "VARCHAR",
    "status_code": "VARCHAR",
    "source_authority_code": "VARCHAR",
    "published_on": "DATE",
    "published_precision": "VARCHAR",
    "published_text": "VARCHAR",
    "source": "VARCHAR",
    "note": "VARCHAR",
}

# Column of a landed row → the column of the form it was read from.
ROLE_OF_COLUMN: dict[str, Role] = {
    "indicator_code": "indicator_code",
    "method_version": "method_version",
    "unit_of_measure": "unit_of_measure",
    "admin_unit_code": "admin_unit_code",
    "period_kind": "period",
    "period_start": "period",
    "period_end": "period",
    "period_text": "period",
    "value": "value",
    "value_decimals": "value",
    "missing_code": "value",
    "qualifier": "value",
    "raw_text": "value",
    "status_code": "status_code",
    "source_authority_code": "source_authority_code",
    "published_on": "published_on",
    "published_precision": "published_on",
    "published_text": "published_on",
    "source": "source",
    "note": "note",
}

_WHERE_IT_STOOD = {"row_number", "sheet", "cell", "raw_text"}
_COLUMNS = tuple(field.name for field in fields(Row))


def to_record(row: Row) -> dict[str, Any]:
    """Return a row as column → value, in the order of the Parquet file, without the submission."""
    return {name: getattr(row, name) for name in _COLUMNS}


def to_content_hash(rows: Iterable[Row]) -> str:
    """Return the SHA-256 of what the rows say, whatever file, order or cell they stood in."""
    said = sorted(
        json.dumps(
            {name: value for name, value in to_record(row).items() if name not in _WHERE_IT_STOOD},
            ensure_ascii=True,
            sort_keys=True,
            default=str,
        )
        for row in rows
    )
    return hashlib.sha256("\n".join(said).encode("ascii")).hexdigest()
