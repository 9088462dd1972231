"""The seeds as rows of text, for the tests of the plan as data."""

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
Rows = list[dict[str, str]]


@cache
def _read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def seeds_folder() -> Path:
    """Return the folder of the seeds."""
    return REPOSITORY / "dbt_project" / "seeds"


@pytest.fixture(scope="session")
def seed(seeds_folder: Path) -> Callable[[str], Rows]:
    """Return a function: name of a seed → its rows, column → text."""
    return lambda name: _read(seeds_folder / f"{name}.csv")


@pytest.fixture(scope="session")
def observations() -> Rows:
    """Return the 298 published values, loaded or not."""
    return _read(REPOSITORY / "real_submissions" / "observations.csv")
