"""The published marts → answers: the verdicts, and the way from one verdict back to the cells it rests on.

Nothing is computed here: every figure, verdict and sentence comes from a mart.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from cotmoc.build import build_as_of
from cotmoc.places import Places
from cotmoc.publishing import read_only

TERRITORY_VIEWS = ("as_reported", "current_boundaries")
Record = dict[str, Any]


class UnknownTargetError(LookupError):
    """There is no such target, or it is not judged in that year; the message says what there is."""


def source_database(places: Places, as_of: str | None) -> Path:
    """Return the file to read: what is published, or with `as_of` a build as of that instant, made aside."""
    return build_as_of(places, as_of) if as_of else places.current


def verdicts(
    places: Places,
    plan: str | None = None,
    year: int | None = None,
    unit: str | None = None,
    view: str = "as_reported",
    as_of: str | None = None,
) -> pd.DataFrame:
    """Return the rows of mart_target_status, one a target and year, by plan, target and year.

    Each of plan, year and unit (admin_unit_code) narrows the answer; None leaves it open.
    """
    with read_only(source_database(places, as_of)) as connection:
        return connection.execute(
            "select * from marts.mart_target_status"
            " where territory_view = $view and plan_code = coalesce($plan, plan_code)"
            " and evaluation_year = coalesce($year, evaluation_year)"
            " and admin_unit_code = coalesce($unit, admin_unit_code)"
            " order by plan_code, sector_order, target_code, evaluation_year",
            {"view": view, "plan": plan, "year": year, "unit": unit},
        ).df()


def records(frame: pd.DataFrame) -> list[Record]:
    """Return rows of mart_target_status as JSON-ready objects: missing is null, dates are ISO 8601."""
    columns = [str(column) for column in frame.columns]
    return [dict(zip(columns, map(_plain, row), strict=True)) for row in frame.itertuples(index=False)]


def trace(
    places: Places, target: str, year: int, as_of: str | None = None, view: str = "as_reported"
) -> Record:
    """Return the way from a verdict back to the plan's wording, the formula, and each input's cell and people.

    A milestone has no figures: it leads to who confirmed it, and to the bytes of the evidence.
    Raises UnknownTargetError with the years that are judged, or that no such target is registered.
    """
    with read_only(source_database(places, as_of)) as connection:

        def rows(query: str, values: Sequence[object]) -> list[Record]:
            answer = connection.execute(query, list(values))
            columns = [str(column[0]) for column in answer.description or ()]
            return [dict(zip(columns, map(_plain, row), strict=True)) for row in answer.fetchall()]

        status = rows(
            "select * from marts.mart_target_status"
            " where target_code = ? and evaluation_year = ? and territory_view = ?",
            [target, year, view],
        )
        if not status:
            judged = rows(
                "select evaluation_year from marts.mart_target_status"
                " where target_code = ? and territory_view = ? order by all",
                [target, view],
            )
            raise UnknownTargetError(_what_there_is(target, year, [row["evaluation_year"] for row in judged]))
        plan = rows("select * from registry.plans where plan_code = ?", [status[0]["plan_code"]])
        registered = rows("select * from registry.targets where target_code = ?", [target])
        components = rows(
            "select method, formula_name, formula_text, inputs, progress_value, score, status"
            " from marts.mart_progress_components"
            " where target_code = ? and evaluation_year = ? and territory_view = ? order by all",
            [target, year, view],
        )
        inputs = rows(
            "select inputs.input_role, inputs.part_role, inputs.input_year, observations.*,"
            " provenance.file_name, provenance.sha256, provenance.sheet, provenance.cell, provenance.raw_text,"
            " provenance.submitted_by, provenance.submitted_at,"
            " provenance.approved_by, provenance.approved_at"
            " from marts.mart_target_inputs as inputs"
            " inner join marts.mart_observations as observations using (observation_key)"
            " inner join marts.mart_provenance as provenance using (observation_key)"
            " where inputs.target_code = ? and inputs.evaluation_year = ? and inputs.territory_view = ?"
            " order by inputs.input_year, observations.published_on, observation_key",
            [target, year, view],
        )
        confirmations = rows(
            "select * from marts.mart_milestone_confirmations where target_code = ? and evaluation_year = ?",
            [target, year],
        )
    return {
        "target": registered[0],
        "plan": plan[0],
        "status": status[0],
        "components": components,
        "inputs": [{**row, "raw_file": f"landing/raw/{row['sha256']}"} for row in inputs],
        "confirmations": [
            {**row, "raw_file": f"landing/raw/{row['evidence_sha256']}"} for row in confirmations
        ],
    }


def _what_there_is(target: str, year: int, judged: Sequence[int]) -> str:
    if not judged:
        return f"no target “{target}” is registered; `cotmoc verdicts` lists all of them"
    years = ", ".join(str(known) for known in judged)
    return f"target {target} is not judged in {year}; it is judged in {years}"


def _plain(value: object) -> object:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return None
    if isinstance(
        value, pd.Timestamp
    ):  # a frame knows no dates: the only instants in a mart of verdicts are dates
        return value.date().isoformat()
    if isinstance(value, datetime):
        return f"{value.isoformat()}Z"
    if isinstance(value, date):
        return value.isoformat()
    item = getattr(value, "item", None)
    return item() if callable(item) else value
