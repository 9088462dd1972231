"""The shipped workbooks → a cold gate for each file against one kept warm."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from itertools import cycle
from pathlib import Path

from benchmarks.pairs import compare
from cotmoc.intake import check
from tests.real_home import REAL_SUBMISSIONS, desk_at, manifest

PAIRS = 5
COMMAND = Path(sys.executable).with_name("cotmoc")


def main() -> None:
    """Check real workbooks both ways, in turn, and print the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        desk = desk_at(home)
        entries = cycle(manifest())
        entry = next(entries)
        check(desk, REAL_SUBMISSIONS / entry["file"], entry["department_code"])

        def cold() -> None:
            taken = next(entries)
            file = str(REAL_SUBMISSIONS / taken["file"])
            command = [COMMAND, "check", file, "--department", taken["department_code"]]
            subprocess.run(command, env={"COTMOC_HOME": str(home)}, check=True, capture_output=True)

        def warm() -> None:
            taken = next(entries)
            check(desk, REAL_SUBMISSIONS / taken["file"], taken["department_code"])

        compare(("cold gate", cold), ("warm gate", warm), PAIRS)


if __name__ == "__main__":
    main()
