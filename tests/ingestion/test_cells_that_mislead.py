"""Cells and files that show one thing and hold another → read as shown, or asked about."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet

from ingestion.cells import Workbook
from ingestion.problems import Problem
from ingestion.reading.sandbox import read_workbook
from tests.ingestion.tables import TITLE, Cells, faults, form_of, made, read_as

HEADER: Cells = (("TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2024"),)
ROW: Cells = ((1, "Thu ngân sách nhà nước trên địa bàn", "tỷ đồng", 27_000_000_000),)
SDMX = "STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR,TIME_PERIOD,OBS_VALUE,CONF_STATUS\n"
PX = """AXIS-VERSION="2013";
CODEPAGE="utf-8";
UNITS="%";
STUB="Chỉ tiêu","Tỉnh";
HEADING="Năm";
VALUES("Chỉ tiêu")="Tỷ lệ hộ nghèo";
VALUES("Tỉnh")="Tỉnh Bắc Kạn";
VALUES("Năm")="2022","2023";
"""


def rule_of(data: bytes) -> str | None:
    found = read_workbook(data, ["Số liệu"], form_of("so_lieu").layout.limits)
    return found.rule if isinstance(found, Problem) else None


def shown_as(code: str) -> Callable[[Worksheet], None]:
    def spoil(sheet: Worksheet) -> None:
        sheet["D6"].number_format = code

    return spoil


@pytest.mark.parametrize("code", ["#,##0,", "#,##0.0,,", "[Red]0,;0", '0.0,,,"k"'])
def test_a_number_shown_in_thousands_is_asked_about(code: str) -> None:
    assert faults(read_as("bang_rong", made(TITLE, HEADER, ROW, spoil=shown_as(code)))) == [
        ("number_shown_scaled", "D6")
    ]


@pytest.mark.parametrize("code", ["#,##0", "#,##0.00_);(#,##0.00)", '0.0", tỷ"', "General"])
def test_a_number_shown_whole_is_taken(code: str) -> None:
    assert faults(read_as("bang_rong", made(TITLE, HEADER, ROW, spoil=shown_as(code)))) == []


def raised(text: str, mark: str) -> CellRichText:
    return CellRichText(text, TextBlock(InlineFont(vertAlign="superscript"), mark))


def test_a_raised_number_behind_a_figure_or_a_year_is_a_footnote_mark() -> None:
    def spoil(sheet: Worksheet) -> None:
        sheet["D5"] = raised("Thực hiện năm 2024", "1")
        sheet["D6"] = raised("5,2", "1")

    parsed = read_as("bang_rong", made(TITLE, HEADER, ROW, spoil=spoil))
    assert [(row.period_text, row.value) for row in parsed.rows] == [("2024", 5.2)]


def test_a_raised_two_is_part_of_a_unit() -> None:
    def spoil(sheet: Worksheet) -> None:
        sheet["C6"] = raised("km", "2")

    parsed = read_as("bang_rong", made(TITLE, HEADER, ROW, spoil=spoil))
    assert [row.unit_of_measure for row in parsed.rows] == ["km2"]


def test_a_decimal_comma_that_cuts_a_number_in_two_is_told() -> None:
    header = "TT,Chỉ tiêu,ĐVT,Thực hiện 2024,Kế hoạch 2025,Ghi chú\n"
    assert (
        rule_of(f"KẾT QUẢ\n{header}1,Thu ngân sách,tỷ đồng,25000,5,26000,\n".encode()) == "csv_row_too_long"
    )
    assert rule_of(f'KẾT QUẢ\n{header}1,Thu ngân sách,tỷ đồng,"25000,5",26000,\n'.encode()) is None


@pytest.mark.parametrize(
    ("action", "status", "rule"),
    [
        ("I", "", None),
        ("R", "F", None),
        ("D", "", "sdmx_csv_row_not_published"),
        ("I", "C", "sdmx_csv_row_not_published"),
    ],
)
def test_an_observation_that_is_deleted_or_confidential_is_no_figure(
    action: str, status: str, rule: str | None
) -> None:
    row = f"dataflow,TN:DF(1.0),{action},poverty_rate,2023,5.2,{status}\n"
    assert rule_of((SDMX + row).encode()) == rule


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        ("DATA=\n5.2 4.1;\n", None),
        ('KEYS("Năm")=VALUES;\nDATA=\n"2023" 4.1;\n', "px_damaged"),
    ],
)
def test_names_among_the_figures_of_a_px_file_are_no_figures(data: str, rule: str | None) -> None:
    assert rule_of((PX + data).encode()) == rule


def test_an_underscore_is_no_part_of_a_number() -> None:
    found = read_workbook((PX + "DATA=\n5.2 1_0;\n").encode(), ["PX"], form_of("so_lieu").layout.limits)
    assert isinstance(found, Workbook)
    assert found.sheets["PX"].cells[3, 4].kind == "text"
