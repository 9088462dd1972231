"""Numbers as officers type them: read by the declared convention, never guessed."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from tests.ingestion.registered import VOCABULARIES, standard_form

LAYOUT = standard_form().layout


UNITS = VOCABULARIES["units_of_measure"]


def read(typed: str, unit: str | None = None, locale: Locale = "vi") -> Number | Missing | NotANumber:
    """Return what a cell says in a row whose unit of measure has a code."""
    of = None if unit is None else UNITS.term_of(unit)
    assert (of is None) == (unit is None)
    speech = Speech(locale, VOCABULARIES.words, VOCABULARIES.scales, of)
    return to_number(typed, LAYOUT.missing_signs, LAYOUT.qualifiers, speech)


def flaw(typed: str, unit: str | None = None, locale: Locale = "vi") -> str:
    """Return the rule that a cell breaks."""
    found = read(typed, unit, locale)
    assert isinstance(found, NotANumber), found
    return found.rule


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
        ("(1,2)%", -1.2, 1, None),
        ("(1,2%)", -1.2, 1, None),
        ("'12,5", 12.5, 1, None),
        ("’1.234,5", 1234.5, 1, None),
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
        ("xấp xỉ 80", 80.0, 0, "~"),
        ("tối thiểu 80", 80.0, 0, ">="),
        ("≥ 80", 80.0, 0, ">="),
        ("không quá 5", 5.0, 0, "<="),
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
        ("KPS", "none"),
        ("'-", "none"),
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
        ("1-1,5", "number_is_range"),
        ("8% đến 8,5%", "number_is_range"),
        ("từ 8 đến 8,5", "number_is_range"),
        ("2 – 3", "number_is_range"),
        ("1O5", "number_has_letters"),
        ("l2,5", "number_has_letters"),
        ("O", "number_has_letters"),
        ("giảm -5%", "number_sign_twice"),
        ("giảm (5)%", "number_sign_twice"),
        ("giảm còn 5%", "number_unreadable"),
        ("khoảng %", "number_unreadable"),
        ("1E+05", "number_unreadable"),
        ("N/A", "number_unreadable"),
        ("5²", "number_unreadable"),
        ("trên", "number_unreadable"),
        ("9.384 tạ 594 yến", "number_unreadable"),
        ("=1+1", "number_unreadable"),
        ("٣", "number_unreadable"),
    ],
)
def test_what_can_be_read_in_two_ways_or_in_none_is_an_error(typed: str, rule: str) -> None:
    found = read(typed)
    assert isinstance(found, NotANumber)
    assert found.rule == rule


@given(
    st.decimals(0, 10**12, places=2, allow_nan=False, allow_infinity=False),
    st.sampled_from(
        [
            "{}",
            "trên {}",
            "Khoảng {}",
            "{}%",
            "{} %",
            "({})",
            "− {}",
            "'{}",
            "  {}\u00a0",
            "ước {}",
            "tăng {}",
            "giảm {}",
        ]
    ),
    st.sampled_from([".", " ", "\u00a0", "\u2009", "\u202f", ""]),
    st.booleans(),
)
def test_a_decimal_reads_back_whatever_is_written_around_it(
    number: Decimal, around: str, separator: str, is_wide: bool
) -> None:
    whole, _, decimals = f"{number:,.2f}".partition(".")
    text = f"{whole.replace(',', separator)},{decimals}"
    if is_wide:
        text = text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789,."})
    found = read(around.format(text), "percent")
    assert isinstance(found, Number)
    is_negative = around in ("({})", "− {}", "giảm {}")
    assert (found.value, found.decimals) == (float(-number if is_negative else number), 2)


@given(
    st.decimals(0, 10**12, places=2, allow_nan=False, allow_infinity=False),
    st.sampled_from([",", " ", "\u202f", ""]),
)
def test_what_is_written_the_english_way_reads_back_in_an_english_form(
    number: Decimal, separator: str
) -> None:
    text = f"{number:,.2f}".replace(",", separator)
    assert read(text, locale="en") == Number(float(number), 2)


@given(
    st.integers(0, 10**6), st.integers(0, 999), st.sampled_from(["tỷ", "tỉ"]), st.sampled_from(["", " đồng"])
)
def test_a_sum_spoken_in_parts_reads_back_in_the_unit_of_the_row(
    billions: int, millions: int, word: str, ending: str
) -> None:
    text = f"{billions:,}".replace(",", ".") + f" {word} {millions} triệu{ending}"
    in_billions = Number(float(Decimal(billions) + Decimal(millions) / 1000), 3)
    assert read(text, "billion_vnd") == in_billions
    assert read(text, "million_vnd") == Number(float(1000 * billions + millions), 0)


_PIECES = (
    *("0", "1", "234", ".", ",", " ", "-", "–", "(", ")", "%", "‰", "'", "O", "e", "tỷ", "triệu", " nghìn "),
    *("giảm ", "tăng trưởng âm ", "trên ", "ước ", " đến ", "đồng", "lượt", "²", "∞", "\u200b", "\u0301"),
)


@given(
    st.lists(st.sampled_from(_PIECES), max_size=12).map("".join),
    st.sampled_from(["percent", "billion_vnd", None]),
)
def test_any_mixture_of_what_stands_in_such_cells_gets_an_answer(typed: str, unit: str | None) -> None:
    found = read(typed, unit)
    assert isinstance(found, Number | Missing | NotANumber)
    if isinstance(found, Number):
        assert math.isfinite(found.value)


@pytest.mark.parametrize(
    ("typed", "unit", "value", "decimals"),
    [
        ("9.384 tỷ 594 triệu đồng", "billion_vnd", 9384.594, 3),
        ("9.384 tỷ 594 triệu", "million_vnd", 9384594.0, 0),
        ("15 nghìn tỷ", "billion_vnd", 15000.0, 0),
        ("1,5 ngàn tỉ đồng", "billion_vnd", 1500.0, 0),
        ("2 vạn", "visitor", 20000.0, 0),
        ("2 vạn người", "thousand_person", 20.0, 0),
        ("1,2 triệu lượt", "visitor", 1200000.0, 0),
        ("1,25 triệu lượt khách", "thousand_visitor", 1250.0, 0),
        ("15 nghìn ha", "hectare", 15000.0, 0),
        ("320 nghìn", "thousand_person", 320.0, 0),
        ("20\u00a0tr. đồng", "billion_vnd", 0.02, 3),
        ("20 lượt", "visitor", 20.0, 0),
    ],
)
def test_a_written_unit_is_converted_into_that_of_the_row(
    typed: str, unit: str, value: float, decimals: int
) -> None:
    assert read(typed, unit) == Number(value, decimals)


@pytest.mark.parametrize(
    ("typed", "unit", "rule"),
    [
        ("5 triệu USD", "billion_vnd", "number_in_other_unit"),
        ("20 lượt", "billion_vnd", "number_in_other_unit"),
        ("1,2 điểm %", "percent", "number_in_other_unit"),
        ("12‰", "percent", "number_in_other_unit"),
        ("5 nghìn", "percent", "number_in_other_unit"),
        ("15 nghìn", "billion_vnd", "number_magnitude_unclear"),
        ("9.384 tỷ 1594 triệu", "billion_vnd", "number_parts_do_not_add"),
        ("594 triệu 9 tỷ", "billion_vnd", "number_parts_do_not_add"),
        ("9,384 tỷ 594 triệu", "billion_vnd", "number_convention"),
        ("1.206 tỷ", "billion_vnd", "number_ambiguous"),
        ("giảm 5", "billion_vnd", "number_direction_without_percent"),
    ],
)
def test_a_written_unit_that_does_not_fit_the_row_is_an_error(typed: str, unit: str, rule: str) -> None:
    assert flaw(typed, unit) == rule


@pytest.mark.parametrize(
    ("typed", "value", "qualifier", "status"),
    [
        ("giảm 16,87", -16.87, None, None),
        ("tăng 8,51%", 8.51, None, None),
        ("tăng trưởng âm 2,1", -2.1, None, None),
        ("Giảm trên 5", -5.0, "<", None),
        ("giảm gần 5%", -5.0, ">", None),
        ("dự ước tăng khoảng 8,5", 8.5, "~", "estimate"),
        ("ước đạt 7,5%", 7.5, None, "estimate"),
    ],
)
def test_words_of_change_and_of_status_are_read(
    typed: str, value: float, qualifier: str | None, status: str | None
) -> None:
    found = read(typed, "percent")
    assert isinstance(found, Number)
    assert (found.value, found.qualifier, found.status_code) == (value, qualifier, status)


@pytest.mark.parametrize(
    ("typed", "locale", "rule", "reading"),
    [
        ("1,234.5", "vi", "number_convention", "1234,5"),
        ("1,234,567", "vi", "number_convention", "1234567"),
        ("1.234,5", "en", "number_convention", "1234.5"),
        ("12 34", "vi", "number_convention", ""),
        ("1,234.5", "technical", "number_convention", "1234.5"),
        ("1O5,l", "vi", "number_has_letters", "105,1"),
    ],
)
def test_another_reading_is_offered_and_not_taken(
    typed: str, locale: Locale, rule: str, reading: str
) -> None:
    assert read(typed, locale=locale) == NotANumber(rule, reading=reading)


@given(st.decimals(0, 10**12, places=3, allow_nan=False, allow_infinity=False))
def test_what_a_program_writes_reads_back_in_a_technical_form(number: Decimal) -> None:
    assert read(str(number), locale="technical") == Number(float(number), 3)


def test_readings_are_offered_in_the_unit_of_the_row() -> None:
    assert read("1.206 tỷ", "million_vnd") == NotANumber("number_ambiguous", "1206000", "1206")
    assert read("15 nghìn", "billion_vnd") == NotANumber("number_magnitude_unclear", "15000", "0,000015")


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
