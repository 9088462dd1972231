"""Bytes → a file that is whole or not there: written aside, flushed to the disk, then named."""

from __future__ import annotations

import os
import time
import uuid
from contextlib import suppress
from pathlib import Path

# Files being written carry this prefix; whoever lists a folder leaves them out.
TEMPORARY_PREFIX = ".tmp-"
_LEFTOVER_SECONDS = 3600


def write_whole(target: Path, data: bytes) -> None:
    """Write a file and put it in its place at once, over an older one; its folder exists."""
    aside = _write_aside(target.parent, data)
    aside.replace(target)
    flush_folder(target.parent)


def create_whole(target: Path, data: bytes) -> bool:
    """Write a file under a name that must be free; return False, leaving no trace, when it is taken.

    Of several processes that create one name at once exactly one succeeds (`link` is atomic).
    """
    aside = _write_aside(target.parent, data)
    try:
        os.link(aside, target)
    except FileExistsError:
        return False
    finally:
        aside.unlink()
    flush_folder(target.parent)
    return True


def remove_file(path: Path) -> None:
    """Remove a file if it is there, for good."""
    with suppress(FileNotFoundError):
        path.unlink()
        flush_folder(path.parent)


def remove_leftovers(folder: Path) -> None:
    """Remove what killed writers left in a folder more than an hour ago; what is being written now stays."""
    for path in folder.glob(f"{TEMPORARY_PREFIX}*"):
        with suppress(FileNotFoundError):
            if time.time() - path.lstat().st_ctime > _LEFTOVER_SECONDS:
                path.unlink()


def temporary_name(folder: Path) -> Path:
    """Return a name in a folder that nobody else uses."""
    return folder / f"{TEMPORARY_PREFIX}{uuid.uuid4().hex}"


def flush_file(path: Path) -> None:
    """Wait until the content of a file is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    flush_file(folder)


def _write_aside(folder: Path, data: bytes) -> Path:
    aside = temporary_name(folder)
    try:
        with aside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            aside.unlink()
        raise
    return aside
