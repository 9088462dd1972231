"""What the cell reader finds in a sheet + what the scan of its XML tells → the cells as they are."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import python_calamine

from ingestion.reading.refusal import Refusal
from ingestion.reading.scan import SheetScan
from ingestion.reading.sheets import EncodedCell, RawSheet, check_length, encode

Reader = python_calamine.CalamineWorkbook


def open_reader(data: bytes) -> Reader:
    """Return the cell reader of a package; raise Refusal when it finds it damaged."""
    try:
        return Reader.from_filelike(io.BytesIO(data))
    except (python_calamine.CalamineError, KeyError, ValueError) as error:
        raise Refusal("file_damaged") from error


def names_of_worksheets(reader: Reader) -> list[str]:
    """Return the names of the sheets that have cells: no charts, no macro sheets."""
    worksheet = python_calamine.SheetTypeEnum.WorkSheet
    return [sheet.name for sheet in reader.sheets_metadata if sheet.typ == worksheet]


def read_sheet(
    reader: Reader,
    name: str,
    scan: SheetScan,
    shown_as: Mapping[int, str],
    limits: Mapping[str, int],
) -> RawSheet:
    """Return one worksheet. `shown_as` says of a style how it shows numbers: `percent`, `month`."""
    is_visible, rows = _read_values(reader, name)
    cells: list[EncodedCell] = []
    for row_number, row in enumerate(rows, start=1):
        for column_number, value in enumerate(row, start=1):
            at = (row_number, column_number)
            if at in scan.errors:
                cells.append([*at, "error", scan.errors[at]])
            elif at in scan.uncalculated:
                cells.append([*at, "uncalculated", ""])
            elif value != "":
                if isinstance(value, str):
                    value = scan.marked.get(at, value)
                    check_length(name, at, value, limits)
                cells.append([*at, *encode(value, shown_as.get(scan.styles.get(at, -1)))])
    # The reader leaves out cells without a value, also beyond the last one it has seen.
    seen = {(cell[0], cell[1]) for cell in cells}
    cells += [[*at, "error", text] for at, text in scan.errors.items() if at not in seen]
    cells += [[*at, "uncalculated", ""] for at in scan.uncalculated if at not in seen]
    return RawSheet(
        name,
        cells,
        is_hidden=scan.is_hidden or not is_visible,
        hidden_rows=sorted(scan.hidden_rows),
        hidden_columns=sorted(scan.hidden_columns),
        merges=scan.merges,
        fonts=scan.fonts,
    )


def _read_values(reader: Reader, name: str) -> tuple[bool, list[list[Any]]]:
    try:
        metadata = {sheet.name: sheet for sheet in reader.sheets_metadata}
        is_visible = metadata[name].visible == python_calamine.SheetVisibleEnum.Visible
        return is_visible, reader.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, KeyError, ValueError) as error:
        raise Refusal("file_damaged") from error
