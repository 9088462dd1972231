"""Rows of text → delimited files in the encodings that Vietnamese offices write."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Sequence

from ingestion.reading.legacy_fonts import TABLES, LegacyCharset
from tests.ingestion.workbooks import GOOD_ROW, HEADER

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
VOWELS = "aăâeêioôơuưy"
TONES = "\u0300\u0301\u0303\u0309\u0323"
# Every small letter of Vietnamese with its tones.
ALL_LETTERS = LETTERS + "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES
)


def table(*rows: dict[str, str]) -> list[list[str]]:
    """Return title, blank row, header and a row for each mapping laid over the good one."""
    good = {name: str(value or "") for name, value in GOOD_ROW.items()} | {"Giá trị": "6,33"}
    lines = [[({**good, **row})[name] for name in HEADER] for row in rows or ({},)]
    return [["BIỂU SỐ LIỆU"], [], list(HEADER), *lines]


def to_csv(rows: Sequence[Sequence[str]], separator: str = ";", newline: str = "\r\n") -> str:
    """Return rows as delimited text."""
    file = io.StringIO()
    # The writer leaves a line end within a cell unquoted when it is not the one it writes itself.
    has_lines = any("\n" in text or "\r" in text for row in rows for text in row)
    quoting = csv.QUOTE_ALL if has_lines else csv.QUOTE_MINIMAL
    csv.writer(file, delimiter=separator, lineterminator=newline, quoting=quoting).writerows(rows)
    return file.getvalue()


def to_windows_1258(text: str) -> bytes:
    """Return text as Windows writes it: base letter with its mark, then the tone as a character of its own."""
    hybrid = []
    for letter in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
        hybrid += [base, *(mark for mark in marks if mark in TONES)]
    return "".join(hybrid).encode("cp1258")


def to_legacy(text: str, charset: LegacyCharset) -> str:
    """Return text as it is typed for the fonts of a charset; capitals that TCVN3 has not become small letters."""
    signs: dict[str, str] = {}
    for sign, letter in TABLES[charset].items():
        signs.setdefault(letter, sign)
    return "".join(signs.get(letter, signs.get(letter.lower(), letter)) for letter in text)


def to_misread(text: str) -> str:
    """Return UTF-8 as a program shows it that takes it for windows-1252."""
    return "".join(
        bytes([byte]).decode("latin-1" if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else "cp1252")
        for byte in text.encode("utf-8")
    )


ENCODERS: dict[str, Callable[[str], bytes]] = {
    "utf_8": lambda text: text.encode("utf-8"),
    "utf_8_with_mark": lambda text: text.encode("utf-8-sig"),
    "utf_8_decomposed": lambda text: unicodedata.normalize("NFD", text).encode("utf-8"),
    "utf_16_little": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "utf_16_big": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "utf_16_little_without_mark": lambda text: text.encode("utf-16-le"),
    "utf_16_big_without_mark": lambda text: text.encode("utf-16-be"),
    "windows_1258": to_windows_1258,
    "tcvn3": lambda text: to_legacy(text, "TCVN3").encode("latin-1"),
    "tcvn3_saved_as_utf_8": lambda text: to_legacy(text, "TCVN3").encode("utf-8"),
    "vni": lambda text: to_legacy(text, "VNI").encode("latin-1"),
    "vni_saved_as_utf_8": lambda text: to_legacy(text, "VNI").encode("utf-8"),
    "utf_8_misread_and_saved": lambda text: to_misread(text).encode("utf-8"),
    "windows_1258_misread_and_saved": lambda text: to_windows_1258(text).decode("cp1252", "replace").encode(),
}
