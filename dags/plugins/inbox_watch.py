"""The inbox → one event for each batch of files that has come to rest in it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from airflow.triggers.base import BaseEventTrigger, TriggerEvent

Batch = frozenset[tuple[str, int, int]]


class InboxWatch(BaseEventTrigger):
    """Tells of the files that wait, once the set of them has not changed for two looks.

    What was told is not told again, unless it still lies there after some minutes: its run must have failed.
    The files themselves are never touched.
    """

    def __init__(self, home: str, look_seconds: float = 2.0, again_seconds: float = 900.0) -> None:
        super().__init__()
        self.home = home
        self.look_seconds = look_seconds
        self.again_seconds = again_seconds

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Return how the triggerer makes this watch again."""
        arguments = {
            "home": self.home,
            "look_seconds": self.look_seconds,
            "again_seconds": self.again_seconds,
        }
        return "inbox_watch.InboxWatch", arguments

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Yield an event for each batch, for ever."""
        seen: Batch = frozenset()
        told: dict[tuple[str, int, int], float] = {}
        while True:
            found = await asyncio.to_thread(self._look)
            told = {file: at for file, at in told.items() if file in found}
            overdue = time.monotonic() - self.again_seconds
            untold = {file for file in found if told.get(file, overdue) <= overdue}
            if untold and found == seen:
                told |= dict.fromkeys(untold, time.monotonic())
                yield TriggerEvent({"files": len(untold)})
            seen = found
            await asyncio.sleep(self.look_seconds)

    def _look(self) -> Batch:
        from cotmoc.inbox import waiting_files
        from cotmoc.places import Places

        batch = set()
        for path in waiting_files(Places(Path(self.home))):
            try:
                found = path.lstat()
            except FileNotFoundError:
                continue
            batch.add((str(path), found.st_size, found.st_mtime_ns))
        return frozenset(batch)
