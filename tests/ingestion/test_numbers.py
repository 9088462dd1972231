"""Numbers as officers type them: read by the declared convention, never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.normalising.numbers import (
    Missing,
    NotANumber,
    Number,
    to_number,
    to_number_of_cell,
    to_percent_text,
)
from tests.ingestion.registered import standard_form

LAYOUT = standard_form().layout


def read(typed: str) -> Number | Missing | NotANumber:
    return to_number(typed, LAYOUT.missing_signs, LAYOUT.qualifiers)


def written(whole: int, decimals: str, separator: str) -> str:
    groups = f"{whole:,}".replace(",", separator)
    return f"{groups},{decimals}" if decimals else groups


@given(
    st.integers(0, 10**12),
    st.text("0123456789", max_size=6),
    st.sampled_from([".", " ", "\u00a0", "\u2009", "\u202f", ""]),
    st.sampled_from(["", "-", "−", "– "]),
)
def test_what_is_written_the_vietnamese_way_reads_back_with_its_printed_decimals(
    whole: int, decimals: str, separator: str, sign: str
) -> None:
    text = sign + written(whole, decimals, separator)
    found = read(text)
    if isinstance(found, NotANumber):
        # Only one separator with exactly three digits after it, or without one, is left in doubt.
        assert found.rule == "number_ambiguous"
        assert (separator == "." and 1000 <= whole < 10**6 and not decimals) or (
            len(decimals) == 3 and 1 <= whole < 1000
        )
    else:
        value = float(f"{whole}.{decimals or '0'}")
        assert found == Number(-value if sign and value else value, len(decimals))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_cell_keeps_its_exact_value(value: float) -> None:
    found = to_number_of_cell(value)
    assert isinstance(found, Number)
    assert found.value == value


@given(st.text(max_size=12))
def test_any_text_gets_an_answer(typed: str) -> None:
    assert isinstance(read(typed), Number | Missing | NotANumber)


@pytest.mark.parametrize(
    ("typed", "value", "decimals", "qualifier"),
    [
        ("1.234,5", 1234.5, 1, None),
        ("1.234.567", 1234567.0, 0, None),
        ("1 234", 1234.0, 0, None),
        ("1\u00a0234,50", 1234.5, 2, None),
        ("6,80", 6.8, 2, None),
        ("6.5", 6.5, 1, None),
        ("0,699", 0.699, 3, None),
        ("1234,567", 1234.567, 3, None),
        ("(5)", -5.0, 0, None),
        ("(1,2)", -1.2, 1, None),
        ("−7", -7.0, 0, None),
        ("１２，５", 12.5, 1, None),
        ("  12\u200b ", 12.0, 0, None),
        ("trên 7740", 7740.0, 0, ">"),
        ("Hơn 2,3", 2.3, 1, ">"),
        ("gần 15000", 15000.0, 0, "<"),
        ("dưới 5", 5.0, 0, "<"),
        ("khoảng 18000", 18000.0, 0, "~"),
        ("> 5", 5.0, 0, ">"),
        ("≈3", 3.0, 0, "~"),
        ("-0", 0.0, 0, None),
    ],
)
def test_a_number_is_read(typed: str, value: float, decimals: int, qualifier: str | None) -> None:
    found = read(typed)
    assert isinstance(found, Number)
    assert (found.value, found.decimals, found.qualifier) == (value, decimals, qualifier)
    assert str(found.value) != "-0.0"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("-", "none"),
        ("–", "none"),
        ("…", "not_collected"),
        (" ... ", "not_collected"),
        ("x", "not_applicable"),
        ("X", "not_applicable"),
    ],
)
def test_a_missing_sign_is_no_zero(typed: str, code: str) -> None:
    assert read(typed) == Missing(code)  # type: ignore[arg-type]  # the parameters are plain text


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("1.234", "number_ambiguous"),
        ("1,234", "number_ambiguous"),
        ("-12,345", "number_ambiguous"),
        ("trên 1.234", "number_ambiguous"),
        ("1,234.5", "number_convention"),
        ("1,234,567", "number_convention"),
        ("1.234.56", "number_convention"),
        ("12 34", "number_convention"),
        (",5", "number_convention"),
        ("5,", "number_convention"),
        ("0.123.456", "number_convention"),
        ("NaN", "number_not_finite"),
        ("inf", "number_not_finite"),
        ("9" * 400, "number_not_finite"),
        ("1e5", "number_unreadable"),
        ("1-1,5", "number_unreadable"),
        ("N/A", "number_unreadable"),
        ("5²", "number_unreadable"),
        ("trên", "number_unreadable"),
        ("9.384 tỷ 594 triệu", "number_unreadable"),
        ("=1+1", "number_unreadable"),
        ("٣", "number_unreadable"),
    ],
)
def test_what_can_be_read_in_two_ways_or_in_none_is_an_error(typed: str, rule: str) -> None:
    found = read(typed)
    assert isinstance(found, NotANumber)
    assert found.rule == rule


def test_an_ambiguous_number_names_both_readings() -> None:
    assert read("1.234") == NotANumber("number_ambiguous", "1234", "1,2340")


def test_a_percent_sign_is_noted_for_the_unit_to_decide() -> None:
    assert read("12 %") == Number(12.0, 0, has_percent_sign=True)


def test_the_tail_of_a_formula_does_not_count_as_printed() -> None:
    assert to_number_of_cell(0.1 + 0.2) == Number(0.1 + 0.2, 1)
    assert to_number_of_cell(21071.0) == Number(21071.0, 0)


def test_infinity_in_a_number_cell_is_refused() -> None:
    for value in (float("inf"), float("-inf"), float("nan")):
        assert to_number_of_cell(value) == NotANumber("number_not_finite")


def test_a_percent_cell_is_told_as_excel_shows_it() -> None:
    assert to_percent_text(0.0755) == "7,55"
    assert to_percent_text(1.17) == "117"
