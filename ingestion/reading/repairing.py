"""The text cells of a sheet → the same in clean Unicode, and what was done to them.

Old fonts, encodings read as another one, letters lost on the way: each cell is judged by its font first, then by
the spelling of its words, a doubtful cell by what the rest of its sheet is. What cannot be repaired is an error.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ingestion.cells import to_cell_name
from ingestion.reading.encodings import has_lost_letters, to_vietnamese_windows, to_western_bytes
from ingestion.reading.legacy_fonts import charset_of_font, is_font_of_capitals, to_unicode
from ingestion.reading.sheets import Position, RawSheet, Remark
from ingestion.reading.syllables import spelling_of

# (font, text) of a run of letters.
Run = tuple[str, str]

_READINGS: Mapping[str, Callable[[str], str | None]] = {
    "TCVN3": lambda text: to_unicode(text, "TCVN3"),
    "VNI": lambda text: to_unicode(text, "VNI"),
    "windows-1258": to_vietnamese_windows,
}
_MISREAD_UTF8 = "UTF-8 (đọc nhầm thành windows-1252)"
_CELLS_NAMED = 5
# A reading is taken when it makes most words Vietnamese that are not so as they stand.
_LEAST_SHARE = 0.8
_LEAST_GAIN = 0.4
_BEYOND_WESTERN = re.compile(
    "[\u0100-\u0151\u0154-\u0177\u0179-\u017c\u017f-\u024f\u0300-\u036f\u1ea0-\u1eff]"
)
_WHOLE_WORD = re.compile("[^\\W\\d_][\u0080-\u00ff]|[\u0080-\u00ff][^\\W\\d_]")
# What is left of UTF-8 read as windows-1252 when some of its bytes were lost.
_LEFT_OF_UTF8 = re.compile(
    "\u00c3[\u00a1-\u00aa\u00ac-\u00ba\u00bc-\u00bf]|\u00c4\u2018|\u00c6[\u00a1\u00b0]"
    "|\u00e1[\u00ba\u00bb][\u0080-\u00ff\u0152-\u2122]"
)


@dataclass
class _Sorting:
    """The text cells of one sheet on their way through."""

    converted: dict[str, list[Position]] = field(default_factory=dict)
    doubtful: list[tuple[int, Position]] = field(default_factory=list)
    has_unicode: bool = False


def repair_text(sheet: RawSheet) -> list[Remark]:
    """Put clean Unicode into the text cells of a sheet; return what was converted and what cannot be read."""
    sorting = _Sorting()
    for index, (row, column, kind, text) in enumerate(sheet.cells):
        if kind == "text" and not text.isascii():
            sheet.cells[index][3] = _repair(sheet, sorting, index, (row, column), text)
    _settle_doubts(sheet, sorting)
    remarks = [_to_note(sheet.name, how, cells) for how, cells in sorting.converted.items()]
    return remarks + list(_unreadable(sheet))


def _repair(sheet: RawSheet, sorting: _Sorting, index: int, at: Position, text: str) -> str:
    utf8 = _to_utf8(text)
    if utf8 is not None:
        sorting.converted.setdefault(_MISREAD_UTF8, []).append(at)
        return utf8
    runs = sheet.fonts.get(at)
    if runs:
        made, charset = _by_fonts(runs, text)
        if charset is not None and _is_no_worse(text, made):
            sorting.converted.setdefault(charset, []).append(at)
            return made
    if _BEYOND_WESTERN.search(text):
        sorting.has_unicode = True
        return text
    if not _WHOLE_WORD.search(text):
        return text
    as_is = spelling_of(text).share
    better = _better_readings(text)
    clear = {how: made for how, (share, made) in better.items() if share - as_is >= _LEAST_GAIN}
    if len(clear) == 1:
        ((how, made),) = clear.items()
        sorting.converted.setdefault(how, []).append(at)
        return made
    if better:
        sorting.doubtful.append((index, at))
    return text


def _better_readings(text: str) -> dict[str, tuple[float, str]]:
    """Return the readings that change a text into Vietnamese words: share of syllables and text of each."""
    found = {}
    for how, read in _READINGS.items():
        made = read(text)
        if made is not None and made != text:
            share = spelling_of(made).share
            if share >= _LEAST_SHARE:
                found[how] = (share, made)
    return found


def _settle_doubts(sheet: RawSheet, sorting: _Sorting) -> None:
    """Read doubtful cells as the clear ones of their sheet, if these are of one kind."""
    kinds = Counter({how: len(cells) for how, cells in sorting.converted.items() if how in _READINGS})
    if sorting.has_unicode or len(kinds) != 1:
        return
    (how,) = kinds
    for index, at in sorting.doubtful:
        made = _better_readings(sheet.cells[index][3]).get(how)
        if made is not None:
            sheet.cells[index][3] = made[1]
            sorting.converted[how].append(at)


def _to_utf8(text: str) -> str | None:
    """Return what UTF-8 read as windows-1252 was; None for text that was not."""
    data = to_western_bytes(text)
    try:
        made = None if data is None else data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if made is None or any("\x7f" <= letter < "\xa0" for letter in made):
        return None
    as_is, better = spelling_of(text).share, spelling_of(made).share
    # Signs such as ° say nothing about spelling; a pair that stands for one of them is nothing else.
    has_signs_only = not any(letter.isalpha() for letter in made if not letter.isascii())
    return made if better > as_is or (has_signs_only and as_is < 1) else None


def _by_fonts(runs: Sequence[Run], text: str) -> tuple[str, str | None]:
    """Return a text with each run converted by its font, and the charsets that took part, None for none."""
    if "".join(part for _, part in runs) != text:
        runs = [(runs[0][0], text)]
    made, charsets = [], []
    for font, part in runs:
        charset = charset_of_font(font)
        if charset is None or _BEYOND_WESTERN.search(part):
            made.append(part)
            continue
        unicode_part = to_unicode(part, charset)
        made.append(unicode_part.upper() if is_font_of_capitals(font) else unicode_part)
        charsets.append(charset)
    return "".join(made), " và ".join(sorted(set(charsets))) or None


def _is_no_worse(text: str, made: str) -> bool:
    return made != text and spelling_of(made).share >= spelling_of(text).share


def _to_note(sheet: str, how: str, cells: Sequence[Position]) -> Remark:
    cells = sorted(cells)
    names = "; ".join(to_cell_name(*at) for at in cells[:_CELLS_NAMED])
    more = "…" if len(cells) > _CELLS_NAMED else ""
    words: dict[str, str | int] = {"count": len(cells), "cells": names + more}
    return Remark("note", "text_converted", sheet, None, how, words)


def _unreadable(sheet: RawSheet) -> Iterable[Remark]:
    texts = [(to_cell_name(row, column), text) for row, column, kind, text in sheet.cells if kind == "text"]
    # A question mark after a word is one, unless letters were lost elsewhere.
    has_lost = any(has_lost_letters(text) for _, text in texts)
    for cell, text in texts:
        if has_lost and has_lost_letters(text, at_the_end=True):
            yield Remark("error", "text_letters_lost", sheet.name, cell, text)
        elif not text.isascii() and _LEFT_OF_UTF8.search(text):
            yield Remark("error", "text_garbled", sheet.name, cell, text)
