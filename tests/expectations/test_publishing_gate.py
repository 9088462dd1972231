"""The publishing door: complete, reasoned and traceable marts pass, and each hole is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from expectations.gate import judge_publishing

Frames = dict[str, pd.DataFrame]
STATUS: dict[str, Any] = {
    "territory_view": "as_reported",
    "target_code": "t1",
    "evaluation_year": 2024,
    "kind": "average_growth",
    "actual_value": 5.74,
    "actual_status": "preliminary",
    "path_value": 7.5,
    "pace": 0.772,
    "verdict_code": "needs_acceleration",
    "verdict_name_vi": "Cần đẩy nhanh",
    "reason_vi": "Bình quân 5,74 %/năm, cần 7,5 %",
    "is_latest": True,
}
OBSERVATION = {
    "observation_key": "o1",
    "submission_id": "s1",
    "vintage": 1,
    "indicator_code": "grdp_growth",
    "period_text": "2024",
}
PROVENANCE = {
    "observation_key": "o1",
    "submission_id": "s1",
    "file_name": "a.xlsx",
    "sha256": "0" * 64,
    "sheet": "Số liệu",
    "cell": "G5",
    "submitted_by": "Cán bộ",
    "justified_by": None,
    "requires_approval": True,
    "approved_by": "Người duyệt",
}


def sound() -> Frames:
    """Return marts of one target judged in two years, on one traceable figure."""
    earlier = STATUS | {"evaluation_year": 2023, "is_latest": False}
    return {
        "mart_target_status": pd.DataFrame([earlier, STATUS]),
        "mart_observations": pd.DataFrame([OBSERVATION]),
        "mart_provenance": pd.DataFrame([PROVENANCE]),
    }


def rules(frames: Frames, targets: list[str], quality: Path) -> set[str]:
    """Return the rules the marts break. The gate itself must be whole."""
    answer = judge_publishing(frames, targets, folder=quality)
    assert not answer.is_broken, answer.broken_why
    assert answer.may_pass is not bool(answer.problems)
    return {problem["rule"] for problem in answer.problems}


def test_complete_marts_pass(quality: Path) -> None:
    assert rules(sound(), ["t1"], quality) == set()


def test_silent_target_is_named(quality: Path) -> None:
    answer = judge_publishing(sound(), ["t1", "t2", "t3"], folder=quality)
    assert [problem["found"] for problem in answer.problems] == ["t2", "t3"]


def _set(mart: str, column: str, value: object) -> Callable[[Frames], None]:
    def change(frames: Frames) -> None:
        values = list(frames[mart][column])
        frames[mart] = frames[mart].assign(**{column: pd.Series([*values[:-1], value], dtype=object)})

    return change


def _append(mart: str, row: dict[str, Any]) -> Callable[[Frames], None]:
    def change(frames: Frames) -> None:
        frames[mart] = pd.concat([frames[mart], pd.DataFrame([row])], ignore_index=True)

    return change


STATUS_MART, SOURCES = "mart_target_status", "mart_provenance"


@pytest.mark.parametrize(
    ("hole", "rule"),
    [
        pytest.param(_set(STATUS_MART, "verdict_code", None), "verdict_is_given", id="no_verdict"),
        pytest.param(_set(STATUS_MART, "verdict_code", "so_so"), "verdict_is_known", id="unknown_verdict"),
        pytest.param(_set(STATUS_MART, "verdict_name_vi", None), "verdict_name_is_given", id="no_name"),
        pytest.param(_set(STATUS_MART, "verdict_name_vi", " "), "verdict_has_a_name", id="blank_name"),
        pytest.param(_set(STATUS_MART, "reason_vi", None), "reason_is_given", id="no_reason"),
        pytest.param(_set(STATUS_MART, "reason_vi", "  "), "reason_is_not_blank", id="blank_reason"),
        pytest.param(_set(STATUS_MART, "path_value", None), "pace_only_with_a_path", id="pace_without_path"),
        pytest.param(_set(STATUS_MART, "actual_value", None), "judged_on_a_figure", id="judged_on_nothing"),
        pytest.param(
            _set(STATUS_MART, "actual_status", "plan"), "plan_is_never_an_actual", id="plan_as_actual"
        ),
        pytest.param(_append(STATUS_MART, STATUS), "one_row_for_a_target_and_year", id="two_answers"),
        pytest.param(
            _append(STATUS_MART, STATUS | {"evaluation_year": 2022}), "latest_is_one", id="two_latest_rows"
        ),
        pytest.param(_append("mart_observations", OBSERVATION), "vintage_is_given_once", id="counted_double"),
        pytest.param(_set(SOURCES, "observation_key", "o9"), "figure_has_a_file", id="no_source_row"),
        pytest.param(_set(SOURCES, "sha256", "abc"), "figure_has_its_bytes", id="not_a_hash"),
        pytest.param(_set(SOURCES, "cell", None), "figure_has_a_cell", id="no_cell"),
        pytest.param(_set(SOURCES, "submitted_by", None), "figure_has_a_submitter", id="nobody_submitted"),
        pytest.param(_set(SOURCES, "approved_by", None), "figure_has_an_approver", id="nobody_approved"),
        pytest.param(_set(SOURCES, "approved_by", "Cán bộ"), "figure_has_two_people", id="two_eyes"),
        pytest.param(
            _set(SOURCES, "justified_by", "Người duyệt"),
            "figure_has_two_people",
            id="explained_by_the_approver",
        ),
    ],
)
def test_a_hole_is_found(hole: Callable[[Frames], None], rule: str, quality: Path) -> None:
    frames = sound()
    hole(frames)
    assert rule in rules(frames, ["t1"], quality)


def test_a_figure_of_a_form_that_needs_no_approval_is_publishable_without_one(quality: Path) -> None:
    frames = sound()
    _set(SOURCES, "approved_by", None)(frames)
    _set(SOURCES, "requires_approval", False)(frames)
    assert rules(frames, ["t1"], quality) == set()


def test_no_figures_at_all_is_publishable(quality: Path) -> None:
    silent = STATUS | {"verdict_code": "no_data", "actual_value": None, "actual_status": None, "pace": None}
    frames = {
        "mart_target_status": pd.DataFrame([silent]),
        "mart_observations": pd.DataFrame(columns=list(OBSERVATION)),
        "mart_provenance": pd.DataFrame(columns=list(PROVENANCE)),
    }
    assert rules(frames, ["t1"], quality) == set()


def test_mart_that_is_missing_breaks_the_gate_and_judges_nothing() -> None:
    frames = sound()
    del frames["mart_provenance"]
    answer = judge_publishing(frames, ["t1"])
    assert answer.is_broken
    assert not answer.may_pass
    assert answer.problems == []
    assert "mart_provenance" in str(answer.broken_why)
