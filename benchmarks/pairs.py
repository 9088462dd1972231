"""Two ways of doing one thing, run in turn → medians and their ratio."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable


def compare(
    first: tuple[str, Callable[[], object]], second: tuple[str, Callable[[], object]], pairs: int
) -> None:
    """Run both in turn, `pairs` times, and print the median seconds of each and the median ratio."""
    times: list[tuple[float, float]] = []
    for _ in range(pairs):
        times.append((_seconds(first[1]), _seconds(second[1])))
    ratios = [slow / fast for slow, fast in times]
    sys.stdout.write(
        f"{first[0]}: {statistics.median(a for a, _ in times):.2f} s; "
        f"{second[0]}: {statistics.median(b for _, b in times):.2f} s; "
        f"ratio {statistics.median(ratios):.1f} ({min(ratios):.1f} to {max(ratios):.1f}), {pairs} pairs\n"
    )


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
