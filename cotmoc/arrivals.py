"""A path → the bytes of one file, unchanged while they were read, and its name in a form safe to show."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

_CHUNK = 1_048_576
_MOST_CHARACTERS = 200


class NotAFileError(Exception):
    """The path is no regular file of its own: a folder, a link, a pipe, a device."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{to_shown_name(path.name)}” là thư mục, liên kết hoặc tệp đặc biệt, không phải tệp thường."
        )


class FileChangedError(Exception):
    """The file changed while it was read; it is probably still being copied."""

    def __init__(self, file_name: str) -> None:
        super().__init__(f"Tệp “{file_name}” đang thay đổi trong lúc đọc. Hãy chờ chép xong rồi nộp lại.")


@dataclass(frozen=True)
class Arrival:
    """One file as it was read. `data` is None when it is larger than anything that would be parsed."""

    path: Path
    file_name: str
    sha256: str
    size: int
    data: bytes | None
    # Inode and times: the same file lying in the same place.
    identity: tuple[int, int, int]
    # When it came to lie where it was read, by the file system's clock: not what a copy or its owner says.
    arrived_at: datetime

    @property
    def key(self) -> str:
        """Return what tells this arrival from another one of the same bytes."""
        said = f"{self.path.parent.name}/{self.path.name}:{self.sha256}:{self.identity}"
        return hashlib.sha256(said.encode("utf-8", "surrogateescape")).hexdigest()[:32]

    def is_still_there(self) -> bool:
        """Return whether the very same file still lies where it was read."""
        try:
            return _identity(self.path.lstat()) == self.identity
        except FileNotFoundError:
            return False


def read_arrival(path: Path, most_bytes: int, *, follow_links: bool) -> Arrival:
    """Return a file read once, its hash the same before and after.

    Raises NotAFileError for whatever is not a regular file, FileChangedError when it changed, OSError.
    """
    with open_regular(path, follow_links=follow_links) as file:
        before = os.fstat(file.fileno())
        data = file.read(most_bytes + 1) if before.st_size <= most_bytes else None
        sha256 = _hash(file)
        after = os.fstat(file.fileno())
    is_changed = _identity(before) != _identity(after) or before.st_size != after.st_size
    if is_changed or (data is not None and hashlib.sha256(data).hexdigest() != sha256):
        raise FileChangedError(to_shown_name(path.name))
    arrived_at = datetime.fromtimestamp(before.st_ctime, UTC)
    return Arrival(
        path, to_shown_name(path.name), sha256, before.st_size, data, _identity(before), arrived_at
    )


@contextmanager
def open_regular(path: Path, *, follow_links: bool) -> Iterator[BinaryIO]:
    """Open a regular file for reading; a pipe or a device is refused without waiting for it."""
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follow_links else os.O_NOFOLLOW)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        # No such device: a socket, or a terminal that is not there.
        if error.errno == errno.ENXIO or (not follow_links and path.is_symlink()):
            raise NotAFileError(path) from error
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotAFileError(path)
    with os.fdopen(descriptor, "rb") as file:
        yield file


def to_shown_name(name: str) -> str:
    """Return a file name in NFC, control, direction and undecodable characters written out, cut if long."""
    shown = "".join(
        character if unicodedata.category(character)[0] != "C" else f"\\u{ord(character):04x}"
        for character in unicodedata.normalize("NFC", name)
    )
    return shown if len(shown) <= _MOST_CHARACTERS else shown[: _MOST_CHARACTERS - 1] + "…"


def _hash(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _identity(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_ino, found.st_mtime_ns, found.st_size
