"""The plan as data is the published plan, and the registers cover every target and every figure."""

import hashlib
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

Rows = list[dict[str, str]]
Seed = Callable[[str], Rows]

# Digests of the reference data as it was received: these files are copied, never edited.
PUBLISHED = {
    "plans": "2feb64596565d4787eba80448b55d141ba334a63d9b2238e58134612012f2677",
    "targets": "22332e1599e12e5b7e5cc052dda2b2500b99048710e7afdd9c5d2aa3763bb14f",
    "policies": "8e77138fece99cb7a09039c9d91c57386e9eb7c9aec8e34c9a2c05b8bb92f627",
}
KINDS = {
    "end_level", "average_growth", "cumulative", "every_year", "annual_change", "increment", "milestone",
}  # fmt: skip


@pytest.fixture(scope="module")
def indicators(seed: Seed) -> dict[str, dict[str, str]]:
    return {row["indicator_code"]: row for row in seed("indicators")}


@pytest.fixture(scope="module")
def conversion(seed: Seed) -> Callable[[str, str], float | None]:
    units = {row["unit_of_measure"]: row for row in seed("units_of_measure")}

    def factor(unit: str, other: str) -> float | None:
        if units[unit]["dimension"] != units[other]["dimension"]:
            return None
        return float(units[unit]["factor"]) / float(units[other]["factor"])

    return factor


@pytest.mark.parametrize("name", PUBLISHED)
def test_reference_data_is_byte_for_byte_as_published(seeds_folder: Path, name: str) -> None:
    content = (seeds_folder / f"{name}.csv").read_bytes()
    assert hashlib.sha256(content).hexdigest() == PUBLISHED[name], f"{name}.csv was edited"


def test_all_81_targets_are_there_48_of_bac_kan_and_33_of_thai_nguyen(seed: Seed) -> None:
    targets = seed("targets")
    assert len({row["target_code"] for row in targets}) == len(targets) == 81
    assert Counter(row["admin_unit_code"] == "tinh_bac_kan" for row in targets) == {True: 48, False: 33}
    assert {row["kind"] for row in targets} == KINDS
    assert len(seed("plans")) == 9


def test_indicators_are_the_union_of_codes_in_targets_and_observations(
    seed: Seed, observations: Rows, indicators: dict[str, dict[str, str]]
) -> None:
    used = {row["indicator_code"] for row in [*seed("targets"), *observations]}
    assert set(indicators) == used
    assert all(row["name_vi"] and row["name_en"] for row in indicators.values())


def test_units_of_measure_are_the_union_of_codes_in_targets_and_observations(
    seed: Seed, observations: Rows
) -> None:
    used = {row["unit_of_measure"] for row in [*seed("targets"), *observations]} - {""}
    assert {row["unit_of_measure"] for row in seed("units_of_measure")} == used


def test_an_indicator_is_judged_in_the_unit_of_its_targets_except_the_poverty_rate(
    seed: Seed, indicators: dict[str, dict[str, str]]
) -> None:
    for target in seed("targets"):
        if target["indicator_code"] != "poverty_rate":
            assert indicators[target["indicator_code"]]["unit_of_measure"] == target["unit_of_measure"]
    assert indicators["poverty_rate"]["unit_of_measure"] == "percent"


def test_every_figure_converts_into_the_unit_of_its_indicator_and_of_its_targets(
    seed: Seed,
    observations: Rows,
    indicators: dict[str, dict[str, str]],
    conversion: Callable[[str, str], float | None],
) -> None:
    wanted = {
        (row["unit_of_measure"], indicators[row["indicator_code"]]["unit_of_measure"]) for row in observations
    }
    wanted |= {
        (figure["unit_of_measure"], target["unit_of_measure"])
        for target in seed("targets")
        for figure in observations
        if target["indicator_code"] == figure["indicator_code"]
    }
    without = sorted(pair for pair in wanted if conversion(*pair) is None)
    assert not without


def test_known_conversions_come_out_and_money_has_no_exchange_rate(
    conversion: Callable[[str, str], float | None],
) -> None:
    assert conversion("million_vnd", "billion_vnd") == 0.001
    assert conversion("trillion_vnd", "billion_vnd") == 1000
    assert conversion("million_visitor", "visitor") == 1_000_000
    assert conversion("million_person", "thousand_person") == 1000
    assert conversion("percent", "percentage_point") == 1
    assert conversion("hectare", "km2") == 0.01
    assert conversion("billion_usd", "billion_vnd") is None
    assert conversion("usd_per_person", "million_vnd_per_person") is None
    assert conversion("score_percent", "percent") is None


def test_every_plausible_range_holds_the_real_values_and_the_targets(
    seed: Seed,
    observations: Rows,
    indicators: dict[str, dict[str, str]],
    conversion: Callable[[str, str], float | None],
) -> None:
    figures = [(row, row["value"]) for row in observations if row["load"] == "yes"]
    for name in ("target_low", "target_high"):
        figures += [(row, row[name]) for row in seed("targets") if row[name]]
    for row, text in figures:
        indicator = indicators[row["indicator_code"]]
        value = float(text) * (
            conversion(row["unit_of_measure"], indicator["unit_of_measure"]) or float("nan")
        )
        low = float(indicator["plausible_low"] or "-inf")
        high = float(indicator["plausible_high"] or "inf")
        assert low <= value <= high, f"{row} is outside {low} … {high}"


def test_every_published_wording_of_a_unit_is_a_label_or_alias_of_that_unit(
    seed: Seed, observations: Rows
) -> None:
    words = {
        row["unit_of_measure"]: {row["name_vi"], *row["aliases_vi"].split("|")}
        for row in seed("units_of_measure")
    }
    # "%" is the plain percent, so the index scores that print it are told apart by their registered label.
    unknown = {
        (row["unit_of_measure"], row["unit_as_published"])
        for row in observations
        if row["load"] == "yes" and row["unit_as_published"] not in words[row["unit_of_measure"]]
    }
    assert unknown == {("score_percent", "%")}


def test_every_figure_is_handed_in_by_a_department_that_existed_when_it_was_published(
    seed: Seed, observations: Rows
) -> None:
    departments = {row["department_code"]: row for row in seed("departments")}
    for row in observations:
        department, day = departments[row["submitter_department"]], date.fromisoformat(row["published_on"])
        assert day <= date.fromisoformat(department["valid_to"] or "9999-12-31"), row["observation_id"]
        assert day >= date.fromisoformat(department["valid_from"] or "0001-01-01"), row["observation_id"]


def test_statuses_and_authorities_of_the_figures_are_registered(seed: Seed, observations: Rows) -> None:
    statuses = {row["status_code"] for row in seed("statuses")}
    authorities = {row["source_authority_code"] for row in seed("source_authorities")}
    methods = {(row["method_version"], row["indicator_code"]) for row in seed("methods")}
    for row in observations:
        assert row["status"] in statuses
        assert row["source_authority"] in authorities
        assert not row["method_version"] or (row["method_version"], row["indicator_code"]) in methods
