"""A few shipped workbooks → the first answer for an as-of against the second."""

from __future__ import annotations

import tempfile
from itertools import count
from pathlib import Path

from benchmarks.pairs import compare
from cotmoc.answers import verdicts
from tests.real_home import land_real_submissions, manifest

PAIRS = 3
SUBMISSIONS = 5


def main() -> None:
    """Ask for as many instants as pairs, each twice, and print the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        places = land_real_submissions(Path(folder) / "home", manifest()[:SUBMISSIONS]).places
        first_days, second_days = count(1), count(1)
        compare(
            ("built aside", lambda: verdicts(places, as_of=f"2022-03-{next(first_days):02d}")),
            ("kept", lambda: verdicts(places, as_of=f"2022-03-{next(second_days):02d}")),
            PAIRS,
        )


if __name__ == "__main__":
    main()
