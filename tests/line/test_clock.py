"""A clock set back, midnight in the province: the order is the sequence, the day that of Asia/Ho_Chi_Minh."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from cotmoc.calendar import to_local_date
from cotmoc.desk import Desk
from cotmoc.intake import submit
from ingestion.ledger import Submission, read_events
from tests.ingestion.workbooks import workbook
from tests.line.desks import a_file

OFFICE = "cuc_thong_ke"


def receive_at(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch, *instants: datetime
) -> list[Submission]:
    """Hand in one file, then its corrections, with the clock at these instants; return them as they were received."""
    ids = []
    for number, instant in enumerate(instants):
        monkeypatch.setattr("cotmoc.reception.now", lambda instant=instant: instant)
        file = a_file(folder, workbook({"Giá trị": 6.0 + number}), f"lan-{number + 1}.xlsx")
        ids.append(submit(desk, file, OFFICE, "Nguyễn Văn A").submission_id)
    found = desk.submissions()
    return [found[str(id_)] for id_ in ids]


def test_a_clock_set_back_an_hour_does_not_turn_the_order_round(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noon = datetime(2026, 10, 19, 5, tzinfo=UTC)
    clock = (noon, noon - timedelta(hours=1), noon - timedelta(minutes=30), noon + timedelta(minutes=1))
    received = receive_at(desk, tmp_path, monkeypatch, *clock)
    assert [found.received_at for found in received] == [noon, noon, noon, clock[-1]]
    assert [found.sequence for found in received] == [1, 3, 5, 7]
    assert list(desk.submissions()) == [found.id for found in received]
    assert [event["sequence"] for event in read_events(desk.places.events)] == list(range(1, 9))


def test_a_day_ends_at_midnight_in_the_province(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last_second = datetime(2026, 10, 19, 16, 59, 59, tzinfo=UTC)
    received = receive_at(desk, tmp_path, monkeypatch, last_second, last_second + timedelta(seconds=1))
    assert [to_local_date(found.received_at) for found in received] == [
        date(2026, 10, 19),
        date(2026, 10, 20),
    ]
    assert [found.id[:8] for found in received] == ["20261019", "20261020"]


def test_a_clock_set_back_over_midnight_says_the_day_it_says(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    after_midnight = datetime(2026, 10, 19, 17, 30, tzinfo=UTC)
    received = receive_at(desk, tmp_path, monkeypatch, after_midnight, after_midnight - timedelta(hours=1))
    assert [to_local_date(found.received_at) for found in received] == [
        date(2026, 10, 20),
        date(2026, 10, 19),
    ]
    assert [found.sequence for found in received] == [1, 3]


def test_a_clock_that_ran_far_ahead_once_does_not_carry_the_next_along(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime(2026, 10, 19, 5, tzinfo=UTC)
    received = receive_at(desk, tmp_path, monkeypatch, now.replace(year=2099), now)
    assert received[1].received_at == now


def test_a_backdated_reception_holds_no_later_one_back(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime(2026, 10, 19, 3, tzinfo=UTC)
    monkeypatch.setattr("cotmoc.reception.now", lambda: now)
    # Noon of the same day, which has not come yet.
    submit(desk, a_file(tmp_path, workbook()), OFFICE, "A", received_on=date(2026, 10, 19), backdated_by="B")
    assert receive_at(desk, tmp_path, monkeypatch, now)[0].received_at == now
