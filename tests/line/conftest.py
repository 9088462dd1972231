"""What the tests of the line share."""

from __future__ import annotations

from pathlib import Path

import pytest

from cotmoc.desk import Desk
from tests.line.desks import desk_at


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk at a fresh home whose gate lets everything pass."""
    return desk_at(tmp_path / "home")
