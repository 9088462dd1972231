"""A table of the statistical yearbook: years across or down, two languages, preliminary years, footnotes."""

from __future__ import annotations

from typing import Any

from tests.corpus.cases import Case, Found, Values, accepted, error, note, refused
from tests.corpus.spoiling import Make
from tests.ingestion.tables import Cells, made

TABLE = "Biểu 1"
BOOK: Cells = (("Niên giám thống kê tỉnh Bắc Kạn năm 2023 - Bac Kan Statistical Yearbook 2023",),)
TITLE: Cells = (
    ("Bảng 12.",),
    ("Diện tích rừng phân theo huyện, thành phố - Area of forest by district",),
    (None, None, None, "Đơn vị tính - Unit: Ha"),
)
YEARS: Cells = ((None, 2021, 2022, "Sơ bộ - Prel. 2023"),)
TOTAL: Cells = (("TỔNG SỐ - TOTAL", "372.665,2", "373.000,5", 374000),)
DISTRICTS: Cells = (
    ("Phân theo huyện - By district",),
    ("Thành phố Bắc Kạn - Bac Kan city", 9000, 9100, 9200),
    ("Huyện Ba Bể - Ba Be district", 50000, "…", 52000),
)
FIGURES: tuple[Values, ...] = (
    {
        "indicator_code": "forest_area",
        "admin_unit_code": "tinh_bac_kan",
        "period_text": "2021",
        "value": 372665.2,
        "status_code": "official",
    },
    {"admin_unit_code": "tinh_bac_kan", "period_text": "2022", "value": 373000.5, "status_code": "official"},
    {
        "admin_unit_code": "tinh_bac_kan",
        "period_text": "2023",
        "value": 374000.0,
        "status_code": "preliminary",
    },
    {"admin_unit_code": "thanh_pho_bac_kan", "value": 9000.0},
    {"admin_unit_code": "thanh_pho_bac_kan", "value": 9100.0},
    {"admin_unit_code": "thanh_pho_bac_kan", "value": 9200.0},
    {"admin_unit_code": "huyen_ba_be", "value": 50000.0},
    {"admin_unit_code": "huyen_ba_be", "value": None, "missing_code": "not_collected"},
    {"admin_unit_code": "huyen_ba_be", "value": 52000.0, "status_code": "preliminary"},
)
DOWN: Cells = (
    ("Năm\nYear", "Tổng số\nTotal", "Chia ra - Of which"),
    (None, None, "Rừng tự nhiên\nNatural forest", "Rừng trồng\nPlanted forest"),
    ("2021", "372.665,2", 273000, "99.665,2"),
    ("Sơ bộ - Prel.2022", 374000, 273200, 100800),
)


def told(rule: str) -> Found:
    return note(rule, None, None, TABLE)


def book(*parts: Cells, **more: Any) -> Make:
    return lambda: made(*parts, **more)


def asked(name: str, make: Make, *problems: Found, covers: tuple[str, ...]) -> Case:
    return refused(name, make, *problems, covers=covers, file_name="nien-giam.xlsx")


def taken(
    name: str, make: Make, *covers: str, rows: tuple[Values, ...] = FIGURES, notes: tuple[Found, ...]
) -> Case:
    return accepted(name, make, *rows, covers=covers, problems=notes, file_name="nien-giam.xlsx")


CASES = (
    taken(
        "yearbook_with_years_across_and_districts_down",
        book(BOOK, TITLE, YEARS, TOTAL, DISTRICTS),
        "E9",
        "E6",
        "E26",
        notes=(told("parts_left_out"),),
    ),
    taken(
        "yearbook_with_years_down_and_parts_across",
        book(
            BOOK,
            [("Diện tích rừng - Area of forest",)],
            TITLE[2:],
            DOWN,
            [(397,)],
            merges=("A4:A5", "B4:B5", "C4:D4"),
        ),
        "E2",
        "E5",
        "E8",
        rows=(
            {"indicator_code": "forest_area", "period_text": "2021", "value": 372665.2},
            {"indicator_code": "forest_area_natural", "value": 273000.0},
            {"indicator_code": "forest_area_planted", "value": 99665.2},
            {
                "indicator_code": "forest_area",
                "period_text": "2022",
                "status_code": "preliminary",
                "value": 374000.0,
            },
            {"indicator_code": "forest_area_natural", "value": 273200.0},
            {"indicator_code": "forest_area_planted", "value": 100800.0},
        ),
        notes=(told("parts_left_out"),),
    ),
    taken(
        "yearbook_with_a_footnote",
        book(BOOK, TITLE, YEARS, [("TỔNG SỐ (*) - TOTAL", *TOTAL[0][1:])], [("(*) Số liệu kiểm kê",)]),
        "E7",
        rows=FIGURES[:3],
        notes=(told("footnotes_kept"), told("parts_left_out")),
    ),
    asked(
        "yearbook_with_an_unknown_district",
        book(BOOK, TITLE, YEARS, TOTAL, [("Huyện Sơn Dương", 1, 2, 3)]),
        error("term_unknown", "A7", "Huyện Sơn Dương", TABLE),
        covers=("4b-18",),
    ),
    asked(
        "yearbook_with_a_thousand_comma_of_another_language",
        book(BOOK, TITLE, YEARS, [("TỔNG SỐ - TOTAL", "372,665", 373000, 374000)]),
        error("number_ambiguous", "B6", "372,665", TABLE),
        covers=("E12",),
    ),
    asked(
        "yearbook_of_a_title_without_an_indicator",
        book(BOOK, [("Bảng 12.",), ("Một số chỉ tiêu chủ yếu",)], TITLE[2:], YEARS, TOTAL),
        error("indicator_of_table_unknown", "B5", None, TABLE),
        covers=("E31",),
    ),
    asked(
        "yearbook_without_its_unit",
        book(BOOK, TITLE[:2], YEARS, TOTAL),
        error("unit_of_row_missing", "A5", None, TABLE),
        covers=("E11",),
    ),
)
