"""The hidden sheet of a template: which form, version, department and period it was made for, written and read.

It says of a filled workbook that its label cells stood there before the officer began.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields

from ingestion.cells import Workbook
from ingestion.layouts import Form
from ingestion.problems import Problem, to_problem
from ingestion.templates.content import Template

MARK_SHEET = "_mau_bieu"


@dataclass(frozen=True)
class Mark:
    """What a template says of itself; the order of the fields is that of the rows of the sheet."""

    template_id: str
    form_code: str
    form_version: str
    department_code: str
    period: str


def to_mark(template: Template) -> Mark:
    """Return the mark of a template."""
    return Mark(
        template_id=template.id,
        form_code=template.form.code,
        form_version=template.form.layout.version,
        department_code=template.department_code,
        period=template.period.text,
    )


def to_cells(mark: Mark) -> list[tuple[str, str]]:
    """Return the mark as (name, value), one for each row of columns A and B."""
    return list(asdict(mark).items())


def is_template(workbook: Workbook) -> bool:
    """Return whether a workbook was made from a template, readable mark or not."""
    return MARK_SHEET in workbook.sheets


def read_form_code(workbook: Workbook) -> str | None:
    """Return the code of the form that a workbook's template was made of; None without a readable mark."""
    mark = _read_mark(workbook) if is_template(workbook) else None
    return mark.form_code if mark else None


def check_mark(
    workbook: Workbook, form: Form, department: str, names: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield what is wrong with handing in a filled template: damaged, another form or version, another department.

    `names` are the departments' names by code. A workbook without a mark was not made from a template.
    """
    if not is_template(workbook):
        return
    mark = _read_mark(workbook)
    if mark is None:
        yield to_problem("template_unreadable", sheet=MARK_SHEET)
        return
    if (mark.form_code, mark.form_version) != (form.code, form.layout.version):
        yield to_problem(
            "template_of_other_form",
            found=f"{mark.form_code} {mark.form_version}",
            wanted=f"{form.code} {form.layout.version}",
        )
    if mark.department_code != department:
        yield to_problem(
            "template_of_other_department",
            found=names.get(mark.department_code, mark.department_code),
            wanted=names.get(department, department),
        )


def _read_mark(workbook: Workbook) -> Mark | None:
    cells = workbook.sheets[MARK_SHEET].cells
    values = [
        cells[row, 2].as_found
        for row, field in enumerate(fields(Mark), start=1)
        if (row, 1) in cells and (row, 2) in cells and cells[row, 1].value == field.name
    ]
    return Mark(*values) if len(values) == len(fields(Mark)) else None
