"""A sheet and a long form → its figures: header found by content, data rows below, every flaw of its shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ingestion.cells import Cell, Sheet, to_cell_name
from ingestion.layouts import Column, LongForm, Role
from ingestion.normalising.text import to_key, to_text
from ingestion.problems import Problem, to_problem
from ingestion.tables.rows import Table, TableRow
from ingestion.tables.shape import hidden_or_merged


def find_table(
    sheet: Sheet, layout: LongForm, labels: frozenset[Role] = frozenset()
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
            places = {role: (number, column) for role, column in column_of.items()}
            table_rows.append(TableRow(sheet.name, number, roles, places))
        elif roles:
            not_filled.append(number)
    if not table_rows:
        problems.append(to_problem("no_rows", sheet=sheet.name))
    table = Table(sheet.name, tuple(table_rows), tuple(not_filled))
    numbers = [row.number for row in table_rows]
    problems += hidden_or_merged(sheet, header, column_of.values(), numbers)
    return table, problems


def has_header(sheet: Sheet, layout: LongForm) -> bool:
    """Return whether a row of a sheet names at least half of the columns of the form."""
    return _find_header(_rows_of(sheet), layout) is not None


def _rows_of(sheet: Sheet) -> dict[int, dict[int, Cell]]:
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sheet.cells.items():
        if cell.kind != "text" or to_text(cell.as_found):
            rows.setdefault(row, {})[column] = cell
    return rows


def _matches(cells: Mapping[int, Cell], layout: LongForm) -> int:
    known = {to_key(column.name) for column in layout.columns}
    return len({to_key(cell.as_found) for cell in cells.values() if cell.kind == "text"} & known)


def _find_header(rows: Mapping[int, Mapping[int, Cell]], layout: LongForm) -> int | None:
    """Return the row that names most columns of the form, at least half of them; the first of equals."""
    candidates = [row for row in sorted(rows) if row <= layout.header_within_rows]
    best = max(candidates, key=lambda row: _matches(rows[row], layout), default=None)
    if best is None or 2 * _matches(rows[best], layout) < len(layout.columns):
        return None
    return best


def _read_header(
    sheet: str, number: int, cells: Mapping[int, Cell], layout: LongForm
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
