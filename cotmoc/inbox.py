"""Files on their way in: handed over into the inbox with a slip, listed, taken out when they are answered."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cotmoc.arrivals import Arrival, open_regular, read_arrival
from cotmoc.places import Places
from ingestion.files import TEMPORARY_PREFIX, flush_folder, remove_file, temporary_name, write_whole

# A file dropped in by other programs may still be growing; it is left alone until it has rested this long.
SETTLE_SECONDS = 2.0
# What file systems take as a name.
_MOST_BYTES = 255
_UNFINISHED_SUFFIXES = (".tmp", ".part", ".partial", ".filepart", ".crdownload")


@dataclass(frozen=True)
class Slip:
    """Who handed in an inbox file, written by the line beside the inbox, never inside it."""

    department_code: str
    submitted_by: str
    received_on: date | None = None
    backdated_by: str | None = None


def hand_over(
    places: Places,
    file: Path,
    department: str,
    person: str,
    received_on: date | None = None,
    backdated_by: str | None = None,
) -> Path:
    """Put a copy of a file into a department's inbox with a slip that names the person; return the copy.

    The copy appears whole. A file of the same name that waits already is not touched.
    """
    arrival = read_arrival(file, 0, follow_links=True)
    inbox = places.inbox / department
    inbox.mkdir(parents=True, exist_ok=True)
    places.handover.mkdir(parents=True, exist_ok=True)
    slip = Slip(department, person, received_on, backdated_by)
    write_whole(slip_file(places, arrival.sha256, department), _to_json(slip))
    aside = temporary_name(places.handover)
    try:
        with open_regular(file, follow_links=True) as source, aside.open("xb") as copy:
            while chunk := source.read(1_048_576):
                copy.write(chunk)
            copy.flush()
            os.fsync(copy.fileno())
        # Renamed in whole, it need not rest first.
        settled = time.time() - SETTLE_SECONDS - 1
        os.utime(aside, (settled, settled))
        return _link_under_a_free_name(aside, inbox, file.name)
    finally:
        aside.unlink(missing_ok=True)


def waiting_files(places: Places) -> list[Path]:
    """Return the files of the inbox that are ready to be taken in, oldest first.

    Left out: links, folders and special files, files with a second name, unfinished and hidden ones, and
    files that changed within the last seconds.
    """
    ready = []
    for folder in sorted(_folders(places.inbox)):
        for path in folder.iterdir():
            with suppress(FileNotFoundError):
                found = path.lstat()
                if _is_ready(path.name, found):
                    ready.append((found.st_mtime_ns, path))
    return [path for _, path in sorted(ready)]


def strange_files(places: Places) -> list[Path]:
    """Return what lies in the inbox and is never taken in: links, pipes, devices, folders, second names."""
    strange = []
    for folder in sorted(_folders(places.inbox)):
        for path in sorted(folder.iterdir()):
            with suppress(FileNotFoundError):
                found = path.lstat()
                if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
                    strange.append(path)
    return strange


def slip_file(places: Places, sha256: str, department: str) -> Path:
    """Return where the slip of these bytes of a department lies: two may hand in the same bytes at once."""
    said = f"{department}/{sha256}".encode("utf-8", "surrogateescape")
    return places.handover / f"{hashlib.sha256(said).hexdigest()}.json"


def read_slip(places: Places, sha256: str, department: str) -> Slip | None:
    """Return the slip of these bytes for a department, None for a file dropped in without one."""
    try:
        written: dict[str, Any] = json.loads(slip_file(places, sha256, department).read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    if written.get("department_code") != department:
        return None
    received_on = written.get("received_on")
    return Slip(
        department,
        written["submitted_by"],
        date.fromisoformat(received_on) if received_on else None,
        written.get("backdated_by"),
    )


def remove_slip(places: Places, sha256: str, department: str) -> None:
    """Remove the slip of these bytes of a department: what it says is in the ledger now."""
    remove_file(slip_file(places, sha256, department))


def remove_arrival(arrival: Arrival) -> None:
    """Remove an answered file from the inbox, unless another one has taken its name meanwhile."""
    if arrival.is_still_there():
        remove_file(arrival.path)


def _folders(inbox: Path) -> list[Path]:
    if not inbox.is_dir():
        return []
    return [path for path in inbox.iterdir() if path.is_dir() and not path.is_symlink()]


def _is_ready(name: str, found: os.stat_result) -> bool:
    is_named_unfinished = name.startswith((".", "~$", TEMPORARY_PREFIX))
    if is_named_unfinished or name.lower().endswith(_UNFINISHED_SUFFIXES):
        return False
    rested = time.time() - found.st_mtime
    is_settled = rested < 0 or rested >= SETTLE_SECONDS
    return stat.S_ISREG(found.st_mode) and found.st_nlink == 1 and is_settled


def _link_under_a_free_name(aside: Path, folder: Path, name: str) -> Path:
    number = 1
    while True:
        target = folder / (name if number == 1 else _numbered(name, number))
        with suppress(FileExistsError):
            os.link(aside, target)
            aside.unlink()
            flush_folder(folder)
            return target
        number += 1


def _numbered(name: str, number: int) -> str:
    """Return a name with a number, its stem cut so that the file system takes it: `a.xlsx` → `a (2).xlsx`."""
    suffix = Path(name).suffix
    end = os.fsencode(f" ({number}){suffix}")
    stem = os.fsencode(Path(name).stem)[: _MOST_BYTES - len(end)]
    # A letter cut in two is left out.
    return stem.decode("utf-8", "ignore") + os.fsdecode(end)


def _to_json(slip: Slip) -> bytes:
    written = {
        "department_code": slip.department_code,
        "submitted_by": slip.submitted_by,
        "received_on": slip.received_on.isoformat() if slip.received_on else None,
        "backdated_by": slip.backdated_by,
    }
    return json.dumps(written, ensure_ascii=False, indent=1).encode("utf-8")
