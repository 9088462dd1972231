"""The cells of a delimited file whose header is that of SDMX-CSV → nothing, or why it is not SDMX-CSV."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterable, Mapping, Sequence

from ingestion.cells import CSV_SHEET, to_cell_name
from ingestion.reading.refusal import Refusal
from ingestion.reading.sheets import EncodedCell

# By column: the values with which an observation is no figure to be published.
_WITHHELD: Mapping[str, Callable[[str], bool]] = {
    "ACTION": lambda action: action == "D",
    "CONF_STATUS": lambda status: status not in ("", "F"),
    "OBS_CONF": lambda status: status not in ("", "F"),
}


def is_header(names: Sequence[str]) -> bool:
    """Return whether a first row is that of SDMX-CSV 1.0 (DATAFLOW) or 2.0 (STRUCTURE, STRUCTURE_ID)."""
    ids = {name.partition(":")[0].strip() for name in names}
    return "OBS_VALUE" in ids and ("DATAFLOW" in ids or {"STRUCTURE", "STRUCTURE_ID"} <= ids)


def check(cells: Iterable[EncodedCell]) -> None:
    """Raise Refusal when the library that knows SDMX-CSV cannot read these cells."""
    # The pool that arrow prefers reserves more address space than this process has.
    os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"
    from pysdmx.errors import PysdmxError
    from pysdmx.io.csv.sdmx10.reader import read as read_version_1
    from pysdmx.io.csv.sdmx20.reader import read as read_version_2

    rows = _to_rows(cells)
    _refuse_withheld(rows)
    read = read_version_1 if "DATAFLOW" in rows[0] else read_version_2
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    try:
        read(file.getvalue())
    except (PysdmxError, ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
        found = getattr(error, "description", None) or getattr(error, "title", None) or str(error)
        raise Refusal("sdmx_csv_unreadable", str(found)) from error


def _refuse_withheld(rows: Sequence[Sequence[str]]) -> None:
    """Raise Refusal at an observation that is deleted, or not free to be published."""
    for at, name in enumerate(rows[0]):
        column = name.partition(":")[0].strip()
        if (is_withheld := _WITHHELD.get(column)) is None:
            continue
        for number, row in enumerate(rows[1:], start=2):
            if at < len(row) and is_withheld(row[at].strip()):
                raise Refusal(
                    "sdmx_csv_row_not_published",
                    row[at],
                    sheet=CSV_SHEET,
                    cell=to_cell_name(number, at + 1),
                    column=column,
                )


def _to_rows(cells: Iterable[EncodedCell]) -> list[list[str]]:
    rows: dict[int, dict[int, str]] = {}
    for row, column, _, value in cells:
        rows.setdefault(row, {})[column] = value
    width = max(rows[min(rows)])
    # A row longer than the header keeps its length: the library has to stumble over it.
    return [
        [rows[number].get(column, "") for column in range(1, max(width, *rows[number]) + 1)]
        for number in sorted(rows)
    ]
