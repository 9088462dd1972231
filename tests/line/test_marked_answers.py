"""Beside each receipt lies the submitter's workbook, marked; whatever becomes of it, the receipt stands."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import openpyxl
import pytest

from cotmoc.desk import Desk
from cotmoc.intake import NotMarkedError, check, hand_over, submit, take_in, waiting_files
from cotmoc.marked_copies import receipts_without_copy
from ingestion.ledger import read_events
from ingestion.marking.looks import FIGURES_SHEET, RESULT_SHEET
from ingestion.receipts import Receipt
from tests.ingestion.marked import links, marked_cells, sentences
from tests.ingestion.workbooks import SHEET, workbook
from tests.line.desks import a_file, desk_at, finding
from tests.line.processes import hand_in_at_once, take_in_and_die
from tests.line.test_command import answered, assert_one_sentence, run

OFFICE = "cuc_thong_ke"


def copy_of(desk: Desk, receipt: Receipt) -> openpyxl.Workbook:
    """Return the marked copy under the receipt's name."""
    return openpyxl.load_workbook(desk.places.outbox / OFFICE / f"{receipt.submission_id}.xlsx")


def outbox(desk: Desk) -> list[str]:
    return sorted(path.name for path in (desk.places.outbox / OFFICE).iterdir())


def test_a_refused_file_comes_back_with_its_cells_marked(desk: Desk, tmp_path: Path) -> None:
    receipt = submit(desk, a_file(tmp_path, workbook({"Giá trị": "1.234"})), OFFICE, "A")
    book = copy_of(desk, receipt)
    assert marked_cells(book[SHEET]) == {"G5"}
    assert links(book) == [f"{SHEET}!G5"]
    told = sentences(book)
    assert "Tệp “bieu.xlsx” không được tiếp nhận: 1 lỗi." in told
    assert "Đơn vị nộp: Cục Thống kê tỉnh · Tệp: bieu.xlsx · Ngày nộp: " in told
    assert f"Mã hồ sơ: {receipt.submission_id}" in told


def test_an_accepted_file_comes_back_with_what_was_accepted_and_what_changes(
    desk: Desk, tmp_path: Path
) -> None:
    receipt = submit(desk, a_file(tmp_path, workbook({}, {"Kỳ": "2022", "Giá trị": "5,88"})), OFFICE, "A")
    book = copy_of(desk, receipt)
    assert book.sheetnames == [RESULT_SHEET, FIGURES_SHEET, SHEET]
    assert marked_cells(book[SHEET]) == set()
    told = sentences(book)
    assert "chờ người duyệt" in told
    assert "Số dòng được tiếp nhận: 2 (kỳ 2022; 2023)" in told
    assert "Tốc độ tăng trưởng GRDP, Tỉnh Bắc Kạn, kỳ 2022 (%): (chưa có) → 5,88" in told
    assert set(links(book)) == {f"{SHEET}!G5", f"{SHEET}!G6", f"{FIGURES_SHEET}!A1"}


def test_a_waiting_file_is_told_where_to_explain(tmp_path: Path) -> None:
    desk = desk_at(tmp_path / "home", finding("warning"))
    book = copy_of(desk, submit(desk, a_file(tmp_path, workbook({"Ghi chú": "đúng"})), OFFICE, "A"))
    assert marked_cells(book[SHEET]) == {"G5"}
    assert {f"{SHEET}!G5", f"{SHEET}!L5"} <= set(links(book))
    assert "Cần ghi lý do (ít nhất 10 ký tự) vào ô Ghi chú L5." in sentences(book)
    explained = submit(desk, a_file(tmp_path, workbook({"Ghi chú": "Theo công văn 12/CTK"})), OFFICE, "A")
    assert explained.state == "accepted"
    assert "Đã giải trình tại ô L5: “Theo công văn 12/CTK”." in sentences(copy_of(desk, explained))


def test_a_duplicate_and_an_unreadable_file_get_the_answer_alone(desk: Desk, tmp_path: Path) -> None:
    file = a_file(tmp_path, workbook())
    first = submit(desk, file, OFFICE, "A")
    submit(desk, file, OFFICE, "A")
    (name,) = [name for name in outbox(desk) if "duplicate" in name and name.endswith(".xlsx")]
    duplicate = openpyxl.load_workbook(desk.places.outbox / OFFICE / name)
    assert duplicate.sheetnames == [RESULT_SHEET]
    assert f"đã được tiếp nhận trước đây, mã {first.submission_id}" in sentences(duplicate)
    for data in (b"%PDF-1.7", b"PK" + bytes(desk.most_bytes)):
        unreadable = copy_of(desk, submit(desk, a_file(tmp_path, data), OFFICE, "A"))
        assert unreadable.sheetnames == [RESULT_SHEET]
        assert "Không kèm bản sao" in sentences(unreadable)


@pytest.mark.parametrize("step", ["before:mark_copy", "after:mark_copy", "before:write_marked_copy"])
def test_killed_while_marking_the_receipt_stands_and_nothing_is_doubled(
    desk: Desk, tmp_path: Path, step: str
) -> None:
    path = hand_over(desk.places, a_file(tmp_path, workbook()), OFFICE, "Nguyễn Văn A")
    assert take_in_and_die(desk.places.home, path, step) == -signal.SIGKILL
    (written,) = outbox(desk)
    told = json.loads((desk.places.outbox / OFFICE / written).read_text())
    assert told["state"] == "accepted"
    assert take_in(desk, path).as_json() == told
    assert waiting_files(desk.places) == []
    assert [event["kind"] for event in read_events(desk.places.events)] == ["received", "accepted"]
    # Nobody tries again: what killed one run would kill the next.
    assert outbox(desk) == [written]
    assert receipts_without_copy(desk.places) == 1


def test_a_copy_that_cannot_be_made_changes_no_decision(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cotmoc.marked_copies.mark_copy", lambda *_: None)
    receipt = submit(desk, a_file(tmp_path, workbook()), OFFICE, "A")
    assert receipt.state == "accepted"
    assert outbox(desk) == [f"{receipt.submission_id}.json"]
    with pytest.raises(NotMarkedError, match=r"bieu\.xlsx"):
        check(desk, a_file(tmp_path, workbook({"Kỳ": "2022"})), OFFICE, marked=tmp_path / "out.xlsx")
    found = answered(desk.places.home, "doctor", exits=0)
    assert "1 receipts without a marked copy" in [one["found"] for one in found if one["what"] == "outbox"]


def test_several_at_once_each_get_their_own_copy(desk: Desk, tmp_path: Path) -> None:
    files = [a_file(tmp_path, workbook({"Giá trị": f"sai {n}"}), f"{n}.xlsx") for n in range(3)]
    given = hand_in_at_once(desk.places.home, [(OFFICE, "A", [file]) for file in files])
    assert [state for state, _ in given] == ["refused"] * 3
    for number, (_, submission) in enumerate(given):
        book = openpyxl.load_workbook(desk.places.outbox / OFFICE / f"{submission}.xlsx")
        assert f"“{number}.xlsx” không được tiếp nhận" in sentences(book)
        assert book[SHEET]["G5"].value == f"sai {number}"
    assert not [name for name in outbox(desk) if name.startswith(".")]


def test_a_dry_run_writes_the_same_copy_where_it_is_told(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "kiểm tra.xlsx"
    file = str(a_file(tmp_path, workbook({"Giá trị": "1.234"})))
    receipt = answered(home, "check", file, "-d", OFFICE, "--marked", str(out), exits=1)
    assert receipt["state"] == "refused"
    book = openpyxl.load_workbook(out)
    assert marked_cells(book[SHEET]) == {"G5"}
    assert "Ngày kiểm tra" in sentences(book)
    assert list((home / "outbox" / OFFICE).iterdir()) == []
    first = out.read_bytes()
    assert run(home, "check", file, "-d", OFFICE, "--marked", str(out)).returncode == 1
    assert out.read_bytes() == first


def test_a_dry_run_never_writes_over_the_file_it_checks(tmp_path: Path) -> None:
    data = workbook()
    file = str(a_file(tmp_path, data))
    for out, word in (
        (file, "another file"),
        (str(tmp_path / "no" / "out.xlsx"), "no"),
        ("out.csv", ".xlsx"),
    ):
        told = run(tmp_path / "home", "check", file, "-d", OFFICE, "--marked", out)
        assert_one_sentence(told, 2, word)
    assert Path(file).read_bytes() == data
