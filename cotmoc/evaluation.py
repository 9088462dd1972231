"""A CSV of cases and a published method → the same CSV with its progress, by the warehouse's own SQL.

Nothing is computed here: the macro `published_progress` of the dbt project does it, in one pass of DuckDB.
The file is read as text and handed on as text; only the columns of a case are looked at, and nothing in it is executed.
"""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from cotmoc.dbt_runs import render_sql
from cotmoc.places import Places

COLUMNS = (
    "series",
    "base_value",
    "base_year",
    "current_value",
    "current_year",
    "direction",
    "target",
    "target_year",
    "limit",
)
ADDED = ("progress_value", "score", "status")

# case_row counts as a spreadsheet does, the header being row 1. The columns of a case arrive as given_<name>,
# the others as cell_<position>: no name from the file becomes part of a query.
_READ = """
create table given as
select row_number() over () + 1 as case_row, *
from read_csv($file, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
    columns = $columns, store_rejects = true)
"""
_TYPED = """
create view cases as
select
    *,
    try_cast(trim(given_base_value) as double) as base_value,
    nullif(trim(given_base_year), '') as base_year,
    try_cast(trim(given_current_value) as double) as current_value,
    nullif(trim(given_current_year), '') as current_year,
    given_direction as direction,
    try_cast(trim(given_target) as double) as target,
    nullif(trim(given_target_year), '') as target_year,
    try_cast(trim(given_limit) as double) as "limit"
from given
"""
_UNREADABLE = r"""
with cells as (
    select case_row, column_name, coalesce(trim(found), '') as found
    from (select case_row, columns('given_(.+)') as '\1' from given) unpivot include nulls (found for column_name in (
        base_value, base_year, current_value, current_year, direction, target, target_year, "limit"
    ))
),
checked as (
    select
        *,
        case
            when column_name = 'direction' then '1 (more is better) or -1 (less is better)'
            when column_name like '%_year' then 'a year such as 2015 or 2015-16, or nothing'
            else 'a number with a decimal point and no separators, such as 1234.5, or nothing'
        end as expected,
        case
            when column_name = 'direction'
                then regexp_full_match(lower(found), '[+-]?1(\.0)?|positive|negative|(higher|lower)_better')
            when column_name like '%_year' then regexp_full_match(found, '|\d{4}(\.0*)?|\d{4}[-/–](\d{2}|\d{4})')
            else regexp_full_match(found, '|[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?')
                and coalesce(isfinite(try_cast(found as double)), true)
        end as is_readable
    from cells
)
select case_row, column_name, found, expected, count(*) over () from checked where not is_readable order by all limit 50
"""
_REJECTED = "select line, error_type, count(*) over () from reject_errors order by line limit 50"
# The header travels as the first row of text.
_HEADING = """
create view result as
select * exclude (base_value, base_year, current_value, current_year, direction, target, target_year, "limit")
replace (cast(progress_value as varchar) as progress_value, cast(score as varchar) as score)
from evaluated;
create table heading as from result limit 0
"""
_WRITE = """
copy (select * exclude (case_row) from (from heading union all from result) order by case_row)
to $out (format csv, header false)
"""


class Problem(NamedTuple):
    """One thing that keeps a file from being evaluated. Rows are counted with the header as row 1."""

    row: int | None
    column: str | None
    found: str
    expected: str


class Evaluation(NamedTuple):
    """What came out: the file written, how many cases it holds, how many of each status."""

    out: str
    cases: int
    statuses: dict[str, int]


class CasesRefusedError(ValueError):
    """The file cannot be evaluated; `problems` are the first fifty of `count` reasons."""

    def __init__(self, problems: Sequence[Problem], count: int | None = None) -> None:
        self.problems = tuple(problems)
        self.count = len(problems) if count is None else count
        super().__init__("; ".join(to_sentence(problem) for problem in self.problems))


class OutputNotWritableError(RuntimeError):
    """The result has no place to go; the message says why and what to do."""


def method_sql(places: Places, method: str) -> str:
    """Return the SELECT that adds progress by `method` (open_sdg, eurostat) to the relation `cases`; some seconds.

    Raises DbtFailedError for an unknown method.
    """
    return render_sql(places, f"{{{{ published_progress('{method}', 'cases') }}}}")


def evaluate_cases(cases: Path, out: Path, sql: Callable[[], str]) -> Evaluation:
    """Write `cases` with the columns ADDED to `out`, rows and columns in the given order, whole or not at all.

    `sql` returns the `method_sql` of a method; it is asked once the file proves readable, since it takes dbt. Values
    are in any one unit per case; an empty target asks for the variant without target. Raises CasesRefusedError for
    what is wrong with the file, and OutputNotWritableError.
    """
    _refuse_place(cases, out)
    with (
        tempfile.TemporaryDirectory(prefix="cotmoc-") as folder,
        duckdb.connect(config={"temp_directory": folder}) as connection,
    ):
        copy = Path(folder) / "cases.csv"
        header = _copy(cases, copy)
        _load(connection, copy, header)
        connection.execute(f"create table evaluated as {sql()}")
        _write(connection, header, out)
        counted = connection.execute("select status, count(*) from evaluated group by all order by all")
        statuses = {str(status): int(count) for status, count in counted.fetchall()}
    return Evaluation(str(out), sum(statuses.values()), statuses)


def to_sentence(problem: Problem) -> str:
    """Return a problem as one line for a person; what was found is made harmless to print."""
    where = [f"row {problem.row}"] if problem.row else []
    where += [f"column {problem.column}"] if problem.column else []
    is_cell = problem.row != 1 and problem.column
    found = f"“{_printable(problem.found)}”" if is_cell and problem.found else problem.found or "nothing"
    return f"{', '.join(where)}{': ' if where else ''}found {found}, expected {problem.expected}"


def _refuse_place(cases: Path, out: Path) -> None:
    if not out.parent.is_dir():
        raise OutputNotWritableError(
            f"the folder of {out} does not exist; make it or give another place with -o"
        )
    if out.exists() and not out.is_file():
        raise OutputNotWritableError(f"{out} is not an ordinary file; give the name of a CSV file with -o")
    if out.exists() and out.samefile(cases):
        raise OutputNotWritableError(f"{out} is the file to read; give the result another name with -o")


def _copy(cases: Path, copy: Path) -> list[str]:
    """Copy the file for DuckDB, return the names in its header; raise CasesRefusedError when it is not one of cases.

    The copy has a name without signs, for DuckDB takes * and [1] for patterns, and a plain header, for DuckDB learns
    the line ends from the first one, even within quotes, and would lose the first case.
    """
    with cases.open("rb") as source, copy.open("wb") as target:
        header = _to_header(iter(source.readline, b""))
        _refuse_header(header)
        source.seek(-2, os.SEEK_CUR)
        line_end = b"\r\n" if source.read(2) == b"\r\n" else b"\n"
        target.write(b",".join(b"cell" for _ in header) + line_end)
        shutil.copyfileobj(source, target)
    return header


def _to_header(lines: Iterable[bytes]) -> list[str]:
    try:
        return next(csv.reader((line.decode("utf-8-sig") for line in lines), strict=True), [])
    except (UnicodeDecodeError, csv.Error):
        found = "a header that is not comma-separated UTF-8 text"
        raise CasesRefusedError([Problem(1, None, found, "a file saved as “CSV UTF-8”")]) from None


def _refuse_header(header: Sequence[str]) -> None:
    if not header:
        raise CasesRefusedError([Problem(1, None, "", f"a header with the columns {', '.join(COLUMNS)}")])
    if len(header) == 1 and ";" in header[0]:
        raise CasesRefusedError([Problem(1, None, "columns separated by ;", "columns separated by commas")])
    wrong = [
        Problem(1, name, f"it {header.count(name)} times", "it once, its cells empty where unknown")
        for name in COLUMNS
        if header.count(name) != 1
    ]
    wrong += [
        Problem(
            1, name, "it already there", "that name to be free for the result; rename or remove the column"
        )
        for name in ADDED
        if name in header
    ]
    if wrong:
        raise CasesRefusedError(wrong)


def _load(connection: duckdb.DuckDBPyConnection, file: Path, header: Sequence[str]) -> None:
    """Make the relation `cases`; raise CasesRefusedError naming every row or cell that cannot be read."""
    names = (
        f"given_{name}" if name in COLUMNS else f"cell_{position}" for position, name in enumerate(header)
    )
    try:
        connection.execute(_READ, {"file": str(file), "columns": dict.fromkeys(names, "varchar")})
    except duckdb.Error:
        found = "quotes or line ends of more than one kind"
        raise CasesRefusedError([Problem(None, None, found, "a file saved as “CSV UTF-8”")]) from None
    if rejected := connection.execute(_REJECTED).fetchall():
        kinds = {
            "MISSING COLUMNS": "too few cells",
            "TOO MANY COLUMNS": "too many cells",
            "INVALID ENCODING": "letters that are not UTF-8",
        }
        expected = f"{len(header)} cells, in quotes where they hold a comma, in a file saved as “CSV UTF-8”"
        raise CasesRefusedError(
            [
                Problem(line, None, kinds.get(kind, "quotes that do not match"), expected)
                for line, kind, _ in rejected
            ],
            count=rejected[0][-1],
        )
    if unreadable := connection.execute(_UNREADABLE).fetchall():
        raise CasesRefusedError([Problem(*row[:-1]) for row in unreadable], count=unreadable[0][-1])
    connection.execute(_TYPED)


def _write(connection: duckdb.DuckDBPyConnection, header: Sequence[str], out: Path) -> None:
    """Write the header, the cells as they came and what was added to a file aside, then give it its name."""
    names = [*header, *ADDED]
    connection.execute(_HEADING)
    connection.execute(f"insert into heading values (1{', ?' * len(names)})", names)  # noqa: S608 - only marks
    aside = out.with_name(f".tmp-{uuid.uuid4().hex}")
    try:
        connection.execute(_WRITE, {"out": str(aside)})
        aside.replace(out)
    except (duckdb.IOException, OSError):
        raise OutputNotWritableError(
            f"{out} cannot be written; see that its folder may be written to and has room, or give another with -o"
        ) from None
    finally:
        aside.unlink(missing_ok=True)


def _printable(text: str) -> str:
    shown = "".join(letter if letter.isprintable() else "�" for letter in text)
    return shown if len(shown) <= 60 else shown[:60] + "…"
