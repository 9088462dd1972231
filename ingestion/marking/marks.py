"""Findings → the cells they are about, coloured, framed, uncovered if they were hidden, and commented."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from ingestion.cells import to_position
from ingestion.marking.answer import Finding
from ingestion.marking.looks import AUTHOR, FRAMES, SEVERITY_FILLS
from ingestion.receipts import SEVERITY_NAMES

# A comment box, in pixels: about this many characters a line in the font that Excel gives comments.
_WIDTH = 340
_CHARACTERS_A_LINE = 46
_LINE_HEIGHT = 18
_MOST_CHARACTERS = 1_500


def mark_cells(book: Workbook, findings: Sequence[Finding]) -> None:
    """Mark every cell of the workbook that a finding names; several findings of a cell share its comment."""
    by_cell: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.sheet in book.sheetnames:
            book[finding.sheet].sheet_state = "visible"
            if finding.cell is not None:
                by_cell[finding.sheet, finding.cell].append(finding)
    for (sheet, name), found in by_cell.items():
        cell = anchor(book[sheet], name)
        # Findings come in the order of severity: the first is the gravest.
        cell.fill, cell.border = SEVERITY_FILLS[found[0].severity], FRAMES[found[0].severity]
        cell.comment = _to_comment(found, cell.comment)
        _uncover(book[sheet], cell)


def anchor(sheet: Worksheet, name: str) -> Cell:
    """Return the cell that shows what stands at a place: of a merged range the first one."""
    row, column = to_position(name)
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        merged = next(found for found in sheet.merged_cells.ranges if name in found)
        cell = sheet.cell(merged.min_row, merged.min_col)
    assert isinstance(cell, Cell)  # noqa: S101 - the first cell of a merged range is an ordinary one
    return cell


def _to_comment(found: Sequence[Finding], earlier: Comment | None) -> Comment:
    parts = [
        f"{AUTHOR} – {SEVERITY_NAMES[finding.severity]}\n{finding.message}\nCần có: {finding.expected}"
        for finding in found
    ]
    if earlier is not None:
        parts.append(f"Chú thích có sẵn ({earlier.author}):\n{earlier.text}")
    text = "\n\n".join(parts)
    if len(text) > _MOST_CHARACTERS:
        text = text[: _MOST_CHARACTERS - 1] + "…"
    lines = sum(max(1, math.ceil(len(line) / _CHARACTERS_A_LINE)) for line in text.splitlines())
    return Comment(text, AUTHOR, height=_LINE_HEIGHT * (lines + 1), width=_WIDTH)


def _uncover(sheet: Worksheet, cell: Cell) -> None:
    if cell.row in sheet.row_dimensions:
        sheet.row_dimensions[cell.row].hidden = False
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and (dimension.min or 0) <= cell.column <= (dimension.max or 0):
            dimension.hidden = False
