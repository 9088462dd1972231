"""Templates over the registered names of these tests, and a person who fills them in."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from ingestion.layouts import Role
from ingestion.normalising.periods import Period
from ingestion.templates.content import Entry, LastFigure, Template
from ingestion.templates.workbook import to_workbook_bytes
from tests.ingestion.registered import VOCABULARIES, standard_form
from tests.ingestion.workbooks import HEADER, SHEET

OFFICE = "cuc_thong_ke"
YEAR_2023 = Period("year", date(2023, 1, 1), date(2023, 12, 31))
YEAR_2024 = Period("year", date(2024, 1, 1), date(2024, 12, 31))
HEADER_ROW = 8
FIRST_ROW = HEADER_ROW + 1

GROWTH: dict[Role, str] = {
    "indicator_code": "grdp_growth",
    "indicator_name": "Tốc độ tăng trưởng GRDP",
    "unit_of_measure": "%",
    "admin_unit_code": "Tỉnh Bắc Kạn",
    "period": "2024",
}
POVERTY: dict[Role, str] = {
    "indicator_code": "poverty_rate",
    "indicator_name": "Tỷ lệ hộ nghèo",
    "method_version": "Chuẩn nghèo đa chiều giai đoạn 2021-2025",
    "unit_of_measure": "%",
    "admin_unit_code": "Tỉnh Bắc Kạn",
    "period": "2024",
}
REVENUE: dict[Role, str] = {
    "indicator_code": "budget_revenue",
    "indicator_name": "Thu ngân sách nhà nước",
    "unit_of_measure": "tỷ đồng",
    "admin_unit_code": "Tỉnh Thái Nguyên (đến 30/6/2025)",
    "period": "2024",
}
LAST = LastFigure(6.35, None, "%", YEAR_2023, "Sơ bộ", "2024")
ENTRIES = (Entry(GROWTH, low=-50, high=100, last=LAST), Entry(POVERTY, low=0, high=100), Entry(REVENUE))
# What an officer writes in the open cells of a row, less the value.
WRITTEN: dict[str, Any] = {
    "Trạng thái số liệu": "Sơ bộ",
    "Cơ quan công bố": "Cơ quan thống kê",
    "Ngày công bố": "31/12/2024",
    "Nguồn": "Niên giám thống kê 2024",
}


def a_template(entries: tuple[Entry, ...] = ENTRIES, period: Period = YEAR_2024) -> Template:
    """Return a template of the standard form for the statistics office."""
    return Template(standard_form(), OFFICE, "Cục Thống kê tỉnh", period, entries)


def template_bytes(template: Template | None = None) -> bytes:
    """Return the workbook of a template."""
    return to_workbook_bytes(template or a_template(), VOCABULARIES)


def form_sheet(book: openpyxl.Workbook) -> Worksheet:
    """Return the sheet of the form."""
    sheet = book[SHEET]
    assert isinstance(sheet, Worksheet)
    return sheet


def filled(data: bytes, rows: Mapping[int, Mapping[str, Any]]) -> bytes:
    """Return a template with cells written, by number of the entry from 0 and column; only open cells may be."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = form_sheet(book)
    for number, cells in rows.items():
        for column, value in cells.items():
            cell = sheet.cell(FIRST_ROW + number, HEADER.index(column) + 1)
            assert not cell.protection.locked
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # as typed into a text cell: "=1" is no formula there
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """Return the bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
