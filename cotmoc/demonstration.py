"""The shipped workbooks → dashboards and a report, along the whole road: what `make run` runs.

Real files go through the real inbox, the real scheduler, dbt, both gates, Superset and the report; then everything
is stopped. What is up to date already is left alone, so a second run finds nothing to do.
"""

from __future__ import annotations

import argparse
import csv
import json
import signal
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cotmoc.build import is_current
from cotmoc.decisions import approve
from cotmoc.desk import Desk, open_desk
from cotmoc.inbox import hand_over, waiting_files
from cotmoc.places import Places
from cotmoc.publishing import published_info, read_only
from cotmoc.serving.access import choose_port, read_access, write_access
from cotmoc.serving.airflow import Airflow, running_airflow
from cotmoc.serving.credentials import write_private
from cotmoc.serving.processes import only_one
from cotmoc.serving.runs import count_tasks, finished_runs
from cotmoc.serving.superset import (
    DASHBOARD_PATH,
    check_as_leader,
    dashboards_fingerprint,
    publish_dashboards,
    running_superset,
)
from cotmoc.serving.telling import Say, Telling
from cotmoc.settings import REPOSITORY, settings

MANIFEST = REPOSITORY / "real_submissions" / "manifest.csv"
ADMINISTRATOR = "Quản trị viên trình diễn"
STATION_SECONDS = 1800
LOOK_SECONDS = 1.0
# So many looks at an idle scheduler before a build is started by hand.
LOOKS_BEFORE_A_BUILD = 30


class StationFailedError(RuntimeError):
    """A station of the road did not do its work; the message says which and why."""


@dataclass(frozen=True)
class Workbook:
    """One line of the manifest: a file, who hands it in for whom on which day, and who approves it."""

    file: Path
    department_code: str
    received_on: date
    sha256: str
    submitted_by: str
    approved_by: str


@dataclass
class Road:
    """One run along the road: where, with which workbooks, and what is told meanwhile."""

    places: Places
    desk: Desk
    workbooks: Sequence[Workbook]
    telling: Telling = field(default_factory=Telling)
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def done_file(self) -> Path:
        """Return where the last run noted for what it published dashboards and wrote the report."""
        return self.places.home / "demonstration.json"

    def done(self) -> dict[str, Any]:
        """Return what the last run noted, nothing where there was none."""
        try:
            noted: dict[str, Any] = json.loads(self.done_file.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return noted

    def note(self, **facts: Any) -> None:
        """Note facts for the next run."""
        write_private(self.done_file, self.done() | facts)

    def undecided(self) -> list[Workbook]:
        """Return the workbooks that have no outcome in the ledger, or wait for the demonstration's reviewer."""
        open_states = ("received", "accepted")
        decided = {
            found.sha256
            for found in self.desk.submissions().values()
            if found.state not in open_states or (found.state == "accepted" and not found.requires_approval)
        }
        return [workbook for workbook in self.workbooks if workbook.sha256 not in decided]


def read_manifest(path: Path) -> list[Workbook]:
    """Return the workbooks of the manifest in its order. Raises StationFailedError when one was changed."""
    workbooks = []
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            workbook = path.parent / line["file"]
            if sha256(workbook.read_bytes()).hexdigest() != line["sha256"]:
                raise StationFailedError(
                    f"{workbook} is not the file of the manifest; run `python {path.parent / 'make.py'}`"
                )
            workbooks.append(
                Workbook(
                    workbook,
                    line["department_code"],
                    date.fromisoformat(line["received_on"]),
                    line["sha256"],
                    line["submitted_by"],
                    line["approved_by"],
                )
            )
    return workbooks


def run(road: Road) -> None:
    """Walk the road: hand over, take in and approve, build, publish dashboards, write the report, sum up."""
    places, telling = road.places, road.telling
    if "portal" not in read_access(places):
        # Where the submission page will be once `make serve` runs, and who may enter it.
        write_access(places, {"portal": f"http://127.0.0.1:{choose_port(places, 'portal')}"})
    is_new = False
    with ThreadPoolExecutor(1) as aside:
        dashboards = _start_dashboards(road, aside)
        if road.undecided() or waiting_files(places) or not is_current(places):
            is_new = True
            _walk_pipeline(road)
        if dashboards is not None:
            is_new = True
            with telling.station("dashboards"):
                dashboards.result()
                with running_superset(places, choose_port(places, "superset")) as superset:
                    check_as_leader(places, superset)
                    write_access(places, {"superset": superset.url})
            road.note(dashboards=dashboards_fingerprint())
    is_new |= _write_report(road)
    _sum_up(road, is_new)


def _start_dashboards(road: Road, aside: ThreadPoolExecutor) -> Future[dict[str, Any]] | None:
    """Start to publish the dashboards beside the rest, unless today's are published."""
    is_told = "superset" in read_access(road.places)
    if is_told and road.done().get("dashboards") == dashboards_fingerprint():
        return None
    return aside.submit(publish_dashboards, road.places)


def _walk_pipeline(road: Road) -> None:
    """Hand over, take in, approve and build, with a scheduler that runs as long as that takes."""
    telling, places = road.telling, road.places
    with telling.station("hand-over") as say:
        _hand_over(road, say)
    with ExitStack() as running:
        with telling.station("scheduler") as say:
            port = choose_port(places, "airflow")
            airflow = running.enter_context(running_airflow(places, port, lambda text: say(text, 0, 0)))
        write_access(places, {"airflow": airflow.url})
        with telling.station("intake") as say:
            _take_in_and_approve(road, airflow, say)
        with telling.station("warehouse") as say:
            _wait_for_warehouse(road, airflow, say)


def _hand_over(road: Road, say: Say) -> None:
    """Put every workbook that the ledger does not know, and that does not wait yet, into its inbox."""
    known = {found.sha256 for found in road.desk.submissions().values()}
    known |= {sha256(file.read_bytes()).hexdigest() for file in waiting_files(road.places)}
    fresh = [workbook for workbook in road.workbooks if workbook.sha256 not in known]
    for number, workbook in enumerate(fresh, start=1):
        hand_over(
            road.places,
            workbook.file,
            workbook.department_code,
            workbook.submitted_by,
            workbook.received_on,
            ADMINISTRATOR,
        )
        say("files in the inbox", number, len(fresh))


def _take_in_and_approve(road: Road, airflow: Airflow, say: Say) -> None:
    """Approve what is accepted as it comes, until every workbook is decided and the scheduler is done."""
    reviewers = {workbook.sha256: workbook.approved_by for workbook in road.workbooks}
    for _ in _looks("intake"):
        for found in road.desk.submissions().values():
            if found.state == "accepted" and found.requires_approval and found.sha256 in reviewers:
                approve(road.desk, found.id, reviewers[found.sha256])
        left = len(road.undecided())
        say("files taken in and decided", len(road.workbooks) - left, len(road.workbooks))
        runs = finished_runs(airflow, "intake", road.started_at)
        if runs is not None and not left and not waiting_files(road.places):
            return


def _wait_for_warehouse(road: Road, airflow: Airflow, say: Say) -> None:
    """Wait until the published version answers for the head of the ledger and the scheduler is done.

    Where nothing new was handed in nothing starts a build, though the last one may have failed: then we do.
    """
    idle = 0
    for _ in _looks("warehouse"):
        say("models, tests and gates", *count_tasks(airflow, "warehouse"))
        runs = finished_runs(airflow, "warehouse", road.started_at)
        if runs and is_current(road.places):
            return
        idle = 0 if runs is None else idle + 1
        if idle == LOOKS_BEFORE_A_BUILD:
            airflow.start_run("warehouse")


def _looks(station: str) -> Any:
    """Yield now and then. Raises StationFailedError when the station takes far too long."""
    ends = time.monotonic() + STATION_SECONDS
    while time.monotonic() < ends:
        yield
        time.sleep(LOOK_SECONDS)
    raise StationFailedError(f"the station {station} was not done after {STATION_SECONDS // 60} minutes")


def _write_report(road: Road) -> bool:
    """Write the report of the last complete year, unless it was written from the published version."""
    from cotmoc.reports import write_report

    info = published_info(road.places)
    if info is None:
        raise StationFailedError("nothing is published, so there is no year to report")
    version = road.places.current.resolve().name
    noted = road.done().get("report", {})
    if noted.get("version") == version and Path(noted["path"]).exists():
        return False
    with road.telling.station("report"):
        path = write_report(road.places, info.last_complete_year)
        road.note(report={"version": version, "path": str(path), "year": info.last_complete_year})
    return True


def _sum_up(road: Road, is_new: bool) -> None:
    """Print what is there now: files and what became of them, verdicts, where to look, how long it took."""
    tell, places = road.telling.line, road.places
    states = Counter(found.state for found in road.desk.submissions().values())
    rows = sum(found.rows_accepted for found in road.desk.submissions().values() if found.state == "approved")
    with read_only(places.current) as connection:
        verdicts = connection.execute(
            "select verdict_label_vi, count(*) from marts.mart_leader_target_overview"
            " where year_label = 'Gần nhất' group by all order by min(verdict_order)"
        ).fetchall()
    tell("")
    if not is_new:
        tell("Nothing new: every workbook is decided; warehouse, dashboards and report are up to date.")
    tell(f"Files      {sum(states.values())} received, {rows} rows landed and approved")
    tell(f"           {states['refused']} refused, {states['waiting']} waiting for a justification")
    tell(f"Targets    {sum(count for _, count in verdicts)} judged, the latest verdict of each:")
    for label, count in verdicts:
        tell(f"           {count:>3} {label}")
    access = json.loads(places.access.read_text(encoding="utf-8"))
    tell(f"Dashboards {access['superset']['url']}{DASHBOARD_PATH} (once `make serve` runs)")
    tell(f"Submission {access['portal']['url']} (once `make serve` runs)")
    tell(f"Report     {road.done()['report']['path']}")
    tell(f"Logins     {places.access}")
    tell(f"Receipts   {places.outbox}")
    if road.telling.seconds:
        times = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in road.telling.seconds.items())
        tell(f"Time       {times}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the demonstration and return its exit code: 0 done, 1 a station failed."""
    parser = argparse.ArgumentParser(
        prog="python -m cotmoc.demonstration", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--manifest", type=Path, default=MANIFEST, help="which workbooks to hand in")
    given = parser.parse_args(arguments)
    # Whoever ends this program ends its servers: an exception unwinds through every `with`.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    installed = settings()
    telling = Telling()
    try:
        with only_one(installed.places.home / ".demonstration", "the demonstration"):
            desk = open_desk(installed.places, installed.registry, installed.forms)
            run(Road(installed.places, desk, read_manifest(given.manifest), telling))
    except KeyboardInterrupt:
        sys.stderr.write("stopped; `make run` goes on where this ended\n")
        return 130
    except (RuntimeError, OSError) as error:
        sys.stderr.write(f"make run failed: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
