"""An .ods file says what an .xlsx file says, with the same flaws at the same cells; hostile ones cost one answer."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from ingestion.cells import Cell, Workbook
from ingestion.problems import Problem
from ingestion.reading.sandbox import read_workbook
from tests.ingestion.open_documents import (
    blanks,
    good_rows,
    manifest_of,
    number_cell,
    ods,
    row,
    sheet,
    text_cell,
)
from tests.ingestion.registered import read_rows, standard_form
from tests.ingestion.text_files import to_legacy
from tests.ingestion.workbooks import SHEET, with_members, workbook

LIMITS = standard_form().layout.limits
DTD = b"<!DOCTYPE x [<!ENTITY a 'b'>]>"
ERROR = '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error">'


def with_cell(column: int, cell: str) -> bytes:
    return ods(sheet("".join(good_rows({column: cell}))))


def with_last_row(attributes: str) -> bytes:
    *rows, last = good_rows()
    return ods(sheet("".join(rows) + last.replace("row ", f"row {attributes} ", 1)))


def rules(data: bytes) -> list[tuple[str, str | None]]:
    return [(problem.rule, problem.cell) for problem in read_rows(data).problems]


def cells_of(data: bytes) -> dict[tuple[int, int], Cell]:
    found = read_workbook(data, [SHEET], LIMITS)
    assert isinstance(found, Workbook), found
    assert found.kind == "ods"
    return dict(found.sheets[SHEET].cells)


def test_a_good_file_is_read_whole() -> None:
    parsed = read_rows(ods())
    assert parsed.problems == ()
    assert [(row.cell, row.value, row.indicator_code) for row in parsed.rows] == [("G4", 6.33, "grdp_growth")]


KINDS: dict[str, tuple[str, Cell]] = {
    "number": (number_cell("1234.5"), Cell("number", 1234.5)),
    "percent": (
        '<table:table-cell office:value-type="percentage" office:value="0.075"><text:p>7,5%</text:p>'
        "</table:table-cell>",
        Cell("percent", 0.075),
    ),
    "currency": (
        '<table:table-cell office:value-type="currency" office:value="5"><text:p>5 ₫</text:p></table:table-cell>',
        Cell("number", 5.0),
    ),
    "boolean": (
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p>'
        "</table:table-cell>",
        Cell("boolean", True),
    ),
    "date": (
        '<table:table-cell office:value-type="date" office:date-value="2024-12-31"><text:p>31/12/24</text:p>'
        "</table:table-cell>",
        Cell("date", datetime(2024, 12, 31)),  # noqa: DTZ001 - a cell knows no time zone
    ),
    "month": (
        '<table:table-cell table:style-name="month" office:value-type="date" office:date-value="2024-12-01">'
        "<text:p>12/2024</text:p></table:table-cell>",
        Cell("month", datetime(2024, 12, 1)),  # noqa: DTZ001 - a cell knows no time zone
    ),
    "error": (ERROR + "<text:p>#DIV/0!</text:p></table:table-cell>", Cell("error", "#DIV/0!")),
    "formula_without_value": ('<table:table-cell table:formula="of:=A1"/>', Cell("uncalculated", "")),
    "formula_with_value": (number_cell("3", 'table:formula="of:=1+2"'), Cell("number", 3.0)),
    "text_like_a_formula": (text_cell("=1+1"), Cell("text", "=1+1")),
    "text_with_a_comment": (
        '<table:table-cell office:value-type="string"><office:annotation><dc:creator>A</dc:creator>'
        "<text:p>lời bình</text:p></office:annotation><text:p>nội dung</text:p></table:table-cell>",
        Cell("text", "nội dung"),
    ),
    "text_in_an_old_font": (
        text_cell(to_legacy("Niên giám", "TCVN3"), 'table:style-name="older"'),
        Cell("text", "Niên giám"),
    ),
}


@pytest.mark.parametrize(("cell", "meant"), KINDS.values(), ids=KINDS)
def test_every_kind_of_cell_is_told_apart(cell: str, meant: Cell) -> None:
    assert cells_of(with_cell(7, cell))[4, 7] == meant


FLAWS: dict[str, tuple[Callable[[], bytes], list[tuple[str, str | None]]]] = {
    "error_cell": (lambda: with_cell(7, KINDS["error"][0]), [("cell_error", "G4")]),
    "uncalculated": (
        lambda: with_cell(7, KINDS["formula_without_value"][0]),
        [("formula_without_value", "G4")],
    ),
    "shown_as_percent": (lambda: with_cell(7, KINDS["percent"][0]), [("number_shown_as_percent", "G4")]),
    "hidden_row": (
        lambda: ods(
            sheet(
                "".join(good_rows()[:3]) + good_rows()[3].replace("row ", 'row table:visibility="collapse" ')
            )
        ),
        [("row_hidden", "A4")],
    ),
    "filtered_row": (
        lambda: ods(
            sheet("".join(good_rows()[:3]) + good_rows()[3].replace("row ", 'row table:visibility="filter" '))
        ),
        [("row_hidden", "A4")],
    ),
    "hidden_column": (
        lambda: ods(
            sheet(
                '<table:table-column table:number-columns-repeated="6"/>'
                '<table:table-column table:visibility="collapse"/>' + "".join(good_rows())
            )
        ),
        [("column_hidden", "G3")],
    ),
    "hidden_sheet": (
        lambda: ods(sheet("".join(good_rows()), attributes='table:style-name="hidden"')),
        [("sheet_hidden", None)],
    ),
    "merged": (
        lambda: with_cell(
            11, text_cell("gộp", 'table:number-columns-spanned="2" table:number-rows-spanned="1"')
        ),
        [("cells_merged", "K4")],
    ),
}


@pytest.mark.parametrize(("make", "answer"), FLAWS.values(), ids=FLAWS)
def test_a_flaw_is_named_at_its_cell(make: Callable[[], bytes], answer: list[tuple[str, str | None]]) -> None:
    assert rules(make()) == answer


def test_repeated_cells_and_rows_stand_at_each_of_their_places() -> None:
    rows = row(blanks(2) + text_cell("x", 'table:number-columns-repeated="3"') + text_cell("y"))
    rows = row(blanks(5), 'table:number-rows-repeated="4"') + rows.replace(
        "row ", 'row table:number-rows-repeated="2" '
    )
    cells = {at: cell.as_found for at, cell in cells_of(ods(sheet(rows + row(number_cell("1"))))).items()}
    line = {3: "x", 4: "x", 5: "x", 6: "y"}
    assert cells == {(r, c): text for r in (5, 6) for c, text in line.items()} | {(7, 1): "1"}


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "rows_repeated_bomb": (
        lambda: ods(sheet(row(text_cell("x"), 'table:number-rows-repeated="1000000000"'))),
        "sheet_too_large",
    ),
    "columns_repeated_bomb": (
        lambda: ods(sheet(row(text_cell("x", 'table:number-columns-repeated="1000000000"')))),
        "sheet_too_large",
    ),
    "both_repeated_bomb": (
        lambda: ods(
            sheet(
                row(
                    text_cell("x", 'table:number-columns-repeated="60"'), 'table:number-rows-repeated="20001"'
                )
            )
        ),
        "sheet_too_large",
    ),
    "repeats_without_sense": (
        lambda: ods(sheet(row(text_cell("x", 'table:number-columns-repeated="many"')))),
        "file_damaged",
    ),
    "zip_bomb": (lambda: ods(sheet(" " * 150 * 1_048_576)), "file_expands_too_much"),
    "long_text": (lambda: ods(sheet(row(text_cell("ă" * 32_768)))), "cell_text_too_long"),
    "macros": (lambda: ods(members={"Basic/Standard/Module1.xml": "<x/>"}), "file_has_macros"),
    "scripts": (lambda: ods(members={"Scripts/python/evil.py": "import os"}), "file_has_macros"),
    "script_element": (
        lambda: ods(before='<office:scripts><office:script script:language="ooo:Basic"/></office:scripts>'),
        "file_has_macros",
    ),
    "event": (
        lambda: ods(before="<office:scripts><office:event-listeners/></office:scripts>"),
        "file_has_macros",
    ),
    "linked_sheet": (
        lambda: ods(sheet('<table:table-source xlink:href="file:///x.ods"/>' + "".join(good_rows()))),
        "file_has_external_links",
    ),
    "formula_of_another_file": (
        lambda: with_cell(7, number_cell("1", "table:formula=\"of:=['file:///x.ods'#$A.A1]\"")),
        "file_has_external_links",
    ),
    "embedded_object": (
        lambda: with_cell(
            12, '<table:table-cell><draw:object-ole xlink:href="./Object 1"/></table:table-cell>'
        ),
        "file_has_embedded_objects",
    ),
    "object_that_is_no_chart": (
        lambda: ods(
            members={
                "Object 1/content.xml": "<x/>",
                "META-INF/manifest.xml": manifest_of(
                    '<manifest:file-entry manifest:full-path="Object 1/" '
                    'manifest:media-type="application/vnd.oasis.opendocument.text"/>'
                ),
            }
        ),
        "file_has_embedded_objects",
    ),
    "encrypted": (
        lambda: ods(
            members={
                "META-INF/manifest.xml": manifest_of(
                    '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
                    "</manifest:file-entry>"
                )
            }
        ),
        "file_password_protected",
    ),
    "dtd": (
        lambda: with_members(
            ods(), {"content.xml": lambda xml: xml.replace(b"?>", b"?><!DOCTYPE x [<!ENTITY a 'b'>]>", 1)}
        ),
        "file_has_dtd",
    ),
    "traversal": (lambda: ods(members={"Pictures/../../evil": "x"}), "file_has_unknown_member"),
    "program_inside": (lambda: ods(members={"setup.exe": "x"}), "file_has_unknown_member"),
    "truncated": (lambda: ods()[:-100], "file_damaged"),
    "content_cut_off": (lambda: with_members(ods(), {"content.xml": lambda xml: xml[:-40]}), "file_damaged"),
    "no_manifest": (lambda: with_members(ods(), {"META-INF/manifest.xml": None}), "file_damaged"),
    "text_document": (
        lambda: ods(members={"mimetype": "application/vnd.oasis.opendocument.text"}),
        "file_not_excel",
    ),
    "presentation": (
        lambda: ods(members={"mimetype": "application/vnd.oasis.opendocument.presentation"}),
        "file_not_excel",
    ),
}


@pytest.mark.parametrize(("make", "rule"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_gets_its_own_answer(make: Callable[[], bytes], rule: str) -> None:
    found = read_workbook(make(), [SHEET], LIMITS)
    assert isinstance(found, Problem)
    assert found.rule == rule


def test_a_chart_is_harmless() -> None:
    chart = (
        '<manifest:file-entry manifest:full-path="Object 1/" '
        'manifest:media-type="application/vnd.oasis.opendocument.chart"/>'
    )
    members = {"Object 1/content.xml": "<x/>", "META-INF/manifest.xml": manifest_of(chart)}
    assert read_rows(ods(members=members)).problems == ()


def test_sheets_beside_the_wanted_one_are_not_read() -> None:
    data = ods(sheet("".join(good_rows())) + sheet(row(text_cell("x" * 40_000)), name="khác"))
    found = read_workbook(data, [SHEET], LIMITS)
    assert isinstance(found, Workbook)
    assert found.sheet_names == (SHEET, "khác")
    assert list(found.sheets) == [SHEET]


@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_what_an_office_program_writes_says_the_same(kind: str, tmp_path: Path) -> None:
    rows = [{"Giá trị": 1234.5}, {"Kỳ": "2022", "Giá trị": "trên 7,5"}, {"Kỳ": "2021", "Giá trị": "1.234"}]
    (tmp_path / "bieu.xlsx").write_bytes(workbook(*rows))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "bieu.xlsx")], check=True, capture_output=True, timeout=300)
    converted, original = read_rows((tmp_path / f"bieu.{kind}").read_bytes()), read_rows(workbook(*rows))
    assert converted.rows == original.rows
    assert converted.problems == original.problems
