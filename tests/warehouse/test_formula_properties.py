"""The judged models' own SQL, over imagined promises → what each formula keeps whatever the figures are."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.warehouse.imagined import (
    ONE_SIDED_PROMISES,
    PROMISES,
    annual_changes,
    average_growths,
    batches,
    cumulatives,
    end_levels,
    every_years,
    increments,
    troubled,
)
from tests.warehouse.promised import Judge, Judgement, Judgements, Promise, times

BANDS = end_levels(path="linear", two_sided=True)
AHEAD = st.one_of(end_levels(ahead=True), average_growths(), cumulatives(), annual_changes())
# A failure names the promises it is about; a smaller batch would tell no more.
PROPERTY = settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
EDGES_OF_BANDS = (0.0, 0.6, 0.95)
FROM_WORST_TO_BEST = (
    "moving_away",
    "off_track",
    "needs_acceleration",
    "on_track",
    "achieved_early",
    "breached",
    "maintained",
    "missed",
    "achieved",
    "exceeded",
)
MIRRORED = {
    ">": "<",
    "<": ">",
    ">=": "<=",
    "<=": ">=",
    "higher_better": "lower_better",
    "lower_better": "higher_better",
}


def near(one: float | None, other: float | None) -> bool:
    """Return whether two numbers agree to nine digits, or both are missing."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def agree(one: Judgement, other: Judgement) -> bool:
    """Return whether verdict and pace are the same; on the very edge of a band, whether the pace is."""
    on_edge = one.pace is not None and any(near(one.pace, edge) for edge in EDGES_OF_BANDS)
    return near(one.pace, other.pace) and (one.verdict_code == other.verdict_code or on_edge)


def differences(
    promises: list[Promise], found: list[Judgements]
) -> list[tuple[Promise, int, Judgement, Judgement]]:
    """Return where the second half of the judgements departs from the first, year by year."""
    return [
        (promise, year, one[year], other[year])
        for promise, one, other in zip(promises, found, found[len(promises) :], strict=False)
        for year in promise.years
        if not agree(one[year], other[year])
    ]


MEASURED = st.one_of(end_levels(), BANDS, cumulatives(), increments(), annual_changes())


@PROPERTY
@given(
    promises=batches(MEASURED),
    factor=st.one_of(
        st.integers(-9, 9).map(lambda power: Decimal(10) ** power),
        st.integers(1, 999).map(lambda units: Decimal(units) / 100),
    ),
)
def test_the_unit_of_measure_changes_no_verdict_and_no_pace(
    judge: Judge, promises: list[Promise], factor: Decimal
) -> None:
    rescaled = [promise.each_number(lambda value: times(value, factor)) for promise in promises]
    assert differences(promises, judge([*promises, *rescaled])) == []


@PROPERTY
@given(
    promises=batches(MEASURED),
    units=st.sampled_from(
        [
            ("thousand_visitor", "visitor", "1000"),
            ("visitor", "thousand_visitor", "0.001"),
            ("billion_vnd", "trillion_vnd", "0.001"),
            ("hectare", "km2", "0.01"),
        ]
    ),
)
def test_figures_in_another_unit_than_the_targets_are_judged_as_if_written_in_its_own(
    judge: Judge, promises: list[Promise], units: tuple[str, str, str]
) -> None:
    figures_unit, unit_of_measure, factor = units
    converted = [
        replace(
            promise.each_number(lambda value: times(value, Decimal(factor))),
            figures=promise.figures,
            figures_unit=figures_unit,
            unit_of_measure=unit_of_measure,
        )
        for promise in promises
    ]
    assert differences(promises, judge([*promises, *converted])) == []


@PROPERTY
@given(promises=batches(troubled(st.one_of(end_levels(path="linear"), BANDS, increments(), every_years()))))
def test_the_mirror_image_of_a_promise_has_its_verdict_and_pace(
    judge: Judge, promises: list[Promise]
) -> None:
    mirrored = [
        replace(
            promise.each_number(lambda value: -value),
            comparator=MIRRORED.get(promise.comparator, promise.comparator),
            direction=MIRRORED.get(promise.direction, promise.direction),
            qualifiers={year: MIRRORED.get(mark, mark) for year, mark in promise.qualifiers.items()},
        )
        for promise in promises
    ]
    assert differences(promises, judge([*promises, *mirrored])) == []


def is_worse(pace: float | None, than: float | None) -> bool:
    """Return whether a pace fell or got lost."""
    return than is not None and (pace is None or pace < than)


@PROPERTY
@given(
    promises=batches(ONE_SIDED_PROMISES),
    which=st.integers(0, 9),
    gain=st.integers(1, 5000).map(lambda n: n / 100),
)
def test_a_better_figure_never_gives_a_worse_pace_nor_a_worse_verdict(
    judge: Judge, promises: list[Promise], which: int, gain: float
) -> None:
    years = [promise.years[which % len(promise.years)] for promise in promises]
    bettered = [
        promise.with_figures({year: round(promise.figures[year] + promise.good_sign * gain, 2)})
        for promise, year in zip(promises, years, strict=True)
    ]
    found = judge([*promises, *bettered])
    worsened = [
        (promise, year, before[year], after[year])
        for promise, year, before, after in zip(promises, years, found, found[len(promises) :], strict=False)
        if is_worse(after[year].pace, before[year].pace)
        or FROM_WORST_TO_BEST.index(before[year].verdict_code)
        > FROM_WORST_TO_BEST.index(after[year].verdict_code)
    ]
    assert worsened == []


def on_its_path(promise: Promise, found: Judgements) -> Promise:
    """Return the promise with every year exactly as required, `found` being what was judged of it."""
    base = promise.figures.get(promise.baseline_year, 0.0)
    kept: dict[int, float] = {}
    for gone, year in enumerate(promise.years, start=1):
        path = found[year].path_value
        assert path is not None
        if promise.kind == "cumulative":
            kept[year] = promise.phasing.get(year, promise.bound / len(promise.years))
        elif promise.kind == "annual_change" and not promise.is_yearly_change:
            kept[year] = round(base + promise.good_sign * promise.bound * gone, 2)
        else:
            kept[year] = path
    return promise.with_figures(kept)


@PROPERTY
@given(promises=batches(st.one_of(AHEAD, BANDS)))
def test_on_the_path_the_pace_is_1_and_the_verdict_on_track_or_met(
    judge: Judge, promises: list[Promise]
) -> None:
    kept = [on_its_path(promise, found) for promise, found in zip(promises, judge(promises), strict=True)]
    astray = [
        (promise, year, judgement)
        for promise, found in zip(kept, judge(kept), strict=True)
        for year, judgement in found.items()
        if not near(judgement.pace, 1) or judgement.verdict_code not in words_on_the_path(promise, year)
    ]
    assert astray == []


def words_on_the_path(promise: Promise, year: int) -> set[str]:
    """Return what may be said of a value that is exactly as required; "more than" is not met by as much."""
    if year < promise.period_end:
        return {"on_track", "achieved_early"}
    return {"missed" if promise.comparator in (">", "<") else "achieved"}


@PROPERTY
@given(promises=batches(st.one_of(end_levels(), average_growths(), cumulatives(), annual_changes())))
def test_what_the_rest_needs_brought_every_year_just_reaches_the_target(
    judge: Judge, promises: list[Promise]
) -> None:
    cases = list(completed(promises, judge(promises)))
    found = judge([promise for promise, _ in cases])
    fallen_short = [
        (promise, year, judgements[promise.period_end])
        for (promise, year), judgements in zip(cases, found, strict=True)
        if not near(judgements[promise.period_end].actual_value, promise.bound)
    ]
    assert fallen_short == []


def completed(promises: list[Promise], found: list[Judgements]) -> Iterator[tuple[Promise, int]]:
    """Yield each promise, from the middle year of its period on, with what was said to be needed."""
    for promise, judgements in zip(promises, found, strict=True):
        year = promise.years[(len(promise.years) - 1) // 2]
        needed, value = judgements[year].required_per_year, promise.figures[year]
        if year == promise.period_end or needed is None:
            continue
        rest = range(1, promise.period_end - year + 1)
        if promise.path == "geometric":
            brought = {year + gone: value * (1 + needed) ** gone for gone in rest}
        elif promise.path == "linear":
            brought = {year + gone: value + needed * gone for gone in rest}
        elif promise.kind == "annual_change" and not promise.is_yearly_change:
            brought = {year + gone: value + promise.good_sign * needed * gone for gone in rest}
        else:
            brought = {year + gone: needed for gone in rest}
        yield promise.with_figures(brought), year


@PROPERTY
@given(promises=batches(st.one_of(end_levels(), average_growths(), cumulatives())), step=st.integers(-99, 99))
def test_a_series_of_its_own_shape_is_projected_to_what_it_then_reaches(
    judge: Judge, promises: list[Promise], step: int
) -> None:
    shaped = []
    for promise in promises:
        base = promise.figures.get(promise.baseline_year, 0.0)
        if promise.path == "geometric":
            values = [base * (1 + step / 100) ** gone for gone in range(1, len(promise.years) + 1)]
        elif promise.path == "linear":
            values = [round(base + step / 10 * gone, 2) for gone in range(1, len(promise.years) + 1)]
        else:
            values = [float(abs(step))] * len(promise.years)
        shaped.append(promise.with_figures(dict(zip(promise.years, values, strict=True))))
    strayed = [
        (promise, year, judgement, found[promise.period_end])
        for promise, found in zip(shaped, judge(shaped), strict=True)
        for year, judgement in found.items()
        if not near(judgement.projected_value, found[promise.period_end].actual_value)
    ]
    assert strayed == []


@PROPERTY
@given(promises=batches(troubled(PROMISES)), chance=st.randoms(use_true_random=False))
def test_the_order_in_which_figures_arrive_changes_nothing(
    judge: Judge, promises: list[Promise], chance: Random
) -> None:
    shuffled = [
        replace(promise, figures=dict(chance.sample(sorted(promise.figures.items()), len(promise.figures))))
        for promise in promises
    ]
    assert judge(promises) == judge(shuffled)


@PROPERTY
@given(promises=batches(troubled(PROMISES)), which=st.integers(0, 9))
def test_a_year_is_judged_without_the_figures_of_the_years_after_it(
    judge: Judge, promises: list[Promise], which: int
) -> None:
    years = [promise.years[which % len(promise.years)] for promise in promises]
    now = [promise.known_to(year) for promise, year in zip(promises, years, strict=True)]
    then, later = judge(now), judge(promises)
    assert [found[year] for found, year in zip(then, years, strict=True)] == [
        found[year] for found, year in zip(later, years, strict=True)
    ]


@PROPERTY
@given(promises=batches(st.one_of(end_levels(), BANDS, annual_changes())), first=st.integers(0, 9))
def test_a_baseline_that_moved_counts_as_if_the_plan_had_stated_it(
    judge: Judge, promises: list[Promise], first: int
) -> None:
    moved, stated = [], []
    for promise in promises:
        begun = promise.years[first % len(promise.years)]
        since = {year: value for year, value in promise.figures.items() if year >= begun}
        moved.append(replace(promise, figures=since))
        stated.append(replace(promise, figures=since, baseline_year=begun))
    assert differences(moved, judge([*moved, *stated])) == []


@PROPERTY
@given(promises=batches(st.one_of(end_levels(), BANDS, annual_changes())), first=st.integers(0, 9))
def test_the_year_a_baseline_is_taken_from_has_no_pace(
    judge: Judge, promises: list[Promise], first: int
) -> None:
    levels = [promise for promise in promises if not promise.is_yearly_change]
    begun = [promise.years[first % len(promise.years)] for promise in levels]
    moved = [
        replace(promise, figures={year: value for year, value in promise.figures.items() if year >= start})
        for promise, start in zip(levels, begun, strict=True)
    ]
    paced = [
        (promise, year, found[year])
        for promise, year, found in zip(moved, begun, judge(moved), strict=True)
        if found[year].pace is not None
    ]
    assert paced == []
