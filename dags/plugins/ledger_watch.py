"""The ledger → an event when it has moved on and come to rest, whoever wrote to it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from airflow.triggers.base import BaseEventTrigger, TriggerEvent


class LedgerWatch(BaseEventTrigger):
    """Tells of the ledger's head when decisions were made outside the scheduler: approved, withdrawn, locked.

    A head is told when it has rested, and while files wait in the inbox only after a longer rest: they will move
    it on. The first head is told as well, for what happened while nobody watched; a build that is not needed ends
    at its first task.
    """

    def __init__(
        self, home: str, look_seconds: float = 3.0, rest_seconds: float = 12.0, most_seconds: float = 600.0
    ) -> None:
        super().__init__()
        self.home = home
        self.look_seconds = look_seconds
        self.rest_seconds = rest_seconds
        self.most_seconds = most_seconds

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Return how the triggerer makes this watch again."""
        names = ("home", "look_seconds", "rest_seconds", "most_seconds")
        return "ledger_watch.LedgerWatch", {name: getattr(self, name) for name in names}

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Yield an event for each head that has rested, for ever."""
        seen = told = 0
        since = time.monotonic()
        while True:
            head, files_wait = await asyncio.to_thread(self._look)
            if head != seen:
                seen, since = head, time.monotonic()
            rested = time.monotonic() - since
            if head > told and rested >= (self.most_seconds if files_wait else self.rest_seconds):
                told = head
                yield TriggerEvent({"sequence": head})
            await asyncio.sleep(self.look_seconds)

    def _look(self) -> tuple[int, bool]:
        from cotmoc.inbox import waiting_files
        from cotmoc.places import Places
        from ingestion.ledger import head_sequence

        places = Places(Path(self.home))
        return head_sequence(places.events), bool(waiting_files(places))
