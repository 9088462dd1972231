"""The cells of a file that is no .xlsx → an openpyxl workbook with the same cells at the same places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ingestion.marking.looks import RESULT_SHEETS, write_text
from ingestion.reading.sheets import RawSheet

_FONT = Font("Times New Roman", size=11)
_TEXT = Alignment(vertical="top", wrap_text=True)
_WIDTHS = (8, 45)
_NUMBER_FORMATS = {"percent": "0.00%", "date": "dd/mm/yyyy", "month": "mm/yyyy"}
_MOST_MERGES = 10_000


def to_table_copy(sheets: Iterable[RawSheet]) -> openpyxl.Workbook:
    """Return a workbook that shows what was read: values, merged and hidden ranges; formulas are their values."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for raw in sheets:
        if raw.name not in RESULT_SHEETS:
            _write_sheet(book.create_sheet(raw.name), raw)
    return book


def _write_sheet(sheet: Worksheet, raw: RawSheet) -> None:
    widths: dict[int, int] = {}
    for row, column, kind, value in raw.cells:
        _write_cell(sheet, row, column, kind, value)
        longest = max(map(len, str(value).splitlines()), default=0)
        widths[column] = max(widths.get(column, 0), longest + 2)
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = min(max(width, _WIDTHS[0]), _WIDTHS[1])
    for top, left, bottom, right in raw.merges[:_MOST_MERGES]:
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    for row in raw.hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for column in raw.hidden_columns:
        if column in widths:
            dimension = sheet.column_dimensions[get_column_letter(column)]
            dimension.min = dimension.max = column
            dimension.hidden = True
    sheet.sheet_state = "hidden" if raw.is_hidden else "visible"
    sheet.page_setup.paperSize = int(Worksheet.PAPERSIZE_A4)
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_options.gridLines = True


def _write_cell(sheet: Worksheet, row: int, column: int, kind: str, value: str | bool) -> None:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 - nothing is merged yet
    cell.font = _FONT
    if kind in ("number", "percent", "scaled"):
        number = float(str(value))
        if number - number == 0:
            cell.value = number
        else:
            write_text(cell, str(value))
    elif kind in ("date", "month"):
        try:
            cell.value = datetime.fromisoformat(str(value))
        except ValueError:
            write_text(cell, str(value))
    elif kind == "boolean":
        cell.value = bool(value)
    elif kind == "error":
        cell.value, cell.data_type = str(value), "e"
    elif kind != "uncalculated":
        write_text(cell, str(value))
        cell.alignment = _TEXT
    if kind in _NUMBER_FORMATS:
        cell.number_format = _NUMBER_FORMATS[kind]
