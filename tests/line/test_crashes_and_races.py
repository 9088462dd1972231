"""Killed at any step, or several at once: nothing lost, nothing doubled, nothing mixed."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

import duckdb
import pytest

from cotmoc.desk import Desk
from cotmoc.intake import finish_interrupted, hand_over, submit, take_in, waiting_files
from cotmoc.serving import batch
from cotmoc.settings import Settings
from ingestion.files import remove_leftovers
from ingestion.ledger import HeadMovedError, Ledger, LedgerDamagedError, read_events
from tests.ingestion.workbooks import workbook
from tests.line.desks import a_file, desk_at
from tests.line.processes import hand_in_at_once, take_in_and_die

OFFICE = "cuc_thong_ke"
STEPS = [
    f"{moment}:{step}"
    for step in (
        "land_raw",
        "append:1",
        "land_rows",
        "append:2",
        "write_receipt",
        "mark_copy",
        "write_marked_copy",
        "remove_slip",
        "remove_arrival",
    )
    for moment in ("before", "after")
]


def landed_rows(desk: Desk) -> list[tuple[str, str, float]]:
    with duckdb.connect() as connection:
        return connection.execute(
            f"select submission_id, period_text, value from '{desk.places.rows}/*.parquet' order by all"
        ).fetchall()


def check_landed_once(desk: Desk, submission_id: str) -> None:
    """Assert what must hold after every accident: one reception, one outcome, rows and receipt once."""
    events = read_events(desk.places.events)
    assert [event["sequence"] for event in events] == list(range(1, len(events) + 1))
    assert [event["kind"] for event in events] == ["received", "accepted"]
    assert {event["submission_id"] for event in events} == {submission_id}
    assert events[0]["person"] == "Nguyễn Văn A"
    assert landed_rows(desk) == [(submission_id, "2023", 6.33)]
    receipts = [json.loads(path.read_text()) for path in (desk.places.outbox / OFFICE).glob("*.json")]
    assert [(one["state"], one["submission_id"]) for one in receipts] == [("accepted", submission_id)]
    assert waiting_files(desk.places) == []
    assert list(desk.places.handover.iterdir()) == []


@pytest.mark.parametrize("step", STEPS)
def test_a_run_killed_at_a_step_is_finished_by_the_next(desk: Desk, tmp_path: Path, step: str) -> None:
    path = hand_over(desk.places, a_file(tmp_path, workbook()), OFFICE, "Nguyễn Văn A")
    assert take_in_and_die(desk.places.home, path, step) == -signal.SIGKILL
    if step == "after:remove_arrival":
        receipts = list((desk.places.outbox / OFFICE).glob("*.json"))
        check_landed_once(desk, receipts[0].stem)
        return
    assert waiting_files(desk.places) == [path]
    receipt = take_in(desk, path)
    assert receipt.state == "accepted"
    check_landed_once(desk, receipt.submission_id or "")


def test_a_reception_left_open_is_finished_from_the_landed_bytes(desk: Desk, tmp_path: Path) -> None:
    path = hand_over(desk.places, a_file(tmp_path, workbook()), OFFICE, "Nguyễn Văn A")
    take_in_and_die(desk.places.home, path, "after:append:1")
    receipts = finish_interrupted(desk)
    assert [receipt.state for receipt in receipts] == ["accepted"]
    assert finish_interrupted(desk) == []
    # The file still lies in the inbox: taking it in finds the finished reception.
    assert take_in(desk, path).submission_id == receipts[0].submission_id
    check_landed_once(desk, receipts[0].submission_id or "")


def test_what_died_on_its_way_is_finished_by_the_next_batch(desk: Desk, tmp_path: Path) -> None:
    path = hand_over(desk.places, a_file(tmp_path, workbook()), OFFICE, "Nguyễn Văn A")
    take_in_and_die(desk.places.home, path, "after:append:1")
    settings = Settings(home=desk.places.home)
    batch.open_gate(settings.places)
    try:
        assert batch.finish_warm(settings) == ["accepted"]
        assert batch.finish_warm(settings) == []
    finally:
        batch.close_gate(settings.places)


def test_a_killed_submission_is_finished_by_submitting_the_same_file(desk: Desk, tmp_path: Path) -> None:
    data = workbook()
    path = hand_over(desk.places, a_file(tmp_path, data), OFFICE, "Nguyễn Văn A")
    take_in_and_die(desk.places.home, path, "after:append:1")
    receipt = submit(desk, a_file(tmp_path, data), OFFICE, "Nguyễn Văn A")
    assert receipt.state == "accepted"
    assert [event["kind"] for event in read_events(desk.places.events)] == ["received", "accepted"]


@pytest.mark.parametrize("attempt", range(3))
def test_the_same_bytes_by_several_at_once_are_accepted_once(
    desk: Desk, tmp_path: Path, attempt: int
) -> None:
    file = a_file(tmp_path, workbook())
    given = hand_in_at_once(desk.places.home, [(OFFICE, f"Người {number}", [file]) for number in range(4)])
    assert sorted(state for state, _ in given) == ["accepted", "duplicate", "duplicate", "duplicate"]
    assert len({submission for _, submission in given}) == 1
    assert [event["kind"] for event in read_events(desk.places.events)] == ["received", "accepted"]
    assert len(landed_rows(desk)) == 1


def test_the_same_content_in_other_bytes_by_several_at_once_is_accepted_once(
    desk: Desk, tmp_path: Path
) -> None:
    one = a_file(tmp_path, workbook(), "mot.xlsx")
    other = a_file(tmp_path, workbook({"Kỳ": "năm 2023"}), "hai.xlsx")
    given = hand_in_at_once(desk.places.home, [(OFFICE, "A", [file]) for file in (one, other)])
    assert sorted(state for state, _ in given) == ["accepted", "duplicate"]
    assert len(landed_rows(desk)) == 1


def test_departments_at_once_all_land_and_never_mix(desk: Desk, tmp_path: Path) -> None:
    departments = list(desk.registry.departments)[:4]
    files = {
        department: [
            a_file(
                tmp_path / department, workbook({"Kỳ": str(2010 + n), "Giá trị": float(index)}), f"{n}.xlsx"
            )
            for n in range(5)
        ]
        for index, department in enumerate(departments)
    }
    people = [(department, department, names) for department, names in files.items()]
    given = hand_in_at_once(desk.places.home, people)
    assert [state for state, _ in given] == ["accepted"] * 20
    submissions = desk.submissions()
    assert sorted(submissions) == sorted(submission for _, submission in given)
    for submission, period, value in landed_rows(desk):
        found = submissions[submission]
        assert departments[int(value)] == found.department_code == found.submitted_by
        assert found.periods == (period,)
    events = read_events(desk.places.events)
    assert [event["sequence"] for event in events] == list(range(1, 41))


def test_only_the_first_of_two_writers_on_one_head_appends(tmp_path: Path) -> None:
    folder = tmp_path / "events"
    folder.mkdir()
    one, other = Ledger(folder), Ledger(folder)
    event = {"at": "2024-01-01T00:00:00.000000Z", "kind": "locked", "submission_id": None, "person": "A"}
    one.append(event)
    with pytest.raises(HeadMovedError):
        other.append(event)
    assert other.head == 1
    assert other.append(event)["sequence"] == 2
    one.refresh()
    assert one.events == other.events
    assert sorted(path.name for path in folder.iterdir()) == ["000000001.json", "000000002.json"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"sequence": 7, "kind": "received"}'])
def test_a_damaged_event_stops_everything_and_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "000000001.json").write_bytes(content)
    with pytest.raises(LedgerDamagedError, match=r"000000001\.json"):
        Ledger(tmp_path)


def test_old_leftovers_are_cleared_and_fresh_ones_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leftover = a_file(tmp_path, b"half", ".tmp-abc")
    remove_leftovers(tmp_path)
    assert leftover.exists()
    later = time.time() + 7200
    monkeypatch.setattr("ingestion.files.time.time", lambda: later)
    remove_leftovers(tmp_path)
    assert not leftover.exists()


def test_a_leftover_of_a_killed_writer_is_no_event(desk: Desk, tmp_path: Path) -> None:
    (desk.places.events / ".tmp-abc").write_bytes(b'{"seq')
    (desk.places.rows / ".tmp-abc").write_bytes(b"PAR")
    assert submit(desk_at(desk.places.home), a_file(tmp_path, workbook()), OFFICE, "A").state == "accepted"
    assert len(landed_rows(desk)) == 1
