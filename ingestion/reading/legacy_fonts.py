"""Text written for the fonts of TCVN3 (ABC) and VNI → Unicode.

Such text holds letters and signs of Western Europe that a font draws as Vietnamese ones. TCVN3 has one sign for
each letter but capitals with a tone, which fonts of capitals (.VnTimeH) draw for the small ones; VNI writes a
base letter and a sign for its marks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

LegacyCharset = Literal["TCVN3", "VNI"]

# Letter by letter, in one order: grave, hook, tilde, acute, dot below for each vowel.
_LETTERS = "àảãáạ ăằẳẵắặ âầẩẫấậ đ èẻẽéẹ êềểễếệ ìỉĩíị òỏõóọ ôồổỗốộ ơờởỡớợ ùủũúụ ưừửữứự ỳỷỹýỵ"
_TCVN3_LETTERS = "µ¶·¸¹ ¨»¼½¾Æ ©ÇÈÉÊË ® ÌÎÏÐÑ ªÒÓÔÕÖ ×ØÜÝÞ ßáâãä «åæçèé ¬êëìíî ïñòóô \u00adõö÷øù úûüýþ"
_TCVN3_CAPITALS = {"¡": "Ă", "¢": "Â", "§": "Đ", "£": "Ê", "¤": "Ô", "¥": "Ơ", "¦": "Ư"}
_VNI_LETTERS = """
    aø aû aõ aù aï  aê aè aú aü aé aë  aâ aà aå aã aá aä  ñ
    eø eû eõ eù eï  eâ eà eå eã eá eä  ì æ ó í ò
    oø oû oõ où oï  oâ oà oå oã oá oä  ô ôø ôû ôõ ôù ôï
    uø uû uõ uù uï  ö öø öû öõ öù öï  yø yû yõ yù î
"""
_WORD = re.compile(r"\w+")
_PIECES = re.compile(r"([\r\n\t;,|]+)")


def _tcvn3_table() -> dict[str, str]:
    signs, letters = _TCVN3_LETTERS.replace(" ", ""), _LETTERS.replace(" ", "")
    return dict(zip(signs, letters, strict=True)) | _TCVN3_CAPITALS


def _vni_table() -> dict[str, str]:
    table: dict[str, str] = {}
    for signs, letter in zip(_VNI_LETTERS.split(), _LETTERS.replace(" ", ""), strict=True):
        # The case of the base letter counts; its mark is typed in either.
        table |= {signs: letter, signs.upper(): letter.upper(), signs[0].upper() + signs[1:]: letter.upper()}
    return table


TABLES: Mapping[LegacyCharset, Mapping[str, str]] = {"TCVN3": _tcvn3_table(), "VNI": _vni_table()}
_PATTERNS = {
    charset: re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))))
    for charset, table in TABLES.items()
}


def to_unicode(text: str, charset: LegacyCharset) -> str:
    """Return text of a legacy charset in Unicode; what the charset does not know stays as it is."""
    if charset == "TCVN3":
        # Whether small letters mean capitals is seen cell by cell, line by line.
        return "".join(map(_from_tcvn3, _PIECES.split(text)))
    return _replace(text, charset)


def charset_of_font(font: str) -> LegacyCharset | None:
    """Return the charset that a font is made for, None for an ordinary one."""
    lowered = font.strip().lower()
    if lowered.startswith(".vn"):
        return "TCVN3"
    return "VNI" if lowered.startswith("vni") else None


def is_font_of_capitals(font: str) -> bool:
    """Return whether a font of TCVN3 draws capitals for small letters: .VnTimeH, .VnArialH."""
    return charset_of_font(font) == "TCVN3" and font.strip().endswith("H")


def _replace(text: str, charset: LegacyCharset) -> str:
    table = TABLES[charset]
    return _PATTERNS[charset].sub(lambda found: table[found.group()], text)


def _from_tcvn3(text: str) -> str:
    """Return text in Unicode, capitals wholly so: TCVN3 gives “B¾C K¹N” no capital ắ to write."""
    converted = _replace(text, "TCVN3")
    capitals, small = _count_ascii(text)
    if capitals >= 3 and not small:
        return converted.upper()
    # A letter of TCVN3 is one sign: words stand where they stood.
    return _WORD.sub(lambda word: _to_capitals(word, text), converted)


def _to_capitals(word: re.Match[str], text: str) -> str:
    capitals, small = _count_ascii(text[word.start() : word.end()])
    return word.group().upper() if capitals >= 2 and not small else word.group()


def _count_ascii(text: str) -> tuple[int, int]:
    letters = [letter for letter in text if letter.isascii() and letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    return capitals, len(letters) - capitals
