"""lock · unlock · locks · denials: periods that are closed, who may hand in all the same, who was turned away."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import typer

from cotmoc.calendar import now, to_day_text, to_local_date, to_moment_text
from cotmoc.command.inputs import AsJson, open_settings_desk, to_any_day, to_person
from cotmoc.command.output import tell, tell_json, tell_table
from ingestion.locks import LockException, PeriodLock

PeriodArgument = Annotated[
    str, typer.Argument(metavar="PERIOD", help="As in a form: 2024, “quý I/2024”, 01/2024.")
]
Person = Annotated[str, typer.Option("--as", metavar="PERSON", help="Who decides; required.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this topic."""
    app.command()(lock)
    app.command()(unlock)
    app.command()(locks)
    app.command()(denials)


def lock(period: PeriodArgument, person: Person, json: AsJson = False) -> None:
    """Close a period: figures that lie within it are not taken in any more; what was accepted stays."""
    from cotmoc import locks as periods

    found = periods.lock(open_settings_desk(), period, to_person(person))
    if json:
        tell_json(_of_lock(found))
    else:
        tell(f"Kỳ {found.period} đã khóa sổ từ {to_moment_text(found.locked_at)}, do {found.locked_by} khóa.")


def unlock(
    period: PeriodArgument,
    department: Annotated[
        str, typer.Option("--department", "-d", metavar="CODE", help="The department that may hand in once.")
    ],
    until: Annotated[
        date,
        typer.Option("--until", parser=to_any_day, metavar="DATE", help="The last day."),
    ],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason; it is kept in the ledger.")],
    person: Person,
    json: AsJson = False,
) -> None:
    """Let one department hand in once for a locked period, until the end of a day; the lock stays."""
    from cotmoc import locks as periods

    found = periods.unlock(open_settings_desk(), period, department, until, why, to_person(person))
    if json:
        tell_json(_of_exception(found))
    else:
        tell(
            f"Đơn vị {found.department_code} được nộp một lần cho kỳ {found.period} đến hết ngày "
            f"{to_day_text(found.until)}: {found.why}"
        )


def locks(json: AsJson = False) -> None:
    """List the locked periods and the exceptions granted, used and expired ones too."""
    from cotmoc import locks as periods

    book = periods.lock_book(open_settings_desk())
    if json:
        tell_json(
            {
                "locks": [_of_lock(found) for found in book.locks],
                "exceptions": [_of_exception(found) for found in book.exceptions],
            }
        )
        return
    locked = (
        (one.period, "locked", None, None, to_moment_text(one.locked_at), one.locked_by, None)
        for one in book.locks
    )
    granted = (
        (
            one.period,
            f"exception, {_state(one)}",
            one.department_code,
            to_day_text(one.until),
            to_moment_text(one.granted_at),
            one.granted_by,
            one.why,
        )
        for one in book.exceptions
    )
    tell_table(("period", "state", "department", "until", "recorded", "by", "why"), (*locked, *granted))


def denials(json: AsJson = False) -> None:
    """List who was turned away: what was wanted, by which way, and why it was denied."""
    from cotmoc.denials import read_denials

    found = read_denials(open_settings_desk().places)
    if json:
        tell_json([asdict(one) for one in found])
        return
    rows = (
        (
            to_moment_text(one.denied_at),
            one.person,
            one.what,
            one.submission_id,
            one.department_code,
            one.channel,
            one.why,
        )
        for one in found
    )
    tell_table(("denied", "person", "wanted", "submission", "department", "channel", "why"), rows)


def _of_lock(found: PeriodLock) -> dict[str, Any]:
    return {
        "period": found.period,
        "period_start": found.start.isoformat(),
        "period_end": found.end.isoformat(),
        "locked_at": found.locked_at.isoformat(),
        "locked_by": found.locked_by,
    }


def _of_exception(found: LockException) -> dict[str, Any]:
    return {
        "period": found.period,
        "period_start": found.start.isoformat(),
        "period_end": found.end.isoformat(),
        "department": found.department_code,
        "until": found.until.isoformat(),
        "state": _state(found),
        "used_by": found.used_by,
        "granted_at": found.granted_at.isoformat(),
        "granted_by": found.granted_by,
        "why": found.why,
    }


def _state(found: LockException) -> str:
    if found.used_by is not None:
        return "used"
    return "in force" if found.is_in_force(to_local_date(now())) else "expired"
