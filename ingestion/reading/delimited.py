"""The bytes of a delimited text file (CSV) → its one sheet: every cell text, at the place a spreadsheet shows it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from ingestion.cells import CSV_SHEET
from ingestion.reading.encodings import decode
from ingestion.reading.refusal import Refusal
from ingestion.reading.sheets import EncodedCell, RawSheet, Remark, check_extent, check_length

_SEPARATORS = ",;\t|"
# A first line that Excel takes for itself: sep=;
_DECLARATION = re.compile(r'"?sep=(.)"?(\r\n|\n|\r|$)', re.IGNORECASE)
_SAMPLE_ROWS = 500
_LEAST_COLUMNS = 3
_DIGITS = re.compile(r"\s*\d+\s*")


def read_delimited(data: bytes, limits: Mapping[str, int]) -> tuple[list[str], list[RawSheet], list[Remark]]:
    """Return the one sheet of a file and what its encoding was; raise Refusal naming a broken rule."""
    text, recoded_from = decode(data)
    if "\x00" in text:
        raise Refusal("file_not_excel", "định dạng không rõ")
    declared = _DECLARATION.match(text)
    if declared:
        text = text[declared.end() :]
    separator = declared[1] if declared else _to_separator(text, limits)
    sheet = RawSheet(CSV_SHEET, list(_cells(text, separator, limits)))
    remarks = [Remark("note", "text_recoded", found=recoded_from)] if recoded_from else []
    header = _first_row(sheet.cells)
    from ingestion.reading import sdmx_csv

    if sdmx_csv.is_header(header):
        sdmx_csv.check(sheet.cells)
    if separator == "," and not declared:
        _refuse_cut_numbers(text, limits)
    return [CSV_SHEET], [sheet], remarks


def _refuse_cut_numbers(text: str, limits: Mapping[str, int]) -> None:
    """Raise Refusal at a row that a decimal comma made longer than the header, the first row with several cells."""
    width = 0
    for number, row in enumerate(_rows(text, ",", limits), start=1):
        width = width or (len(row) if sum(map(bool, row)) >= _LEAST_COLUMNS else 0)
        if width and len(row) > width and any(map(_DIGITS.fullmatch, row)):
            found = str(len(row))
            raise Refusal(
                "csv_row_too_long", found, sheet=CSV_SHEET, cell=f"A{number}", row=number, fields=width
            )


def _first_row(cells: Sequence[EncodedCell]) -> list[str]:
    return [value for row, _, _, value in islice(cells, 100) if row == 1]


def _cells(text: str, separator: str, limits: Mapping[str, int]) -> Iterator[EncodedCell]:
    for row_number, row in enumerate(_rows(text, separator, limits), start=1):
        for column_number, value in enumerate(row, start=1):
            if value != "":
                at = (row_number, column_number)
                check_extent(CSV_SHEET, at, limits)
                check_length(CSV_SHEET, at, value, limits)
                yield [*at, "text", value]


def _rows(text: str, separator: str, limits: Mapping[str, int]) -> Iterator[list[str]]:
    # Beyond this length csv raises instead of gathering the field; a cell just too long gets its own sentence.
    csv.field_size_limit(2 * limits["cell_text"])
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            if "field limit" in str(error):
                raise Refusal(
                    "cell_text_too_long", sheet=CSV_SHEET, cell=f"A{number}", limit=limits["cell_text"]
                ) from error
            raise Refusal("csv_quotes_broken", sheet=CSV_SHEET, cell=f"A{number}", row=number) from error
        yield row


def _to_separator(text: str, limits: Mapping[str, int]) -> str:
    """Return the separator that cuts most rows into the same number of fields; raise Refusal on a tie."""
    scores: dict[tuple[float, int], list[str]] = {}
    broken: Refusal | None = None
    for separator in _SEPARATORS:
        try:
            counts = Counter(
                len(row) for row in islice(_rows(text, separator, limits), _SAMPLE_ROWS) if any(row)
            )
        except Refusal as refusal:
            broken = broken or refusal
            continue
        several = {fields: rows for fields, rows in counts.items() if fields > 1}
        if several:
            fields = max(several, key=lambda fields: (several[fields], fields))
            scores.setdefault((several[fields] / counts.total(), fields), []).append(separator)
    if not scores:
        if broken is not None:
            raise broken
        raise Refusal("csv_separator_unknown", sheet=CSV_SHEET)
    best = scores[max(scores)]
    if len(best) > 1:
        names = " hay ".join({"\t": "TAB"}.get(separator, f"“{separator}”") for separator in best)
        raise Refusal("csv_separator_unclear", names, sheet=CSV_SHEET)
    return best[0]
