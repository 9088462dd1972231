"""Rows of text → workbooks of the form so_lieu, well made or spoilt in one named way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

SHEET = "Số liệu"
HEADER = (
    "Mã chỉ tiêu",
    "Chỉ tiêu",
    "Phương pháp",
    "Đơn vị tính",
    "Đơn vị hành chính",
    "Kỳ",
    "Giá trị",
    "Trạng thái số liệu",
    "Cơ quan công bố",
    "Ngày công bố",
    "Nguồn",
    "Ghi chú",
)
HEADER_ROW = 4
FIRST_ROW = HEADER_ROW + 1

# A row without a flaw, by the registry of tests/ingestion/registered.py and by the shipped one.
GOOD_ROW: dict[str, Any] = {
    "Mã chỉ tiêu": "grdp_growth",
    "Chỉ tiêu": "Tốc độ tăng trưởng GRDP",
    "Phương pháp": None,
    "Đơn vị tính": "%",
    "Đơn vị hành chính": "Tỉnh Bắc Kạn",
    "Kỳ": "2023",
    "Giá trị": 6.33,
    "Trạng thái số liệu": "Sơ bộ",
    "Cơ quan công bố": "Cơ quan thống kê",
    "Ngày công bố": "31/12/2024",
    "Nguồn": "Niên giám thống kê 2024",
    "Ghi chú": None,
}

Spoil = Callable[[Worksheet], None]


def cell_of(column: str, row: int = FIRST_ROW) -> str:
    """Return the name of the cell of a column in a data row."""
    return f"{chr(ord('A') + HEADER.index(column))}{row}"


def workbook(*rows: Mapping[str, Any], spoil: Spoil | None = None) -> bytes:
    """Return a workbook with title rows, the header and a row for each mapping laid over GOOD_ROW."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    sheet["A1"] = "BIỂU SỐ LIỆU"
    sheet["A2"] = "Đơn vị báo cáo: Cục Thống kê tỉnh"
    for column, name in enumerate(HEADER, start=1):
        sheet.cell(HEADER_ROW, column, name)
    for number, row in enumerate(rows or ({},), start=FIRST_ROW):
        for column, name in enumerate(HEADER, start=1):
            sheet.cell(number, column, ({**GOOD_ROW, **row})[name])
    if spoil is not None:
        spoil(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_members(
    data: bytes,
    changed: Mapping[str, bytes | Callable[[bytes], bytes] | None],
    compress: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """Return a package with members added, replaced, changed by a function, or (None) left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", compress) as target:
        for name in source.namelist():
            change = changed.get(name, source.read(name))
            if change is not None:
                target.writestr(name, change(source.read(name)) if callable(change) else change)
        for name, change in changed.items():
            if name not in source.namelist() and isinstance(change, bytes):
                target.writestr(name, change)
    return out.getvalue()


def sheet_member(data: bytes) -> str:
    """Return the member that holds the first worksheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return next(name for name in package.namelist() if name.startswith("xl/worksheets/sheet"))
