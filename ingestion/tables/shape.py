"""A sheet and where its table lies → what hides figures from whoever reads it, or lets one cell stand for several."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from ingestion.cells import Sheet, to_cell_name, to_column_letters
from ingestion.problems import Problem, to_note, to_problem


def hidden_or_merged(
    sheet: Sheet, header: int, columns: Iterable[int], rows: Iterable[int]
) -> Iterator[Problem]:
    """Yield a problem for the hidden sheet, each hidden column and data row, and merged cells among the data."""
    used, data = set(columns), sorted(set(rows))
    if sheet.is_hidden:
        yield to_problem("sheet_hidden", sheet=sheet.name)
    for column in sorted(used & sheet.hidden_columns):
        yield to_problem(
            "column_hidden",
            sheet=sheet.name,
            cell=to_cell_name(header, column),
            column=to_column_letters(column),
        )
    for row in sorted(sheet.hidden_rows.intersection(data)):
        yield to_problem("row_hidden", sheet=sheet.name, cell=to_cell_name(row, min(used)), row=row)
    for first_row, first_column, last_row, last_column in sheet.merges:
        at = bisect_left(data, first_row)
        touches_data = at < len(data) and data[at] <= last_row
        if touches_data and any(first_column <= column <= last_column for column in used):
            yield to_problem(
                "cells_merged",
                sheet=sheet.name,
                cell=to_cell_name(first_row, first_column),
                found=f"{to_cell_name(first_row, first_column)}:{to_cell_name(last_row, last_column)}",
            )


def sheets_without_table(names: Sequence[str]) -> Iterator[Problem]:
    """Yield the note that names the sheets with content in which no table was found."""
    if names:
        yield to_note("sheets_left_out", found="; ".join(names))
