"""The shipped figures → for every target and year exactly the verdict and the numbers reckoned by hand."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from cotmoc.answers import records, verdicts
from cotmoc.places import Places
from cotmoc.publishing import build_info

BY_HAND = Path(__file__).with_name("verdicts_by_hand") / "verdicts.csv"
TODAY = "2026-01-31"
COLUMNS = {
    "verdict": "verdict_code",
    "baseline": "baseline_value",
    "actual": "actual_value",
    "path": "path_value",
    "pace": "pace",
    "required": "required_per_year",
    "projected": "projected_value",
    "trend": "trend_code",
}
WORDS = {"verdict", "trend"}

Answers = dict[tuple[str, int], dict[str, Any]]


def by_hand(as_of: str, view: str) -> Answers:
    """Return what was reckoned at an as-of, by target and year; None where the rules give no value."""
    with BY_HAND.open(encoding="utf-8", newline="") as file:
        return {
            (row["target"], int(row["year"])): {
                name: row[name] if name in WORDS else float(row[name]) if row[name] else None
                for name in COLUMNS
            }
            for row in csv.DictReader(file)
            if (row["as_of"], row["territory_view"]) == (as_of, view)
        }


def by_the_warehouse(places: Places, as_of: str | None, view: str) -> Answers:
    """Return what the marts tell, by target and year."""
    return {
        (row["target_code"], row["evaluation_year"]): {name: row[column] for name, column in COLUMNS.items()}
        for row in records(verdicts(places, view=view, as_of=as_of))
    }


def is_same(name: str, told: Any, expected: Any) -> bool:
    """Return whether a told value is the expected one: words exactly, numbers to 1e-9."""
    if name in WORDS or told is None or expected is None:
        return bool(told == expected)
    return bool(told == pytest.approx(expected, rel=1e-9, abs=1e-9))


@pytest.mark.parametrize(
    ("as_of", "view", "targets"),
    [
        pytest.param("2022-03-01", "as_reported", 81, id="when_the_first_estimates_were_out"),
        pytest.param("2024-10-31", "as_reported", 81, id="at_the_yearly_report_of_2024"),
        pytest.param("2025-02-28", "as_reported", 81, id="before_the_growth_of_2024_was_revised"),
        pytest.param(TODAY, "as_reported", 81, id="today"),
        pytest.param(TODAY, "current_boundaries", 18, id="today_on_current_boundaries"),
    ],
)
def test_every_target_and_year_is_judged_as_by_hand(
    published_home: Path, as_of: str, view: str, targets: int
) -> None:
    places = Places(published_home)
    expected = by_hand(as_of, view)
    told = by_the_warehouse(places, None if as_of == TODAY else as_of, view)
    assert len({target for target, _ in expected}) == targets
    assert set(told) == set(expected)
    differing = {
        (*key, name): (told[key][name], expected[key][name])
        for key in expected
        for name in COLUMNS
        if not is_same(name, told[key][name], expected[key][name])
    }
    assert differing == {}


def test_today_of_the_shipped_figures_is_the_day_of_the_last_reception(published_home: Path) -> None:
    assert build_info(Places(published_home).current).as_of_on == TODAY


@pytest.mark.parametrize("changed", [{"verdict": "on_track"}, {"pace": 0.7717}, {"actual": None}])
def test_the_comparison_itself_notices_a_change(changed: dict[str, Any]) -> None:
    growth = by_hand(TODAY, "as_reported")["bk_grdp_growth_avg", 2024]
    assert not all(is_same(name, {**growth, **changed}[name], growth[name]) for name in COLUMNS)
