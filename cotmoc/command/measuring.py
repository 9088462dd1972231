"""evaluate: any table of cases → its progress by a published method."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cotmoc.command.inputs import AsJson
from cotmoc.command.output import complain, progress, tell, tell_json
from cotmoc.settings import settings


class Method(StrEnum):
    """The published methods the warehouse knows (docs/methods.md)."""

    OPEN_SDG = "open_sdg"
    EUROSTAT = "eurostat"


Cases = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, readable=True, metavar="CASES.csv", help="The cases.")
]


def add_to(app: typer.Typer) -> None:
    """Add the command of this topic."""
    app.command()(evaluate)


def evaluate(
    cases: Cases,
    method: Annotated[Method, typer.Option("--method", help="The published method.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT.csv", help="Where the result goes.")],
    json: AsJson = False,
) -> None:
    """Measure progress in any table by a published method.

    CASES.csv has the columns series, base_value, base_year, current_value, current_year, direction (1 or -1), target,
    target_year and limit; others are handed through. OUT.csv adds progress_value, score and status.
    """
    from cotmoc import evaluation

    try:
        with progress("evaluate"):
            done = evaluation.evaluate_cases(
                cases, out, lambda: evaluation.method_sql(settings().places, method)
            )
    except evaluation.CasesRefusedError as refused:
        problems = [problem._asdict() for problem in refused.problems]
        if json:
            tell_json(
                {"state": "refused", "method": method, "problems": problems, "problem_count": refused.count}
            )
        else:
            complain(f"{cases} is refused: {refused.count} to correct (the header is row 1)")
            for problem in refused.problems:
                complain(evaluation.to_sentence(problem))
        raise typer.Exit(1) from None
    if json:
        tell_json({"state": "evaluated", "method": method, **done._asdict()})
    else:
        statuses = ", ".join(f"{status} {count}" for status, count in done.statuses.items())
        tell(f"{done.cases} cases by {method} → {done.out}" + (f": {statuses}" if statuses else ""))
