"""Landed rows and the registry → marts, gated and published.

`build` does by hand what the `warehouse` DAG does on schedule, through the same functions:
prepare → run dbt → gate the marts → publish.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from cotmoc.build_inputs import registry_fingerprint, to_as_of, write_build_inputs
from cotmoc.dbt_runs import DBT_PROJECT, Progress, dbt_environment, run_dbt
from cotmoc.places import Places
from cotmoc.publishing import build_info, publish_build, published_info, read_only
from cotmoc.statements import VerdictChange, keep_statement, verdict_changes, write_only_statement
from ingestion.ledger import head_sequence, read_events

SEEDS_AND_MODELS = ("--resource-type", "seed", "--resource-type", "model")


class GateRefusedError(RuntimeError):
    """The marts must not go out; the message says which checks failed, or that a check itself broke."""


class AnotherBuildRunsError(RuntimeError):
    """Another process holds the warehouse: there is one writer."""


@dataclass(frozen=True)
class Prepared:
    """What a build starts from: whether there is anything to build, and the variables dbt needs."""

    is_needed: bool
    environment: dict[str, str]


@dataclass(frozen=True)
class BuildSummary:
    """What `cotmoc build` prints: finished is not the same as right."""

    version: str
    as_of_on: str
    submissions_counted: int
    submissions_refused: int
    rows_in: int
    silent_units: tuple[str, ...]
    verdicts: dict[str, int]
    changes: tuple[VerdictChange, ...] = field(default=())


def is_current(places: Places) -> bool:
    """Return whether the published version already answers for the ledger's head and today's registry."""
    info = published_info(places)
    return (
        info is not None
        and info.ledger_sequence == head_sequence(places.events)
        and info.registry_fingerprint == registry_fingerprint(DBT_PROJECT)
    )


def prepare(places: Places) -> Prepared:
    """Write what dbt reads beside the landed rows; return whether a build is needed and dbt's variables."""
    is_needed = not is_current(places)
    write_build_inputs(places, places.warehouse, registry_fingerprint(DBT_PROJECT))
    return Prepared(is_needed=is_needed, environment=dbt_environment(places))


def gate_marts(places: Places) -> None:
    """Raise GateRefusedError unless every mart of the fresh build may be published (suite `publishing`)."""
    from expectations.gate import judge_publishing  # takes seconds to import

    with read_only(places.build_database) as connection:
        names = [
            str(row[0])
            for row in connection.execute(
                "select table_name from information_schema.tables where table_schema = 'marts' order by all"
            ).fetchall()
        ]
        frames: dict[str, pd.DataFrame] = {name: connection.table(f"marts.{name}").df() for name in names}
        targets = [
            str(row[0])
            for row in connection.execute("select target_code from registry.targets order by all").fetchall()
        ]
    answer = judge_publishing(frames, targets, folder=places.quality)
    if answer.is_broken:
        raise GateRefusedError(
            "nothing was published: a check of ours is broken, which says nothing about the data"
            f" ({answer.broken_why})"
        )
    errors = [problem for problem in answer.problems if problem["severity"] == "error"]
    if errors:
        said = "; ".join(f"{problem['rule']}: {problem['message_vi']}" for problem in errors[:5])
        raise GateRefusedError(
            f"nothing was published: {len(errors)} check(s) at the publishing door failed: {said}"
        )


def publish(places: Places) -> Path:
    """Publish the fresh build as a new version and return its path; readers see old or new, never neither.

    What it tells is kept first: should this be interrupted, the same build keeps it no second time.
    """
    keep_statement(places, places.build_database)
    return publish_build(places, places.build_database)


def write_docs(places: Places) -> Path:
    """Write dbt's documentation as one self-contained page and return its path."""
    run_dbt(places, ["docs", "generate", "--static"])
    return places.dbt_target / "static_index.html"


def build(places: Places, as_of: str | None = None, on_progress: Progress = lambda _: None) -> BuildSummary:
    """Build, gate and publish; return what came out.

    With `as_of` the same is done as of that instant: the published version then answers for it until the next build.
    Raises UnreadableAsOfError, DbtFailedError, GateRefusedError or AnotherBuildRunsError; what is published stays.
    """
    variables = {"as_of": to_as_of(as_of)} if as_of else None
    with one_writer(places.warehouse):
        on_progress("prepare")
        prepare(places)
        _drop_damaged(places.build_database)
        run_dbt(places, ["build"], variables=variables, on_progress=on_progress)
        on_progress("gate")
        gate_marts(places)
        on_progress("publish")
        is_told_first = keep_statement(places, places.build_database)
        changes = verdict_changes(places.build_database) if is_told_first else ()
        version = publish(places)
        return _summary(places, version, changes)


def build_as_of(
    places: Places, as_of: str, on_progress: Progress = lambda _: None, since: Path | None = None
) -> Path:
    """Return a database with the marts as of `as_of`, built aside; what is published is not touched.

    With `since`, another such database, its mart_release_diff holds the two against each other. Kept under
    warehouse/as_of/ by (instant, ledger head, registry), so asking twice builds once.
    """
    instant = to_as_of(as_of)
    fingerprint = registry_fingerprint(DBT_PROJECT)
    key = f"{instant.replace(':', '')}-{head_sequence(places.events):09d}-{fingerprint[:12]}"
    folder = places.warehouse / "as_of" / (f"{key}-since-{since.parent.name[:17]}" if since else key)
    database = folder / "build.duckdb"
    finished = folder / "finished"
    with one_writer(folder):
        if not finished.exists():
            database.unlink(missing_ok=True)
            write_build_inputs(places, folder, fingerprint)
            if since:
                write_only_statement(since, folder / "statements.parquet")
            run_dbt(
                places,
                ["build", *SEEDS_AND_MODELS],
                warehouse=folder,
                variables={"as_of": instant},
                on_progress=on_progress,
            )
            finished.touch()
    return database


def changes_between(
    places: Places, earlier: str, later: str | None = None, on_progress: Progress = lambda _: None
) -> pd.DataFrame:
    """Return the rows of mart_release_diff between two instants; `later` is by default the last event's.

    Both are reckoned with today's registry: what a changed target moved stands in the published file's own mart.
    """
    events = read_events(places.events)
    last = max((event["at"] for event in events), default=earlier)
    before = build_as_of(places, earlier, on_progress)
    after = build_as_of(places, later or last, on_progress, since=before)
    with read_only(after) as connection:
        return connection.execute(
            "select * from marts.mart_release_diff where is_current_release"
            " order by territory_view, target_code, evaluation_year"
        ).df()


@contextmanager
def one_writer(folder: Path) -> Iterator[None]:
    """Hold the warehouse `folder` for this process; raise AnotherBuildRunsError when another one holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".writer").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AnotherBuildRunsError(
                "another build is running; wait for it to end and try again"
            ) from error
        yield


def _drop_damaged(database: Path) -> None:
    """Remove a build database that cannot be opened: it is rebuilt from landing/ anyway."""
    import duckdb

    try:
        duckdb.connect(str(database)).close()
    except duckdb.Error:
        database.unlink(missing_ok=True)
        database.with_name(database.name + ".wal").unlink(missing_ok=True)


def _summary(places: Places, version: Path, changes: tuple[VerdictChange, ...]) -> BuildSummary:
    info = build_info(version)
    with read_only(version) as connection:

        def rows(query: str) -> list[tuple[object, ...]]:
            return connection.execute(query).fetchall()

        counted = rows("select submissions_counted, observations_counted from marts.mart_build_info")[0]
        silent = rows(
            "select distinct admin_unit_name_vi from marts.mart_target_status where admin_unit_code not in"
            " (select admin_unit_code from marts.mart_observations) order by all"
        )
        verdicts = rows(
            "select verdict_code, count(*) from marts.mart_leader_target_overview"
            " where year_label = 'Gần nhất' group by all order by min(verdict_order)"
        )
    return BuildSummary(
        version=version.name,
        as_of_on=info.as_of_on,
        submissions_counted=int(str(counted[0])),
        submissions_refused=_count_refused(places),
        rows_in=int(str(counted[1])),
        silent_units=tuple(str(row[0]) for row in silent),
        verdicts={str(code): int(str(count)) for code, count in verdicts},
        changes=changes,
    )


def _count_refused(places: Places) -> int:
    return sum(1 for event in read_events(places.events) if event["kind"] == "refused")
