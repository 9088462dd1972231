"""A department's table as people draw it → its figures, each with its cell; or every flaw of it."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from ingestion.rows import Row
from ingestion.tables.names import find_indicator
from tests.ingestion.tables import (
    DATA,
    HEADER,
    SOURCE,
    TITLE,
    Cells,
    faults,
    made,
    made_of,
    note,
    read_as,
    said,
    vocabularies,
)

FIRST = len(TITLE) + len(HEADER) + 1
EXPECTED = {
    "D6": ("budget_revenue", "billion_vnd", "2024", 25000.5, "unstated"),
    "E6": ("budget_revenue", "billion_vnd", "2025", 26000.0, "plan"),
    "F6": ("budget_revenue", "billion_vnd", "2025", 27000.0, "estimate"),
    "D7": ("poverty_rate", "percent", "2024", 5.2, "unstated"),
    "E7": ("poverty_rate", "percent", "2025", 4.5, "plan"),
    "F7": ("poverty_rate", "percent", "2025", 4.1, "estimate"),
}


def moved(expected: dict[str, tuple[Any, ...]], rows: int) -> dict[str, tuple[Any, ...]]:
    return {f"{cell[0]}{int(cell[1:]) + rows}": value for cell, value in expected.items()}


def test_every_figure_is_read_with_its_own_cell_and_what_the_title_says() -> None:
    parsed = read_as("bang_rong", made(TITLE, HEADER, DATA))
    assert faults(parsed) == []
    assert said(parsed) == EXPECTED
    first = parsed.rows[3]
    assert isinstance(first, Row)
    assert (first.raw_text, first.value_decimals, first.sheet, first.row_number) == ("5,20", 2, "Biểu 1", 7)
    # By its name; which of the two provinces of that name is a matter of the period.
    assert [row.admin_unit_code for row in parsed.rows[:2]] == ["tinh_thai_nguyen_cu", "tinh_thai_nguyen"]
    assert {(row.source, row.published_text, row.source_authority_code) for row in parsed.rows} == {
        (SOURCE, "15/10/2025", "department")
    }
    figure = parsed.figures[3]
    roles = ("indicator_code", "unit_of_measure", "value", "period", "status_code", "published_on")
    assert [figure.cell_name(role) for role in roles] == ["B7", "C7", "D7", "D5", "D5", "A4"]
    assert figure.note_cell == "G7"


@pytest.mark.parametrize("rows", [0, 1, 5, 30])
def test_title_rows_may_be_any_number(rows: int) -> None:
    above: Cells = [("Ghi thêm",)] + [()] * (rows - 1) if rows else []
    parsed = read_as("bang_rong", made(above, TITLE, HEADER, DATA))
    assert (faults(parsed), said(parsed)) == ([], moved(EXPECTED, rows))


def test_a_header_of_three_merged_rows_is_joined_into_paths() -> None:
    header: Cells = (
        ("TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2024", "Năm 2025", None, "So sánh (%)", None, "Ghi chú"),
        (None, None, None, None, "Kế hoạch", "Ước thực hiện", "Ước 2025 với", None),
        (None, None, None, None, None, None, "Kế hoạch", "Năm trước"),
    )
    data: Cells = [(*row[:6], 103.8, 108, None) for row in DATA]
    merges = ["A5:A7", "B5:B7", "C5:C7", "D5:D7", "E5:F5", "E6:E7", "F6:F7", "G5:H5", "G6:H6", "I5:I7"]
    parsed = read_as("bang_rong", made(TITLE, header, data, merges=merges))
    assert (faults(parsed), said(parsed)) == ([], moved(EXPECTED, 2))
    left_out = note(parsed, "parts_left_out").message_vi
    assert "cột G (So sánh (%) / Ước 2025 với / Kế hoạch)" in left_out
    assert "cột H (So sánh (%) / Ước 2025 với / Năm trước)" in left_out


def test_a_header_of_two_rows_without_merges_is_joined_too() -> None:
    header: Cells = (
        ("TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2024", "Năm 2025", None, "Ghi chú"),
        (None, None, None, None, "Kế hoạch", "Ước thực hiện"),
    )
    parsed = read_as("bang_rong", made(TITLE, header, DATA))
    assert (faults(parsed), said(parsed)) == ([], moved(EXPECTED, 1))


@pytest.mark.parametrize(
    "numbers",
    [("A", "B", "C", 1, 2, "3=2-1", "D"), (1, 2, 3, 4, 5, 6, 7), ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)")],
)
def test_the_row_of_column_numbers_is_dropped_and_told(numbers: tuple[Any, ...]) -> None:
    parsed = read_as("bang_rong", made(TITLE, HEADER, [numbers], DATA))
    assert (faults(parsed), said(parsed)) == ([], moved(EXPECTED, 1))
    assert "dòng 6 (số thứ tự cột)" in note(parsed, "parts_left_out").message_vi


def test_sections_are_hierarchy_not_data() -> None:
    data: Cells = (
        ("I", "CÁC CHỈ TIÊU"),
        DATA[0],
        ("II", "XÃ HỘI"),
        ("a)", "Giảm nghèo"),
        ("-", *DATA[1][1:]),
        ("III. MÔI TRƯỜNG",),
    )
    parsed = read_as("bang_rong", made(TITLE, HEADER, data))
    assert faults(parsed) == []
    assert [row.cell for row in parsed.rows] == ["D7", "E7", "F7", "D10", "E10", "F10"]
    assert "dòng 6; 8–9; 11 (đề mục)" in note(parsed, "parts_left_out").message_vi


@pytest.mark.parametrize(
    "bullet", ["- ", "+ ", "• ", "a) ", "1.1. ", "1.1 ", "IV. ", "Trong đó: ", "- Trong đó: ", "  + "]
)
def test_details_are_data_when_their_own_name_is_registered(bullet: str) -> None:
    data: Cells = (
        DATA[0],
        (None, "Trong đó:"),
        (None, f"{bullet}Thu nội địa", "tỷ đồng", 20000, 21000, 22000),
    )
    parsed = read_as("bang_rong", made(TITLE, HEADER, data))
    assert faults(parsed) == []
    assert [(row.indicator_code, row.value) for row in parsed.rows[3:]] == [
        ("budget_revenue_domestic", value) for value in (20000.0, 21000.0, 22000.0)
    ]


def test_a_row_with_values_under_an_unknown_name_asks_and_offers_what_is_near() -> None:
    data: Cells = (*DATA, (None, "Tỷ lệ hộ ngheo", "%", 1, 2, 3), (None, "- Thu từ đất", "tỷ đồng", 1, 2, 3))
    parsed = read_as("bang_rong", made(TITLE, HEADER, data))
    assert faults(parsed) == [("term_unknown", "B8"), ("term_unknown", "B9")]
    assert "Gần giống: Tỷ lệ hộ nghèo" in parsed.problems[0].message_vi
    assert len(parsed.rows) == 6


def test_a_total_is_the_figure_of_the_heading_above_it() -> None:
    data: Cells = (
        (1, "Thu ngân sách nhà nước trên địa bàn"),
        (None, "Tổng số", "tỷ đồng", 25000.5, 26000, 27000),
        DATA[1],
    )
    parsed = read_as("bang_rong", made(TITLE, HEADER, data))
    assert (faults(parsed), said(parsed)) == ([], moved(EXPECTED, 1))


def test_a_total_without_a_heading_is_nobodys() -> None:
    parsed = read_as("bang_rong", made(TITLE, HEADER, DATA, [(None, "Tổng số", "tỷ đồng", 1, 2, 3)]))
    assert faults(parsed) == [("term_unknown", "B8")]


@pytest.mark.parametrize("mark", ["(*)", " (1)", "¹", "*", " (**)"])
def test_footnote_marks_are_taken_off_names_and_numbers_and_told(mark: str) -> None:
    data: Cells = (
        ("1", f"Thu ngân sách nhà nước trên địa bàn{mark}", "tỷ đồng", f"25000,5{mark}", 26000, 27000),
        DATA[1],
        ("(1) Chưa gồm thu viện trợ",),
    )
    header: Cells = [(*HEADER[0][:3], f"Thực hiện năm 2024{mark}", *HEADER[0][4:])]
    parsed = read_as("bang_rong", made(TITLE, header, data))
    assert (faults(parsed), said(parsed)) == ([], EXPECTED)
    assert parsed.rows[0].raw_text == f"25000,5{mark}"
    told = note(parsed, "footnotes_kept").message_vi
    assert "B6; D6" in told
    assert "Chưa gồm thu viện trợ" in told


def test_notes_and_signatures_end_the_table() -> None:
    below: Cells = (
        (),
        ("Ghi chú: số liệu ước đến 30/9.",),
        (None, None, None, None, "Thái Nguyên, ngày 15 tháng 10 năm 2025"),
        (None, "Người lập biểu", None, None, "THỦ TRƯỞNG ĐƠN VỊ"),
        (None, "Nguyễn Văn A", None, None, "Trần Thị B"),
    )
    parsed = read_as("bang_rong", made(TITLE, HEADER, DATA, below))
    assert (faults(parsed), said(parsed)) == ([], EXPECTED)
    assert "dòng 9–12 (chú thích, chữ ký)" in note(parsed, "parts_left_out").message_vi


def test_a_figure_below_the_signatures_is_not_lost_silently() -> None:
    parsed = read_as("bang_rong", made(TITLE, HEADER, DATA[:1], [("Nơi nhận:",)], DATA[1:]))
    assert faults(parsed) == [("row_after_end", "B8")]


def test_the_unit_may_stand_once_above_and_change_on_the_way() -> None:
    header: Cells = [("TT", "Chỉ tiêu", "Thực hiện năm 2024", "Ghi chú")]
    data: Cells = (
        (1, "Giải ngân vốn đầu tư công", 812000),
        (None, None, "Đơn vị tính: tỷ đồng"),
        (2, "Thu ngân sách nhà nước trên địa bàn", 25000),
        ("II", "Đơn vị tính: %"),
        (3, "Tỷ lệ hộ nghèo", 5.2),
    )
    parsed = read_as("bang_rong", made(TITLE, [(None, None, None, "Đơn vị tính: triệu đồng")], header, data))
    assert faults(parsed) == []
    assert {row.indicator_code: row.unit_of_measure for row in parsed.rows} == {
        "public_investment_disbursed": "million_vnd",
        "budget_revenue": "billion_vnd",
        "poverty_rate": "percent",
    }
    assert [figure.cell_name("unit_of_measure") for figure in parsed.figures] == ["D5", "C8", "B10"]


def test_a_unit_may_stand_behind_the_name_or_as_a_ditto_mark() -> None:
    data: Cells = (
        (1, "Tỷ lệ hộ nghèo (%)", None, 5.2),
        (2, "Tỷ lệ thất nghiệp", "%", 2),
        (3, "Tỷ lệ hộ cận nghèo", '"', 3),
    )
    parsed = read_as("bang_rong", made(TITLE, HEADER, data))
    assert faults(parsed) == []
    assert {row.unit_of_measure for row in parsed.rows} == {"percent"}


def test_a_row_without_a_unit_asks_for_one() -> None:
    parsed = read_as("bang_rong", made(TITLE, HEADER, [(1, "Tỷ lệ hộ nghèo", None, 5.2, 4.5, 4.1)]))
    assert faults(parsed) == [("unit_of_row_missing", "C6")]


def test_blank_cells_are_not_reported_and_listed() -> None:
    data: Cells = (("1", "Tỷ lệ hộ nghèo", "%", 5.2, None, 4.1), ("2", "Tỷ lệ thất nghiệp", "%"))
    parsed = read_as("bang_rong", made(TITLE, HEADER, data))
    assert faults(parsed) == []
    assert [row.cell for row in parsed.rows] == ["D6", "F6"]
    assert "4 ô số liệu để trống (ô E6; D7; E7; F7)" in note(parsed, "cells_not_filled").message_vi


@pytest.mark.parametrize(
    ("title", "header", "expected"),
    [
        ("CHỈ TIÊU 9 THÁNG ĐẦU NĂM 2025", "Thực hiện", ("9 tháng 2025", "unstated")),
        ("CHỈ TIÊU 9 THÁNG ĐẦU NĂM 2025", "Ước thực hiện 9 tháng", ("9 tháng 2025", "estimate")),
        ("CHỈ TIÊU 9 THÁNG ĐẦU NĂM 2025", "Thực hiện cùng kỳ năm trước", ("9 tháng 2024", "unstated")),
        ("CHỈ TIÊU 9 THÁNG ĐẦU NĂM 2025", "Thực hiện cùng kỳ năm 2024", ("9 tháng 2024", "unstated")),
        ("CHỈ TIÊU 9 THÁNG ĐẦU NĂM 2025", "Thực hiện năm trước", ("2024", "unstated")),
        ("CHỈ TIÊU 9 THÁNG ĐẦU NĂM 2025", "Kế hoạch năm", ("2025", "plan")),
        ("CHỈ TIÊU 9 THÁNG ĐẦU NĂM 2025", "Kế hoạch năm 2026", ("2026", "plan")),
        ("CHỈ TIÊU KINH TẾ - XÃ HỘI NĂM 2025", "6 tháng", ("6 tháng 2025", "unstated")),
        ("CHỈ TIÊU KINH TẾ - XÃ HỘI NĂM 2025", "Ước thực hiện quý III", ("quý III/2025", "estimate")),
        ("CHỈ TIÊU KINH TẾ - XÃ HỘI NĂM 2025", "Tháng 9", ("09/2025", "unstated")),
        ("CHỈ TIÊU KINH TẾ - XÃ HỘI NĂM 2025", "Lũy kế đến 30/9", ("lũy kế đến 30/09/2025", "unstated")),
        ("CHỈ TIÊU KINH TẾ - XÃ HỘI NĂM 2025", "Sơ bộ năm 2024", ("2024", "preliminary")),
        ("CHỈ TIÊU KINH TẾ - XÃ HỘI", "Ước thực hiện năm 2025", ("2025", "estimate")),
    ],
)
def test_a_column_has_the_period_and_status_of_its_header(
    title: str, header: str, expected: tuple[str, str]
) -> None:
    lines: Cells = (*TITLE[:2], (title,), TITLE[3])
    parsed = read_as("bang_rong", made(lines, [("TT", "Chỉ tiêu", "ĐVT", header)], [DATA[1][:4]]))
    assert faults(parsed) == []
    assert [(row.period_text, row.status_code) for row in parsed.rows] == [expected]


@pytest.mark.parametrize(
    ("title", "header"),
    [
        ("CHỈ TIÊU KINH TẾ - XÃ HỘI", "Thực hiện"),
        ("CHỈ TIÊU GIAI ĐOẠN 2021-2025", "Kế hoạch năm"),
        ("CHỈ TIÊU NĂM 2025", "Ước thực hiện 6 tháng cuối năm"),
        ("CHỈ TIÊU NĂM 2025", "Thực hiện 8 tháng"),
        ("CHỈ TIÊU 9 THÁNG VÀ CẢ NĂM 2025", "Thực hiện"),
    ],
)
def test_a_column_whose_period_is_open_asks_once(title: str, header: str) -> None:
    lines: Cells = (*TITLE[:2], (title,), TITLE[3])
    parsed = read_as("bang_rong", made(lines, [("TT", "Chỉ tiêu", "ĐVT", header)], [row[:4] for row in DATA]))
    assert (faults(parsed), parsed.rows) == ([("period_of_column_missing", "D5")], ())


def test_months_stand_as_columns() -> None:
    header: Cells = [("TT", "Chỉ tiêu", "ĐVT", *(f"Tháng {month}" for month in range(1, 13)))]
    data: Cells = [(1, "Thu ngân sách nhà nước trên địa bàn", "tỷ đồng", *range(100, 112))]
    parsed = read_as("bang_rong", made(TITLE, header, data))
    assert faults(parsed) == []
    assert [(row.period_text, row.value) for row in parsed.rows] == [
        (f"{month:02d}/2025", 99.0 + month) for month in range(1, 13)
    ]


def test_an_unknown_column_with_numbers_is_refused_one_with_words_is_left_out() -> None:
    header: Cells = [(*HEADER[0][:6], "Hệ số", "Cơ quan chủ trì")]
    data: Cells = [(*row[:6], 1.5, "Sở Tài chính") for row in DATA]
    parsed = read_as("bang_rong", made(TITLE, header, data))
    assert faults(parsed) == [("column_unknown", "G5")]
    assert "cột H (Cơ quan chủ trì)" in note(parsed, "parts_left_out").message_vi


def test_the_place_may_be_named_in_the_title_or_in_a_column() -> None:
    lines: Cells = (("KẾT QUẢ NĂM 2024 TRÊN ĐỊA BÀN HUYỆN BA BỂ",), TITLE[3])
    parsed = read_as("bang_rong", made(lines, HEADER, DATA[1:]))
    assert {row.admin_unit_code for row in parsed.rows} == {"huyen_ba_be"}
    header: Cells = [("TT", "Địa bàn", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2024")]
    data: Cells = [(1, "H. Na Rì", *DATA[1][1:4]), (2, "TP. Bắc Kạn", *DATA[1][1:4])]
    parsed = read_as("bang_rong", made(TITLE[2:], header, data))
    assert [row.admin_unit_code for row in parsed.rows] == ["huyen_na_ri", "thanh_pho_bac_kan"]
    assert faults(parsed) == []


def test_a_table_that_names_no_place_means_the_one_province_in_force_or_asks() -> None:
    parsed = read_as("bang_rong", made(TITLE[2:], HEADER, DATA[1:]))
    assert [row.admin_unit_code for row in parsed.rows] == ["tinh_thai_nguyen", "tinh_thai_nguyen"]
    assert faults(parsed) == [("place_of_table_unknown", "B3")]
    assert "Tỉnh Bắc Kạn" in parsed.problems[0].message_vi


def test_without_an_attached_document_the_title_is_the_source_and_the_signature_dates_it() -> None:
    below: Cells = [(None, None, None, "Thái Nguyên, ngày 5 tháng 10 năm 2025"), (None, "Người lập biểu")]
    parsed = read_as("bang_rong", made(TITLE[:3], HEADER, DATA[1:], below))
    assert faults(parsed) == []
    assert {(row.source, row.published_text) for row in parsed.rows} == {(TITLE[2][0], "05/10/2025")}


@pytest.mark.parametrize(
    "line", ["(Kèm theo Báo cáo số 123/BC-STC)", "Thái Nguyên, ngày     tháng 10 năm 2025", None]
)
def test_a_table_without_a_date_asks_for_one_once(line: str | None) -> None:
    parsed = read_as("bang_rong", made(TITLE[:3], [(line,)], HEADER, DATA))
    assert (faults(parsed), parsed.rows) == ([("publication_date_of_table_missing", "B5")], ())


def hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[7].hidden = True


def hide_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["E"].hidden = True


def hide_sheet(sheet: Worksheet) -> None:
    assert sheet.parent is not None
    sheet.parent.create_sheet("Trang khác")
    sheet.sheet_state = "hidden"


def merge(sheet: Worksheet) -> None:
    sheet.merge_cells("D6:D7")


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (hide_row, ("row_hidden", "A7")),
        (hide_column, ("column_hidden", "E5")),
        (hide_sheet, ("sheet_hidden", None)),
        (merge, ("cells_merged", "D6")),
        (lambda sheet: sheet.__setitem__("D6", "#DIV/0!"), ("cell_error", "D6")),
        (lambda sheet: sheet.__setitem__("E7", "=1+1"), ("formula_without_value", "E7")),
        (lambda sheet: sheet.__setitem__("F7", "1.234"), ("number_ambiguous", "F7")),
        (lambda sheet: sheet.__setitem__("B7", None), ("required_blank", "B7")),
        (lambda sheet: sheet.__setitem__("C7", "tỷ"), ("term_unknown", "C7")),
    ],
)
def test_each_flaw_is_named_once_at_its_cell(spoil: Any, expected: tuple[str, str | None]) -> None:
    assert faults(read_as("bang_rong", made(TITLE, HEADER, DATA, spoil=spoil))) == [expected]


def test_a_header_that_comes_again_is_named() -> None:
    parsed = read_as("bang_rong", made(TITLE, HEADER, DATA[:1], HEADER, DATA[1:]))
    assert ("header_repeated", "B7") in faults(parsed)


def test_a_unit_may_stand_in_the_header_of_its_column() -> None:
    header: Cells = [("TT", "Chỉ tiêu", "Thực hiện năm 2024 (tỷ đồng)", "Kế hoạch năm 2025 (tỷ đồng)")]
    parsed = read_as("bang_rong", made(TITLE, header, [(1, "Thu nội địa", 100, 110)]))
    assert (faults(parsed), {row.unit_of_measure for row in parsed.rows}) == ([], {"billion_vnd"})
    assert parsed.figures[0].cell_name("unit_of_measure") == "C5"


def test_a_sheet_may_name_the_place_that_its_title_does_not() -> None:
    sheets = {name: [*TITLE, *HEADER, *DATA[1:]] for name in ("Huyện Ba Bể", "H. Na Rì")}
    parsed = read_as("bang_rong", made_of(sheets))
    assert faults(parsed) == []
    assert {(row.sheet, row.admin_unit_code) for row in parsed.rows} == {
        ("Huyện Ba Bể", "huyen_ba_be"),
        ("H. Na Rì", "huyen_na_ri"),
    }


def test_each_sheet_is_a_table_of_its_own() -> None:
    def of(place: str) -> list[Any]:
        return [(f"KẾT QUẢ NĂM 2024 CỦA {place}",), TITLE[3], *HEADER, *DATA[1:]]

    sheets = {"Ba Bể": of("HUYỆN BA BỂ"), "Na Rì": of("HUYỆN NA RÌ"), "Bìa": [("Bìa",)]}
    parsed = read_as("bang_rong", made_of(sheets))
    assert faults(parsed) == []
    assert [
        (row.sheet, row.admin_unit_code, row.cell) for row in parsed.rows if row.period_text == "2024"
    ] == [
        ("Ba Bể", "huyen_ba_be", "D4"),
        ("Na Rì", "huyen_na_ri", "D4"),
    ]
    assert "Bìa" in note(parsed, "sheets_left_out").message_vi


def test_the_note_of_a_row_goes_with_its_figures() -> None:
    parsed = read_as("bang_rong", made(TITLE, HEADER, [(*DATA[1][:6], "theo chuẩn nghèo mới")]))
    assert {row.note for row in parsed.rows} == {"theo chuẩn nghèo mới"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("GRDP bình quân/người", "grdp_per_capita"),
        ("GRDP bình quân đầu người", "grdp_per_capita"),
        ("Tổng sản phẩm quốc nội trên địa bàn theo giá hiện hành", "grdp_current"),
        ("Số bác sỹ/vạn dân", "doctors_per_10k"),
        ("Số xã đạt chuẩn NTM", "ntm_communes"),
        ("Thu nhập bình quân", None),
    ],
)
def test_a_usual_name_means_its_indicator_and_a_misused_one_means_none(name: str, code: str | None) -> None:
    found = find_indicator(name, vocabularies())
    assert (found[0].code if found else None) == code
