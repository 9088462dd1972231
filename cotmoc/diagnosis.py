"""An installation → what is there, what is missing, stale or short, and what to do about it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Literal, NamedTuple

from cotmoc.contacts import read_contacts
from cotmoc.inbox import strange_files, waiting_files
from cotmoc.mail import MailNotConfiguredError, mail_server
from cotmoc.marked_copies import receipts_without_copy
from cotmoc.registry import Registry, RegistryError
from cotmoc.settings import REPOSITORY, Settings
from ingestion.confirmations import fold_confirmations
from ingestion.layouts import FormFile, read_forms
from ingestion.ledger import STANDING, LedgerDamagedError, fold, read_events
from ingestion.problems import Problem
from ingestion.reading.sandbox import ReaderBrokenError, read_workbook

State = Literal["ok", "look", "fails"]
_PACKAGES = ("duckdb", "python-calamine", "dbt-core", "dbt-duckdb", "great-expectations", "apache-airflow")
_OFFICE_PROGRAMS = ("soffice", "libreoffice")
_SCARCE_BYTES = 2 * 1024**3
_TOO_FEW_BYTES = 256 * 1024**2


class Finding(NamedTuple):
    """One thing that was looked at: `look` wants a person's eye, `fails` keeps something from working."""

    state: State
    what: str
    found: str
    to_do: str


def diagnose(settings: Settings) -> list[Finding]:
    """Return what was found, in the order in which things depend on one another."""
    return [
        *_installed(),
        *_configured(settings),
        *_reader(settings),
        *_home(settings),
        *_ledger(settings),
        *_inbox(settings),
        *_published(settings),
        *_mail(settings),
    ]


def _installed() -> Iterator[Finding]:
    for package in _PACKAGES:
        try:
            yield Finding("ok", package, version(package), "")
        except PackageNotFoundError:
            yield Finding("fails", package, "not installed", "run `make setup`")
    superset = REPOSITORY / ".venv-superset" / "bin" / "superset"
    if superset.exists():
        yield Finding("ok", "dashboards' environment", str(superset.parent.parent), "")
    else:
        yield Finding("look", "dashboards' environment", "missing", "run `make setup` to show dashboards")
    office = next((program for program in _OFFICE_PROGRAMS if shutil.which(program)), None)
    if office:
        yield Finding("ok", "office program", office, "")
    else:
        yield Finding("look", "office program", "none", "install LibreOffice to get reports as PDF too")


def _configured(settings: Settings) -> Iterator[Finding]:
    try:
        departments = Registry(settings.registry).departments
        Registry(settings.registry).vocabularies  # noqa: B018 - reading it is the check
        yield Finding("ok", "registry", f"{settings.registry}, {len(departments)} departments", "")
    except RegistryError as error:
        yield Finding("fails", "registry", str(error), "set COTMOC_REGISTRY to the folder of the seeds")
    try:
        forms = read_forms(settings.forms)
    except ValueError as error:
        yield Finding("fails", "forms", " ".join(str(error).split()), "correct the named layout")
        return
    if forms:
        yield Finding("ok", "forms", ", ".join(form.code for form in forms), "")
    else:
        yield Finding("fails", "forms", f"none in {settings.forms}", "set COTMOC_FORMS to the layouts")


def _reader(settings: Settings) -> Iterator[Finding]:
    forms: tuple[FormFile, ...] = ()
    try:
        forms = read_forms(settings.forms)
        answer = read_workbook(b"", (), forms[0].versions[0].limits)
    except (ValueError, IndexError):
        return
    except (ReaderBrokenError, OSError) as error:
        yield Finding("fails", "reading process", str(error), "run `make setup`")
        return
    if isinstance(answer, Problem) and answer.rule == "file_empty":
        yield Finding("ok", "reading process", "starts and answers", "")
    else:
        yield Finding("fails", "reading process", "gives a wrong answer", "free memory, or run `make setup`")


def _home(settings: Settings) -> Iterator[Finding]:
    places = settings.places
    missing = [folder for folder in places.folders() if not folder.is_dir()]
    if missing:
        yield Finding("fails", "home", f"{missing[0]} is missing", "run `cotmoc init`")
        return
    locked = [folder for folder in places.folders() if not os.access(folder, os.W_OK)]
    if locked:
        yield Finding("fails", "home", f"{locked[0]} is not writable", "give its owner the right to write")
    else:
        yield Finding("ok", "home", str(places.home), "")
    free = shutil.disk_usage(places.home).free
    found = f"{free / 1024**3:.1f} GiB free"
    if free < _TOO_FEW_BYTES:
        yield Finding("fails", "disk", found, "free space: nothing can be landed or published safely")
    elif free < _SCARCE_BYTES:
        yield Finding("look", "disk", found, "free space soon; older files under published/v may go")
    else:
        yield Finding("ok", "disk", found, "")
    if places.access.exists() and places.access.stat().st_mode & 0o077:
        yield Finding("fails", "access.json", "readable by others", f"chmod 600 {places.access}")


def _ledger(settings: Settings) -> Iterator[Finding]:
    places = settings.places
    if not places.events.is_dir():
        return
    try:
        events = read_events(places.events)
    except LedgerDamagedError as error:
        yield Finding("fails", "ledger", str(error), "restore landing/events from a backup")
        return
    submissions = fold(events).values()
    yield Finding("ok", "ledger", f"{len(events)} events, {len(submissions)} submissions", "")
    begun = [submission.id for submission in submissions if submission.state == "received"]
    if begun:
        yield Finding(
            "look", "ledger", f"interrupted: {', '.join(begun)}", "submit the same file again to finish it"
        )
    pending = sum(one.state == "accepted" and one.requires_approval for one in submissions)
    if pending:
        yield Finding(
            "look", "ledger", f"{pending} wait for approval", "`cotmoc submissions --state accepted`"
        )
    lost = [
        one.id
        for one in submissions
        if one.state in STANDING
        and not (
            (places.raw / one.sha256).is_file()
            and (one.state == "waiting" or (places.rows / f"{one.id}.parquet").is_file())
        )
    ]
    lost += [
        one.id
        for one in fold_confirmations(events).values()
        if one.is_standing and not (places.raw / one.sha256).is_file()
    ]
    if lost:
        yield Finding(
            "fails", "landing", f"bytes or rows lost: {', '.join(lost)}", "restore landing/ from a backup"
        )


def _inbox(settings: Settings) -> Iterator[Finding]:
    waiting = waiting_files(settings.places)
    if waiting:
        yield Finding("look", "inbox", f"{len(waiting)} files wait", "start the scheduler: `make serve`")
    unmarked = receipts_without_copy(settings.places)
    if unmarked:
        yield Finding(
            "look",
            "outbox",
            f"{unmarked} receipts without a marked copy",
            "nothing is lost: the JSON receipts stand; if it repeats, see whether memory or disk is short",
        )
    for path in strange_files(settings.places):
        yield Finding("look", "inbox", f"{path} is a link or special file", "remove it; it is never taken in")


def _published(settings: Settings) -> Iterator[Finding]:
    places = settings.places
    if not places.current.exists():
        yield Finding("look", "published", "nothing yet", "run `cotmoc build`")
        return
    from cotmoc.build import is_current
    from cotmoc.publishing import published_info

    info = published_info(places)
    if info is None:
        yield Finding("fails", "published", f"{places.current} is damaged", "run `cotmoc build`")
    elif not is_current(places):
        yield Finding("look", "published", f"stale since event {info.ledger_sequence}", "run `cotmoc build`")
    else:
        yield Finding("ok", "published", f"as of {info.as_of_on}, event {info.ledger_sequence}", "")


def _mail(settings: Settings) -> Iterator[Finding]:
    try:
        server = mail_server(settings)
        found = f"{server.host}:{server.port}" if server else "no mail server, so no reminders are sent"
        yield Finding("ok", "e-mail", found, "" if server else "set COTMOC_SMTP_HOST to send reminders")
    except MailNotConfiguredError as error:
        yield Finding("look", "e-mail", "half configured, so no reminders are sent", str(error))
    path = settings.places.contacts
    if not path.exists():
        return
    if path.stat().st_mode & 0o077:
        yield Finding("look", "contacts", "readable by others", f"chmod 600 {path}")
    try:
        contacts = read_contacts(path, Registry(settings.registry))
    except (OSError, RegistryError) as error:
        yield Finding("look", "contacts", str(error), "make them readable to remind anybody")
        return
    yield Finding("ok", "contacts", f"{len(contacts.people)} people", "")
    for problem in contacts.problems:
        yield Finding("look", "contacts", problem, "correct the line; nobody is written to by it")
