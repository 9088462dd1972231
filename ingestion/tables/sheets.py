"""Sheets and the two steps of a family → the tables of all sheets that have one, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from ingestion.cells import Sheet
from ingestion.problems import Problem
from ingestion.tables.grid import Rows, rows_of
from ingestion.tables.rows import Table
from ingestion.tables.shape import sheets_without_table

_Header = TypeVar("_Header")


class Reading(Protocol):
    """Reads the one table of a sheet; its problems and notes are whole when it has been read."""

    problems: list[Problem]

    def read(self) -> Table:
        """Return the figures."""
        ...


def read_each(
    sheets: Iterable[Sheet],
    find_header: Callable[[Sheet, Rows], _Header | None],
    under: Callable[[Sheet, Rows, _Header], Reading],
) -> tuple[list[Table], list[Problem]]:
    """Return the tables of the sheets with a header, and all problems; a note names the sheets without one."""
    tables: list[Table] = []
    problems: list[Problem] = []
    without: list[str] = []
    for sheet in sheets:
        rows = rows_of(sheet)
        header = find_header(sheet, rows)
        if header is None:
            without += [sheet.name] if rows else []
            continue
        reading = under(sheet, rows, header)
        tables.append(reading.read())
        problems += reading.problems
    return tables, problems + list(sheets_without_table(without))
