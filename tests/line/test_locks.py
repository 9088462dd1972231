"""A locked period: late files are refused, an exception lets one in, and everyone who was turned away is on record."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cotmoc.calendar import now, to_local_date
from cotmoc.decisions import DecisionRefusedError, approve, reject, withdraw
from cotmoc.denials import read_denials, record_denial
from cotmoc.desk import Desk
from cotmoc.intake import check, finish_interrupted, hand_over, submit, take_in
from cotmoc.justifying import JustificationRefusedError, justify
from cotmoc.locks import LockRefusedError, lock, lock_book, unlock
from ingestion.ledger import head_sequence, read_events
from ingestion.receipts import Receipt
from tests.ingestion.workbooks import cell_of, workbook
from tests.line.desks import a_file, desk_at, warn_in_every_row
from tests.line.processes import hand_in_at_once, take_in_and_die

OFFICE = "cuc_thong_ke"
REASON = "Rà soát lại theo kết quả điều tra"


def tomorrow() -> date:
    return to_local_date(now()) + timedelta(days=1)


def hand_in(desk: Desk, folder: Path, *rows: dict[str, Any], department: str = OFFICE) -> Receipt:
    return submit(desk, a_file(folder, workbook(*rows)), department, "Nguyễn Văn A")


def rules(receipt: Receipt) -> list[str]:
    return [problem.rule for problem in receipt.problems]


def test_a_late_file_is_refused_at_the_first_row_of_each_locked_period(desk: Desk, tmp_path: Path) -> None:
    lock(desk, "2023", "Trần Thị B")
    rows = ({}, {"Đơn vị hành chính": "tinh_thai_nguyen_cu"}, {"Kỳ": "quý I/2023"}, {"Kỳ": "2022"})
    for receipt in (
        check(desk, a_file(tmp_path, workbook(*rows)), OFFICE),
        hand_in(desk, tmp_path, *rows),
    ):
        assert receipt.state == "refused"
        assert [(problem.rule, problem.cell, problem.found) for problem in receipt.problems] == [
            ("period_locked", cell_of("Giá trị", 5), "2023"),
            ("period_locked", cell_of("Giá trị", 7), "quý I/2023"),
        ]
    assert read_events(desk.places.events)[-1]["reason"] == "period_locked"
    assert list(desk.places.rows.glob("2*.parquet")) == []
    assert hand_in(desk, tmp_path, {"Kỳ": "2022"}).state == "accepted"


def test_a_year_is_not_within_a_locked_quarter(desk: Desk, tmp_path: Path) -> None:
    lock(desk, "quý IV/2023", "B")
    assert hand_in(desk, tmp_path, {"Kỳ": "2023"}).state == "accepted"
    assert rules(hand_in(desk, tmp_path, {"Kỳ": "12/2023"})) == ["period_locked"]


def test_an_exception_lets_one_submission_of_its_department_in(desk: Desk, tmp_path: Path) -> None:
    lock(desk, "2023", "B")
    unlock(desk, "2023", OFFICE, tomorrow(), "Đính chính theo công văn", "Trần Thị B")
    assert rules(hand_in(desk, tmp_path, {}, department="so_tai_chinh")) == ["period_locked"]
    # A refused file does not use it up.
    assert hand_in(desk, tmp_path, {"Giá trị": "1.234"}).state == "refused"
    accepted = hand_in(desk, tmp_path, {"Giá trị": 6.4})
    assert accepted.state == "accepted"
    (exception,) = lock_book(desk).exceptions
    assert exception.used_by == accepted.submission_id
    late = hand_in(desk, tmp_path, {"Giá trị": 6.5})
    assert rules(late) == ["period_locked"]
    assert f"đã được dùng cho hồ sơ {accepted.submission_id}" in late.problems[0].message_vi
    # Another exception lets another one in.
    unlock(desk, "2023", OFFICE, tomorrow(), "Đính chính lần hai", "Trần Thị B")
    assert hand_in(desk, tmp_path, {"Giá trị": 6.6}).state == "accepted"


def test_a_file_of_two_locked_periods_needs_and_uses_both_exceptions(desk: Desk, tmp_path: Path) -> None:
    for period in ("2022", "2023"):
        lock(desk, period, "B")
    unlock(desk, "2023", OFFICE, tomorrow(), "Đính chính", "B")
    both = ({}, {"Kỳ": "2022"})
    assert [problem.found for problem in hand_in(desk, tmp_path, *both).problems] == ["2022"]
    assert [one.used_by for one in lock_book(desk).exceptions] == [None]
    unlock(desk, "2022", OFFICE, tomorrow(), "Đính chính", "B")
    accepted = hand_in(desk, tmp_path, *both)
    assert [one.used_by for one in lock_book(desk).exceptions] == [accepted.submission_id] * 2


@pytest.mark.parametrize(
    ("at", "is_let_in"),
    [
        pytest.param(
            datetime(2026, 11, 5, 16, 59, 59, tzinfo=UTC), True, id="the_last_second_of_the_day_here"
        ),
        pytest.param(
            datetime(2026, 11, 5, 17, 0, 0, tzinfo=UTC), False, id="the_day_after_here_not_yet_in_utc"
        ),
    ],
)
def test_an_exception_ends_with_its_day_in_ho_chi_minh(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: datetime, is_let_in: bool
) -> None:
    for module in ("cotmoc.locks.now", "cotmoc.reception.now", "cotmoc.intake.now"):
        monkeypatch.setattr(module, lambda: datetime(2026, 11, 1, 3, tzinfo=UTC))
    lock(desk, "2023", "B")
    unlock(desk, "2023", OFFICE, date(2026, 11, 5), "Đính chính", "B")
    for module in ("cotmoc.locks.now", "cotmoc.reception.now", "cotmoc.intake.now"):
        monkeypatch.setattr(module, lambda: at)
    receipt = hand_in(desk, tmp_path)
    assert receipt.state == ("accepted" if is_let_in else "refused")
    assert (
        "chỉ có hiệu lực đến hết ngày 05/11/2026" in "".join(one.message_vi for one in receipt.problems)
    ) != is_let_in


def test_a_lock_leaves_what_was_accepted_before_to_be_decided(desk: Desk, tmp_path: Path) -> None:
    first = hand_in(desk, tmp_path, {}).submission_id or ""
    second = hand_in(desk, tmp_path, {"Giá trị": 6.4}).submission_id or ""
    lock(desk, "2023", "B")
    assert approve(desk, first, "B").state == "approved"
    assert reject(desk, second, "B", "thiếu nguồn").state == "rejected"


def test_what_is_published_is_not_withdrawn_from_a_locked_period(desk: Desk, tmp_path: Path) -> None:
    published = hand_in(desk, tmp_path, {}).submission_id or ""
    approve(desk, published, "B")
    pending = hand_in(desk, tmp_path, {"Giá trị": 6.4}).submission_id or ""
    lock(desk, "2023", "B")
    with pytest.raises(DecisionRefusedError, match="Kỳ 2023 đã khóa sổ"):
        withdraw(desk, published, "Nguyễn Văn A", "nộp nhầm")
    assert [(one.what, one.submission_id) for one in read_denials(desk.places)] == [("withdraw", published)]
    assert withdraw(desk, pending, "Nguyễn Văn A", "nộp nhầm").state == "withdrawn"
    unlock(desk, "2023", OFFICE, tomorrow(), "Rút số liệu sai", "B")
    assert withdraw(desk, published, "Nguyễn Văn A", "nộp nhầm").state == "withdrawn"


def test_a_waiting_submission_is_not_explained_into_a_locked_period(tmp_path: Path) -> None:
    desk = desk_at(tmp_path / "home", warn_in_every_row)
    waiting = hand_in(desk, tmp_path).submission_id or ""
    lock(desk, "2023", "B")
    with pytest.raises(JustificationRefusedError, match="đã khóa sổ"):
        justify(desk, waiting, "Nguyễn Văn A", {cell_of("Giá trị"): REASON})
    assert desk.submissions()[waiting].state == "waiting"
    assert [one.what for one in read_denials(desk.places)] == ["justify"]
    unlock(desk, "2023", OFFICE, tomorrow(), "Cho giải trình", "B")
    assert justify(desk, waiting, "Nguyễn Văn A", {cell_of("Giá trị"): REASON}).state == "accepted"
    assert lock_book(desk).exceptions[0].used_by == waiting


def test_a_reception_begun_before_the_lock_is_finished_as_it_was_then(desk: Desk, tmp_path: Path) -> None:
    path = hand_over(desk.places, a_file(tmp_path, workbook()), OFFICE, "Nguyễn Văn A")
    take_in_and_die(desk.places.home, path, "after:append:1")
    lock(desk, "2023", "B")
    assert [receipt.state for receipt in finish_interrupted(desk)] == ["accepted"]


def test_a_backdated_reception_does_not_slip_behind_a_lock(desk: Desk, tmp_path: Path) -> None:
    lock(desk, "2023", "B")
    file = a_file(tmp_path, workbook())
    receipt = submit(desk, file, OFFICE, "A", received_on=date(2024, 1, 5), backdated_by="Quản trị")
    assert rules(receipt) == ["period_locked"]


def test_a_refusal_by_a_lock_is_told_again_as_it_was(desk: Desk, tmp_path: Path) -> None:
    lock(desk, "2023", "B")
    path = hand_over(desk.places, a_file(tmp_path, workbook()), OFFICE, "Nguyễn Văn A")
    take_in_and_die(desk.places.home, path, "before:write_receipt")
    unlock(desk, "2023", OFFICE, tomorrow(), "Đính chính", "B")
    assert rules(take_in(desk, path)) == ["period_locked"]


def test_locking_twice_is_one_lock_and_locks_are_events_with_a_person(desk: Desk) -> None:
    first, again = lock(desk, "năm 2023", "Trần  Thị B"), lock(desk, "2023", "C")
    assert first == again
    assert (first.period, first.start, first.end) == ("2023", date(2023, 1, 1), date(2023, 12, 31))
    (event,) = read_events(desk.places.events)
    assert (event["kind"], event["person"], event["submission_id"]) == ("locked", "Trần Thị B", None)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"period": "kỳ này"}, "Không hiểu kỳ", id="no_period"),
        pytest.param({"period": "2022"}, "không bị khóa", id="a_period_that_is_open"),
        pytest.param({"department": "so_la"}, "so_la", id="no_department"),
        pytest.param({"until": date(2020, 1, 1)}, "đã qua", id="a_day_that_has_passed"),
        pytest.param({"why": "  "}, "lý do", id="no_reason"),
        pytest.param({"person": " "}, "họ tên", id="no_person"),
    ],
)
def test_an_exception_needs_all_its_words(desk: Desk, change: dict[str, Any], words: str) -> None:
    lock(desk, "2023", "B")
    given = {"period": "2023", "department": OFFICE, "until": tomorrow(), "why": "Đính chính", "person": "B"}
    with pytest.raises(LockRefusedError, match=words):
        unlock(desk, **(given | change))
    assert lock_book(desk).exceptions == ()


def test_only_one_of_two_at_once_uses_an_exception(desk: Desk, tmp_path: Path) -> None:
    lock(desk, "2023", "B")
    unlock(desk, "2023", OFFICE, tomorrow(), "Đính chính", "B")
    files = [a_file(tmp_path, workbook({"Giá trị": 6.0 + n / 10}), f"{n}.xlsx") for n in range(3)]
    given = hand_in_at_once(
        desk.places.home, [(OFFICE, f"Người {n}", [file]) for n, file in enumerate(files)]
    )
    assert sorted(state for state, _ in given) == ["accepted", "refused", "refused"]
    assert len(list(desk.places.rows.glob("2*.parquet"))) == 1


def test_a_denial_is_a_file_beside_the_ledger_and_moves_nothing(desk: Desk, tmp_path: Path) -> None:
    accepted = hand_in(desk, tmp_path).submission_id or ""
    head, before = head_sequence(desk.places.events), desk.submissions()
    for attempt in (approve, lambda *given: reject(*given, "sai")):
        with pytest.raises(DecisionRefusedError, match="người khác"):
            attempt(desk, accepted, "nguyễn văn a")
    with pytest.raises(DecisionRefusedError, match="đơn vị khác"):
        withdraw(desk, accepted, "C", "nhầm", channel="portal", department="so_tai_chinh")
    record_denial(desk, "D", "sign_in", "Tài khoản đã hết hạn.", "portal")
    told = read_denials(desk.places)
    assert [(one.person, one.what, one.channel) for one in told] == [
        ("nguyễn văn a", "approve", "cli"),
        ("nguyễn văn a", "reject", "cli"),
        ("C", "withdraw", "portal"),
        ("D", "sign_in", "portal"),
    ]
    assert head_sequence(desk.places.events) == head
    assert desk.submissions() == before
    assert all(json.loads(path.read_text())["why"] for path in desk.places.denials.iterdir())
