"""Where the real submissions and the seeds lie."""

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def folder() -> Path:
    """Return the folder of the real submissions."""
    return REPOSITORY / "real_submissions"


@pytest.fixture(scope="session")
def seeds_folder() -> Path:
    """Return the folder of the seeds."""
    return REPOSITORY / "dbt_project" / "seeds"
