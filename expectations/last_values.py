"""Landing rows and what is published → how many times the last value of its series each row's value is.

A slip of the unit (million for billion, a fraction for a percentage) multiplies by a hundred or a thousand;
no figure does so from one period to the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from expectations.wording import to_words

if TYPE_CHECKING:
    import pandas as pd

# What is published, as it is handed in: these columns, values in their own unit of measure.
PUBLISHED_COLUMNS = (
    "indicator_code",
    "method_version",
    "admin_unit_code",
    "period_kind",
    "period_end",
    "period_text",
    "unit_of_measure",
    "value",
)
_SERIES = ("indicator_code", "method_version", "admin_unit_code", "period_kind")
_MOST_DIGITS = 3


class _Earlier(NamedTuple):
    """A value of a series, in the unit of the indicator, and whether it is published or stands in the file."""

    period_end: Any
    is_published: bool
    value: float
    period_text: str


def with_last_values(
    rows: pd.DataFrame, published: pd.DataFrame | None, units_of_measure: pd.DataFrame
) -> pd.DataFrame:
    """Return the rows with `times_the_last_value`, missing where there is none to compare, and both in words.

    The last value is that of the latest period before the row's, published or in the same file; a published one
    of the same period counts as well. `rows` have `value_in_indicator_unit`.
    """
    import pandas as pd

    series: dict[tuple[Any, ...], list[_Earlier]] = defaultdict(list)
    for row in rows.to_dict("records"):
        _add(series, row, row["value_in_indicator_unit"], is_published=False)
    if published is not None and len(published):
        factors = units_of_measure.set_index("unit_of_measure")["factor"].astype(float)
        own = rows.drop_duplicates("indicator_code").set_index("indicator_code")["indicator_factor"]
        for row in published.to_dict("records"):
            row = {**row, "period_end": pd.Timestamp(row["period_end"])}
            value = (
                row["value"]
                * factors.get(row["unit_of_measure"])
                / own.get(row["indicator_code"], float("nan"))
            )
            _add(series, row, value, is_published=True)
    compared = [_compare(row, series[_key(row)]) for row in rows.to_dict("records")]
    names = ["times_the_last_value", "times_the_last_value_vi", "last_value_vi"]
    return rows.join(pd.DataFrame(compared, columns=names, index=rows.index))


def _key(row: Mapping[Any, Any]) -> tuple[Any, ...]:
    return tuple(None if row[name] != row[name] else row[name] for name in _SERIES)


def _add(
    series: dict[tuple[Any, ...], list[_Earlier]], row: Mapping[Any, Any], value: float, *, is_published: bool
) -> None:
    if value == value and value != 0:
        series[_key(row)].append(_Earlier(row["period_end"], is_published, value, row["period_text"]))


def _compare(row: Mapping[Any, Any], values: list[_Earlier]) -> tuple[float | None, str, str]:
    value, end = row["value_in_indicator_unit"], row["period_end"]
    before = [one for one in values if one.period_end < end or (one.is_published and one.period_end == end)]
    if not before or value != value or value == 0:
        return None, "", ""
    last = max(before, key=lambda one: (one.period_end, one.is_published))
    times = abs(value / last.value)
    words = f"gấp {_rounded(times)} lần" if times >= 1 else f"chỉ bằng 1/{_rounded(1 / times)}"
    unit = row["indicator_unit_name_vi"]
    return times, words, f"{to_words(float(last.value))} {unit}, kỳ {last.period_text}"


def _rounded(times: float) -> str:
    return to_words(float(f"{times:.{_MOST_DIGITS}g}"))
