"""The provinces merged on 1 July 2025 → what can still be judged, what is rebuilt, what is left open and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from cotmoc.answers import records, verdicts
from cotmoc.places import Places
from tests.warehouse.tables import rows

LOST_THEIR_OBJECT = {
    "bk_poor_districts_remaining": "Cấp huyện kết thúc hoạt động từ 01/7/2025.",
    "bk_ntm_districts": "Cấp huyện kết thúc hoạt động từ 01/7/2025.",
    "bk_ntm_communes": "Từ 01/7/2025 địa bàn Bắc Kạn cũ còn 35 xã và 2 phường, không thể có 70 xã.",
    "bk_extreme_difficulty_communes_remaining": "Danh sách xã đã được sắp xếp lại từ 01/7/2025.",
    "bk_city_class_ii": "Thành phố Bắc Kạn thôi là đơn vị hành chính từ 01/7/2025.",
}


@pytest.fixture(scope="session")
def places(published_home: Path) -> Places:
    return Places(published_home)


@pytest.mark.parametrize("target", sorted(LOST_THEIR_OBJECT))
def test_a_target_whose_object_ended_is_no_failure_from_then_on(places: Places, target: str) -> None:
    judged = {
        row["evaluation_year"]: row
        for row in records(verdicts(places, plan="bk_2030"))
        if row["target_code"] == target
    }
    assert {year for year, row in judged.items() if row["verdict_code"] == "basis_ceased"} == {2025, 2026}
    assert judged[2025]["reason_vi"] == (
        f"Không còn căn cứ đánh giá sau ngày 30/06/2025. {LOST_THEIR_OBJECT[target]}"
    )
    assert judged[2025]["actual_value"] is None and judged[2025]["pace"] is None


@pytest.mark.parametrize(("plan", "targets"), [("bk_2030", 48), ("tn_2030", 9)])
def test_a_replaced_plan_is_judged_up_to_the_year_before_its_successor(
    places: Places, plan: str, targets: int
) -> None:
    frame = verdicts(places, plan=plan)
    assert frame["target_code"].nunique() == targets
    replaced = frame[frame["verdict_code"] == "superseded"]
    assert set(replaced["evaluation_year"]) == {2026}
    assert set(frame[frame["evaluation_year"] == 2026]["verdict_code"]) == {"superseded", "basis_ceased"}
    assert set(frame[frame["evaluation_year"] == 2025]["target_code"]) == set(frame["target_code"])
    assert replaced["reason_vi"].str.contains("Quy hoạch tỉnh Thái Nguyên điều chỉnh").all()


def test_the_old_province_is_still_judged_for_the_year_in_which_it_ended(places: Places) -> None:
    (row,) = [
        row
        for row in records(verdicts(places, plan="bk_2030", year=2025))
        if row["target_code"] == "bk_grdp_per_capita"
    ]
    assert (row["verdict_code"], row["actual_value"], row["is_latest"]) == ("on_track", 63.0, False)
    assert row["pace"] == pytest.approx(0.98944, abs=5e-6)


def test_current_boundaries_hold_the_targets_of_units_that_exist(places: Places) -> None:
    assert set(verdicts(places, view="current_boundaries")["admin_unit_code"]) == {"tinh_thai_nguyen"}


def joined_years(places: Places, indicator: str) -> dict[object, tuple[object, ...]]:
    """Return year → (value, aggregation, how it was joined, why it was not) of the present province before 2025."""
    found = rows(
        places.current,
        "select observed_year, value, aggregation, rebuilt_vi, not_rebuilt_vi from marts.mart_indicator_series"
        " where territory_view = 'current_boundaries' and admin_unit_code = 'tinh_thai_nguyen' and is_rebuilt"
        " and indicator_code = ? order by all",
        indicator,
    )
    return {year: tuple(answer) for year, *answer in found}


def test_a_sum_is_joined_from_both_old_provinces_and_reconciles(places: Places) -> None:
    value, aggregation, how, why_not = joined_years(places, "grdp_current")[2022]
    assert (value, aggregation, why_not) == (163.005, "sum", None)
    assert how == "cộng từ các đơn vị cũ: 15,014 (Tỉnh Bắc Kạn); 147,991 (Tỉnh Thái Nguyên (đến 30/6/2025))"
    parts = rows(
        places.current,
        "select admin_unit_code, value from marts.mart_indicator_series where territory_view = 'as_reported'"
        " and indicator_code = 'grdp_current' and observed_year = 2022 order by all",
    )
    assert parts == [("tinh_bac_kan", 15.014), ("tinh_thai_nguyen_cu", 147.991)]


def test_a_sum_with_one_part_missing_is_no_sum_and_names_the_part(places: Places) -> None:
    value, _, how, why_not = joined_years(places, "grdp_current")[2023]
    assert (value, how, why_not) == (None, None, "chưa có số liệu của: Tỉnh Bắc Kạn")


@pytest.mark.parametrize("indicator", ["grdp_growth", "poverty_rate"])
def test_a_rate_without_numerator_and_denominator_is_never_averaged(places: Places, indicator: str) -> None:
    value, aggregation, how, why_not = joined_years(places, indicator)[2021]
    assert (value, aggregation, how) == (None, "not_aggregable", None)
    assert why_not == "chỉ tiêu này không cộng gộp được từ số của các đơn vị cũ"


def test_a_ratio_whose_parts_are_missing_says_of_whom(places: Places) -> None:
    value, aggregation, how, why_not = joined_years(places, "population_density")[2021]
    assert (value, aggregation, how) == (None, "not_aggregable", None)
    assert why_not == "thiếu “Dân số” hoặc “Diện tích tự nhiên” của: Tỉnh Thái Nguyên (đến 30/6/2025)"
