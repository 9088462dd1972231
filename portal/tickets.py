"""A checked file → a one-time ticket of one session: what is handed in is what was checked, byte for byte."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from portal.rules import UploadRules

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")
_MOST_NAME_BYTES = 180
_UNNAMED = "tep-khong-ten.xlsx"


@dataclass(frozen=True)
class Ticket:
    """A file kept for one session: where, and what was noted of its check."""

    token: str
    folder: Path
    file: Path
    said: dict[str, Any]


@dataclass
class Tickets:
    """The files that were checked and not handed in, each in a folder named by the hash of its ticket."""

    folder: Path
    rules: UploadRules
    clock: Callable[[], float]

    def __post_init__(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def place(self, file_name: str) -> tuple[str, Path]:
        """Return a new ticket and where its file is to be written."""
        token = secrets.token_urlsafe(24)
        folder = self.folder / _to_folder_name(token)
        folder.mkdir(mode=0o700)
        return token, folder / to_safe_name(file_name)

    def note(self, token: str, session: str, file: Path, said: dict[str, Any]) -> None:
        """Note whose the file of a ticket is and what was said of it; the oldest ones too many are dropped."""
        noted = {"session": session, "at": self.clock(), "file": file.name, "said": said}
        (file.parent / ".ticket.json").write_text(json.dumps(noted, ensure_ascii=False), encoding="utf-8")
        own = sorted(
            (found for found in self._noted() if found[1]["session"] == session),
            key=lambda found: float(found[1]["at"]),
        )
        for folder, _ in own[: -self.rules.tickets_per_session]:
            shutil.rmtree(folder, ignore_errors=True)

    def find(self, token: str, session: str) -> Ticket | None:
        """Return the ticket when it is this session's and not too old."""
        if not _TOKEN.fullmatch(token):
            return None
        folder = self.folder / _to_folder_name(token)
        noted = _read(folder)
        is_own = noted is not None and secrets.compare_digest(str(noted["session"]), session)
        if noted is None or not is_own or self._is_old(noted):
            return None
        return Ticket(token, folder, folder / noted["file"], noted["said"])

    def claim(self, token: str, session: str) -> Ticket | None:
        """Return the ticket and use it up: of several that come with it one gets it."""
        ticket = self.find(token, session)
        if ticket is None:
            return None
        taken = ticket.folder.with_name(f"{ticket.folder.name}.taken")
        try:
            ticket.folder.rename(taken)
        except OSError:
            return None
        return Ticket(token, taken, taken / ticket.file.name, ticket.said)

    def give_back(self, ticket: Ticket) -> None:
        """Make a claimed ticket good again: its file could not be handed in for a reason of ours."""
        with suppress(OSError):
            ticket.folder.rename(ticket.folder.with_name(_to_folder_name(ticket.token)))

    def drop(self, folder: Path) -> None:
        """Forget a file."""
        shutil.rmtree(folder, ignore_errors=True)

    def sweep(self) -> None:
        """Drop what is too old, and what a killed process left."""
        for folder in self.folder.iterdir():
            noted = _read(folder)
            if noted is None or self._is_old(noted):
                with suppress(FileNotFoundError):
                    if noted or self.clock() - folder.stat().st_mtime > self.rules.ticket_seconds:
                        shutil.rmtree(folder, ignore_errors=True)

    def _noted(self) -> list[tuple[Path, dict[str, Any]]]:
        found = ((folder, _read(folder)) for folder in self.folder.iterdir())
        return [(folder, noted) for folder, noted in found if noted is not None]

    def _is_old(self, noted: dict[str, Any]) -> bool:
        return self.clock() - float(noted["at"]) > self.rules.ticket_seconds


def to_safe_name(name: str) -> str:
    """Return the last part of a name that a browser sent, without what a file system or a screen may stumble over."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(
        letter for letter in unicodedata.normalize("NFC", last) if unicodedata.category(letter)[0] != "C"
    )
    kept = " ".join(kept.split()).strip(" .")
    stem, dot, suffix = kept.rpartition(".")
    stem, suffix = (stem, f".{suffix[:10].strip()}") if dot and stem else (kept, "")
    stem = stem.encode("utf-8")[: _MOST_NAME_BYTES - len(suffix.encode("utf-8"))].decode("utf-8", "ignore")
    return f"{stem.strip()}{suffix}" if stem.strip() else _UNNAMED


def _to_folder_name(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()[:40]


def _read(folder: Path) -> dict[str, Any] | None:
    try:
        noted: dict[str, Any] = json.loads((folder / ".ticket.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return noted
