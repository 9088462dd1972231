"""Marts → the tables the publishing checks look at: the marts, and two joins that must leave no hole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_SOURCE_COLUMNS = [
    "file_name",
    "sha256",
    "sheet",
    "cell",
    "submitted_by",
    "justified_by",
    "requires_approval",
    "approved_by",
]


def publishing_tables(
    frames: Mapping[str, pd.DataFrame], expected_targets: Sequence[str]
) -> dict[str, pd.DataFrame]:
    """Return the marts by name, `target_coverage` (expected target × its rows) and `observation_sources`
    (observation × its cell). Raises KeyError when a mart or a column of it is missing."""
    status = frames["mart_target_status"]
    observations = frames["mart_observations"]
    return dict(frames) | {
        "mart_target_status": status.assign(evaluation_year_text=status["evaluation_year"].astype(str)),
        "target_coverage": _coverage(status, expected_targets),
        "observation_sources": _sources(observations, frames["mart_provenance"]),
    }


def _coverage(status: pd.DataFrame, expected_targets: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    reported = status[status["territory_view"] == "as_reported"]
    counts = reported.groupby("target_code").size()
    return pd.DataFrame(
        {
            "target_code": list(expected_targets),
            "rows_judged": [int(counts.get(target, 0)) for target in expected_targets],
        }
    )


def _sources(observations: pd.DataFrame, provenance: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    key = ["observation_key", "submission_id"]
    named = observations[[*key, "indicator_code", "period_text"]]
    sources = pd.merge(named, provenance[key + _SOURCE_COLUMNS], on=key, how="left")
    return sources.assign(
        has_two_people=sources["approved_by"].isna()
        | (
            (sources["approved_by"] != sources["submitted_by"])
            & (sources["approved_by"] != sources["justified_by"])
        )
    )
