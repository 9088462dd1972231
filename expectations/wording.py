"""A finding and the rows it found → problems an officer can read: numbers 1.234,5, dates dd/mm/yyyy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from expectations.answers import Problem, ProblemSeverity
from expectations.checking import Finding

if TYPE_CHECKING:
    import pandas as pd

_SEVERITIES: dict[str, ProblemSeverity] = {"critical": "error", "warning": "warning", "note": "note"}


def to_problems(finding: Finding, frame: pd.DataFrame) -> Iterator[Problem]:
    """Return one problem for each row of the frame that was found, or one for the table."""
    if finding.row_positions is None:
        yield _problem(finding, {}, None)
        return
    for position in finding.row_positions:
        row = {str(name): to_scalar(value) for name, value in frame.iloc[position].items()}
        number = row.get("row_number")
        yield _problem(finding, row, None if number is None else int(number))


def _problem(finding: Finding, row: dict[str, Any], row_number: int | None) -> Problem:
    check = finding.check
    source = check.found or check.column
    found = row.get(source) if row and source else to_scalar(finding.observed)
    words = {name: to_words(row.get(name)) for name in check.placeholders()}
    words |= {
        "found": to_words(found),
        "indicator": to_words(row.get("indicator_name_vi") or row.get("indicator_code")),
    }
    expected = check.expected_vi.format(**words)
    return Problem(
        severity=_SEVERITIES[check.severity],
        rule=check.id,
        row_number=row_number,
        column=check.column,
        found=to_words(found) if isinstance(found, date) else found,
        expected=expected,
        message_vi=check.message_vi.format(**(words | {"expected": expected})),
    )


def to_scalar(value: Any) -> Any:
    """Return the value as a plain Python scalar, None for any kind of missing; a timestamp becomes a date."""
    import pandas as pd

    if value is None or (not isinstance(value, (list, tuple, dict, set)) and pd.isna(value)):
        return None
    if isinstance(value, datetime):
        return value.date()
    return value.item() if hasattr(value, "item") else value


def to_words(value: Any) -> str:
    """Return the value as written in Vietnamese: 1234.5 → 1.234,5; a date → dd/mm/yyyy; None → (trống)."""
    if value is None:
        return "(trống)"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float):
        return f"{value:,.10g}".translate(str.maketrans(",.", ".,"))
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(value)
