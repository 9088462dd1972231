"""Places → a gate that stays warm as long as its keeper lives: pinged before it ends, restarted when it has."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cotmoc.places import Places
from cotmoc.serving.batch import open_gate
from expectations.warm import GateIsAwayError, is_warm, stop_gate, warm_gate

if TYPE_CHECKING:
    import pandas as pd

    from expectations.answers import GateAnswer, LandingRegistry

# Well before the gate ends for want of questions.
PING_SECONDS = 60.0
_TRIES = 3


@dataclass
class KeptGate:
    """A landing gate in a process of its own that is asked from many threads; use as a context."""

    places: Places
    _opening: threading.Lock = field(default_factory=threading.Lock)
    _ended: threading.Event = field(default_factory=threading.Event)
    _keeper: threading.Thread | None = None

    @property
    def socket(self) -> Path:
        """Return where it listens: not at the socket of the inbox's batches, which end their gate."""
        return self.places.portal / "gate" / "gate.sock"

    def __call__(self, rows: pd.DataFrame, registry: LandingRegistry, received_on: date) -> GateAnswer:
        """Return what the gate finds; one that has ended is started again. Raises GateIsAwayError."""
        for attempt in range(_TRIES):
            try:
                return warm_gate(self.socket)(rows, registry, received_on)
            except GateIsAwayError:
                if attempt == _TRIES - 1:
                    raise
                self.open()
        raise AssertionError("unreachable")

    def open(self) -> None:
        """See to it that a gate listens; of several threads one starts it. Raises GateIsAwayError."""
        with self._opening:
            open_gate(self.places, self.socket)

    def __enter__(self) -> KeptGate:
        self._keeper = threading.Thread(target=self._keep, name="gate-keeper", daemon=True)
        self._keeper.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        stop_gate(self.socket)

    def _keep(self) -> None:
        while True:
            with suppress(GateIsAwayError, OSError):
                if not is_warm(self.socket):
                    self.open()
            if self._ended.wait(PING_SECONDS):
                return
