"""A random id in a cookie → who is signed in. Kept on the server; of the id only its hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from portal.rules import SessionRules

_SCHEMA = """
    create table if not exists sessions (
        id_hash text primary key, username text not null, started_at real not null, seen_at real not null
    )
"""


@dataclass(frozen=True)
class Session:
    """A session by the hash of its id: whose it is and since when (seconds since 1970)."""

    id_hash: str
    username: str
    started_at: float


@dataclass
class Sessions:
    """The sessions of one page, in a small database that outlives a restart."""

    file: Path
    rules: SessionRules
    clock: Callable[[], float]
    _connection: sqlite3.Connection = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.file.touch(mode=0o600)
        self.file.chmod(0o600)
        self._connection = sqlite3.connect(self.file, check_same_thread=False, isolation_level=None)
        self._connection.execute(_SCHEMA)

    def start(self, username: str) -> str:
        """Start a session and return its id, for the cookie alone; sessions that have ended are forgotten."""
        made, present = secrets.token_urlsafe(32), self.clock()
        with self._lock:
            self._connection.execute(_FORGET, self._limits(present))
            self._connection.execute(
                "insert into sessions values (?, ?, ?, ?)", [to_id_hash(made), username, present, present]
            )
        return made

    def find(self, session_id: str) -> Session | None:
        """Return the session of an id and note that it was seen; None when there is none or it has ended."""
        id_hash, present = to_id_hash(session_id), self.clock()
        with self._lock:
            self._connection.execute(f"{_FORGET} and id_hash = ?", [*self._limits(present), id_hash])
            found = self._connection.execute(
                "update sessions set seen_at = ? where id_hash = ? returning username, started_at",
                [present, id_hash],
            ).fetchone()
        return Session(id_hash, *found) if found else None

    def end(self, id_hash: str) -> None:
        """End a session."""
        with self._lock:
            self._connection.execute("delete from sessions where id_hash = ?", [id_hash])

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def _limits(self, present: float) -> list[float]:
        return [present - self.rules.idle_seconds, present - self.rules.absolute_seconds]


_FORGET = "delete from sessions where (seen_at < ? or started_at < ?)"


def to_id_hash(session_id: str) -> str:
    """Return what is kept of a session's id."""
    return hashlib.sha256(session_id.encode("utf-8", "replace")).hexdigest()


def to_form_token(secret: str, cookie: str) -> str:
    """Return the token that every form carries for the browser with this cookie."""
    return hmac.new(secret.encode(), cookie.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def is_form_token(secret: str, cookie: str, given: str) -> bool:
    """Return whether a form was made for the browser with this cookie."""
    return hmac.compare_digest(to_form_token(secret, cookie).encode(), given.encode("utf-8", "replace"))
