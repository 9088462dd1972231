"""A workbook of the standard form → its rows, or every flaw of it at its cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from ingestion.parsing import Parsed
from ingestion.rows import Row, to_content_hash
from tests.ingestion.registered import read_rows
from tests.ingestion.workbooks import FIRST_ROW, HEADER, HEADER_ROW, Spoil, cell_of, workbook


def flaws(parsed: Parsed) -> list[tuple[str, str | None]]:
    return [(problem.rule, problem.cell) for problem in parsed.problems]


def test_a_row_without_a_flaw_is_read_with_its_place() -> None:
    parsed = read_rows(workbook({"Giá trị": "6,30", "Ghi chú": " theo  công văn "}))
    assert flaws(parsed) == []
    assert parsed.rows == (
        Row(
            row_number=FIRST_ROW,
            sheet="Số liệu",
            cell="G5",
            raw_text="6,30",
            indicator_code="grdp_growth",
            method_version=None,
            unit_of_measure="percent",
            admin_unit_code="tinh_bac_kan",
            period_kind="year",
            period_start=date(2023, 1, 1),
            period_end=date(2023, 12, 31),
            period_text="2023",
            value=6.3,
            value_decimals=2,
            missing_code=None,
            qualifier=None,
            status_code="preliminary",
            source_authority_code="statistics_office",
            published_on=date(2024, 12, 31),
            published_precision="day",
            published_text="31/12/2024",
            source="Niên giám thống kê 2024",
            note="theo công văn",
        ),
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"Kỳ": 2023}, {"period_kind": "year", "period_end": date(2023, 12, 31)}),
        (
            {"Ngày công bố": date(2024, 5, 3)},
            {"published_on": date(2024, 5, 3), "published_precision": "day"},
        ),
        ({"Ngày công bố": "quý IV/2024"}, {"published_precision": "quarter"}),
        ({"Ngày công bố": 2024}, {"published_precision": "year", "published_text": "2024"}),
        ({"Giá trị": "…"}, {"value": None, "missing_code": "not_collected", "value_decimals": None}),
        ({"Giá trị": "trên 7,5"}, {"value": 7.5, "qualifier": ">"}),
        ({"Giá trị": "7,5%"}, {"value": 7.5, "raw_text": "7,5%"}),
        ({"Giá trị": 0}, {"value": 0.0, "missing_code": None, "raw_text": "0"}),
        ({"Trạng thái số liệu": "official"}, {"status_code": "official"}),
        ({"Nguồn": "=HYPERLINK"}, {"source": "=HYPERLINK"}),
        ({"Nguồn": "@SUM(1)"}, {"source": "@SUM(1)"}),
        ({"Nguồn": "{{ var.value.secret }}'; drop table"}, {"source": "{{ var.value.secret }}'; drop table"}),
        (
            {"Mã chỉ tiêu": "poverty_rate", "Chỉ tiêu": None, "Phương pháp": "ndc_2021_2025"},
            {"method_version": "ndc_2021_2025"},
        ),
    ],
)
def test_a_cell_is_read_by_its_meaning(given: dict[str, Any], expected: dict[str, Any]) -> None:
    def as_text(sheet: Worksheet) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.data_type = "s"

    parsed = read_rows(workbook(given, spoil=as_text))
    assert flaws(parsed) == []
    assert {name: getattr(parsed.rows[0], name) for name in expected} == expected


def test_a_typed_month_that_excel_made_a_date_stays_a_month() -> None:
    def show_month(sheet: Worksheet) -> None:
        sheet[cell_of("Ngày công bố")].number_format = "mmm-yy"

    parsed = read_rows(workbook({"Ngày công bố": date(2024, 12, 1)}, spoil=show_month))
    assert (parsed.rows[0].published_precision, parsed.rows[0].published_on) == ("month", date(2024, 12, 31))


@pytest.mark.parametrize(
    ("column", "typed", "rule"),
    [
        ("Mã chỉ tiêu", None, "required_blank"),
        ("Mã chỉ tiêu", "gdp", "term_unknown"),
        ("Mã chỉ tiêu", "Tỷ lệ hộ nghèo", "term_unknown"),
        ("Chỉ tiêu", "Tỷ lệ hộ nghèo", "indicator_name_contradicts_code"),
        ("Phương pháp", "ndc_2021_2025", "term_unknown"),
        ("Đơn vị tính", "triệu", "term_unknown"),
        ("Đơn vị hành chính", "Xã Tân Thành", "term_ambiguous"),
        ("Đơn vị hành chính", None, "required_blank"),
        ("Kỳ", "năm ngoái", "period_unreadable"),
        ("Kỳ", date(2024, 1, 1), "period_is_date"),
        ("Giá trị", None, "value_blank"),
        ("Giá trị", "1.234", "number_ambiguous"),
        ("Giá trị", "1,234.5", "number_convention"),
        ("Giá trị", "N/A", "number_unreadable"),
        ("Giá trị", "NaN", "number_not_finite"),
        ("Giá trị", True, "number_is_boolean"),
        ("Giá trị", date(2024, 5, 1), "number_is_date"),
        ("Giá trị", "=1+1", "formula_without_value"),
        ("Giá trị", "#DIV/0!", "cell_error"),
        ("Nguồn", "#REF!", "cell_error"),
        ("Trạng thái số liệu", "chính thưc", "term_unknown"),
        ("Cơ quan công bố", "Đài", "term_unknown"),
        ("Ngày công bố", "20/7", "publication_date_without_year"),
        ("Ngày công bố", 45000, "publication_date_unreadable"),
        ("Nguồn", None, "required_blank"),
        ("Nguồn", " \u00a0", "required_blank"),
    ],
)
def test_a_flawed_cell_is_named_with_its_rule(column: str, typed: Any, rule: str) -> None:
    parsed = read_rows(workbook({}, {column: typed}))
    assert flaws(parsed) == [(rule, cell_of(column, FIRST_ROW + 1))]
    problem = parsed.problems[0]
    assert problem.sheet == "Số liệu"
    assert problem.message_vi.startswith(f"Ô {problem.cell}: ")
    assert problem.expected
    assert len(parsed.rows) == 1


def test_a_percent_sign_contradicts_another_unit() -> None:
    row = {"Mã chỉ tiêu": "budget_revenue", "Chỉ tiêu": None, "Đơn vị tính": "tỷ đồng", "Giá trị": "12%"}
    assert flaws(read_rows(workbook(row))) == [("percent_sign_without_percent_unit", "G5")]


def test_a_cell_formatted_as_percent_asks_for_the_plain_number() -> None:
    def show_percent(sheet: Worksheet) -> None:
        sheet["G5"].number_format = "0.00%"

    parsed = read_rows(workbook({"Giá trị": 0.075}, spoil=show_percent))
    assert flaws(parsed) == [("number_shown_as_percent", "G5")]
    assert "7,5" in parsed.problems[0].message_vi


BUDGET = {"Mã chỉ tiêu": "budget_revenue", "Chỉ tiêu": None, "Đơn vị tính": "tỷ đồng"}
POVERTY_FALL = {"Mã chỉ tiêu": "poverty_fall", "Chỉ tiêu": None, "Đơn vị tính": "điểm %"}


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ({"Giá trị": "ước 6,3", "Trạng thái số liệu": "Chính thức"}, "number_contradicts_status"),
        (BUDGET | {"Giá trị": "giảm 5"}, "number_direction_without_percent"),
        (BUDGET | {"Giá trị": "20 triệu USD"}, "number_in_other_unit"),
        (POVERTY_FALL | {"Giá trị": "giảm 2"}, "number_direction_unclear"),
        (POVERTY_FALL | {"Giá trị": "2%"}, "percent_sign_without_percent_unit"),
        ({"Giá trị": "1-1,5"}, "number_is_range"),
        ({"Giá trị": "l2,5"}, "number_has_letters"),
    ],
)
def test_a_figure_that_contradicts_its_row_asks_at_the_value(row: dict[str, Any], rule: str) -> None:
    parsed = read_rows(workbook(row))
    assert flaws(parsed) == [(rule, "G5")]
    assert "{" not in parsed.problems[0].message_vi + parsed.problems[0].expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"Giá trị": "ước 6,3", "Trạng thái số liệu": "ước"}, {"value": 6.3, "status_code": "estimate"}),
        ({"Giá trị": "giảm 2,1%"}, {"value": -2.1}),
        (BUDGET | {"Giá trị": "9.384 tỷ 594 triệu"}, {"value": 9384.594, "value_decimals": 3}),
        (POVERTY_FALL | {"Giá trị": "1,5 điểm %"}, {"value": 1.5}),
        ({"Trạng thái số liệu": "Ước tính lần 2"}, {"status_code": "estimate"}),
    ],
)
def test_a_figure_in_words_is_read(row: dict[str, Any], expected: dict[str, Any]) -> None:
    parsed = read_rows(workbook(row))
    assert flaws(parsed) == []
    assert {name: getattr(parsed.rows[0], name) for name in expected} == expected


def test_of_two_readings_the_usual_one_is_named_and_still_asked_for() -> None:
    (problem,) = read_rows(workbook({"Giá trị": "7.123"})).problems
    assert problem.rule == "number_ambiguous"
    assert "7123 hay 7,1230" in problem.message_vi
    assert "Chỉ 7,1230 nằm trong khoảng thường gặp" in problem.message_vi


def test_a_budget_year_is_its_year_and_a_note_says_so() -> None:
    parsed = read_rows(workbook({"Kỳ": "năm 2023 (quyết toán đến 31/01/2024)"}))
    assert [(problem.severity, problem.rule) for problem in parsed.problems] == [
        ("note", "period_settled_later")
    ]
    assert [row.period_text for row in parsed.rows] == ["2023"]


@pytest.mark.parametrize(
    ("column", "typed", "rule", "said"),
    [
        ("Kỳ", "6 tháng đầu năm", "period_without_year", "không có năm"),
        ("Kỳ", "giai đoạn 2021-2025", "period_of_several_years", "số từng năm"),
        ("Kỳ", "3/2024 (10/02-14/03)", "period_days_do_not_fit", "lịch báo cáo hành chính"),
        ("Kỳ", 45000, "period_is_serial", "số thứ tự"),
        ("Ngày công bố", "31/12/24", "publication_date_year_short", "31/12/2024"),
        ("Ngày công bố", "12/31/2024", "publication_date_impossible", "31/12/2024"),
    ],
)
def test_a_date_that_lacks_something_is_told_what_it_lacks(
    column: str, typed: Any, rule: str, said: str
) -> None:
    (problem,) = read_rows(workbook({column: typed})).problems
    assert (problem.rule, problem.cell) == (rule, cell_of(column))
    assert said in problem.message_vi


def test_all_errors_of_a_file_are_told_not_the_first() -> None:
    parsed = read_rows(workbook({"Giá trị": "1.234", "Kỳ": "?"}, {"Nguồn": None}, {}))
    assert flaws(parsed) == [
        ("period_unreadable", "F5"),
        ("number_ambiguous", "G5"),
        ("required_blank", "K6"),
    ]
    assert len(parsed.rows) == 1


def test_title_rows_column_order_and_blank_rows_do_not_matter() -> None:
    def rearrange(sheet: Worksheet) -> None:
        sheet.insert_rows(FIRST_ROW + 1)
        sheet.insert_rows(1, amount=7)
        sheet.insert_cols(1)
        for row in range(HEADER_ROW + 7, FIRST_ROW + 11):
            sheet.cell(row, 14, sheet.cell(row, 2).value)
            sheet.cell(row, 2).value = None
        sheet.cell(HEADER_ROW + 7, 14, "  mã CHỈ tiêu ")

    parsed = read_rows(workbook({}, {"Kỳ": "2022"}, spoil=rearrange))
    assert flaws(parsed) == []
    assert [(row.cell, row.period_text) for row in parsed.rows] == [("H12", "2023"), ("H14", "2022")]


def change(cell: str, value: Any) -> Spoil:
    def spoil(sheet: Worksheet) -> None:
        sheet[cell] = value

    return spoil


def merge(sheet: Worksheet) -> None:
    sheet.merge_cells("E5:E6")


def hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[6].hidden = True


def hide_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["D"].hidden = True


def hide_sheet(sheet: Worksheet) -> None:
    assert sheet.parent is not None
    sheet.parent.create_sheet("Hướng dẫn")
    sheet.sheet_state = "hidden"


def repeat_header(sheet: Worksheet) -> None:
    for column, name in enumerate(HEADER, start=1):
        sheet.cell(9, column, name)


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (change("L4", None), ("column_missing", None)),
        (change("L4", "Ghi chú thêm"), ("column_unknown", "L4")),
        (change("M4", "Cột lạ"), ("column_unknown", "M4")),
        (change("M4", "Kỳ"), ("column_twice", "M4")),
        (change("N6", "bên ngoài"), ("outside_table", "N6")),
        (merge, ("cells_merged", "E5")),
        (hide_row, ("row_hidden", "A6")),
        (hide_column, ("column_hidden", "D4")),
        (hide_sheet, ("sheet_hidden", None)),
        (repeat_header, ("header_repeated", "A9")),
        (lambda sheet: setattr(sheet, "title", "Sheet1"), ("sheet_missing", None)),
        (lambda sheet: sheet.delete_rows(HEADER_ROW), ("header_not_found", None)),
        (lambda sheet: sheet.delete_rows(FIRST_ROW, 5), ("no_rows", None)),
    ],
)
def test_a_flaw_of_the_shape_is_named(spoil: Callable[[Worksheet], None], expected: tuple[str, str]) -> None:
    assert expected in flaws(read_rows(workbook({}, {}, spoil=spoil)))


def test_an_unknown_column_names_the_known_ones() -> None:
    parsed = read_rows(workbook({}, spoil=change("L4", "Diễn giải")))
    unknown = next(problem for problem in parsed.problems if problem.rule == "column_unknown")
    assert unknown.found == "Diễn giải"
    assert all(name in unknown.expected for name in HEADER)


def test_the_content_hash_is_of_what_is_said_not_of_where_it_stands() -> None:
    one = read_rows(workbook({}, {"Kỳ": "2022", "Giá trị": 5.88})).rows
    other = read_rows(workbook({"Kỳ": " năm 2022", "Giá trị": 5.88}, {})).rows
    changed = read_rows(workbook({}, {"Kỳ": "2022", "Giá trị": 5.89})).rows
    assert to_content_hash(one) == to_content_hash(other)
    assert to_content_hash(one) != to_content_hash(changed)
