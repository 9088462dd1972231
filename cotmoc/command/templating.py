"""template: the workbook that a department fills in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from cotmoc.calendar import now, to_local_date
from cotmoc.command.inputs import AsJson, Department
from cotmoc.command.output import tell, tell_json
from cotmoc.settings import settings
from ingestion.normalising.periods import SHAPES, Period, to_period

# A period as it is typed most quickly → as the form writes it; what matches none is read as the form reads it.
_SHORT = (
    (r"(\d{4})-Q([1-4])", r"quý \2/\1"),
    (r"(\d{4})-H1", r"6 tháng \1"),
    (r"(\d{4})-9M", r"9 tháng \1"),
    (r"(\d{4})-(0[1-9]|1[0-2])", r"\2/\1"),
    (r"(\d{4})-(\d{4})", r"năm học \1-\2"),
)


def add_to(app: typer.Typer) -> None:
    """Add the command of this topic."""
    app.command()(template)


def read_period(typed: str) -> Period:
    """Return a period typed as 2024, 2024-Q1, 2024-H1, … or as the form writes it. Raises typer.BadParameter."""
    text = typed.strip()
    for short, long in _SHORT:
        if re.fullmatch(short, text, re.IGNORECASE):
            text = re.sub(short, long, text, flags=re.IGNORECASE)
            break
    period = to_period(text)
    if period is None:
        shapes = "; ".join(SHAPES.values())
        raise typer.BadParameter(
            f"{typed!r} is not a period; write 2024, 2024-Q1, 2024-H1, 2024-01, or {shapes}"
        )
    return period


def _to_workbook_path(typed: str) -> Path:
    path = Path(typed)
    if path.suffix.lower() != ".xlsx":
        raise typer.BadParameter(f"{typed!r} does not end in .xlsx: a template is an Excel workbook")
    if not path.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {str(path.parent)!r}: make it, or name another one")
    return path


def template(
    form: Annotated[str, typer.Argument(metavar="FORM", help="The form, by its code (`cotmoc forms`).")],
    department: Department,
    period: Annotated[
        Period,
        typer.Option(
            parser=read_period,
            metavar="PERIOD",
            help="2024, 2024-Q1, 2024-H1, 2024-9M, 2024-01, 2018-2019 (school year), or as the form writes it.",
        ),
    ],
    out: Annotated[
        Path,
        typer.Option("--out", "-o", parser=_to_workbook_path, metavar="FILE.xlsx", help="Where it goes."),
    ],
    json: AsJson = False,
) -> None:
    """Write the workbook a department fills in for a period: labels locked, drop-downs, last figures as help."""
    from cotmoc.registry import Registry
    from cotmoc.templates import make_template
    from ingestion.files import write_whole
    from ingestion.layouts import read_forms
    from ingestion.templates.workbook import to_workbook_bytes

    found, today = settings(), to_local_date(now())
    registry = Registry(found.registry)
    made = make_template(
        registry, read_forms(found.forms), found.places.current, form, department, period, today
    )
    write_whole(out, to_workbook_bytes(made, registry.vocabularies))
    with_help = sum(entry.last is not None for entry in made.entries)
    if json:
        tell_json(
            {
                "path": str(out),
                "template_id": made.id,
                "form_code": made.form.code,
                "form_version": made.form.layout.version,
                "department_code": department,
                "period": made.period.text,
                "rows": len(made.entries),
                "rows_with_last_figure": with_help,
            }
        )
        return
    tell(
        f"{out}: {made.form.code} {made.form.layout.version}, {made.department_name}, {made.period.text}; "
        f"{len(made.entries)} dòng, {with_help} dòng có số công bố gần nhất"
    )
