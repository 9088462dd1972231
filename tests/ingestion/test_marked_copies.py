"""The submitter's workbook comes back with every problem marked, listed and linked, and can do nothing."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import sys
from datetime import date

import openpyxl
import pytest
import xlsxwriter
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ingestion.marking.composing import to_answer
from ingestion.marking.looks import FIGURES_SHEET, RESULT_SHEET
from ingestion.problems import Problem, to_problem
from ingestion.reading.sandbox import ProcessLimits
from ingestion.receipts import Change
from tests.ingestion.marked import (
    assert_inert,
    comment_heights,
    links,
    marked,
    marked_cells,
    opened,
    receipt_of,
    sentences,
)
from tests.ingestion.registered import VOCABULARIES, read_rows, standard_form
from tests.ingestion.test_hostile_files import HOSTILE
from tests.ingestion.workbooks import FIRST_ROW, GOOD_ROW, HEADER, SHEET, cell_of, workbook

INJECTIONS = (
    '=HYPERLINK("http://x.example")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "{{ 7*7 }}",
    "<b>đậm</b>",
)
# One grey pixel.
_PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)
UNREADABLE = (
    "empty",
    "html_renamed",
    "truncated",
    "password",
    "macros",
    "external_links",
    "path_traversal",
    "billion_laughs",
    "cell_at_the_end_of_the_sheet",
    "cell_of_32768_characters",
    "blanks_of_150_megabytes",
)


def as_text(sheet: Worksheet, name: str, text: str) -> None:
    """Write text that begins like a formula, as text."""
    sheet[name].value = text
    sheet[name].data_type = "s"


def test_every_problem_is_coloured_commented_and_listed_with_a_link() -> None:
    data = workbook(
        {"Giá trị": "1.234"},
        {"Kỳ": "năm ngoái", "Giá trị": "sáu"},
        {"Kỳ": "2021", "Giá trị": None, "Ghi chú": "giữ nguyên"},
        {"Kỳ": "2020"},
    )
    problems = read_rows(data).problems
    book = opened(marked(data))
    assert book.sheetnames == [RESULT_SHEET, SHEET]
    assert book.active is not None
    assert book.active.title == RESULT_SHEET
    cells = {problem.cell for problem in problems}
    assert cells == {"G5", "F6", "G6", "G7"}
    assert marked_cells(book[SHEET]) == cells
    assert links(book) == [f"{SHEET}!{problem.cell}" for problem in problems]
    told = sentences(book)
    for problem in problems:
        assert problem.message_vi.removeprefix(f"Ô {problem.cell}: ") in told
        assert problem.expected in told
        assert problem.expected in book[SHEET][problem.cell].comment.text
    assert "Số lỗi: 4, số cảnh báo: 0, số lưu ý: 0" in told
    # What is not wrong is as it was.
    assert book[SHEET]["L7"].value == "giữ nguyên"
    assert [cell.value for cell in book[SHEET][8]] == [({**GOOD_ROW, "Kỳ": "2020"})[name] for name in HEADER]


def test_severities_are_words_and_frames_never_colour_alone() -> None:
    data = workbook({}, {"Kỳ": "2022"}, {"Kỳ": "2021"})
    problems = [
        Problem(severity, "x", SHEET, f"G{row}", "6,33", "khoảng 6", f"Ô G{row}: Khác năm trước.")
        for severity, row in (("note", 7), ("warning", 6), ("error", 5))
    ]
    book = opened(marked(data, receipt_of(problems)))
    assert [book[SHEET][f"G{row}"].border.left.style for row in (5, 6, 7)] == [
        "medium",
        "mediumDashed",
        "dotted",
    ]
    listed = [row[2] for row in book[RESULT_SHEET].iter_rows(values_only=True)]
    assert [word for word in listed if word in ("Lỗi", "Cảnh báo", "Lưu ý")] == ["Lỗi", "Cảnh báo", "Lưu ý"]
    assert book[SHEET]["G6"].comment.text.startswith("Cột Mốc – Cảnh báo\nKhác năm trước.")


def test_several_problems_of_a_cell_share_its_comment_and_stand_before_an_earlier_one() -> None:
    def explain(sheet: Worksheet) -> None:
        sheet["G5"].comment = openpyxl.comments.Comment("Đã hỏi phòng Tổng hợp", "Nguyễn Văn A")

    problems = [
        Problem("note", "x", SHEET, "G5", None, "số nguyên", "Ô G5: Không tròn."),
        Problem("error", "y", SHEET, "G5", None, "số không âm", "Ô G5: Âm."),
    ]
    made = marked(workbook(spoil=explain), receipt_of(problems))
    cell = opened(made)[SHEET]["G5"]
    order = [
        cell.comment.text.index(word)
        for word in ("Lỗi", "Âm.", "Lưu ý", "Không tròn.", "Nguyễn Văn A", "Đã hỏi")
    ]
    assert order == sorted(order)
    # The box is high enough for its lines.
    (height,) = comment_heights(made)
    assert height >= 15 * len(cell.comment.text.splitlines())


def test_a_warning_leads_to_the_cell_of_its_justification() -> None:
    note = "Theo công văn số 12/CTK"
    data = workbook({}, {"Kỳ": "2022", "Ghi chú": note})
    problems = [
        Problem("warning", "x", SHEET, f"G{row}", "6.33", "khoảng 3", "Cao.", note_cell=f"L{row}", note=said)
        for row, said in ((5, "đúng"), (6, note))
    ]
    book = opened(marked(data, receipt_of(problems, state="waiting")))
    told = sentences(book)
    assert "Cần ghi lý do (ít nhất 10 ký tự) vào ô Ghi chú L5." in told
    assert f"Đã giải trình tại ô L6: “{note}”." in told
    assert links(book) == [f"{SHEET}!{name}" for name in ("G5", "L5", "G6", "L6")]


def test_numbers_are_written_as_in_vietnam_and_text_as_it_was_typed() -> None:
    data = workbook({"Giá trị": 1234567.5}, {"Kỳ": "2022", "Giá trị": "1.234"}, {"Kỳ": 2021, "Giá trị": 0.25})
    problems = [
        Problem("note", "x", SHEET, name, found, "ít hơn", f"Ô {name}: Ghi {found} %, cao.")
        for name, found in (("G5", "1234567.5"), ("G6", "1.234"), ("F7", "2021"), ("G7", "0.25"))
    ]
    changes = [
        Change("grdp_growth", "tinh_bac_kan", "2023", 1234.5, 1234567.5, SHEET, "G5", "percent"),
        Change("grdp_growth", "tinh_bac_kan", "2022", None, None, SHEET, "G6", "percent"),
    ]
    book = opened(marked(data, receipt_of(problems, changes, state="accepted")))
    told = sentences(book)
    for shown in (
        "1.234.567,5 | ít hơn | Ghi 1.234.567,5 %, cao.",
        "1.234 |",
        "| 2021 |",
        "Ghi 0,25 %, cao.",
    ):
        assert shown in told
    place = "Tốc độ tăng trưởng GRDP, Tỉnh Bắc Kạn, kỳ"
    assert f"Thay đổi | {place} 2023 (%): 1.234,5 → 1.234.567,5" in told
    assert f"Số mới | {place} 2022 (%): (chưa có) → (không có số)" in told
    assert "Ngày nộp: 05/01/2025" in told
    assert "| % | 1.234,5 | 1.234.567,5" in sentences(book, FIGURES_SHEET)
    assert f"{FIGURES_SHEET}!A1" in links(book)


def test_text_like_a_formula_stays_text_everywhere() -> None:
    def inject(sheet: Worksheet) -> None:
        for number, text in enumerate(INJECTIONS, start=FIRST_ROW):
            as_text(sheet, cell_of("Giá trị", number), text)
            as_text(sheet, cell_of("Nguồn", number), text)

    data = workbook(*({"Kỳ": str(2010 + n)} for n in range(len(INJECTIONS))), spoil=inject)
    problems = read_rows(data).problems
    assert len(problems) == len(INJECTIONS)
    made = marked(data, receipt_of(problems, name="=1+1.xlsx"))
    assert_inert(made)
    book = opened(made)
    for number, text in enumerate(INJECTIONS, start=FIRST_ROW):
        for column in ("Giá trị", "Nguồn"):
            cell = book[SHEET][cell_of(column, number)]
            assert (cell.value, cell.data_type) == (text, "s")
    cells = [cell for row in book[RESULT_SHEET].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
    assert any(cell.value == INJECTIONS[0] for cell in cells)


def test_the_copy_holds_values_and_nothing_that_computes_points_outside_or_draws() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, [GOOD_ROW[name] for name in HEADER])
        sheet.write_formula("G2", '=WEBSERVICE("http://x.example")+1', None, 6.5)
        sheet.write_array_formula("N2:N2", "{=SUM(1,2)}", None, 3)
        sheet.write_url("K2", "file://x.example/share/a.xlsx", string="Niên giám")
        sheet.write_dynamic_array_formula("O2", "=SEQUENCE(2)", None, 1)
        sheet.add_table("Q1:R3")
        sheet.data_validation("F2", {"validate": "list", "source": "=Danh_muc"})
        sheet.conditional_format("G2", {"type": "formula", "criteria": "=G2>1", "format": book.add_format()})
        sheet.protect("x")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": f"='{SHEET}'!$G$2:$G$2"})
        sheet.insert_chart("A9", chart)
        book.define_name("Danh_muc", "=OFFSET(A1,0,0)")
        sheet.repeat_rows(0)
    made = marked(file.getvalue(), receipt_of([to_problem("no_rows", sheet=SHEET)]))
    assert_inert(made)
    copied = opened(made)[SHEET]
    assert [copied[name].value for name in ("G2", "N2", "K2", "O2")] == [6.5, 3, "Niên giám", 1]
    assert not copied.protection.sheet
    assert copied.print_title_rows == "$1:$1"


def test_openpyxl_names_rules_and_validations_are_left_out_too() -> None:
    def enrich(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.defined_names["x"] = DefinedName("x", attr_text="cmd|'/C calc'!A0")
        sheet.add_data_validation(DataValidation("list", formula1="=x", sqref="F5"))
        sheet.conditional_formatting.add("G5", FormulaRule(formula=["x"], fill=PatternFill()))
        sheet["K5"].hyperlink = "https://x.example/nien-giam"

    assert_inert(marked(workbook(spoil=enrich)))


def test_hidden_and_merged_places_are_brought_into_sight() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[5].hidden = True
        sheet.column_dimensions["K"].hidden = True
        sheet.merge_cells("G5:G6")
        sheet.sheet_state = "hidden"
        assert sheet.parent is not None
        sheet.parent.create_sheet("Khác")

    data = workbook({}, {"Kỳ": "2022"}, spoil=hide)
    rules = {problem.rule for problem in read_rows(data).problems}
    assert rules == {"sheet_hidden", "column_hidden", "row_hidden", "cells_merged", "value_blank"}
    book = opened(marked(data))
    assert len(links(book)) == 5
    assert {"A5", "K4", "G5"} == marked_cells(book[SHEET])


def test_a_corrected_marked_copy_is_accepted_and_marked_anew() -> None:
    returned = opened(marked(workbook({"Giá trị": "1.234"}, {"Kỳ": "?"})))
    returned[SHEET]["G5"] = 6.33
    file = io.BytesIO()
    returned.save(file)
    again = read_rows(file.getvalue())
    assert [problem.cell for problem in again.problems] == ["F6"]
    book = opened(marked(file.getvalue()))
    assert book.sheetnames == [RESULT_SHEET, SHEET]
    assert marked_cells(book[SHEET]) == {"F6"}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_gets_its_one_sentence_and_no_copy(name: str) -> None:
    make, rule = HOSTILE[name]
    (problem,) = read_rows(make()).problems
    assert problem.rule == rule
    made = marked(make(), receipt_of([problem]))
    assert_inert(made)
    book = opened(made)
    assert book.sheetnames == [RESULT_SHEET]
    told = sentences(book)
    assert problem.message_vi.removeprefix(f"Ô {problem.cell}: ") in told
    assert "Không kèm bản sao của tệp đã nộp" in told
    assert links(book) == []


def test_equal_input_gives_equal_bytes() -> None:
    data = workbook({"Giá trị": "1.234"})
    assert marked(data) == marked(data)


def test_what_is_too_heavy_to_copy_is_answered_without_a_copy() -> None:
    data = workbook(*({"Giá trị": "sáu", "Nguồn": f"Niên giám {n}"} for n in range(8_000)))
    problem = to_problem("number_unreadable", sheet=SHEET, cell="G5", found="sáu", signs="-")
    book = opened(marked(data, receipt_of([problem]), ProcessLimits(cpu_seconds=1, wall_seconds=300.0)))
    assert book.sheetnames == [RESULT_SHEET]
    assert f"{SHEET}!G5" in sentences(book)


def test_nothing_is_given_when_not_even_the_answer_can_be_made_in_time() -> None:
    assert marked(workbook(), receipt_of(()), ProcessLimits(wall_seconds=0.001)) is None


@pytest.mark.slow
def test_twenty_thousand_wrong_rows_stay_within_the_limits() -> None:
    data = workbook(*({"Giá trị": "sáu", "Nguồn": f"Niên giám {n}"} for n in range(19_990)))
    form_answer = marked(data, process=ProcessLimits(cpu_seconds=60, wall_seconds=300.0))
    book = opened(form_answer)
    assert len(marked_cells(book[SHEET])) == len(links(book)) == 5_000
    assert "Còn 14990 nội dung nữa" in sentences(book)


_WITH_EVERYTHING = """
import json, sys
import numpy, PIL.Image
from ingestion.marking.answer import Answer
from ingestion.marking.child import to_marked_copy
request = json.loads(sys.stdin.buffer.readline())
answer = Answer.from_json(request["answer"])
made = to_marked_copy(sys.stdin.buffer.read(), answer, request["sheets"], request["limits"])
assert sys.modules["numpy"] and sys.modules["PIL"]
sys.stdout.buffer.write(made)
"""


def test_a_copy_made_without_numpy_and_pillow_is_the_same_copy() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet(SHEET)
        for column, name in enumerate(HEADER):
            sheet.write(FIRST_ROW - 2, column, name)
            sheet.write(FIRST_ROW - 1, column, GOOD_ROW[name])
        sheet.write(FIRST_ROW - 1, HEADER.index("Giá trị"), "1.234")
        sheet.insert_image("N1", "cot-moc.png", {"image_data": io.BytesIO(_PICTURE)})
    data = out.getvalue()
    receipt, form = receipt_of(read_rows(data).problems), standard_form()
    answer = to_answer(receipt, VOCABULARIES, "Cục Thống kê tỉnh", date(2025, 1, 5))
    request = {
        "answer": answer.as_json(),
        "sheets": [form.layout.sheet],
        "limits": form.layout.limits.model_dump(),
    }
    heavy = subprocess.run(
        [sys.executable, "-c", _WITH_EVERYTHING],
        input=json.dumps(request).encode() + b"\n" + data,
        capture_output=True,
        check=True,
    ).stdout
    assert heavy == marked(data)
    assert b"xl/media" not in heavy


_WHAT_IT_HAS = """
import ingestion.marking.child, openpyxl.drawing.image, openpyxl.compat.numbers, sys
print(openpyxl.drawing.image.PILImage, openpyxl.compat.numbers.NUMPY, {"numpy", "PIL"} & set(sys.modules))
import numpy
print(numpy.array([1]).sum())
"""


def test_the_copying_process_has_no_decoder_of_pictures_and_numpy_only_when_it_is_asked_for() -> None:
    said = subprocess.run(
        [sys.executable, "-I", "-c", _WHAT_IT_HAS], capture_output=True, check=True, text=True
    ).stdout
    assert said == "False False set()\n1\n"
