"""A template → a workbook that looks like the form, lets only open cells be written, and comes back as rows."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from ingestion.layouts import Form, Role
from ingestion.normalising.numbers import to_number_text
from ingestion.normalising.periods import Period
from ingestion.normalising.publication_dates import PublicationDate
from ingestion.normalising.vocabulary import VocabularyName
from ingestion.parsing import Parsed
from ingestion.problems import Problem
from ingestion.reading.sandbox import read_workbook
from ingestion.templates.content import LABEL_ROLES, Entry, LastFigure
from ingestion.templates.mark import MARK_SHEET, check_mark
from tests.ingestion.registered import VOCABULARIES, read_rows, standard_form
from tests.ingestion.templates import (
    FIRST_ROW,
    GROWTH,
    HEADER_ROW,
    LAST,
    OFFICE,
    POVERTY,
    REVENUE,
    WRITTEN,
    YEAR_2023,
    a_template,
    filled,
    form_sheet,
    saved,
    template_bytes,
)
from tests.ingestion.workbooks import HEADER, SHEET, workbook

LAST_ROW = FIRST_ROW + 2
NAMES = {OFFICE: "Cục Thống kê tỉnh", "so_y_te": "Sở Y tế"}


def opened(data: bytes | None = None) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data or template_bytes()))


def flaws(parsed: Parsed) -> list[tuple[str, str, str | None]]:
    return [(problem.severity, problem.rule, problem.cell) for problem in parsed.problems]


def letter_of(column: str) -> str:
    return chr(ord("A") + HEADER.index(column))


# --- what the workbook is


def test_equal_templates_give_equal_bytes_and_another_department_another_id() -> None:
    assert template_bytes() == template_bytes(a_template())
    assert a_template().id == a_template().id
    assert a_template(period=YEAR_2023).id != a_template().id


def test_the_workbook_holds_no_macro_no_link_and_no_formula() -> None:
    with zipfile.ZipFile(io.BytesIO(template_bytes())) as package:
        names = package.namelist()
        sheets = b"".join(package.read(name) for name in names if name.startswith("xl/worksheets/"))
    assert not [name for name in names if "vba" in name.lower() or "external" in name.lower()]
    assert b"<f>" not in sheets


def test_above_the_header_stands_what_an_official_form_has() -> None:
    sheet = form_sheet(opened())
    texts = [cell.value for row in sheet.iter_rows(max_row=HEADER_ROW - 1) for cell in row if cell.value]
    assert texts == [
        "CỤC THỐNG KÊ TỈNH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Biểu: so_lieu, phiên bản 1.0",
        "Độc lập - Tự do - Hạnh phúc",
        "SỐ LIỆU CHỈ TIÊU THỰC HIỆN QUY HOẠCH TỈNH",
        "Kỳ báo cáo: năm 2024",
        "(Kèm theo Báo cáo số ........../BC-.......... ngày ..... tháng ..... năm ..........)",
        "Đơn vị tính: ghi ở từng dòng",
    ]
    assert [cell.value for cell in sheet[HEADER_ROW]] == list(HEADER)
    fonts = {cell.font.name for row in sheet.iter_rows(max_row=LAST_ROW) for cell in row if cell.value}
    assert fonts == {"Times New Roman"}


def test_the_labels_are_written_and_locked_and_the_rest_is_open_and_empty() -> None:
    sheet = form_sheet(opened())
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    columns = standard_form().layout.columns
    for number, labels in enumerate((GROWTH, POVERTY, REVENUE), start=FIRST_ROW):
        for at, column in enumerate(columns, start=1):
            cell = sheet.cell(number, at)
            assert cell.value == labels.get(column.role)
            assert cell.protection.locked == (column.role in LABEL_ROLES)
            assert cell.border.left.style == "thin"
            assert cell.alignment.wrap_text
    assert sheet.max_row == LAST_ROW


def test_text_cells_keep_what_is_typed_and_value_cells_are_numbers() -> None:
    sheet = form_sheet(opened())
    formats = {name: sheet[f"{letter_of(name)}{FIRST_ROW}"].number_format for name in HEADER}
    assert formats.pop("Giá trị") == "General"
    assert set(formats.values()) == {"@"}


def test_the_header_is_frozen_and_printed_on_every_a4_page() -> None:
    sheet = form_sheet(opened())
    assert sheet.freeze_panes == f"C{FIRST_ROW}"
    assert sheet.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize or 0)) == ("landscape", 9)
    # One page wide (1, the default, is not written), as many pages long as it takes.
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)


def validations(sheet: Worksheet) -> dict[str, Any]:
    return {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}


@pytest.mark.parametrize(
    ("column", "vocabulary"),
    [("Trạng thái số liệu", "statuses"), ("Cơ quan công bố", "source_authorities")],
)
def test_a_term_is_chosen_from_the_registered_ones(column: str, vocabulary: VocabularyName) -> None:
    book = opened()
    rule = validations(form_sheet(book))[f"{letter_of(column)}{FIRST_ROW}:{letter_of(column)}{LAST_ROW}"]
    assert (rule.type, rule.errorStyle) == ("list", None)  # None: what is not in the list is stopped
    sheet, _, cells = rule.formula1.partition("!")
    assert sheet == MARK_SHEET
    listed = [cell.value for (cell,) in book[sheet][cells.replace("$", "")]]
    assert listed == [term.label for term in VOCABULARIES[vocabulary].terms]


def test_an_odd_value_is_warned_of_and_the_last_published_one_is_shown() -> None:
    rules = validations(form_sheet(opened()))
    growth, poverty, revenue = (rules[f"G{row}"] for row in range(FIRST_ROW, LAST_ROW + 1))
    assert {rule.errorStyle for rule in (growth, poverty, revenue)} == {"warning"}
    assert f"G{FIRST_ROW}>=-50,G{FIRST_ROW}<=100" in growth.formula1
    assert ">=" not in revenue.formula1.replace(">0)", "")
    assert growth.promptTitle == "Giá trị (%)"
    said, how = growth.prompt.split("\n")
    assert said == "Số công bố gần nhất: 6,35 % (năm 2023, sơ bộ, công bố 2024)."
    assert how == "Ghi số theo đơn vị %; không có số thì ghi “-”, “…”, “x”."
    assert poverty.prompt == how


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (
            LastFigure(1234567.5, ">", "tỷ đồng", YEAR_2023, "Chính thức", "12/2024"),
            "Số công bố gần nhất: trên 1.234.567,5 tỷ đồng (năm 2023, chính thức, công bố 12/2024).",
        ),
        (
            LastFigure(
                -0.5, None, "%", Period("quarter", date(2024, 1, 1), date(2024, 3, 31)), "Ước tính", "2024"
            ),
            "Số công bố gần nhất: -0,5 % (quý I/2024, ước tính, công bố 2024).",
        ),
        (
            LastFigure(None, None, "%", YEAR_2023, "Sơ bộ", "2024"),
            "Số công bố gần nhất (năm 2023, các nguồn mâu thuẫn): chưa chọn số nào.",
        ),
    ],
)
def test_the_last_figure_is_said_as_an_officer_writes_it(last: LastFigure, said: str) -> None:
    sheet = form_sheet(opened(template_bytes(a_template((Entry(GROWTH, last=last),)))))
    assert validations(sheet)[f"G{FIRST_ROW}"].prompt.split("\n")[0] == said


def test_the_mark_is_very_hidden_and_the_form_is_what_opens() -> None:
    book = opened()
    assert book.sheetnames == [SHEET, "Hướng dẫn", MARK_SHEET]
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "visible", "veryHidden"]
    assert book.active is book[SHEET]
    rows = list(book[MARK_SHEET].iter_rows(min_col=1, max_col=2, max_row=5, values_only=True))
    assert rows == [
        ("template_id", a_template().id),
        ("form_code", "so_lieu"),
        ("form_version", "1.0"),
        ("department_code", OFFICE),
        ("period", "2024"),
    ]


def test_the_guide_names_every_open_column_sign_and_word() -> None:
    sheet = opened()["Hướng dẫn"]
    said = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    layout = standard_form().layout
    assert all(column.name in said for column in layout.columns if column.role not in LABEL_ROLES)
    assert all(f"“{signs[0]}”" in said for signs in layout.missing_signs.values())
    assert all(word in said for words in layout.qualifiers.values() for word in words if word.isalpha())
    assert "1.234,5" in said
    assert sheet.protection.sheet


# --- what comes back


def test_rows_nobody_wrote_in_are_left_out_with_one_note() -> None:
    parsed = read_rows(filled(template_bytes(), {1: {**WRITTEN, "Giá trị": 5.5}}))
    assert flaws(parsed) == [("note", "rows_not_filled", None)]
    assert parsed.problems[0].message_vi == (
        "2 dòng của mẫu chưa ghi gì (dòng 9; 11), được coi là chưa báo cáo."
    )
    (row,) = parsed.rows
    assert (row.indicator_code, row.method_version, row.value) == ("poverty_rate", "ndc_2021_2025", 5.5)


def test_a_template_nobody_wrote_in_has_no_rows() -> None:
    parsed = read_rows(template_bytes())
    assert flaws(parsed) == [("error", "no_rows", None), ("note", "rows_not_filled", None)]
    assert "dòng 9–11" in parsed.problems[1].message_vi


def test_a_row_that_was_begun_must_be_finished() -> None:
    parsed = read_rows(filled(template_bytes(), {0: {**WRITTEN, "Giá trị": 6.4}, 2: {"Ghi chú": "chờ số"}}))
    assert [flaw for flaw in flaws(parsed) if flaw[0] == "error"] == [
        ("error", "value_blank", "G11"),
        ("error", "required_blank", "H11"),
        ("error", "required_blank", "I11"),
        ("error", "required_blank", "J11"),
        ("error", "required_blank", "K11"),
    ]


def test_without_the_mark_a_row_of_labels_alone_is_an_error() -> None:
    book = opened()
    del book[MARK_SHEET]
    assert {flaw[1] for flaw in flaws(read_rows(saved(book)))} == {"value_blank", "required_blank"}
    blank = {"Giá trị": None, "Nguồn": None}
    assert "value_blank" in {problem.rule for problem in read_rows(workbook({}, blank)).problems}


def test_rows_hidden_because_they_are_not_reported_do_not_matter() -> None:
    book = opened(filled(template_bytes(), {0: {**WRITTEN, "Giá trị": 6.4}}))
    form_sheet(book).row_dimensions[FIRST_ROW + 1].hidden = True
    assert flaws(read_rows(saved(book))) == [("note", "rows_not_filled", None)]


# --- whose template it is


def complaints(data: bytes, department: str = OFFICE, form: Form | None = None) -> list[Problem]:
    form = form or standard_form()
    found = read_workbook(data, [SHEET, MARK_SHEET], form.layout.limits)
    assert not isinstance(found, Problem)
    return list(check_mark(found, form, department, NAMES))


def test_the_own_template_and_a_workbook_made_without_one_are_as_they_should_be() -> None:
    assert complaints(template_bytes()) == []
    assert complaints(workbook()) == []


def test_the_template_of_another_department_is_named() -> None:
    (problem,) = complaints(template_bytes(), "so_y_te")
    assert (problem.severity, problem.rule) == ("error", "template_of_other_department")
    assert problem.message_vi == (
        "Mẫu này lập cho Cục Thống kê tỉnh, không phải cho Sở Y tế. "
        "Hãy nộp dưới tên đơn vị của mẫu, hoặc dùng mẫu lập cho Sở Y tế."
    )


def test_the_template_of_an_older_version_is_named() -> None:
    form = standard_form()
    newer = Form(form.code, form.name_vi, form.layout.model_copy(update={"version": "2.0"}))
    (problem,) = complaints(template_bytes(), form=newer)
    assert problem.rule == "template_of_other_form"
    assert problem.message_vi == (
        "Tệp lập từ mẫu của biểu so_lieu 1.0; biểu đang có hiệu lực là so_lieu 2.0. "
        "Hãy lấy mẫu mới, chép số liệu sang rồi nộp lại."
    )


def test_a_mark_that_was_changed_is_named() -> None:
    book = opened()
    book[MARK_SHEET]["A3"] = None
    (problem,) = complaints(saved(book))
    assert (problem.rule, problem.sheet) == ("template_unreadable", MARK_SHEET)


# --- there and back for any template

_METHODS = {"grdp_growth": None, "poverty_rate": "ndc_2021_2025", "budget_revenue": None}
_PLACES = ("tinh_bac_kan", "tinh_thai_nguyen_cu")
_SIGNS = {"-": "none", "…": "not_collected", "x": "not_applicable"}
_WORDS = {"": None, "trên ": ">", "gần ": "<", "khoảng ": "~"}
_PERIODS = st.integers(2018, 2023).flatmap(
    lambda year: st.sampled_from(
        [
            Period("year", date(year, 1, 1), date(year, 12, 31)),
            Period("half_year", date(year, 1, 1), date(year, 6, 30)),
            Period("nine_months", date(year, 1, 1), date(year, 9, 30)),
            Period("quarter", date(year, 7, 1), date(year, 9, 30)),
            Period("month", date(year, 3, 1), date(year, 3, 31)),
            Period("cumulative_to_date", date(year, 1, 1), date(year, 5, 20)),
            Period("school_year", date(year, 9, 1), date(year + 1, 8, 31)),
        ]
    )
)
_NUMBERS = st.decimals(-10_000_000, 10_000_000, places=2).map(float)
_DATES = st.dates(date(2018, 1, 1), date(2025, 12, 31)).map(lambda day: PublicationDate(day, "day"))


def typed(value: float) -> str:
    return to_number_text(value) + ("" if value % 1 else ",0")


# (what is written, value, qualifier, missing sign): number cells, text with and without words, signs.
_VALUES = st.one_of(
    _NUMBERS.map(lambda value: (value, value, None, None)),
    st.tuples(st.sampled_from(sorted(_WORDS)), _NUMBERS).map(
        lambda said: (said[0] + typed(said[1]), said[1], _WORDS[said[0]], None)
    ),
    st.sampled_from(sorted(_SIGNS)).map(lambda sign: (sign, None, None, _SIGNS[sign])),
)
_CHOICES = st.tuples(
    _VALUES,
    st.sampled_from(VOCABULARIES["statuses"].terms),
    st.sampled_from(VOCABULARIES["source_authorities"].terms),
    _DATES,
    st.text("Niên giám thống kê =+@0123456789", min_size=1).filter(str.strip),
)
_ROWS = st.lists(
    st.tuples(st.sampled_from(sorted(_METHODS)), st.sampled_from(_PLACES), st.one_of(st.none(), _CHOICES)),
    min_size=1,
    max_size=6,
)


def label_of(vocabulary: VocabularyName, code: str) -> str:
    term = VOCABULARIES[vocabulary].term_of(code)
    assert term is not None
    return term.label


def to_entry(code: str, place: str, period: Period) -> Entry:
    labels: dict[Role, str] = {
        "indicator_code": code,
        "indicator_name": label_of("indicators", code),
        "unit_of_measure": "tỷ đồng" if code == "budget_revenue" else "%",
        "admin_unit_code": label_of("admin_units", place),
        "period": period.text,
    }
    if method := _METHODS[code]:
        labels["method_version"] = label_of("methods", method)
    return Entry(labels, last=LAST)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(period=_PERIODS, rows=_ROWS)
def test_what_is_written_in_any_template_is_what_is_read(period: Period, rows: list[Any]) -> None:
    template = a_template(tuple(to_entry(code, place, period) for code, place, _ in rows), period)
    written: dict[int, dict[str, Any]] = {}
    expected = []
    for number, (code, place, choice) in enumerate(rows):
        if choice is None:
            continue
        (text, value, qualifier, missing), status, authority, published, source = choice
        written[number] = {
            "Giá trị": text,
            "Trạng thái số liệu": status.label,
            "Cơ quan công bố": authority.label,
            "Ngày công bố": published.text,
            "Nguồn": source,
        }
        expected.append(
            {
                "indicator_code": code,
                "method_version": _METHODS[code],
                "admin_unit_code": place,
                "period_kind": period.kind,
                "period_start": period.start,
                "period_end": period.end,
                "value": value,
                "qualifier": qualifier,
                "missing_code": missing,
                "status_code": status.code,
                "source_authority_code": authority.code,
                "published_on": published.last_day,
                "source": " ".join(source.split()),
                "note": None,
            }
        )
    parsed = read_rows(filled(template_bytes(template), written))
    read = [
        {name: getattr(row, name) for name in told} for row, told in zip(parsed.rows, expected, strict=True)
    ]
    assert read == expected
    assert {problem.rule for problem in parsed.problems if problem.severity == "error"} <= (
        set() if expected else {"no_rows"}
    )
