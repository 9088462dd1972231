"""A number with the unit written behind it → its value in the unit of the row: “9.384 tỷ 594 triệu” → 9384.594."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ingestion.normalising.digits import Locale, NotANumber, to_digits, to_whole_digits
from ingestion.normalising.scales import Scale, Scales
from ingestion.normalising.vocabulary import Term

_HEAD = re.compile(r"([0-9][0-9.,' ]*)(.*)")
_PART = re.compile(r"([0-9][0-9., ]*)([^\d., ]\D*)")
_PARTS = re.compile(rf"(?:{_PART.pattern}){{2,}}")
_PER_MILLE = "‰"


@dataclass(frozen=True)
class Quantity:
    """A value without sign, in the unit of the row, and the digits printed after its comma."""

    value: Decimal
    decimals: int
    has_percent_sign: bool = False


def to_quantity(text: str, locale: Locale, scales: Scales, unit: Term | None) -> Quantity | NotANumber:
    """Return a number with what stands behind it as a value in `unit`, or the rule that it breaks."""
    found = _HEAD.fullmatch(text)
    head, tail = (found[1].strip(), found[2].strip()) if found else (text, "")
    if not tail or tail == "%":
        digits = to_digits(head, locale)
        if isinstance(digits, NotANumber):
            return digits
        return Quantity(_to_decimal(*digits), len(digits[1]), tail == "%")
    if tail == _PER_MILLE:
        return NotANumber("number_in_other_unit", reading=tail)
    if scale := scales.find(tail):
        return _in_unit_of_row(head, tail, scale, locale, scales, unit)
    if _PARTS.fullmatch(text):
        parts = [(number.strip(), words.strip()) for number, words in _PART.findall(text)]
        if all(scales.find(words) for _, words in parts):
            return _compound(parts, locale, scales, unit)
    # A letter may stand for a digit, as in “1O5”, or there is no number at all: the whole text tells.
    flaw = to_digits(text, locale)
    return flaw if isinstance(flaw, NotANumber) else NotANumber("number_unreadable")


def _in_unit_of_row(
    head: str, tail: str, scale: Scale, locale: Locale, scales: Scales, unit: Term | None
) -> Quantity | NotANumber:
    own = 1 if unit is None else scales.own_magnitude(unit)
    digits = to_digits(head, locale)
    if unit is not None and _contradicts(scale, unit):
        return NotANumber("number_in_other_unit", reading=tail)
    if isinstance(digits, NotANumber):
        return _in_unit(digits, _factor(scale, unit, own), locale)
    value = _to_decimal(*digits)
    if unit is None or unit.factor is None:
        return Quantity(value, len(digits[1]))
    if scale.dimension is None and scale.factor < own:
        # “15 nghìn” where the row counts in tỷ đồng: fifteen thousand đồng, or fifteen thousand tỷ?
        return NotANumber(
            "number_magnitude_unclear",
            as_integer=_to_text(value * scale.factor, locale),
            as_decimal=_to_text(value * scale.factor / own, locale),
        )
    return _scaled(value, len(digits[1]), _factor(scale, unit, own))


def _compound(
    parts: list[tuple[str, str]], locale: Locale, scales: Scales, unit: Term | None
) -> Quantity | NotANumber:
    """Return the sum of parts in falling magnitudes; all but the last are whole, so a point in them groups."""
    total, decimals, smallest = Decimal(0), 0, None
    own = 1 if unit is None else scales.own_magnitude(unit)
    for at, (number, words) in enumerate(parts):
        scale = scales.find(words)
        if scale is None:
            return NotANumber("number_unreadable")
        if unit is not None and _contradicts(scale, unit):
            return NotANumber("number_in_other_unit", reading=words)
        digits = to_digits(number, locale)
        whole = to_whole_digits(number, locale)
        if at < len(parts) - 1:
            digits = NotANumber("number_convention") if whole is None else (whole, "")
        if isinstance(digits, NotANumber):
            return digits
        value, factor = _to_decimal(*digits), _factor(scale, unit, own)
        if smallest is not None and value * factor >= smallest:
            return NotANumber("number_parts_do_not_add")
        part = _scaled(value, len(digits[1]), factor)
        total, decimals, smallest = total + part.value, part.decimals, factor
    return Quantity(total, decimals)


def _contradicts(scale: Scale, unit: Term) -> bool:
    """Return whether a written unit is of another kind than that of the row.

    Two registered units of one dimension and one size differ in kind, not in scale: % and percentage points.
    """
    if scale.dimension is None:
        return unit.dimension == "percent"
    is_another = scale.code is not None and scale.code != unit.code
    return scale.dimension != unit.dimension or (is_another and scale.factor == unit.factor)


def _factor(scale: Scale, unit: Term | None, own: int) -> Decimal:
    """Return how many units of the row one of the written unit is."""
    if unit is None or unit.factor is None:
        return scale.factor
    return scale.factor / own if scale.dimension is None else scale.factor / unit.factor


def _scaled(value: Decimal, decimals: int, factor: Decimal) -> Quantity:
    last_digit = (Decimal(1).scaleb(-decimals) * factor).normalize()
    return Quantity(value * factor, max(0, -int(last_digit.as_tuple().exponent)))


def _in_unit(flaw: NotANumber, factor: Decimal, locale: Locale) -> NotANumber:
    """Return a flaw with its readings as they are to be written in the unit of the row."""
    of = {
        name: _to_text(Decimal(text.replace(",", ".")) * factor, locale) if text else ""
        for name, text in (
            ("as_integer", flaw.as_integer),
            ("as_decimal", flaw.as_decimal),
            ("reading", flaw.reading),
        )
    }
    return NotANumber(flaw.rule, **of)


def _to_decimal(whole: str, decimals: str) -> Decimal:
    return Decimal(f"{whole}.{decimals or '0'}")


def _to_text(value: Decimal, locale: Locale) -> str:
    text = format(value.normalize(), "f")
    # Three digits after a comma could be taken for thousands: a fourth says that they are decimals.
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text):
        text += "0"
    return text.replace(".", ",") if locale == "vi" else text
