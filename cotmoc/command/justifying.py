"""justify: a person explains the warnings of a waiting submission."""

from __future__ import annotations

from typing import Annotated

import typer

from cotmoc.command.inputs import AsJson, SubmissionId, open_settings_desk, to_person
from cotmoc.command.submitting import answer


def add_to(app: typer.Typer) -> None:
    """Add the commands of this topic."""
    app.command()(justify)


def justify(
    submission_id: SubmissionId,
    person: Annotated[str, typer.Option("--as", metavar="PERSON", help="Who explains; required.")],
    reason: Annotated[
        list[str] | None,
        typer.Option(
            "--reason",
            metavar="CELL=TEXT",
            help="A reason of at least 10 characters for the warnings at a cell (F12=…), or for one warning by its "
            "key (rule|sheet|cell=…); repeatable.",
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Explain the warnings of a waiting submission; it is accepted when none is left."""
    from cotmoc import justifying

    desk = open_settings_desk()
    reasons = dict(_to_reason(typed) for typed in reason or ())
    receipt = justifying.justify(desk, submission_id, to_person(person), reasons)
    landed = desk.submissions()[submission_id]
    answer(receipt, json, needs_approval=landed.requires_approval)


def _to_reason(typed: str) -> tuple[str, str]:
    place, equals, text = typed.partition("=")
    if not (place.strip() and equals and text.strip()):
        raise typer.BadParameter(f"{typed!r} is not CELL=TEXT, e.g. F12=…", param_hint="--reason")
    return place.strip(), text
