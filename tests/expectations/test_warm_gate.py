"""The warm gate answers over its socket what the cold one answers, keeps to itself, and ends."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from expectations import warm
from expectations.answers import LandingRegistry
from expectations.gate import judge_landing
from expectations.last_values import PUBLISHED_COLUMNS

RECEIVED_ON = date(2024, 1, 5)
Rows = Callable[..., pd.DataFrame]


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[tuple[Path, subprocess.Popen[bytes]]]:
    """Start a warm gate deep enough for its path to be too long for a socket address; end it afterwards."""
    folder = tmp_path / ("a_long_name_" * 12)
    folder.mkdir()
    socket = folder / "warm" / "gate.sock"
    command = [sys.executable, "-m", "expectations.warm", "--socket", str(socket)]
    process = subprocess.Popen([*command, "--quality", str(tmp_path / "quality"), "--idle-seconds", "60"])
    try:
        warm.wait_until_listening(socket, 60, lambda: process.poll() is None)
        yield socket, process
    finally:
        process.kill()
        process.wait()


def test_warm_answers_as_cold(
    gate: tuple[Path, subprocess.Popen[bytes]], tmp_path: Path, rows: Rows, registry: LandingRegistry
) -> None:
    socket, process = gate
    ask = warm.warm_gate(socket)
    hostile = {"value": 635.0, "raw_text": "<script>alert(1)</script>", "source": "<b>x</b>"}
    for frame in (rows({}), rows({}, hostile), rows({"value": None, "missing_code": "M"})):
        assert ask(frame, registry, RECEIVED_ON) == judge_landing(frame, registry, RECEIVED_ON)
    last = pd.DataFrame([rows({}).iloc[0][list(PUBLISHED_COLUMNS)].to_dict() | {"value": 0.01}])
    share = rows({"indicator_code": "poverty_rate"})
    known = replace(registry, published=last.assign(indicator_code="poverty_rate", period_end="2022-12-31"))
    assert [problem["rule"] for problem in ask(share, known, RECEIVED_ON).problems] == [
        "part_is_like_the_last_one"
    ]
    assert ask(share, known, RECEIVED_ON) == judge_landing(share, known, RECEIVED_ON)
    assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700

    warm.build_docs_and_stop(socket)
    assert process.wait(timeout=60) == 0
    assert not socket.exists()
    assert (tmp_path / "quality/gx/uncommitted/data_docs/local_site/index.html").exists()


def test_registry_crosses_once_and_another_one_is_not_mistaken_for_it(
    gate: tuple[Path, subprocess.Popen[bytes]],
    rows: Rows,
    registry: LandingRegistry,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    socket, _ = gate
    said: list[bool] = []
    plainly = warm._ask

    def listened_to(path: Path, question: dict[str, object]) -> dict[str, object]:
        said.append("registry" in question)
        return plainly(path, question)

    monkeypatch.setattr(warm, "_ask", listened_to)
    narrower = replace(
        registry, indicators=registry.indicators.assign(plausible_high="6", is_growth_rate="false")
    )
    ask, other = warm.warm_gate(socket), warm.warm_gate(socket)
    for of in (registry, registry, narrower, registry):
        for one in (ask, other):
            assert one(rows({}), of, RECEIVED_ON) == judge_landing(rows({}), of, RECEIVED_ON)
    # Each question of an unknown registry is asked twice: without it and, told that it is wanted, with it.
    assert said == [False, True] + [False] * 3 + [False, True] + [False] * 3


def test_a_gate_that_was_started_anew_is_told_the_registry_again(
    tmp_path: Path, rows: Rows, registry: LandingRegistry
) -> None:
    socket = tmp_path / "warm" / "gate.sock"
    ask = warm.warm_gate(socket)
    for _ in range(2):
        command = [sys.executable, "-m", "expectations.warm", "--socket", str(socket)]
        process = subprocess.Popen(command)
        try:
            warm.wait_until_listening(socket, 60, lambda running=process: running.poll() is None)
            assert ask(rows({}), registry, RECEIVED_ON).may_pass
        finally:
            process.kill()
            process.wait()


def test_broken_question_is_the_gates_fault_and_it_goes_on(
    gate: tuple[Path, subprocess.Popen[bytes]], rows: Rows, registry: LandingRegistry
) -> None:
    socket, _ = gate
    ask = warm.warm_gate(socket)
    answer = ask(rows({}).drop(columns="value"), registry, RECEIVED_ON)
    assert answer.is_broken
    assert ask(rows({}), registry, RECEIVED_ON).may_pass


def test_absent_gate_is_said_plainly(tmp_path: Path, rows: Rows, registry: LandingRegistry) -> None:
    with pytest.raises(warm.GateIsAwayError, match="no warm gate answers at"):
        warm.warm_gate(tmp_path / "gate.sock")(rows({}), registry, RECEIVED_ON)
    warm.build_docs_and_stop(tmp_path / "gate.sock")


def test_idle_gate_ends_by_itself(tmp_path: Path) -> None:
    socket = tmp_path / "warm" / "gate.sock"
    warm.serve(socket, None, idle_seconds=0.2)
    assert not socket.exists()


def test_nothing_but_plain_data_crosses_the_socket(
    gate: tuple[Path, subprocess.Popen[bytes]],
) -> None:
    socket, _ = gate
    assert warm._ask(socket, {"do": "import os"}) == {"error": "unknown question 'import os'"}
    assert json.loads(json.dumps(warm._ask(socket, {"do": "ping"}))) == {"is_warm": True}
