"""Options that several commands share → typed values, with the errors of wrong usage."""

from __future__ import annotations

import getpass
import os
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from cotmoc.calendar import now, to_local_date
from cotmoc.desk import Desk
from cotmoc.settings import settings

File = Annotated[
    Path,
    typer.Argument(
        exists=True,
        dir_okay=False,
        readable=True,
        metavar="FILE",
        help="The file (.xlsx, .xls, .ods, .csv, .px).",
    ),
]
Department = Annotated[
    str, typer.Option("--department", "-d", metavar="CODE", help="Department that hands in, by its code.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on stdout and nothing else.")]
SubmissionId = Annotated[str, typer.Argument(metavar="ID", help="Id of the submission.")]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="INSTANT", help="What was known then: a date (its end in Vietnam) or an instant."
    ),
]


def to_day(typed: str) -> date:
    """Return a day typed as 2024-12-31 or 31/12/2024. Raises typer.BadParameter."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            day = datetime.strptime(typed, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if day > to_local_date(now()):
            raise typer.BadParameter(f"{typed} is in the future")
        return day
    raise typer.BadParameter(f"{typed!r} is not a date; write 2024-12-31 or 31/12/2024")


def open_settings_desk() -> Desk:
    """Return the desk of this installation, its places made."""
    from cotmoc.desk import open_desk

    found = settings()
    return open_desk(found.places, found.registry, found.forms)


def system_user() -> str:
    """Return the name of the person at this terminal, as the operating system knows it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def to_person(typed: str | None) -> str:
    """Return the person who acts: as typed, by default the one at this terminal."""
    if typed is not None and not typed.strip():
        raise typer.BadParameter("--as needs a name")
    return typed or system_user()
