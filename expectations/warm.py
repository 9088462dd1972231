"""Rows over a local socket → answers of one process that imported Great Expectations once for a whole batch.

`python -m expectations.warm --socket S --quality FOLDER` serves until it is told to stop, or until nobody has
asked for a while. Both sides speak JSON, one line a message: nothing that is received is ever executed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.answers import Gate, GateAnswer, LandingRegistry

if TYPE_CHECKING:
    import pandas as pd

IDLE_SECONDS = 300
ANSWER_SECONDS = 300
# A registry changes now and then while a gate is warm; the ones before it are soon asked for no more.
MOST_REGISTRIES = 4
_FRAMES = ("indicators", "units_of_measure", "admin_units", "departments")
# The registries that were told, by the hash of what was told.
Registries = dict[str, dict[str, "pd.DataFrame"]]


class GateIsAwayError(ConnectionError):
    """No warm gate answers at the socket, so nothing is known about the rows."""


def warm_gate(path: Path) -> Gate:
    """Return a gate that asks the process behind the socket; asking none raises GateIsAwayError.

    The registry, a quarter of a megabyte, crosses the socket once for each gate that does not know it yet;
    afterwards its hash stands for it.
    """
    packed: tuple[tuple[pd.DataFrame, ...], str, dict[str, str]] | None = None

    def ask(frame: pd.DataFrame, registry: LandingRegistry, received_on: date) -> GateAnswer:
        nonlocal packed
        frames = tuple(getattr(registry, name) for name in _FRAMES)
        if packed is None or any(one is not other for one, other in zip(packed[0], frames, strict=True)):
            texts = {name: _to_text(one) for name, one in zip(_FRAMES, frames, strict=True)}
            packed = frames, hashlib.sha256(json.dumps(texts).encode()).hexdigest(), texts
        _, sha256, texts = packed
        question = {
            "do": "judge_landing",
            "rows": _to_text(frame),
            "registry_sha256": sha256,
            "published": None if registry.published is None else _to_text(registry.published),
            "department_code": registry.department_code,
            "received_on": received_on.isoformat(),
        }
        answer = _ask(path, question)
        if answer.get("wants_registry"):
            answer = _ask(path, question | {"registry": texts})
        return GateAnswer(**answer)

    return ask


def is_warm(path: Path) -> bool:
    """Return whether a warm gate answers at the socket."""
    try:
        return bool(_ask(path, {"do": "ping"}).get("is_warm"))
    except GateIsAwayError:
        return False


def build_docs_and_stop(path: Path) -> None:
    """Tell the warm gate to build the Data Docs of what it judged and to end; one that is away has ended."""
    with suppress(GateIsAwayError):
        _ask(path, {"do": "build_data_docs"})
        _ask(path, {"do": "stop"})


def stop_gate(path: Path) -> None:
    """Tell the warm gate to end; one that is away has ended."""
    with suppress(GateIsAwayError):
        _ask(path, {"do": "stop"})


def serve(path: Path, quality: Path | None, idle_seconds: float = IDLE_SECONDS) -> None:
    """Answer questions at the socket, one after another, until told to stop or idle for so long.

    The socket's folder is made for its owner alone (mode 700). A stale socket is replaced.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        with _short_address(path) as address:
            path.unlink(missing_ok=True)
            listener.bind(address)
        inode = path.stat().st_ino
        listener.listen(64)
        listener.settimeout(idle_seconds)
        known: Registries = {}
        try:
            _import_everything()
            while _answer_one(listener, quality, known):
                pass
        except TimeoutError:
            return
        finally:
            # A later gate may have taken the place meanwhile.
            with suppress(FileNotFoundError):
                if path.stat().st_ino == inode:
                    path.unlink()


def _import_everything() -> None:
    import great_expectations
    import great_expectations.expectations  # noqa: F401  (imported for the time it takes)

    import expectations.gate  # noqa: F401  (imported for the time it takes)


def _answer_one(listener: socket.socket, quality: Path | None, known: Registries) -> bool:
    """Answer one connection; return False when it asked to stop."""
    connection, _ = listener.accept()
    with connection, suppress(ConnectionError):
        connection.settimeout(ANSWER_SECONDS)
        with connection.makefile("rwb") as stream:
            line = stream.readline()
            if not line:
                return True
            question = json.loads(line)
            stream.write(json.dumps(_answer(question, quality, known), ensure_ascii=False).encode() + b"\n")
            stream.flush()
            return bool(question.get("do") != "stop")
    return True


def _answer(question: dict[str, Any], quality: Path | None, known: Registries) -> dict[str, Any]:
    from expectations.gate import build_data_docs, judge_landing

    match question.get("do"):
        case "judge_landing":
            try:
                frames = _registry_frames(question, known)
                if frames is None:
                    return {"wants_registry": True}
                registry = LandingRegistry(
                    **frames,
                    department_code=question["department_code"],
                    published=_to_frame(question["published"]) if question["published"] else None,
                )
                received_on = date.fromisoformat(question["received_on"])
                answer = judge_landing(_to_frame(question["rows"]), registry, received_on, folder=quality)
            except Exception as error:
                # Whatever went wrong here is the gate's fault, never the data's.
                answer = GateAnswer(is_broken=True, broken_why=f"the warm gate failed: {error!r}")
            return asdict(answer)
        case "build_data_docs":
            return {"index": str(build_data_docs(quality)) if quality else None}
        case "ping" | "stop":
            return {"is_warm": True}
        case other:
            return {"error": f"unknown question {other!r}"}


def _registry_frames(question: dict[str, Any], known: Registries) -> dict[str, pd.DataFrame] | None:
    """Return the registry a question is about, None when it is neither known nor told."""
    sha256, told = question["registry_sha256"], question.get("registry")
    if sha256 not in known and told is not None:
        while len(known) >= MOST_REGISTRIES:
            del known[next(iter(known))]
        known[sha256] = {name: _to_frame(told[name]) for name in _FRAMES}
    return known.get(sha256)


def _ask(path: Path, question: dict[str, Any]) -> dict[str, Any]:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
            client.settimeout(ANSWER_SECONDS)
            with _short_address(path) as address:
                client.connect(address)
            with client.makefile("rwb") as stream:
                stream.write(json.dumps(question).encode() + b"\n")
                stream.flush()
                line = stream.readline()
    except OSError as error:
        raise GateIsAwayError(
            f"no warm gate answers at {path} ({error}); start one, or judge without"
        ) from error
    if not line:
        raise GateIsAwayError(f"the warm gate at {path} hung up before it answered")
    answer: dict[str, Any] = json.loads(line)
    return answer


@contextmanager
def _short_address(path: Path) -> Iterator[str]:
    """Yield an address of the socket that fits into 107 bytes, however deep its folder lies."""
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def _to_text(frame: pd.DataFrame) -> str:
    return str(frame.to_json(orient="split", date_format="iso", index=False))


def _to_frame(text: str) -> pd.DataFrame:
    import pandas as pd

    split = json.loads(text)
    return pd.DataFrame(split["data"], columns=split["columns"])


def wait_until_listening(path: Path, seconds: float, is_alive: Callable[[], bool]) -> None:
    """Wait until somebody listens at the socket; he answers when he has imported what he needs.

    Raises GateIsAwayError when the process that was to listen has ended or the time is over.
    """
    ends = time.monotonic() + seconds
    while not listens(path):
        if not is_alive() or time.monotonic() > ends:
            raise GateIsAwayError(f"the warm gate at {path} did not come up; see the log beside it")
        time.sleep(0.05)


def listens(path: Path) -> bool:
    """Return whether somebody listens at the socket."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client, _short_address(path) as address:
            client.connect(address)
    except OSError:
        return False
    return True


def main() -> None:
    """Serve as the command line says."""
    parser = argparse.ArgumentParser(description="Judge landings in one warm process.")
    parser.add_argument("--socket", type=Path, required=True)
    parser.add_argument("--quality", type=Path)
    parser.add_argument("--idle-seconds", type=float, default=IDLE_SECONDS)
    given = parser.parse_args()
    serve(given.socket, given.quality, given.idle_seconds)


if __name__ == "__main__":
    main()
