"""A command → a running server in a session of its own, which can always be ended as a whole."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class ServerFailedError(RuntimeError):
    """A server did not come up, or went away; the message names its log."""


@dataclass(frozen=True)
class Server:
    """A server that was started: its name for people, its process, its log."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def is_alive(self) -> bool:
        """Return whether the server's first process still runs."""
        return self.process.poll() is None


def start_server(
    name: str, command: Sequence[str], environment: Mapping[str, str], log: Path, folder: Path
) -> Server:
    """Start the command in a session of its own, its output appended to the log, working in `folder`."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            env=dict(environment),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Server(name, process, log)


def stop_servers(servers: Iterable[Server], seconds: float = 15) -> None:
    """End every process of the servers' sessions: first asked, then, after so many seconds, killed.

    A scheduler's tasks have process groups of their own but stay in its session: the session is what counts.
    """
    started = list(servers)
    sessions = {server.process.pid for server in started}
    for signal_, patience in ((signal.SIGTERM, seconds), (signal.SIGKILL, 5.0)):
        for pid in processes_of(sessions):
            _tell(pid, signal_)
        ends = time.monotonic() + patience
        while time.monotonic() < ends:
            for server in started:
                server.process.poll()
            if not processes_of(sessions):
                return
            time.sleep(0.1)


def processes_of(sessions: set[int]) -> set[int]:
    """Return the processes that belong to the sessions and have not ended."""
    return {
        pid for pid, (state, session) in _states().items() if session in sessions and state not in ("Z", "X")
    }


def _states() -> dict[int, tuple[str, int]]:
    states = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                # pid (name) state ppid pgrp session …; the name may hold spaces and brackets.
                fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            states[int(entry.name)] = (fields[0], int(fields[3]))
    return states


def _tell(pid: int, signal_: signal.Signals) -> None:
    try:
        os.kill(pid, signal_)
    except ProcessLookupError:
        return


@contextmanager
def only_one(lock: Path, what: str) -> Iterator[None]:
    """Hold the lock while the block lasts. Raises ServerFailedError when somebody else holds it."""
    lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ServerFailedError(f"{what} of this instance is running already; stop it first") from error
        yield


def free_port(wanted: int | None = None) -> int:
    """Return the wanted port of 127.0.0.1 when it is free, else one the system chooses."""
    for port in (wanted, 0):
        if port is None:
            continue
        with socket.socket() as probe:
            # A port in TIME_WAIT after the last run is free again.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise ServerFailedError("127.0.0.1 has no free port left")
