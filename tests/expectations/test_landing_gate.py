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
from expectations.last_values import PUBLISHED_COLUMNS

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
    assert problem["expected"] == "không quá 100.000 tỷ đồng"


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
        ("warning", "admin_unit_exists_in_that_year")
    ]


def test_a_cell_is_told_of_its_gravest_flaw_only(
    rows: Rows, registry: LandingRegistry, quality: Path
) -> None:
    shrunk = {"value": -120.0, "raw_text": "-120"}
    answer = judge_landing(rows(shrunk), registry, RECEIVED_ON, folder=quality)
    assert [(problem["rule"], problem["found"]) for problem in answer.problems] == [
        ("growth_is_above_minus_100", "-120")
    ]


def test_a_value_in_a_unit_of_another_kind_is_held_against_nothing(
    rows: Rows, registry: LandingRegistry, quality: Path
) -> None:
    hectares = {"indicator_code": "grdp_share_agri", "unit_of_measure": "school", "value": 303033.0}
    answer = judge_landing(rows(hectares), registry, RECEIVED_ON, folder=quality)
    assert [problem["rule"] for problem in answer.problems] == ["unit_converts_to_indicator_unit"]


def test_a_number_cell_is_quoted_with_a_comma(rows: Rows, registry: LandingRegistry, quality: Path) -> None:
    answer = judge_landing(rows({"value": 635.5, "raw_text": "635.5"}), registry, RECEIVED_ON, folder=quality)
    assert [problem["found"] for problem in answer.problems] == ["635,5"]


def test_message_is_vietnamese_and_complete(rows: Rows, registry: LandingRegistry, quality: Path) -> None:
    (problem,) = judge_landing(
        rows({"value": 635.0, "raw_text": "635"}), registry, RECEIVED_ON, folder=quality
    ).problems
    assert problem["message_vi"] == (
        "“Tốc độ tăng GRDP” kỳ 2023 ghi 635 %, cao bất thường (thường không quá 100 %); "
        "đề nghị kiểm tra đơn vị tính; nếu số đúng, hãy giải trình ở cột Ghi chú hoặc khi nộp."
    )
    assert (problem["column"], problem["found"]) == ("value", "635")


REVENUE = {
    "indicator_code": "budget_revenue",
    "unit_of_measure": "billion_vnd",
    "value": 20196.0,
    "raw_text": "20196",
}
OF_2022 = {
    "period_start": date(2022, 1, 1),
    "period_end": date(2022, 12, 31),
    "period_text": "2022",
    "value": 19128.0,
}


def published(*different: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([REVENUE | OF_2022 | _SERIES | one for one in different])[list(PUBLISHED_COLUMNS)]


_SERIES = {
    "method_version": None,
    "admin_unit_code": "tinh_cu",
    "period_kind": "year",
    "period_end": "2022-12-31",
}


@pytest.mark.parametrize(
    ("different", "before", "said"),
    [
        pytest.param({}, {}, None, id="like_last_year"),
        pytest.param({"value": 20196000.0}, {}, "gấp 1.060 lần số gần nhất (19.128 tỷ đồng", id="million_for_billion"),
        pytest.param({"value": 20.196}, {}, "chỉ bằng 1/947 số gần nhất (19.128 tỷ đồng", id="trillion_for_billion"),
        pytest.param({"unit_of_measure": "million_vnd", "value": 20196000.0}, {}, None, id="converted"),
        pytest.param({}, {"unit_of_measure": "million_vnd", "value": 19128000.0}, None, id="published_in_another_unit"),
        pytest.param({}, {"value": 19.0}, "gấp 1.060 lần số gần nhất (19 tỷ đồng", id="last_one_too_small"),
        pytest.param({}, {"value": 0.0}, None, id="last_one_zero"),
        pytest.param({}, {"admin_unit_code": "tinh_moi", "value": 19.0}, None, id="another_place"),
        pytest.param({}, {"period_end": "2024-12-31", "value": 19.0}, None, id="a_later_period"),
        pytest.param({"value": 0.0}, {}, None, id="nothing_this_year"),
        pytest.param({"value": None, "missing_code": "not_collected"}, {}, None, id="no_figure_this_year"),
    ],
)  # fmt: skip
def test_a_value_far_from_the_last_published_one_waits(
    rows: Rows,
    registry: LandingRegistry,
    quality: Path,
    different: dict[str, Any],
    before: dict[str, Any],
    said: str | None,
) -> None:
    known = replace(registry, published=published(before))
    answer = judge_landing(rows(REVENUE | different), known, RECEIVED_ON, folder=quality)
    assert not answer.is_broken, answer.broken_why
    slips = [problem for problem in answer.problems if problem["rule"] == "level_is_like_the_last_one"]
    assert [problem["severity"] for problem in slips] == (["warning"] if said else [])
    assert all(f"{said}, kỳ 2022)" in problem["message_vi"] for problem in slips)


def test_a_value_far_from_another_one_of_the_file_waits(
    rows: Rows, registry: LandingRegistry, quality: Path
) -> None:
    share = {"indicator_code": "poverty_rate", "method_version": "ndc_2021_2025"}
    fraction = share | {"value": 0.0635, "raw_text": "0.0635"}
    answer = judge_landing(
        rows(share | OF_2022 | {"value": 6.9}, fraction), registry, RECEIVED_ON, folder=quality
    )
    (problem,) = answer.problems
    assert (problem["rule"], problem["row_number"], problem["found"]) == (
        "part_is_like_the_last_one",
        6,
        "0,0635",
    )
    assert "chỉ bằng 1/109 số gần nhất (6,9 %, kỳ 2022)" in problem["message_vi"]
