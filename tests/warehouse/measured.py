"""Cases → what the function behind `cotmoc evaluate` makes of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from cotmoc.evaluation import COLUMNS, evaluate_cases

Case = Mapping[str, object]


class Progress(NamedTuple):
    """What a method says of one case; None is an empty cell."""

    value: float | None
    score: float | None
    status: str


def case(
    base_value: object,
    current_value: object,
    *,
    base_year: object = 2015,
    current_year: object = 2020,
    direction: object = 1,
    target: object = "",
    target_year: object = "",
    limit: object = "",
) -> dict[str, object]:
    """Return a case of five years without target or limit, where nothing else is said."""
    return {
        "series": "a series",
        "base_value": base_value,
        "base_year": base_year,
        "current_value": current_value,
        "current_year": current_year,
        "direction": direction,
        "target": target,
        "target_year": target_year,
        "limit": limit,
    }


def measure(sql: str, cases: Iterable[Case]) -> list[Progress]:
    """Return the progress of each case, in the given order."""
    with TemporaryDirectory() as folder:
        given, out = Path(folder) / "cases.csv", Path(folder) / "out.csv"
        with given.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(cases)
        evaluate_cases(given, out, lambda: sql)
        return read_progress(out)


def read_progress(out: Path) -> list[Progress]:
    """Return what was added to each row of a written file."""
    with out.open(encoding="utf-8", newline="") as file:
        return [
            Progress(to_number(row["progress_value"]), to_number(row["score"]), row["status"])
            for row in csv.DictReader(file)
        ]


def to_number(cell: str) -> float | None:
    """Return a cell as a number, None when it is empty."""
    return float(cell) if cell else None
