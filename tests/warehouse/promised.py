"""Promises with their yearly figures → what the warehouse's own SQL judges of them, in a database in memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from cotmoc.settings import REPOSITORY

SEEDS = REPOSITORY / "dbt_project" / "seeds"
# Real rows of the registry; all other tables the models read are made, and all but those filled below stay empty.
REAL_SEEDS = ("policies", "units_of_measure")
LAST = "int_target_verdicts__decided"
# Whatever depends on these is compiled and run; they themselves are made, with the columns they declare.
MADE = (
    "int_as_of__instant",
    "int_supposed__values",
    "int_series__by_view",
    "int_series__rebuilt",
    "int_admin_units__breaks",
    "int_milestones__confirmed",
)
Row = dict[str, object]


@dataclass(frozen=True)
class Promise:
    """One target and its figures by year, all in one unit of measure; figures in `disputed` years conflict."""

    kind: str
    comparator: str
    bound: float
    figures: Mapping[int, float]
    far_bound: float | None = None
    direction: str = "higher_better"
    path: str | None = None
    period_start: int = 2021
    period_end: int = 2030
    baseline_year: int = 2020
    is_structure_share: bool = False
    is_yearly_change: bool = False
    is_fall: bool = False
    phasing: Mapping[int, float] = field(default_factory=dict)
    qualifiers: Mapping[int, str] = field(default_factory=dict)
    disputed: frozenset[int] = frozenset()
    unit_of_measure: str = "score"
    figures_unit: str = "score"

    @property
    def years(self) -> range:
        """Return the years of the period."""
        return range(self.period_start, self.period_end + 1)

    @property
    def good_sign(self) -> int:
        """Return which way a figure of this promise is better: 1 or -1; 1 toward a value."""
        return -1 if self.is_fall or self.direction == "lower_better" else 1

    def with_figures(self, figures: Mapping[int, float]) -> Promise:
        """Return the promise with these figures in place of those of the same years."""
        return replace(self, figures={**self.figures, **figures})

    def known_to(self, year: int) -> Promise:
        """Return the promise with the figures up to `year` only."""
        return replace(self, figures={when: value for when, value in self.figures.items() if when <= year})

    def each_number(self, change: Callable[[float], float]) -> Promise:
        """Return the promise with every figure, bound and share of its phasing changed alike."""
        return replace(
            self,
            bound=change(self.bound),
            far_bound=None if self.far_bound is None else change(self.far_bound),
            figures={year: change(value) for year, value in self.figures.items()},
            phasing={year: change(value) for year, value in self.phasing.items()},
        )


class Judgement(NamedTuple):
    """What the warehouse says of one promise in one year, in the promise's unit; the names are those of the models."""

    verdict_code: str
    is_met: bool | None
    actual_value: float | None
    path_value: float | None
    pace: float | None
    required_per_year: float | None
    projected_value: float | None
    reason_vi: str


Judgements = dict[int, Judgement]
Judge = Callable[[Sequence[Promise]], list[Judgements]]


def times(value: float, factor: Decimal) -> float:
    """Return value × factor as a person reckons it: on the decimal digits, not on the binary ones."""
    return float(Decimal(repr(value)) * factor)


def judge_over(manifest: Path) -> Judge:
    """Return the judge over the models that dbt compiled into `manifest`; it sits at the end of the year 2050."""
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"]
    models = _in_order(nodes, f"model.cotmoc.{LAST}")
    connection = duckdb.connect(config={"threads": 1})
    connection.execute("attach ':memory:' as build")
    for schema in ("registry", "intermediate"):
        connection.execute(f"create schema build.{schema}")
    for key in {key for model in models for key in nodes[model]["depends_on"]["nodes"]} - set(models):
        columns = ", ".join(f"{name} {kind}" for name, kind in _columns(nodes[key]).items())
        connection.execute(f"create table {nodes[key]['relation_name']} ({columns})")
    for seed in REAL_SEEDS:
        connection.execute(
            f"insert into build.registry.{seed} by name from read_csv('{SEEDS / seed}.csv', all_varchar=true)"
        )
    statements = {
        nodes[key][
            "relation_name"
        ]: f"create or replace table {nodes[key]['relation_name']} as {nodes[key]['compiled_code']}"
        for key in models
    }

    def judge(promises: Sequence[Promise]) -> list[Judgements]:
        for name, rows in _tables(promises).items():
            key = f"model.cotmoc.{name}" if name in MADE else f"seed.cotmoc.{name}"
            _fill(connection, nodes[key]["relation_name"], _columns(nodes[key]), rows)
        for relation, statement in statements.items():
            idle = "int_judged__" in relation and not any(f"__{one.kind}" in relation for one in promises)
            # Planning is what costs: the method of a kind that nobody promised has no rows, and need not be planned.
            connection.execute(f"delete from {relation}" if idle and promises else statement)
        return _judgements(connection, len(promises))

    judge([])
    return judge


def _in_order(nodes: Mapping[str, Any], last: str) -> list[str]:
    """Return the models to run for `last`, each after those it reads."""
    found: list[str] = []
    for key in nodes[last]["depends_on"]["nodes"]:
        if key.startswith("model.") and key.rpartition(".")[2] not in MADE:
            found += [one for one in _in_order(nodes, key) if one not in found]
    return [*found, last]


def _columns(node: Mapping[str, Any]) -> dict[str, str]:
    return node["config"].get("column_types") or {
        name: column["data_type"] for name, column in node["columns"].items()
    }


def _fill(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], rows: Iterable[Row]
) -> None:
    connection.execute(f"delete from {table}")
    if listed := list(rows):
        shape = json.dumps([{name: columns[name] for name in listed[0]}])
        connection.execute(
            f"insert into {table} by name select unnest(from_json(?, ?), recursive := true)",
            [json.dumps(listed), shape],
        )


def _tables(promises: Sequence[Promise]) -> dict[str, list[Row]]:
    """Return the rows of the tables that are made; a promise is known by its place in the list."""
    one_place: Row = {"admin_unit_code": "place", "valid_from": "1990-01-01", "valid_to": "2020-12-31"}
    return {
        "int_as_of__instant": [{"as_of_on": "2050-12-31", "as_of_year": 2050}],
        "admin_units": [one_place],
        "plans": [{"plan_code": "plan", "title_vi": "Quy hoạch"}],
        "targets": [_target(str(place), promise) for place, promise in enumerate(promises)],
        "indicators": [_indicator(str(place), promise) for place, promise in enumerate(promises)],
        "target_phasings": [
            {"target_code": str(place), "year": year, "planned_value": share}
            for place, promise in enumerate(promises)
            for year, share in promise.phasing.items()
        ],
        "int_series__by_view": [
            _observation(str(place), promise, year)
            for place, promise in enumerate(promises)
            for year in promise.figures
        ],
    }


def _target(code: str, promise: Promise) -> Row:
    bounds = [promise.bound, promise.far_bound]
    if promise.comparator == "between":
        bounds.sort()
    return {
        "target_code": code,
        "plan_code": "plan",
        "indicator_code": code,
        "admin_unit_code": "place",
        "kind": promise.kind,
        "comparator": promise.comparator,
        "target_low": bounds[0],
        "target_high": bounds[1],
        "unit_of_measure": promise.unit_of_measure,
        "direction": promise.direction,
        "path": promise.path,
        "period_start": promise.period_start,
        "period_end": promise.period_end,
        "baseline_year": promise.baseline_year,
    }


def _indicator(code: str, promise: Promise) -> Row:
    return {
        "indicator_code": code,
        "unit_of_measure": promise.figures_unit,
        "direction": "lower_better" if promise.is_fall else "higher_better",
        "is_structure_share": promise.is_structure_share,
        "is_growth_rate": promise.kind == "average_growth",
        "is_yearly_change": promise.is_yearly_change,
    }


def _observation(code: str, promise: Promise, year: int) -> Row:
    return {
        "territory_view": "as_reported",
        "indicator_code": code,
        "admin_unit_code": "place",
        "method_version": "",
        "observed_year": year,
        "is_conflicting": year in promise.disputed,
        "conflict_vi": "hai nguồn" if year in promise.disputed else None,
        "value_in_indicator_unit": promise.figures[year],
        "qualifier": promise.qualifiers.get(year),
        "is_rebuilt": False,
        "is_estimated": False,
    }


def _judgements(connection: duckdb.DuckDBPyConnection, count: int) -> list[Judgements]:
    found: list[Judgements] = [{} for _ in range(count)]
    for code, year, *rest in connection.execute("""
        select target_code, evaluation_year, decided.verdict_code, judged.is_met, judged.actual_value,
            judged.path_value, judged.pace, judged.required_per_year, judged.projected_value, reason_vi
        from build.intermediate.int_target_verdicts__decided as decided
        left join build.intermediate.int_targets__judged as judged using (territory_view, target_code, evaluation_year)
        order by evaluation_year
    """).fetchall():
        found[int(code)][year] = Judgement(*rest)
    return found
