"""An examined file + the reasons people gave for its warnings → the same file, its warnings explained in its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cotmoc.examination import Examined
from ingestion.problems import Problem

_BETWEEN = "; "


def with_reasons(examined: Examined, reasons: Mapping[str, str]) -> Examined:
    """Return the file as it counts with reasons, given by the key of the problem.

    A reason is kept in the note of the row it speaks of, behind what the officer wrote there.
    """
    explained = [one for one in examined.problems if one.severity == "warning" and one.key in reasons]
    if not explained:
        return examined
    notes = {position: row.note for position, row in enumerate(examined.rows, start=1)}
    for problem in explained:
        if problem.row_number in notes:
            notes[problem.row_number] = _joined(notes[problem.row_number], reasons[problem.key])
    problems = tuple(
        replace(one, note=_joined(one.note, reasons[one.key])) if one in explained else one
        for one in examined.problems
    )
    return replace(
        examined,
        rows=tuple(replace(row, note=notes[position]) for position, row in enumerate(examined.rows, start=1)),
        problems=problems,
        unjustified_warnings=len(unexplained(problems)),
    )


def unexplained(problems: tuple[Problem, ...]) -> list[Problem]:
    """Return the warnings that nobody has explained yet."""
    return [one for one in problems if one.severity == "warning" and not one.is_justified]


def _joined(note: str | None, reason: str) -> str:
    """Return a note with a reason behind it, once."""
    written = note.split(_BETWEEN) if note else []
    return _BETWEEN.join([*written, *([] if reason in written else [reason])])
