"""Published DuckDB file + year → everything one evaluation report is written from, as plain values.

Only this module knows the marts by name. It reads the view `as_reported`, in which every target is held.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import duckdb


class ReportError(ValueError):
    """What keeps a report from being written, in one sentence that says what to do."""


@dataclass(frozen=True)
class Target:
    """One target in the year reported: mart_target_status with the formula of mart_progress_components."""

    target_code: str
    target_name_vi: str
    plan_code: str
    plan_title_vi: str
    plan_document_vi: str
    sector_code: str
    sector_name_vi: str
    sector_order: int
    indicator_code: str
    admin_unit_code: str
    admin_unit_name_vi: str
    kind: str
    target_value: float | None
    target_text_vi: str | None
    unit_of_measure: str | None
    unit_name_vi: str | None
    wording_vi: str | None
    period_start: int
    period_end: int
    baseline_year: int | None
    actual_value: float | None
    actual_qualifier: str | None
    actual_status_name_vi: str | None
    actual_published_on: date | None
    path_value: float | None
    gap_value: float | None
    pace: float | None
    verdict_code: str
    verdict_name_vi: str
    verdict_order: int
    verdict_tone: str
    reason_vi: str
    policies_vi: str
    answering_department_vi: str | None
    formula_text: str | None
    note: str | None


@dataclass(frozen=True)
class Plan:
    """One plan document, from registry.plans; `successor_title_vi` names the document that replaces it."""

    plan_code: str
    title_vi: str
    document_number: str | None
    issued_on: date | None
    issuer: str | None
    note: str | None
    superseded_on: date | None
    successor_title_vi: str | None


@dataclass(frozen=True)
class Score:
    """How many targets of one plan and sector got a verdict: from mart_sector_scorecard."""

    plan_code: str
    sector_code: str
    targets_total: int
    targets_assessed: int


@dataclass(frozen=True)
class Figure:
    """One published figure with its cell: mart_observations, mart_provenance, names of the registry."""

    series_key: str
    indicator_code: str
    indicator_name_vi: str
    admin_unit_code: str
    admin_unit_name_vi: str
    method_name_vi: str | None
    year: int
    value: float
    qualifier: str | None
    unit_name_vi: str
    status_name_vi: str
    authority_name_vi: str
    published_text: str
    published_on: date
    is_used: bool
    is_conflicting: bool
    source: str | None
    submission_id: str
    sender_vi: str | None
    file_name: str
    sheet: str
    cell: str
    submitted_by: str
    submitted_at: datetime
    approved_by: str | None


@dataclass(frozen=True)
class Build:
    """What the published file knew: the one row of mart_build_info."""

    as_of_at: datetime
    as_of_on: date
    last_complete_year: int
    ledger_sequence: int
    submissions_counted: int
    observations_counted: int
    registry_fingerprint: str


@dataclass(frozen=True)
class Evaluation:
    """All that one report says, in the order in which it says it."""

    year: int
    plan: str | None
    plans: tuple[Plan, ...]
    targets: tuple[Target, ...]
    scores: tuple[Score, ...]
    figures: tuple[Figure, ...]
    build: Build


# A part of another target ("trong đó") follows it. A department that has ended answers through its successor.
_TARGETS = """
select
    status.*,
    components.formula_text,
    targets.note,
    case
        when departments.valid_to is null or departments.valid_to >= build.as_of_on then departments.name_vi
        else coalesce(successors.name_vi, concat(departments.name_vi, ' (cơ quan tiếp nhận nhiệm vụ)'))
    end as answering_department_vi
from marts.mart_target_status as status
cross join marts.mart_build_info as build
inner join registry.targets as targets on status.target_code = targets.target_code
left join registry.departments as departments
    on status.responsible_department_code = departments.department_code
left join registry.departments as successors on departments.successor_code = successors.department_code
left join marts.mart_progress_components as components
    on status.target_code = components.target_code
    and status.evaluation_year = components.evaluation_year
    and status.territory_view = components.territory_view
    and components.method = 'cot_moc'
where status.territory_view = 'as_reported'
    and status.evaluation_year = $year
    and ($plan is null or status.plan_code = $plan)
order by
    status.plan_code, status.sector_order, coalesce(targets.parent_code, status.target_code),
    targets.parent_code nulls first, status.target_code
"""

_PLANS = """
select plans.*, successors.title_vi as successor_title_vi
from registry.plans as plans
left join registry.plans as successors on plans.superseded_by = successors.plan_code
where plans.plan_code in (
    select plan_code from marts.mart_target_status
    where territory_view = 'as_reported' and evaluation_year = $year and ($plan is null or plan_code = $plan)
)
order by plans.plan_code
"""

_SCORES = """
select plan_code, sector_code, targets_total, targets_assessed
from marts.mart_sector_scorecard
where evaluation_year = $year and ($plan is null or plan_code = $plan)
order by plan_code, sector_code
"""

# The figures that went into the verdicts reported (mart_target_inputs), and every other published value of
# the same series that no later file of the same source replaced.
_FIGURES = """
with used as (
    select inputs.observation_key, min(status.sector_order) as sector_order
    from marts.mart_target_inputs as inputs
    inner join marts.mart_target_status as status
        on inputs.target_code = status.target_code
        and inputs.evaluation_year = status.evaluation_year
        and inputs.territory_view = status.territory_view
    where inputs.territory_view = 'as_reported'
        and inputs.evaluation_year = $year
        and ($plan is null or status.plan_code = $plan)
    group by inputs.observation_key
),

series as (
    select observations.series_key, min(used.sector_order) as sector_order
    from used
    inner join marts.mart_observations as observations on used.observation_key = observations.observation_key
    group by observations.series_key
)

select
    observations.*,
    admin_units.label_vi as admin_unit_name_vi,
    methods.name_vi as method_name_vi,
    units.name_vi as unit_name_vi,
    statuses.name_vi as status_name_vi,
    authorities.name_vi as authority_name_vi,
    cast(extract(year from observations.period_end) as integer) as year,
    observations.observation_key in (select observation_key from used) as is_used,
    senders.name_vi as sender_vi,
    cells.file_name,
    cells.sheet,
    cells.cell,
    cells.submitted_by,
    cells.submitted_at,
    cells.approved_by
from marts.mart_observations as observations
inner join series on observations.series_key = series.series_key
inner join marts.mart_provenance as cells on observations.observation_key = cells.observation_key
inner join registry.admin_units as admin_units on observations.admin_unit_code = admin_units.admin_unit_code
inner join registry.units_of_measure as units on observations.unit_of_measure = units.unit_of_measure
inner join registry.statuses as statuses on observations.status_code = statuses.status_code
inner join registry.source_authorities as authorities
    on observations.source_authority_code = authorities.source_authority_code
left join registry.departments as senders on cells.department_code = senders.department_code
left join registry.methods as methods
    on observations.method_version = methods.method_version
    and observations.indicator_code = methods.indicator_code
where observations.value is not null and not observations.is_replaced
order by
    observations.admin_unit_code, series.sector_order, observations.indicator_code,
    observations.method_version nulls first, observations.period_end, observations.vintage
"""

_Row = TypeVar("_Row")


def read_evaluation(published: Path, year: int, plan: str | None) -> Evaluation:
    """Read the rows of `year` (of one plan document, or of all) from the published file.

    Raises ReportError when the file is missing or holds no target for that year and plan.
    """
    if not published.is_file():
        raise ReportError("nothing is published yet, so there is nothing to report: run `cotmoc build` first")
    with duckdb.connect(str(published), read_only=True) as connection:
        wanted = {"year": year, "plan": plan}
        targets = tuple(_rows(connection, Target, _TARGETS, wanted))
        if not targets:
            raise ReportError(_nothing_to_report(connection, year, plan))
        return Evaluation(
            year=year,
            plan=plan,
            plans=tuple(_rows(connection, Plan, _PLANS, wanted)),
            targets=targets,
            scores=tuple(_rows(connection, Score, _SCORES, wanted)),
            figures=tuple(_rows(connection, Figure, _FIGURES, wanted)),
            build=next(_rows(connection, Build, "select * from marts.mart_build_info", {})),
        )


def _rows(
    connection: duckdb.DuckDBPyConnection, kind: type[_Row], query: str, wanted: dict[str, Any]
) -> Iterator[_Row]:
    """Yield the answer's rows as `kind`, taking the columns it names."""
    found = connection.execute(query, wanted)
    columns = [column[0] for column in found.description or ()]
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # every `kind` above is a dataclass
    for values in found.fetchall():
        row = dict(zip(columns, values, strict=True))
        yield kind(**{name: row[name] for name in names})


def _nothing_to_report(connection: duckdb.DuckDBPyConnection, year: int, plan: str | None) -> str:
    """Return the sentence that says which years, or which plans of the year, could be reported instead."""
    plans = connection.execute(
        "select distinct plan_code from marts.mart_target_status where evaluation_year = $year order by 1",
        {"year": year},
    ).fetchall()
    if plans:
        known = ", ".join(code for (code,) in plans)
        return f"plan {plan!r} has no target to evaluate in {year}; the plans that have are: {known}"
    first, last = connection.execute(
        "select min(evaluation_year), max(evaluation_year) from marts.mart_target_status"
    ).fetchone() or (None, None)
    return f"no target is evaluated in {year}; the published years are {first} to {last}"
