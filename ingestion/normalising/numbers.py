"""Text of a number as an officer types it → its value, printed decimals and qualifier, or a missing sign.

The convention is declared by the form (Vietnamese: point between thousands, comma before decimals). What can
be read in two ways is an error that asks; nothing is guessed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ingestion.cells import to_shortest
from ingestion.normalising.text import to_key, to_text

if TYPE_CHECKING:
    from ingestion.layouts import MissingCode, Qualifier


@dataclass(frozen=True)
class Number:
    """A figure: `decimals` counts the digits printed after the comma, trailing zeros included."""

    value: float
    decimals: int
    qualifier: Qualifier | None = None
    has_percent_sign: bool = False


@dataclass(frozen=True)
class Missing:
    """A sign that says why there is no figure."""

    code: MissingCode


@dataclass(frozen=True)
class NotANumber:
    """Why a text is no number: the rule it breaks, and for an ambiguous one its two readings."""

    rule: str
    as_integer: str = ""
    as_decimal: str = ""


# Full-width forms U+FF01…U+FF5E stand for ASCII; several characters stand for the minus sign.
_TO_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, "−–‐‑﹣"), "-")
_PLAIN = re.compile(r"\d+")
_SPACED = re.compile(r"(\d{1,3}(?: \d{3})+)(?:,(\d+))?")
_POINTED = re.compile(r"([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?")
_DECIMAL = re.compile(r"(\d+)[.,](\d+)")
_AMBIGUOUS = re.compile(r"([1-9]\d{0,2})[.,](\d{3})")
_LOOKS_NUMERIC = re.compile(r"[\d.,' ]*\d[\d.,' ]*")
_NOT_FINITE = {"nan", "inf", "infinity", "vô cực"}


def to_number(
    typed: str,
    missing_signs: Mapping[MissingCode, tuple[str, ...]],
    qualifiers: Mapping[Qualifier, tuple[str, ...]],
) -> Number | Missing | NotANumber:
    """Return what a text cell of the value column says, by the Vietnamese convention.

    "1.234,5" and "1 234,5" are 1234.5; "(5)" is −5; "trên 7,5" is 7.5 with qualifier ">"; "…" says that the
    figure was not collected.
    """
    text = to_text(typed)
    for missing, signs in missing_signs.items():
        if to_key(text) in {to_key(sign) for sign in signs}:
            return Missing(missing)
    text = to_text(text.translate(_TO_ASCII))
    qualifier, text = _split_qualifier(text, qualifiers)
    negative, text = _split_sign(text)
    has_percent_sign = text.endswith("%")
    digits = _to_digits(text.removesuffix("%").rstrip())
    if isinstance(digits, NotANumber):
        return digits
    whole, decimals = digits
    value = float(f"{whole}.{decimals or '0'}")
    if not math.isfinite(value):
        return NotANumber("number_not_finite")
    return Number(-value if negative and value else value, len(decimals), qualifier, has_percent_sign)


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


def _split_qualifier(
    text: str, qualifiers: Mapping[Qualifier, tuple[str, ...]]
) -> tuple[Qualifier | None, str]:
    for qualifier, words in qualifiers.items():
        for word in words:
            rest = text[len(word) :]
            # A word ends where a space or a digit begins; a sign ends at once.
            is_whole = not word[-1].isalpha() or rest[:1] == " " or rest[:1].isdigit()
            if is_whole and rest and to_key(text[: len(word)]) == to_key(word):
                return qualifier, rest.lstrip()
    return None, text


def _split_sign(text: str) -> tuple[bool, str]:
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1].strip()
    if text[:1] in ("-", "+"):
        return text[0] == "-", text[1:].lstrip()
    return False, text


def _to_digits(text: str) -> tuple[str, str] | NotANumber:
    """Return the digits before and after the decimal comma, or the rule that the text breaks."""
    if not text.isascii() or not _LOOKS_NUMERIC.fullmatch(text):
        return NotANumber("number_not_finite" if text.casefold() in _NOT_FINITE else "number_unreadable")
    if _PLAIN.fullmatch(text):
        return text, ""
    if found := _AMBIGUOUS.fullmatch(text):
        whole, rest = found.groups()
        return NotANumber("number_ambiguous", whole + rest, f"{whole},{rest}0")
    if found := _SPACED.fullmatch(text) or _POINTED.fullmatch(text):
        whole, decimals = found.groups(default="")
        return whole.replace(".", "").replace(" ", ""), decimals
    if found := _DECIMAL.fullmatch(text):
        whole, decimals = found.groups()
        return whole, decimals
    return NotANumber("number_convention")
