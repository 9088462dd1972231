"""Ten thousand events → opening the ledger as it is, a file an event, against one file that holds them all."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from benchmarks.pairs import compare
from ingestion.ledger import Ledger, fold

PAIRS = 5
EVENTS = 10_000


def main() -> None:
    """Write a ledger of made-up receptions, open it both ways, in turn, and print the ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder, together = Path(name, "events"), Path(name, "events.jsonl")
        folder.mkdir()
        events = [_event(sequence) for sequence in range(1, EVENTS + 1)]
        for event in events:
            (folder / f"{event['sequence']:09d}.json").write_text(json.dumps(event, indent=1))
        together.write_text("\n".join(map(json.dumps, events)))

        def as_one_file() -> None:
            with together.open() as lines:
                fold([json.loads(line) for line in lines])

        compare(
            (f"{EVENTS} events, a file each", lambda: Ledger(folder).submissions()),
            ("in one file", as_one_file),
            PAIRS,
        )


def _event(sequence: int) -> dict[str, object]:
    """Return a reception, and after it its acceptance."""
    kind = "received" if sequence % 2 else "accepted"
    return {
        "sequence": sequence,
        "at": "2026-01-05T03:00:00.000000Z",
        "kind": kind,
        "submission_id": f"20260105-{(sequence + 1) // 2:010d}",
        "sha256": f"{(sequence + 1) // 2:064d}",
        "department_code": "cuc_thong_ke",
        "form_code": "so_lieu",
        "form_version": "1",
        "file_name": "bieu-so-lieu.xlsx",
        "person": "A",
        "channel": "inbox",
        "reason": None,
        "is_backdated": False,
        "periods": ["2025"],
    }


if __name__ == "__main__":
    main()
