"""Figures that were really published and contradict each other → what counts, what stays beside it, what is asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cotmoc.answers import records, source_database, verdicts
from cotmoc.intake import check
from cotmoc.places import Places
from tests.real_home import REAL_SUBMISSIONS, desk_at
from tests.warehouse.tables import rows

BAC_KAN, THAI_NGUYEN_BEFORE, THAI_NGUYEN = "tinh_bac_kan", "tinh_thai_nguyen_cu", "tinh_thai_nguyen"


@pytest.fixture(scope="session")
def places(published_home: Path) -> Places:
    return Places(published_home)


def vintages(
    places: Places, indicator: str, unit: str, period_end: str, kind: str = "year"
) -> list[tuple[object, ...]]:
    """Return (value, status, authority, whether it counts) of each publication of a series, the earliest first."""
    return rows(
        places.current,
        "select value, status_code, source_authority_code, is_current from marts.mart_observations"
        " where indicator_code = ? and admin_unit_code = ? and period_end = cast(? as date) and period_kind = ?"
        " order by vintage",
        indicator,
        unit,
        period_end,
        kind,
    )


def status_of(places: Places, target: str, year: int, as_of: str | None = None) -> dict[str, object]:
    """Return the verdict of a target and year as reported."""
    (row,) = [
        row for row in records(verdicts(places, year=year, as_of=as_of)) if row["target_code"] == target
    ]
    return row


@pytest.mark.parametrize(
    ("indicator", "unit", "period_end", "published"),
    [
        pytest.param("grdp_growth", BAC_KAN, "2021-12-31", [3.73, 4.41], id="vintage"),
        pytest.param("grdp_growth_ind_con", BAC_KAN, "2021-12-31", [5.26, 7.32], id="large_revision"),
        pytest.param("grdp_growth", BAC_KAN, "2022-12-31", [6.01, 5.88], id="down_revision"),
        pytest.param(
            "budget_revenue", THAI_NGUYEN_BEFORE, "2023-12-31", [20025.0, 20196.0], id="estimate_to_actual"
        ),
    ],
)
def test_the_revised_figure_counts_and_the_one_before_stays_as_its_vintage(
    places: Places, indicator: str, unit: str, period_end: str, published: list[float]
) -> None:
    found = vintages(places, indicator, unit, period_end)
    assert [(value, is_current) for value, _, _, is_current in found] == [
        (published[0], False),
        (published[1], True),
    ]


def test_a_total_may_stay_equal_while_its_parts_move(places: Places) -> None:
    published = {
        indicator: [row[0] for row in vintages(places, indicator, BAC_KAN, "2023-12-31")]
        for indicator in ("grdp_growth", "grdp_growth_agri", "grdp_growth_services")
    }
    assert published == {
        "grdp_growth": [6.33, 6.33],
        "grdp_growth_agri": [4.39, 3.45],
        "grdp_growth_services": [6.09, 7.13],
    }
    assert status_of(places, "bk_grdp_growth_avg", 2023)["verdict_code"] != "conflicting_data"


def test_the_statistics_office_counts_before_the_committee_and_nine_months_never_stand_in_for_a_year(
    places: Places,
) -> None:
    assert vintages(places, "grdp_growth", BAC_KAN, "2024-12-31") == [
        (7.4, "estimate", "people_committee", False),
        (6.35, "estimate", "statistics_office", True),
    ]
    assert [row[0] for row in vintages(places, "grdp_growth", BAC_KAN, "2024-09-30", "nine_months")] == [6.84]
    known = source_database(places, "2024-10-31")
    assert rows(
        known,
        "select distinct observed_year from marts.mart_indicator_series"
        " where indicator_code = 'grdp_growth' and admin_unit_code = 'tinh_bac_kan' order by all",
    ) == [(2021,), (2022,), (2023,)]


def test_the_statistics_office_counts_though_the_press_published_later(places: Places) -> None:
    assert vintages(places, "exports", THAI_NGUYEN_BEFORE, "2022-06-30", "half_year") == [
        (16.84, "estimate", "statistics_office", True),
        (17.2, "estimate", "press", False),
    ]


def test_two_poverty_standards_are_two_series_and_a_target_reads_its_own(places: Places) -> None:
    assert sorted(vintages(places, "poverty_rate", BAC_KAN, "2021-12-31")) == [
        (17.02, "official", "people_committee", True),
        (26.93, "official", "people_committee", True),
    ]
    assert rows(
        places.current,
        "select distinct observations.method_version, inputs.value from marts.mart_target_inputs as inputs"
        " inner join marts.mart_observations as observations using (observation_key)"
        " where target_code = 'bk_poverty_rate_reduction'",
    ) == [("ndc_2021_2025", 26.93)]


def test_communes_recognised_late_count_when_their_recognition_is_published(places: Places) -> None:
    assert vintages(places, "ntm_communes", BAC_KAN, "2023-12-31") == [
        (23.0, "estimate", "press", False),
        (28.0, "preliminary", "press", True),
    ]
    counted = {as_of: status_of(places, "bk_ntm_communes", 2023, as_of) for as_of in ("2024-10-31", None)}
    assert {as_of: row["actual_value"] for as_of, row in counted.items()} == {"2024-10-31": 23.0, None: 28.0}


def test_the_planned_figure_is_not_taken_for_the_actual_where_equal_sources_disagree(places: Places) -> None:
    found = vintages(places, "grdp_per_capita", THAI_NGUYEN_BEFORE, "2023-12-31")
    assert [(value, is_current) for value, _, _, is_current in found] == [(115.0, False), (113.0, False)]
    row = status_of(places, "tny_grdp_per_capita_2023", 2023)
    assert (row["target_value"], row["verdict_code"], row["actual_value"]) == (
        115.0,
        "conflicting_data",
        None,
    )
    assert "aloxekhach.com" in str(row["reason_vi"]) and "tinnhanhnhadat.vn" in str(row["reason_vi"])


def test_a_planned_figure_is_never_an_actual(places: Places) -> None:
    found = rows(
        places.current,
        "select count(*), count(*) filter (where is_current) from marts.mart_observations where status_code = 'plan'",
    )
    assert found == [(5, 0)]
    assert rows(
        places.current, "select count(*) from marts.mart_indicator_series where status_code = 'plan'"
    ) == [(0,)]


def test_where_two_sources_count_population_differently_no_figure_is_picked(places: Places) -> None:
    found = rows(
        places.current,
        "select distinct value, qualifier, published_on, is_conflicting, conflict_vi from marts.mart_indicator_series"
        " where indicator_code = 'population' and admin_unit_code = ? and observed_year = 2025",
        THAI_NGUYEN,
    )
    (value, qualifier, published_on, is_conflicting, conflict_vi) = found[0]
    assert len(found) == 1
    assert (value, qualifier, published_on, is_conflicting) == (None, None, None, True)
    assert "vnexpress.net" in str(conflict_vi) and "doisongvanhoa.net" in str(conflict_vi)
    assert rows(
        places.current,
        "select figures_count from review.rvw_conflicting_figures where indicator_code = 'population'",
    ) == [(2,)]


def test_a_misprinted_amount_and_one_that_lost_its_thousands_are_nowhere(places: Places) -> None:
    revenue = vintages(places, "tourism_revenue", THAI_NGUYEN_BEFORE, "2023-12-31")
    assert [value for value, *_ in revenue] == [2144.0, 2144.5]  # 71,48 % of 3.000 is 2.144,4
    assert vintages(places, "tourist_arrivals_international", THAI_NGUYEN_BEFORE, "2023-12-31") == []


def test_a_rate_of_disbursement_may_pass_100_percent_and_names_its_denominator(places: Places) -> None:
    settled = "2024-01-31"  # the budget year 2023 is settled until the end of January
    rate = "public_investment_disb_rate_central_plan"
    (spent,) = vintages(
        places, "public_investment_disbursed_plan_year", THAI_NGUYEN_BEFORE, settled, "cumulative_to_date"
    )
    (told,) = vintages(places, rate, THAI_NGUYEN_BEFORE, settled, "cumulative_to_date")
    (central,) = vintages(places, "public_investment_plan_central", THAI_NGUYEN_BEFORE, "2023-12-31")
    (local,) = vintages(places, "public_investment_plan_local", THAI_NGUYEN_BEFORE, "2023-12-31")
    assert (spent[0], central[0], local[0]) == (9218.0, 7863.0, 8367.0)
    assert (told[0], told[3]) == (117.0, True)
    denominators = rows(
        places.current,
        "select indicator_code, denominator_indicator_code from registry.indicators"
        " where starts_with(indicator_code, 'public_investment_disb_rate') order by all",
    )
    assert denominators == [
        (rate, "public_investment_plan_central"),
        ("public_investment_disb_rate_local_plan", "public_investment_plan_local"),
    ]


def test_a_figure_per_head_that_sinks_with_the_merger_is_a_break_and_not_a_fall(places: Places) -> None:
    assert [row[0] for row in vintages(places, "grdp_per_capita", THAI_NGUYEN_BEFORE, "2024-12-31")] == [
        119.2
    ]
    row = status_of(places, "tnp_grdp_per_capita", 2025)
    assert row["actual_value"] == 114.1
    assert row["trend_code"] == "unknown"
    assert (row["is_break"], "không so sánh trực tiếp" in str(row["break_vi"])) == (True, True)
    marked = rows(
        places.current,
        "select observed_year, is_break, break_vi from marts.mart_indicator_series where territory_view = 'as_reported'"
        " and indicator_code = 'grdp_per_capita' and admin_unit_code = ?",
        THAI_NGUYEN,
    )
    assert marked == [(2025, True, row["break_vi"])]
    lines = rows(
        places.current,
        "select distinct line_name_vi from marts.mart_target_path"
        " where target_code = 'tnp_grdp_per_capita' and line_code = 'before_change' order by all",
    )
    assert lines == [
        ("Trước khi thay đổi địa giới: Tỉnh Bắc Kạn",),
        ("Trước khi thay đổi địa giới: Tỉnh Thái Nguyên (đến 30/6/2025)",),
    ]


def test_nine_months_that_do_not_fit_the_year_stay_a_series_of_their_own(places: Places) -> None:
    assert rows(
        places.current,
        "select admin_unit_code, period_kind, qualifier, value from marts.mart_observations"
        " where indicator_code = 'budget_revenue' and period_end between date '2025-06-30' and date '2025-12-31'"
        " order by all",
    ) == [
        (THAI_NGUYEN, "nine_months", "<", 15000.0),
        (THAI_NGUYEN, "year", ">", 26500.0),
        (THAI_NGUYEN_BEFORE, "half_year", None, 12924.0),
    ]
    assert rows(
        places.current,
        "select distinct observed_year, value from marts.mart_indicator_series"
        " where indicator_code = 'budget_revenue' and admin_unit_code = ? and not is_rebuilt",
        THAI_NGUYEN,
    ) == [(2025, 26500.0)]


@pytest.mark.parametrize(
    "specimen",
    sorted(path.name for path in (REAL_SUBMISSIONS / "specimens").glob("average_of_several_*.xlsx")),
)
def test_an_average_over_years_is_derived_and_refused_at_the_door(tmp_path: Path, specimen: str) -> None:
    receipt = check(desk_at(tmp_path / "home"), REAL_SUBMISSIONS / "specimens" / specimen, "cuc_thong_ke")
    assert receipt.state == "refused"
    assert {problem.rule for problem in receipt.problems} == {"period_of_several_years"}


def test_no_ratio_told_in_a_text_became_a_figure(places: Places) -> None:
    levels = rows(
        places.current,
        "select extract(year from period_end), value from marts.mart_observations"
        " where indicator_code = 'grdp_current' and admin_unit_code = ? and source like '%backan.gov.vn%' order by all",
        BAC_KAN,
    )
    # The text says 3,45 times; the levels it names give 2,30.
    assert levels == [(2016, 9172.0), (2021, 13745.0), (2025, 21071.0)]
    assert rows(
        places.current,
        "select count(*) from marts.mart_observations where indicator_code = 'grdp_growth_avg'"
        " or unit_of_measure not in (select unit_of_measure from registry.units_of_measure)",
    ) == [(0,)]


def test_an_index_of_a_year_is_known_only_when_it_is_published_in_the_next(places: Places) -> None:
    index = (
        "select period_end, published_on, unit_of_measure, value from marts.mart_observations"
        " where indicator_code in ('sipas_score', 'sipas_rank', 'par_index_score', 'par_index_rank')"
        " and period_end = date '2024-12-31' order by all"
    )
    end, published = date(2024, 12, 31), date(2025, 4, 6)
    assert rows(places.current, index) == [
        (end, published, "rank", 2.0),
        (end, published, "rank", 5.0),
        (end, published, "score_percent", 90.23),
        (end, published, "score_percent", 91.47),
    ]
    assert rows(source_database(places, "2025-02-28"), index) == []


def test_a_rank_is_kept_as_published_and_the_registry_says_how_many_were_ranked(places: Places) -> None:
    assert [row[0] for row in vintages(places, "papi_rank", BAC_KAN, "2021-12-31")] == [34.0]
    assert rows(
        places.current,
        "select unit_of_measure, plausible_high from registry.indicators"
        " where indicator_code = 'papi_rank' and note like '%PAPI 2021 chỉ xếp 60 tỉnh, thành phố%'",
    ) == [("rank", 63.0)]
