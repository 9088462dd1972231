"""What the tests of the line share."""

from __future__ import annotations

from pathlib import Path

import pytest

from cotmoc.desk import Desk
from reporting.pdf import office_program
from tests.line.desks import desk_at

# LibreOffice is optional: where it is not installed there is nothing to open a template with.
collect_ignore = [] if office_program() else ["test_template_in_libreoffice.py"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk at a fresh home whose gate lets everything pass."""
    return desk_at(tmp_path / "home")
