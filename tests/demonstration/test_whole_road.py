"""`make run` on a few of the shipped workbooks: real scheduler, real gates, real dashboards, real report."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cotmoc.build import is_current
from cotmoc.places import Places
from cotmoc.publishing import published_info
from cotmoc.settings import REPOSITORY
from tests.real_home import REAL_SUBMISSIONS, desk_at, manifest
from tests.warehouse.tables import rows

FEW = 5


@pytest.fixture(scope="module")
def short_manifest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a manifest of the latest few workbooks, so that the road is real and short."""
    path = tmp_path_factory.mktemp("manifest") / "manifest.csv"
    entries = [{**entry, "file": str(REAL_SUBMISSIONS / entry["file"])} for entry in manifest()[-FEW:]]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(entries[0]))
        writer.writeheader()
        writer.writerows(entries)
    return path


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("road") / "home"


def _run(home: Path, manifest_file: Path) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
    return subprocess.run(
        [sys.executable, "-m", "cotmoc.demonstration", "--manifest", str(manifest_file)],
        env={**inherited, "COTMOC_HOME": str(home)},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=1800,
    )


def _processes_of(home: Path) -> list[str]:
    found = []
    for status in Path("/proc").glob("[0-9]*/environ"):
        try:
            if str(home).encode() in status.read_bytes():
                found.append((status.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except (OSError, UnicodeDecodeError):
            continue
    return found


@pytest.mark.slow
def test_the_whole_road_ends_published_reported_and_with_nothing_left_running(
    home: Path, short_manifest: Path
) -> None:
    done = _run(home, short_manifest)
    assert done.returncode == 0, done.stdout + done.stderr
    places = Places(home)
    states = {submission.state for submission in desk_at(home).submissions().values()}
    assert states == {"approved"}
    assert is_current(places)
    assert rows(places.current, "select submissions_counted from marts.mart_build_info") == [(FEW,)]
    assert rows(places.current, "select count(distinct target_code) from marts.mart_target_status") == [(81,)]
    info = published_info(places)
    assert info is not None
    assert (places.reports / f"bao-cao-danh-gia-{info.last_complete_year}.docx").is_file()
    assert list(places.inbox.rglob("*.xlsx")) == []
    assert len(list(places.outbox.rglob("*.json"))) == FEW
    assert oct(places.access.stat().st_mode & 0o777) == "0o600"
    assert list(places.quality.rglob("data_docs/**/index.html"))
    assert (places.dbt_target / "static_index.html").stat().st_size > 100_000
    assert _processes_of(home) == []


@pytest.mark.slow
def test_a_second_run_finds_nothing_to_do_and_changes_nothing(home: Path, short_manifest: Path) -> None:
    places = Places(home)
    before = {
        path: path.stat().st_mtime_ns
        for folder in (places.landing, places.published, places.reports)
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert before
    again = _run(home, short_manifest)
    assert again.returncode == 0, again.stdout + again.stderr
    assert "nothing" in (again.stdout + again.stderr).lower()
    after = {
        path: path.stat().st_mtime_ns
        for folder in (places.landing, places.published, places.reports)
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert after == before
