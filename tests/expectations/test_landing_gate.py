"""The landing door: each rule refuses, questions or notes what it should, and sound rows pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from expectations.answers import LandingRegistry
from expectations.gate import judge_landing

RECEIVED_ON = date(2024, 1, 5)
Rows = Callable[..., pd.DataFrame]


def test_sound_rows_pass_without_a_word(rows: Rows, registry: LandingRegistry, quality: Path) -> None:
    answer = judge_landing(rows({}), registry, RECEIVED_ON, folder=quality)
    assert answer.may_pass
    assert answer.problems == []


@pytest.mark.parametrize(
    ("different", "severity", "rule"),
    [
        pytest.param(
            {"indicator_code": "no_such"}, "error", "indicator_is_registered", id="unknown_indicator"
        ),
        pytest.param({"admin_unit_code": "no_such"}, "error", "admin_unit_is_registered", id="unknown_place"),
        pytest.param(
            {"unit_of_measure": "no_such"}, "error", "unit_of_measure_is_registered", id="unknown_unit"
        ),
        pytest.param(
            {"unit_of_measure": "school"}, "error", "unit_converts_to_indicator_unit", id="other_dimension"
        ),
        pytest.param({"value": None}, "error", "value_or_missing_sign", id="silence_is_not_zero"),
        pytest.param({"missing_code": "M"}, "error", "value_or_missing_sign", id="value_and_missing_sign"),
        pytest.param({"value": float("inf")}, "error", "value_is_finite", id="infinite"),
        pytest.param({"value": -101.0}, "error", "growth_is_above_minus_100", id="shrinks_by_more_than_all"),
        pytest.param({"value": 635.0}, "warning", "value_is_not_above_plausible", id="implausibly_high"),
        pytest.param({"value": -63.5}, "warning", "value_is_not_below_plausible", id="implausibly_low"),
        pytest.param(
            {"indicator_code": "grdp_share_agri", "value": 100.1},
            "error",
            "part_is_not_above_the_whole",
            id="share_over_100",
        ),
        pytest.param(
            {"indicator_code": "poverty_rate", "value": -0.1},
            "error",
            "part_is_not_below_its_least",
            id="rate_below_0",
        ),
        pytest.param(
            {"indicator_code": "schools", "unit_of_measure": "school", "value": -1.0},
            "error",
            "quantity_is_not_negative",
            id="negative_count",
        ),
        pytest.param(
            {"indicator_code": "schools", "unit_of_measure": "school", "value": 87.5},
            "note",
            "count_is_whole",
            id="half_a_school",
        ),
        pytest.param(
            {"period_start": date(2025, 1, 1), "period_end": date(2025, 6, 30)},
            "error",
            "actual_period_has_begun",
            id="figure_of_the_future",
        ),
        pytest.param(
            {"status_code": "official", "period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)},
            "error",
            "official_period_is_over",
            id="official_before_the_end",
        ),
        pytest.param(
            {
                "status_code": "preliminary",
                "period_start": date(2024, 1, 1),
                "period_end": date(2024, 12, 31),
            },
            "note",
            "preliminary_period_is_over",
            id="preliminary_before_the_end",
        ),
        pytest.param(
            {"published_on": date(2024, 1, 6)}, "error", "published_before_reception", id="published_tomorrow"
        ),
    ],
)
def test_a_defect_is_found_at_its_row(
    rows: Rows, registry: LandingRegistry, quality: Path, different: dict[str, Any], severity: str, rule: str
) -> None:
    answer = judge_landing(
        rows({}, different | {"source": "Nguồn khác"}), registry, RECEIVED_ON, folder=quality
    )
    assert not answer.is_broken, answer.broken_why
    found = {problem["rule"]: problem for problem in answer.problems}
    assert rule in found, f"expected {rule}, found {sorted(found)}"
    assert (found[rule]["severity"], found[rule]["row_number"]) == (severity, 6)
    assert {problem["row_number"] for problem in answer.problems} == {6}


@pytest.mark.parametrize(
    "different",
    [
        pytest.param(
            {"status_code": "plan", "period_start": date(2030, 1, 1), "period_end": date(2030, 12, 31)},
            id="plan",
        ),
        pytest.param(
            {"period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)},
            id="estimate_of_running_year",
        ),
        pytest.param(
            {"published_on": date(2024, 1, 31), "published_precision": "month"}, id="published_this_month"
        ),
        pytest.param(
            {"published_on": date(2024, 12, 31), "published_precision": "unknown"}, id="published_some_day"
        ),
        pytest.param({"value": None, "missing_code": "M", "raw_text": "..."}, id="missing_sign"),
        pytest.param({"value": 0.0}, id="zero_is_a_value"),
        pytest.param(
            {"indicator_code": "budget_revenue", "unit_of_measure": "million_vnd", "value": 2_000_000.0},
            id="converted",
        ),
    ],
)
def test_what_real_files_hold_passes(
    rows: Rows, registry: LandingRegistry, quality: Path, different: dict[str, Any]
) -> None:
    assert judge_landing(rows(different), registry, RECEIVED_ON, folder=quality).problems == []


def test_range_is_held_against_the_converted_value(
    rows: Rows, registry: LandingRegistry, quality: Path
) -> None:
    slip = {"indicator_code": "budget_revenue", "unit_of_measure": "billion_vnd", "value": 2_000_000.0}
    (problem,) = judge_landing(rows(slip), registry, RECEIVED_ON, folder=quality).problems
    assert problem["rule"] == "value_is_not_above_plausible"
    assert problem["expected"] == "từ 0 đến 100.000 tỷ đồng"


def test_series_given_twice_names_both_rows(rows: Rows, registry: LandingRegistry, quality: Path) -> None:
    answer = judge_landing(
        rows({}, {"value": 7.4, "cell": "G6"}, {"source": "Nguồn khác"}),
        registry,
        RECEIVED_ON,
        folder=quality,
    )
    found = [problem for problem in answer.problems if problem["rule"] == "series_is_given_once"]
    assert [(problem["row_number"], problem["found"]) for problem in found] == [(5, "G5, G6"), (6, "G5, G6")]


def test_a_plan_beside_its_result_is_not_given_twice(
    rows: Rows, registry: LandingRegistry, quality: Path
) -> None:
    assert (
        judge_landing(rows({}, {"status_code": "plan"}), registry, RECEIVED_ON, folder=quality).problems == []
    )


def test_methods_are_series_of_their_own(rows: Rows, registry: LandingRegistry, quality: Path) -> None:
    two_standards = ({"method_version": "ndc_2016_2020"}, {"method_version": "ndc_2021_2025"})
    assert judge_landing(rows(*two_standards), registry, RECEIVED_ON, folder=quality).problems == []


@pytest.mark.parametrize(
    ("different", "severity"),
    [
        pytest.param(
            {"admin_unit_code": "tinh_cu", "period_start": date(2025, 7, 1)}, "error", id="after_its_end"
        ),
        pytest.param(
            {"admin_unit_code": "tinh_cu", "period_start": date(2025, 1, 1)}, None, id="year_it_ended_in"
        ),
        pytest.param(
            {"admin_unit_code": "tinh_moi", "period_start": date(2025, 1, 1)},
            None,
            id="year_it_was_formed_in",
        ),
    ],
)
def test_place_exists_in_the_period(
    rows: Rows, registry: LandingRegistry, quality: Path, different: dict[str, Any], severity: str | None
) -> None:
    late = {"period_end": date(2025, 12, 31), "published_on": date(2026, 1, 31)}
    answer = judge_landing(rows(late | different), registry, date(2026, 1, 31), folder=quality)
    assert [problem["severity"] for problem in answer.problems] == ([severity] if severity else [])


def test_a_dissolved_place_leads_to_its_successors(
    rows: Rows, registry: LandingRegistry, quality: Path
) -> None:
    followed = registry.admin_units.assign(successors_vi=["Tỉnh mới", None])
    late = {
        "period_start": date(2026, 1, 1),
        "period_end": date(2026, 6, 30),
        "published_on": date(2026, 7, 6),
    }
    answer = judge_landing(
        rows(late), replace(registry, admin_units=followed), date(2026, 7, 31), folder=quality
    )
    assert [problem["rule"] for problem in answer.problems] == ["admin_unit_still_exists"]
    assert "đơn vị hành chính kế thừa (Tỉnh mới)" in answer.problems[0]["message_vi"]


def test_recalculated_past_of_a_new_place_asks_for_a_reason(
    rows: Rows, registry: LandingRegistry, quality: Path
) -> None:
    answer = judge_landing(rows({"admin_unit_code": "tinh_moi"}), registry, RECEIVED_ON, folder=quality)
    assert [(problem["severity"], problem["rule"]) for problem in answer.problems] == [
        ("warning", "admin_unit_exists_in_that_year"),
        ("note", "admin_unit_exists_in_the_period"),
    ]


def test_message_is_vietnamese_and_complete(rows: Rows, registry: LandingRegistry, quality: Path) -> None:
    (problem,) = judge_landing(
        rows({"value": 635.0, "raw_text": "635"}), registry, RECEIVED_ON, folder=quality
    ).problems
    assert problem["message_vi"] == (
        "“Tốc độ tăng GRDP” kỳ 2023 ghi 635 %, cao bất thường (thường từ -50 đến 100 %); "
        "đề nghị kiểm tra đơn vị tính hoặc giải trình."
    )
    assert (problem["column"], problem["found"]) == ("value", "635")
