"""Text typed for the fonts of TCVN3 and VNI comes out as Unicode: by the font of its cell, else by its spelling."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from ingestion.cells import Workbook
from ingestion.reading.legacy_fonts import (
    TABLES,
    LegacyCharset,
    charset_of_font,
    is_font_of_capitals,
    to_unicode,
)
from ingestion.reading.sandbox import read_workbook
from ingestion.reading.syllables import is_syllable, spelling_of
from tests.ingestion.registered import VOCABULARIES, read_rows, standard_form
from tests.ingestion.text_files import ALL_LETTERS, to_legacy, to_misread, to_windows_1258
from tests.ingestion.workbooks import HEADER, SHEET, workbook

CHARSETS: list[LegacyCharset] = ["TCVN3", "VNI"]
FONTS = {"TCVN3": ".VnTime", "VNI": "VNI-Times"}
LIMITS = standard_form().layout.limits


def read(spoil: Callable[[Worksheet], None]) -> Workbook:
    found = read_workbook(workbook(spoil=spoil), [SHEET], LIMITS)
    assert isinstance(found, Workbook)
    return found


def put(cell: str, text: str, font: str | None = None) -> Callable[[Worksheet], None]:
    def spoil(sheet: Worksheet) -> None:
        sheet[cell] = text
        if font is not None:
            sheet[cell].font = Font(name=font)

    return spoil


def test_the_tables_know_every_letter_of_vietnamese() -> None:
    assert len(set(ALL_LETTERS)) == 89
    for charset in CHARSETS:
        beyond_ascii = {letter for letter in ALL_LETTERS if not letter.isascii()}
        assert beyond_ascii <= set(TABLES[charset].values()), charset


@pytest.mark.parametrize("charset", CHARSETS)
@given(text=st.text(st.sampled_from(ALL_LETTERS + " "), max_size=40))
def test_small_letters_go_there_and_back(charset: LegacyCharset, text: str) -> None:
    # A vowel and a letter that VNI takes for its mark do not follow each other in words.
    assert to_unicode(to_legacy(text, charset), charset) == text


@given(text=st.text(st.sampled_from(ALL_LETTERS.upper() + " "), max_size=40))
def test_capitals_of_vni_go_there_and_back(text: str) -> None:
    assert to_unicode(to_legacy(text, "VNI"), "VNI") == text


@given(text=st.text(st.sampled_from(ALL_LETTERS), min_size=1, max_size=40))
def test_a_font_of_capitals_draws_them_for_small_letters(text: str) -> None:
    assert to_unicode(to_legacy(text, "TCVN3"), "TCVN3").upper() == text.upper()


@pytest.mark.parametrize(
    ("typed", "charset", "meant"),
    [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "TCVN3", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", "TCVN3", "Độc lập - Tự do - Hạnh phúc"),
        ("B¾C K¹N", "TCVN3", "BẮC KẠN"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "VNI", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", "VNI", "Độc lập - Tự do - Hạnh phúc"),
        ("BAÉC KAÏN, AÙnh vaø Aùnh", "VNI", "BẮC KẠN, Ánh và Ánh"),
    ],
)
def test_known_sentences(typed: str, charset: LegacyCharset, meant: str) -> None:
    assert to_unicode(typed, charset) == meant


def test_the_names_of_the_registry_are_spelt_as_vietnamese() -> None:
    terms = [term.label for vocabulary in VOCABULARIES.by_name.values() for term in vocabulary.terms]
    assert spelling_of(" ".join((*HEADER, *terms))).share > 0.95
    assert not any(map(is_syllable, ("B¾c", "Kaòn", "Báº¯c", "GRDPạ", "ngat́", "toàán")))


def test_fonts_are_known_by_name() -> None:
    assert [
        charset_of_font(name) for name in (".VnTime", ".vnarialH", "VNI-Helve", "Times New Roman", "")
    ] == [
        "TCVN3",
        "TCVN3",
        "VNI",
        None,
        None,
    ]
    assert is_font_of_capitals(".VnTimeH")
    assert not is_font_of_capitals(".VnTime")
    assert not is_font_of_capitals("VNI-TimesH")


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_cell_in_an_old_font_is_converted_and_told(charset: LegacyCharset) -> None:
    book = read(put("K5", to_legacy("Niên giám thống kê", charset), FONTS[charset]))
    assert book.sheets[SHEET].cells[5, 11].as_found == "Niên giám thống kê"
    (note,) = book.notes
    assert (note.severity, note.rule, note.sheet, note.found) == ("note", "text_converted", SHEET, charset)
    assert "K5" in note.message_vi


def test_a_font_of_capitals_gives_capitals() -> None:
    book = read(put("E5", to_legacy("tỉnh bắc kạn", "TCVN3"), ".VnTimeH"))
    assert book.sheets[SHEET].cells[5, 5].as_found == "TỈNH BẮC KẠN"


def test_the_font_decides_what_spelling_cannot() -> None:
    # “tù” is a word as it stands; in .VnTime it is drawn as “tự”.
    assert read(put("K5", "tù", ".VnTime")).sheets[SHEET].cells[5, 11].as_found == "tự"
    assert read(put("K5", "tù", "Arial")).sheets[SHEET].cells[5, 11].as_found == "tù"


def test_unicode_typed_into_an_old_font_stays() -> None:
    book = read(put("K5", "Niên giám thống kê", ".VnTime"))
    assert book.sheets[SHEET].cells[5, 11].as_found == "Niên giám thống kê"
    assert book.notes == ()


PARTS = (
    (".VnTime", to_legacy("Niên giám ", "TCVN3")),
    ("VNI-Times", to_legacy("thống kê ", "VNI")),
    ("Arial", "tỉnh 2024"),
)


def with_inline_runs() -> bytes:
    runs = CellRichText(*(TextBlock(InlineFont(rFont=font), text) for font, text in PARTS))
    return workbook(spoil=lambda sheet: sheet.__setitem__("K5", runs))


def with_shared_runs() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet(SHEET)
        fonts = [(book.add_format({"font_name": font}), text) for font, text in PARTS]
        sheet.write_rich_string("K5", *itertools.chain.from_iterable(fonts))
    return file.getvalue()


@pytest.mark.parametrize("make", [with_inline_runs, with_shared_runs])
def test_fonts_may_be_mixed_in_one_cell(make: Callable[[], bytes]) -> None:
    book = read_workbook(make(), [SHEET], LIMITS)
    assert isinstance(book, Workbook)
    assert book.sheets[SHEET].cells[5, 11].as_found == "Niên giám thống kê tỉnh 2024"
    assert [note.found for note in book.notes] == ["TCVN3 và VNI"]


@pytest.mark.parametrize(
    ("spoilt", "how"),
    [
        (to_legacy("Tốc độ tăng trưởng", "TCVN3"), "TCVN3"),
        (to_legacy("Tốc độ tăng trưởng", "VNI"), "VNI"),
        (to_misread("Tốc độ tăng trưởng"), "UTF-8 (đọc nhầm thành windows-1252)"),
        (to_windows_1258("Tốc độ tăng trưởng").decode("cp1252"), "windows-1258"),
    ],
)
def test_text_that_lost_its_font_is_known_by_its_spelling(spoilt: str, how: str) -> None:
    book = read(put("B5", spoilt, "Arial"))
    assert book.sheets[SHEET].cells[5, 2].as_found == "Tốc độ tăng trưởng"
    assert [note.found for note in book.notes] == [how]


@pytest.mark.parametrize(
    "text", ["GRDP¹", "km²", "25 °C ± 1", "Nguồn (¹)", "½ diện tích", "Café, Zürich", "tháng", "§ 5"]
)
def test_signs_and_other_languages_stay_as_they_are(text: str) -> None:
    book = read(put("K5", text))
    assert book.sheets[SHEET].cells[5, 11].as_found == text
    assert book.notes == ()


def test_a_doubtful_cell_is_read_as_the_rest_of_its_sheet() -> None:
    def retype(sheet: Worksheet) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = to_legacy(cell.value, "TCVN3")
        sheet["K5"] = "tù"

    book = read(retype)
    assert book.sheets[SHEET].cells[5, 11].as_found == "tự"
    assert read_rows(workbook(spoil=retype)).rows != ()


def test_letters_lost_on_the_way_are_an_error_at_their_cell() -> None:
    problems = read_rows(workbook({"Nguồn": "Ni?n gi?m th?ng k?"})).problems
    assert [(problem.severity, problem.rule, problem.cell) for problem in problems] == [
        ("error", "text_letters_lost", "K5")
    ]


def test_a_question_is_no_lost_letter() -> None:
    assert read_rows(workbook({"Ghi chú": "Có đúng không? Xem lại."})).problems == ()
