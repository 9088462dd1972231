"""A bad or awkward file and the one answer it gets: its state, every problem at its cell, and what was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from tests.ingestion.workbooks import SHEET, workbook

State = Literal["accepted", "waiting", "refused", "duplicate"]
Severity = Literal["error", "warning", "note"]
Values = Mapping[str, Any]

OFFICE = "cuc_thong_ke"
FINANCE = "so_tai_chinh"


class Found(NamedTuple):
    """One problem of a receipt: nothing of it may differ."""

    severity: Severity
    rule: str
    sheet: str | None
    cell: str | None
    found: str | None


class Earlier(NamedTuple):
    """A file that was handed in before, by whom and for which department."""

    make: Callable[[], bytes]
    department: str = OFFICE


@dataclass(frozen=True)
class Case:
    """One file of the corpus, named for its defect in words."""

    name: str
    make: Callable[[], bytes]
    state: State
    problems: tuple[Found, ...] = ()
    # What the rows that could be read say, in order: for each the columns that the case is about.
    rows: tuple[Values, ...] | None = None
    covers: tuple[str, ...] = ()
    file_name: str = "bieu.xlsx"
    shown_name: str | None = None
    department: str = OFFICE
    earlier: tuple[Earlier, ...] = ()


# The day every case of the corpus is handed in, and was handed in before.
RECEIVED_ON = date(2025, 10, 15)


def error(rule: str, cell: str | None, found: str | None = None, sheet: str | None = SHEET) -> Found:
    """Return an error at a cell of the sheet."""
    return Found("error", rule, sheet, cell, found)


def warning(rule: str, cell: str | None, found: str | None = None, sheet: str | None = SHEET) -> Found:
    """Return a warning at a cell of the sheet."""
    return Found("warning", rule, sheet, cell, found)


def note(rule: str, cell: str | None, found: str | None = None, sheet: str | None = SHEET) -> Found:
    """Return a note at a cell of the sheet."""
    return Found("note", rule, sheet, cell, found)


def of_file(rule: str, found: str | None = None) -> Found:
    """Return an error of the whole file."""
    return Found("error", rule, None, None, found)


def accepted(
    name: str, make: Callable[[], bytes], *rows: Values, covers: tuple[str, ...], **more: Any
) -> Case:
    """Return a case that is taken in with exactly these rows; `problems` are notes or justified warnings."""
    return Case(name, make, "accepted", rows=rows, covers=covers, **more)


def waiting(
    name: str, make: Callable[[], bytes], *problems: Found, covers: tuple[str, ...], **more: Any
) -> Case:
    """Return a case that waits for a justification of its warnings."""
    return Case(name, make, "waiting", problems, covers=covers, **more)


def refused(
    name: str, make: Callable[[], bytes], *problems: Found, covers: tuple[str, ...], **more: Any
) -> Case:
    """Return a case that is refused for exactly these problems."""
    return Case(name, make, "refused", problems, covers=covers, **more)


def form(*rows: Values, spoil: Callable[[Any], None] | None = None) -> Callable[[], bytes]:
    """Return a maker of a workbook of the standard form, each row laid over a row without a flaw."""
    return lambda: workbook(*rows, spoil=spoil)
