"""A target and figures a person supposes for its coming years → what the verdicts would be. Stores nothing.

The warehouse's own models judge them: they are built once more in a folder of their own, which is removed afterwards.
Source: the design's `cotmoc whatif`; the rules are those of the evaluation, nothing is computed here.
"""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cotmoc.answers import Record, UnknownTargetError, records
from cotmoc.build import SEEDS_AND_MODELS
from cotmoc.build_inputs import registry_fingerprint, to_as_of, write_build_inputs
from cotmoc.dbt_runs import DBT_PROJECT, Progress, run_dbt
from cotmoc.places import Places
from cotmoc.publishing import read_only
from cotmoc.registry import Registry

_SUPPOSITION = re.compile(r"(?P<year>\d{4})\s*=\s*(?P<value>[+-]?\d+(?:[.,]\d+)?)")


# A verdict that takes precedence hides the figures in the mart; here they are what was asked for.
_YEARS = """
    select
        status.* replace (
            judged.actual_value as actual_value, judged.path_value as path_value, judged.pace as pace,
            judged.required_per_year as required_per_year, judged.required_unit as required_unit,
            judged.projected_value as projected_value
        ),
        coalesce(yearly.is_supposed, false) as is_supposed,
        decided.data_verdict_code as figure_verdict_code,
        verdicts.verdict_name_vi as figure_verdict_name_vi,
        case decided.data_verdict_code
            when 'insufficient_data' then judged.insufficient_vi
            else concat(judged.finding_vi, judged.need_vi)
        end as figure_reason_vi
    from marts.mart_target_status as status
    inner join intermediate.int_target_verdicts__decided as decided
        using (territory_view, target_code, evaluation_year)
    left join intermediate.int_targets__judged as judged using (territory_view, target_code, evaluation_year)
    left join registry.verdicts as verdicts on decided.data_verdict_code = verdicts.verdict_code
    left join intermediate.int_target_values__yearly as yearly
        on
            status.territory_view = yearly.territory_view
            and status.target_code = yearly.target_code
            and status.evaluation_year = yearly.observed_year
    where
        status.territory_view = 'as_reported'
        and status.target_code = $target
        and status.evaluation_year >= $first
    order by status.evaluation_year
"""


class UnreadableSuppositionError(ValueError):
    """A supposed figure cannot be read or does not belong to the target; the message says what is expected."""


@dataclass(frozen=True)
class Supposition:
    """What would be said: one record a year from the first supposed one on, as in mart_target_status.

    Each also bears `is_supposed`, and `figure_verdict_code`, `figure_verdict_name_vi` and `figure_reason_vi`: what the
    figures alone say, whatever takes precedence (a plan that was replaced).
    """

    target: Mapping[str, str]
    values: Mapping[int, float]
    years: tuple[Record, ...]


def to_values(typed: list[str]) -> dict[int, float]:
    """Return “2025=8,69” and the like as year → figure. Raises UnreadableSuppositionError with all errors."""
    values: dict[int, float] = {}
    wrong: list[str] = []
    for text in typed:
        match = _SUPPOSITION.fullmatch(text.strip())
        if match is None:
            wrong.append(
                f"“{text}” is not YEAR=VALUE (write 2025=8.69 or 2025=8,69, without thousands separators)"
            )
        elif int(match["year"]) in values:
            wrong.append(f"year {match['year']} is given twice")
        else:
            values[int(match["year"])] = float(match["value"].replace(",", "."))
    if not typed:
        wrong.append("give at least one supposed figure: --value 2025=8.69")
    if wrong or not all(map(math.isfinite, values.values())):
        raise UnreadableSuppositionError("; ".join(wrong) or "a supposed figure is too large")
    return values


def suppose(
    places: Places,
    registry: Registry,
    target_code: str,
    values: Mapping[int, float],
    as_of: str | None = None,
    on_progress: Progress = lambda _: None,
) -> Supposition:
    """Return the verdicts of one target, had its years come out as supposed; `values` are in the target's unit.

    Raises UnknownTargetError or UnreadableSuppositionError.
    """
    target = _find(registry, target_code)
    _require_years_of(target, values)
    variables: dict[str, Any] = {
        "what_if": [
            {"target_code": target_code, "year": year, "value": values[year]} for year in sorted(values)
        ]
    }
    if as_of:
        variables["as_of"] = to_as_of(as_of)
    places.warehouse.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=places.warehouse, prefix="supposed-") as name:
        folder = Path(name)
        write_build_inputs(places, folder, registry_fingerprint(DBT_PROJECT))
        run_dbt(
            places,
            ["build", *SEEDS_AND_MODELS, "--select", "+mart_target_status"],
            warehouse=folder,
            variables=variables,
            on_progress=on_progress,
        )
        years = _read_years(folder / "build.duckdb", target_code, min(values))
    return Supposition(target, dict(values), years)


def _find(registry: Registry, target_code: str) -> Mapping[str, str]:
    targets = {record["target_code"]: record for record in registry.records("targets")}
    if target_code not in targets:
        raise UnknownTargetError(
            f"no target “{target_code}” is registered; `cotmoc verdicts` lists all of them"
        )
    if targets[target_code]["kind"] == "milestone":
        raise UnreadableSuppositionError(
            f"{target_code} is a milestone: it has no figures; a responsible person confirms it (`cotmoc confirm`)"
        )
    return targets[target_code]


def _require_years_of(target: Mapping[str, str], values: Mapping[int, float]) -> None:
    first = min(int(target["period_start"]), int(target["baseline_year"]))
    last = int(target["period_end"])
    outside = [str(year) for year in sorted(values) if not first <= year <= last]
    if outside:
        raise UnreadableSuppositionError(
            f"{', '.join(outside)}: outside the years of {target['target_code']}, which are {first} to {last}"
        )


def _read_years(database: Path, target_code: str, from_year: int) -> tuple[Record, ...]:
    with read_only(database) as connection:
        frame = connection.execute(_YEARS, {"target": target_code, "first": from_year}).df()
    return tuple(records(frame))
