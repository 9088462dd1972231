"""Rows of cells → workbooks as departments and the statistics office draw them, and what a form reads in them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from cotmoc.registry import Registry
from cotmoc.settings import REPOSITORY
from ingestion.cells import Workbook
from ingestion.layouts import Form, forms_in_force, read_forms
from ingestion.normalising.vocabulary import Vocabularies
from ingestion.parsing import Parsed, parse_form
from ingestion.problems import Problem
from ingestion.reading.sandbox import read_workbook

Cells = Sequence[Sequence[Any]]
TODAY = date(2025, 11, 1)

TITLE: Cells = (
    ("UBND TỈNH THÁI NGUYÊN", None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("SỞ TÀI CHÍNH", None, None, None, "Độc lập - Tự do - Hạnh phúc"),
    ("KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU KINH TẾ - XÃ HỘI NĂM 2025",),
    ("(Kèm theo Báo cáo số 123/BC-STC ngày 15 tháng 10 năm 2025 của Sở Tài chính)",),
)
HEADER: Cells = (
    ("TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2024", "Kế hoạch năm 2025", "Ước thực hiện năm 2025", "Ghi chú"),
)
DATA: Cells = (
    ("1", "Thu ngân sách nhà nước trên địa bàn", "tỷ đồng", 25000.5, 26000, 27000, None),
    ("2", "Tỷ lệ hộ nghèo", "%", "5,20", 4.5, 4.1, None),
)
SOURCE = "Báo cáo số 123/BC-STC ngày 15 tháng 10 năm 2025"


@cache
def vocabularies() -> Vocabularies:
    """Return the shipped registry."""
    return Registry(REPOSITORY / "dbt_project" / "seeds").vocabularies


@cache
def form_of(code: str) -> Form:
    """Return a form in force."""
    return next(form for form in forms_in_force(read_forms(), TODAY) if form.code == code)


def made(
    *parts: Cells,
    merges: Iterable[str] = (),
    spoil: Callable[[Worksheet], None] | None = None,
    sheet: str = "Biểu 1",
) -> bytes:
    """Return a workbook of one sheet with the rows of all parts, one below the other."""
    return made_of({sheet: [row for part in parts for row in part]}, merges=merges, spoil=spoil)


def made_of(
    sheets: Mapping[str, Cells],
    merges: Iterable[str] = (),
    spoil: Callable[[Worksheet], None] | None = None,
) -> bytes:
    """Return a workbook of several sheets; `merges` and `spoil` are for the first."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                if value is not None:
                    sheet.cell(number, column, value)
    for span in merges:
        book.worksheets[0].merge_cells(span)
    if spoil is not None:
        spoil(book.worksheets[0])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def opened(data: bytes) -> Workbook:
    """Return a workbook as the real child process reads it, all sheets of it."""
    names = openpyxl.load_workbook(io.BytesIO(data)).sheetnames
    found = read_workbook(data, names, form_of("so_lieu").layout.limits)
    assert isinstance(found, Workbook), found
    return found


def read_as(form: str | Form, data: bytes | Workbook) -> Parsed:
    """Return what a form reads in a workbook, by the shipped registry."""
    workbook = data if isinstance(data, Workbook) else opened(data)
    return parse_form(workbook, form_of(form) if isinstance(form, str) else form, vocabularies())


def faults(parsed: Parsed) -> list[tuple[str, str | None]]:
    """Return rule and cell of every problem that is not a note."""
    return [(problem.rule, problem.cell) for problem in parsed.problems if problem.severity != "note"]


def note(parsed: Parsed, rule: str) -> Problem:
    """Return the one note of a rule."""
    (found,) = (problem for problem in parsed.problems if problem.rule == rule)
    assert found.severity == "note"
    return found


def said(parsed: Parsed) -> dict[str, tuple[Any, ...]]:
    """Return what was read by value cell: indicator, unit, period, value, status."""
    return {
        row.cell: (row.indicator_code, row.unit_of_measure, row.period_text, row.value, row.status_code)
        for row in parsed.rows
    }
