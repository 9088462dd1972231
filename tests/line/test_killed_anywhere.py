"""Killed at twenty random instants, then run again: what there is in the end is what there would have been anyway."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from cotmoc.desk import Desk, open_desk
from cotmoc.inbox import waiting_files
from cotmoc.settings import Settings
from ingestion.ledger import read_events
from tests.line.accounts import (
    assert_answered_once,
    assert_nothing_in_between,
    landed_figures,
    leftovers,
    read_receipts,
    told,
)
from tests.line.desks import a_file
from tests.line.many_workbooks import Handed, many_workbooks
from tests.line.processes import Batch

FILES = 25
KILLS = 20
DEPARTMENTS = ("cuc_thong_ke", "so_tai_chinh", "so_nnmt")


@pytest.mark.slow
def test_a_batch_killed_at_random_instants_ends_as_if_nobody_had_touched_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    chance = random.Random(seed)  # noqa: S311 - reproducible instants, no secret
    handed = many_workbooks(FILES, DEPARTMENTS)
    undisturbed = desk_with(tmp_path / "undisturbed", handed)
    with batches(undisturbed) as batch:
        batch.start()
        began = time.monotonic()
        assert batch.finish() == 0
        took = time.monotonic() - began
    killed = desk_with(tmp_path / "killed", handed)
    with batches(killed) as batch:
        for number in range(KILLS):
            batch.start()
            instant, run, gate = (
                chance.uniform(0, 2 * took / KILLS),
                chance.random() < 0.9,
                chance.random() < 0.2,
            )
            print(f"kill {number}: after {instant:.3f} s, run {run}, gate {gate or not run}")  # noqa: T201 - shown beside a failure
            time.sleep(instant)
            batch.kill(run=run, gate=gate or not run)
            assert_nothing_lost_or_doubled(killed, handed)
        batch.start()
        assert batch.finish() == 0
    assert waiting_files(killed.places) == []
    assert_answered_once(killed, handed)
    # What the killed left half-written is cleared by whoever comes an hour later.
    later = time.time() + 7200
    monkeypatch.setattr("ingestion.files.time.time", lambda: later)
    open_again(killed)
    assert leftovers(killed.places) == []
    assert_nothing_in_between(killed, handed)
    assert told(killed) == told(undisturbed)


def assert_nothing_lost_or_doubled(desk: Desk, handed: Sequence[Handed]) -> None:
    """Assert what holds at any instant: a file is in the inbox or answered, and what is landed is the ledger's."""
    events = read_events(desk.places.events)
    assert [event["sequence"] for event in events] == list(range(1, len(events) + 1))
    said = [(event["kind"] == "received", event["submission_id"]) for event in events]
    assert len(said) == len(set(said))
    answered, waiting = (
        read_receipts(desk),
        {(path.parent.name, path.name) for path in waiting_files(desk.places)},
    )
    assert {(file.department, file.name) for file in handed} == set(answered) | waiting
    decided = {event["submission_id"] for event in events if event["kind"] != "received"}
    assert {receipt["submission_id"] for receipt in answered.values()} <= decided
    accepted = {event["submission_id"] for event in events if event["kind"] == "accepted"}
    # Rows come before the word that accepts them, at most one submission ahead of it.
    landed = set(landed_figures(desk))
    assert accepted <= landed
    assert len(landed - accepted) <= 1


def desk_with(home: Path, handed: Sequence[Handed]) -> Desk:
    """Return the desk of a fresh instance in whose inbox the files lie, dropped in in their order."""
    settings = Settings(home=home)
    desk = open_desk(settings.places, settings.registry, settings.forms)
    for number, file in enumerate(handed):
        os.utime(a_file(desk.places.inbox / file.department, file.data, file.name), (number, number))
    return desk


def open_again(desk: Desk) -> Desk:
    """Return the desk of the same instance, opened anew."""
    settings = Settings(home=desk.places.home)
    return open_desk(settings.places, settings.registry, settings.forms)


@contextmanager
def batches(desk: Desk) -> Iterator[Batch]:
    """Yield the batches of an instance; whatever of them still runs is ended."""
    batch = Batch(Settings(home=desk.places.home))
    try:
        yield batch
    finally:
        batch.kill(run=True, gate=True)
