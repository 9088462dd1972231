"""Records → .xls files of Excel 97 to 2003, well made or spoilt in one named way.

Nothing that writes this format is among the libraries, and the spoilt files could not be written by one.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.ingestion.text_files import table
from tests.ingestion.workbooks import SHEET

GENERAL, PERCENT, DATE, MONTH, OLD_FONT, CAPITALS = range(6)
_FORMATS = {GENERAL: 0, PERCENT: 10, DATE: 14, MONTH: 17, OLD_FONT: 0, CAPITALS: 0}
_FONTS = ("Arial", ".VnTime", ".VnTimeH")
_FONT_OF = {OLD_FONT: 1, CAPITALS: 2}
_SECTOR = 512
_END, _SAT, _FREE = -2, -3, -1


def record(kind: int, content: bytes = b"") -> bytes:
    """Return one record."""
    return struct.pack("<HH", kind, len(content)) + content


def text(row: int, column: int, value: str, style: int = GENERAL) -> bytes:
    """Return a text cell; places are those of a spreadsheet, from 1."""
    encoded = value.encode("utf-16-le")
    return record(0x204, struct.pack("<HHHHB", row - 1, column - 1, style, len(encoded) // 2, 1) + encoded)


def number(row: int, column: int, value: float, style: int = GENERAL) -> bytes:
    """Return a number cell."""
    return record(0x203, struct.pack("<HHHd", row - 1, column - 1, style, value))


def boolean(row: int, column: int, value: bool) -> bytes:
    """Return a logical cell."""
    return record(0x205, struct.pack("<HHHBB", row - 1, column - 1, GENERAL, value, 0))


def error(row: int, column: int, code: int) -> bytes:
    """Return an error cell: 7 is #DIV/0!, 23 is #REF!."""
    return record(0x205, struct.pack("<HHHBB", row - 1, column - 1, GENERAL, code, 1))


def formula(row: int, column: int, result: float, flags: int = 0) -> bytes:
    """Return a formula with its last result; flag 2 asks for calculation when the file is opened."""
    content = struct.pack("<HHHdHIH", row - 1, column - 1, GENERAL, result, flags, 0, 3)
    return record(0x06, content + b"\x1e\x01\x00")


def hidden_row(row: int) -> bytes:
    """Return the properties of a hidden row."""
    return record(0x208, struct.pack("<HHHHHHI", row - 1, 0, 12, 255, 0, 0, 0x20))


def hidden_column(column: int) -> bytes:
    """Return the properties of a hidden column."""
    return record(0x7D, struct.pack("<HHHHHH", column - 1, column - 1, 2048, 0, 1, 0))


def merged(top: int, left: int, bottom: int, right: int) -> bytes:
    """Return a merged range."""
    return record(0xE5, struct.pack("<HHHHH", 1, top - 1, bottom - 1, left - 1, right - 1))


def good_rows(changed: Mapping[int, bytes] | None = None) -> bytes:
    """Return title, blank row, header and one good row; `changed` puts other records for cells of row 4."""
    cells = {
        (row, column): text(row, column, value)
        for row, line in enumerate(table(), start=1)
        for column, value in enumerate(line, start=1)
        if value
    }
    cells[4, 7] = number(4, 7, 6.33)
    cells |= {(4, column): cell for column, cell in (changed or {}).items()}
    return b"".join(cells.values())


@dataclass(frozen=True)
class OldSheet:
    """One sheet: its records, 1 for hidden or 2 for very hidden, 0 for a worksheet or 1 for a macro sheet."""

    records: bytes = field(default_factory=good_rows)
    name: str = SHEET
    visibility: int = 0
    kind: int = 0


def xls(
    sheets: Sequence[OldSheet] = (OldSheet(),),
    more: bytes = b"",
    storages: Sequence[str] = (),
    epoch_1904: bool = False,
) -> bytes:
    """Return a file; `more` are records of the workbook, `storages` folders in its container."""
    return container(workbook_stream(sheets, more, epoch_1904), storages)


def workbook_stream(sheets: Sequence[OldSheet], more: bytes = b"", epoch_1904: bool = False) -> bytes:
    """Return the records of a workbook."""
    head = (
        _begin(0x0005) + record(0x42, struct.pack("<H", 1200)) + record(0x22, struct.pack("<H", epoch_1904))
    )
    head += b"".join(map(_font, _FONTS)) + b"".join(map(_style, _FORMATS)) + more
    parts = [_begin(0x0010) + sheet.records + record(0x0A) for sheet in sheets]
    names = [(sheet.name.encode("utf-16-le"), sheet) for sheet in sheets]
    at = len(head) + sum(12 + len(name) for name, _ in names) + 4
    listed = b""
    for (name, sheet), part in zip(names, parts, strict=True):
        listed += record(
            0x85, struct.pack("<IBBBB", at, sheet.visibility, sheet.kind, len(name) // 2, 1) + name
        )
        at += len(part)
    return head + listed + record(0x0A) + b"".join(parts)


def container(stream: bytes, storages: Sequence[str] = (), name: str = "Workbook") -> bytes:
    """Return an OLE file with one stream and empty folders."""
    # Below 4096 bytes a stream lies in smaller sectors; what follows the last record is not read.
    stream = stream.ljust(4096, b"\x00")
    directory = _entry("Root Entry", 5, child=1) + _entry(name, 2, start=0, size=len(stream))
    directory += b"".join(_entry(storage, 1) for storage in storages)
    sectors = [*_cut(stream), *_cut(directory)]
    in_stream = len(_cut(stream))
    tables = -(-(len(sectors) + len(sectors) // 100 + 2) // 128)
    chain = [*range(1, in_stream), _END, *range(in_stream + 1, len(sectors)), _END, *[_SAT] * tables]
    table_bytes = struct.pack(f"<{128 * tables}i", *chain, *[_FREE] * (128 * tables - len(chain)))
    places = [len(sectors) + index for index in range(tables)]
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(10) + struct.pack("<iiIiiiii", tables, in_stream, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109i", *places, *[_FREE] * (109 - tables))
    return header + b"".join(sectors) + table_bytes


def _begin(kind: int) -> bytes:
    return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 0x07CC, 0, 0x06))


def _font(name: str) -> bytes:
    encoded = name.encode("utf-16-le")
    return record(
        0x31, struct.pack("<HHHHHBBBBBB", 220, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, len(name), 1) + encoded
    )


def _style(style: int) -> bytes:
    return record(0xE0, struct.pack("<HHH", _FONT_OF.get(style, 0), _FORMATS[style], 0) + bytes(14))


def _entry(name: str, kind: int, child: int = -1, start: int = _END, size: int = 0) -> bytes:
    encoded = name.encode("utf-16-le") + b"\x00\x00"
    entry = encoded.ljust(64, b"\x00") + struct.pack("<HBBiii", len(encoded), kind, 1, -1, -1, child)
    return entry + bytes(36) + struct.pack("<iII", start, size, 0)


def _cut(data: bytes) -> list[bytes]:
    return [data[at : at + _SECTOR].ljust(_SECTOR, b"\x00") for at in range(0, len(data), _SECTOR)]
