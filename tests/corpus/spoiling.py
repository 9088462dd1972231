"""Ways to spoil a workbook: cells, sheets beside it, bytes of its parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from tests.ingestion.workbooks import Spoil, sheet_member, with_members

Make = Callable[[], bytes]
Change = Callable[[bytes], bytes]


def at(**cells: Any) -> Spoil:
    """Return what writes cells by their names; text stays text, None empties."""

    def spoil(sheet: Worksheet) -> None:
        for name, value in cells.items():
            sheet[name] = value
            if isinstance(value, str):
                sheet[name].data_type = "s"

    return spoil


def both(*spoils: Spoil) -> Spoil:
    """Return what does all of these, one after the other."""

    def spoil(sheet: Worksheet) -> None:
        for one in spoils:
            one(sheet)

    return spoil


def sheet_beside(title: str, *, state: str = "visible", **cells: Any) -> Spoil:
    """Return what adds another sheet with some cells."""

    def spoil(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        other = sheet.parent.create_sheet(title)
        other.sheet_state = state
        at(**cells)(other)

    return spoil


def shown_as(cell: str, number_format: str) -> Spoil:
    """Return what gives a cell a number format."""

    def spoil(sheet: Worksheet) -> None:
        sheet[cell].number_format = number_format

    return spoil


def in_sheet_xml(make: Make, change: Change) -> Make:
    """Return a maker of the same workbook with the XML of its first sheet changed."""

    def spoilt() -> bytes:
        data = make()
        return with_members(data, {sheet_member(data): change})

    return spoilt


def with_parts(make: Make, **parts: bytes | Change | None) -> Make:
    """Return a maker of the same package with members added, changed or left out."""
    return lambda: with_members(make(), parts)


def instead(old: bytes, new: bytes) -> Change:
    """Return what replaces bytes that are there, once."""

    def change(data: bytes) -> bytes:
        assert old in data, old
        return data.replace(old, new, 1)

    return change
