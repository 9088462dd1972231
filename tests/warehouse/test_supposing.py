"""Supposed figures for coming years → the verdicts the warehouse's own models would give; nothing is kept."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from cotmoc.answers import UnknownTargetError
from cotmoc.places import Places
from cotmoc.registry import Registry
from cotmoc.settings import REPOSITORY
from cotmoc.supposing import Supposition, UnreadableSuppositionError, suppose, to_values


@pytest.fixture(scope="session")
def places(published_home: Path) -> Places:
    return Places(published_home)


@pytest.fixture
def registry() -> Registry:
    return Registry(REPOSITORY / "dbt_project" / "seeds")


def _verdicts(found: Supposition) -> dict[int, tuple[object, object]]:
    return {row["evaluation_year"]: (row["verdict_code"], row["figure_verdict_code"]) for row in found.years}


def _state(home: Path) -> dict[str, str]:
    return {
        str(file.relative_to(home)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(home.rglob("*"))
        if file.is_file() and not file.name.startswith(".")
    }


def test_the_pace_the_rest_needs_reaches_the_target_when_it_comes_out_so(
    places: Places, registry: Registry
) -> None:
    needed = 8.68990712908  # what 2024 says that each of the six years left needs
    before = _state(places.home)
    found = suppose(
        places, registry, "bk_grdp_growth_avg", dict.fromkeys(range(2025, 2030), needed) | {2030: 8.7}
    )
    assert [row["is_supposed"] for row in found.years] == [True] * 6
    assert found.years[0]["required_per_year"] == pytest.approx(needed, rel=1e-9)
    verdicts = _verdicts(found)
    assert verdicts[2025] == ("needs_acceleration", "needs_acceleration")
    # From 2026 on another plan has taken its place: that stands first, the figures alone say what was asked.
    assert verdicts[2026] == ("superseded", "needs_acceleration")
    assert verdicts[2030] == ("superseded", "achieved")
    assert found.years[-1]["actual_value"] > 7.5
    assert _state(places.home) == before


def test_a_supposed_figure_stands_in_for_an_observed_one(places: Places, registry: Registry) -> None:
    found = suppose(places, registry, "bk_grdp_per_capita", {2024: 101})
    assert (found.years[0]["evaluation_year"], found.years[0]["verdict_code"]) == (2024, "achieved_early")
    assert found.years[1]["verdict_code"] == "on_track"  # 2025 is judged on its own figure


def test_what_was_known_earlier_can_be_supposed_on(places: Places, registry: Registry) -> None:
    found = suppose(places, registry, "bk_grdp_growth_avg", {2025: 8.60810}, as_of="2025-02-28")
    assert found.years[0]["required_per_year"] == pytest.approx(8.60810, abs=1e-4)


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        (["2025=8.69"], {2025: 8.69}),
        (["2025=8,69", " 2026 = -1,5 "], {2025: 8.69, 2026: -1.5}),
        (["2030=70"], {2030: 70.0}),
    ],
)
def test_figures_are_typed_with_a_point_or_a_comma(typed: list[str], values: dict[int, float]) -> None:
    assert to_values(typed) == values


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(UnreadableSuppositionError) as refused:
        to_values(["2025", "2026=1.234,5", "2027=1", "2027=2", "2028=nan"])
    for word in ("“2025”", "1.234,5", "2027 is given twice", "2028=nan"):
        assert word in str(refused.value)
    with pytest.raises(UnreadableSuppositionError, match="at least one"):
        to_values([])


def test_only_a_registered_target_with_figures_and_years_of_its_own_can_be_supposed(
    places: Places, registry: Registry
) -> None:
    with pytest.raises(UnknownTargetError, match="no target “bk_nothing”"):
        suppose(places, registry, "bk_nothing", {2025: 1})
    with pytest.raises(UnreadableSuppositionError, match="milestone"):
        suppose(places, registry, "bk_city_class_ii", {2024: 1})
    with pytest.raises(UnreadableSuppositionError, match="2031: outside the years of bk_grdp_growth_avg"):
        suppose(places, registry, "bk_grdp_growth_avg", {2031: 1})
