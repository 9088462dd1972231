"""The macros of numbers → twelve digits that stay, sums the same in any order, figures a reader can read back."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal
from random import Random

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

VIETNAMESE = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})*(,[0-9]*[1-9])?")
TWELVE = Context(prec=12, rounding=ROUND_HALF_EVEN)
numbers = st.one_of(
    st.floats(-1e12, 1e12, allow_subnormal=False),
    st.integers(-(10**9), 10**9).map(lambda units: units / 1000),
)
lists = st.lists(numbers, min_size=1, max_size=200)
PROPERTY = settings(deadline=None)


def column(expression: str, values: list[float]) -> list[object]:
    """Return what the expression makes of a table of values `v`, each with its `place`."""
    with duckdb.connect() as connection:
        connection.execute(
            "create table numbers as select unnest(?::double[]) as v, unnest(range(?)) as place",
            [values, len(values)],
        )
        return [value for (value,) in connection.execute(f"select {expression} from numbers").fetchall()]


@PROPERTY
@given(values=lists)
def test_twelve_digits_are_the_nearest_and_rounding_again_changes_nothing(
    methods: dict[str, str], values: list[float]
) -> None:
    once = column(methods["to_12_digits"], values)
    assert once == [float(TWELVE.create_decimal(Decimal(value))) for value in values]
    assert column(methods["to_12_digits"], [float(str(value)) for value in once]) == once


@PROPERTY
@given(
    units=st.lists(st.integers(0, 10**7), min_size=1, max_size=60),
    shuffle=st.randoms(use_true_random=False),
)
def test_a_sum_of_decimals_is_their_exact_sum_in_whatever_order(
    methods: dict[str, str], units: list[int], shuffle: Random
) -> None:
    values = [unit / 1000 for unit in units]
    mixed = shuffle.sample(values, len(values))
    assert column(methods["sum to_12_digits"], values) == [sum(units) / 1000]
    assert column(methods["sum to_12_digits"], mixed) == [sum(units) / 1000]


@pytest.mark.parametrize(
    ("macro", "decimals"), [("vi_number whole", 0), ("vi_number", 2), ("vi_number of four", 4)]
)
@PROPERTY
@given(values=lists)
def test_a_number_in_vietnamese_reads_back_as_the_number_rounded(
    methods: dict[str, str], macro: str, decimals: int, values: list[float]
) -> None:
    for value, text in zip(values, column(methods[macro], values), strict=True):
        assert VIETNAMESE.fullmatch(str(text)) and text != "-0", (value, text)
        read = Decimal(str(text).replace(".", "").replace(",", "."))
        assert len(str(text).partition(",")[2]) <= decimals, (value, text)
        # Half a unit of the last decimal, and what a binary fraction of this size cannot tell apart.
        assert abs(read - Decimal(value)) <= Decimal("0.5").scaleb(-decimals) + Decimal(
            abs(value) * 2**-52
        ), (value, text)
