"""Hypothesis → promises of every kind: decimals of few digits, so that a change of unit is exact to twelve."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import strategies as st

from tests.warehouse.promised import Promise

ONE_SIDED = {"higher_better": (">=", ">", "~", "between"), "lower_better": ("<=", "<", "~", "between")}
QUALIFIERS = st.sampled_from([">", "<", "~", None])


def decimals(low: float, high: float, places: int = 2) -> st.SearchStrategy[float]:
    """Return numbers from low to high with at most `places` decimals."""
    scale = 10**places
    return st.integers(round(low * scale), round(high * scale)).map(lambda units: units / scale)


@st.composite
def periods(draw: st.DrawFn, shortest: int = 1) -> tuple[int, int]:
    """Return the first and last year of a period of at most ten years."""
    start = draw(st.integers(2021, 2025))
    return start, start + draw(st.integers(shortest, 10)) - 1


@st.composite
def figures(draw: st.DrawFn, years: Iterable[int], values: st.SearchStrategy[float]) -> dict[int, float]:
    """Return a value for each of the years."""
    listed = list(years)
    return dict(zip(listed, draw(st.lists(values, min_size=len(listed), max_size=len(listed))), strict=True))


@st.composite
def end_levels(
    draw: st.DrawFn, path: str | None = None, two_sided: bool = False, ahead: bool = False
) -> Promise:
    """Return a level to reach, its baseline a tenth or more away from it; `ahead`: on the side still to be gone."""
    start, end = draw(periods(shortest=2))
    path = path or draw(st.sampled_from(["linear", "geometric"]))
    values = decimals(1, 1000) if path == "geometric" else decimals(-1000, 1000)
    direction = "toward" if two_sided else draw(st.sampled_from(sorted(ONE_SIDED)))
    comparator = "~" if two_sided else draw(st.sampled_from(ONE_SIDED[direction]))
    sign = -1 if direction == "lower_better" else 1
    bound, base = draw(
        st.tuples(values, values)
        .map(lambda pair: tuple(sorted(pair, reverse=sign == 1)) if ahead else pair)
        .filter(lambda pair: abs(pair[0] - pair[1]) >= max(0.1 * abs(pair[0]), 0.1 * abs(pair[1]), 1))
    )
    return Promise(
        "end_level",
        comparator,
        bound,
        {start - 1: base, **draw(figures(range(start, end + 1), values))},
        far_bound=round(bound + sign * draw(decimals(0.01, 50)), 2) if comparator == "between" else None,
        direction=direction,
        path=path,
        period_start=start,
        period_end=end,
        baseline_year=start - 1,
    )


@st.composite
def average_growths(draw: st.DrawFn) -> Promise:
    """Return a growth of so many percent a year on average."""
    start, end = draw(periods())
    bound, comparator = draw(decimals(0.1, 30)), draw(st.sampled_from(ONE_SIDED["higher_better"]))
    return Promise(
        "average_growth",
        comparator,
        bound,
        draw(figures(range(start, end + 1), decimals(-60, 120))),
        far_bound=round(bound + draw(decimals(0.1, 5)), 2) if comparator == "between" else None,
        period_start=start,
        period_end=end,
    )


@st.composite
def cumulatives(draw: st.DrawFn) -> Promise:
    """Return a total over the period, spread evenly or by shares of the plan's own."""
    start, end = draw(periods())
    years = range(start, end + 1)
    shares = draw(figures(years, decimals(0.5, 100)))
    is_phased = draw(st.booleans())
    return Promise(
        "cumulative",
        draw(st.sampled_from([">=", ">", "~"])),
        round(sum(shares.values()), 2) if is_phased else round(draw(decimals(0.5, 100)) * len(years), 2),
        draw(figures(years, decimals(0, 120))),
        period_start=start,
        period_end=end,
        phasing=shares if is_phased else {},
    )


@st.composite
def annual_changes(draw: st.DrawFn) -> Promise:
    """Return so many points a year: of a level that falls or rises, or summed where the figures are changes."""
    start, end = draw(periods())
    is_yearly_change = draw(st.booleans())
    bound, comparator = draw(decimals(0.1, 5)), draw(st.sampled_from([">=", ">", "between"]))
    years = range(start if is_yearly_change else start - 1, end + 1)
    return Promise(
        "annual_change",
        comparator,
        bound,
        draw(figures(years, decimals(-10, 10) if is_yearly_change else decimals(0, 100))),
        far_bound=round(bound + draw(decimals(0.1, 2)), 2) if comparator == "between" else None,
        period_start=start,
        period_end=end,
        baseline_year=start - 1,
        is_yearly_change=is_yearly_change,
        is_fall=not is_yearly_change and draw(st.booleans()),
    )


@st.composite
def increments(draw: st.DrawFn) -> Promise:
    """Return so much more, or so much less, within each year."""
    start, end = draw(periods())
    direction = draw(st.sampled_from(sorted(ONE_SIDED)))
    size = draw(decimals(0.5, 20))
    return Promise(
        "increment",
        draw(st.sampled_from(ONE_SIDED[direction][:2])),
        size if direction == "higher_better" else -size,
        draw(figures(range(start - 1, end + 1), decimals(0, 200))),
        direction=direction,
        period_start=start,
        period_end=end,
    )


@st.composite
def every_years(draw: st.DrawFn, two_sided: bool = False) -> Promise:
    """Return a threshold to be kept in every year, from one side or within a band."""
    start, end = draw(periods())
    direction = "toward" if two_sided else draw(st.sampled_from(sorted(ONE_SIDED)))
    return Promise(
        "every_year",
        "~" if two_sided else draw(st.sampled_from(ONE_SIDED[direction][:3])),
        draw(decimals(1, 9, 0)),
        draw(figures(range(start, end + 1), decimals(0, 10, 0))),
        direction=direction,
        period_start=start,
        period_end=end,
    )


ONE_SIDED_PROMISES = st.one_of(
    end_levels(), average_growths(), cumulatives(), annual_changes(), increments(), every_years()
)
WINDOWED_PROMISES = st.one_of(
    average_growths(), cumulatives(), annual_changes().filter(lambda promise: promise.is_yearly_change)
)


TWO_SIDED_PROMISES = st.one_of(end_levels(path="linear", two_sided=True), every_years(two_sided=True))
PROMISES = st.one_of(ONE_SIDED_PROMISES, TWO_SIDED_PROMISES)


@st.composite
def troubled(draw: st.DrawFn, promises: st.SearchStrategy[Promise]) -> Promise:
    """Return one of the promises with holes, disputes, qualifiers, zeros, and what no plan would write."""
    promise = draw(promises)
    years = sorted(promise.figures)
    known = draw(st.sets(st.sampled_from(years))) if draw(st.booleans()) else set(years)
    odd_values = st.sampled_from([0.0, -100.0, -150.0, 1e-9, 1e12, -1e12, promise.bound])
    odd_years = draw(st.dictionaries(st.sampled_from(years), odd_values, max_size=2))
    return replace(
        promise,
        bound=0.0 if draw(st.integers(0, 9)) == 0 else promise.bound,
        figures={year: value for year, value in {**promise.figures, **odd_years}.items() if year in known},
        qualifiers={year: mark for year in years if (mark := draw(QUALIFIERS))},
        disputed=draw(st.frozensets(st.sampled_from(years), max_size=2))
        if draw(st.booleans())
        else frozenset(),
        baseline_year=promise.baseline_year + draw(st.sampled_from([0, 0, 0, -1, -5])),
        is_structure_share=draw(st.booleans()),
        figures_unit=draw(st.sampled_from(["score"] * 9 + ["percent"])),
    )


def batches(promises: st.SearchStrategy[Promise]) -> st.SearchStrategy[list[Promise]]:
    """Return a few dozen promises, judged in one go."""
    return st.lists(promises, min_size=20, max_size=40)
