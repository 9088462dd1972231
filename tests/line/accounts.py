"""What was handed in, held against the ledger, the rows, the receipts and the bytes: nothing lost, doubled, mixed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from cotmoc.desk import Desk
from cotmoc.places import Places
from ingestion.files import TEMPORARY_PREFIX
from ingestion.landing import SCHEMA_FILE, to_sha256
from ingestion.ledger import read_events
from tests.line.many_workbooks import Handed


def assert_answered_once(desk: Desk, handed: Sequence[Handed]) -> list[str]:
    """Assert that each file has one receipt and that it is the right one; return their states."""
    receipts = read_receipts(desk)
    assert sorted(receipts) == sorted((file.department, file.name) for file in handed)
    states: dict[int, list[str]] = defaultdict(list)
    for file in handed:
        receipt = receipts[file.department, file.name]
        assert receipt["sha256"] == to_sha256(file.data)
        states[file.content].append(receipt["state"])
    outcomes = {file.content: file.outcome for file in handed}
    for content, outcome in outcomes.items():
        # Of several at once any may be the first.
        others = "refused" if outcome == "refused" else "duplicate"
        expected = [outcome] + [others] * (len(states[content]) - 1)
        assert sorted(states[content]) == sorted(expected), (content, states[content])
    return [state for of_content in states.values() for state in of_content]


def assert_nothing_in_between(desk: Desk, handed: Sequence[Handed]) -> None:
    """Assert that the ledger, the rows and the bytes are those of the files handed in, and all there is."""
    submissions = desk.submissions()
    counted = [found.state for found in submissions.values()]
    assert len(counted) == sum(counted.count(state) for state in ("accepted", "refused", "waiting"))
    events = read_events(desk.places.events)
    assert [event["sequence"] for event in events] == list(range(1, len(events) + 1))
    received = [event["submission_id"] for event in events if event["kind"] == "received"]
    decided = [event["submission_id"] for event in events if event["kind"] != "received"]
    assert len(set(received)) == len(received) == len(submissions)
    assert sorted(decided) == sorted(received)

    by_bytes = {to_sha256(file.data): file for file in handed}
    accepted = {found.id: found for found in submissions.values() if found.state == "accepted"}
    assert names(desk.places.rows) == sorted({f"{id_}.parquet" for id_ in accepted} | {SCHEMA_FILE})
    landed = landed_figures(desk)
    assert set(landed) == set(accepted)
    for id_, found in accepted.items():
        file = by_bytes[found.sha256]
        assert landed[id_] == sorted(file.figures)
        assert found.rows_accepted == len(file.figures)
    # Bytes of a duplicate in other bytes may be kept as well; no others, and none changed.
    kept = names(desk.places.raw)
    assert {found.sha256 for found in submissions.values()} <= set(kept) <= set(by_bytes)
    assert [to_sha256((desk.places.raw / name).read_bytes()) for name in kept] == kept
    assert names(desk.places.handover) == []
    assert leftovers(desk.places) == []


def leftovers(places: Places) -> list[Path]:
    """Return what killed writers left anywhere in an instance."""
    return list(places.home.rglob(f"{TEMPORARY_PREFIX}*"))


def told(desk: Desk) -> dict[str, Any]:
    """Return all that an instance holds of what was handed in, whenever, wherever and in which run that was."""
    events = [
        {key: value for key, value in event.items() if key not in ("at", "arrival_key")}
        | {"submission_id": _undated(event["submission_id"])}
        for event in read_events(desk.places.events)
    ]
    with duckdb.connect() as connection:
        rows = {
            _undated(file.stem): connection.execute(
                f"select * exclude (submission_id) from '{file}' order by row_number"
            ).fetchall()
            for file in desk.places.rows.glob("*.parquet")
        }
    receipts = {
        key: receipt | {"submission_id": _undated(receipt["submission_id"])}
        for key, receipt in read_receipts(desk).items()
    }
    return {"events": events, "rows": rows, "receipts": receipts, "raw": names(desk.places.raw)}


def _undated(submission_id: str | None) -> str:
    """Return an id without its day: two runs may lie on two sides of midnight."""
    return str(submission_id).partition("-")[2]


def read_receipts(desk: Desk) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the receipts of the outbox by department and file name; two of one file are an error."""
    receipts: dict[tuple[str, str], dict[str, Any]] = {}
    for path in sorted(desk.places.outbox.glob("*/*.json")):
        receipt = json.loads(path.read_text(encoding="utf-8"))
        key = path.parent.name, receipt["file_name"]
        assert receipt["department_code"] == path.parent.name
        assert key not in receipts, f"two receipts of {key}"
        receipts[key] = receipt
    return receipts


def landed_figures(desk: Desk) -> dict[str, list[tuple[str, float]]]:
    """Return the (period, value) of each submission with rows, each file holding only its own."""
    figures: dict[str, list[tuple[str, float]]] = defaultdict(list)
    with duckdb.connect() as connection:
        for file, id_, period, value in connection.execute(
            "select filename, submission_id, period_text, value"
            f" from read_parquet('{desk.places.rows}/*.parquet', filename = true) order by all"
        ).fetchall():
            assert Path(file).stem == id_
            figures[id_].append((period, value))
    return figures


def names(folder: Path) -> list[str]:
    """Return the names in a folder, sorted."""
    return sorted(path.name for path in folder.iterdir())
