"""words.yaml → the Vietnamese words that stand beside figures and before names. A word is data, never code."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

WORDS = Path(__file__).parent / "words.yaml"

Direction = Literal["+", "-"]


class Words(BaseModel):
    """The words of one language; none at all by default."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    magnitudes: dict[str, Annotated[int, Field(gt=1)]] = Field(default_factory=dict)
    directions: dict[Direction, tuple[str, ...]] = Field(default_factory=dict)
    directed_dimensions: frozenset[str] = frozenset()
    # Code of a status → its words.
    status_words: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    range_words: tuple[str, ...] = ()
    # Type of an administrative unit in full → its short forms.
    unit_types: dict[str, tuple[str, ...]] = Field(default_factory=dict)


def read_words(path: Path = WORDS) -> Words:
    """Return the words of a file. Raises ValueError naming the file and its fault."""
    try:
        return Words.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (ValueError, yaml.YAMLError) as error:
        raise ValueError(f"{path.name}: {error}") from error
