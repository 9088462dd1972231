"""A file that speaks again of earlier figures: it says what it follows, and nothing is deleted by being left out."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotmoc.calendar import to_local_date
from cotmoc.decisions import approve, reject, withdraw
from cotmoc.desk import Desk
from cotmoc.intake import check, hand_over, submit, take_in
from cotmoc.versions import versions
from ingestion.problems import Problem
from ingestion.receipts import Receipt
from tests.ingestion.workbooks import cell_of, with_members, workbook
from tests.line.desks import a_file, desk_at

OFFICE = "cuc_thong_ke"
VALUE = cell_of("Giá trị")


def hand_in(desk: Desk, folder: Path, *rows: dict[str, Any], on: date | None = None) -> Receipt:
    """Submit a workbook of these rows; it must be accepted."""
    receipt = submit(
        desk, a_file(folder, workbook(*rows)), OFFICE, "A", received_on=on, backdated_by="Q" if on else None
    )
    assert receipt.state == "accepted"
    return receipt


def of_rule(receipt: Receipt, rule: str) -> list[Problem]:
    found = [problem for problem in receipt.problems if problem.rule == rule]
    assert {problem.severity for problem in found} <= {"note"}
    return found


def test_a_resubmission_says_which_submission_it_follows(desk: Desk, tmp_path: Path) -> None:
    first = hand_in(desk, tmp_path, {})
    assert first.problems == ()
    again = check(desk, a_file(tmp_path, workbook({"Giá trị": 6.4})), OFFICE)
    assert [problem.found for problem in of_rule(again, "follows_earlier_version")] == [first.submission_id]
    second = hand_in(desk, tmp_path, {"Giá trị": 6.4})
    third = hand_in(desk, tmp_path, {"Giá trị": 6.5})
    (note,) = of_rule(third, "follows_earlier_version")
    assert note.found == second.submission_id
    assert "lần nộp thứ 3" in note.message_vi
    told = versions(desk, list(desk.submissions().values()))
    assert [(one.number, one.follows) for one in told.values()] == [
        (1, None),
        (2, first.submission_id),
        (3, second.submission_id),
    ]


@given(order=st.permutations(range(4)))
@settings(max_examples=10, deadline=None)
def test_any_order_of_delivery_numbers_the_versions_alike(
    tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("order")
    desk = desk_at(folder / "home")
    days = [date(2025, 1, 5 + number) for number in range(4)]
    for number in order:
        hand_in(desk, folder, {"Giá trị": 6.0 + number}, {"Kỳ": str(2010 + number)}, on=days[number])
    submissions = list(desk.submissions().values())
    assert [to_local_date(one.received_at) for one in submissions] == days
    told = versions(desk, submissions)
    assert [told[one.id].number for one in submissions] == [1, 2, 3, 4]
    assert [told[one.id].follows for one in submissions] == [None, *(one.id for one in submissions[:-1])]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"Kỳ": "2022"}, id="another_period"),
        pytest.param({"Nguồn": "Báo cáo khác"}, id="another_source"),
        pytest.param({"Ngày công bố": "31/01/2025"}, id="another_publication"),
        pytest.param({"Đơn vị hành chính": "tinh_thai_nguyen_cu"}, id="another_unit"),
    ],
)
def test_other_figures_are_no_version_of_the_first(desk: Desk, tmp_path: Path, other: dict[str, str]) -> None:
    hand_in(desk, tmp_path, {})
    assert hand_in(desk, tmp_path, other).problems == ()
    assert [one.number for one in versions(desk, list(desk.submissions().values())).values()] == [1, 1]


def test_another_department_follows_nothing(desk: Desk, tmp_path: Path) -> None:
    hand_in(desk, tmp_path, {})
    file = a_file(tmp_path, workbook({"Giá trị": 6.4}))
    assert submit(desk, file, "so_tai_chinh", "B").problems == ()


def test_a_figure_left_out_stays_and_is_named(desk: Desk, tmp_path: Path) -> None:
    unit = {"Đơn vị hành chính": "tinh_thai_nguyen_cu", "Giá trị": 5.5}
    first = hand_in(desk, tmp_path, {}, unit, {"Kỳ": "2022"})
    second = hand_in(desk, tmp_path, {"Giá trị": 6.4})
    (note,) = of_rule(second, "earlier_figure_kept")
    assert (note.cell, note.found) == (None, "5.5")
    for word in (first.submission_id or "", cell_of("Giá trị", 6), "Thái Nguyên", "2023", "rút hồ sơ"):
        assert word in note.message_vi
    # Withdrawing is the way to take it back: then nothing of it stands any more.
    withdraw(desk, first.submission_id or "", "A", "nộp nhầm đơn vị")
    third = hand_in(desk, tmp_path, {"Giá trị": 6.5})
    assert of_rule(third, "earlier_figure_kept") == []


def test_what_was_sent_back_is_followed_but_none_of_its_figures_stand(desk: Desk, tmp_path: Path) -> None:
    unit = {"Đơn vị hành chính": "tinh_thai_nguyen_cu"}
    first = hand_in(desk, tmp_path, {}, unit)
    reject(desk, first.submission_id or "", "B", "thiếu nguồn")
    second = hand_in(desk, tmp_path, {"Giá trị": 6.4})
    assert [problem.found for problem in second.problems] == [first.submission_id]


def test_a_sign_in_place_of_a_figure_is_told(desk: Desk, tmp_path: Path) -> None:
    first = hand_in(desk, tmp_path, {})
    second = hand_in(desk, tmp_path, {"Giá trị": "…"})
    (note,) = of_rule(second, "earlier_figure_replaced_by_sign")
    assert (note.cell, note.found) == (VALUE, "…")
    assert "6,33" in note.message_vi
    assert (first.submission_id or "") in note.message_vi
    # The sign is an explicit word: what follows it keeps nothing of the earlier figure.
    assert of_rule(hand_in(desk, tmp_path, {"Giá trị": 6.4}), "earlier_figure_replaced_by_sign") == []


def test_a_figure_kept_is_that_of_the_latest_submission_that_stands(desk: Desk, tmp_path: Path) -> None:
    unit = {"Đơn vị hành chính": "tinh_thai_nguyen_cu"}
    hand_in(desk, tmp_path, {}, {**unit, "Giá trị": 5.5})
    later = hand_in(desk, tmp_path, {"Giá trị": 6.4}, {**unit, "Giá trị": 5.6})
    (note,) = of_rule(hand_in(desk, tmp_path, {"Giá trị": 6.5}), "earlier_figure_kept")
    assert note.found == "5.6"
    assert (later.submission_id or "") in note.message_vi


def test_an_older_version_delivered_late_follows_what_was_received_before_it(
    desk: Desk, tmp_path: Path
) -> None:
    newer = hand_in(desk, tmp_path, {"Giá trị": 6.4}, on=date(2025, 3, 1))
    older = hand_in(desk, tmp_path, {}, on=date(2025, 2, 1))
    assert older.problems == ()
    told = versions(desk, list(desk.submissions().values()))
    assert told[older.submission_id or ""].number == 1
    assert told[newer.submission_id or ""].follows == older.submission_id


def test_of_two_files_in_the_inbox_the_one_that_came_later_wins_whichever_is_read_first(
    desk: Desk, tmp_path: Path
) -> None:
    older = hand_over(desk.places, a_file(tmp_path, workbook()), OFFICE, "A")
    newer = hand_over(desk.places, a_file(tmp_path, workbook({"Giá trị": 6.4}), "sau.xlsx"), OFFICE, "A")
    while newer.stat().st_ctime_ns == older.stat().st_ctime_ns:
        os.utime(newer)
    read_first, read_second = take_in(desk, newer), take_in(desk, older)
    told = versions(desk, list(desk.submissions().values()))
    assert list(told) == [read_second.submission_id, read_first.submission_id]
    assert told[read_first.submission_id or ""].follows == read_second.submission_id


def test_an_approval_while_a_newer_version_arrives_is_of_the_older_content_only(
    desk: Desk, tmp_path: Path
) -> None:
    first = hand_in(desk, tmp_path, {})
    seen = desk.submissions()[first.submission_id or ""].content_sha256
    second = hand_in(desk, tmp_path, {"Giá trị": 6.4})
    assert approve(desk, first.submission_id or "", "B", content_sha256=seen).state == "approved"
    present = desk.submissions()
    newer = present[second.submission_id or ""]
    assert (newer.state, newer.approved_by) == ("accepted", None)
    assert newer.content_sha256 != seen
    assert approve(desk, newer.id, "B", content_sha256=newer.content_sha256).state == "approved"


def test_the_same_content_under_other_metadata_and_another_name_is_a_duplicate(
    desk: Desk, tmp_path: Path
) -> None:
    data = workbook()
    first = submit(desk, a_file(tmp_path, data), OFFICE, "A")
    other_author = with_members(
        data,
        {"docProps/core.xml": lambda old: old.replace(b"openpyxl", b"Ng\xc6\xb0\xe1\xbb\x9di kh\xc3\xa1c")},
    )
    assert other_author != data
    other_look = openpyxl.load_workbook(a_file(tmp_path, data))
    other_look.active.column_dimensions["A"].width = 40
    other_look.create_sheet("Ghi chép riêng")
    other_look.save(tmp_path / "đẹp hơn.xlsx")
    for file in (a_file(tmp_path, other_author, "tên khác.xlsx"), tmp_path / "đẹp hơn.xlsx"):
        again = submit(desk, file, OFFICE, "Người khác")
        assert (again.state, again.submission_id) == ("duplicate", first.submission_id)
    assert len(desk.submissions()) == 1
