"""Files on their way in: handed over, dropped in, growing, replaced, or no files at all."""

from __future__ import annotations

import json
import os
import socket
import threading
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from cotmoc.arrivals import FileChangedError, NotAFileError, to_shown_name
from cotmoc.desk import Desk
from cotmoc.inbox import strange_files
from cotmoc.intake import hand_over, submit, take_in, waiting_files
from expectations.answers import GateAnswer, LandingRegistry
from ingestion.ledger import read_events
from tests.ingestion.workbooks import workbook
from tests.line.desks import a_file, let_pass

OFFICE = "cuc_thong_ke"


def files_under(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def _put_a_socket(folder: Path, name: str) -> None:
    """Bind a socket in a folder, by a way short enough for its address."""
    opened = os.open(folder, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(f"/proc/self/fd/{opened}/{name}")
    os.close(opened)


def test_a_file_handed_over_is_taken_in_for_its_person_and_removed(desk: Desk, tmp_path: Path) -> None:
    source = a_file(tmp_path, workbook())
    path = hand_over(desk.places, source, OFFICE, "Nguyễn Văn A", date(2024, 2, 1), "Quản trị")
    assert waiting_files(desk.places) == [path]
    receipt = take_in(desk, path)
    submission = desk.submissions()[receipt.submission_id or ""]
    assert (submission.submitted_by, submission.channel) == ("Nguyễn Văn A", "inbox")
    assert submission.received_at.date() == date(2024, 2, 1)
    assert waiting_files(desk.places) == []
    assert files_under(desk.places.handover) == []
    assert source.exists()


def test_a_file_dropped_in_without_a_slip_is_the_departments(desk: Desk) -> None:
    path = a_file(desk.places.inbox / OFFICE, workbook())
    os.utime(path, (1, 1))
    assert waiting_files(desk.places) == [path]
    receipt = take_in(desk, path)
    assert desk.submissions()[receipt.submission_id or ""].submitted_by == f"Thư mục tiếp nhận {OFFICE}"


def test_a_slip_does_not_speak_for_another_department(desk: Desk, tmp_path: Path) -> None:
    data = workbook()
    hand_over(desk.places, a_file(tmp_path, data), "so_tai_chinh", "B")
    path = a_file(desk.places.inbox / OFFICE, data)
    receipt = take_in(desk, path)
    assert desk.submissions()[receipt.submission_id or ""].submitted_by == f"Thư mục tiếp nhận {OFFICE}"


def test_the_same_bytes_of_two_departments_keep_their_two_persons(desk: Desk, tmp_path: Path) -> None:
    refused = a_file(tmp_path, workbook({"Giá trị": "1.234"}))
    people = {OFFICE: "Nguyễn Văn A", "so_tai_chinh": "Trần Thị B"}
    waiting = [hand_over(desk.places, refused, department, person) for department, person in people.items()]
    for path in waiting:
        take_in(desk, path)
    found = desk.submissions().values()
    assert {submission.department_code: submission.submitted_by for submission in found} == people
    assert files_under(desk.places.handover) == []


def test_two_files_of_one_name_handed_over_both_wait(desk: Desk, tmp_path: Path) -> None:
    one = hand_over(desk.places, a_file(tmp_path, workbook()), OFFICE, "A")
    other = hand_over(desk.places, a_file(tmp_path, workbook({"Kỳ": "2022"})), OFFICE, "A")
    assert waiting_files(desk.places) == [one, other]
    assert other.name == "bieu (2).xlsx"


def test_a_duplicate_in_the_inbox_gets_a_receipt_of_its_own(desk: Desk, tmp_path: Path) -> None:
    for _ in range(2):
        receipt = take_in(desk, hand_over(desk.places, a_file(tmp_path, workbook()), OFFICE, "A"))
    assert receipt.state == "duplicate"
    receipts = sorted((desk.places.outbox / OFFICE).glob("*.json"))
    states = [json.loads(path.read_text())["state"] for path in receipts]
    assert sorted(states) == ["accepted", "duplicate"]


def test_unfinished_growing_hidden_linked_and_special_files_are_left_alone(
    desk: Desk, tmp_path: Path
) -> None:
    inbox = desk.places.inbox / OFFICE
    growing = a_file(inbox, workbook(), "dang-chep.xlsx")
    for name in (".an.xlsx", "~$bieu.xlsx", "bieu.xlsx.part", "bieu.XLSX.TMP"):
        os.utime(a_file(inbox, workbook(), name), (1, 1))
    target = a_file(tmp_path, workbook(), "that.xlsx")
    (inbox / "lien-ket.xlsx").symlink_to(target)
    os.link(target, inbox / "hai-ten.xlsx")
    os.mkfifo(inbox / "ong.xlsx")
    (inbox / "thu-muc.xlsx").mkdir()
    _put_a_socket(inbox, "o-cam.xlsx")
    os.utime(target, (1, 1))
    assert waiting_files(desk.places) == []
    assert {path.name for path in strange_files(desk.places)} == {
        "lien-ket.xlsx",
        "hai-ten.xlsx",
        "ong.xlsx",
        "thu-muc.xlsx",
        "o-cam.xlsx",
    }
    for name in ("lien-ket.xlsx", "hai-ten.xlsx", "ong.xlsx", "thu-muc.xlsx", "o-cam.xlsx"):
        with pytest.raises(NotAFileError):
            take_in(desk, inbox / name)
    os.utime(growing, (1, 1))
    assert waiting_files(desk.places) == [growing]


def test_a_file_replaced_while_it_was_answered_is_not_lost(desk: Desk, tmp_path: Path) -> None:
    path = hand_over(desk.places, a_file(tmp_path, workbook()), OFFICE, "A")
    newer = workbook({"Kỳ": "2022"})

    def replace_meanwhile(rows: pd.DataFrame, registry: LandingRegistry, received_on: date) -> GateAnswer:
        a_file(tmp_path, newer, "moi.xlsx").replace(path)
        return let_pass(rows, registry, received_on)

    desk.gate = replace_meanwhile
    assert take_in(desk, path).state == "accepted"
    assert path.read_bytes() == newer


def test_a_file_that_changes_while_it_is_read_stays(desk: Desk, tmp_path: Path) -> None:
    path = a_file(desk.places.inbox / OFFICE, b"PK" + bytes(64 * 1024 * 1024))
    stop = threading.Event()

    def grow() -> None:
        while not stop.is_set():
            with path.open("ab") as file:
                file.write(b"more")

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        with pytest.raises(FileChangedError):
            take_in(desk, path)
    finally:
        stop.set()
        writer.join()
    assert path.exists()
    assert desk.submissions() == {}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Biểu số liệu.xlsx", "Biểu số liệu.xlsx"),
        ("Bie\u0302\u0309u.xlsx", "Biểu.xlsx"),
        ("a\u202egpj.xlsx", "a\\u202egpj.xlsx"),
        ("tab\there.xlsx", "tab\\u0009here.xlsx"),
        ("<img src=x>.xlsx", "<img src=x>.xlsx"),
        ("x" * 300, "x" * 199 + "…"),
        ("\udcff.xlsx", "\\udcff.xlsx"),
    ],
)
def test_a_file_name_is_shown_composed_and_escaped(name: str, shown: str) -> None:
    assert to_shown_name(name) == shown


ODD_NAMES = (
    "CON.xlsx",
    "trailing .xlsx ",
    "..xlsx",
    "...",
    "-rf.xlsx",
    "a\u202eb.xlsx",
    "tab\tline\nbreak.xlsx",
    "Bie\u0302\u0309u so\u0302\u0301 lie\u0323\u0302u.xlsx",
    "<img src=x onerror=alert(1)>.xlsx",
    "{{ var.value.secret }}.xlsx",
    "=HYPERLINK(1).xlsx",
    "'; drop table landed; --.xlsx",
    "ệ" * 83 + ".xlsx",
    "\udcff.xlsx",
)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_file_of_an_odd_name_goes_its_whole_way_under_our_own_id(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    source = a_file(tmp_path / "from", workbook(), name)
    receipt = take_in(desk, hand_over(desk.places, source, OFFICE, "A"))
    assert receipt.state == "accepted"
    id_, shown = receipt.submission_id, to_shown_name(name)
    assert files_under(desk.places.raw) == [receipt.sha256]
    assert files_under(desk.places.rows) == [f"{id_}.parquet", "schema.parquet"]
    assert files_under(desk.places.outbox) == [f"{id_}.json", f"{id_}.xlsx"]
    assert files_under(desk.places.inbox) == files_under(desk.places.handover) == []
    (written,) = (desk.places.outbox / OFFICE).glob("*.json")
    assert json.loads(written.read_text(encoding="utf-8"))["file_name"] == receipt.file_name == shown
    assert {event["file_name"] for event in read_events(desk.places.events)} == {shown}
    book = openpyxl.load_workbook(written.with_suffix(".xlsx"))
    told = [cell for row in book.worksheets[0].iter_rows() for cell in row if shown in str(cell.value)]
    assert told
    assert {cell.data_type for cell in told} == {"s"}


def test_long_names_handed_over_twice_both_wait(desk: Desk, tmp_path: Path) -> None:
    name = "ệ" * 83 + ".xlsx"
    for year in ("2022", "2023"):
        hand_over(desk.places, a_file(tmp_path, workbook({"Kỳ": year}), name), OFFICE, "A")
    first, second = waiting_files(desk.places)
    assert first.name == name
    assert second.name == "ệ" * 82 + " (2).xlsx"


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/proc/self/fd", "/dev/tty"])
def test_a_device_is_no_file_whoever_hands_it_in(desk: Desk, path: str) -> None:
    with pytest.raises(NotAFileError):
        submit(desk, Path(path), OFFICE, "A")
    with pytest.raises(NotAFileError):
        hand_over(desk.places, Path(path), OFFICE, "A")
    assert files_under(desk.places.inbox) == files_under(desk.places.raw) == []


def test_a_folder_of_no_department_gets_its_answer_too(desk: Desk) -> None:
    path = a_file(desk.places.inbox / "so_la", workbook())
    receipt = take_in(desk, path)
    assert [problem.rule for problem in receipt.problems] == ["department_unknown"]
    assert OFFICE in receipt.problems[0].expected
    assert not path.exists()
