"""Text files in the encodings offices write, and old fonts in workbooks: read, told, or asked about."""

from __future__ import annotations

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from ingestion.cells import to_position
from tests.corpus.cases import Case, Found, accepted, error, form, note, of_file, refused
from tests.corpus.spoiling import Make
from tests.ingestion.text_files import ENCODERS, table, to_csv, to_legacy, to_misread, to_windows_1258

CSV = "CSV"
MISREAD = "UTF-8 (đọc nhầm thành windows-1252)"
LOST = ("A1", "A3", "B3", "C3", "D3", "E3", "F3", "G3", "H3", "I3", "J3", "K3", "B4", "E4", "H4", "I4", "K4")
GROWTH = {
    "indicator_code": "grdp_growth",
    "admin_unit_code": "tinh_bac_kan",
    "source": "Niên giám thống kê 2024",
    "value": 6.33,
    "cell": "G4",
    "sheet": CSV,
}


def written(encoding: str, *rows: dict[str, str]) -> Make:
    return lambda: ENCODERS[encoding](to_csv(table(*rows)))


def plain(name: str, encoding: str, *covers: str) -> Case:
    return accepted(name, written(encoding), GROWTH, covers=("4b-20", *covers), file_name="bieu.csv")


def recoded(name: str, encoding: str, *notes: Found, covers: tuple[str, ...]) -> Case:
    return accepted(
        name, written(encoding), GROWTH, covers=("4b-20", *covers), problems=notes, file_name="bieu.csv"
    )


def in_font(cell: str, text: str, font: str) -> Make:
    def spoil(sheet: Worksheet) -> None:
        sheet[cell] = text
        sheet[cell].font = Font(name=font)

    return form({}, spoil=spoil)


def converted(name: str, make: Make, charset: str, **said: str) -> Case:
    return accepted(name, make, said, covers=("E37",), problems=(note("text_converted", None, charset),))


def lost_at(cell: str) -> str:
    row, column = to_position(cell)
    return table()[row - 1][column - 1].encode("cp1252", "replace").decode("cp1252")


def file_note(found: str) -> Found:
    return Found("note", "text_recoded", None, None, found)


CASES = (
    plain("csv_in_utf_8", "utf_8", "E35"),
    plain("csv_in_utf_8_with_a_byte_order_mark", "utf_8_with_mark", "E35"),
    plain("csv_in_decomposed_utf_8", "utf_8_decomposed", "E34"),
    plain("csv_in_utf_16_as_excel_saves_it", "utf_16_little", "E35"),
    plain("csv_in_big_endian_utf_16", "utf_16_big", "E35"),
    plain("csv_in_utf_16_without_a_mark", "utf_16_little_without_mark", "E35"),
    recoded("csv_in_windows_1258", "windows_1258", file_note("windows-1258"), covers=("E34",)),
    recoded("csv_in_tcvn3", "tcvn3", file_note("TCVN3"), covers=("E37",)),
    recoded("csv_in_vni", "vni", file_note("VNI"), covers=("E37",)),
    recoded(
        "csv_of_tcvn3_letters_saved_as_utf_8",
        "tcvn3_saved_as_utf_8",
        note("text_converted", None, "TCVN3", CSV),
        covers=("E37",),
    ),
    recoded(
        "csv_of_utf_8_read_as_another_encoding_and_saved",
        "utf_8_misread_and_saved",
        note("text_converted", None, MISREAD, CSV),
        covers=("E35",),
    ),
    refused(
        "csv_in_russian",
        lambda: "Область;Район;Город\n1;2;3\n".encode("cp1251"),
        of_file("text_encoding_unknown", "shift_jis_2004"),
        covers=("4b-20",),
        file_name="bieu.csv",
    ),
    refused(
        "csv_in_two_possible_encodings",
        lambda: "tháng;xã;hàng\n1;2;3\n".encode("cp1252"),
        of_file("text_encoding_unclear", "windows-1252 và TCVN3"),
        covers=("4b-20",),
        file_name="bieu.csv",
    ),
    refused(
        "csv_in_utf_16_cut_off",
        lambda: b"\xff\xfe" + to_csv(table()).encode("utf-16-le")[:-1],
        of_file("text_damaged", "UTF-16"),
        covers=("4b-20", "E35"),
        file_name="bieu.csv",
    ),
    refused(
        "csv_whose_letters_became_question_marks",
        lambda: to_csv(table()).encode("cp1252", "replace"),
        *(error("text_letters_lost", cell, lost_at(cell), CSV) for cell in LOST),
        covers=("4b-20", "E35"),
        file_name="bieu.csv",
    ),
    converted(
        "place_in_a_tcvn3_font",
        in_font("E5", to_legacy("Tỉnh Bắc Kạn", "TCVN3"), ".VnTime"),
        "TCVN3",
        admin_unit_code="tinh_bac_kan",
    ),
    converted(
        "source_in_a_vni_font",
        in_font("K5", to_legacy("Niên giám thống kê", "VNI"), "VNI-Times"),
        "VNI",
        source="Niên giám thống kê",
    ),
    converted(
        "source_in_a_tcvn3_font_of_capitals",
        in_font("K5", to_legacy("niên giám", "TCVN3"), ".VnTimeH"),
        "TCVN3",
        source="NIÊN GIÁM",
    ),
    converted(
        "tcvn3_letters_in_an_ordinary_font",
        in_font("K5", to_legacy("Niên giám thống kê tỉnh Bắc Kạn", "TCVN3"), "Arial"),
        "TCVN3",
        source="Niên giám thống kê tỉnh Bắc Kạn",
    ),
    converted(
        "place_misread_from_utf_8",
        in_font("E5", to_misread("Tỉnh Bắc Kạn"), "Arial"),
        MISREAD,
        admin_unit_code="tinh_bac_kan",
    ),
    converted(
        "place_misread_from_windows_1258",
        in_font("E5", to_windows_1258("Tỉnh Bắc Kạn").decode("cp1252"), "Arial"),
        "windows-1258",
        admin_unit_code="tinh_bac_kan",
    ),
    refused(
        "place_whose_letters_became_question_marks",
        form({"Đơn vị hành chính": "T?nh B?c K?n"}),
        error("text_letters_lost", "E5", "T?nh B?c K?n"),
        covers=("E35",),
    ),
    refused(
        "place_with_shuffled_diacritics",
        form({"Đơn vị hành chính": "Tính Thái Ngùỹên"}),
        error("term_unknown", "E5", "Tính Thái Ngùỹên"),
        covers=("E39",),
    ),
    refused(
        "place_with_the_strokes_of_a_scan",
        form({"Đơn vị hành chính": "~~Tỉnh~~ Bắc K ạn"}),
        error("term_unknown", "E5", "~~Tỉnh~~ Bắc K ạn"),
        covers=("E38",),
    ),
    refused(
        "text_of_base_64",
        lambda: b"TmnDqm4gZ2nDoW0gdGjhu5FuZyBrw6ogdOG7iW5oIELhuq9jIEvhuqFu" * 20,
        error("csv_separator_unknown", None, None, CSV),
        covers=("E39",),
        file_name="bieu.csv",
    ),
)
