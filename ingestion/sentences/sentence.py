"""What an officer reads of a broken rule: two templates."""

from __future__ import annotations

from typing import NamedTuple


class Sentence(NamedTuple):
    """Templates: `{found}`, `{cell}`, `{sheet}` and the words a rule brings are filled in."""

    expected: str
    message: str
