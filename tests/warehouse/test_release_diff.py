"""One release after another through the real build → which verdict each tells otherwise, and the true cause."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cotmoc.build import build
from cotmoc.places import Places
from tests.warehouse.retelling import Retold, with_project
from tests.warehouse.tables import canonical_tables, rows

pytestmark = pytest.mark.slow

FIRST, LATER, CORRECTED, WITHDRAWN, OTHER_RULES = 1, 2, 3, 4, 5


def told(
    places: Places, release: int, target: str, year: int, view: str = "as_reported"
) -> tuple[object, ...]:
    """Return (verdict before, after, figure before, after, cause, its sentence) of the one row there must be."""
    (row,) = rows(
        places.current,
        "select verdict_before, verdict_after, actual_before, actual_after, cause, cause_vi"
        " from marts.mart_release_diff where release_number = ? and target_code = ? and evaluation_year = ?"
        " and territory_view = ?",
        release,
        target,
        year,
        view,
    )
    return row


def test_the_first_release_tells_nothing_otherwise(retold: Retold) -> None:
    assert retold.summaries[0].changes == ()
    assert rows(retold.places.current, "select min(release_number) from marts.mart_release_diff") == [
        (LATER,)
    ]


def test_a_first_figure_for_a_year_is_new_data(retold: Retold) -> None:
    assert told(retold.places, LATER, "bk_grdp_per_capita", 2024) == (
        "no_data",
        "on_track",
        None,
        57.0,
        "new_data",
        "Có số liệu mới: năm 2024: chưa có → 57 triệu đồng/người.",
    )


def test_another_vintage_of_a_figure_looked_at_before_is_a_correction(retold: Retold) -> None:
    before, after, was, is_now, cause, why = told(retold.places, LATER, "bk_grdp_growth_avg", 2021)
    assert (before, after, was, is_now) == ("off_track", "off_track", 3.73, 4.41)
    assert (cause, why) == (
        "correction",
        "Số liệu đã công bố được điều chỉnh hoặc rút lại: năm 2021: 3,73% → 4,41%.",
    )


def test_a_row_handed_in_again_is_a_correction_even_where_its_day_was_told_before(retold: Retold) -> None:
    assert told(retold.places, CORRECTED, "bk_grdp_per_capita", 2024) == (
        "on_track",
        "needs_acceleration",
        57.0,
        55.0,
        "correction",
        "Số liệu đã công bố được điều chỉnh hoặc rút lại: năm 2024: 57 triệu đồng/người → 55 triệu đồng/người.",
    )


def test_a_withdrawal_brings_back_what_stood_before_and_is_a_correction(retold: Retold) -> None:
    before, after, was, is_now, cause, why = told(retold.places, WITHDRAWN, "bk_grdp_per_capita", 2024)
    assert (before, after, was, is_now, cause) == ("needs_acceleration", "on_track", 55.0, 57.0, "correction")
    assert "năm 2024: 55 triệu đồng/người → 57 triệu đồng/người" in str(why)


def test_a_year_judged_for_the_first_time_is_told_as_that(retold: Retold) -> None:
    before, after, _, _, cause, why = told(retold.places, WITHDRAWN, "bk_grdp_per_capita", 2026)
    assert (before, after, cause) == (None, "superseded", "new_year")
    assert why == "Bắt đầu đánh giá năm 2026."


def test_another_goal_is_told_as_a_changed_target_though_a_policy_changed_too(retold: Retold) -> None:
    before, after, was, is_now, cause, why = told(retold.places, OTHER_RULES, "bk_grdp_per_capita", 2024)
    assert (before, after, was, is_now) == ("on_track", "off_track", 57.0, 57.0)
    assert (cause, why) == ("target_changed", "Mục tiêu, văn bản hoặc hiệu lực của văn bản đã thay đổi.")


def test_a_stricter_band_is_told_as_a_changed_method_where_figures_and_target_stayed(retold: Retold) -> None:
    before, after, was, is_now, cause, why = told(retold.places, OTHER_RULES, "bk_grdp_growth_avg", 2023)
    assert (before, after, was == is_now) == ("needs_acceleration", "off_track", True)
    assert (cause, why) == (
        "method",
        "Cách tính hoặc giá trị chính sách (dung sai, ngưỡng) đã thay đổi; số liệu và mục tiêu không đổi.",
    )


def test_each_build_prints_the_verdicts_that_its_release_tells_otherwise(retold: Retold) -> None:
    for release, summary in enumerate(retold.summaries[1:], start=LATER):
        changed = rows(
            retold.places.current,
            "select target_code, evaluation_year, verdict_before, verdict_after, cause, cause_vi"
            " from marts.mart_release_diff where release_number = ? and is_verdict_changed"
            " and territory_view = 'as_reported' order by all",
            release,
        )
        assert sorted(map(tuple, summary.changes), key=repr) == sorted(changed, key=repr)
    assert rows(
        retold.places.current,
        "select distinct release_number from marts.mart_release_diff where is_current_release",
    ) == [(OTHER_RULES,)]


def test_building_again_changes_nothing_and_so_does_a_rebuild_from_landing_alone(
    retold: Retold, tmp_path: Path
) -> None:
    places = Places(tmp_path / "home")
    shutil.copytree(retold.places.home, places.home, symlinks=True)
    told_before = canonical_tables(places.current)
    statements = sorted(file.name for file in places.statements.iterdir())
    assert with_project(retold.dbt_project, lambda: build(places)).changes == ()
    assert canonical_tables(places.current) == told_before
    shutil.rmtree(places.warehouse)
    shutil.rmtree(places.published_versions.parent)
    assert with_project(retold.dbt_project, lambda: build(places)).changes == ()
    assert canonical_tables(places.current) == told_before
    assert sorted(file.name for file in places.statements.iterdir()) == statements
