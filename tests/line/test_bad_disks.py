"""A full or a forbidden disk: said loudly, nothing half landed, and gone on with once there is room."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cotmoc.places import Places
from cotmoc.settings import REPOSITORY
from tests.ingestion.workbooks import workbook
from tests.line.desks import a_file
from tests.line.on_a_bad_disk import FULL

COMMAND = Path(sys.executable).with_name("cotmoc")

# What the failed attempt may leave behind: each step that was done before the disk failed, whole.
LEFT: dict[str, dict[str, Any]] = {
    "evidence": {"events": [], "raw": 0, "rows": 0},
    "raw": {"events": [], "raw": 0, "rows": 0},
    "received": {"events": [], "raw": 1, "rows": 0},
    "rows": {"events": ["received"], "raw": 1, "rows": 0},
    "outcome": {"events": ["received"], "raw": 1, "rows": 1},
    "receipt": {"events": ["received", "accepted"], "raw": 1, "rows": 1},
    "forbidden": {"events": [], "raw": 0, "rows": 0},
}


def on_a_bad_disk(home: Path, fault: str, way: str) -> dict[str, Any]:
    """Return what was seen in a namespace where the disk fails, as root of it or, when forbidden, as nobody."""
    places = Places(home)
    places.published.mkdir(parents=True)
    places.current.write_text("what readers read")
    rights = ["--user"] if fault == "forbidden" else ["--user", "--map-root-user", "--mount"]
    ended = subprocess.run(
        ["unshare", *rights, sys.executable, "-m", "tests.line.on_a_bad_disk", str(home), fault, way],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    seen: dict[str, Any] = json.loads(ended.stdout)
    return seen


@pytest.mark.parametrize("way", ["submit", "inbox"])
@pytest.mark.parametrize("fault", [*FULL, "forbidden"])
def test_a_failing_disk_stops_a_reception_whole_and_a_mended_one_finishes_it(
    tmp_path: Path, fault: str, way: str
) -> None:
    seen = on_a_bad_disk(tmp_path / "home", fault, way)
    assert seen["failed"]["error"] == ("EACCES" if fault == "forbidden" else "ENOSPC"), seen["failed"]
    then = seen["then"]
    left = {
        "events": then["events"],
        "raw": len(then["raw"]),
        "rows": len(set(then["rows"]) - {"schema.parquet"}),
    }
    assert left == LEFT[fault]
    assert then["receipts"] == then["leftovers"] == []
    assert then["inbox"] == (["bieu.xlsx"] if way == "inbox" else [])
    assert then["published"] == "what readers read"

    assert seen["again"]["state"] == "accepted"
    finally_ = seen["finally"]
    assert finally_["events"] == ["received", "accepted"]
    assert finally_["receipts"] == [f"{seen['again']['id']}.json"]
    assert finally_["rows"] == [f"{seen['again']['id']}.parquet", "schema.parquet"]
    assert finally_["inbox"] == finally_["leftovers"] == []
    assert len(finally_["raw"]) == 1


def test_the_command_says_in_one_sentence_that_the_disk_is_full(tmp_path: Path) -> None:
    home = tmp_path / "home"
    script = """
        set -e
        mkdir -p "$COTMOC_HOME"
        mount -t tmpfs -o size=262144 tmpfs "$COTMOC_HOME"
        "$1" init
        head -c 1000000 /dev/zero > "$COTMOC_HOME/filler" || true
        "$1" submit "$2" --department cuc_thong_ke --as A || echo "exit $?"
    """
    file = a_file(tmp_path, workbook())
    ended = subprocess.run(
        [
            "unshare",
            "--user",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            script,
            "sh",
            str(COMMAND),
            str(file),
        ],
        env={"COTMOC_HOME": str(home), "PATH": "/usr/bin:/bin:/usr/sbin:/sbin"},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
    )
    assert ended.stdout.splitlines()[-1] == "exit 1", ended.stderr
    assert ended.stderr.splitlines()[-1].startswith("cotmoc: No space left on device: ")
