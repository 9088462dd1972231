"""The bytes of a text file → its text and the encoding they were in, or the refusal to guess one.

A byte-order mark decides, then strict UTF-8, then UTF-16 without a mark. Bytes that are none of these are read in
every way that a Vietnamese office writes them; the reading whose words are Vietnamese wins, a tie asks.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import charset_normalizer

from ingestion.reading.legacy_fonts import to_unicode
from ingestion.reading.refusal import Refusal
from ingestion.reading.syllables import spelling_of

# From the longest mark on: that of UTF-32 begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A reading is believed when this share of its words is Vietnamese, and no other text comes so near to it.
_LEAST_SHARE = 0.7
_LEAST_LEAD = 0.1
_SAMPLE = 262_144
_LOST = re.compile(r"\ufffd|[^\W\d_]\?+[^\W\d_]|\?{2,}[^\W\d_]")
_LOST_OR_ASKED = re.compile(r"\ufffd|[^\W\d_]\?|\?[^\W\d_]")
_ADDRESS = re.compile(r"\w+://\S+")


class Decoded(NamedTuple):
    """The text of a file; `recoded_from` names an encoding that is not Unicode."""

    text: str
    recoded_from: str | None = None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Return the text of a file. `declared` is the encoding that the file itself names, believed if nothing speaks
    against it. Raises Refusal when no reading, or more than one, makes sense.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data, encoding))
    if b"\x00" in data:
        return Decoded(_without_mark(data))
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _by_spelling(data, declared)


def has_lost_letters(text: str, *, at_the_end: bool = False) -> bool:
    """Return whether question marks stand where letters did: B?c K?n; or, if asked, Ch? at the end of a word."""
    if "?" not in text and "\ufffd" not in text:
        return False
    return (_LOST_OR_ASKED if at_the_end else _LOST).search(_ADDRESS.sub("", text)) is not None


def to_western(data: bytes) -> str:
    """Return bytes read as windows-1252, the five bytes it leaves free as control characters."""
    return data.decode("latin-1").translate(_WESTERN)


def to_western_bytes(text: str) -> bytes | None:
    """Return the bytes that `to_western` reads as this text, None when there are none."""
    try:
        return text.translate(_WESTERN_BACK).encode("latin-1")
    except UnicodeEncodeError:
        return None


def to_vietnamese_windows(text: str) -> str | None:
    """Return text that was windows-1258 and was read as windows-1252, its marks put onto their letters again."""
    data = to_western_bytes(text)
    try:
        return None if data is None else unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        return None


def _western_table() -> dict[int, str]:
    table = {}
    for byte in range(0x80, 0xA0):
        try:
            table[byte] = bytes([byte]).decode("cp1252")
        except UnicodeDecodeError:
            continue
    return table


_WESTERN = _western_table()
# A control character of that range is nothing but its own byte where windows-1252 has no letter.
_WESTERN_BACK = {ord(letter): byte for byte, letter in _WESTERN.items()}


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refusal("text_damaged", encoding.removesuffix("-sig").upper()) from error


def _without_mark(data: bytes) -> str:
    """Return text in UTF-16 without a byte-order mark: half the bytes of its line ends and digits are zero."""
    texts = []
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(map(_is_likely, text[:_SAMPLE])):
            texts.append(text)
    if len(texts) != 1:
        raise Refusal("file_not_excel", "định dạng không rõ")
    return texts[0]


def _is_likely(letter: str) -> bool:
    """Return whether a character stands in Vietnamese office text: Latin with marks, punctuation, signs."""
    code = ord(letter)
    is_control = code < 32 and letter not in "\t\n\r\x0c"
    return not is_control and (
        code < 0x250 or 0x300 <= code < 0x370 or 0x1E00 <= code < 0x1F00 or 0x2000 <= code < 0x2300
    )


def _by_spelling(data: bytes, declared: str | None) -> Decoded:
    if sum(byte < 32 and byte not in b"\t\n\r\x0c" for byte in data[:_SAMPLE]):
        raise Refusal("file_not_excel", "định dạng không rõ")
    scores: dict[str, tuple[float, str]] = {}
    for name, text in _readings(data):
        scores.setdefault(text, (spelling_of(text[:_SAMPLE]).share, name))
    ranked = sorted(((share, name, text) for text, (share, name) in scores.items()), reverse=True)
    (best, name, text), *others = ranked
    if best >= _LEAST_SHARE and (not others or best - others[0][0] >= _LEAST_LEAD):
        return Decoded(text, name)
    if best < _LEAST_SHARE and declared is not None:
        return Decoded(_strictly(data, declared), declared)
    if has_lost_letters(text):
        # The cells that lost them are named one by one.
        return Decoded(to_western(data), "windows-1252")
    if best >= _LEAST_SHARE:
        names = " và ".join(name for share, name, _ in ranked if best - share < _LEAST_LEAD)
        raise Refusal("text_encoding_unclear", names)
    likely = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    raise Refusal("text_encoding_unknown", likely.encoding if likely else None)


def _readings(data: bytes) -> Iterator[tuple[str, str]]:
    western = to_western(data)
    yield "windows-1252", western
    windows = to_vietnamese_windows(western)
    if windows is not None:
        yield "windows-1258", windows
    yield "TCVN3", to_unicode(western, "TCVN3")
    yield "VNI", to_unicode(western, "VNI")
