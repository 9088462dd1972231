"""A table of the statistical yearbook → its figures, years across or down, in two languages; or what it leaves open."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ingestion.tables import Cells, faults, made, note, read_as, said

BOOK: Cells = [("Niên giám thống kê tỉnh Bắc Kạn năm 2023 - Bac Kan Statistical Yearbook 2023",)]
ACROSS: Cells = (
    *BOOK,
    ("Bảng 12.",),
    ("Diện tích rừng phân theo huyện, thành phố - Area of forest by district",),
    (None, None, None, None, "Đơn vị tính - Unit: Ha"),
    (None, 2021, 2022, "Sơ bộ - Prel. 2023"),
    ("TỔNG SỐ - TOTAL", "372.665,2", "373.000,5", 374000),
    ("Phân theo huyện - By district",),
    ("Thành phố Bắc Kạn - Bac Kan city", 9000, 9100, 9200),
    ("Huyện Ba Bể - Ba Be district", 50000, "…", 52000),
)
DOWN: Cells = (
    ("Niên giám thống kê 2022",),
    ("45",),
    ("Diện tích rừng - Area of forest",),
    (None, None, None, "Đơn vị tính - Unit: Ha"),
    ("Năm\nYear", "Tổng số\nTotal", "Chia ra - Of which"),
    (None, None, "Rừng tự nhiên\nNatural forest", "Rừng trồng\nPlanted forest"),
    ("2020", "372.665,2", 273000, "99.665,2"),
    (2021, 373000, 273100, 99900),
    ("Sơ bộ - Prel.2022", 374000, 273200, 100800),
    (397,),
)
# What a table leaves open that names no book.
OPEN = [("book", "missing"), ("place", "unknown"), ("publication_date", "missing")]
MERGES = ["A5:A6", "B5:B6", "C5:D5"]


def test_years_across_with_places_down() -> None:
    parsed = read_as("nien_giam", made(ACROSS))
    assert faults(parsed) == []
    assert [
        (row.cell, row.admin_unit_code, row.period_text, row.value, row.status_code) for row in parsed.rows
    ] == [
        ("B6", "tinh_bac_kan", "2021", 372665.2, "official"),
        ("C6", "tinh_bac_kan", "2022", 373000.5, "official"),
        ("D6", "tinh_bac_kan", "2023", 374000.0, "preliminary"),
        ("B8", "thanh_pho_bac_kan", "2021", 9000.0, "official"),
        ("C8", "thanh_pho_bac_kan", "2022", 9100.0, "official"),
        ("D8", "thanh_pho_bac_kan", "2023", 9200.0, "preliminary"),
        ("B9", "huyen_ba_be", "2021", 50000.0, "official"),
        ("C9", "huyen_ba_be", "2022", None, "official"),
        ("D9", "huyen_ba_be", "2023", 52000.0, "preliminary"),
    ]
    assert {(row.indicator_code, row.unit_of_measure) for row in parsed.rows} == {("forest_area", "hectare")}
    assert {(row.source, row.source_authority_code) for row in parsed.rows} == {
        ("Niên giám thống kê tỉnh Bắc Kạn năm 2023", "statistics_office")
    }
    assert {(row.published_text, row.published_precision) for row in parsed.rows} == {("2023", "year")}
    figure = parsed.figures[4]
    roles = ("value", "period", "admin_unit_code", "unit_of_measure", "published_on")
    assert [figure.cell_name(role) for role in roles] == ["C8", "C5", "A8", "E4", "A1"]
    assert figure.note_cell is None
    assert "dòng 7 (đề mục)" in note(parsed, "parts_left_out").message_vi


def test_years_down_under_a_header_of_two_levels_and_a_page_number_below() -> None:
    parsed = read_as("nien_giam", made(BOOK, DOWN, merges=["A6:A7", "B6:B7", "C6:D6"]))
    assert faults(parsed) == []
    assert [
        (row.cell, row.indicator_code, row.period_text, row.value, row.status_code) for row in parsed.rows
    ] == [
        ("B8", "forest_area", "2020", 372665.2, "official"),
        ("C8", "forest_area_natural", "2020", 273000.0, "official"),
        ("D8", "forest_area_planted", "2020", 99665.2, "official"),
        ("B9", "forest_area", "2021", 373000.0, "official"),
        ("C9", "forest_area_natural", "2021", 273100.0, "official"),
        ("D9", "forest_area_planted", "2021", 99900.0, "official"),
        ("B10", "forest_area", "2022", 374000.0, "preliminary"),
        ("C10", "forest_area_natural", "2022", 273200.0, "preliminary"),
        ("D10", "forest_area_planted", "2022", 100800.0, "preliminary"),
    ]
    assert "dòng 11 (số trang)" in note(parsed, "parts_left_out").message_vi


def test_years_across_with_indicators_down_and_a_unit_each() -> None:
    table: Cells = (
        *BOOK,
        ("Một số chỉ tiêu chủ yếu",),
        ("Chỉ tiêu - Items", "Đơn vị tính - Unit", "2022", "Ước 2023 - Est. 2023"),
        ("A", "B", 1, 2),
        ("Dân số - Population", "Nghìn người - Thous. pers.", "326,5", "328,6"),
        ("Tỷ lệ hộ nghèo (%) - Poverty rate (%)", None, "28,5", "25,0"),
        ("Ghi chú: số liệu năm 2023 là số ước",),
    )
    parsed = read_as("nien_giam", made(table))
    assert faults(parsed) == []
    assert said(parsed) == {
        "C5": ("population", "thousand_person", "2022", 326.5, "official"),
        "D5": ("population", "thousand_person", "2023", 328.6, "estimate"),
        "C6": ("poverty_rate", "percent", "2022", 28.5, "official"),
        "D6": ("poverty_rate", "percent", "2023", 25.0, "estimate"),
    }


def test_years_under_groups_of_columns() -> None:
    table: Cells = (
        *BOOK,
        ("Rừng phân theo huyện - Forest by district", None, None, None, "Đơn vị tính - Unit: Ha"),
        (None, "Diện tích rừng - Forest", None, "Rừng trồng - Planted forest"),
        (None, 2021, 2022, 2021, 2022),
        ("Huyện Na Rì", 1, 2, 3, 4),
    )
    parsed = read_as("nien_giam", made(table, merges=["B3:C3", "D3:E3"]))
    assert faults(parsed) == []
    assert [(row.indicator_code, row.period_text, row.value) for row in parsed.rows] == [
        ("forest_area", "2021", 1.0),
        ("forest_area", "2022", 2.0),
        ("forest_area_planted", "2021", 3.0),
        ("forest_area_planted", "2022", 4.0),
    ]


def changed(row: int, *cells: Any) -> Cells:
    return [cells if number == row else line for number, line in enumerate(ACROSS, start=1)]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (ACROSS[1:], [(f"{what}_of_table_{lacks}", "B4") for what, lacks in OPEN]),
        (changed(3, "Một bảng"), [("indicator_of_table_unknown", "B5")]),
        (changed(8, "Huyện Chợ Đồm", 1, 2, 3), [("term_unknown", "A8")]),
        (changed(4, None), [("unit_of_row_missing", cell) for cell in ("A6", "A8", "A9")]),
        (
            changed(8, "Thành phố Bắc Kạn", "=1+1", "#REF!", "1.234"),
            [("cell_error", "C8"), ("formula_without_value", "B8"), ("number_ambiguous", "D8")],
        ),
        ([*ACROSS, ("Ghi chú: …",), ("Huyện Na Rì", 1, 2, 3)], [("row_after_end", "A11")]),
    ],
)  # fmt: skip
def test_what_a_table_leaves_open_is_asked_at_its_cell(table: Cells, expected: list[tuple[str, str]]) -> None:
    assert sorted(faults(read_as("nien_giam", made(table)))) == sorted(expected)


def test_a_row_that_is_no_year_is_asked_about() -> None:
    table: Cells = [*DOWN[:8], ("Bình quân", 1, 2, 3), *DOWN[8:]]
    parsed = read_as("nien_giam", made(BOOK, table[1:], merges=MERGES))
    assert faults(parsed) == [("year_of_row_unreadable", "A9")]


def test_merged_data_cells_are_refused() -> None:
    assert faults(read_as("nien_giam", made(ACROSS, merges=["B8:B9"]))) == [("cells_merged", "B8")]
