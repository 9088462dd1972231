"""Bytes of a readable .xlsx file → an openpyxl workbook that shows the same cells and can do nothing.

Kept: values, how they look, widths, merged and hidden ranges, print titles, other people's comments. Left out is
whatever computes, points outside, or draws; a formula becomes the value it had.
"""

from __future__ import annotations

import io
import math

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.packaging.custom import CustomPropertyList
from openpyxl.styles import Border, PatternFill
from openpyxl.workbook.defined_name import DefinedNameDict
from openpyxl.workbook.protection import DocumentSecurity
from openpyxl.workbook.views import BookView
from openpyxl.worksheet.datavalidation import DataValidationList
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.protection import SheetProtection
from openpyxl.worksheet.scenario import ScenarioList
from openpyxl.worksheet.table import TableList
from openpyxl.worksheet.worksheet import Worksheet

from ingestion.marking.looks import AUTHOR, FILL_COLOURS, RESULT_SHEETS

_MOST_CHARACTERS = 32_767


def to_inert_copy(data: bytes) -> openpyxl.Workbook:
    """Return the worksheets of a file without formulas, links, objects, and marks of an earlier answer."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False, keep_vba=False)
    for chart in book.chartsheets:
        book.remove(chart)
    for name in RESULT_SHEETS:
        if name in book.sheetnames:
            book.remove(book[name])
    book.defined_names = DefinedNameDict()
    book.custom_doc_props = CustomPropertyList()  # type: ignore[attr-defined]  # not in its stubs
    book.security = DocumentSecurity()
    book.views = [BookView()]
    book.loaded_theme = None
    book._pivots = []  # type: ignore[attr-defined]  # not in its stubs
    for sheet in book.worksheets:
        _make_inert(sheet)
    return book


def _make_inert(sheet: Worksheet) -> None:
    sheet.data_validations = DataValidationList()
    sheet.conditional_formatting = ConditionalFormattingList()
    sheet.defined_names = DefinedNameDict()
    sheet.protection = SheetProtection()
    sheet.auto_filter = AutoFilter()
    sheet.scenarios = ScenarioList()
    sheet._tables = TableList()  # type: ignore[attr-defined]  # not in its stubs
    sheet._charts, sheet._images, sheet._pivots = [], [], []  # type: ignore[attr-defined]  # not in its stubs
    sheet.legacy_drawing = None
    sheet.sheet_view.tabSelected = False
    for cell in sheet._cells.values():
        if isinstance(cell, Cell):
            _make_cell_inert(cell)


def _make_cell_inert(cell: Cell) -> None:
    cell._hyperlink = None  # type: ignore[attr-defined]  # not in its stubs
    value = cell._value  # type: ignore[attr-defined]  # not in its stubs
    if cell.data_type == "f" or isinstance(value, str):
        # Text stays text, also text that begins like a formula.
        cell.data_type = "e" if cell.data_type == "e" else "s"
        cell._value = str(value)[:_MOST_CHARACTERS]  # type: ignore[attr-defined]  # not in its stubs
    elif isinstance(value, float) and not math.isfinite(value):
        cell._value, cell.data_type = str(value), "s"  # type: ignore[attr-defined]  # not in its stubs
    if cell.comment is not None and cell.comment.author == AUTHOR:
        cell.comment = None
        if cell.fill.fgColor.rgb in FILL_COLOURS:
            cell.fill, cell.border = PatternFill(), Border()
