"""Text of a number as an officer types it → its value, printed decimals and qualifier, or a missing sign.

The convention is declared by the form: its locale, its missing signs and qualifiers. What can be read in two ways
is an error that asks; nothing is guessed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from ingestion.cells import to_shortest
from ingestion.normalising.digits import Locale, NotANumber
from ingestion.normalising.quantities import Quantity, to_quantity
from ingestion.normalising.scales import Scales
from ingestion.normalising.text import to_key, to_text
from ingestion.normalising.vocabulary import Term
from ingestion.normalising.words import Direction, Words

if TYPE_CHECKING:
    from ingestion.layouts import MissingCode, Qualifier

__all__ = ["Missing", "NotANumber", "Number", "Speech", "to_number", "to_number_of_cell"]


@dataclass(frozen=True)
class Number:
    """A figure: `decimals` counts the digits printed after the comma, trailing zeros included.

    `status_code` and `direction` are what words before the figure said of it.
    """

    value: float
    decimals: int
    qualifier: Qualifier | None = None
    has_percent_sign: bool = False
    status_code: str | None = None
    direction: Direction | None = None


@dataclass(frozen=True)
class Missing:
    """A sign that says why there is no figure."""

    code: MissingCode


@dataclass(frozen=True)
class Speech:
    """What a form and its registry say of the words beside a number. By default: no word is known.

    `unit` is the unit of measure of the row; a figure in another one of its dimension is converted into it.
    """

    locale: Locale = "vi"
    words: Words = field(default_factory=Words)
    scales: Scales = field(default_factory=Scales)
    unit: Term | None = None


_Kind = TypeVar("_Kind", bound=str)

# Full-width forms U+FF01…U+FF5E stand for ASCII; several characters stand for the minus sign.
_TO_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, "−–—‐‑﹣"), "-")
# Excel shows a text cell that was typed with an apostrophe without it; a copy brings it along.
_APOSTROPHES = "'’‘`"
# No figure is longer, with all its words.
_MOST_CHARACTERS = 400
_NO_WORDS = Speech()
_MIRRORED: dict[Qualifier | None, Qualifier] = {">": "<", "<": ">", ">=": "<=", "<=": ">=", "~": "~"}


def to_number(
    typed: str,
    missing_signs: Mapping[MissingCode, tuple[str, ...]],
    qualifiers: Mapping[Qualifier, tuple[str, ...]],
    speech: Speech = _NO_WORDS,
) -> Number | Missing | NotANumber:
    """Return what a text cell of the value column says, by the convention of its form.

    "1.234,5" and "1 234,5" are 1234.5; "(5)" is −5; "trên 7,5" is 7.5 with qualifier ">"; "giảm 2,1%" is −2.1;
    "9.384 tỷ 594 triệu" is 9384.594 where the row counts in tỷ đồng; "…" says that the figure was not collected.
    """
    text = to_text(typed)
    unquoted = text[1:].lstrip() if text[:1] in _APOSTROPHES and text else text
    for missing, signs in missing_signs.items():
        if to_key(unquoted) in {to_key(sign) for sign in signs}:
            return Missing(missing)
    if len(text) > _MOST_CHARACTERS:
        return NotANumber("number_not_finite" if text.isdecimal() and text.isascii() else "number_unreadable")
    return _to_number(to_text(unquoted.translate(_TO_ASCII)), qualifiers, speech)


def _to_number(
    text: str, qualifiers: Mapping[Qualifier, tuple[str, ...]], speech: Speech
) -> Number | NotANumber:
    said = _Said.of(text, qualifiers, speech.words)
    if _is_range(said.rest, speech):
        return NotANumber("number_is_range")
    has_minus, rest = _split_sign(said.rest)
    if has_minus and said.direction is not None:
        return NotANumber("number_sign_twice")
    quantity = to_quantity(rest, speech.locale, speech.scales, speech.unit)
    if isinstance(quantity, NotANumber):
        return quantity
    if said.direction is not None and not _may_change(quantity, speech):
        return NotANumber("number_direction_without_percent")
    is_negative = has_minus or said.direction == "-"
    value = float(quantity.value)
    if not math.isfinite(value):
        return NotANumber("number_not_finite")
    return Number(
        -value if is_negative and value else value,
        quantity.decimals,
        _MIRRORED.get(said.qualifier) if said.direction == "-" else said.qualifier,
        quantity.has_percent_sign,
        said.status_code,
        said.direction,
    )


@dataclass(frozen=True)
class _Said:
    """The words before a number, each kind at most once, and what follows them."""

    rest: str
    qualifier: Qualifier | None = None
    direction: Direction | None = None
    status_code: str | None = None

    @staticmethod
    def of(text: str, qualifiers: Mapping[Qualifier, tuple[str, ...]], words: Words) -> _Said:
        qualifier, direction, status = None, None, None
        before = ""
        while text != before:
            before = text
            if qualifier is None:
                qualifier, text = _split_word(text, qualifiers)
            if direction is None:
                direction, text = _split_word(text, words.directions)
            if status is None:
                status, text = _split_word(text, words.status_words)
        return _Said(text, qualifier, direction, status)


def _may_change(quantity: Quantity, speech: Speech) -> bool:
    dimension = speech.unit.dimension if speech.unit else None
    return quantity.has_percent_sign or dimension in speech.words.directed_dimensions


def _is_range(text: str, speech: Speech) -> bool:
    """Return whether a text gives two numbers as the ends of a range: "1-1,5", "8% đến 8,5%"."""
    words = "|".join(re.escape(word) for word in speech.words.range_words)
    number = r"[\d., ]*\d\D{0,20}?"
    between = rf"(?: ?[-÷] ?| (?:{words}) )" if words else r" ?[-÷] ?"
    return re.fullmatch(rf"(?:[^\W\d_]+ )?{number}{between}[\d.,]*\d\D*", text, re.IGNORECASE) is not None


def to_number_of_cell(value: float) -> Number | NotANumber:
    """Return what a number cell says: the number itself, exact, with the decimals of its shortest text."""
    if not math.isfinite(value):
        return NotANumber("number_not_finite")
    # Excel keeps 15 significant digits; what a formula leaves beyond them was never printed.
    printed = format(Decimal(format(value, ".15g")), "f")
    _, _, decimals = printed.partition(".")
    return Number(value + 0.0, len(decimals.rstrip("0")))


def to_percent_text(value: float) -> str:
    """Return the number that a cell formatted as percent shows, in Vietnamese: 0.075 → 7,5."""
    return to_shortest(float(format(value * 100, ".12g"))).replace(".", ",")


def to_number_text(value: float) -> str:
    """Return a finite number as written in Vietnam, with at most 15 significant digits: 1234.5 → 1.234,5."""
    return f"{Decimal(format(value, '.15g')):,f}".translate(str.maketrans(",.", ".,"))


def _split_word(text: str, words: Mapping[_Kind, tuple[str, ...]]) -> tuple[_Kind | None, str]:
    """Return which kind of word a text begins with, the longest one, and what follows it."""
    # Most figures stand alone.
    if text[:1].isdigit():
        return None, text
    for word, kind in sorted(((word, kind) for kind, of in words.items() for word in of), key=_by_length):
        rest = text[len(word) :]
        # A word ends where a space or a digit begins; a sign ends at once.
        is_whole = not word[-1].isalpha() or rest[:1] == " " or rest[:1].isdigit()
        if is_whole and rest and to_key(text[: len(word)]) == to_key(word):
            return kind, rest.lstrip()
    return None, text


def _by_length(pair: tuple[str, str]) -> int:
    return -len(pair[0])


def _split_sign(text: str) -> tuple[bool, str]:
    if text.startswith("(") and text.rstrip(" %").endswith(")"):
        inside, _, after = text[1:].rpartition(")")
        return True, (inside.strip() + after).strip()
    if text[:1] in ("-", "+"):
        return text[0] == "-", text[1:].lstrip()
    return False, text
