"""A check that cannot be made says nothing about the data, and says so itself."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from pydantic import ValidationError

from expectations.answers import LandingRegistry
from expectations.checking import run_suite
from expectations.gate import judge, judge_landing, judge_publishing
from expectations.landing_evidence import with_landing_evidence
from expectations.project import WITH_ROWS, open_project, to_expectation
from expectations.suite import SUITES, Suite, read_suite
from tests.expectations.test_publishing_gate import sound

SOUND = {
    "id": "value_is_positive",
    "table": "rows",
    "expectation": "expect_column_values_to_be_between",
    "kwargs": {"column": "value", "min_value": 0},
    "severity": "critical",
    "why": "A reason of some length.",
    "column": "value",
    "expected_vi": "số dương",
    "message_vi": "Ghi {found}; cần {expected}.",
}


def suite_of(*checks: dict[str, object]) -> Suite:
    """Return a suite of checks, each given by what it has different from a sound one."""
    return Suite.model_validate(
        {"suite": "planted", "why": "A reason of some length.", "checks": [SOUND | check for check in checks]}
    )


def test_check_on_a_missing_column_is_broken_and_the_others_still_speak() -> None:
    suite = suite_of({}, {"id": "planted", "kwargs": {"column": "no_such_column", "min_value": 0}})
    answer = judge(suite, {"rows": pd.DataFrame({"row_number": [5], "value": [-1.0]})}, run_name="planted")
    assert answer.is_broken
    assert not answer.may_pass
    assert [problem["rule"] for problem in answer.problems] == ["value_is_positive"]
    assert "check planted could not be made" in str(answer.broken_why)
    assert "no_such_column" in str(answer.broken_why)


def test_table_that_was_not_handed_over_is_a_broken_check() -> None:
    answer = judge(suite_of({"table": "elsewhere"}), {"rows": pd.DataFrame()}, run_name="planted")
    assert (answer.is_broken, answer.problems) == (True, [])


def test_rows_without_a_column_of_the_form_break_the_gate(
    rows: Callable[..., pd.DataFrame], registry: LandingRegistry
) -> None:
    answer = judge_landing(rows({}).drop(columns="period_start"), registry, date(2024, 1, 5))
    assert (answer.is_broken, answer.problems) == (True, [])
    assert "period_start" in str(answer.broken_why)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"severty": "critical"}, id="unknown_key"),
        pytest.param({"severity": "fatal"}, id="unknown_severity"),
        pytest.param({"why": ""}, id="no_reason"),
        pytest.param({"message_vi": "{found.__class__}"}, id="placeholder_that_reaches_into_objects"),
        pytest.param({"where": [{"column": "value", "operator": "LIKE", "value": 1}]}, id="unknown_operator"),
    ],
)
def test_entry_that_is_not_understood_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        suite_of(wrong)


def test_check_given_twice_is_refused() -> None:
    with pytest.raises(ValidationError, match="given twice: value_is_positive"):
        suite_of({}, {})


@pytest.mark.parametrize("name", sorted(path.stem for path in SUITES.glob("*.yaml")))
def test_every_shipped_check_is_an_expectation_that_exists(name: str) -> None:
    for check in read_suite(name).checks:
        assert to_expectation(check).meta == {"check": check.id}


def test_definitions_left_by_an_older_version_are_not_read(tmp_path: Path) -> None:
    first = judge_publishing(sound(), ["t1"], folder=tmp_path)
    assert not first.is_broken
    # An older version kept a validation and a checkpoint of every suite, over a source of data that is gone.
    name = "publishing__mart_target_status"
    validation = {
        "name": name,
        "id": "8f1a4c1e-0000-4000-8000-000000000001",
        "suite": {"name": name, "id": "8f1a4c1e-0000-4000-8000-000000000002"},
        "data": {
            part: {"name": "frames", "id": f"8f1a4c1e-0000-4000-8000-00000000001{number}"}
            for number, part in enumerate(("datasource", "asset", "batch_definition"))
        },
    }
    for folder in ("validation_definitions", "checkpoints"):
        (tmp_path / "gx" / folder).mkdir(exist_ok=True)
        (tmp_path / "gx" / folder / f"{name}.json").write_text(json.dumps(validation), encoding="utf-8")
    # Another process opens the project: nothing is remembered of the first.
    again = subprocess.run(
        [sys.executable, "-c", _JUDGE, str(tmp_path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
    )
    assert again.stdout.splitlines()[-1:] == ["False []"], again.stderr[-2000:]


def test_rows_are_asked_for_only_where_a_check_failed_and_are_those_of_asking_all(
    rows: Callable[..., pd.DataFrame], registry: LandingRegistry, tmp_path: Path
) -> None:
    """Against Great Expectations asked for the rows of every check at once."""
    import great_expectations as gx

    received_on = date(2024, 1, 5)
    different = (
        {},
        {"value": 635.0},
        {"value": None},
        {"indicator_code": "no_such"},
        {"status_code": "official", "period_end": date(2024, 12, 31)},
        {"value": -101.0, "source": "<b>x</b>"},
    )
    evidence = with_landing_evidence(rows(*different), registry, received_on)
    suite = read_suite("landing_so_lieu")
    findings, broken = run_suite(suite, {"rows": evidence}, tmp_path, "planted")
    ((_, checks),) = suite.tables()
    with open_project(None) as project:
        definition = project.definition("all", checks)
        batch = definition.frame.get_batch(
            batch_parameters={"dataframe": evidence.assign(row_position=range(len(evidence)))}
        )
        everything = batch.validate(
            gx.ExpectationSuite(name="again", expectations=[to_expectation(check) for check in checks]),
            result_format=WITH_ROWS,
        )
    expected = {
        entry.expectation_config.meta["check"]: sorted(
            row["row_position"] for row in entry.result["unexpected_index_list"]
        )
        for entry in everything.results
        if not entry.success
    }
    assert len(expected) > 3
    assert {finding.check.id: finding.row_positions for finding in findings} == expected
    assert broken == []
    (kept,) = (tmp_path / "gx" / "uncommitted" / "validations").rglob("*.json")
    written = json.loads(kept.read_text(encoding="utf-8"))
    assert len(written["results"]) == len(checks)
    assert {
        entry["expectation_config"]["meta"]["check"]
        for entry in written["results"]
        if entry["result"].get("unexpected_index_list")
    } == set(expected)


_JUDGE = """
import sys
from pathlib import Path
from expectations.gate import judge_publishing
from tests.expectations.test_publishing_gate import sound
answer = judge_publishing(sound(), ["t1"], folder=Path(sys.argv[1]))
print(answer.is_broken, answer.problems)
"""
