"""approve · reject · withdraw: a named person decides about a submission, or takes a confirmation back."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from cotmoc.calendar import LOCAL
from cotmoc.command import confirming
from cotmoc.command.inputs import AsJson, SubmissionId, open_settings_desk, to_day, to_person
from cotmoc.command.output import tell, tell_json
from cotmoc.command.submitting import to_record
from ingestion.ledger import Submission

Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason; it is kept in the ledger.")]
Person = Annotated[
    str | None, typer.Option("--as", metavar="PERSON", help="Who decides (default: the system user).")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this topic."""
    app.command()(approve)
    app.command()(reject)
    app.command()(withdraw)


def approve(
    submission_id: SubmissionId,
    person: Annotated[
        str, typer.Option("--as", metavar="PERSON", help="The reviewer; not the person who handed in.")
    ],
    on: Annotated[
        date | None,
        typer.Option("--on", parser=to_day, metavar="DATE", help="The day the approval holds from."),
    ] = None,
    json: AsJson = False,
) -> None:
    """Approve an accepted submission: its figures may be published."""
    from cotmoc import decisions

    found = decisions.approve(open_settings_desk(), submission_id, to_person(person), on)
    when = f"{found.approved_at.astimezone(LOCAL):%d/%m/%Y}" if found.approved_at else ""
    _answer(found, f"Hồ sơ {found.id} đã được {found.approved_by} duyệt, có hiệu lực từ {when}.", json)


def reject(submission_id: SubmissionId, why: Why, person: Person = None, json: AsJson = False) -> None:
    """Send a submission back: its figures do not count."""
    from cotmoc import decisions

    found = decisions.reject(open_settings_desk(), submission_id, to_person(person), why)
    _answer(found, f"Hồ sơ {found.id} đã bị trả lại: {found.reason}", json)


def withdraw(
    submission_id: Annotated[
        str, typer.Argument(metavar="ID", help="Id of the submission, or of the confirmation of a milestone.")
    ],
    why: Why,
    person: Person = None,
    json: AsJson = False,
) -> None:
    """Take a submission back, also an approved one, or a confirmation: it no longer counts."""
    from cotmoc import decisions
    from cotmoc.confirming import withdraw_confirmation

    desk = open_settings_desk()
    if submission_id not in desk.confirmations():
        found = decisions.withdraw(desk, submission_id, to_person(person), why)
        _answer(found, f"Hồ sơ {found.id} đã được rút: {found.reason}", json)
        return
    taken_back = withdraw_confirmation(desk, submission_id, to_person(person), why)
    if json:
        tell_json(confirming.to_record(taken_back))
    else:
        tell(f"Xác nhận {taken_back.id} đã được rút: {taken_back.reason}")


def _answer(submission: Submission, sentence: str, json: bool) -> None:
    if json:
        tell_json(to_record(submission))
    else:
        tell(sentence)
