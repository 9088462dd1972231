"""Bytes + what was decided → the marked copy by the real child process, opened again."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from ingestion.marking.composing import to_answer
from ingestion.marking.looks import FIGURES_SHEET, FILL_COLOURS, RESULT_SHEET
from ingestion.marking.sandbox import mark_copy
from ingestion.problems import Problem
from ingestion.reading.sandbox import ProcessLimits
from ingestion.receipts import Change, Receipt
from tests.ingestion.registered import VOCABULARIES, read_rows, standard_form

_FRAMES = ("medium", "mediumDashed", "dotted")
# With margin: other tests run beside.
_LIMITS = ProcessLimits(cpu_seconds=120, wall_seconds=300.0)


def receipt_of(
    problems: Sequence[Problem],
    changes: Sequence[Change] = (),
    state: Any = "refused",
    name: str = "bieu.xlsx",
) -> Receipt:
    """Return a receipt about a file."""
    return Receipt("20250105-0", state, name, "0" * 64, "x", "so_lieu", problems=problems, changes=changes)


def marked(
    data: bytes | None, receipt: Receipt | None = None, process: ProcessLimits = _LIMITS
) -> bytes | None:
    """Return the marked copy of a file, by default with the problems that reading it finds."""
    if receipt is None:
        receipt = receipt_of(read_rows(data or b"").problems)
    form = standard_form()
    answer = to_answer(receipt, VOCABULARIES, "Cục Thống kê tỉnh", date(2025, 1, 5))
    return mark_copy(data, answer, [form.layout.sheet], form.layout.limits, process)


def opened(made: bytes | None) -> openpyxl.Workbook:
    """Return a made workbook as another program reads it."""
    assert made is not None
    return openpyxl.load_workbook(io.BytesIO(made))


def sentences(book: openpyxl.Workbook, sheet: str = RESULT_SHEET) -> str:
    """Return all text of a result sheet, a row a line."""
    rows = book[sheet].iter_rows(values_only=True)
    return "\n".join(" | ".join(str(value) for value in row if value is not None) for row in rows)


def marked_cells(sheet: Worksheet) -> set[str]:
    """Return the cells that are coloured as a problem, framed, and commented by us: all three or none."""
    found = set()
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, MergedCell):
                continue
            is_coloured = cell.fill.fgColor.rgb in FILL_COLOURS
            is_commented = cell.comment is not None and cell.comment.author == "Cột Mốc"
            is_framed = cell.border.left is not None and cell.border.left.style in _FRAMES
            assert is_coloured == is_commented == is_framed, cell.coordinate
            if is_coloured:
                found.add(cell.coordinate)
    return found


def links(book: openpyxl.Workbook) -> list[str]:
    """Return where the links of the result sheets lead, `sheet!cell`; every one must lead to a cell in sight."""
    places = []
    for name in (RESULT_SHEET, FIGURES_SHEET):
        for row in book[name].iter_rows() if name in book.sheetnames else ():
            for cell in row:
                if cell.hyperlink is None:
                    continue
                assert cell.hyperlink.target is None, "a link out of the workbook"
                found = re.fullmatch(r"'((?:[^']|'')+)'!([A-Z]+)(\d+)", cell.hyperlink.location or "")
                assert found, cell.hyperlink.location
                sheet, column, number = found[1].replace("''", "'"), found[2], int(found[3])
                assert book[sheet].sheet_state == "visible"
                assert not book[sheet].row_dimensions[number].hidden
                assert not book[sheet].column_dimensions[column].hidden
                places.append(f"{sheet}!{column}{number}")
    return places


def assert_inert(made: bytes | None) -> None:
    """Assert that a package computes nothing, leads nowhere outside, and holds no objects."""
    assert made is not None
    allowed = re.compile(
        r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/(workbook|styles|sharedStrings)\.xml"
        r"|xl/_rels/workbook\.xml\.rels|xl/theme/theme1\.xml|xl/worksheets/(_rels/)?sheet\d+\.xml(\.rels)?"
        r"|xl/comments/comment\d+\.xml|xl/drawings/commentsDrawing\d+\.vml"
    )
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        for name in package.namelist():
            assert allowed.fullmatch(name), name
            content = package.read(name).decode("utf-8")
            for active in (
                "<f>",
                "<f ",
                "TargetMode",
                "<dataValidation",
                "<conditionalFormatting",
                "ddeLink",
            ):
                assert active not in content, (name, active)
            names = re.findall(r'<definedName[^>]* name="([^"]+)"|<definedName name="([^"]+)"', content)
            assert {one or other for one, other in names} <= {"_xlnm.Print_Titles", "_xlnm.Print_Area"}


def comment_heights(made: bytes | None) -> list[int]:
    """Return the height in pixels of every comment box of a package."""
    assert made is not None
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        shapes = [package.read(name).decode("utf-8") for name in package.namelist() if name.endswith(".vml")]
    return [int(height) for shape in shapes for height in re.findall(r"height:(\d+)px", shape)]
