"""Stations of a long run → a progress display on a terminal, plain lines elsewhere, and the time each took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

# Without a terminal a line is written when something changed, and no more often than this.
LINE_SECONDS = 10.0

# Called with what is happening, and how much of how much is done.
Say = Callable[[str, int, int], None]


@dataclass
class Telling:
    """Tells people what happens and remembers how long each station took, in seconds by name."""

    console: Console = field(default_factory=Console)
    seconds: dict[str, float] = field(default_factory=dict)

    def line(self, text: str) -> None:
        """Print one line."""
        self.console.print(text, markup=False, highlight=False, soft_wrap=True)

    @contextmanager
    def station(self, name: str) -> Iterator[Say]:
        """Show the station while the block lasts, and what it is told to say."""
        started = time.monotonic()
        show = self._bar if self.console.is_terminal else self._lines
        try:
            with show(name) as say:
                yield say
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.monotonic() - started
        self.line(f"✔ {name} ({self.seconds[name]:.0f} s)")

    @contextmanager
    def _bar(self, name: str) -> Iterator[Say]:
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=self.console, transient=True) as progress:
            task = progress.add_task(name, total=None)

            def say(text: str, done: int, total: int) -> None:
                progress.update(task, description=f"{name}: {text}", completed=done, total=total or None)

            yield say

    @contextmanager
    def _lines(self, name: str) -> Iterator[Say]:
        self.line(f"… {name}")
        last = ("", 0.0)

        def say(text: str, done: int, total: int) -> None:
            nonlocal last
            told = f"  {name}: {text}" + (f" ({done} of {total})" if total else "")
            if told != last[0] and time.monotonic() - last[1] >= LINE_SECONDS:
                self.line(told)
                last = (told, time.monotonic())

        yield say
