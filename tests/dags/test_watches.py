"""The watches tell once of what has come to rest, and again only of what is new."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cotmoc.places import Places
from cotmoc.serving.airflow_environment import DAGS, airflow_environment

WATCHING = Path(__file__).with_name("watching.py")
Watch = Callable[..., Iterator[Any]]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Return an empty instance with an inbox."""
    places = Places(tmp_path / "home")
    places.events.mkdir(parents=True)
    (places.inbox / "cuc_thong_ke").mkdir(parents=True)
    return places


@pytest.fixture
def watch(places: Places) -> Iterator[Watch]:
    """Return a starter of watches that yields what they tell; ends them afterwards."""
    started: list[subprocess.Popen[str]] = []

    def start(module: str, name: str, **arguments: float) -> Iterator[Any]:
        environment = airflow_environment(places, 20_000)
        process = subprocess.Popen(
            [sys.executable, str(WATCHING), module, name, json.dumps({"home": str(places.home)} | arguments)],
            env=environment | {"PYTHONPATH": f"{DAGS / 'plugins'}"},
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        return (json.loads(line) for line in process.stdout if line.startswith("{"))

    yield start
    for process in started:
        process.kill()
        process.wait()


def put(places: Places, name: str) -> Path:
    """Put a file that has rested into the inbox, whole."""
    aside = places.home / name
    aside.write_bytes(b"x")
    rested = time.time() - 60
    os.utime(aside, (rested, rested))
    return aside.rename(places.inbox / "cuc_thong_ke" / name)


def append(places: Places, sequence: int) -> None:
    """Write an event of that number."""
    (places.events / f"{sequence:09d}.json").write_text(json.dumps({"sequence": sequence}))


def test_inbox_tells_a_batch_once_and_later_only_what_is_new(places: Places, watch: Watch) -> None:
    for name in ("a.xlsx", "b.xlsx", "c.xlsx"):
        put(places, name)
    (places.inbox / "cuc_thong_ke" / "link.xlsx").symlink_to("a.xlsx")
    (places.inbox / "cuc_thong_ke" / ".unfinished").touch()
    told = watch("inbox_watch", "InboxWatch", look_seconds=0.1)
    assert next(told) == {"files": 3}
    put(places, "d.xlsx")
    assert next(told) == {"files": 1}
    assert sorted(path.name for path in (places.inbox / "cuc_thong_ke").glob("?.xlsx"))


def test_inbox_tells_again_of_what_was_left_lying(places: Places, watch: Watch) -> None:
    put(places, "a.xlsx")
    told = watch("inbox_watch", "InboxWatch", look_seconds=0.1, again_seconds=0.5)
    assert [next(told), next(told)] == [{"files": 1}, {"files": 1}]


def test_ledger_tells_the_head_it_finds_and_every_later_one_that_rested(places: Places, watch: Watch) -> None:
    append(places, 1)
    told = watch("ledger_watch", "LedgerWatch", look_seconds=0.1, rest_seconds=1.0)
    assert next(told) == {"sequence": 1}
    append(places, 2)
    append(places, 3)
    assert next(told) == {"sequence": 3}


def test_ledger_waits_for_the_files_that_will_move_it_on(places: Places, watch: Watch) -> None:
    waiting = put(places, "a.xlsx")
    append(places, 1)
    told = watch("ledger_watch", "LedgerWatch", look_seconds=0.1, rest_seconds=0.2)
    time.sleep(3)
    append(places, 2)
    waiting.unlink()
    assert next(told) == {"sequence": 2}
