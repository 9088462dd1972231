"""Landed rows of a department → which earlier submission a file follows, and which earlier figures it leaves alone.

A figure is a series with its source and publication date, planned or not: what a later submission replaces row by row.
A file that speaks again of a figure of an earlier one is its next version, whatever else stands in either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from cotmoc.calendar import to_day_text, to_local_date
from cotmoc.desk import Desk
from ingestion.ledger import Submission
from ingestion.normalising.numbers import to_number_text
from ingestion.problems import Problem, to_note
from ingestion.rows import Row

_LANDED = """
    select submission_id, cell, raw_text, value, period_text, indicator_code, admin_unit_code,
           coalesce(method_version, ''), period_kind, period_start, period_end, coalesce(source, ''), published_on,
           not list_contains($results, status_code)
    from read_parquet($files)
    order by submission_id, row_number
"""
_Figure = tuple[str, str, str, str, date, date, str, date, bool]


@dataclass(frozen=True)
class Version:
    """The how-manieth submission of its figures one is, and the one before it."""

    number: int
    follows: str | None


class _Landed(NamedTuple):
    submission: Submission
    cell: str
    raw_text: str
    value: float | None
    period: str
    figure: _Figure


def versions(desk: Desk, submissions: Sequence[Submission]) -> dict[str, Version]:
    """Return the version of every submission that was accepted, whatever became of it afterwards."""
    told: dict[tuple[str, str, _Figure], list[str]] = {}
    found: dict[str, Version] = {}
    by_submission: dict[str, set[_Figure]] = {}
    landed = [one for one in submissions if one.rows_accepted]
    for row in _read(desk, landed):
        by_submission.setdefault(row.submission.id, set()).add(row.figure)
    place = {one.id: number for number, one in enumerate(landed)}
    for one in landed:
        times, earlier = 0, []
        for figure in by_submission.get(one.id, ()):
            before = told.setdefault((one.department_code, one.form_code, figure), [])
            times = max(times, len(before))
            earlier += before[-1:]
            before.append(one.id)
        found[one.id] = Version(times + 1, max(earlier, key=place.__getitem__, default=None))
    return found


def version_notes(
    desk: Desk,
    department: str,
    form_code: str,
    rows: Sequence[Row],
    at: datetime,
    own: Submission | None = None,
) -> list[Problem]:
    """Return the notes of a resubmission: what it follows, which earlier figures stay though it lacks them.

    `at` is the instant of reception; `own` the submission that is examined, if it was received already.
    """
    order = (at, own.sequence if own else len(desk.ledger.events) + 1)
    periods = {row.period_text for row in rows}
    earlier = [
        one
        for one in desk.submissions().values()
        if one.rows_accepted
        and one.department_code == department
        and one.form_code == form_code
        and not periods.isdisjoint(one.periods)
        and (one.received_at, one.sequence) < order
        and (own is None or one.id != own.id)
    ]
    landed = _read(desk, earlier)
    said = {_figure_of(row, desk.registry.actual_statuses): row for row in rows}
    again = [row for row in landed if row.figure in said]
    if not again:
        return []
    follows = max((row.submission for row in again), key=_order)
    told: dict[_Figure, set[str]] = {}
    for row in again:
        told.setdefault(row.figure, set()).add(row.submission.id)
    lineage = {row.submission.id for row in again}
    # The last word of what still stands about each figure, in the order of its file.
    standing: dict[_Figure, _Landed] = {}
    for row in sorted(landed, key=lambda one: _order(one.submission)):
        if row.submission.id in lineage and row.submission.state in ("accepted", "approved"):
            standing[row.figure] = row
    follow = to_note(
        "follows_earlier_version",
        found=follows.id,
        version=max(map(len, told.values())) + 1,
        received_on=to_day_text(to_local_date(follows.received_at)),
    )
    return [follow, *_differences(desk, said, standing, periods)]


def _differences(
    desk: Desk, said: dict[_Figure, Row], standing: dict[_Figure, _Landed], periods: set[str]
) -> Iterator[Problem]:
    for figure, row in standing.items():
        if row.value is None:
            continue
        present = said.get(figure)
        if present is None and row.period in periods:
            yield to_note(
                "earlier_figure_kept",
                found=row.raw_text,
                submission=row.submission.id,
                earlier_cell=row.cell,
                indicator=_label(desk, "indicators", figure[0]),
                admin_unit=_label(desk, "admin_units", figure[1]),
                period=row.period,
            )
        elif present is not None and present.value is None:
            yield to_note(
                "earlier_figure_replaced_by_sign",
                sheet=present.sheet,
                cell=present.cell,
                found=present.raw_text,
                previous=to_number_text(row.value),
                submission=row.submission.id,
                earlier_cell=row.cell,
            )


def _label(desk: Desk, vocabulary: Any, code: str) -> str:
    term = desk.registry.vocabularies[vocabulary].term_of(code)
    return term.label if term else code


def _order(submission: Submission) -> tuple[datetime, int]:
    return submission.received_at, submission.sequence


def _figure_of(row: Row, results: frozenset[str]) -> _Figure:
    return (*row.series, row.source or "", row.published_on, row.status_code not in results)


def _read(desk: Desk, submissions: Sequence[Submission]) -> list[_Landed]:
    by_id = {one.id: one for one in submissions}
    files = [str(path) for one in submissions if (path := desk.places.rows / f"{one.id}.parquet").exists()]
    if not files:
        return []
    import duckdb

    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        asked = {"files": files, "results": sorted(desk.registry.actual_statuses)}
        found = connection.execute(_LANDED, asked).fetchall()
    return [_Landed(by_id[row[0]], row[1], row[2], row[3], row[4], row[5:]) for row in found]
