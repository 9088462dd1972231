"""PC-Axis and SDMX-CSV, the formats of statistics offices, are read by the libraries that know them."""

from __future__ import annotations

import pytest

from ingestion.cells import Cell, Workbook
from ingestion.problems import Problem
from ingestion.reading.sandbox import read_workbook
from tests.ingestion.registered import standard_form
from tests.ingestion.text_files import to_windows_1258

LIMITS = standard_form().layout.limits
HEAD = 'CHARSET="ANSI";\nAXIS-VERSION="2000";\n'
PX = """CHARSET="ANSI";
CODEPAGE="utf-8";
TITLE="Dân số theo đơn vị hành chính, năm và giới tính";
UNITS="Người";
SOURCE="Niên giám thống kê 2024";
LAST-UPDATED="20241231 08:00";
STUB="Đơn vị hành chính","Năm";
HEADING="Giới tính";
VALUES("Đơn vị hành chính")="Huyện Ngân Sơn","Huyện Ba Bể";
VALUES("Năm")="2023","2024";
VALUES("Giới tính")="Nam","Nữ";
DATA=
1200 1300.5
".." "-"
1400 1500
"." -2;
"""
HEADER = ["Đơn vị hành chính", "Năm", "Giới tính", "DATA", "UNITS", "SOURCE", "LAST-UPDATED", "TITLE"]


def read(data: bytes) -> Workbook:
    found = read_workbook(data, ["Số liệu"], LIMITS)
    assert isinstance(found, Workbook), found
    return found


def refused(data: bytes) -> Problem:
    found = read_workbook(data, ["Số liệu"], LIMITS)
    assert isinstance(found, Problem)
    return found


def lines(book: Workbook, sheet: str) -> list[list[str]]:
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in book.sheets[sheet].cells.items():
        rows.setdefault(row, {})[column] = cell
    return [[cell.as_found for _, cell in sorted(rows[row].items())] for row in sorted(rows)]


def test_a_px_file_is_one_row_a_figure() -> None:
    book = read(PX.encode())
    assert (book.kind, book.sheet_names, book.notes) == ("px", ("PX",), ())
    header, *rows = lines(book, "PX")
    assert header == HEADER
    said = ["Người", "Niên giám thống kê 2024", "20241231 08:00"]
    assert rows[0] == ["Huyện Ngân Sơn", "2023", "Nam", "1200", *said, rows[0][-1]]
    assert [row[:4] for row in rows[1:]] == [
        ["Huyện Ngân Sơn", "2023", "Nữ", "1300.5"],
        ["Huyện Ngân Sơn", "2024", "Nam", ".."],
        ["Huyện Ngân Sơn", "2024", "Nữ", "-"],
        ["Huyện Ba Bể", "2023", "Nam", "1400"],
        ["Huyện Ba Bể", "2023", "Nữ", "1500"],
        ["Huyện Ba Bể", "2024", "Nam", "."],
        ["Huyện Ba Bể", "2024", "Nữ", "-2"],
    ]


def test_figures_of_a_px_file_are_numbers_and_missing_signs_are_text() -> None:
    cells = read(PX.encode()).sheets["PX"].cells
    assert [cells[row, 4] for row in (3, 4, 9)] == [
        Cell("number", 1300.5),
        Cell("text", ".."),
        Cell("number", -2.0),
    ]


@pytest.mark.parametrize("codepage", ["windows-1258", "iso-8859-1", "no-such-encoding"])
def test_a_px_file_in_windows_1258_is_read_whatever_it_calls_itself(codepage: str) -> None:
    book = read(to_windows_1258(PX.replace("utf-8", codepage)))
    assert lines(book, "PX") == lines(read(PX.encode()), "PX")
    assert [note.rule for note in book.notes] == ["text_recoded"]


def test_a_px_file_of_another_country_is_read_as_it_declares() -> None:
    text = (
        'CHARSET="ANSI";CODEPAGE="iso-8859-2";TITLE="Ludność według województw";UNITS="osób";'
        'STUB="miasto";VALUES("miasto")="Wałbrzych","Łódź";DATA=1 2;'
    )
    book = read(text.encode("iso-8859-2"))
    assert lines(book, "PX")[1] == ["Wałbrzych", "1", "osób", "Ludność według województw"]
    assert [note.found for note in book.notes] == ["iso8859-2"]


def test_a_unit_may_belong_to_one_member() -> None:
    text = PX.replace('UNITS="Người";', 'UNITS("Nam")="Nghìn người";UNITS("Nữ")="Người";')
    assert [row[4] for row in lines(read(text.encode()), "PX")[1:3]] == ["Nghìn người", "Người"]


def test_a_px_file_in_several_languages_is_read_in_its_own() -> None:
    text = PX.replace("TITLE=", 'LANGUAGE="vi";\nLANGUAGES="vi","en";\nTITLE=', 1).replace(
        "UNITS=", 'TITLE[en]="Population";\nUNITS=', 1
    )
    assert lines(read(text.encode()), "PX") == lines(read(PX.encode()), "PX")


DAMAGED = {
    "cut_off_in_its_figures": PX[: PX.index("1400")],
    "one_figure_too_many": PX.replace("-2;", "-2 7;"),
    "cut_off_in_its_description": PX[: PX.index("VALUES")],
    "dimension_without_values": PX.replace('VALUES("Năm")="2023","2024";\n', ""),
    "no_dimensions": HEAD + "DATA=1;",
    "figures_twice": PX + "DATA=1;",
    "keyword_alone": 'CHARSET="ANSI";',
}


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_px_file_gets_its_own_sentence(text: str) -> None:
    found = refused(text.encode())
    assert found.rule == "px_damaged"
    assert "PC-Axis" in found.message_vi


def test_a_px_file_that_promises_a_billion_figures_builds_none() -> None:
    names = [f"d{number}" for number in range(9)]
    members = ",".join(f'"{number}"' for number in range(10))
    text = HEAD + "STUB=" + ",".join(f'"{name}"' for name in names) + ";"
    text += "".join(f'VALUES("{name}")={members};' for name in names) + "DATA=1 2 3;"
    assert refused(text.encode()).rule == "px_damaged"


def test_a_px_file_with_more_figures_than_rows_is_too_large() -> None:
    members = ",".join(f'"{number}"' for number in range(20_000))
    text = HEAD + f'STUB="d";VALUES("d")={members};DATA={"1 " * 20_000};'
    assert refused(text.encode()).rule == "sheet_too_large"


def test_an_address_in_a_px_file_is_text() -> None:
    text = PX.replace("Niên giám thống kê 2024", "https://px.example/x?id=1")
    assert "https://px.example/x?id=1" in lines(read(text.encode()), "PX")[1]


SDMX_1 = "DATAFLOW,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS\nVN:DF_GRDP(1.0),A,VN-BK,2023,6.33,A\n"
SDMX_2 = (
    "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE\n"
    "dataflow,VN:DF_GRDP(1.0),I,A,VN-BK,2023,6.33\n"
)


@pytest.mark.parametrize("text", [SDMX_1, SDMX_2], ids=["1.0", "2.0"])
def test_sdmx_csv_is_a_csv(text: str) -> None:
    book = read(text.encode())
    assert (book.kind, book.sheet_names) == ("csv", ("CSV",))
    assert lines(book, "CSV") == [line.split(",") for line in text.splitlines()]


SPOILT_SDMX = {
    "more_fields_than_columns": SDMX_1 + "VN:DF_GRDP(1.0),A,VN-BK,2022,5.88,A,7,8\n",
    "unknown_action": SDMX_2.replace(",I,", ",Z,"),
    "unknown_structure": SDMX_2.replace("dataflow,", "table,"),
    "nothing_but_the_header": SDMX_1.splitlines()[0] + "\n",
}


@pytest.mark.parametrize("text", SPOILT_SDMX.values(), ids=SPOILT_SDMX)
def test_what_the_library_cannot_read_is_no_sdmx_csv(text: str) -> None:
    found = refused(text.encode())
    assert found.rule == "sdmx_csv_unreadable"
    assert found.found


def test_an_ordinary_csv_that_names_a_value_is_no_sdmx_csv() -> None:
    assert read(b"OBS_VALUE;REF_AREA\n1;2;3\n").kind == "csv"
