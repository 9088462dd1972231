"""Numbers, dates and lists are written as an official document writes them, whatever the value."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting import vietnamese

FIGURES = st.floats(allow_nan=False, allow_infinity=False, width=64)


def read_back(text: str) -> Decimal:
    """Return the number that a Vietnamese reader takes from the text."""
    return Decimal(text.replace(".", "").replace(",", "."))


@given(value=FIGURES, decimals=st.integers(0, 6))
def test_a_number_reads_back_within_half_a_unit_of_its_last_decimal(value: float, decimals: int) -> None:
    written = vietnamese.number(value, decimals)
    assert abs(read_back(written) - Decimal(repr(value))) <= Decimal(5).scaleb(-decimals - 1)


@given(value=FIGURES, decimals=st.integers(0, 6))
def test_a_number_groups_thousands_by_points_and_ends_without_an_idle_zero(
    value: float, decimals: int
) -> None:
    whole, _, fraction = vietnamese.number(value, decimals).removeprefix("-").partition(",")
    first, *rest = whole.split(".")
    assert 1 <= len(first) <= 3
    assert all(len(group) == 3 for group in rest)
    assert len(fraction) <= decimals
    assert not fraction.endswith("0")


@given(value=FIGURES)
def test_a_difference_always_shows_its_direction(value: float) -> None:
    written = vietnamese.difference(value, 2)
    assert written == "0" or written[0] in "+-"
    assert read_back(written) == read_back(vietnamese.number(value, 2))


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1234.5, 2, "1.234,5"),
        (5.73951, 2, "5,74"),
        (0.125, 2, "0,13"),
        (-0.004, 2, "0"),
        (-1.76, 2, "-1,76"),
        (105000, 2, "105.000"),
        (0.699, 3, "0,699"),
        (1e15, 0, "1.000.000.000.000.000"),
    ],
)
def test_known_numbers(value: float, decimals: int, written: str) -> None:
    assert vietnamese.number(value, decimals) == written


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_not_a_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        vietnamese.number(value, 2)


@pytest.mark.parametrize(
    ("how_many", "written"), [(0, "0"), (1, "01"), (9, "09"), (10, "10"), (1234, "1.234")]
)
def test_counts_have_two_digits(how_many: int, written: str) -> None:
    assert vietnamese.count(how_many) == written


@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_day_is_written_dd_mm_yyyy(on: date) -> None:
    assert datetime.strptime(vietnamese.day(on), "%d/%m/%Y").replace(tzinfo=UTC).date() == on


def test_a_moment_is_told_in_vietnam_time_with_or_without_a_zone() -> None:
    assert vietnamese.moment(datetime(2026, 1, 31, 17, 30, tzinfo=UTC)) == "00 giờ 30 phút ngày 01/02/2026"
    assert vietnamese.moment(datetime(2026, 1, 31, 5, 0)) == "12 giờ 00 phút ngày 31/01/2026"  # noqa: DTZ001  (marts are naive UTC)


def test_points_are_lettered_in_the_vietnamese_order() -> None:
    assert "".join(vietnamese.letter(position) for position in range(1, 8)) == "abcdđeg"
    with pytest.raises(ValueError, match="lettered"):
        vietnamese.letter(0)


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a và b"),
        (["a", "b", "c"], "a, b và c"),
        (["nông, lâm nghiệp", "dịch vụ"], "nông, lâm nghiệp; dịch vụ"),
    ],
)
def test_lists_read_as_one_phrase(parts: list[str], written: str) -> None:
    assert vietnamese.listed(parts) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [("đạt 5", "Đạt 5."), ("Đạt 5.", "Đạt 5."), ("đạt 5;", "Đạt 5."), ("  ", ""), ("ý kiến", "Ý kiến.")],
)
def test_a_sentence_begins_with_a_capital_and_ends_once(text: str, written: str) -> None:
    assert vietnamese.sentence(text) == written


def test_an_abbreviation_keeps_its_capitals_inside_a_sentence() -> None:
    assert vietnamese.lower_first("Tỉnh Bắc Kạn") == "tỉnh Bắc Kạn"
    assert vietnamese.lower_first("GRDP bình quân") == "GRDP bình quân"
    assert vietnamese.lower_first("") == ""
