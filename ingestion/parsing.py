"""Workbook + form + registered names → rows, or every problem of the file, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ingestion.cells import CSV_SHEET, Sheet, Workbook
from ingestion.layouts import Form
from ingestion.normalising.fields import RowReader
from ingestion.normalising.text import to_key
from ingestion.normalising.vocabulary import Vocabularies
from ingestion.problems import Problem, to_problem
from ingestion.rows import Row
from ingestion.table import Table, find_table
from ingestion.templates.content import LABEL_ROLES
from ingestion.templates.mark import is_template


@dataclass(frozen=True)
class Parsed:
    """What a workbook says by its form: the rows that could be read, and all problems of the file."""

    form: Form
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    table: Table | None = None

    @property
    def periods(self) -> list[str]:
        """Return the periods of the rows, each once, in the order of time."""
        ends = {row.period_text: (row.period_end, row.period_start) for row in self.rows}
        return sorted(ends, key=lambda text: (*ends[text], text))


def choose_form(forms: Sequence[Form], sheet_names: Sequence[str]) -> Form:
    """Return the form whose sheet a workbook has, the first form when it has none of theirs."""
    keys = {to_key(name) for name in sheet_names}
    return next((form for form in forms if to_key(form.layout.sheet) in keys), forms[0])


def parse_form(workbook: Workbook, form: Form, vocabularies: Vocabularies) -> Parsed:
    """Return the rows and problems of a workbook read by a form."""
    sheet = _find_sheet(workbook, form)
    if sheet is None:
        problem = to_problem(
            "sheet_missing", found="; ".join(workbook.sheet_names), expected_sheet=form.layout.sheet
        )
        return Parsed(form, (), (problem,))
    table, problems = find_table(sheet, form.layout, LABEL_ROLES if is_template(workbook) else frozenset())
    if table is None:
        return Parsed(form, (), tuple(problems))
    if table.not_filled:
        problems.append(_not_filled(table))
    reader = RowReader(table, form.layout, vocabularies)
    rows = tuple(row for row in map(reader.read, table.rows) if row is not None)
    return Parsed(form, rows, tuple(problems + reader.problems), table)


def _find_sheet(workbook: Workbook, form: Form) -> Sheet | None:
    """Return the sheet that a form is filled in on: by its name, or what came as a CSV, which has no names."""
    keys = {to_key(name): sheet for name, sheet in workbook.sheets.items()}
    # The marked copy of a CSV is a workbook with that one sheet.
    return keys.get(to_key(form.layout.sheet)) or keys.get(to_key(CSV_SHEET))


def _not_filled(table: Table) -> Problem:
    """Return the note that names the rows of a template nobody wrote in."""
    rows = "; ".join(_to_spans(table.not_filled))
    problem = to_problem("rows_not_filled", sheet=table.sheet, count=len(table.not_filled), rows=rows)
    return replace(problem, severity="note")


def _to_spans(numbers: Sequence[int]) -> Iterator[str]:
    """Yield the runs of ascending numbers: 9, 10, 11, 15 → “9–11”, “15”."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        first, *rest = (number for _, number in run)
        yield f"{first}–{rest[-1]}" if rest else f"{first}"
