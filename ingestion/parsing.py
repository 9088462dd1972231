"""Workbook + form + registered names → rows, or every problem of the file, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingestion.cells import CSV_SHEET, Sheet, Workbook
from ingestion.layouts import CubeForm, Form, LongForm, WideForm
from ingestion.normalising.fields import RowReader
from ingestion.normalising.text import to_key
from ingestion.normalising.vocabulary import Vocabularies
from ingestion.problems import Problem, to_note, to_problem
from ingestion.rows import Row
from ingestion.tables import cube, long, wide, yearbook
from ingestion.tables.notes import to_spans
from ingestion.tables.rows import Table, TableRow
from ingestion.tables.shape import sheets_without_table
from ingestion.templates.content import LABEL_ROLES
from ingestion.templates.mark import MARK_SHEET, is_template, read_form_code


@dataclass(frozen=True)
class Parsed:
    """What a workbook says by its form: the rows that could be read, each with its figure, and all problems."""

    form: Form
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    # For each row the cells it was read from.
    figures: tuple[TableRow, ...] = ()
    # How many figures stand in the tables, those that could not be read too.
    figures_found: int = 0

    @property
    def periods(self) -> list[str]:
        """Return the periods of the rows, each once, in the order of time."""
        ends = {row.period_text: (row.period_end, row.period_start) for row in self.rows}
        return sorted(ends, key=lambda text: (*ends[text], text))


def choose_form(forms: Sequence[Form], workbook: Workbook) -> Form | None:
    """Return the form that a workbook is written on, None when it looks like none of them.

    A template says so itself; otherwise it is the form whose header stands in a sheet, the surest and then the
    first. A sheet named as a form names it is that form's with or without a header.
    """
    marked = read_form_code(workbook)
    if form := next((form for form in forms if form.code == marked), None):
        return form
    fits = [(max((_fit(form, sheet) for sheet in _sheets_of(workbook)), default=0), form) for form in forms]
    best = max((fit for fit, _ in fits), default=0)
    if best:
        return next(form for fit, form in fits if fit == best)
    if workbook.kind in ("csv", "px"):
        # The one sheet of such a file has its name from us, not from anyone who filled in a form.
        return None
    names = {to_key(name) for name in workbook.sheet_names}
    return next((form for form in forms if form.layout.sheet and to_key(form.layout.sheet) in names), None)


def parse_form(workbook: Workbook, form: Form, vocabularies: Vocabularies) -> Parsed:
    """Return the rows and problems of a workbook read by a form."""
    tables, problems = _find_tables(workbook, form, vocabularies)
    problems += [_not_filled(table) for table in tables if table.not_filled]
    reader = RowReader(form.layout, vocabularies)
    rows, figures = [], []
    for figure in (figure for table in tables for figure in table.rows):
        if (row := reader.read(figure)) is not None:
            rows.append(row)
            figures.append(figure)
    # Figures share cells: the unit of a row, the year of a column. What is wrong there is told once.
    told = dict.fromkeys([*problems, *reader.problems])
    found = sum(len(table.rows) for table in tables)
    return Parsed(form, tuple(rows), tuple(told), tuple(figures), found)


def to_no_form(forms: Sequence[Form], workbook: Workbook) -> Problem:
    """Return the one problem of a workbook that looks like none of the forms."""
    known = "; ".join(f"{form.code} ({form.name_vi}): {form.layout.needs}" for form in forms)
    return to_problem("form_not_found", found="; ".join(workbook.sheet_names), forms=known)


def _find_tables(
    workbook: Workbook, form: Form, vocabularies: Vocabularies
) -> tuple[list[Table], list[Problem]]:
    layout = form.layout
    if isinstance(layout, LongForm | CubeForm):
        sheet = _named_sheet(workbook, layout.sheet)
        if sheet is None and isinstance(layout, CubeForm):
            sheet = next((one for one in _sheets_of(workbook) if cube.has_header(one, layout)), None)
        if sheet is None:
            return [], [
                to_problem(
                    "sheet_missing", found="; ".join(workbook.sheet_names), expected_sheet=layout.sheet
                )
            ]
        if isinstance(layout, LongForm):
            labels = LABEL_ROLES if is_template(workbook) else frozenset()
            table, problems = long.find_table(sheet, layout, labels)
        else:
            table, problems = cube.find_table(sheet, layout)
        return [table] if table else [], problems
    if isinstance(layout, WideForm):
        tables, problems = wide.find_tables(_sheets_of(workbook), layout, vocabularies)
    else:
        tables, problems = yearbook.find_tables(_sheets_of(workbook), layout, vocabularies)
    unread = [name for name in workbook.sheet_names if name not in workbook.sheets and name != MARK_SHEET]
    return tables, [*problems, *sheets_without_table(unread)]


def _fit(form: Form, sheet: Sheet) -> int:
    """Return how surely a sheet is of a form: 0 no header of it, 1 one that others may have too, 2 its own."""
    layout = form.layout
    if isinstance(layout, LongForm):
        return 2 * long.has_header(sheet, layout)
    if isinstance(layout, CubeForm):
        return 2 * cube.has_header(sheet, layout)
    if isinstance(layout, WideForm):
        return 1 * wide.has_header(sheet, layout)
    if not yearbook.has_header(sheet, layout):
        return 0
    # Years beside each other stand in reports too: the name of the book tells.
    return 2 if yearbook.names_its_book(sheet, layout) else 1


def _sheets_of(workbook: Workbook) -> Iterable[Sheet]:
    return (sheet for name, sheet in workbook.sheets.items() if name != MARK_SHEET)


def _named_sheet(workbook: Workbook, wanted: str) -> Sheet | None:
    """Return the sheet of a name; a text file has one sheet without a name of its own, and that is the one."""
    if workbook.kind == "csv":
        return next(iter(workbook.sheets.values()), None)
    keys = {to_key(name): sheet for name, sheet in workbook.sheets.items()}
    # The marked copy of a text file is a workbook with that one sheet.
    return keys.get(to_key(wanted)) or keys.get(to_key(CSV_SHEET))


def _not_filled(table: Table) -> Problem:
    """Return the note that names the rows of a template nobody wrote in."""
    rows = "; ".join(to_spans(table.not_filled))
    return to_note("rows_not_filled", sheet=table.sheet, count=len(table.not_filled), rows=rows)
