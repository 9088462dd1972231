"""The cell of a value, with what its row says → a figure, a missing sign, or the rule it breaks and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingestion.cells import Cell
from ingestion.layouts import FormVersion
from ingestion.normalising.digits import Locale
from ingestion.normalising.numbers import (
    Missing,
    NotANumber,
    Number,
    Speech,
    to_number,
    to_number_of_cell,
    to_percent_text,
)
from ingestion.normalising.text import to_key
from ingestion.normalising.vocabulary import Term, Vocabularies

_CONVENTIONS: dict[Locale, str] = {
    "vi": "số kiểu Việt Nam: 1.234,5 (dấu chấm phân nhóm nghìn, dấu phẩy thập phân)",
    "en": "số kiểu Anh: 1,234.5 (dấu phẩy phân nhóm nghìn, dấu chấm thập phân)",
    "technical": "số như chương trình ghi: 1234.5 (dấu chấm thập phân, không phân nhóm nghìn)",
}


@dataclass(frozen=True)
class Flaw:
    """The rule that a value breaks, and the words its sentences need."""

    rule: str
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Around:
    """What the other cells of the row say; None where they could not be read."""

    indicator: Term | None = None
    unit: Term | None = None
    status: Term | None = None


def to_value(
    cell: Cell, around: Around, layout: FormVersion, vocabularies: Vocabularies
) -> Number | Missing | Flaw:
    """Return the figure of a value cell in the unit of its row, or why there is none."""
    if cell.kind in ("date", "month", "duration"):
        return Flaw("number_is_date")
    if cell.kind == "boolean":
        return Flaw("number_is_boolean")
    if isinstance(cell.value, float):
        if cell.kind == "percent":
            return Flaw("number_shown_as_percent", {"as_percent": to_percent_text(cell.value)})
        if cell.kind == "scaled":
            return Flaw("number_shown_scaled")
        read: Number | Missing | NotANumber = to_number_of_cell(cell.value)
    else:
        words, scales = vocabularies.words, vocabularies.scales
        speech = Speech(layout.locale, words, scales, around.unit)
        read = to_number(cell.as_found, layout.missing_signs, layout.qualifiers, speech)
    if isinstance(read, NotANumber):
        return _to_flaw(read, around, layout.locale, vocabularies)
    if isinstance(read, Number) and (rule := _contradiction(read, around, vocabularies)):
        return Flaw(rule, _labels(around))
    return read


def _to_flaw(read: NotANumber, around: Around, locale: Locale, vocabularies: Vocabularies) -> Flaw:
    words = {
        "as_integer": read.as_integer,
        "as_decimal": read.as_decimal,
        "reading": read.reading,
        "convention": _CONVENTIONS[locale],
        "advice": f" Nếu muốn ghi {read.reading} thì hãy ghi lại như vậy." if read.reading else "",
        "hint": "",
    }
    if read.rule == "number_ambiguous" and (usual := _usual_reading(read, around, vocabularies)):
        words["hint"] = (
            f" Chỉ {usual} nằm trong khoảng thường gặp của chỉ tiêu, nhưng chỉ người nộp mới biết."
        )
    return Flaw(read.rule, words | _labels(around))


def _labels(around: Around) -> dict[str, str]:
    terms = {"unit": around.unit, "status": around.status, "indicator": around.indicator}
    return {name: term.label if term else "" for name, term in terms.items()}


def _usual_reading(read: NotANumber, around: Around, vocabularies: Vocabularies) -> str | None:
    """Return the one of two readings that lies in the usual range of the indicator, None when both or none do."""
    indicator, unit = around.indicator, around.unit
    if indicator is None or unit is None or indicator.measured_in is None:
        return None
    own = vocabularies["units_of_measure"].term_of(indicator.measured_in)
    if own is None or own.factor is None or unit.factor is None or own.dimension != unit.dimension:
        return None
    low, high = indicator.plausible
    usual = [
        text
        for text in (read.as_integer, read.as_decimal)
        if (low is None or low <= float(text.replace(",", ".")) * float(unit.factor / own.factor))
        and (high is None or float(text.replace(",", ".")) * float(unit.factor / own.factor) <= high)
    ]
    return usual[0] if len(usual) == 1 else None


def _contradiction(number: Number, around: Around, vocabularies: Vocabularies) -> str | None:
    """Return the rule that a readable figure breaks together with the rest of its row."""
    words = vocabularies.words
    if number.has_percent_sign and around.unit and not _is_percent(around.unit):
        return "percent_sign_without_percent_unit"
    if number.status_code and around.status and number.status_code != around.status.code:
        return "number_contradicts_status"
    falling = {to_key(word) for word in words.directions.get("-", ())}
    if number.direction and around.indicator and falling & set(to_key(around.indicator.label).split()):
        return "number_direction_unclear"
    return None


def _is_percent(unit: Term) -> bool:
    """Return whether a unit is written with the sign of percent itself: “điểm %” is another unit."""
    return any(name.startswith("%") for name in (unit.label, *unit.aliases))
