"""The wanted sheets of a workbook are read; every worksheet when none of them is there."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.chart import BarChart

from ingestion.cells import Workbook
from ingestion.reading.sandbox import read_workbook
from ingestion.templates.mark import MARK_SHEET
from tests.ingestion.registered import standard_form

LIMITS = standard_form().layout.limits


def book_of(*names: str) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name in names:
        book.create_sheet(name)["B2"] = name
    book.create_chartsheet("biểu đồ").add_chart(BarChart())
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("there", "read"),
    [
        (["Số liệu", "khác"], ["Số liệu"]),
        (["SỐ  LIỆU", "khác"], ["SỐ  LIỆU"]),
        (["Số liệu", "khác", MARK_SHEET], ["Số liệu", MARK_SHEET]),
        (["khác", "nữa"], ["khác", "nữa"]),
        (["khác", MARK_SHEET], ["khác", MARK_SHEET]),
    ],
)
def test_which_sheets_are_read(there: list[str], read: list[str]) -> None:
    found = read_workbook(book_of(*there), ["Số liệu", MARK_SHEET], LIMITS)
    assert isinstance(found, Workbook)
    assert found.kind == "xlsx"
    assert found.sheet_names == (*there, "biểu đồ")
    assert list(found.sheets) == read
    assert all(found.sheets[name].cells[2, 2].value == name for name in read)
