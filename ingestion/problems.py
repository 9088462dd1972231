"""What is wrong → where, what was found, what was expected, how to put it right, in Vietnamese."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from ingestion.sentences import SENTENCES

Severity = Literal["error", "warning", "note"]

# A receipt quotes what was found; a cell may hold 32,767 characters.
QUOTED_CHARACTERS = 200

# A note this long beside a warning counts as its justification.
LEAST_JUSTIFICATION = 10


@dataclass(frozen=True)
class Problem:
    """One thing a person has to change (error), to explain (warning) or may want to know (note)."""

    severity: Severity
    rule: str
    sheet: str | None
    cell: str | None
    found: str | None
    expected: str
    message_vi: str
    # For a warning: the cell that takes its justification, and what stands there. Not part of a receipt.
    note_cell: str | None = field(default=None, compare=False)
    note: str | None = field(default=None, compare=False)
    # The row of the frame a check looked at. Not part of a receipt.
    row_number: int | None = field(default=None, compare=False)

    @property
    def key(self) -> str:
        """Return what tells the problem from every other of its file: rule and place."""
        return f"{self.rule}|{self.sheet or ''}|{self.cell or ''}"

    @property
    def is_justified(self) -> bool:
        """Return whether what stands in the note is long enough to be a justification."""
        return len(self.note or "") >= LEAST_JUSTIFICATION

    def as_json(self) -> dict[str, str | None]:
        """Return the problem with the keys of a receipt."""
        return {
            "severity": self.severity,
            "rule": self.rule,
            "sheet": self.sheet,
            "cell": self.cell,
            "found": self.found,
            "expected": self.expected,
            "message_vi": self.message_vi,
        }


def to_quotation(text: str) -> str:
    """Return text short enough to be quoted in a receipt."""
    return text if len(text) <= QUOTED_CHARACTERS else text[: QUOTED_CHARACTERS - 1] + "…"


def to_problem(
    rule: str,
    *,
    sheet: str | None = None,
    cell: str | None = None,
    found: str | None = None,
    **words: object,
) -> Problem:
    """Return the error of a broken `rule`, its sentences filled in with place, finding and `words`."""
    sentence = SENTENCES[rule]
    quoted = None if found is None else to_quotation(found)
    values = {"found": quoted, "cell": cell, "sheet": sheet} | words
    place = "" if cell is None else f"Ô {cell}: "
    return Problem(
        "error",
        rule,
        sheet,
        cell,
        quoted,
        sentence.expected.format_map(values),
        place + sentence.message.format_map(values),
    )


def to_note(
    rule: str, *, sheet: str | None = None, cell: str | None = None, found: str | None = None, **words: object
) -> Problem:
    """Return what a submitter may want to know: it changes nothing about the file."""
    return replace(to_problem(rule, sheet=sheet, cell=cell, found=found, **words), severity="note")
