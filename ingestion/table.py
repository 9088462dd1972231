"""A sheet and a form → the table in it: header found by content, data rows below, every flaw of its shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingestion.cells import Cell, Sheet, to_cell_name, to_column_letters
from ingestion.layouts import Column, FormVersion, Role
from ingestion.normalising.text import to_key, to_text
from ingestion.problems import Problem, to_problem


@dataclass(frozen=True)
class TableRow:
    """One data row: its number in the sheet and its non-blank cells by role."""

    number: int
    cells: Mapping[Role, Cell]


@dataclass(frozen=True)
class Table:
    """The data rows under a header, and the column number of each role."""

    sheet: str
    column_of: Mapping[Role, int]
    rows: tuple[TableRow, ...]
    # Numbers of the rows in which nothing but labels stands, where the form came with its labels.
    not_filled: tuple[int, ...] = ()

    def cell_name(self, row_number: int, role: Role) -> str:
        """Return the name of the cell of a role in a row, e.g. G5."""
        return to_cell_name(row_number, self.column_of[role])


def find_table(
    sheet: Sheet, layout: FormVersion, labels: frozenset[Role] = frozenset()
) -> tuple[Table | None, list[Problem]]:
    """Return the table of a sheet (None without a whole header) and what is wrong with its shape.

    `labels` stood in the sheet before anyone wrote: a row that holds nothing else is no data row.
    """
    rows = _rows_of(sheet)
    header = _find_header(rows, layout)
    if header is None:
        names = ", ".join(column.name for column in layout.columns)
        problem = to_problem(
            "header_not_found", sheet=sheet.name, columns=names, within=layout.header_within_rows
        )
        return None, [problem]
    column_of, problems = _read_header(sheet.name, header, rows[header], layout)
    if len(column_of) < len(layout.columns):
        return None, problems
    table_rows, not_filled = [], []
    for number in sorted(row for row in rows if row > header):
        if _matches(rows[number], layout) == len(layout.columns):
            problems.append(
                to_problem(
                    "header_repeated", sheet=sheet.name, cell=to_cell_name(number, min(column_of.values()))
                )
            )
            break
        roles = {role: rows[number][column] for role, column in column_of.items() if column in rows[number]}
        problems += _outside(sheet.name, number, rows[number], rows[header])
        if roles.keys() - labels:
            table_rows.append(TableRow(number, roles))
        elif roles:
            not_filled.append(number)
    if not table_rows:
        problems.append(to_problem("no_rows", sheet=sheet.name))
    table = Table(sheet.name, column_of, tuple(table_rows), tuple(not_filled))
    return table, problems + list(_hidden_or_merged(sheet, table, header))


def _rows_of(sheet: Sheet) -> dict[int, dict[int, Cell]]:
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sheet.cells.items():
        if cell.kind != "text" or to_text(cell.as_found):
            rows.setdefault(row, {})[column] = cell
    return rows


def _matches(cells: Mapping[int, Cell], layout: FormVersion) -> int:
    known = {to_key(column.name) for column in layout.columns}
    return len({to_key(cell.as_found) for cell in cells.values() if cell.kind == "text"} & known)


def _find_header(rows: Mapping[int, Mapping[int, Cell]], layout: FormVersion) -> int | None:
    """Return the row that names most columns of the form, at least half of them; the first of equals."""
    candidates = [row for row in sorted(rows) if row <= layout.header_within_rows]
    best = max(candidates, key=lambda row: _matches(rows[row], layout), default=None)
    if best is None or 2 * _matches(rows[best], layout) < len(layout.columns):
        return None
    return best


def _read_header(
    sheet: str, number: int, cells: Mapping[int, Cell], layout: FormVersion
) -> tuple[dict[Role, int], list[Problem]]:
    columns = {to_key(column.name): column for column in layout.columns}
    names = ", ".join(column.name for column in layout.columns)
    column_of: dict[Role, int] = {}
    problems = []
    for at, cell in sorted(cells.items()):
        name = to_cell_name(number, at)
        column: Column | None = columns.get(to_key(cell.as_found))
        if column is None:
            problems.append(
                to_problem("column_unknown", sheet=sheet, cell=name, found=cell.as_found, columns=names)
            )
        elif column.role in column_of:
            problems.append(to_problem("column_twice", sheet=sheet, cell=name, found=cell.as_found))
        else:
            column_of[column.role] = at
    problems += [
        to_problem("column_missing", sheet=sheet, column=column.name)
        for column in layout.columns
        if column.role not in column_of
    ]
    return column_of, problems


def _outside(
    sheet: str, number: int, cells: Mapping[int, Cell], header: Mapping[int, Cell]
) -> Iterator[Problem]:
    # A column with an unknown header has been named already; here are cells under no header at all.
    for at, cell in sorted(cells.items()):
        if at not in header:
            yield to_problem("outside_table", sheet=sheet, cell=to_cell_name(number, at), found=cell.as_found)


def _hidden_or_merged(sheet: Sheet, table: Table, header: int) -> Iterator[Problem]:
    if sheet.is_hidden:
        yield to_problem("sheet_hidden", sheet=sheet.name)
    columns = set(table.column_of.values())
    for column in sorted(columns & sheet.hidden_columns):
        yield to_problem(
            "column_hidden",
            sheet=sheet.name,
            cell=to_cell_name(header, column),
            column=to_column_letters(column),
        )
    for row in table.rows:
        if row.number in sheet.hidden_rows:
            name = to_cell_name(row.number, min(columns))
            yield to_problem("row_hidden", sheet=sheet.name, cell=name, row=row.number)
    last = max((row.number for row in table.rows), default=header)
    for first_row, first_column, last_row, last_column in sheet.merges:
        if last_row > header and first_row <= last and columns & set(range(first_column, last_column + 1)):
            yield to_problem(
                "cells_merged",
                sheet=sheet.name,
                cell=to_cell_name(first_row, first_column),
                found=f"{to_cell_name(first_row, first_column)}:{to_cell_name(last_row, last_column)}",
            )
