"""Settings → everything a request needs: desk, accounts, sessions, the kept gate, a bounded line of work."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from urllib.parse import urlsplit

from cotmoc.accounts import Accounts
from cotmoc.calendar import now, to_local_date
from cotmoc.desk import Desk, open_desk
from cotmoc.serving.credentials import read_or_make_secrets
from cotmoc.serving.kept_gate import KeptGate
from cotmoc.settings import Settings
from portal.attempts import Attempts
from portal.rules import Rules, read_rules
from portal.sessions import Sessions
from portal.tickets import Tickets

Answer = TypeVar("Answer")
LOG = logging.getLogger("portal")
# Passwords are hashed so many at a time: each takes 64 MiB.
_HASHES_AT_ONCE = 2


class BusyError(RuntimeError):
    """More work waits than may wait: try again later."""


@dataclass
class Service:
    """One running page. Opened before the first request, closed after the last."""

    settings: Settings
    rules: Rules = field(init=False)
    gate: KeptGate = field(init=False)
    clock: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self.places = self.settings.places
        self.rules = read_rules(self.settings.portal_rules)
        self.gate = KeptGate(self.places)
        self.places.portal.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.accounts = Accounts(self.places.accounts)
        self.attempts = Attempts(self.rules)
        self.sessions = Sessions(self.places.portal / "sessions.sqlite", self.rules.sessions, self.clock)
        self.tickets = Tickets(self.places.portal / "tickets", self.rules.uploads, self.clock)
        self.secret = read_or_make_secrets(self.places.portal / "secrets.json", ("forms",))["forms"]
        self.desk = self._open_desk()
        self._reading = threading.Lock()
        self._own = threading.local()
        self._pool = ThreadPoolExecutor(self.rules.work.at_once, thread_name_prefix="portal-work")
        self._hashing = ThreadPoolExecutor(_HASHES_AT_ONCE, thread_name_prefix="portal-hash")
        self._waiting = 0

    @property
    def is_https(self) -> bool:
        """Return whether people reach the page by https."""
        return (self.settings.portal_url or "").startswith("https://")

    @property
    def hosts(self) -> frozenset[str]:
        """Return the names that a request may call this page by."""
        named = urlsplit(self.settings.portal_url or "").hostname
        return frozenset({"127.0.0.1", "localhost", "::1"} | ({named} if named else set()))

    @property
    def today(self) -> date:
        """Return the day in the province."""
        return to_local_date(now())

    def read(self, question: Callable[[Desk], Answer]) -> Answer:
        """Return what a quick question to the desk answers; one at a time, as the ledger in memory wants it."""
        with self._reading:
            return question(self.desk)

    async def work(self, job: Callable[[Desk], Answer]) -> Answer:
        """Return what a job at a desk of its own answers. Raises BusyError when too many wait already."""
        if self._waiting >= self.rules.work.at_once + self.rules.work.in_line:
            raise BusyError
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, self._at_own_desk, job)
        finally:
            self._waiting -= 1

    async def hash(self, job: Callable[[], Answer]) -> Answer:
        """Return what a job answers that takes the memory of a password's hash."""
        return await asyncio.get_running_loop().run_in_executor(self._hashing, job)

    def close(self) -> None:
        """End what runs beside the requests."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._hashing.shutdown(wait=True, cancel_futures=True)
        self.sessions.close()

    def _at_own_desk(self, job: Callable[[Desk], Answer]) -> Answer:
        if not hasattr(self._own, "desk"):
            self._own.desk = self._open_desk()
        return job(self._own.desk)

    def _open_desk(self) -> Desk:
        return open_desk(self.places, self.settings.registry, self.settings.forms, self.gate)
