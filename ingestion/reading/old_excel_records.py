"""The record stream of an .xls workbook → what its reader does not tell: links, macro sheets, uncalculated cells.

A stream is records of two bytes kind, two bytes length, content. Nothing here follows an offset beyond the stream.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingestion.reading.refusal import Refusal
from ingestion.reading.sheets import Position

_BOUNDSHEET, _SUPBOOK, _FORMULA, _BOF, _EOF, _FILEPASS, _EXTERNSHEET = (
    0x85,
    0x1AE,
    0x06,
    0x809,
    0x0A,
    0x2F,
    0x17,
)
_MACRO_SHEET = 1
# The book itself and add-in functions: no links to another file.
_INNER_BOOKS = (b"\x01\x04", b"\x01\x3a")
_CALCULATE_ON_LOAD = 0x02


@dataclass
class Records:
    """Sheets by where their records begin; the formulas that wait for Excel to calculate them, by the same."""

    begins: dict[int, str] = field(default_factory=dict)
    uncalculated: dict[int, set[Position]] = field(default_factory=dict)

    def uncalculated_of(self, sheet: str) -> set[Position]:
        """Return the cells of a sheet whose formula was never calculated."""
        return {
            at
            for begin, name in self.begins.items()
            if name == sheet
            for at in self.uncalculated.get(begin, ())
        }


def scan_records(stream: bytes) -> Records:
    """Return what the records of a workbook tell; raise Refusal on a password, macro sheets, links to files."""
    found = Records()
    begin, depth = 0, 0
    for at, kind, content in _records(stream):
        if kind == _BOF:
            depth += 1
            begin = at if depth == 1 else begin
        elif kind == _EOF:
            depth = max(0, depth - 1)
        elif kind == _FILEPASS:
            raise Refusal("file_password_protected")
        elif kind == _BOUNDSHEET and len(content) >= 8:
            _take_sheet(found, content)
        elif kind == _SUPBOOK and content[2:4] not in _INNER_BOOKS:
            raise Refusal("file_has_external_links", _to_path(content))
        elif kind == _FORMULA and depth == 1 and len(content) >= 16 and _is_uncalculated(content):
            row, column = struct.unpack_from("<HH", content)
            found.uncalculated.setdefault(begin, set()).add((row + 1, column + 1))
    return found


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _take_sheet(found: Records, content: bytes) -> None:
    begin, _, kind, length = struct.unpack_from("<IBBB", content)
    is_wide = content[7] & 1
    raw = content[8 : 8 + length * (2 if is_wide else 1)]
    name = raw.decode("utf-16-le" if is_wide else "latin-1", "replace")
    if kind == _MACRO_SHEET:
        raise Refusal("file_has_macros", name)
    found.begins[begin] = name


def _is_uncalculated(content: bytes) -> bool:
    """Return whether a formula holds nothing but a zero and asks to be calculated when the file is opened."""
    (flags,) = struct.unpack_from("<H", content, 14)
    return bool(flags & _CALCULATE_ON_LOAD) and content[6:14] == bytes(8)


def _to_path(content: bytes) -> str:
    letters = content[4:].decode("latin-1").replace("\x00", "")
    return "".join(letter for letter in letters if letter.isprintable())[:200]
