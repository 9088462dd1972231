"""The department's usual table: title rows, merged headers, sections, details, notes, signatures around the figures."""

from __future__ import annotations

from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from tests.corpus.cases import Case, Found, Values, accepted, error, note, refused
from tests.corpus.spoiling import Make
from tests.ingestion.tables import DATA, HEADER, TITLE, Cells, made, made_of

TABLE = "Biểu 1"
FIGURES: tuple[Values, ...] = (
    {"indicator_code": "budget_revenue", "period_text": "2024", "value": 25000.5, "status_code": "unstated"},
    {"indicator_code": "budget_revenue", "period_text": "2025", "value": 26000.0, "status_code": "plan"},
    {"indicator_code": "budget_revenue", "period_text": "2025", "value": 27000.0, "status_code": "estimate"},
    {"indicator_code": "poverty_rate", "period_text": "2024", "value": 5.2, "status_code": "unstated"},
    {"indicator_code": "poverty_rate", "period_text": "2025", "value": 4.5, "status_code": "plan"},
    {"indicator_code": "poverty_rate", "period_text": "2025", "value": 4.1, "status_code": "estimate"},
)
TWO_ROWS: Cells = (
    ("TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2024", "Năm 2025", None, "Ghi chú"),
    (None, None, None, None, "Kế hoạch", "Ước thực hiện"),
)
THREE_ROWS: Cells = (
    ("TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2024", "Năm 2025", None, "So sánh (%)", None, "Ghi chú"),
    (None, None, None, None, "Kế hoạch", "Ước thực hiện", "Ước 2025 với", None),
    (None, None, None, None, None, None, "Kế hoạch", "Năm trước"),
)
MERGES = ("A5:A7", "B5:B7", "C5:C7", "D5:D7", "E5:F5", "E6:E7", "F6:F7", "G5:H5", "G6:H6", "I5:I7")
SIGNATURES: Cells = (
    (),
    ("Ghi chú: số liệu ước đến 30/9.",),
    (None, "Người lập biểu", None, None, "THỦ TRƯỞNG ĐƠN VỊ"),
    (None, "Nguyễn Văn A", None, None, "Trần Thị B"),
)
ONE_COLUMN: Cells = (("TT", "Chỉ tiêu", "Thực hiện năm 2024", "Ghi chú"),)
UNIT_ABOVE: Cells = ((None, None, None, "Đơn vị tính: triệu đồng"),)


def told(rule: str, found: str | None = None) -> Found:
    return note(rule, None, found, TABLE)


def at(cell: str, rule: str, found: str | None = None) -> Found:
    return error(rule, cell, found, TABLE)


def taken(
    name: str, make: Make, *covers: str, rows: tuple[Values, ...] = FIGURES, notes: tuple[Found, ...] = ()
) -> Case:
    return accepted(name, make, *rows, covers=covers, problems=notes, file_name="bieu-tong-hop.xlsx")


def table(*parts: Cells, **more: Any) -> Make:
    return lambda: made(*parts, **more)


def spoilt(cell: str, value: Any) -> Make:
    def spoil(sheet: Worksheet) -> None:
        sheet[cell] = value

    return table(TITLE, HEADER, DATA, spoil=spoil)


def asked(name: str, make: Make, *problems: Found, covers: tuple[str, ...]) -> Case:
    return refused(name, make, *problems, covers=covers, file_name="bieu-tong-hop.xlsx")


def hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[7].hidden = True


CASES = (
    taken("wide_table", table(TITLE, HEADER, DATA), "E9"),
    taken("wide_table_under_thirty_title_rows", table([()] * 30, TITLE, HEADER, DATA), "E1"),
    taken("wide_header_of_two_rows", table(TITLE, TWO_ROWS, DATA, merges=("E5:F5",)), "E2"),
    taken(
        "wide_header_of_three_rows_with_comparisons",
        table(TITLE, THREE_ROWS, [(*row[:6], 103.8, 108, None) for row in DATA], merges=MERGES),
        "E2",
        notes=(told("parts_left_out"),),
    ),
    taken(
        "wide_table_with_column_numbers",
        table(TITLE, HEADER, [("A", "B", "C", 1, 2, "3=2-1", "D")], DATA),
        "E3",
        notes=(told("parts_left_out"),),
    ),
    taken(
        "wide_table_with_roman_sections_and_bullets",
        table(TITLE, HEADER, [("I", "KINH TẾ"), DATA[0], ("II", "XÃ HỘI"), ("-", *DATA[1][1:])]),
        "E4",
        notes=(told("parts_left_out"),),
    ),
    taken(
        "wide_table_with_details_under_of_which",
        table(
            TITLE,
            HEADER,
            [DATA[0], (None, "Trong đó:"), (None, "- Thu nội địa", "tỷ đồng", 20000, 21000, 22000)],
        ),
        "E5",
        rows=(
            *FIGURES[:3],
            *(
                {"indicator_code": "budget_revenue_domestic", "value": value}
                for value in (20000.0, 21000.0, 22000.0)
            ),
        ),
        notes=(told("parts_left_out"),),
    ),
    taken(
        "wide_table_whose_total_stands_under_its_heading",
        table(
            TITLE,
            HEADER,
            [
                (1, "Thu ngân sách nhà nước trên địa bàn"),
                (None, "Tổng số", "tỷ đồng", 25000.5, 26000, 27000),
                DATA[1],
            ],
        ),
        "E6",
        notes=(told("parts_left_out"),),
    ),
    taken(
        "wide_table_with_footnote_marks",
        table(
            TITLE,
            HEADER,
            [
                ("1", "Thu ngân sách nhà nước trên địa bàn (*)", "tỷ đồng", "25000,5(1)", 26000, 27000),
                DATA[1],
                ("(1) Chưa gồm thu viện trợ",),
            ],
        ),
        "E7",
        notes=(told("footnotes_kept"), told("parts_left_out")),
    ),
    taken(
        "wide_table_with_notes_and_signatures",
        table(TITLE, HEADER, DATA, SIGNATURES),
        "E8",
        notes=(told("parts_left_out"),),
    ),
    taken(
        "wide_table_with_a_page_number",
        table(TITLE, HEADER, DATA, [(), (None, None, None, 12)]),
        "E8",
        notes=(told("parts_left_out"),),
    ),
    taken(
        "unit_changing_within_a_wide_table",
        table(
            TITLE,
            UNIT_ABOVE,
            ONE_COLUMN,
            [
                (1, "Giải ngân vốn đầu tư công", 812000),
                (None, "Đơn vị tính: tỷ đồng"),
                (2, "Thu ngân sách nhà nước trên địa bàn", 25000),
            ],
        ),
        "E11",
        rows=(
            {
                "indicator_code": "public_investment_disbursed",
                "unit_of_measure": "million_vnd",
                "value": 812000.0,
            },
            {"indicator_code": "budget_revenue", "unit_of_measure": "billion_vnd", "value": 25000.0},
        ),
        notes=(told("parts_left_out"),),
    ),
    taken(
        "months_as_columns",
        table(
            TITLE,
            [("TT", "Chỉ tiêu", "ĐVT", *(f"Tháng {month}" for month in range(1, 10)))],
            [(1, "Thu ngân sách nhà nước trên địa bàn", "tỷ đồng", *range(2100, 2109))],
        ),
        "E9",
        rows=tuple({"period_text": f"{month:02d}/2025", "value": 2099.0 + month} for month in range(1, 10)),
    ),
    taken(
        "a_sheet_for_each_district",
        lambda: made_of(
            {
                name: [
                    (f"KẾT QUẢ NĂM 2024 CỦA {place}",),
                    TITLE[3],
                    ("TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2024"),
                    DATA[1][:4],
                ]
                for name, place in (("Ba Bể", "HUYỆN BA BỂ"), ("Na Rì", "HUYỆN NA RÌ"))
            }
        ),
        "E9",
        rows=(
            {"sheet": "Ba Bể", "admin_unit_code": "huyen_ba_be", "value": 5.2},
            {"sheet": "Na Rì", "admin_unit_code": "huyen_na_ri", "value": 5.2},
        ),
    ),
    taken(
        "blank_cells_of_a_wide_table_are_told",
        table(TITLE, HEADER, [("2", "Tỷ lệ hộ nghèo", "%", 5.2, None, 4.1)]),
        "E22",
        rows=(FIGURES[3], FIGURES[5]),
        notes=(told("cells_not_filled"),),
    ),
    asked(
        "wide_table_with_an_unknown_indicator",
        spoilt("B7", "Tỷ lệ hộ ngheo"),
        at("B7", "term_unknown", "Tỷ lệ hộ ngheo"),
        covers=("E31",),
    ),
    asked(
        "wide_table_with_a_value_without_a_name",
        spoilt("B7", None),
        at("B7", "required_blank"),
        covers=("E4",),
    ),
    asked(
        "wide_table_with_a_total_of_nothing",
        table(TITLE, HEADER, DATA, [(None, "Tổng số", "tỷ đồng", 1, 2, 3)]),
        at("B8", "term_unknown", "Tổng số"),
        covers=("E6",),
    ),
    asked(
        "wide_table_with_a_figure_under_the_signatures",
        table(TITLE, HEADER, DATA[:1], [("Nơi nhận:",)], DATA[1:]),
        at("B8", "row_after_end", "Tỷ lệ hộ nghèo"),
        told("parts_left_out"),
        covers=("E8",),
    ),
    asked(
        "wide_table_without_a_unit",
        table(TITLE, HEADER, [(1, "Tỷ lệ hộ nghèo", None, 5.2, 4.5, 4.1)]),
        at("C6", "unit_of_row_missing"),
        covers=("E11",),
    ),
    asked("wide_table_with_half_a_unit", spoilt("C6", "tỷ"), at("C6", "term_unknown", "tỷ"), covers=("E20",)),
    asked(
        "wide_table_without_a_year",
        table(
            [*TITLE[:2], ("CHỈ TIÊU KINH TẾ - XÃ HỘI",), TITLE[3]],
            [("TT", "Chỉ tiêu", "ĐVT", "Thực hiện")],
            [row[:4] for row in DATA],
        ),
        at("D5", "period_of_column_missing", "Thực hiện"),
        covers=("E23",),
    ),
    asked(
        "wide_table_without_a_date_of_publication",
        table(TITLE[:3], HEADER, DATA),
        at("B4", "publication_date_of_table_missing"),
        covers=("E33",),
    ),
    asked(
        "wide_table_with_an_unknown_column_of_numbers",
        table(TITLE, [(*HEADER[0][:6], "Hệ số")], [(*row[:6], 1.5) for row in DATA]),
        at("G5", "column_unknown", "Hệ số"),
        covers=("4b-15",),
    ),
    asked(
        "wide_table_with_a_hidden_row",
        table(TITLE, HEADER, DATA, spoil=hide_row),
        at("A7", "row_hidden"),
        covers=("E9", "4b-15"),
    ),
    asked(
        "wide_table_with_merged_values",
        table(TITLE, HEADER, DATA, merges=("D6:D7",)),
        at("D6", "cells_merged", "D6:D7"),
        told("cells_not_filled"),
        covers=("4b-15",),
    ),
    asked(
        "wide_table_with_an_error_cell",
        spoilt("D6", "#DIV/0!"),
        at("D6", "cell_error", "#DIV/0!"),
        covers=("E10",),
    ),
    asked(
        "wide_table_with_an_ambiguous_number",
        spoilt("F7", "1.234"),
        at("F7", "number_ambiguous", "1.234"),
        covers=("E12",),
    ),
    asked(
        "wide_table_with_a_share_above_the_whole",
        spoilt("F7", 141),
        at("F7", "part_is_not_above_the_whole", "141"),
        covers=("4b-19",),
    ),
)
