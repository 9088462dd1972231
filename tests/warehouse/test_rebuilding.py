"""The same landing folder and registry → the same marts, whatever happened to the disposable parts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cotmoc.build import AnotherBuildRunsError, build, is_current, one_writer
from cotmoc.decisions import withdraw
from cotmoc.intake import submit
from cotmoc.places import Places
from cotmoc.publishing import published_info, read_only
from tests.real_home import REAL_SUBMISSIONS, desk_at, land_real_submissions, manifest
from tests.warehouse.tables import canonical_tables, rows

FEW = 6


@pytest.fixture
def copied(published_home: Path, tmp_path: Path) -> Places:
    """Return an instance of one's own with the landing folder of the published one, and nothing built."""
    home = tmp_path / "home"
    shutil.copytree(published_home / "landing", home / "landing")
    return desk_at(home).places


@pytest.mark.slow
def test_an_instance_rebuilt_from_landing_alone_has_equal_marts(published_home: Path, copied: Places) -> None:
    build(copied)
    assert canonical_tables(copied.current) == canonical_tables(Places(published_home).current)


@pytest.mark.slow
def test_a_withdrawal_moves_only_what_rested_on_it_and_the_old_version_stays_readable(copied: Places) -> None:
    build(copied)
    before = copied.current.resolve()
    with read_only(copied.current) as connection:
        found = connection.execute(
            "select distinct submission_id from marts.mart_observations"
            " where indicator_code = 'grdp_growth' and admin_unit_code = 'tinh_bac_kan' and value = 4.41"
        ).fetchone()
    assert found is not None
    withdraw(desk_at(copied.home), str(found[0]), "Người duyệt trình diễn", "thử rút số liệu")
    assert not is_current(copied)
    changed = {(change.target_code, change.evaluation_year) for change in build(copied).changes}
    assert ("bk_grdp_share_agri", 2024) in changed  # no other publication carried it
    assert ("bk_grdp_growth_avg", 2024) not in changed  # earlier publications take its place: same verdict
    assert rows(
        copied.current,
        "select actual_value from marts.mart_target_status"
        " where target_code = 'bk_grdp_growth_avg' and evaluation_year = 2021",
    ) == [(3.73,)]
    assert before.is_file()
    assert is_current(copied)


@pytest.mark.slow
def test_an_empty_ledger_builds_and_says_that_nothing_is_due(tmp_path: Path) -> None:
    places = desk_at(tmp_path / "home").places
    summary = build(places)
    assert summary.rows_in == 0
    assert set(summary.verdicts) == {"not_due"}


@pytest.mark.slow
def test_what_waits_for_approval_or_was_withdrawn_is_not_published_and_stops_nothing(tmp_path: Path) -> None:
    desk = land_real_submissions(tmp_path / "home", manifest()[:FEW])
    unapproved = manifest()[FEW]
    submit(
        desk, REAL_SUBMISSIONS / unapproved["file"], unapproved["department_code"], unapproved["submitted_by"]
    )
    published = build(desk.places)
    assert published.submissions_counted == FEW
    for submission in desk.submissions().values():
        withdraw(desk, submission.id, "Người duyệt trình diễn", "thử rút hết")
    emptied = build(desk.places)
    assert (emptied.submissions_counted, emptied.rows_in) == (0, 0)


@pytest.mark.slow
def test_a_damaged_build_file_is_thrown_away_and_built_again(copied: Places) -> None:
    copied.build_database.parent.mkdir(parents=True, exist_ok=True)
    copied.build_database.write_bytes(b"not a database")
    build(copied)
    assert published_info(copied) is not None


def test_a_second_build_at_the_same_time_is_told_to_wait(tmp_path: Path) -> None:
    places = Places(tmp_path / "home")
    with one_writer(places.warehouse), pytest.raises(AnotherBuildRunsError, match="wait for it to end"):
        build(places)
