"""The shipped workbooks → a COTMOC_HOME with everything landed, approved, built and published."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from cotmoc.build import BuildSummary, build
from cotmoc.decisions import approve
from cotmoc.desk import Desk, make_places, open_desk
from cotmoc.intake import submit
from cotmoc.places import Places
from cotmoc.settings import REPOSITORY

REAL_SUBMISSIONS = REPOSITORY / "real_submissions"


def manifest() -> list[dict[str, str]]:
    """Return the rows of the manifest, in order of reception."""
    with (REAL_SUBMISSIONS / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: (row["received_on"], row["file"]))


def desk_at(home: Path) -> Desk:
    """Return the intake of an instance at `home`, its places made."""
    desk = open_desk(Places(home), REPOSITORY / "dbt_project" / "seeds", REPOSITORY / "ingestion" / "forms")
    make_places(desk.places, desk.registry)
    return desk


def land_real_submissions(home: Path, entries: list[dict[str, str]]) -> Desk:
    """Hand in and approve the workbooks of `entries`, each on its day; every one must be accepted."""
    desk = desk_at(home)
    for entry in entries:
        receipt = submit(
            desk,
            REAL_SUBMISSIONS / entry["file"],
            entry["department_code"],
            entry["submitted_by"],
            received_on=date.fromisoformat(entry["received_on"]),
            backdated_by="Quản trị viên kiểm thử",
        )
        assert receipt.state == "accepted", (entry["file"], receipt.problems)
        assert receipt.submission_id
        approve(desk, receipt.submission_id, entry["approved_by"])
    return desk


def build_real_home(home: Path) -> BuildSummary:
    """Land all the shipped workbooks at `home`, build and publish."""
    return build(land_real_submissions(home, manifest()).places)
