"""The macros of open_sdg and eurostat → the results their authors published, every edge rule, every band."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotmoc.evaluation import evaluate_cases
from tests.warehouse.measured import Case, Progress, case, measure, read_progress, to_number

PUBLISHED = Path(__file__).parent / "published_cases"
NOT_AVAILABLE = Progress(None, None, "not_available")


def _agree(found: float | None, published: float | None) -> bool:
    if found is None or published is None:
        return found is published
    return math.isclose(found, published, rel_tol=1e-9, abs_tol=1e-9)


@pytest.mark.parametrize(
    ("method", "file", "count"),
    [
        pytest.param("open_sdg", "statistics_canada.csv", 247, id="open_sdg_of_statistics_canada"),
        pytest.param("eurostat", "eustat.csv", 63, id="eurostat_of_eustat"),
    ],
)
def test_every_published_result_comes_out(
    methods: dict[str, str], tmp_path: Path, method: str, file: str, count: int
) -> None:
    evaluate_cases(PUBLISHED / file, tmp_path / "out.csv", lambda: methods[method])
    with (PUBLISHED / file).open(encoding="utf-8", newline="") as text:
        published = list(csv.DictReader(text))
    found = read_progress(tmp_path / "out.csv")
    assert len(found) == len(published) == count
    assert [
        (row["series"], progress)
        for row, progress in zip(published, found, strict=True)
        if not _agree(progress.value, to_number(row["published_value"]))
        or not _agree(progress.score, to_number(row["published_score"]))
        or progress.status != row["published_status"]
    ] == []


def test_where_eustat_departs_from_the_rules_the_rules_hold(methods: dict[str, str]) -> None:
    """EUSTAT's 5-5-1 scales the lower bound -0.01 by C as well, and gives a fall from the limit itself score 5."""
    near, at = measure(
        methods["eurostat"],
        [
            case(48.1, 44.4, current_year=2025, limit=50),
            case(50, 46.7, current_year=2025, limit=50),
        ],
    )
    assert (near.status, near.score) == ("moderate_deterioration", pytest.approx(-1.993080472851988))
    assert (at.status, at.score) == ("moderate_deterioration", pytest.approx(250 * -0.006804627037080846))


TO_TEN = {"target": 10, "target_year": 2030}
EDGES: list[tuple[str, Case, str, str]] = [
    ("years_less_than_one_apart", case(1, 2, current_year=2015), "not_available", "not_available"),
    ("base_after_last", case(1, 2, base_year=2021), "not_available", "not_available"),
    ("met_but_base_after_last", case(1, 20, base_year=2021, **TO_TEN), "not_available", "not_available"),
    ("base_and_value_of_opposite_sign", case(-1, 2), "not_available", "not_available"),
    ("zero_base_and_negative_value", case(0, -2), "not_available", "not_available"),
    ("base_and_target_of_opposite_sign", case(-1, -2, target=1), "not_available", "not_available"),
    ("negative_base_and_target_zero", case(-1, -2, target=0), "not_available", "not_available"),
    ("target_year_is_base_year", case(1, 20, target=10, target_year=2015), "not_available", "not_available"),
    ("target_year_before_base_year", case(1, 2, target=10, target_year=2010), "not_available", "not_available"),
    ("value_missing", case(1, ""), "not_available", "not_available"),
    ("base_value_missing", case("", 1), "not_available", "not_available"),
    ("last_year_missing", case(1, 2, current_year=""), "not_available", "not_available"),
    ("target_is_base_and_met", case(5, 5, target=5), "target_achieved", "significant_progress"),
    ("target_is_base_and_not_met", case(5, 4, target=5), "not_available", "not_available"),
    ("met_exactly", case(5, 10, **TO_TEN), "target_achieved", "significant_progress"),
    ("met_from_above_by_falling", case(12, 11, **TO_TEN), "target_achieved", "significant_progress"),
    ("met_though_worse_than_before", case(2, 9, direction=-1, **TO_TEN), "target_achieved", "significant_progress"),
    ("fallen_to_zero_where_less_is_better", case(2, 0, direction=-1), "substantial_progress", "significant_progress"),
    ("fallen_to_zero_where_more_is_better", case(2, 0), "deterioration", "significant_deterioration"),
    ("no_change_without_target", case(2, 2), "limited_progress", "no_progress"),
    ("no_change_with_target", case(2, 2, **TO_TEN), "limited_progress", "moderate_deterioration"),
    ("negative_and_rising_where_more_is_better", case(-4, -2), "substantial_progress", "significant_progress"),
    ("negative_and_falling_where_more_is_better", case(-2, -4), "deterioration", "significant_deterioration"),
    ("at_the_limit_and_kept", case(100, 100, limit=100), "substantial_progress", "significant_progress"),
    ("at_the_limit_and_lost", case(100, 99, limit=100), "deterioration", "moderate_deterioration"),
    ("target_year_idle_without_target", case(1, 2, target_year=2010), "substantial_progress", "significant_progress"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("given_case", "open_sdg", "eurostat"), [pytest.param(*edge[1:], id=edge[0]) for edge in EDGES]
)
def test_edge_rules(methods: dict[str, str], given_case: Case, open_sdg: str, eurostat: str) -> None:
    for method, status in (("open_sdg", open_sdg), ("eurostat", eurostat)):
        (found,) = measure(methods[method], [given_case])
        assert found.status == status
        if status == "not_available":
            assert found == NOT_AVAILABLE


@pytest.mark.parametrize(
    ("written", "means"),
    [
        pytest.param(case(0, 2), case(0.001, 2), id="base_of_zero"),
        pytest.param(
            case(5, 2, direction=-1, target=0),
            case(5, 2, direction=-1, target=0.001),
            id="target_of_zero",
        ),
        pytest.param(case(0, 0, direction=-1), case(0.001, 0, direction=-1), id="zero_all_along"),
        pytest.param(case(1, 2, base_year=""), case(1, 2, base_year=2015), id="base_year_missing"),
        pytest.param(case(1, 2, target=9), case(1, 2, target=9, target_year=2030), id="target_year_missing"),
        pytest.param(case(1, 2, base_year="2015-16"), case(1, 2), id="school_year"),
        pytest.param(case(1, 2, base_year="2015/2016"), case(1, 2), id="year_with_a_stroke"),
        pytest.param(case(1, 2, current_year="2020.0"), case(1, 2), id="year_as_a_decimal"),
        pytest.param(case(1, 2, limit=0), case(1, 2), id="limit_of_zero"),
        pytest.param(case(50, 51, limit=25), case(50, 51), id="limit_half_the_base"),
        pytest.param(case(-3, -2, limit=-4), case(-3, -2, limit=4), id="limit_without_its_sign"),
        pytest.param(case(3, 4, target=9, limit=4), case(3, 4, target=9), id="limit_beside_a_target"),
        pytest.param(case(1, 2, direction="+1.0"), case(1, 2), id="direction_as_a_decimal"),
        pytest.param(case(1, 2, direction="Higher_better"), case(1, 2), id="direction_as_a_word"),
        pytest.param(case(1, 2, direction="negative"), case(1, 2, direction=-1), id="direction_negative"),
        pytest.param(
            case(1, 2, direction=" lower_better"), case(1, 2, direction="-1.0"), id="direction_lower"
        ),
    ],
)
@pytest.mark.parametrize("method", ["open_sdg", "eurostat"])
def test_one_case_written_two_ways_is_one_case(
    methods: dict[str, str], method: str, written: Case, means: Case
) -> None:
    first, second = measure(methods[method], [written, means])
    assert first == second
    assert first.status != "not_available"


# value, coefficient of the limit → status and score, by macro; `r` macros take no coefficient.
BANDS: dict[str, list[tuple[float, float, str, float]]] = {
    "open_sdg_to_target": [
        (0.95, 1, "substantial_progress", 2.500055),
        (0.9499999, 1, "moderate_progress", 7.1429 * 0.9499999 - 4.2857),
        (0.6, 1, "moderate_progress", 7.1429 * 0.6 - 4.2857),
        (0.5999999, 1, "limited_progress", 4.1667 * 0.5999999 - 2.5),
        (0, 1, "limited_progress", -2.5),
        (-1e-9, 1, "deterioration", -2.5 - 4.1667e-9),
        (1.4, 1, "substantial_progress", 5),
        (-0.7, 1, "deterioration", -5),
    ],
    "open_sdg": [
        (0.015, 1, "substantial_progress", 2.5),
        (0.0149999, 1, "moderate_progress", 250 * 0.0149999 - 1.25),
        (0.005, 1, "moderate_progress", 0),
        (0.0049999, 1, "limited_progress", 500 * 0.0049999 - 2.5),
        (0, 1, "limited_progress", -2.5),
        (-0.001, 1, "deterioration", -2.625),
        (0.02, 1, "substantial_progress", 5),
        (-0.02, 1, "deterioration", -5),
        (0.0075, 0.5, "substantial_progress", 2.5),
        (0.0025, 0.5, "moderate_progress", 0),
        (-0.001, 0.5, "deterioration", -2.625),
        (0, 0, "substantial_progress", 5),
        (-0.001, 0, "deterioration", -2.625),
    ],
    "eurostat_to_target": [
        (1.31, 1, "significant_progress", 5),
        (1.3, 1, "significant_progress", 5),
        (0.95, 1, "significant_progress", 2.5),
        (0.9499999, 1, "moderate_progress", 5 / 0.7 * (0.9499999 - 0.6)),
        (0.6, 1, "moderate_progress", 0),
        (0.5999999, 1, "moderate_deterioration", 5 / 1.2 * 1.1999999 - 5),
        (0, 1, "moderate_deterioration", -2.5),
        (-1e-9, 1, "significant_deterioration", -2.5 - 1e-9 / 0.24),
        (-0.6, 1, "significant_deterioration", -5),
        (-0.7, 1, "significant_deterioration", -5),
    ],
    "eurostat": [
        (0.01, 1, "significant_progress", 2.5),
        (0.0099999, 1, "moderate_progress", 2.499975),
        (0.001, 1, "moderate_progress", 0.25),
        (0.0009999, 1, "no_progress", 0.249975),
        (0, 1, "no_progress", 0),
        (-0.001, 1, "no_progress", -0.25),
        (-0.0010001, 1, "moderate_deterioration", -0.250025),
        (-0.01, 1, "moderate_deterioration", -2.5),
        (-0.0100001, 1, "significant_deterioration", -2.500025),
        (0.03, 1, "significant_progress", 5),
        (-0.03, 1, "significant_deterioration", -5),
        (0.005, 0.5, "significant_progress", 2.5),
        (0.0005, 0.5, "moderate_progress", 0.25),
        (-0.001, 0.5, "no_progress", -0.25),
        (-0.01, 0.5, "moderate_deterioration", -2.5),
        (0, 0, "significant_progress", 5),
        (-0.005, 0, "moderate_deterioration", -1.25),
    ],
}


@pytest.mark.parametrize(
    ("macro", "value", "coefficient", "status", "score"),
    [
        pytest.param(macro, *band, id=f"{macro} {band[0]} C={band[1]}")
        for macro in BANDS
        for band in BANDS[macro]
    ],
)
def test_bands_at_their_very_edges(
    methods: dict[str, str], macro: str, value: float, coefficient: float, status: str, score: float
) -> None:
    with duckdb.connect() as connection:
        connection.execute(
            "create table edges as select cast(? as double) as v, cast(? as double) as c",
            [value, coefficient],
        )
        found = connection.execute(f"select {methods[f'bands of {macro}']} from edges").fetchone()
    assert found == (status, pytest.approx(score, rel=1e-12, abs=1e-12))


def test_columns_of_another_table_may_be_any_expressions(methods: dict[str, str]) -> None:
    with duckdb.connect() as connection:
        connection.execute(
            "create table goals as select 'k' as key, 40 as y0, 57.0 as y, 100 as t, 'up' as good"
        )
        found = connection.execute(methods["over a table of another shape"]).fetchall()
    assert [row[:5] for row in found] == [("k", 40, 57.0, 100, "up")]
    assert found[0][5:] == (
        pytest.approx(0.964807, abs=5e-7),
        pytest.approx(2.605820, abs=5e-6),
        "substantial_progress",
    )


magnitudes = st.floats(0.01, 1e6)
directions = st.sampled_from([1, -1])


@st.composite
def measurable_cases(draw: st.DrawFn) -> dict[str, object]:
    return case(
        draw(magnitudes),
        draw(magnitudes),
        base_year=draw(st.integers(2010, 2020)),
        current_year=draw(st.integers(2021, 2030)),
        direction=draw(directions),
        target=draw(st.one_of(st.just(""), magnitudes)),
        limit=draw(st.one_of(st.just(""), magnitudes)),
    )


def _times(given_case: Case, factor: float) -> dict[str, object]:
    names = ("base_value", "current_value", "target", "limit")
    return {
        name: cell * factor if name in names and isinstance(cell, float) else cell
        for name, cell in given_case.items()
    }


batches = st.lists(measurable_cases(), min_size=1, max_size=30)


@pytest.mark.parametrize("method", ["open_sdg", "eurostat"])
@settings(max_examples=20, deadline=None)
@given(cases=batches, power=st.integers(-20, 20))
def test_the_unit_of_measure_changes_nothing(
    methods: dict[str, str], method: str, cases: list[Case], power: int
) -> None:
    found = measure(methods[method], [*cases, *(_times(one, 2.0**power) for one in cases)])
    assert found[len(cases) :] == found[: len(cases)]


@pytest.mark.parametrize("method", ["open_sdg", "eurostat"])
@settings(max_examples=20, deadline=None)
@given(cases=batches)
def test_the_mirror_image_of_a_case_has_its_progress(
    methods: dict[str, str], method: str, cases: list[Case]
) -> None:
    mirrored = (_times(one, -1.0) | {"direction": -int(str(one["direction"]))} for one in cases)
    found = measure(methods[method], [*cases, *mirrored])
    assert found[len(cases) :] == found[: len(cases)]


@pytest.mark.parametrize("method", ["open_sdg", "eurostat"])
@settings(max_examples=20, deadline=None)
@given(cases=batches)
def test_a_met_target_scores_5_and_every_score_lies_from_minus_5_to_5(
    methods: dict[str, str], method: str, cases: list[Case]
) -> None:
    for one, found in zip(cases, measure(methods[method], cases), strict=True):
        value, target, direction = (one[name] for name in ("current_value", "target", "direction"))
        if (
            isinstance(target, float)
            and isinstance(value, float)
            and (value - target) * int(str(direction)) >= 0
        ):
            assert found.score == 5
        if found.score is not None:
            assert -5 <= found.score <= 5
        assert (found.score is None) == (found.status == "not_available")
