"""The bytes of an old Excel file (.xls, OLE) → its sheets, or the rule it breaks."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping

import xlrd
from xlrd.book import Book
from xlrd.compdoc import CompDoc, CompDocError
from xlrd.sheet import Sheet as OldSheet

from ingestion.reading.legacy_fonts import charset_of_font
from ingestion.reading.old_excel_records import Records, scan_records
from ingestion.reading.refusal import Refusal
from ingestion.reading.selection import Selection
from ingestion.reading.sheets import EncodedCell, RawSheet, check_extent, check_length, encode
from ingestion.reading.styles import to_shown_as

# What the library raises at a damaged file, beside its own error: it trusts every length and offset.
_BROKEN = (
    xlrd.XLRDError,
    CompDocError,
    struct.error,
    IndexError,
    KeyError,
    ValueError,
    AssertionError,
    TypeError,
    AttributeError,
    EOFError,
    ZeroDivisionError,
    OverflowError,
    RecursionError,
)


def read_old_excel(
    data: bytes, wanted: Selection, limits: Mapping[str, int]
) -> tuple[list[str], list[RawSheet]]:
    """Return the names of all worksheets and the chosen ones; raise Refusal naming a broken rule."""
    records = _scan(data)
    try:
        # It reports what it finds odd to a log.
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        )
        names = book.sheet_names()
        sheets = [_read_sheet(book, name, records, limits) for name in wanted.of(names, names)]
    except _BROKEN as error:
        raise Refusal("file_damaged") from error
    return names, sheets


def _scan(data: bytes) -> Records:
    """Return what the records say that the library does not; raise Refusal on programs, links, objects, passwords."""
    try:
        compound = CompDoc(data, logfile=io.StringIO())
        names = [entry.name for entry in compound.dirlist]
        stream = compound.get_named_stream("Workbook") or compound.get_named_stream("Book")
    except _BROKEN as error:
        raise Refusal("file_damaged") from error
    if stream is None:
        raise Refusal("file_damaged")
    records = scan_records(bytes(stream))
    for name in names:
        if name.upper().startswith("_VBA_PROJECT") or name == "VBA":
            raise Refusal("file_has_macros", name)
        if name.startswith("MBD") or name in ("Ctls", "ObjectPool"):
            raise Refusal("file_has_embedded_objects", name)
    return records


def _read_sheet(book: Book, name: str, records: Records, limits: Mapping[str, int]) -> RawSheet:
    sheet = book.sheet_by_name(name)
    uncalculated = records.uncalculated_of(name)
    cells: list[EncodedCell] = []
    fonts = {}
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            at = (row + 1, column + 1)
            kind, value, style = (
                sheet.cell_type(row, column),
                sheet.cell_value(row, column),
                sheet.cell_xf_index(row, column),
            )
            if at not in uncalculated and (kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or value == ""):
                continue
            check_extent(name, at, limits)
            if at in uncalculated:
                cells.append([*at, "uncalculated", ""])
                continue
            cells.append([*at, *_encode(book, kind, value, style)])
            if kind == xlrd.XL_CELL_TEXT:
                check_length(name, at, value, limits)
                if runs := _runs_in_old_fonts(book, sheet, row, column, style):
                    fonts[at] = runs
    return RawSheet(
        name,
        cells,
        is_hidden=sheet.visibility != 0,
        hidden_rows=sorted(
            {cell[0] for cell in cells if (row := sheet.rowinfo_map.get(cell[0] - 1)) and row.hidden}
        ),
        hidden_columns=sorted(column + 1 for column, info in sheet.colinfo_map.items() if info.hidden),
        merges=[(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells],
        fonts=fonts,
    )


def _encode(book: Book, kind: int, value: str | float, style: int) -> list[object]:
    if kind == xlrd.XL_CELL_ERROR:
        return ["error", xlrd.error_text_from_code.get(int(value), "#ERR!")]
    if kind == xlrd.XL_CELL_BOOLEAN:
        return ["boolean", bool(value)]
    if kind == xlrd.XL_CELL_TEXT:
        return ["text", str(value)]
    form = book.format_map[book.xf_list[style].format_key]
    shown_as = to_shown_as(form.format_key, form.format_str)
    if kind != xlrd.XL_CELL_DATE:
        return encode(float(value), shown_as)
    if 0 <= float(value) < 1:
        hours, minutes, seconds = xlrd.xldate_as_tuple(value, book.datemode)[3:]
        return ["duration", f"{hours:02}:{minutes:02}:{seconds:02}"]
    if float(value) < 0:
        # Excel shows a date before its calendar, or beyond it, as a row of hashes.
        return ["error", "#####"]
    try:
        return encode(xlrd.xldate_as_datetime(value, book.datemode), shown_as)
    except (xlrd.XLDateError, OverflowError):
        return ["error", "#####"]


def _runs_in_old_fonts(
    book: Book, sheet: OldSheet, row: int, column: int, style: int
) -> list[tuple[str, str]]:
    """Return (font, text) of each run of a cell, nothing when none of the fonts is an old one."""
    text: str = sheet.cell_value(row, column)
    starts = [(0, book.xf_list[style].font_index), *sheet.rich_text_runlist_map.get((row, column), ())]
    ends = [start for start, _ in starts[1:]] + [len(text)]
    runs = [
        (str(book.font_list[font].name), text[start:end])
        for (start, font), end in zip(starts, ends, strict=True)
    ]
    return runs if any(charset_of_font(font) for font, _ in runs) else []
