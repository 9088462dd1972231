"""A sheet and a cube form → its figures: dimensions and attributes in columns under their technical names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingestion.cells import Cell, Sheet, to_cell_name
from ingestion.layouts import CubeColumn, CubeForm, Role
from ingestion.normalising.periods import ROMAN_QUARTERS
from ingestion.normalising.text import to_key, to_text
from ingestion.problems import Problem, to_problem
from ingestion.tables.grid import Rows, rows_of
from ingestion.tables.rows import Table, TableRow
from ingestion.tables.shape import hidden_or_merged
from ingestion.tables.wordings import find_year

# Times as SDMX writes them, and dates as PC-Axis does.
_QUARTER = re.compile(r"(\d{4})-?Q([1-4])")
_HALF = re.compile(r"(\d{4})-?S1")
_MONTH = re.compile(r"(\d{4})-?M?(0[1-9]|1[0-2])")
_POWER = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d{1,3}")
_YEAR = re.compile(r"(\d{4})(?:-?A1)?")
_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[ T]\d\d:\d\d.*)?")


def has_header(sheet: Sheet, layout: CubeForm) -> bool:
    """Return whether a sheet is a cube: its header names values, times and indicators."""
    return _find_header(rows_of(sheet), layout) is not None


def find_table(sheet: Sheet, layout: CubeForm) -> tuple[Table | None, list[Problem]]:
    """Return the figures of a cube (None without a header), and what is wrong with its columns."""
    rows = rows_of(sheet)
    header = _find_header(rows, layout)
    if header is None:
        names = ", ".join(layout.column_names)
        return None, [to_problem("header_not_found", sheet=sheet.name, columns=names, within=1)]
    columns, problems = _read_columns(sheet.name, header, rows[header], layout)
    reading = _Reading(sheet.name, layout, columns)
    figures = []
    for number in (row for row in sorted(rows) if row > header):
        figures.append(reading.figure(number, rows[number]))
        problems += reading.problems_of_unit(figures[-1], rows[number])
    if not figures:
        problems.append(to_problem("no_rows", sheet=sheet.name))
    problems += hidden_or_merged(sheet, header, columns, [figure.number for figure in figures])
    return Table(sheet.name, tuple(figures)), problems


def _find_header(rows: Rows, layout: CubeForm) -> int | None:
    """Return the first row with content when it names the value, the time and the indicator."""
    first = min(rows, default=None)
    if first is None:
        return None
    held = {column.holds for column in _columns_of(rows[first], layout).values()}
    given = held | set(layout.constants)
    return first if {"value", "period"} <= held and "indicator_code" in given else None


def _columns_of(cells: Mapping[int, Cell], layout: CubeForm) -> dict[int, CubeColumn]:
    by_name = {to_key(name): column for column in layout.header for name in column.names}
    # SDMX-CSV 2.0 may write “REF_AREA: Reference area”.
    keys = {at: to_key(cell.as_found) for at, cell in cells.items()}
    found = {at: by_name.get(key) or by_name.get(key.split(":")[0].strip()) for at, key in keys.items()}
    return {at: column for at, column in found.items() if column}


def _read_columns(
    sheet: str, row: int, cells: Mapping[int, Cell], layout: CubeForm
) -> tuple[dict[int, CubeColumn], list[Problem]]:
    columns: dict[int, CubeColumn] = {}
    problems = []
    names = ", ".join(name for column in layout.header for name in column.names)
    known = _columns_of(cells, layout)
    for at, cell in sorted(cells.items()):
        name, column = to_cell_name(row, at), known.get(at)
        if column is None:
            problems.append(
                to_problem("column_unknown", sheet=sheet, cell=name, found=cell.as_found, columns=names)
            )
        elif column.holds == "left_out":
            continue
        elif column in columns.values():
            problems.append(to_problem("column_twice", sheet=sheet, cell=name, found=cell.as_found))
        else:
            columns[at] = column
    held = {column.holds for column in columns.values()} | set(layout.constants)
    problems += [
        to_problem("column_missing", sheet=sheet, column=" / ".join(column.names))
        for column in layout.header
        if column.holds in _REQUIRED and column.holds not in held
    ]
    return columns, problems


_REQUIRED: frozenset[str] = frozenset(
    {
        "indicator_code",
        "unit_of_measure",
        "admin_unit_code",
        "period",
        "value",
        "status_code",
        "source_authority_code",
        "published_on",
        "source",
    }
)


@dataclass(frozen=True)
class _Reading:
    sheet: str
    layout: CubeForm
    columns: Mapping[int, CubeColumn]

    def figure(self, number: int, cells: Mapping[int, Cell]) -> TableRow:
        """Return the figure of a row, its codes replaced by registered ones where the form has a code list."""
        parts: dict[Role, Cell] = {}
        places: dict[Role, tuple[int, int]] = {}
        typed: Cell | None = None
        for at, column in self.columns.items():
            if (role := column.role) is None:
                continue
            places[role] = (number, at)
            if at in cells:
                parts[role] = self._read(column, cells[at], parts)
                typed = cells[at] if role == "value" else typed
        self._explain_missing(cells, parts)
        constants = {role: Cell("text", value) for role, value in self.layout.constants.items()}
        told: frozenset[Role] = frozenset()
        if (power := self._power(cells)) is not None:
            code = self._unit_codes.get(f"{self._unit(cells)}:{power.as_found}")
            if code is not None:
                parts["unit_of_measure"] = Cell("text", code)
            elif power.as_found != "0":
                parts.pop("unit_of_measure", None)
                told = frozenset({"unit_of_measure"})
        return TableRow(self.sheet, number, constants | parts, places, typed, told)

    def _read(self, column: CubeColumn, cell: Cell, parts: dict[Role, Cell]) -> Cell:
        text = to_text(cell.as_found)
        if text in column.codes:
            return Cell("text", column.codes[text])
        if column.holds == "period":
            for label in self.layout.years:
                if year := find_year(text, label.labels):
                    parts.setdefault("status_code", Cell("text", label.status_code))
                    return Cell("text", year)
            return Cell("text", to_period_text(text))
        if column.holds == "published_on" and (found := _DATE.fullmatch(text)):
            return Cell("text", "-".join(found.groups()))
        return to_technical_number(cell) if column.holds == "value" else cell

    def _explain_missing(self, cells: Mapping[int, Cell], parts: dict[Role, Cell]) -> None:
        """Take the reason for a missing figure from the status of the observation."""
        statuses = (
            at for at, column in self.columns.items() if column.holds == "status_code" and at in cells
        )
        for at in statuses:
            code = self.layout.missing_statuses.get(to_text(cells[at].as_found))
            if code is not None and ("value" not in parts or parts["value"].as_found == "NaN"):
                parts["value"] = Cell("text", self.layout.missing_signs[code][0])

    def _power(self, cells: Mapping[int, Cell]) -> Cell | None:
        """Return the power of ten that stands beside the unit."""
        return next(
            (
                cells[at]
                for at, column in self.columns.items()
                if column.holds == "unit_exponent" and at in cells
            ),
            None,
        )

    def _unit(self, cells: Mapping[int, Cell]) -> str:
        held = (
            at for at, column in self.columns.items() if column.holds == "unit_of_measure" and at in cells
        )
        return next((to_text(cells[at].as_found) for at in held), "")

    @property
    def _unit_codes(self) -> Mapping[str, str]:
        """Return the code list of units; a unit with its power of ten is one entry, UNIT:EXPONENT."""
        found = (column.codes for column in self.columns.values() if column.holds == "unit_of_measure")
        return next(found, {})

    def problems_of_unit(self, figure: TableRow, cells: Mapping[int, Cell]) -> Iterator[Problem]:
        """Yield the problem of a power of ten that the code list does not know with its unit."""
        power = self._power(cells)
        if power is not None and "unit_of_measure" in figure.told:
            at = next(at for at, column in self.columns.items() if column.holds == "unit_exponent")
            yield to_problem(
                "unit_exponent_unknown",
                sheet=self.sheet,
                cell=to_cell_name(figure.number, at),
                found=f"{self._unit(cells)}:{power.as_found}",
                known="; ".join(code for code in self._unit_codes if ":" in code),
            )


def to_technical_number(cell: Cell) -> Cell:
    """Return a text cell that holds a number with an exponent as a number cell; any other as it is."""
    is_power = cell.kind == "text" and _POWER.fullmatch(cell.as_found.strip())
    return Cell("number", float(cell.as_found)) if is_power else cell


def to_period_text(text: str) -> str:
    """Return a time of SDMX as the standard form writes it: 2024-Q3 → quý III/2024; another text unchanged."""
    if found := _QUARTER.fullmatch(text):
        return f"quý {ROMAN_QUARTERS[int(found.group(2)) - 1]}/{found.group(1)}"
    if found := _HALF.fullmatch(text):
        return f"6 tháng {found.group(1)}"
    if found := _MONTH.fullmatch(text):
        return f"{found.group(2)}/{found.group(1)}"
    if found := _YEAR.fullmatch(text):
        return found.group(1)
    return text
