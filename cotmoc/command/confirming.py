"""confirm · confirmations: a responsible person says that a milestone was reached, and shows it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from cotmoc.calendar import to_day_text, to_local_date
from cotmoc.command.inputs import AsJson, open_settings_desk, system_user, to_day
from cotmoc.command.output import tell, tell_json, tell_table
from ingestion.confirmations import Confirmation


def add_to(app: typer.Typer) -> None:
    """Add the commands of this topic."""
    app.command()(confirm)
    app.command()(confirmations)


def confirm(
    target: Annotated[str, typer.Option(metavar="TARGET", help="The milestone, by its target code.")],
    year: Annotated[int, typer.Option(metavar="YEAR", help="The evaluation year it was reached in.")],
    evidence: Annotated[
        Path, typer.Option(metavar="FILE", help="The file that shows it, of any kind; its bytes are kept.")
    ],
    person: Annotated[
        str, typer.Option("--as", metavar="PERSON", help="The responsible person who confirms; required.")
    ] = "",
    note: Annotated[
        str | None, typer.Option(metavar="TEXT", help="A remark; it is kept in the ledger.")
    ] = None,
    on: Annotated[
        date | None,
        typer.Option(
            "--on",
            parser=to_day,
            metavar="DATE",
            help="Record a confirmation of an earlier day; an administrator's act, marked in the ledger.",
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Confirm a milestone with evidence; `withdraw ID` takes it back."""
    from cotmoc import confirming

    found, is_repeated = confirming.confirm(
        open_settings_desk(),
        target,
        year,
        evidence,
        person,
        note=note,
        on=on,
        backdated_by=system_user() if on else None,
    )
    if json:
        tell_json(to_record(found) | ({"state": "duplicate"} if is_repeated else {}))
        return
    start = (
        f"Xác nhận này đã có từ trước, không ghi thêm: {found.id}"
        if is_repeated
        else f"Đã ghi nhận xác nhận {found.id}"
    )
    tell(
        f"{start}. {found.confirmed_by} xác nhận mục tiêu {found.target_code} đã đạt trong năm "
        f"{found.evaluation_year}, có hiệu lực từ {_day(found)}; minh chứng: {found.file_name}."
    )


def confirmations(json: AsJson = False) -> None:
    """List the confirmations of milestones, withdrawn ones too, in the order from which they hold."""
    found = open_settings_desk().confirmations().values()
    if json:
        tell_json([to_record(one) for one in found])
        return
    columns = ("id", "confirmed", "target", "year", "state", "confirmed by", "evidence", "note")
    rows = (
        (
            one.id,
            _day(one),
            one.target_code,
            one.evaluation_year,
            _state(one),
            one.confirmed_by,
            one.file_name,
            one.note,
        )
        for one in found
    )
    tell_table(columns, rows, numbers=("year",))


def to_record(confirmation: Confirmation) -> dict[str, Any]:
    """Return a confirmation as `confirmations --json` prints it; instants are UTC."""
    return {
        "id": confirmation.id,
        "state": _state(confirmation),
        "target_code": confirmation.target_code,
        "evaluation_year": confirmation.evaluation_year,
        "confirmed_by": confirmation.confirmed_by,
        "confirmed_at": confirmation.confirmed_at.isoformat(),
        "is_backdated": confirmation.is_backdated,
        "recorded_by": confirmation.recorded_by,
        "file_name": confirmation.file_name,
        "sha256": confirmation.sha256,
        "note": confirmation.note,
        "withdrawn_by": confirmation.withdrawn_by,
        "reason": confirmation.reason,
    }


def _state(confirmation: Confirmation) -> str:
    return "confirmed" if confirmation.is_standing else "withdrawn"


def _day(confirmation: Confirmation) -> str:
    return to_day_text(to_local_date(confirmation.confirmed_at))
