"""Bytes + sheet names → workbook, or the one problem of an unreadable file. Starts the child processes."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import IO, Any

from ingestion.cells import Cell, Sheet, Workbook
from ingestion.layouts import Limits
from ingestion.problems import Problem, to_problem
from ingestion.reading.refusal import NOT_INSTALLED
from ingestion.templates.mark import MARK_SHEET

_READ_BYTES = 1_048_576


@dataclass(frozen=True)
class ProcessLimits:
    """What the child process may use for one file."""

    memory_bytes: int = 1_073_741_824
    cpu_seconds: int = 20
    wall_seconds: float = 30.0
    output_bytes: int = 67_108_864


class ReaderBrokenError(RuntimeError):
    """The reader itself cannot run: an error of the installation, not an answer about a file."""


def read_workbook(
    data: bytes, sheets: Iterable[str], limits: Limits, process: ProcessLimits = ProcessLimits()
) -> Workbook | Problem:
    """Return the wanted sheets of a file of any kind that is read, or why it cannot be read.

    Every worksheet is returned when none of the wanted is there; the mark of a template whenever it is there.
    A child that crashes, exceeds its memory, its time or its output is answered with `file_too_heavy`.
    """
    request = json.dumps(
        {
            "sheets": [name for name in sheets if name != MARK_SHEET],
            "always": [MARK_SHEET],
            "limits": limits.model_dump(),
            "process": {"memory_bytes": process.memory_bytes, "cpu_seconds": process.cpu_seconds},
        }
    )
    output, exit_code = run_child("ingestion.reading.child", data, request, process)
    if exit_code is None or exit_code < 0:
        return to_problem("file_too_heavy")
    if exit_code == NOT_INSTALLED:
        raise ReaderBrokenError(
            "a library of the reading process is missing: install requirements/runtime.txt"
        )
    if exit_code > 0 and not output:
        raise ReaderBrokenError("the reading process did not start: run `cotmoc doctor`")
    if exit_code > 0:
        return to_problem("file_damaged")
    answer = json.loads(output)
    if "refusal" in answer:
        return _to_problem(answer["refusal"])
    return Workbook(
        tuple(answer["sheet_names"]),
        {sheet["name"]: _to_sheet(sheet) for sheet in answer["sheets"]},
        kind=answer["kind"],
        notes=tuple(replace(_to_problem(note), severity=note["severity"]) for note in answer["notes"]),
    )


def run_child(module: str, data: bytes, request: str, process: ProcessLimits) -> tuple[bytes, int | None]:
    """Return what a module, run alone with `data` on stdin and `request` as its argument, wrote, and its exit code.

    The code is negative for a signal, None when the child was stopped.
    """
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        child = subprocess.Popen(
            [sys.executable, "-I", "-m", module, request],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={"LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
        with child:
            try:
                output = _read_within(child.stdout, process) if child.stdout else None
                if output is None:
                    return b"", None
                # The output has ended; what is left of the process has a few seconds to go.
                return output, child.wait(timeout=5)
            except subprocess.TimeoutExpired:
                return b"", None
            finally:
                child.kill()


def _read_within(stream: IO[bytes], process: ProcessLimits) -> bytes | None:
    """Return all of a stream; None when it is too long or does not end in time."""
    deadline = time.monotonic() + process.wall_seconds
    output = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if not selector.select(left):
                return None
            chunk = os.read(stream.fileno(), _READ_BYTES)
            if not chunk:
                return bytes(output)
            output += chunk
            if len(output) > process.output_bytes:
                return None
    return None


def _to_problem(refusal: dict[str, Any]) -> Problem:
    return to_problem(
        refusal["rule"],
        sheet=refusal["sheet"],
        cell=refusal["cell"],
        found=refusal["found"],
        **{name: _in_words(word) for name, word in refusal["words"].items()},
    )


def _in_words(word: str | int) -> str:
    return f"{word:,}".replace(",", ".") if isinstance(word, int) else word


def _to_sheet(sheet: dict[str, Any]) -> Sheet:
    return Sheet(
        sheet["name"],
        sheet["is_hidden"],
        {(row, column): Cell(kind, _decode(kind, value)) for row, column, kind, value in sheet["cells"]},
        frozenset(sheet["hidden_rows"]),
        frozenset(sheet["hidden_columns"]),
        tuple((a, b, c, d) for a, b, c, d in sheet["merges"]),
    )


def _decode(kind: str, value: Any) -> str | float | bool | date:
    if kind in ("number", "percent", "scaled"):
        return float(value)
    if kind in ("date", "month"):
        return datetime.fromisoformat(value)
    result: str | bool = value
    return result
