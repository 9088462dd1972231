"""A home and a fault → what happened, as JSON: a file is handed in on a disk that fails, and again when it is mended.

Runs as `unshare … python -m tests.line.on_a_bad_disk HOME FAULT`, in a namespace of its own: the small file
systems that it mounts, and fills to the last page, are seen by nobody else and go with it.
"""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from cotmoc.desk import Desk
from cotmoc.examination import GateBrokenError
from cotmoc.inbox import waiting_files
from cotmoc.intake import submit, take_in
from cotmoc.places import Places
from cotmoc.serving import batch
from expectations.warm import warm_gate
from ingestion.ledger import read_events
from tests.ingestion.workbooks import workbook
from tests.line.desks import a_file, desk_at, let_pass

OFFICE = "cuc_thong_ke"
_PAGE = 4096
_SIZE = 256 * _PAGE

# Fault → the folder whose disk is full, and how many pages of it are free.
FULL = {
    "raw": ("landing/raw", 0),
    "received": ("landing/events", 0),
    "rows": ("landing/rows", 0),
    "outcome": ("landing/events", 1),
    "receipt": (f"outbox/{OFFICE}", 0),
    "evidence": ("quality", 0),
}


def main() -> None:
    """Hand in on the failing disk and on the mended one, by the way that is named; print what was seen."""
    home, fault, way = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    places = desk_at(home).places
    spoil, mend = _disk(places, fault)
    # The warm gate keeps what it found as evidence.
    gate = warm_gate(batch.gate_socket(places)) if fault == "evidence" else let_pass
    desk = desk_at(home, gate)
    file = a_file(home.parent / "from", workbook())
    dropped = a_file(places.inbox / OFFICE, file.read_bytes())
    os.utime(dropped, (1, 1))
    if way == "submit":
        dropped.unlink()
    spoil()
    if fault == "evidence":
        batch.open_gate(places)
    seen: dict[str, Any] = {"failed": _hand_in(desk, file, way), "then": _what_is_there(places)}
    mend()
    seen |= {"again": _hand_in(desk_at(home, gate), file, way), "finally": _what_is_there(places)}
    if fault == "evidence":
        batch.close_gate(places)
    sys.stdout.write(json.dumps(seen))


def _hand_in(desk: Desk, file: Path, way: str) -> dict[str, Any]:
    try:
        if way == "submit":
            receipt = submit(desk, file, OFFICE, "Nguyễn Văn A")
        else:
            receipt = take_in(desk, desk.places.inbox / OFFICE / file.name)
    except OSError as error:
        return {"error": errno.errorcode[error.errno or 0], "file": str(error.filename)}
    except GateBrokenError as error:
        named = re.search(r"\[Errno (\d+)\]", str(error))
        return {"error": errno.errorcode[int(named[1])] if named else str(error)}
    return {"state": receipt.state, "id": receipt.submission_id}


def _what_is_there(places: Places) -> dict[str, Any]:
    def names(folder: Path) -> list[str]:
        return sorted(path.name for path in folder.iterdir() if path.name != "filler")

    return {
        "events": [event["kind"] for event in read_events(places.events)],
        "raw": names(places.raw),
        "rows": names(places.rows),
        "receipts": [name for name in names(places.outbox / OFFICE) if name.endswith(".json")],
        "inbox": [path.name for path in waiting_files(places)],
        "leftovers": [path.name for path in places.home.rglob(".tmp-*")],
        "published": places.current.read_bytes().decode(),
    }


def _disk(places: Places, fault: str) -> tuple[Any, Any]:
    """Return what spoils the disk and what mends it."""
    if fault == "forbidden":
        return lambda: places.raw.chmod(0o555), lambda: places.raw.chmod(0o755)
    folder, free_pages = FULL[fault]
    mounted = places.home / folder
    mounted.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(mounted)], check=True)
    filler = mounted / "filler"

    def fill() -> None:
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(_PAGE))
        os.truncate(filler, filler.stat().st_size - free_pages * _PAGE)

    return fill, filler.unlink


if __name__ == "__main__":
    main()
