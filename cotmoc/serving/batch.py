"""The inbox → one batch: its files, a warm gate for all of them, and one task's worth of work for each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from cotmoc.inbox import waiting_files
from cotmoc.places import Places
from cotmoc.settings import Settings

# More wait for the next batch: a scheduler maps a task over about a thousand values.
MOST_FILES = 1000
GATE_SECONDS = 120


def waiting_batch(places: Places) -> list[str]:
    """Return the paths of the files to take in now, oldest first."""
    return [str(path) for path in waiting_files(places)[:MOST_FILES]]


def gate_socket(places: Places) -> Path:
    """Return where the warm gate of this instance listens; its folder is its owner's alone."""
    return places.quality / "warm" / "gate.sock"


def open_gate(places: Places, socket: Path | None = None) -> None:
    """Start a warm gate and wait until it listens; questions wait in line while it imports what it needs.

    It listens at `socket`, by default the one of the inbox's batches. One that listens already is used again. It
    ends by itself when nobody asks for a while, and stays in the session of its starter: whoever ends that ends the
    gate. Raises GateIsAwayError when it does not come up.
    """
    from expectations.warm import listens, wait_until_listening

    socket = socket or gate_socket(places)
    socket.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if listens(socket):
        return
    command = [sys.executable, "-m", "expectations.warm", "--socket", str(socket)]
    with (socket.parent / "gate.log").open("ab") as output:
        started = subprocess.Popen(
            [*command, "--quality", str(places.quality)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            process_group=0,
        )
    wait_until_listening(socket, GATE_SECONDS, lambda: started.poll() is None)


def finish_warm(settings: Settings) -> list[str]:
    """Finish the receptions and justifications whose run died; return the state of each."""
    from cotmoc.intake import finish_interrupted, open_desk
    from expectations.warm import warm_gate

    gate = warm_gate(gate_socket(settings.places))
    desk = open_desk(settings.places, settings.registry, settings.forms, gate)
    return [receipt.state for receipt in finish_interrupted(desk)]


def close_gate(places: Places) -> None:
    """Build the Data Docs of the batch and end the warm gate."""
    from expectations.warm import build_docs_and_stop

    build_docs_and_stop(gate_socket(places))


def take_in_warm(settings: Settings, file: str) -> str:
    """Take one file out of the inbox through the warm gate and return its state: accepted, refused, …"""
    from cotmoc.intake import open_desk, take_in
    from expectations.warm import warm_gate

    gate = warm_gate(gate_socket(settings.places))
    return take_in(open_desk(settings.places, settings.registry, settings.forms, gate), Path(file)).state
