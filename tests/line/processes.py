"""Work of the line in real processes of their own: several at once, or killed at a chosen step.

They are forked from a server that has pandas and DuckDB imported already, so that each starts in milliseconds.
"""

from __future__ import annotations

import functools
import json
import multiprocessing
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import cotmoc.confirming
import cotmoc.intake
import cotmoc.justifying
import cotmoc.marked_copies
import cotmoc.reception
from cotmoc.serving import batch
from cotmoc.serving.processes import processes_of
from cotmoc.settings import Settings
from expectations.warm import warm_gate
from ingestion.ledger import Ledger
from ingestion.receipts import Receipt
from tests.line.desks import desk_at, warn_in_every_row

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["pandas", "duckdb", "tests.line.processes"])
_SECONDS = 120

# Step → the object and attribute under which the line finds it.
_STEPS: dict[str, tuple[Any, str]] = {
    "land_raw": (cotmoc.reception, "land_raw"),
    "land_evidence": (cotmoc.confirming, "land_raw"),
    "append": (Ledger, "append"),
    "land_rows": (cotmoc.reception, "land_rows"),
    "write_receipt": (cotmoc.reception, "write_receipt"),
    "mark_copy": (cotmoc.marked_copies, "mark_copy"),
    "write_marked_copy": (cotmoc.marked_copies, "write_whole"),
    "remove_slip": (cotmoc.intake, "remove_slip"),
    "remove_arrival": (cotmoc.intake, "remove_arrival"),
}


def take_in_and_die(home: Path, file: Path, step: str) -> int | None:
    """Take a file in and be killed (SIGKILL) on the way, e.g. at `before:land_rows`; return the exit code."""
    process = _CONTEXT.Process(target=_take_in_and_die, args=(home, file, step))
    process.start()
    process.join(_SECONDS)
    return process.exitcode


def hand_in_at_once(home: Path, people: Sequence[tuple[str, str, Sequence[Path]]]) -> list[tuple[str, str]]:
    """Let each (department, person, files) hand in at the same time; return (state, id) of every receipt."""
    answers = [home / f"answers-{number}.json" for number in range(len(people))]
    barrier = _CONTEXT.Barrier(len(people))
    processes = [
        _CONTEXT.Process(target=_hand_in, args=(home, *person, barrier, answer))
        for person, answer in zip(people, answers, strict=True)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(_SECONDS)
        assert process.exitcode == 0
    return [(state, found) for answer in answers for state, found in json.loads(answer.read_text())]


def justify_and_die(home: Path, submission_id: str, reasons: Mapping[str, str], step: str) -> int | None:
    """Explain the warnings of a submission (person A) and be killed on the way; return the exit code."""
    process = _CONTEXT.Process(target=_justify_and_die, args=(home, submission_id, reasons, step))
    process.start()
    process.join(_SECONDS)
    return process.exitcode


def confirm_and_die(home: Path, word: tuple[str, int, Path, str], step: str) -> int | None:
    """Confirm a milestone (target, year, evidence, person) and be killed on the way; return the exit code."""
    process = _CONTEXT.Process(target=_confirm_and_die, args=(home, word, step))
    process.start()
    process.join(_SECONDS)
    return process.exitcode


def confirm_at_once(home: Path, words: Sequence[tuple[str, int, Path, str]]) -> list[tuple[bool, str]]:
    """Let each (target, year, evidence, person) be confirmed at the same time; return (is_repeated, id) of each."""
    answers = [home / f"answers-{number}.json" for number in range(len(words))]
    barrier = _CONTEXT.Barrier(len(words))
    processes = [
        _CONTEXT.Process(target=_confirm, args=(home, word, barrier, answer))
        for word, answer in zip(words, answers, strict=True)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(_SECONDS)
        assert process.exitcode == 0
    return [tuple(json.loads(answer.read_text())) for answer in answers]


def _justify_and_die(home: Path, submission_id: str, reasons: Mapping[str, str], step: str) -> None:
    _die_at(step)
    cotmoc.justifying.justify(desk_at(home, warn_in_every_row), submission_id, "A", reasons)


def _confirm_and_die(home: Path, word: tuple[str, int, Path, str], step: str) -> None:
    _die_at(step)
    cotmoc.confirming.confirm(desk_at(home), *word)


def _confirm(home: Path, word: tuple[str, int, Path, str], barrier: Any, answer: Path) -> None:
    desk = desk_at(home)
    barrier.wait(_SECONDS)
    confirmation, is_repeated = cotmoc.confirming.confirm(desk, *word)
    answer.write_text(json.dumps([is_repeated, confirmation.id]))


def _take_in_and_die(home: Path, file: Path, step: str) -> None:
    _die_at(step)
    cotmoc.intake.take_in(desk_at(home), file)


def _die_at(step: str) -> None:
    """Let this process be killed at a step, e.g. `before:append:2`."""
    moment, name, *call = step.split(":")
    holder, attribute = _STEPS[name]
    at_call = int(call[0]) if call else 1
    setattr(holder, attribute, _dying(getattr(holder, attribute), moment, at_call))


def _dying(step: Callable[..., Any], moment: str, at_call: int) -> Callable[..., Any]:
    """Return the step, preceded or followed by death at its n-th call."""
    calls = 0

    def run(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at_call and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = step(*arguments, **named)
        if calls == at_call:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return run


def _hand_in(
    home: Path, department: str, person: str, files: Sequence[Path], barrier: Any, answer: Path
) -> None:
    desk = desk_at(home)
    barrier.wait(_SECONDS)
    receipts = [cotmoc.intake.submit(desk, file, department, person) for file in files]
    answer.write_text(json.dumps([(receipt.state, receipt.submission_id) for receipt in receipts]))


def take_in_side_by_side(settings: Settings, files: Sequence[str], workers: int) -> list[str]:
    """Take files in by several processes through one warm gate, as the scheduler's tasks do; return states."""
    with _CONTEXT.Pool(workers) as pool:
        return pool.map(functools.partial(batch.take_in_warm, settings), files, chunksize=1)


def submit_side_by_side(
    settings: Settings, accounts: Sequence[tuple[str, str, Sequence[Path]]]
) -> list[list[tuple[str, str, str]]]:
    """Let each (department, person, files) submit at once through one warm gate, two files of each at a time.

    Return for each account the (file name, state, id) of its receipts.
    """
    barrier = _CONTEXT.Barrier(2 * len(accounts))
    answers = [settings.home / f"answers-{number}.json" for number in range(len(accounts))]
    processes = [
        _CONTEXT.Process(target=_submit_all, args=(settings, *account, barrier, answer))
        for account, answer in zip(accounts, answers, strict=True)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(10 * _SECONDS)
        assert process.exitcode == 0
    return [[tuple(one) for one in json.loads(answer.read_text())] for answer in answers]


def _submit_all(
    settings: Settings, department: str, person: str, files: Sequence[Path], barrier: Any, answer: Path
) -> None:
    def submit_some(some: Sequence[Path]) -> list[Receipt]:
        gate = warm_gate(batch.gate_socket(settings.places))
        desk = cotmoc.intake.open_desk(settings.places, settings.registry, settings.forms, gate)
        barrier.wait(_SECONDS)
        return [cotmoc.intake.submit(desk, file, department, person, channel="portal") for file in some]

    with ThreadPoolExecutor(2) as threads:
        receipts = [one for some in threads.map(submit_some, (files[::2], files[1::2])) for one in some]
    answer.write_text(json.dumps([(one.file_name, one.state, one.submission_id) for one in receipts]))


class Batch:
    """The batches of an instance, one after another, each in a process of its own that can be killed at will."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._sessions: set[int] = set()

    def start(self) -> None:
        """Begin to take in what waits, in a session of its own, and return when the gate listens."""
        is_open = _CONTEXT.Event()
        self._process = _CONTEXT.Process(target=_take_in_batch, args=(self._settings, is_open))
        self._process.start()
        self._sessions.add(self._process.pid or 0)
        assert is_open.wait(_SECONDS)

    def finish(self) -> int | None:
        """Wait for the end of the batch; return its exit code."""
        self._process.join(5 * _SECONDS)
        return self._process.exitcode

    def kill(self, *, run: bool, gate: bool) -> None:
        """Kill (SIGKILL) the run, its gate, or both."""
        running = self._process.pid
        for pid in processes_of(self._sessions):
            if run if pid == running else gate:
                os.kill(pid, signal.SIGKILL)
        self._process.join(_SECONDS)


def _take_in_batch(settings: Settings, is_open: Any) -> None:
    os.setsid()
    batch.open_gate(settings.places)
    is_open.set()
    for file in batch.waiting_batch(settings.places):
        batch.take_in_warm(settings, file)
