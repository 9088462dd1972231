"""An old .xls file says what an .xlsx says, its flaws at the same cells; a hostile one costs one answer."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime

import pytest

from ingestion.cells import Cell, Workbook
from ingestion.problems import Problem
from ingestion.reading.sandbox import read_workbook
from tests.ingestion import old_workbooks as old
from tests.ingestion.old_workbooks import OldSheet, container, good_rows, record, workbook_stream, xls
from tests.ingestion.registered import read_rows, standard_form
from tests.ingestion.text_files import to_legacy
from tests.ingestion.workbooks import SHEET

LIMITS = standard_form().layout.limits
DAY = 45657  # 31/12/2024
NEW_YEAR = datetime(2024, 12, 31)  # noqa: DTZ001 - a cell knows no time zone
CALCULATE = 2


def rules(data: bytes) -> list[tuple[str, str | None]]:
    return [(problem.rule, problem.cell) for problem in read_rows(data).problems]


def book_of(data: bytes) -> Workbook:
    found = read_workbook(data, [SHEET], LIMITS)
    assert isinstance(found, Workbook), found
    assert found.kind == "xls"
    return found


def with_value(cell: bytes) -> bytes:
    return xls([OldSheet(good_rows({7: cell}))])


def test_a_good_file_is_read_whole() -> None:
    parsed = read_rows(xls())
    assert parsed.problems == ()
    assert [(row.cell, row.value, row.indicator_code) for row in parsed.rows] == [("G4", 6.33, "grdp_growth")]


KINDS: dict[str, tuple[bytes, Cell]] = {
    "number": (old.number(4, 7, 1234.5), Cell("number", 1234.5)),
    "percent": (old.number(4, 7, 0.075, old.PERCENT), Cell("percent", 0.075)),
    "date": (old.number(4, 7, DAY, old.DATE), Cell("date", NEW_YEAR)),
    "month": (old.number(4, 7, DAY, old.MONTH), Cell("month", NEW_YEAR)),
    "time": (old.number(4, 7, 0.5, old.DATE), Cell("duration", "12:00:00")),
    "date_before_the_calendar": (old.number(4, 7, -5, old.DATE), Cell("error", "#####")),
    "true": (old.boolean(4, 7, True), Cell("boolean", True)),
    "false": (old.boolean(4, 7, False), Cell("boolean", False)),
    "division_by_zero": (old.error(4, 7, 7), Cell("error", "#DIV/0!")),
    "lost_reference": (old.error(4, 7, 23), Cell("error", "#REF!")),
    "formula": (old.formula(4, 7, 2.5), Cell("number", 2.5)),
    "formula_never_calculated": (old.formula(4, 7, 0.0, CALCULATE), Cell("uncalculated", "")),
    "formula_whose_result_is_zero": (old.formula(4, 7, 0.0), Cell("number", 0.0)),
    "text_like_a_formula": (old.text(4, 7, "=1+1"), Cell("text", "=1+1")),
    "old_font": (old.text(4, 7, to_legacy("Niên giám", "TCVN3"), old.OLD_FONT), Cell("text", "Niên giám")),
    "capitals": (old.text(4, 7, to_legacy("bắc kạn", "TCVN3"), old.CAPITALS), Cell("text", "BẮC KẠN")),
}


@pytest.mark.parametrize(("cell", "meant"), KINDS.values(), ids=KINDS)
def test_every_kind_of_cell_is_told_apart(cell: bytes, meant: Cell) -> None:
    assert book_of(with_value(cell)).sheets[SHEET].cells[4, 7] == meant


def test_the_calendar_of_the_file_counts() -> None:
    data = xls([OldSheet(good_rows({7: old.number(4, 7, DAY - 1462, old.DATE)}))], epoch_1904=True)
    assert book_of(data).sheets[SHEET].cells[4, 7] == Cell("date", NEW_YEAR)


def test_a_converted_cell_is_told() -> None:
    (note,) = book_of(with_value(KINDS["old_font"][0])).notes
    assert (note.severity, note.rule, note.found) == ("note", "text_converted", "TCVN3")


FLAWS: dict[str, tuple[bytes, list[tuple[str, str | None]]]] = {
    "error_cell": (with_value(KINDS["division_by_zero"][0]), [("cell_error", "G4")]),
    "never_calculated": (
        with_value(KINDS["formula_never_calculated"][0]),
        [("formula_without_value", "G4")],
    ),
    "shown_as_percent": (with_value(KINDS["percent"][0]), [("number_shown_as_percent", "G4")]),
    "true_as_a_number": (with_value(KINDS["true"][0]), [("number_is_boolean", "G4")]),
    "hidden_row": (xls([OldSheet(old.hidden_row(4) + good_rows())]), [("row_hidden", "A4")]),
    "hidden_column": (xls([OldSheet(old.hidden_column(7) + good_rows())]), [("column_hidden", "G3")]),
    "merged": (xls([OldSheet(good_rows() + old.merged(4, 11, 4, 12))]), [("cells_merged", "K4")]),
    "hidden_sheet": (xls([OldSheet(visibility=1), OldSheet(name="khác")]), [("sheet_hidden", None)]),
    "very_hidden_sheet": (xls([OldSheet(visibility=2), OldSheet(name="khác")]), [("sheet_hidden", None)]),
}


@pytest.mark.parametrize(("data", "answer"), FLAWS.values(), ids=FLAWS)
def test_a_flaw_is_named_at_its_cell(data: bytes, answer: list[tuple[str, str | None]]) -> None:
    assert rules(data) == answer


def external_book(path: str) -> bytes:
    return record(0x1AE, b"\x01\x00" + bytes([len(path), 0, 0]) + path.encode("latin-1"))


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "macros": (lambda: xls(storages=["_VBA_PROJECT_CUR"]), "file_has_macros"),
    "macro_sheet": (lambda: xls([OldSheet(), OldSheet(name="Macro1", kind=1)]), "file_has_macros"),
    "embedded_object": (lambda: xls(storages=["MBD0000A1B2"]), "file_has_embedded_objects"),
    "control": (lambda: xls(storages=["Ctls"]), "file_has_embedded_objects"),
    "password": (lambda: xls(more=record(0x2F, bytes(54))), "file_password_protected"),
    "link_to_another_file": (lambda: xls(more=external_book("\x01C:\\x.xls")), "file_has_external_links"),
    "cell_far_below": (
        lambda: xls([OldSheet(good_rows() + old.number(65_536, 1, 1.0))]),
        "sheet_too_large",
    ),
    "cell_far_right": (lambda: xls([OldSheet(good_rows() + old.number(4, 256, 1.0))]), "sheet_too_large"),
    "truncated": (lambda: xls()[:-3000], "file_damaged"),
    "stream_cut_off": (lambda: container(workbook_stream([OldSheet()])[:700]), "file_damaged"),
    "sheet_beyond_the_file": (
        lambda: container(workbook_stream([OldSheet()]).replace(b"\x85\x00", b"\x85\x00", 1)[:-1500]),
        "file_damaged",
    ),
    "no_workbook": (lambda: container(b"", ["Workbook"], name="WordDocument"), "file_damaged"),
    "header_only": (lambda: xls()[:512], "file_damaged"),
}


@pytest.mark.parametrize(("make", "rule"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_gets_its_own_answer(make: Callable[[], bytes], rule: str) -> None:
    found = read_workbook(make(), [SHEET], LIMITS)
    assert isinstance(found, Problem), found
    assert found.rule == rule


def test_references_within_the_book_and_to_functions_are_no_links() -> None:
    inner = record(0x1AE, b"\x01\x00\x01\x04") + record(0x1AE, b"\x01\x00\x01\x3a")
    assert rules(xls(more=inner)) == []


def test_styled_blank_cells_far_away_are_harmless() -> None:
    blank = record(0x201, (59_999).to_bytes(2, "little") + (200).to_bytes(2, "little") + bytes(2))
    assert rules(xls([OldSheet(good_rows() + blank)])) == []


@pytest.mark.parametrize("seed", range(12))
def test_bytes_changed_at_random_cost_at_most_one_answer(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - reproducible damage, no secret
    data = bytearray(xls())
    for _ in range(chance.randint(1, 40)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    found = read_workbook(bytes(data), [SHEET], LIMITS)
    assert isinstance(found, Workbook) or found.rule.startswith(("file_", "sheet_", "cell_", "text_", "csv_"))
