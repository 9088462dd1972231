"""stdin: the bytes of one file → stdout: its cells as JSON, or the rule the file breaks.

Runs as `python -I -m ingestion.reading.child REQUEST`, a process of its own with limits on memory, time and
what it may write. Whatever a file does here costs one answer.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import unicodedata
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

from ingestion.cells import to_cell_name
from ingestion.reading.kinds import to_package
from ingestion.reading.package import check_package
from ingestion.reading.refusal import Refusal
from ingestion.reading.scan import SheetScan, read_sheet_parts, read_shown_as, scan_part, scan_sheet

EncodedCell = list[Any]  # [row, column, kind, value]


def main() -> int:
    """Answer one request; return 0 when there is an answer on stdout.

    The first byte, a space, says that this program itself works: what happens after it is the file's doing.
    """
    request = json.loads(sys.argv[1])
    limit_this_process(request["process"])
    output = sys.stdout.buffer
    output.write(b" ")
    output.flush()
    try:
        answer = read_file(sys.stdin.buffer.read(), request["sheets"], request["limits"])
        output.write(json.dumps(answer, separators=(",", ":")).encode("ascii"))
    except Refusal as refusal:
        output.write(json.dumps({"refusal": _to_json(refusal)}).encode("ascii"))
    except MemoryError:
        output.write(
            b'{"refusal":{"rule":"file_too_heavy","found":null,"sheet":null,"cell":null,"words":{}}}'
        )
    return 0


def read_file(data: bytes, wanted: list[str], limits: Mapping[str, int]) -> dict[str, Any]:
    """Return the names of all sheets and the cells of the wanted ones; raise Refusal naming a broken rule."""
    package = to_package(data)
    check_package(package, len(data), limits)
    _read_every_part(package)
    parts = read_sheet_parts(package)
    sheets = [name for name in parts if _to_key(name) in {_to_key(sheet) for sheet in wanted}]
    scans = {name: _scan_within_limits(package, name, parts[name], limits) for name in sheets}
    shown_as = read_shown_as(package) if sheets else {}
    return {
        "sheet_names": list(parts),
        "sheets": [_read_sheet(data, name, scans[name], shown_as, limits) for name in sheets],
    }


def _read_every_part(package: zipfile.ZipFile) -> None:
    for name in package.namelist():
        if name.endswith((".xml", ".rels")):
            scan_part(package, name)


def _scan_within_limits(
    package: zipfile.ZipFile, name: str, member: str, limits: Mapping[str, int]
) -> SheetScan:
    scan = scan_sheet(package, member)
    if scan.last_row > limits["rows"] or scan.last_column > limits["columns"]:
        raise Refusal(
            "sheet_too_large", scan.last_cell, sheet=name, rows=limits["rows"], columns=limits["columns"]
        )
    return scan


def _read_sheet(
    data: bytes, name: str, scan: SheetScan, shown_as: Mapping[int, str], limits: Mapping[str, int]
) -> dict[str, Any]:
    is_visible, rows = _read_values(data, name)
    cells: list[EncodedCell] = []
    for row_number, row in enumerate(rows, start=1):
        for column_number, value in enumerate(row, start=1):
            at = (row_number, column_number)
            if at in scan.errors:
                cells.append([*at, "error", scan.errors[at]])
            elif at in scan.uncalculated:
                cells.append([*at, "uncalculated", ""])
            elif value != "":
                if isinstance(value, str) and len(value) > limits["cell_text"]:
                    cell = to_cell_name(*at)
                    raise Refusal("cell_text_too_long", sheet=name, cell=cell, limit=limits["cell_text"])
                cells.append([*at, *_encode(value, shown_as.get(scan.styles.get(at, -1)))])
    # The reader leaves out cells without a value, also beyond the last one it has seen.
    seen = {(cell[0], cell[1]) for cell in cells}
    cells += [[*at, "error", text] for at, text in scan.errors.items() if at not in seen]
    cells += [[*at, "uncalculated", ""] for at in scan.uncalculated if at not in seen]
    return {
        "name": name,
        "is_hidden": not is_visible,
        "cells": cells,
        "hidden_rows": sorted(scan.hidden_rows),
        "hidden_columns": sorted(scan.hidden_columns),
        "merges": scan.merges,
    }


def _read_values(data: bytes, name: str) -> tuple[bool, list[list[Any]]]:
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        metadata = {sheet.name: sheet for sheet in workbook.sheets_metadata}
        if metadata[name].typ != python_calamine.SheetTypeEnum.WorkSheet:
            raise Refusal("file_damaged")
        is_visible = metadata[name].visible == python_calamine.SheetVisibleEnum.Visible
        return is_visible, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, KeyError, ValueError) as error:
        raise Refusal("file_damaged") from error


def _encode(value: object, shown_as: str | None) -> list[Any]:
    if isinstance(value, bool):
        return ["boolean", value]
    if isinstance(value, int | float):
        # JSON has no infinity; text of it still says what was found.
        number = float(value)
        return ["percent" if shown_as == "percent" else "number", repr(number)]
    if isinstance(value, datetime | date):
        return ["month" if shown_as == "month" else "date", value.isoformat()]
    if isinstance(value, time | timedelta):
        return ["duration", str(value)]
    return ["text", str(value)]


def _to_key(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def _to_json(refusal: Refusal) -> dict[str, Any]:
    return {
        "rule": refusal.rule,
        "found": refusal.found,
        "sheet": refusal.sheet,
        "cell": refusal.cell,
        "words": refusal.words,
    }


def limit_this_process(limits: Mapping[str, int]) -> None:
    """Give up memory, time and every right to write files, for good."""
    for kind, limit in (
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        resource.setrlimit(kind, (limit, limit))


if __name__ == "__main__":
    sys.exit(main())
