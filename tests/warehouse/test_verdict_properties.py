"""The judged models' own SQL, over imagined promises → when each word may be said, and when none."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.warehouse.imagined import (
    PROMISES,
    QUALIFIERS,
    WINDOWED_PROMISES,
    batches,
    end_levels,
    every_years,
    increments,
    troubled,
)
from tests.warehouse.promised import SEEDS, Judge, Judgement, Promise

PROPERTY = settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
UNJUDGED = {"conflicting_data", "no_data", "insufficient_data"}
AT_THE_END = {"exceeded", "achieved", "missed"}
BY_PACE = {"on_track", "needs_acceleration", "off_track", "moving_away"}
OF_EACH_KIND = {
    "end_level": UNJUDGED | AT_THE_END | BY_PACE | {"achieved_early"},
    "cumulative": UNJUDGED | AT_THE_END | BY_PACE | {"achieved_early"},
    "average_growth": UNJUDGED | AT_THE_END | BY_PACE,
    "annual_change": UNJUDGED | AT_THE_END | BY_PACE,
    "increment": UNJUDGED | AT_THE_END | BY_PACE,
    "every_year": UNJUDGED | {"achieved", "missed", "maintained", "breached"},
}
MET = {"exceeded", "achieved", "achieved_early", "maintained"}


def band(pace: float) -> str:
    """Return the word of the evaluation rules for a pace."""
    words = ((0.95, "on_track"), (0.6, "needs_acceleration"), (0.0, "off_track"))
    return next((word for edge, word in words if pace >= edge), "moving_away")


def faults(promise: Promise, year: int, found: Judgement) -> list[str]:
    """Return what the rules forbid and this judgement has."""
    word, is_end = found.verdict_code, year == promise.period_end
    is_judged = word not in UNJUDGED
    claims = {
        "a word of another kind": word in OF_EACH_KIND[promise.kind],
        "the end, told before it": is_end or word not in AT_THE_END,
        "a pace told at the end": not is_end
        or word not in {"achieved_early", "maintained", "breached", *BY_PACE},
        "said to be met, and is not": word not in MET or found.is_met is True,
        "missed, and is met": word != "missed" or promise.kind == "every_year" or found.is_met is False,
        "a band exceeded": word != "exceeded" or promise.direction != "toward",
        "another word than that of its pace": not is_judged
        or is_end
        or found.pace is None
        or word in {"achieved_early", band(found.pace)},
        "a pace without its path": found.pace is None or found.path_value is not None,
        "judged without a value": not is_judged or found.actual_value is not None,
        "judged over a dispute": not is_judged or year not in promise.disputed,
        "judged without a figure": not is_judged or year in promise.figures,
        "nothing said": len(found.reason_vi) > 10,
    }
    return [claim for claim, holds in claims.items() if not holds]


@PROPERTY
@given(promises=batches(troubled(PROMISES)))
def test_every_year_gets_one_word_that_its_kind_time_value_and_pace_allow(
    judge: Judge, promises: list[Promise]
) -> None:
    found = judge(promises)
    assert [sorted(judgements) for judgements in found] == [list(promise.years) for promise in promises]
    assert [
        (promise, year, judgement, wrong)
        for promise, judgements in zip(promises, found, strict=True)
        for year, judgement in judgements.items()
        if (wrong := faults(promise, year, judgement))
    ] == []


def test_the_words_of_each_kind_are_words_of_the_register() -> None:
    with (SEEDS / "verdicts.csv").open(encoding="utf-8", newline="") as file:
        register = {row["verdict_code"] for row in csv.DictReader(file)}
    assert len(register) == 16
    assert set().union(*OF_EACH_KIND.values()) == register - {"not_due", "basis_ceased", "superseded"}


@pytest.mark.parametrize("trouble", ["missing", "disputed"])
@PROPERTY
@given(promises=batches(WINDOWED_PROMISES), which=st.integers(0, 9))
def test_a_window_with_a_missing_or_disputed_year_is_never_judged_and_the_year_is_named(
    judge: Judge, trouble: str, promises: list[Promise], which: int
) -> None:
    years = [promise.years[which % len(promise.years)] for promise in promises]
    troubled_promises = [
        replace(promise, disputed=frozenset({year}))
        if trouble == "disputed"
        else replace(
            promise, figures={when: value for when, value in promise.figures.items() if when != year}
        )
        for promise, year in zip(promises, years, strict=True)
    ]
    at_once = "conflicting_data" if trouble == "disputed" else "no_data"
    judged = [
        (promise, year, when, found[when])
        for promise, year, found in zip(troubled_promises, years, judge(troubled_promises), strict=True)
        for when in range(year, promise.period_end + 1)
        if found[when].verdict_code != (at_once if when == year else "insufficient_data")
        or found[when].pace is not None
        or str(year) not in found[when].reason_vi
    ]
    assert judged == []


@PROPERTY
@given(promises=batches(st.one_of(end_levels(), increments())), which=st.integers(0, 9))
def test_a_disputed_baseline_or_year_before_gives_no_pace_and_is_named(
    judge: Judge, promises: list[Promise], which: int
) -> None:
    before = [
        promise.baseline_year
        if promise.kind == "end_level"
        else promise.years[which % len(promise.years)] - 1
        for promise in promises
    ]
    disputed = [
        replace(promise, disputed=frozenset({year})) for promise, year in zip(promises, before, strict=True)
    ]
    wrong = [
        (promise, when, found[when])
        for promise, year, found in zip(disputed, before, judge(disputed), strict=True)
        for when in (promise.years if promise.kind == "end_level" else range(year + 1, year + 2))
        if found[when].pace is not None
        or not (needs_no_baseline(promise, when, found[when]) or is_refused_for(year, found[when]))
    ]
    assert wrong == []


def needs_no_baseline(promise: Promise, year: int, found: Judgement) -> bool:
    """Return whether the value alone decides: a level that is met, or at the end of its period."""
    return promise.kind == "end_level" and (found.is_met is True or year == promise.period_end)


def is_refused_for(year: int, found: Judgement) -> bool:
    """Return whether the judgement is refused for want of the figure of `year`, by name."""
    return found.verdict_code == "insufficient_data" and str(year) in found.reason_vi


OPPOSITE = {
    ">": ("<=", "lower_better"),
    ">=": ("<", "lower_better"),
    "<": (">=", "higher_better"),
    "<=": (">", "higher_better"),
}


@PROPERTY
@given(
    promises=batches(every_years().filter(lambda promise: promise.comparator in OPPOSITE)),
    marks=st.lists(QUALIFIERS, min_size=10, max_size=10),
)
def test_of_a_comparator_and_its_opposite_exactly_one_is_met(
    judge: Judge, promises: list[Promise], marks: list[str | None]
) -> None:
    marked = [
        replace(
            promise,
            qualifiers={year: mark for year, mark in zip(promise.years, marks, strict=False) if mark},
        )
        for promise in promises
    ]
    opposite = [
        replace(
            promise, comparator=OPPOSITE[promise.comparator][0], direction=OPPOSITE[promise.comparator][1]
        )
        for promise in marked
    ]
    found = judge([*marked, *opposite])
    both_or_neither = [
        (promise, year)
        for promise, one, other in zip(marked, found, found[len(marked) :], strict=False)
        for year in promise.years
        if one[year].is_met is other[year].is_met
    ]
    assert both_or_neither == []


@PROPERTY
@given(promises=batches(every_years()), marks=st.lists(QUALIFIERS, min_size=10, max_size=10))
def test_a_qualifier_decides_only_where_the_value_is_the_bound(
    judge: Judge, promises: list[Promise], marks: list[str | None]
) -> None:
    marked = [
        replace(
            promise,
            qualifiers={year: mark for year, mark in zip(promise.years, marks, strict=False) if mark},
        )
        for promise in promises
    ]
    found = judge([*promises, *marked])
    swayed = [
        (promise, year)
        for promise, plain, qualified in zip(marked, found, found[len(marked) :], strict=False)
        for year in promise.years
        if plain[year].is_met is not qualified[year].is_met
        and not (
            promise.figures[year] == promise.bound
            and promise.qualifiers[year] == {">": ">", ">=": "<", "<": "<", "<=": ">"}[promise.comparator]
        )
    ]
    assert swayed == []


@PROPERTY
@given(promises=batches(st.one_of(end_levels(), increments())))
def test_a_value_that_is_the_target_itself_is_never_called_exceeded(
    judge: Judge, promises: list[Promise]
) -> None:
    reached = [
        promise.with_figures(
            {
                promise.period_end: promise.bound
                if promise.kind == "end_level"
                else round(promise.figures[promise.period_end - 1] + promise.bound, 2)
            }
        )
        for promise in promises
    ]
    to_nothing = [
        replace(promise, bound=0.0, far_bound=None, comparator="<=", direction="lower_better").with_figures(
            {promise.period_end: 0.0}
        )
        for promise in promises
        if promise.kind == "end_level"
    ]
    found = judge([*reached, *to_nothing])
    assert [
        (promise, judgements[promise.period_end])
        for promise, judgements in zip([*reached, *to_nothing], found, strict=True)
        if judgements[promise.period_end].verdict_code
        != ("missed" if promise.comparator in (">", "<") else "achieved")
    ] == []
