"""Digits with their separators → the digits before and after the decimal mark, by the form's convention.

What can be read in two ways is an error that asks; what follows another convention is an error that says how it
would then be read. Nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Locale = Literal["vi", "en", "technical"]


@dataclass(frozen=True)
class NotANumber:
    """Why a text is no number: the rule it breaks, and for an ambiguous one its two readings.

    `reading` is the one other way in which the text could be meant: offered, never taken.
    """

    rule: str
    as_integer: str = ""
    as_decimal: str = ""
    reading: str = ""


Digits = tuple[str, str]

_SWAPPED = str.maketrans(",.", ".,")
_PLAIN = re.compile(r"\d+")
_SPACED = re.compile(r"(\d{1,3}(?: \d{3})+)(?:,(\d+))?")
_POINTED = re.compile(r"([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?")
_DECIMAL = re.compile(r"(\d+)[.,](\d+)")
_AMBIGUOUS = re.compile(r"([1-9]\d{0,2})[.,](\d{3})")
_TECHNICAL = re.compile(r"([0-9]+)(?:\.([0-9]+))?")
_LOOKS_NUMERIC = re.compile(r"[\d.,' ]*\d[\d.,' ]*")
_LETTERS_FOR_DIGITS = str.maketrans("OoIl|", "00111")
_LOOKS_MISTYPED = re.compile(r"[\d.,OoIl| ]*\d[\d.,OoIl| ]*|[Oo]")
_NOT_FINITE = {"nan", "inf", "infinity", "vô cực"}


def to_digits(text: str, locale: Locale = "vi") -> Digits | NotANumber:
    """Return the digits before and after the decimal mark, or the rule that the text breaks.

    Vietnamese: point between thousands, comma before decimals; English: the other way round; technical, as
    programs write: a point before decimals and nothing between thousands.
    """
    if locale == "vi":
        return _by_vietnamese(text)
    if locale == "technical" and (found := _TECHNICAL.fullmatch(text)):
        whole, decimals = found.groups(default="")
        return whole, decimals
    digits = _by_vietnamese(text.translate(_SWAPPED))
    if locale == "technical" and not isinstance(digits, NotANumber):
        return NotANumber("number_convention", reading=_written(digits).replace(",", "."))
    if isinstance(digits, NotANumber):
        return NotANumber(
            digits.rule,
            digits.as_integer,
            digits.as_decimal.replace(",", "."),
            digits.reading.replace(",", "."),
        )
    return digits


def to_whole_digits(text: str, locale: Locale = "vi") -> str | None:
    """Return the digits of a number that cannot have decimals, so that three digits after a point are a group."""
    group = "." if locale == "vi" else ","
    if not re.fullmatch(rf"\d+|[1-9]\d{{0,2}}(?:[{group} ]\d{{3}})+", text):
        return None
    return text.replace(group, "").replace(" ", "")


def _by_vietnamese(text: str) -> Digits | NotANumber:
    if not text.isascii() or not _LOOKS_NUMERIC.fullmatch(text):
        if text.casefold() in _NOT_FINITE:
            return NotANumber("number_not_finite")
        return _mistyped(text) or NotANumber("number_unreadable")
    digits = _read(text)
    if digits is not None:
        return digits
    if found := _AMBIGUOUS.fullmatch(text):
        whole, rest = found.groups()
        return NotANumber("number_ambiguous", whole + rest, f"{whole},{rest}0")
    other = _read(text.translate(_SWAPPED))
    return NotANumber("number_convention", reading="" if other is None else _written(other))


def _read(text: str) -> Digits | None:
    if _PLAIN.fullmatch(text):
        return text, ""
    if _AMBIGUOUS.fullmatch(text):
        return None
    if found := _SPACED.fullmatch(text) or _POINTED.fullmatch(text):
        whole, decimals = found.groups(default="")
        return whole.replace(".", "").replace(" ", ""), decimals
    if found := _DECIMAL.fullmatch(text):
        whole, decimals = found.groups()
        return whole, decimals
    return None


def _mistyped(text: str) -> NotANumber | None:
    """Return the reading of a text in which letters stand for the digits they look like, to be offered."""
    if not text.isascii() or not _LOOKS_MISTYPED.fullmatch(text):
        return None
    digits = _read(text.translate(_LETTERS_FOR_DIGITS))
    return None if digits is None else NotANumber("number_has_letters", reading=_written(digits))


def _written(digits: Digits) -> str:
    whole, decimals = digits
    return f"{whole},{decimals}" if decimals else whole
