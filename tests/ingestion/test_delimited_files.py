"""A CSV file of any office, encoding and separator says the same as the workbook it came from, or is asked about."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.cells import Cell, Workbook
from ingestion.problems import Problem
from ingestion.reading.delimited import read_delimited
from ingestion.reading.repairing import repair_text
from ingestion.reading.sandbox import read_workbook
from ingestion.reading.sheets import RawSheet
from tests.ingestion.registered import read_rows, standard_form
from tests.ingestion.text_files import ALL_LETTERS, ENCODERS, table, to_csv, to_legacy, to_misread
from tests.ingestion.workbooks import HEADER, workbook

LIMITS = standard_form().layout.limits
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
NEWLINES = {"crlf": "\r\n", "lf": "\n", "cr": "\r"}
# These say of themselves what they are, or are plain Unicode.
SILENT = {name for name in ENCODERS if name.startswith("utf")} - {"utf_8_misread_and_saved"}


def read(data: bytes) -> Workbook:
    found = read_workbook(data, ["Số liệu"], LIMITS)
    assert isinstance(found, Workbook), found
    return found


def texts(book: Workbook) -> dict[tuple[int, int], str]:
    return {at: unicodedata.normalize("NFC", cell.as_found) for at, cell in book.sheets["CSV"].cells.items()}


def expected(rows: list[list[str]]) -> dict[tuple[int, int], str]:
    return {
        (row, column): text
        for row, line in enumerate(rows, start=1)
        for column, text in enumerate(line, start=1)
        if text
    }


def rules(data: bytes) -> list[tuple[str, str | None]]:
    return [(problem.rule, problem.cell) for problem in read_rows(data).problems]


@pytest.mark.parametrize("encode", ENCODERS.values(), ids=ENCODERS)
def test_every_encoding_gives_the_same_cells(encode: Callable[[str], bytes]) -> None:
    rows = table({}, {"Kỳ": "2022", "Ghi chú": "Niên giám thống kê huyện Ngân Sơn"})
    book = read(encode(to_csv(rows)))
    assert (book.kind, book.sheet_names) == ("csv", ("CSV",))
    # Capitals with a tone are written with small letters in TCVN3; a title in capitals gets them again.
    assert texts(book) == expected(rows)


@pytest.mark.parametrize(("name", "encode"), ENCODERS.items(), ids=ENCODERS)
def test_what_was_converted_is_told_and_nothing_else_is(name: str, encode: Callable[[str], bytes]) -> None:
    notes = read(encode(to_csv(table()))).notes
    assert [note.severity for note in notes] == ([] if name in SILENT else ["note"])
    assert all(note.rule in ("text_recoded", "text_converted") and note.found for note in notes)


@pytest.mark.parametrize("newline", NEWLINES.values(), ids=NEWLINES)
@pytest.mark.parametrize("separator", SEPARATORS.values(), ids=SEPARATORS)
def test_every_separator_and_line_end_is_found(separator: str, newline: str) -> None:
    rows = table({}, {"Kỳ": "2022", "Ghi chú": f'hai dòng{newline}một “{separator}” và một "ngoặc"'})
    assert texts(read(to_csv(rows, separator, newline).encode())) == expected(rows)


@pytest.mark.parametrize("separator", SEPARATORS.values(), ids=SEPARATORS)
def test_a_declared_separator_is_taken_and_its_line_does_not_count(separator: str) -> None:
    text = f"sep={separator}\r\n" + to_csv(table(), separator)
    assert texts(read(text.encode())) == expected(table())


def test_a_csv_says_what_its_workbook_says() -> None:
    rows = [{"Giá trị": "1.234,5"}, {"Kỳ": "2022", "Giá trị": "trên 7,5"}, {"Kỳ": "2021", "Giá trị": "…"}]
    from_csv, from_excel = read_rows(to_csv(table(*rows)).encode()), read_rows(workbook(*rows))
    assert from_csv.problems == from_excel.problems == ()
    said = [
        [(row.value, row.qualifier, row.missing_code, row.period_text) for row in parsed.rows]
        for parsed in (from_csv, from_excel)
    ]
    assert said[0] == said[1]


def test_a_problem_names_the_cell_that_a_spreadsheet_shows() -> None:
    rows = table({}, {"Giá trị": "1.234"}, {"Kỳ": "năm ngoái"})
    assert rules(to_csv(rows).encode()) == [("number_ambiguous", "G5"), ("period_unreadable", "F6")]


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1"])
def test_what_looks_like_a_formula_is_text(text: str) -> None:
    cells = read(to_csv(table({"Ghi chú": text})).encode()).sheets["CSV"].cells
    assert cells[4, 12] == Cell("text", text)


def test_numbers_and_dates_stay_as_typed() -> None:
    cells = (
        read(to_csv(table({"Giá trị": "007,50", "Ngày công bố": "1/2/2024"})).encode()).sheets["CSV"].cells
    )
    assert (cells[4, 7].as_found, cells[4, 10].as_found) == ("007,50", "1/2/2024")


UNCLEAR: dict[str, tuple[bytes, list[tuple[str, str | None]]]] = {
    "west_european_that_tcvn3_reads_too": (
        "tháng;xã;hàng\n1;2;3\n".encode("cp1252"),
        [("text_encoding_unclear", None)],
    ),
    "russian": ("Область;Район;Город\n1;2;3\n".encode("cp1251"), [("text_encoding_unknown", None)]),
    "japanese": ("県名;市町村\n1;2\n".encode("shift_jis"), [("text_encoding_unknown", None)]),
    "utf_8_with_a_broken_letter": (
        to_csv(table()).encode().replace("Giá".encode(), "Giá".encode()[:-1] + b" "),
        [("text_encoding_unknown", None)],
    ),
    "utf_16_cut_in_a_letter": (b"\xff\xfe" + "Kỳ;Giá trị".encode("utf-16-le")[:-1], [("text_damaged", None)]),
    "quote_never_closed": (b'a;b\n1;"2\n3;4\n', [("csv_quotes_broken", "A2")]),
    "quote_in_the_wrong_place": (b'sep=;\na;b\n1;"2"3\n', [("csv_quotes_broken", "A2")]),
    "two_separators_alike": (b"a,b;c\n1,2;3\n4,5;6\n", [("csv_separator_unclear", None)]),
}


@pytest.mark.parametrize(("data", "answer"), UNCLEAR.values(), ids=UNCLEAR)
def test_what_can_be_read_in_two_ways_or_in_none_is_asked_about(
    data: bytes, answer: list[tuple[str, str | None]]
) -> None:
    assert rules(data) == answer


def test_letters_lost_as_question_marks_are_named_cell_by_cell() -> None:
    data = to_csv(table()).encode("cp1252", "replace")
    lost = [problem for problem in read_rows(data).problems if problem.rule == "text_letters_lost"]
    assert {"B3", "D3", "E4"} <= {problem.cell for problem in lost}
    assert all(problem.severity == "error" for problem in lost)


def test_an_address_with_a_question_mark_has_lost_nothing() -> None:
    assert rules(to_csv(table({"Nguồn": "https://thongke.gov.vn/xem?ma=1&nam=2024"})).encode()) == []


def test_misread_text_that_lost_bytes_is_an_error_at_its_cell() -> None:
    spoilt = to_misread("Tỉnh Bắc Kạn").replace("Káº¡n", "Káº¡n\ufb01")
    found = rules(to_csv(table({"Đơn vị hành chính": spoilt})).encode())
    assert ("text_garbled", "E4") in found


def test_one_cell_in_an_old_font_among_unicode_is_converted() -> None:
    data = to_csv(table({"Nguồn": to_legacy("Niên giám thống kê 2024", "TCVN3")})).encode()
    book = read(data)
    assert book.sheets["CSV"].cells[4, 11].as_found == "Niên giám thống kê 2024"
    assert [(note.rule, note.found) for note in book.notes] == [("text_converted", "TCVN3")]


BEYOND: dict[str, tuple[Callable[[], bytes], tuple[str, str | None]]] = {
    "one_column_too_many": (lambda: to_csv([["x"] * 61] * 2).encode(), ("sheet_too_large", "BI1")),
    "one_row_too_many": (lambda: b"a;b\n" * 20_001, ("sheet_too_large", "A20001")),
    "one_cell_too_long": (
        lambda: to_csv([["a", "b"], ["1", "x" * 32_768]]).encode(),
        ("cell_text_too_long", "B2"),
    ),
    "one_line_of_ten_megabytes": (lambda: b"x" * 10_000_000, ("cell_text_too_long", "A1")),
    "five_million_cells": (lambda: b"1;" * 5_000_000, ("sheet_too_large", "BI1")),
    "more_bytes_than_allowed": (lambda: b"1;2\n" * 3_000_000, ("file_too_large", None)),
}


@pytest.mark.parametrize(("make", "answer"), BEYOND.values(), ids=BEYOND)
def test_a_file_beyond_the_limits_gets_its_own_answer(
    make: Callable[[], bytes], answer: tuple[str, str | None]
) -> None:
    found = read_workbook(make(), ["Số liệu"], LIMITS)
    assert isinstance(found, Problem)
    # The extent is told as what was found, not as a place.
    assert (found.rule, found.cell or (found.found if found.rule == "sheet_too_large" else None)) == answer


def test_blank_rows_and_cells_far_away_are_harmless() -> None:
    text = to_csv(table()) + ";" * 200 + "\r\n" * 30_000
    assert rules(text.encode()) == []


CELL = st.text(
    st.sampled_from(ALL_LETTERS + ALL_LETTERS.upper() + " 0123456789,;|.\t\"'\n=+-@%()…“”"), max_size=20
)
TABLE = st.lists(st.lists(CELL, min_size=2, max_size=6), min_size=1, max_size=8)


@given(
    rows=TABLE,
    separator=st.sampled_from(",;\t|"),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_table_reads_back_as_it_was_written(
    rows: list[list[str]], separator: str, newline: str, encoding: str
) -> None:
    data = (f"sep={separator}{newline}" + to_csv(rows, separator, newline)).encode(encoding)
    _, (sheet,), _ = read_delimited(data, LIMITS.model_dump())
    assert {(row, column): text for row, column, _, text in sheet.cells} == expected(rows)


def registered_texts() -> set[str]:
    """Return every text beyond ASCII of the shipped reference data."""
    found = set()
    for path in sorted((Path(__file__).parents[2] / "dbt_project" / "seeds").rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found |= {text for row in csv.reader(file) for text in row if not text.isascii()}
    return found


def test_no_registered_name_is_taken_for_misread_text() -> None:
    texts = registered_texts()
    assert len(texts) > 500
    for text in texts:
        sheet = RawSheet("CSV", [[1, 1, "text", text]])
        assert repair_text(sheet) == [], text
        assert sheet.cells[0][3] == text


def test_every_column_of_the_form_is_found_in_a_csv() -> None:
    parsed = read_rows(to_csv(table()).encode())
    (figure,) = parsed.figures
    assert len({column for _, column in figure.places.values()}) == len(HEADER)
