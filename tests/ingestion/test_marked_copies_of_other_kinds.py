"""What was handed in as CSV, .ods, .xls or .px comes back as a workbook with the same cells, marked."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from ingestion.marking.looks import RESULT_SHEET
from ingestion.problems import Problem
from tests.ingestion import old_workbooks as old
from tests.ingestion import open_documents as open_document
from tests.ingestion.marked import assert_inert, links, marked, marked_cells, opened, receipt_of, sentences
from tests.ingestion.registered import read_rows
from tests.ingestion.test_open_documents import HOSTILE
from tests.ingestion.test_statistical_files import PX
from tests.ingestion.text_files import table, to_csv, to_windows_1258
from tests.ingestion.workbooks import SHEET

INJECTIONS = ('=HYPERLINK("http://x.example")', "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1")

WRONG: dict[str, tuple[Callable[[], bytes], str]] = {
    "csv": (lambda: to_csv(table({"Giá trị": "1.234"})).encode(), "CSV"),
    "csv_in_windows_1258": (lambda: to_windows_1258(to_csv(table({"Giá trị": "1.234"}))), "CSV"),
    "ods": (
        lambda: open_document.ods(
            open_document.sheet("".join(open_document.good_rows({7: open_document.text_cell("1.234")})))
        ),
        SHEET,
    ),
    "xls": (lambda: old.xls([old.OldSheet(old.good_rows({7: old.text(4, 7, "1.234")}))]), SHEET),
}


@pytest.mark.parametrize(("make", "sheet"), WRONG.values(), ids=WRONG)
def test_a_wrong_cell_is_marked_where_it_stood(make: Callable[[], bytes], sheet: str) -> None:
    data = make()
    made = marked(data)
    assert_inert(made)
    book = opened(made)
    assert book.sheetnames == [RESULT_SHEET, sheet]
    assert marked_cells(book[sheet]) == {"G4"}
    assert links(book) == [f"{sheet}!G4"]
    assert "Không rõ “1.234”" in book[sheet]["G4"].comment.text
    assert [book[sheet][name].value for name in ("A1", "G3", "G4", "E4")] == [
        "BIỂU SỐ LIỆU",
        "Giá trị",
        "1.234",
        "Tỉnh Bắc Kạn",
    ]


@pytest.mark.parametrize(("make", "sheet"), WRONG.values(), ids=WRONG)
def test_the_corrected_copy_is_accepted(make: Callable[[], bytes], sheet: str) -> None:
    book = opened(marked(make()))
    book[sheet]["G4"] = 6.33
    file = io.BytesIO()
    book.save(file)
    parsed = read_rows(file.getvalue())
    assert parsed.problems == ()
    assert [row.value for row in parsed.rows] == [6.33]


def test_what_looks_like_a_formula_comes_back_as_text() -> None:
    rows = table(*({"Kỳ": str(2020 + n), "Ghi chú": text} for n, text in enumerate(INJECTIONS)))
    made = marked(to_csv(rows).encode())
    assert_inert(made)
    cells = [row[11] for row in opened(made)["CSV"].iter_rows(min_row=4)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s") for text in INJECTIONS]


def test_hidden_and_merged_places_are_brought_into_sight() -> None:
    records = old.hidden_row(4) + old.hidden_column(7) + old.good_rows() + old.merged(4, 11, 4, 12)
    data = old.xls([old.OldSheet(records, visibility=1), old.OldSheet(name="khác")])
    rules = {problem.rule for problem in read_rows(data).problems}
    assert rules == {"sheet_hidden", "column_hidden", "row_hidden", "cells_merged"}
    book = opened(marked(data))
    assert len(links(book)) == 4
    assert {"A4", "G3", "K4"} == marked_cells(book[SHEET])


def test_every_kind_of_cell_of_an_old_file_is_shown() -> None:
    cells = {
        2: old.number(4, 2, 45657, old.DATE),
        3: old.boolean(4, 3, True),
        7: old.error(4, 7, 7),
        8: old.number(4, 8, 0.075, old.PERCENT),
        9: old.formula(4, 9, 0.0, flags=2),
    }
    sheet = opened(marked(old.xls([old.OldSheet(old.good_rows(cells))])))[SHEET]
    shown = {name: sheet[name].value for name in ("C4", "G4", "H4", "I4")}
    assert shown == {"C4": True, "G4": "#DIV/0!", "H4": 0.075, "I4": None}
    assert f"{sheet['B4'].value:%d/%m/%Y} {sheet['B4'].number_format}" == "31/12/2024 dd/mm/yyyy"
    assert sheet["H4"].number_format == "0.00%"


def test_a_px_file_comes_back_as_its_table() -> None:
    problem = Problem("error", "x", "PX", "D4", "..", "một số", "Ô D4: Thiếu số.")
    made = marked(PX.encode(), receipt_of([problem]))
    assert_inert(made)
    book = opened(made)
    assert marked_cells(book["PX"]) == {"D4"}
    assert [book["PX"][name].value for name in ("A1", "D2", "D4")] == ["Đơn vị hành chính", 1200, ".."]


@pytest.mark.parametrize("name", ["macros", "rows_repeated_bomb", "encrypted"])
def test_a_file_that_cannot_be_read_gets_its_one_sentence_and_no_copy(name: str) -> None:
    make, _ = HOSTILE[name]
    book = opened(marked(make()))
    assert book.sheetnames == [RESULT_SHEET]
    assert "Không kèm bản sao của tệp đã nộp" in sentences(book)
