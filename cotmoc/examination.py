"""The bytes of one file → what they say and whether they may land. Decides nothing, writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from cotmoc.registry import Registry
from ingestion.layouts import Form, FormFile, forms_in_force
from ingestion.parsing import Parsed, choose_form, parse_form, to_no_form
from ingestion.problems import Problem, to_problem, to_quotation
from ingestion.reading.sandbox import read_workbook
from ingestion.rows import ROLE_OF_COLUMN, Row, to_content_hash, to_record
from ingestion.tables.rows import TableRow
from ingestion.templates.mark import MARK_SHEET, check_mark

if TYPE_CHECKING:
    import pandas as pd

    from expectations.answers import GateAnswer, LandingRegistry

# The landing gate: rows, registry, day of reception → answer.
Gate = Callable[["pd.DataFrame", "LandingRegistry", date], "GateAnswer"]
# The figures published now of the indicators of some rows, None where nothing is published.
PublishedValues = Callable[[Sequence[Row]], "pd.DataFrame | None"]


class GateBrokenError(RuntimeError):
    """A check could not be made. Nothing is known about the file: it is neither accepted nor refused."""


class NoFormInForceError(RuntimeError):
    """No form is in force on the day of a reception."""


@dataclass(frozen=True)
class Examined:
    """What a file says by the form in force, and what has to be changed or explained in it."""

    form: Form
    rows: tuple[Row, ...]
    periods: tuple[str, ...]
    problems: tuple[Problem, ...]
    unjustified_warnings: int = 0

    @property
    def verdict(self) -> Literal["accepted", "waiting", "refused"]:
        """Return what becomes of the file: an error refuses it, an unexplained warning makes it wait."""
        if any(problem.severity == "error" for problem in self.problems):
            return "refused"
        return "waiting" if self.unjustified_warnings else "accepted"

    @cached_property
    def content_sha256(self) -> str:
        """Return the hash of what the rows say."""
        return to_content_hash(self.rows)


def judge_in_process(rows: pd.DataFrame, registry: LandingRegistry, received_on: date) -> GateAnswer:
    """Return the answer of the landing suite, run in this process; its first run takes seconds to import."""
    from expectations.gate import judge_landing

    return judge_landing(rows, registry, received_on)


def examine(
    data: bytes | None,
    department: str,
    received_on: date,
    *,
    forms: Sequence[FormFile],
    registry: Registry,
    gate: Gate,
    published: PublishedValues | None = None,
) -> Examined:
    """Return what a file says, all its problems together. `data` is None for a file too large to be read.

    Raises GateBrokenError, NoFormInForceError, RegistryError, ReaderBrokenError: our errors, not the file's.
    """
    in_force = forms_in_force(forms, received_on)
    if not in_force:
        raise NoFormInForceError(
            f"no form is in force on {received_on:%d/%m/%Y}: add a version to ingestion/forms"
        )
    limits = in_force[0].layout.limits
    if department not in registry.departments:
        known = ", ".join(registry.departments)
        problem = to_problem("department_unknown", found=department, known=known)
        return Examined(in_force[0], (), (), (problem,))
    if data is None:
        problem = to_problem("file_too_large", limit=f"{limits.file_bytes // 1_048_576} MB")
        return Examined(in_force[0], (), (), (problem,))
    sheets = dict.fromkeys(form.layout.sheet for form in in_force if form.layout.sheet)
    workbook = read_workbook(data, [*sheets, MARK_SHEET], limits)
    if isinstance(workbook, Problem):
        return Examined(in_force[0], (), (), (workbook,))
    form = choose_form(in_force, workbook)
    if form is None:
        lost = [note for note in workbook.notes if note.severity == "error"]
        # A header whose letters are lost is no header of another form.
        return Examined(in_force[0], (), (), tuple(lost) or (to_no_form(in_force, workbook),))
    names = {code: registry.department_name(code) for code in registry.departments}
    marked = check_mark(workbook, form, department, names)
    parsed = parse_form(workbook, form, registry.vocabularies)
    values = published(parsed.rows) if published and parsed.rows else None
    against = registry.landing_registry(department, values)
    found, unjustified = _judge(parsed, against, received_on, gate)
    unreadable = {
        (note.sheet, note.cell) for note in workbook.notes if note.severity == "error" and note.cell
    }
    told = [problem for problem in parsed.problems if (problem.sheet, problem.cell) not in unreadable]
    problems = (*workbook.notes, *marked, *told, *found)
    return Examined(form, parsed.rows, tuple(parsed.periods), problems, unjustified)


def _judge(
    parsed: Parsed, registry: LandingRegistry, received_on: date, gate: Gate
) -> tuple[list[Problem], int]:
    """Return what the gate finds in the rows that could be read, and how many warnings nobody explained."""
    if not parsed.rows:
        return [], 0
    import pandas as pd

    records = [to_record(row) | {"row_number": position} for position, row in enumerate(parsed.rows, start=1)]
    answer = gate(pd.DataFrame(records), registry, received_on)
    if answer.is_broken:
        raise GateBrokenError(answer.broken_why or "a check of the landing gate could not be made")
    problems, unjustified = [], 0
    for found in answer.problems:
        problem = _to_problem(found, parsed)
        problems.append(problem)
        unjustified += problem.severity == "warning" and not problem.is_justified
    return problems, unjustified


def _to_problem(found: Mapping[str, Any], parsed: Parsed) -> Problem:
    """Return a finding of the gate at the cell of its figure and column.

    The gate counts figures from 1, in the order of the rows: a row of a sheet may hold several.
    """
    position, role = found["row_number"], ROLE_OF_COLUMN.get(found["column"] or "")
    row: Row | None = None
    figure: TableRow | None = None
    if position is not None:
        row, figure = parsed.rows[position - 1], parsed.figures[position - 1]
    cell = figure.cell_name(role) if figure and role else None
    place = f"Ô {cell}: " if cell else ""
    value = found["found"]
    return Problem(
        severity=found["severity"],
        rule=found["rule"],
        sheet=figure.sheet if figure else _only_sheet(parsed),
        cell=cell,
        found=None if value is None else to_quotation(str(value)),
        expected=found["expected"],
        message_vi=place + found["message_vi"],
        note_cell=figure.note_cell if figure and found["severity"] == "warning" else None,
        note=row.note if row else None,
    )


def _only_sheet(parsed: Parsed) -> str | None:
    sheets = {figure.sheet for figure in parsed.figures}
    return sheets.pop() if len(sheets) == 1 else None
