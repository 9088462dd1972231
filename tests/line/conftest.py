"""What the tests of the line share."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from cotmoc.desk import Desk
from reporting.pdf import office_program
from tests.line.desks import desk_at


def _may_mount() -> bool:
    """Return whether this process may make a namespace of its own and mount a small file system in it."""
    try:
        command = ["unshare", "--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
        return subprocess.run(command, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


# LibreOffice is optional: where it is not installed there is nothing to open a template with.
collect_ignore = [] if office_program() else ["test_template_in_libreoffice.py"]
# So are namespaces: where a container forbids them no disk can be filled without filling everybody's.
if not _may_mount():
    collect_ignore.append("test_bad_disks.py")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk at a fresh home whose gate lets everything pass."""
    return desk_at(tmp_path / "home")
