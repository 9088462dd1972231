"""check · submit · submissions: a workbook on its way in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cotmoc.calendar import now, to_local_date, to_moment_text
from cotmoc.command.inputs import AsJson, Department, File, open_settings_desk, system_user, to_day, to_person
from cotmoc.command.output import tell, tell_json, tell_table
from ingestion.ledger import Submission
from ingestion.receipts import Receipt, to_sentences

if TYPE_CHECKING:
    from cotmoc.versions import Version

_TIMELINESS = {"on_time": "on time", "late": "late", None: ""}
_EXIT_CODES = {"accepted": 0, "duplicate": 0, "refused": 1, "waiting": 3}
ReceivedOn = Annotated[
    date | None,
    typer.Option(
        "--received-on",
        parser=to_day,
        metavar="DATE",
        help="Record a reception of an earlier day; an administrator's act, marked in the ledger.",
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this topic."""
    app.command()(check)
    app.command()(submit)
    app.command()(submissions)


def check(
    file: File,
    department: Department,
    marked: Annotated[
        Path | None,
        typer.Option(
            "--marked",
            dir_okay=False,
            metavar="OUT.xlsx",
            help="Also write the workbook with its problems marked and listed, as an officer would get it back.",
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Say what would become of a file if it were submitted now; nothing is stored."""
    from cotmoc import intake

    if marked is not None:
        _require_a_place_of_its_own(marked, file)
    answer(intake.check(open_settings_desk(), file, department, marked=marked), json, is_dry_run=True)


def submit(
    file: File,
    department: Department,
    person: Annotated[
        str | None, typer.Option("--as", metavar="PERSON", help="Who hands in (default: the system user).")
    ] = None,
    received_on: ReceivedOn = None,
    json: AsJson = False,
) -> None:
    """Check a file, land it or refuse it, and print its receipt."""
    from cotmoc import intake

    desk = open_settings_desk()
    receipt = intake.submit(
        desk,
        file,
        department,
        to_person(person),
        received_on=received_on,
        backdated_by=system_user() if received_on else None,
    )
    landed = desk.submissions().get(receipt.submission_id or "")
    answer(receipt, json, needs_approval=landed is not None and landed.requires_approval)


def submissions(
    department: Annotated[
        str | None, typer.Option("--department", "-d", metavar="CODE", help="Only those of a department.")
    ] = None,
    state: Annotated[
        str | None, typer.Option("--state", metavar="STATE", help="Only those in a state, e.g. accepted.")
    ] = None,
    json: AsJson = False,
) -> None:
    """List the ledger: every submission with its state, in the order of reception; on time or late."""
    from cotmoc.decisions import STATE_NAMES
    from cotmoc.reported import timeliness
    from cotmoc.versions import versions

    desk = open_settings_desk()
    every = list(desk.submissions().values())
    told = versions(desk, every)
    judge = timeliness(desk.registry, to_local_date(now()))
    found = [
        submission
        for submission in every
        if department in (None, submission.department_code) and state in (None, submission.state)
    ]
    if json:
        tell_json(
            [to_record(one) | _to_version(told.get(one.id)) | {"timeliness": judge(one)} for one in found]
        )
        return
    columns = (
        "id",
        "received",
        "department",
        "state",
        "deadline",
        "version",
        "rows",
        "periods",
        "submitted by",
        "approved by",
        "file",
    )
    rows = (
        (
            submission.id,
            to_moment_text(submission.received_at),
            submission.department_code,
            f"{submission.state} · {STATE_NAMES[submission.state]}",
            _TIMELINESS[judge(submission)],
            told[submission.id].number if submission.id in told else None,
            submission.rows_accepted,
            ", ".join(submission.periods),
            submission.submitted_by,
            submission.approved_by,
            submission.file_name,
        )
        for submission in found
    )
    tell_table(columns, rows, numbers=("version", "rows"))


def _to_version(version: Version | None) -> dict[str, Any]:
    return {
        "version": version.number if version else None,
        "follows": version.follows if version else None,
    }


def to_record(submission: Submission) -> dict[str, Any]:
    """Return a submission as `submissions --json` prints it; instants are UTC."""
    approved_at = submission.approved_at
    return {
        "id": submission.id,
        "department": submission.department_code,
        "form": submission.form_code,
        "form_version": submission.form_version,
        "periods": list(submission.periods),
        "state": submission.state,
        "file_name": submission.file_name,
        "sha256": submission.sha256,
        "content_sha256": submission.content_sha256,
        "received_at": submission.received_at.isoformat(),
        "is_backdated": submission.is_backdated,
        "submitted_by": submission.submitted_by,
        "channel": submission.channel,
        "requires_approval": submission.requires_approval,
        "justified_by": submission.justified_by,
        "reasons": dict(submission.reasons),
        "approved_by": submission.approved_by,
        "approved_at": approved_at.isoformat() if approved_at else None,
        "decided_by": submission.decided_by,
        "reason": submission.reason,
        "rows": submission.rows_accepted,
        "rows_read": submission.rows_read,
        "cells_refused": submission.cells_refused,
        "warnings": submission.warnings,
    }


def _require_a_place_of_its_own(marked: Path, file: Path) -> None:
    if marked.suffix.lower() != ".xlsx":
        raise typer.BadParameter(f"{marked} does not end in .xlsx", param_hint="--marked")
    if not marked.parent.is_dir():
        raise typer.BadParameter(f"the folder {marked.parent} does not exist", param_hint="--marked")
    if marked.exists() and marked.samefile(file):
        raise typer.BadParameter("name another file than the one that is checked", param_hint="--marked")


def answer(receipt: Receipt, json: bool, *, is_dry_run: bool = False, needs_approval: bool = False) -> None:
    """Print a receipt and end with its exit code."""
    if json:
        tell_json(receipt.as_json())
    else:
        for sentence in to_sentences(receipt, is_dry_run=is_dry_run, needs_approval=needs_approval):
            tell(sentence)
    raise typer.Exit(_EXIT_CODES[receipt.state])
