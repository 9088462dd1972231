"""Tables that look sound and would be read wrong: another unit, place, year or part than meant → asked about."""

from __future__ import annotations

from datetime import date

import pytest

from tests.ingestion.tables import TITLE, Cells, faults, made, note, read_as, said

REVENUE = "Thu ngân sách nhà nước trên địa bàn"
SHORT: Cells = (("TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2024"),)


def headed(*headers: str) -> Cells:
    return (("TT", "Chỉ tiêu", "ĐVT", *headers),)


def test_a_second_table_beside_the_first_is_not_read_as_more_columns_of_it() -> None:
    header: Cells = ((*headed("Thực hiện 2024")[0], None, "Chỉ tiêu", "ĐVT", "Ước 2025"),)
    data: Cells = ((1, REVENUE, "tỷ đồng", 100, None, "Tỷ lệ hộ nghèo", "%", 5),)
    assert faults(read_as("bang_rong", made(TITLE, header, data))) == [
        ("column_twice", "F5"),
        ("column_twice", "G5"),
    ]


def test_one_wording_merged_over_two_columns_is_one_column() -> None:
    header: Cells = (("TT", "Chỉ tiêu", None, "ĐVT", "Thực hiện năm 2024"),)
    data: Cells = ((1, REVENUE, None, "tỷ đồng", 100),)
    parsed = read_as("bang_rong", made(TITLE, header, data, merges=["B5:C5"]))
    assert (faults(parsed), len(parsed.rows)) == ([], 1)


def test_a_column_before_a_group_that_was_not_merged_is_asked_for_its_year() -> None:
    header: Cells = (
        ("TT", "Chỉ tiêu", "ĐVT", None, "Năm 2024"),
        (None, None, None, "Kế hoạch", "Ước thực hiện", "Thực hiện"),
    )
    data: Cells = ((1, REVENUE, "tỷ đồng", 100, 101, 102),)
    assert faults(read_as("bang_rong", made(TITLE, header, data))) == [("period_of_column_missing", "D6")]


def test_a_column_before_a_group_that_names_its_year_is_read() -> None:
    header: Cells = (
        ("TT", "Chỉ tiêu", "ĐVT", None, "Năm 2025"),
        (None, None, None, "Thực hiện năm 2024", "Kế hoạch", "Ước thực hiện"),
    )
    data: Cells = ((1, REVENUE, "tỷ đồng", 100, 101, 102),)
    parsed = read_as("bang_rong", made(TITLE, header, data))
    assert faults(parsed) == []
    assert [(row.period_text, row.status_code) for row in parsed.rows] == [
        ("2024", "unstated"),
        ("2025", "plan"),
        ("2025", "estimate"),
    ]


def test_a_number_under_no_header_is_told() -> None:
    data: Cells = ((1, REVENUE, "tỷ đồng", 100, 999),)
    assert faults(read_as("bang_rong", made(TITLE, SHORT, data))) == [("outside_table", "E6")]


def test_a_blank_place_is_not_the_whole_province() -> None:
    header: Cells = (("TT", "Chỉ tiêu", "ĐVT", "Địa bàn", "Thực hiện năm 2024"),)
    data: Cells = (
        (1, "Tỷ lệ hộ nghèo", "%", "Huyện Na Rì", 5),
        (2, "Tỷ lệ lao động qua đào tạo", "%", None, 50),
    )
    assert faults(read_as("bang_rong", made(TITLE, header, data))) == [("required_blank", "D7")]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        (f"{REVENUE} (triệu đồng)", "Thực hiện năm 2024"),
        (REVENUE, "Thực hiện năm 2024 (triệu đồng)"),
        (REVENUE, "Thực hiện năm 2024 (%)"),
    ],
)
def test_two_units_for_one_figure_are_asked_about(name: str, header: str) -> None:
    data: Cells = ((1, name, "tỷ đồng", 100),)
    assert faults(read_as("bang_rong", made(TITLE, headed(header), data))) == [("units_contradict", "C6")]


@pytest.mark.parametrize(
    "header", ["Năm 2025 tăng/giảm (%)", "Thực hiện năm 2025 / Tỷ lệ", "Ước 2025 đạt % KH", "Năm 2025 / Tăng"]
)
def test_a_ratio_is_no_figure_of_its_year(header: str) -> None:
    data: Cells = ((1, REVENUE, "tỷ đồng", 100, 5),)
    parsed = read_as("bang_rong", made(TITLE, headed("Thực hiện năm 2024", header), data))
    assert (faults(parsed), list(said(parsed))) == ([], ["D6"])


def test_a_part_of_a_figure_is_not_the_figure() -> None:
    data: Cells = ((1, REVENUE, "tỷ đồng", 100, 5),)
    headers = headed("Thực hiện năm 2024", "Thực hiện năm 2025 / Trong đó: nội địa")
    assert faults(read_as("bang_rong", made(TITLE, headers, data))) == [("column_unknown", "E5")]


@pytest.mark.parametrize(
    "name",
    [f"{REVENUE} - Thu nội địa", "Dân số - Nam", "Dân số - Nữ", "Tổng lượng khách du lịch / Khách quốc tế"],
)
def test_vietnamese_behind_a_dash_is_no_translation(name: str) -> None:
    parsed = read_as("bang_rong", made(TITLE, SHORT, ((1, name, "tỷ đồng", 100),)))
    assert faults(parsed) == [("term_unknown", "B6")]


def test_a_column_of_a_place_is_that_of_the_place() -> None:
    data: Cells = ((1, REVENUE, "tỷ đồng", 100, 5),)
    headers = headed("Thực hiện năm 2024", "Thực hiện năm 2024 huyện Na Rì")
    parsed = read_as("bang_rong", made(TITLE, headers, data))
    assert faults(parsed) == []
    assert [row.admin_unit_code for row in parsed.rows] == ["tinh_thai_nguyen_cu", "huyen_na_ri"]


@pytest.mark.parametrize(
    ("place", "code"), [("TP.THÁI NGUYÊN", "thanh_pho_thai_nguyen"), ("H.NA RÌ", "huyen_na_ri")]
)
def test_a_shortened_place_in_the_title_is_not_the_province(place: str, code: str) -> None:
    title: Cells = (*TITLE[:2], (f"KẾT QUẢ NĂM 2024 {place}",), TITLE[3])
    parsed = read_as("bang_rong", made(title, SHORT, ((1, REVENUE, "tỷ đồng", 100),)))
    assert [row.admin_unit_code for row in parsed.rows] == [code]


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ("Na Rì", [("place_of_table_unknown", "B5")]),
        ("Huyện Na Rì", []),
        ("Thái Nguyên", []),
        ("Biểu 1", []),
        ("06", []),
    ],
)
def test_a_sheet_named_by_a_place_without_its_type_is_asked_about(
    sheet: str, expected: list[tuple[str, str]]
) -> None:
    parsed = read_as("bang_rong", made(TITLE, SHORT, ((1, REVENUE, "tỷ đồng", 100),), sheet=sheet))
    assert faults(parsed) == expected


def test_a_total_belongs_to_the_heading_right_above_it() -> None:
    data: Cells = (
        (1, REVENUE, "tỷ đồng", None, None),
        (None, "Tổng số", "tỷ đồng", 5, None),
        (2, "Huy động tổng vốn đầu tư toàn xã hội", "tỷ đồng", 7, None),
        (None, "Tổng số", "tỷ đồng", None, 99),
    )
    parsed = read_as("bang_rong", made(TITLE, headed("Thực hiện năm 2024", "Ước 2025"), data))
    assert faults(parsed) == [("term_unknown", "B9")]


BOOK: Cells = (("Niên giám thống kê tỉnh Bắc Kạn năm 2023",), ("Số xã đạt chuẩn nông thôn mới",))
YEARS: Cells = ((None, None, "Đơn vị tính: xã"), (None, 2021, 2022, "Sơ bộ 2023"))


def test_years_across_without_a_yearbook_are_not_final_figures_of_the_statistics_office() -> None:
    header: Cells = (("TT", "Hạng mục", "ĐVT", 2023, 2024),)
    parsed = read_as("nien_giam", made(TITLE, header, ((1, REVENUE, "tỷ đồng", 100, 200),)))
    assert faults(parsed) == [("book_of_table_missing", "A5")]


def test_a_year_that_a_date_cell_holds_is_not_passed_over() -> None:
    years: Cells = (YEARS[0], (None, 2021, 2022, date(2023, 1, 1)))
    parsed = read_as("nien_giam", made(BOOK, years, (("Tổng số", 50, 60, 70),)))
    assert faults(parsed) == [("year_of_column_unreadable", "D4")]


def test_columns_beside_the_years_are_named_when_they_are_left_out() -> None:
    years: Cells = (YEARS[0], (None, 2021, 2022, "2022 so với 2021 (%)"))
    parsed = read_as("nien_giam", made(BOOK, years, (("Tổng số", 50, 60, 120),)))
    assert (faults(parsed), list(said(parsed))) == ([], ["B5", "C5"])
    assert "cột D (2022 so với 2021 (%))" in note(parsed, "parts_left_out").message_vi


def test_small_figures_without_a_name_are_no_column_numbers() -> None:
    parsed = read_as("nien_giam", made(BOOK, YEARS, ((None, 12, 13, 14),)))
    assert [row.value for row in parsed.rows] == [12, 13, 14]
    numbered = read_as("nien_giam", made(BOOK, YEARS, ((None, 1, 2, 3), ("Tổng số", 12, 13, 14))))
    assert [row.value for row in numbered.rows] == [12, 13, 14]


def test_of_which_alone_is_not_the_total() -> None:
    parsed = read_as("nien_giam", made(BOOK, YEARS, (("Trong đó", 12, 13, 14),)))
    assert faults(parsed) == [("term_unknown", "A5")]
