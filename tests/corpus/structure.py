"""The shape of a workbook of the standard form: what surrounds the table, what breaks it."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from tests.corpus.cases import accepted, error, form, refused
from tests.corpus.spoiling import at, in_sheet_xml, sheet_beside
from tests.ingestion.workbooks import HEADER, HEADER_ROW, SHEET

GROWTH = {"indicator_code": "grdp_growth", "period_text": "2023", "value": 6.33}
OF_2022 = {"Kỳ": "2022", "Giá trị": 5.88}


def titles(count: int) -> Any:
    def spoil(sheet: Worksheet) -> None:
        sheet.insert_rows(1, amount=count)
        sheet["A1"] = "ỦY BAN NHÂN DÂN TỈNH"
        sheet["J1"] = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"

    return spoil


def title_over_all_columns(sheet: Worksheet) -> None:
    sheet.merge_cells("A1:L1")
    sheet.merge_cells("A2:L2")


def header_of_two_rows(sheet: Worksheet) -> None:
    for column in range(1, 13):
        if column not in (7, 8):
            sheet.cell(3, column, sheet.cell(4, column).value)
            sheet.cell(4, column).value = None
            sheet.merge_cells(start_row=3, start_column=column, end_row=4, end_column=column)
    sheet["G3"] = "Số liệu"
    sheet.merge_cells("G3:H3")


def other_order(sheet: Worksheet) -> None:
    for row in (HEADER_ROW, HEADER_ROW + 1):
        values = [sheet.cell(row, column).value for column in range(1, 13)]
        for column, value in enumerate(reversed(values), start=1):
            sheet.cell(row, column).value = value


def merged(cells: str) -> Any:
    return lambda sheet: sheet.merge_cells(cells)


def hidden_row(number: int) -> Any:
    def spoil(sheet: Worksheet) -> None:
        sheet.row_dimensions[number].hidden = True

    return spoil


def hidden_column(letters: str) -> Any:
    def spoil(sheet: Worksheet) -> None:
        sheet.column_dimensions[letters].hidden = True

    return spoil


def hidden_sheet(state: str) -> Any:
    def spoil(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.create_sheet("Bìa")
        sheet.sheet_state = state

    return spoil


def second_table_below(sheet: Worksheet) -> None:
    for column, name in enumerate(HEADER, start=1):
        sheet.cell(9, column, name)
        sheet.cell(10, column, sheet.cell(5, column).value)


def second_table_beside(sheet: Worksheet) -> None:
    for column, name in enumerate(HEADER, start=14):
        sheet.cell(HEADER_ROW, column, name)


def everything_an_office_adds(sheet: Worksheet) -> None:
    sheet.freeze_panes = "A5"
    sheet.auto_filter.ref = "A4:L5"
    sheet["G5"].comment = Comment("Số theo niên giám", "Phòng Tổng hợp")
    sheet["K5"].hyperlink = "https://example.org/nien-giam"
    sheet.protection.sheet = True
    sheet.print_title_rows = "4:4"
    sheet.row_dimensions[5].height = 40


def renamed(title: str) -> Any:
    return lambda sheet: setattr(sheet, "title", title)


def broken_lines_in_the_header(sheet: Worksheet) -> None:
    sheet["D4"] = "Đơn vị\ntính"
    sheet["H4"] = "  TRẠNG THÁI\r\n số liệu "


def only_the_header(sheet: Worksheet) -> None:
    sheet.delete_rows(5)


def a_blank_row_between(sheet: Worksheet) -> None:
    sheet.insert_rows(6)


def formula_with_a_value(xml: bytes) -> bytes:
    return xml.replace(b"<v>6.33</v>", b"<f>SUM(Z1:Z2)</f><v>6.33</v>")


def date_of_1904(sheet: Worksheet) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    assert sheet.parent is not None
    sheet.parent.epoch = CALENDAR_MAC_1904
    sheet["J5"] = date(2024, 5, 3)


CASES = (
    accepted("twenty_title_rows_above_the_header", form({}, spoil=titles(20)), GROWTH, covers=("E1",)),
    accepted(
        "title_merged_over_all_columns",
        form({}, spoil=title_over_all_columns),
        GROWTH,
        covers=("E1", "4b-15"),
    ),
    refused(
        "header_below_the_fortieth_row",
        form({}, spoil=titles(40)),
        error("header_not_found", None),
        covers=("E1",),
    ),
    refused(
        "no_header_at_all",
        form({}, spoil=lambda sheet: sheet.delete_rows(HEADER_ROW)),
        error("header_not_found", None),
        covers=("E1", "4b-15"),
    ),
    accepted(
        "columns_in_reverse_order", form({}, spoil=other_order), GROWTH | {"cell": "F5"}, covers=("4b-15",)
    ),
    accepted(
        "header_with_line_breaks_and_capitals",
        form({}, spoil=broken_lines_in_the_header),
        GROWTH,
        covers=("E2", "4b-15"),
    ),
    refused(
        "column_renamed",
        form({}, spoil=at(G4="Trị số")),
        error("column_unknown", "G4", "Trị số"),
        error("column_missing", None),
        covers=("4b-15",),
    ),
    refused("column_left_out", form({}, spoil=at(L4=None)), error("column_missing", None), covers=("4b-15",)),
    refused(
        "column_added_with_a_name",
        form({}, spoil=at(M4="Diễn giải", M5="số mới")),
        error("column_unknown", "M4", "Diễn giải"),
        covers=("4b-15",),
    ),
    refused(
        "column_given_twice",
        form({}, spoil=at(M4="Kỳ")),
        error("column_twice", "M4", "Kỳ"),
        covers=("4b-15",),
    ),
    refused(
        "remark_beside_the_table",
        form({}, OF_2022, spoil=at(N6="hỏi lại phòng")),
        error("outside_table", "N6", "hỏi lại phòng"),
        covers=("4b-15",),
    ),
    refused(
        "second_table_under_the_first",
        form({}, spoil=second_table_below),
        error("header_repeated", "A9"),
        covers=("4b-15",),
    ),
    refused(
        "second_table_beside_the_first",
        form({}, spoil=second_table_beside),
        *(
            error("column_twice", f"{letter}4", name)
            for letter, name in zip("NOPQRSTUVWXY", HEADER, strict=True)
        ),
        covers=("4b-15",),
    ),
    refused("only_the_header", form({}, spoil=only_the_header), error("no_rows", None), covers=("E41",)),
    accepted(
        "blank_row_between_the_data",
        form({}, OF_2022, spoil=a_blank_row_between),
        GROWTH | {"cell": "G5"},
        {"period_text": "2022", "value": 5.88, "cell": "G7"},
        covers=("E1",),
    ),
    refused(
        "data_cells_merged_down",
        form({}, OF_2022, spoil=merged("E5:E6")),
        error("cells_merged", "E5", "E5:E6"),
        error("required_blank", "E6"),
        covers=("E2", "4b-15"),
    ),
    refused(
        "value_merged_with_its_status",
        form({}, spoil=merged("G5:H5")),
        error("cells_merged", "G5", "G5:H5"),
        error("required_blank", "H5"),
        covers=("4b-15",),
    ),
    refused(
        "row_with_data_hidden",
        form({}, OF_2022, spoil=hidden_row(6)),
        error("row_hidden", "A6"),
        covers=("E9", "4b-15"),
    ),
    refused(
        "column_of_the_table_hidden",
        form({}, spoil=hidden_column("D")),
        error("column_hidden", "D4"),
        covers=("E9", "4b-15"),
    ),
    accepted(
        "empty_column_hidden_beside_the_table", form({}, spoil=hidden_column("P")), GROWTH, covers=("E9",)
    ),
    accepted("empty_row_hidden_under_the_table", form({}, spoil=hidden_row(30)), GROWTH, covers=("E9",)),
    refused(
        "sheet_with_data_hidden",
        form({}, spoil=hidden_sheet("hidden")),
        error("sheet_hidden", None),
        covers=("E9", "4b-15"),
    ),
    refused(
        "sheet_with_data_hidden_by_a_program",
        form({}, spoil=hidden_sheet("veryHidden")),
        error("sheet_hidden", None),
        covers=("E9", "4b-15"),
    ),
    accepted(
        "hidden_list_sheet_beside_the_data",
        form({}, spoil=sheet_beside("_danh_muc", state="veryHidden", A1="grdp_growth")),
        GROWTH,
        covers=("E9",),
    ),
    accepted(
        "cover_and_notes_on_other_sheets",
        form({}, spoil=sheet_beside("Ghi chú", A1="Số liệu kỳ này")),
        GROWTH,
        covers=("E9",),
    ),
    accepted(
        "sheet_name_in_capitals_with_spaces",
        form({}, spoil=renamed(" SỐ  LIỆU")),
        GROWTH | {"sheet": " SỐ  LIỆU"},
        covers=("E36",),
    ),
    accepted(
        "sheet_name_in_decomposed_letters",
        form({}, spoil=renamed(unicodedata.normalize("NFD", SHEET))),
        GROWTH,
        covers=("E34",),
    ),
    accepted(
        "comments_filters_links_and_protection",
        form({}, spoil=everything_an_office_adds),
        GROWTH,
        covers=("E9",),
    ),
    accepted(
        "formula_with_its_value_kept", in_sheet_xml(form({}), formula_with_a_value), GROWTH, covers=("E10",)
    ),
    refused(
        "formula_never_calculated",
        form({"Giá trị": "=3.33+3"}),
        error("formula_without_value", "G5"),
        covers=("E10", "4a-10"),
    ),
    refused(
        "formulas_never_calculated_in_a_whole_column",
        form({"Giá trị": "=1+1"}, OF_2022 | {"Giá trị": "=G5"}),
        error("formula_without_value", "G5"),
        error("formula_without_value", "G6"),
        covers=("E10", "4a-10"),
    ),
    *(
        refused(
            f"error_cell_{words}",
            form({column: sign}),
            error("cell_error", cell, sign),
            covers=("E10", "4a-9"),
        )
        for words, column, cell, sign in (
            ("division_by_zero", "Giá trị", "G5", "#DIV/0!"),
            ("lost_reference", "Giá trị", "G5", "#REF!"),
            ("not_available", "Giá trị", "G5", "#N/A"),
            ("unknown_function_name_in_the_unit", "Đơn vị tính", "D5", "#NAME?"),
            ("wrong_type_in_the_source", "Nguồn", "K5", "#VALUE!"),
        )
    ),
    accepted(
        "dates_counted_from_1904",
        form({}, spoil=date_of_1904),
        GROWTH | {"published_text": "03/05/2024"},
        covers=("E23",),
    ),
    refused(
        "every_error_of_every_row_is_told",
        form(
            {"Giá trị": "1.234", "Kỳ": "?"},
            OF_2022 | {"Nguồn": None},
            {"Kỳ": "2021", "Trạng thái số liệu": "Chính thưc"},
        ),
        error("period_unreadable", "F5", "?"),
        error("number_ambiguous", "G5", "1.234"),
        error("required_blank", "K6"),
        error("term_unknown", "H7", "Chính thưc"),
        covers=("E41",),
    ),
)
