"""The sheets that somebody wants + the sheets that are there → the sheets to read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Selection:
    """`sheets` are wanted, every worksheet when none of them is there; `always` are read whenever they are there."""

    sheets: tuple[str, ...]
    always: tuple[str, ...] = ()

    def of(self, names: Iterable[str], worksheets: Iterable[str]) -> list[str]:
        """Return the names to read, in their order; `worksheets` are those among the names that have cells."""
        names, with_cells = list(names), set(worksheets)
        wanted = {_to_key(name) for name in self.sheets}
        always = {_to_key(name) for name in self.always}
        is_there = any(_to_key(name) in wanted for name in names)
        return [
            name
            for name in names
            if _to_key(name) in wanted | always or (not is_there and name in with_cells)
        ]


def _to_key(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()
