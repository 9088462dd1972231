"""Workbooks for the portal's tests: good, refused, with a warning, hostile."""

from __future__ import annotations

from itertools import count
from typing import Any

from tests.ingestion.workbooks import workbook

_NUMBERS = count(1)


def good(**row: Any) -> bytes:
    """Return a workbook without a flaw that says something no other one says."""
    return workbook({"Nguồn": f"Niên giám thống kê 2024, bảng {next(_NUMBERS)}", **row})


def refused(**row: Any) -> bytes:
    """Return a workbook with two wrong cells: G5 ambiguous, F5 no period."""
    return good(**{"Giá trị": "1.234", "Kỳ": "năm ngoái", **row})


def warned(**row: Any) -> bytes:
    """Return a workbook whose value is hardly believable and not explained."""
    return good(**{"Giá trị": 633, **row})
