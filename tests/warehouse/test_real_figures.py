"""The shipped figures, handed in and approved → the verdicts a careful person reaches by hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cotmoc.answers import UnknownTargetError, records, trace, verdicts
from cotmoc.build_inputs import UnreadableAsOfError
from cotmoc.places import Places
from tests.real_home import REAL_SUBMISSIONS
from tests.warehouse.tables import rows


@pytest.fixture(scope="session")
def places(published_home: Path) -> Places:
    return Places(published_home)


def _loadable() -> list[dict[str, str]]:
    with (REAL_SUBMISSIONS / "observations.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["load"] == "yes"]


def _one(places: Places, target: str, year: int, as_of: str | None = None) -> dict[str, object]:
    found = [row for row in records(verdicts(places, year=year, as_of=as_of)) if row["target_code"] == target]
    assert len(found) == 1
    return found[0]


def test_every_loadable_figure_is_published_once_with_its_cell_submitter_and_approver(places: Places) -> None:
    published = rows(
        places.current,
        "select indicator_code, admin_unit_code, method_version, cast(period_start as varchar),"
        " cast(period_end as varchar), value, coalesce(qualifier, ''), unit_of_measure, status_code,"
        " source_authority_code, cast(published_on as varchar), published_precision, source, department_code"
        " from marts.mart_observations inner join marts.mart_provenance using (observation_key, department_code)"
        " where file_name <> '' and cell <> '' and raw_text <> '' and submitted_by <> approved_by",
    )
    expected = [
        (
            row["indicator_code"],
            row["admin_unit_code"],
            row["method_version"],
            row["period_start"],
            row["period_end"],
            float(row["value"]),
            row["qualifier"],
            row["unit_of_measure"],
            row["status"],
            row["source_authority"],
            row["published_on"],
            row["published_precision"],
            row["source_url"],
            row["submitter_department"],
        )
        for row in _loadable()
    ]
    assert len(expected) == 284
    assert sorted(published) == sorted(expected)


def test_all_targets_are_judged_and_those_without_a_figure_say_so(places: Places) -> None:
    frame = verdicts(places)
    assert frame["target_code"].nunique() == 81
    observed = {(row["indicator_code"], row["admin_unit_code"], row["method_version"]) for row in _loadable()}
    with (REAL_SUBMISSIONS.parent / "dbt_project/seeds/targets.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        silent = {
            row["target_code"]
            for row in csv.DictReader(file)
            if (row["indicator_code"], row["admin_unit_code"], row["method_version"]) not in observed
        }
    assert len(silent) == 52
    said = set(frame[frame["target_code"].isin(silent)]["verdict_code"])
    assert said <= {"no_data", "not_due", "basis_ceased", "superseded"}
    assert frame["reason_vi"].str.len().min() > 20


def test_the_average_growth_of_bac_kan_is_the_worked_example(places: Places) -> None:
    row = _one(places, "bk_grdp_growth_avg", 2024)
    assert row["verdict_code"] == "needs_acceleration"
    assert row["verdict_name_vi"] == "Cần đẩy nhanh"
    assert row["actual_value"] == pytest.approx(5.74, abs=0.005)
    assert row["pace"] == pytest.approx(0.772, abs=0.0005)
    assert row["required_per_year"] == pytest.approx(8.69, abs=0.005)
    assert "Từ năm 2025 đến năm 2030 cần bình quân 8,69%/năm" in str(row["reason_vi"])


def test_what_was_known_on_a_day_is_judged_as_it_was_known(places: Places) -> None:
    row = _one(places, "bk_grdp_growth_avg", 2024, as_of="2025-02-28")
    assert row["actual_value"] == pytest.approx(5.86, abs=0.005)
    assert row["pace"] == pytest.approx(0.787, abs=0.0005)
    assert row["required_per_year"] == pytest.approx(8.61, abs=0.005)
    assert _one(places, "bk_grdp_growth_avg", 2021, as_of="2022-03-01")["actual_value"] == 3.73
    assert _one(places, "bk_grdp_growth_avg", 2021)["actual_value"] == 4.41


@pytest.mark.parametrize(
    ("target", "year", "verdict", "pace"),
    [
        pytest.param("bk_grdp_per_capita", 2024, "on_track", 0.960, id="geometric_path"),
        pytest.param("bk_grdp_share_agri", 2022, "moving_away", -0.518, id="share_away_from_its_band"),
        pytest.param("bk_grdp_share_services", 2024, "moving_away", None, id="baseline_was_inside_the_band"),
        pytest.param("bk_ntm_communes", 2023, "needs_acceleration", 0.643, id="baseline_moved_to_2021"),
        pytest.param("bk_ntm_communes", 2025, "basis_ceased", None, id="communes_rearranged"),
        pytest.param("bk_grdp_growth_avg", 2026, "superseded", None, id="plan_replaced"),
        pytest.param(
            "bk_poverty_rate_reduction", 2021, "insufficient_data", None, id="kind_without_a_method_yet"
        ),
        pytest.param("tn_grdp_growth_avg", 2022, "needs_acceleration", 0.945, id="just_below_the_band"),
        pytest.param("tny_grdp_growth_2022", 2022, "exceeded", 1.396, id="beyond_the_margin"),
        pytest.param("tny_grdp_growth_2021", 2021, "missed", 0.822, id="below_at_the_target_year"),
        pytest.param("tny_grdp_per_capita_2023", 2023, "conflicting_data", None, id="two_equal_sources"),
        pytest.param("tnp_grdp_current", 2025, "insufficient_data", None, id="first_year_is_the_baseline"),
        pytest.param("tnm_grdp_growth_avg", 2026, "no_data", None, id="begun_without_a_figure"),
    ],
)
def test_the_verdicts_are_those_a_careful_person_gives(
    places: Places, target: str, year: int, verdict: str, pace: float | None
) -> None:
    row = _one(places, target, year)
    assert row["verdict_code"] == verdict
    assert row["pace"] == (None if pace is None else pytest.approx(pace, abs=0.0005))


def test_a_period_that_has_not_begun_has_one_row_that_says_so(places: Places) -> None:
    frame = verdicts(places, plan="tn_2030_adjusted", as_of="2022-03-01")
    assert set(frame["verdict_code"]) == {"not_due"}
    assert set(frame["evaluation_year"]) == {2026}
    assert len(frame) == frame["target_code"].nunique() == 11


def test_two_poverty_standards_are_two_series_and_two_revenue_figures_two_vintages(places: Places) -> None:
    poverty = rows(
        places.current,
        "select method_version, value from marts.mart_observations where indicator_code = 'poverty_rate'"
        " and admin_unit_code = 'tinh_bac_kan' and period_end = date '2021-12-31' and is_current order by all",
    )
    assert [value for _, value in poverty] == [17.02, 26.93]
    revenue = rows(
        places.current,
        "select vintage, value, is_current from marts.mart_observations where indicator_code = 'budget_revenue'"
        " and admin_unit_code = 'tinh_thai_nguyen_cu' and period_kind = 'year' and period_end = date '2023-12-31'"
        " order by all",
    )
    assert revenue == [(1, 20025.0, False), (2, 20196.0, True)]


def test_the_trace_leads_from_the_verdict_to_bytes_that_lie_in_landing(places: Places) -> None:
    way = trace(places, "bk_grdp_growth_avg", 2024)
    assert way["target"]["wording_vi"].endswith("đạt trên 7,5%")
    assert [(step["input_year"], step["value"]) for step in way["inputs"]] == [
        (2021, 4.41),
        (2022, 5.88),
        (2023, 6.33),
        (2024, 6.35),
    ]
    for step in way["inputs"]:
        assert (places.home / step["raw_file"]).is_file()
        assert step["submitted_by"] != step["approved_by"]


def test_an_unknown_target_or_as_of_is_answered_with_what_there_is(places: Places) -> None:
    with pytest.raises(UnknownTargetError, match="judged in 2021, 2022"):
        trace(places, "bk_grdp_growth_avg", 2040)
    with pytest.raises(UnreadableAsOfError, match="give a date"):
        verdicts(places, as_of="28/02/2025")
