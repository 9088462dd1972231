"""An answer + the bytes it is about → the marked copy as .xlsx bytes. Starts the child process."""

from __future__ import annotations

import json
from collections.abc import Iterable

from ingestion.layouts import Limits
from ingestion.marking.answer import Answer
from ingestion.reading.sandbox import ProcessLimits, run_child

# A copy keeps every style of every cell, which costs more than reading the figures.
_LIMITS = ProcessLimits(cpu_seconds=60, wall_seconds=90.0)


def mark_copy(
    data: bytes | None,
    answer: Answer,
    sheets: Iterable[str],
    limits: Limits,
    process: ProcessLimits = _LIMITS,
) -> bytes | None:
    """Return the submitted workbook with its problems marked and listed, as .xlsx.

    A file that the reader refuses, that is too heavy to copy, or that is None gets a workbook with the answer
    alone. Returns None when not even that could be made within the limits. Equal input gives equal bytes.
    """
    request = {"answer": answer.as_json(), "sheets": list(sheets), "limits": limits.model_dump()}
    header = json.dumps(request, separators=(",", ":")).encode("ascii") + b"\n"
    argument = json.dumps(
        {"process": {"memory_bytes": process.memory_bytes, "cpu_seconds": process.cpu_seconds}}
    )
    for submitted in (data, b"") if data else (b"",):
        made, exit_code = run_child("ingestion.marking.child", header + submitted, argument, process)
        if exit_code == 0 and made:
            return made
    return None
