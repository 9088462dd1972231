"""init · forms · doctor: the installation and what it knows."""

from __future__ import annotations

from datetime import date
from typing import Any

import typer

from cotmoc.calendar import now, to_day_text, to_local_date
from cotmoc.command.inputs import AsJson
from cotmoc.command.output import tell, tell_json, tell_table
from cotmoc.settings import settings
from ingestion.layouts import Form, forms_in_force, read_forms


def add_to(app: typer.Typer) -> None:
    """Add the commands of this topic."""
    app.command()(init)
    app.command()(forms)
    app.command()(doctor)


def init(json: AsJson = False) -> None:
    """Make the places under COTMOC_HOME; does nothing where they exist."""
    from cotmoc.desk import make_places
    from cotmoc.registry import Registry

    found = settings()
    make_places(found.places, Registry(found.registry))
    if json:
        tell_json({"home": str(found.home), "folders": [str(path) for path in found.places.folders()]})
    else:
        tell(f"the places are ready under {found.home}")


def forms(json: AsJson = False) -> None:
    """List the forms in force today: code, version, validity, and which departments owe them for what."""
    from cotmoc.registry import Registry

    found, today = settings(), to_local_date(now())
    registry = Registry(found.registry)
    in_force = forms_in_force(read_forms(found.forms), today)
    owed = {
        form.code: _obligations(registry.records("reporting_obligations"), form, today) for form in in_force
    }
    if json:
        tell_json([_to_record(form, owed[form.code]) for form in in_force])
        return
    for form in in_force:
        layout = form.layout
        until = f" đến {to_day_text(layout.valid_to)}" if layout.valid_to else ""
        approval = "cần duyệt" if layout.requires_approval else "không cần duyệt"
        tell(f"{form.code} {layout.version}: {form.name_vi}")
        tell(f"  hiệu lực từ {to_day_text(layout.valid_from)}{until}; {approval}; cần {layout.needs}")
        rows = (
            (
                one["department_code"],
                registry.department_name(one["department_code"]),
                one["name_vi"],
                one["frequency"],
                one["due"],
            )
            for one in owed[form.code]
        )
        tell_table(("department", "name", "obligation", "frequency", "due"), rows)


def doctor(json: AsJson = False) -> None:
    """Say what is installed, configured, stale or short of space, and what to do; exits 1 on a failure."""
    from cotmoc.diagnosis import diagnose

    findings = diagnose(settings())
    if json:
        tell_json([finding._asdict() for finding in findings])
    else:
        tell_table(("state", "what", "found", "what to do"), findings)
    if any(finding.state == "fails" for finding in findings):
        raise typer.Exit(1)


def _obligations(records: Any, form: Form, today: date) -> list[dict[str, Any]]:
    day = today.isoformat()
    return [
        {
            "department_code": record["department_code"],
            "obligation_code": record["obligation_code"],
            "name_vi": record["name_vi"],
            "frequency": record["frequency"],
            "due": _to_due_text(record),
        }
        for record in records
        if record["form_code"] == form.code
        and (not record["valid_from"] or record["valid_from"] <= day)
        and (not record["valid_to"] or record["valid_to"] >= day)
    ]


def _to_due_text(record: Any) -> str:
    if not record["due_day"]:
        return ""
    before = "trước ngày" if record["is_exclusive"] == "true" else "chậm nhất ngày"
    if record["due_month"]:
        return f"{before} {int(record['due_day'])}/{int(record['due_month'])}"
    match int(record["due_offset_months"]):
        case 0:
            month = "tháng cuối của kỳ"
        case 1:
            month = "tháng liền sau kỳ"
        case months:
            month = f"tháng thứ {months} sau kỳ"
    return f"{before} {int(record['due_day'])} của {month}"


def _to_record(form: Form, owed: list[dict[str, Any]]) -> dict[str, Any]:
    layout = form.layout
    return {
        "form_code": form.code,
        "name_vi": form.name_vi,
        "version": layout.version,
        "valid_from": layout.valid_from.isoformat(),
        "valid_to": layout.valid_to.isoformat() if layout.valid_to else None,
        "family": layout.family,
        "sheet": layout.sheet,
        "columns": list(layout.column_names),
        "period_kinds": sorted(layout.period_kinds),
        "requires_approval": layout.requires_approval,
        "departments": owed,
    }
