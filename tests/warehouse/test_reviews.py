"""The shipped figures → the conflicts put before the department that must decide them."""

from __future__ import annotations

from pathlib import Path

from cotmoc.places import Places
from tests.warehouse.tables import rows


def test_exactly_the_conflicts_of_the_real_figures_are_put_before_the_statistics_office(
    published_home: Path,
) -> None:
    found = rows(
        Places(published_home).current,
        "select indicator_code, admin_unit_code, cast(period_end as varchar), figures_count, lowest_value,"
        " highest_value, decision_vi, responsible_department_code from review.rvw_conflicting_figures order by all",
    )
    assert found == [
        (
            "grdp_per_capita",
            "tinh_thai_nguyen_cu",
            "2023-12-31",
            2,
            113.0,
            115.0,
            "Con số nào đúng: 113 triệu đồng/người hay trên 115 triệu đồng/người?",
            "cuc_thong_ke",
        ),
        (
            "population",
            "tinh_thai_nguyen",
            "2025-12-31",
            2,
            1680.0,
            1800.0,
            "Con số nào đúng: trên 1,68 triệu người hay khoảng 1,8 triệu người?",
            "cuc_thong_ke",
        ),
    ]


def test_each_figure_in_conflict_can_be_found_by_its_source_submission_and_cell(published_home: Path) -> None:
    current = Places(published_home).current
    told = {
        str(key): str(text)
        for key, text in rows(current, "select series_key, figures_vi from review.rvw_conflicting_figures")
    }
    figures = rows(
        current,
        "select series_key, observations.submission_id, sheet, cell, source, published_text"
        " from marts.mart_observations as observations inner join marts.mart_provenance using (observation_key)"
        " where is_conflicting",
    )
    assert len(figures) == 4
    for series, *parts in figures:
        assert all(str(part) in told[str(series)] for part in parts)
