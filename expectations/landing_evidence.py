"""Landing rows and the registry → the rows with what the landing checks compare them with."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from expectations.answers import LandingRegistry
from expectations.last_values import with_last_values

if TYPE_CHECKING:
    import pandas as pd

# What one series, as one source published it, is known by: given twice in a file it is a contradiction.
SERIES_KEY = (
    "indicator_code",
    "method_version",
    "is_plan",
    "admin_unit_code",
    "period_kind",
    "period_start",
    "period_end",
    "source",
    "published_on",
)

_NUMBER_CELL = re.compile(r"-?\d+\.\d+")
_SPAN_STARTS = {"day": "D", "month": "M", "quarter": "Q", "year": "Y", "unknown": "Y"}


def with_landing_evidence(frame: pd.DataFrame, registry: LandingRegistry, received_on: date) -> pd.DataFrame:
    """Return the rows, in order, with the facts of the registry and the values in the unit of the indicator.

    Columns of a landing Parquet file come in; dates may be dates, timestamps or ISO text. Raises KeyError if
    the rows or the registry lack a column.
    """
    import pandas as pd

    rows = frame.reset_index(drop=True).copy()
    for column in ("period_start", "period_end", "published_on"):
        rows[column] = pd.to_datetime(rows[column])
    rows["value"] = pd.to_numeric(rows["value"])
    rows = rows.join(_indicator_facts(rows, registry)).join(_admin_unit_facts(rows, registry))
    # Hectares are no percent: without a common dimension there is no value to hold against the indicator.
    converted = rows["value"] * rows["unit_factor"] / rows["indicator_factor"]
    rows["value_in_indicator_unit"] = converted.where(rows["unit_dimension"] == rows["indicator_dimension"])
    rows["value_as_written"] = _as_written(rows)
    rows = with_last_values(rows, registry.published, registry.units_of_measure)
    rows["received_on"] = pd.Timestamp(received_on)
    rows["published_from"] = _first_day_of_span(rows)
    # A figure is known at the earlier of the two: published, or received here.
    rows["known_on"] = rows[["published_on", "received_on"]].min(axis=1)
    rows["has_one_of_value_and_missing_code"] = rows["value"].notna() != rows["missing_code"].notna()
    rows["value_is_finite"] = ~rows["value"].isin([float("inf"), float("-inf")])
    rows["value_is_whole"] = rows["value"].isna() | (rows["value"] % 1 == 0)
    # A table gives the plan of a year beside its result: two statements, not one given twice.
    rows["is_plan"] = rows["status_code"].eq("plan")
    rows["admin_unit_successors_vi"] = _successors(rows, registry)
    rows["times_given"] = rows.groupby(list(SERIES_KEY), dropna=False)["row_number"].transform("size")
    rows["cells_given"] = _cells_of_the_same_series(rows)
    return rows


def _indicator_facts(rows: pd.DataFrame, registry: LandingRegistry) -> pd.DataFrame:
    import pandas as pd

    units = registry.units_of_measure.set_index("unit_of_measure")
    indicators = registry.indicators.set_index("indicator_code").reindex(rows["indicator_code"])
    facts = pd.DataFrame(
        {
            "indicator_name_vi": indicators["name_vi"],
            "indicator_unit": indicators["unit_of_measure"],
            "is_structure_share": _flags(indicators["is_structure_share"]),
            "is_growth_rate": _flags(indicators["is_growth_rate"]),
            "plausible_low": pd.to_numeric(indicators["plausible_low"]),
            "plausible_high": pd.to_numeric(indicators["plausible_high"]),
        }
    ).reset_index(drop=True)
    own = units.reindex(rows["unit_of_measure"]).reset_index(drop=True)
    of_indicator = units.reindex(facts["indicator_unit"]).reset_index(drop=True)
    is_rate = of_indicator["dimension"].eq("percent") & facts["plausible_high"].eq(100)
    return facts.assign(
        is_part_of_a_whole=facts["is_structure_share"] | (is_rate & ~facts["is_growth_rate"]),
        unit_name_vi=own["name_vi"],
        unit_dimension=own["dimension"],
        unit_factor=pd.to_numeric(own["factor"]),
        indicator_unit_name_vi=of_indicator["name_vi"],
        indicator_dimension=of_indicator["dimension"],
        indicator_factor=pd.to_numeric(of_indicator["factor"]),
    )


def _admin_unit_facts(rows: pd.DataFrame, registry: LandingRegistry) -> pd.DataFrame:
    """Return name and days of existence of each row's unit; one that always was, or still is, has no day."""
    import pandas as pd

    # Of some hundred registered units a file speaks of a few.
    named = registry.admin_units[registry.admin_units["admin_unit_code"].isin(rows["admin_unit_code"])]
    days = {side: pd.to_datetime(named[side]) for side in ("valid_from", "valid_to")}
    by_code = named["admin_unit_code"]
    always_was = days["valid_from"].isna().groupby(by_code).any()
    still_is = days["valid_to"].isna().groupby(by_code).any()
    # A code may be used again: the unit exists from its first beginning to its last end.
    facts = pd.DataFrame(
        {
            "admin_unit_name_vi": named.groupby("admin_unit_code")["label_vi"].first(),
            "admin_unit_from": days["valid_from"].groupby(by_code).min().mask(always_was),
            "admin_unit_to": days["valid_to"].groupby(by_code).max().mask(still_is),
        }
    ).reindex(rows["admin_unit_code"])
    facts["admin_unit_from_year"] = facts["admin_unit_from"].dt.to_period("Y").dt.start_time
    return facts.reset_index(drop=True)


def _as_written(rows: pd.DataFrame) -> list[str]:
    """Return what stands in the value cells; a number cell, which has no comma of its own, with one."""
    return [
        str(raw).replace(".", ",") if _NUMBER_CELL.fullmatch(str(raw)) and float(raw) == value else str(raw)
        for raw, value in zip(rows["raw_text"], rows["value"], strict=True)
    ]


def _successors(rows: pd.DataFrame, registry: LandingRegistry) -> pd.Series[str]:
    """Return the labels of the units that followed each row's unit, in one text; empty for none."""
    units = registry.admin_units.drop_duplicates("admin_unit_code").set_index("admin_unit_code")
    labels = units["successors_vi"] if "successors_vi" in units else units["label_vi"].map(lambda label: "")
    return (
        rows["admin_unit_code"]
        .map(labels)
        .fillna("")
        .map(lambda text: text or "danh mục không nêu đơn vị nào")
    )


def _flags(column: pd.Series[str]) -> pd.Series[bool]:
    """Return true where the seed says true, whether the CSV was read as text or as booleans."""
    return column.astype(str).str.lower().eq("true")


def _first_day_of_span(rows: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """Return the first day on which a row may have been published, given how precisely that is known."""
    import pandas as pd

    first = [
        day if pd.isna(day) else day.to_period(_SPAN_STARTS.get(str(precision), "D")).start_time
        for day, precision in zip(rows["published_on"], rows["published_precision"], strict=True)
    ]
    return pd.Series(pd.to_datetime(first), index=rows.index)


def _cells_of_the_same_series(rows: pd.DataFrame) -> pd.Series[str]:
    """Return, for each row, the cells that its series is given in: "G5, G9"."""
    import pandas as pd

    series = rows.groupby(list(SERIES_KEY), dropna=False).ngroup()
    cells: dict[int, list[str]] = {}
    for one, cell in zip(series, rows["cell"], strict=True):
        cells.setdefault(one, []).append(str(cell))
    return pd.Series([", ".join(cells[one]) for one in series], index=rows.index, dtype="str")
