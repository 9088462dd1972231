"""Registered units of measure and words of magnitude → how much one of “triệu lượt” is, and of what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from ingestion.normalising.text import to_spelling_key

if TYPE_CHECKING:
    from ingestion.normalising.vocabulary import Term, Vocabulary


@dataclass(frozen=True)
class Scale:
    """What one of a unit is: so many base units of its dimension. `code` is that of a registered unit.

    A word of magnitude alone (“nghìn tỷ”) has no dimension; its factor is that of the word.
    """

    dimension: str | None
    factor: Decimal
    code: str | None = None


@dataclass(frozen=True)
class Scales:
    """The units a text may name beside a number."""

    units: Vocabulary | None = None
    magnitudes: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def _magnitude_of(self) -> Mapping[str, int]:
        return {to_spelling_key(word): number for word, number in self.magnitudes.items()}

    @cached_property
    def _bare(self) -> Mapping[str, Scale]:
        """Return the units under what remains of their names without magnitude: “triệu đồng” → “đồng”."""
        bare: dict[str, Scale] = {}
        doubtful = set()
        for term in self.units.terms if self.units else ():
            for name in (term.label, *term.aliases):
                magnitude, rest = self._split(name)
                if rest and term.dimension and term.factor is not None:
                    scale = Scale(term.dimension, term.factor / magnitude)
                    if bare.setdefault(rest, scale) != scale:
                        doubtful.add(rest)
        return {rest: scale for rest, scale in bare.items() if rest not in doubtful}

    def find(self, text: str) -> Scale | None:
        """Return the scale a text names: a registered unit, or words of magnitude with or without a unit."""
        found = self.units.named(text) if self.units else None
        if found and found.dimension and found.factor is not None:
            return Scale(found.dimension, found.factor, found.code)
        magnitude, rest = self._split(text)
        if not rest:
            return Scale(None, Decimal(magnitude)) if magnitude > 1 else None
        bare = self._bare.get(rest)
        return Scale(bare.dimension, bare.factor * magnitude) if bare else None

    def own_magnitude(self, unit: Term) -> int:
        """Return the magnitude in the name of a unit: “tỷ đồng” → 1_000_000_000, “ha” → 1."""
        return self._split(unit.label)[0]

    def _split(self, text: str) -> tuple[int, str]:
        magnitude, words = 1, re.split(r"[ .]+", to_spelling_key(text).strip(" ."))
        while words and words[0] in self._magnitude_of:
            magnitude *= self._magnitude_of[words.pop(0)]
        return magnitude, " ".join(words)
