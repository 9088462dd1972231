"""One file in, one answer out: landed, refused, waiting or received before."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import duckdb
import pytest

from cotmoc.desk import Desk
from cotmoc.examination import GateBrokenError
from cotmoc.intake import check, hand_over, submit, take_in, waiting_files
from cotmoc.registry import UnknownDepartmentError
from ingestion.ledger import read_events
from ingestion.rows import PARQUET_TYPES
from tests.ingestion.workbooks import workbook
from tests.line.desks import a_file, broken, desk_at, finding

OFFICE = "cuc_thong_ke"
RECEIPT_KEYS = [
    "submission_id",
    "state",
    "file_name",
    "sha256",
    "department_code",
    "form_code",
    "periods",
    "rows_accepted",
    "problems",
    "changes",
]


def kinds(desk: Desk) -> list[str]:
    return [event["kind"] for event in read_events(desk.places.events)]


def files_under(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_an_accepted_file_lands_as_bytes_events_rows_and_receipt(desk: Desk, tmp_path: Path) -> None:
    data = workbook({}, {"Kỳ": "2022", "Giá trị": "…"})
    receipt = submit(desk, a_file(tmp_path, data), OFFICE, "Nguyễn Văn A")
    assert receipt.state == "accepted"
    assert receipt.rows_accepted == 2
    assert receipt.periods == ("2022", "2023")
    assert (desk.places.raw / receipt.sha256).read_bytes() == data
    assert kinds(desk) == ["received", "accepted"]
    written = json.loads((desk.places.outbox / OFFICE / f"{receipt.submission_id}.json").read_text())
    assert list(written) == RECEIPT_KEYS
    assert written == receipt.as_json()
    rows = desk.places.rows / f"{receipt.submission_id}.parquet"
    with duckdb.connect() as connection:
        described = connection.execute(f"describe from '{rows}'").fetchall()
        landed = connection.execute(
            f"select period_text, value, missing_code, submission_id from '{rows}'"
        ).fetchall()
    assert {name: kind for name, kind, *_ in described} == PARQUET_TYPES
    assert landed == [
        ("2023", 6.33, None, receipt.submission_id),
        ("2022", None, "not_collected", receipt.submission_id),
    ]


def test_an_empty_landing_can_be_read_with_its_types(desk: Desk) -> None:
    with duckdb.connect() as connection:
        described = connection.execute(f"describe from '{desk.places.rows}/*.parquet'").fetchall()
    assert {name: kind for name, kind, *_ in described} == PARQUET_TYPES


def test_a_refused_file_leaves_its_bytes_its_events_and_its_receipt(desk: Desk, tmp_path: Path) -> None:
    receipt = submit(desk, a_file(tmp_path, workbook({"Giá trị": "1.234"})), OFFICE, "A")
    assert (receipt.state, receipt.rows_accepted) == ("refused", 0)
    assert [(problem.rule, problem.cell) for problem in receipt.problems] == [("number_ambiguous", "G5")]
    assert kinds(desk) == ["received", "refused"]
    assert files_under(desk.places.rows) == ["schema.parquet"]
    assert files_under(desk.places.raw) == [receipt.sha256]


def test_an_outcome_counts_rows_read_cells_refused_and_warnings(desk: Desk, tmp_path: Path) -> None:
    wrong = workbook({"Giá trị": "1.234", "Kỳ": "?"}, {"Kỳ": "2022"}, {"Kỳ": "2021", "Giá trị": None})
    submit(desk, a_file(tmp_path, wrong), OFFICE, "A")
    warned = desk_at(desk.places.home, finding("warning"))
    submit(warned, a_file(tmp_path, workbook({}, {"Kỳ": "2022"})), OFFICE, "A")
    refused, waiting = (event for event in read_events(desk.places.events) if event["kind"] != "received")
    assert [refused[name] for name in ("rows_read", "rows_accepted", "cells_refused", "warnings")] == [
        3,
        0,
        3,
        0,
    ]
    assert [waiting[name] for name in ("rows_read", "rows_accepted", "cells_refused", "warnings")] == [
        2,
        0,
        0,
        1,
    ]
    folded = list(warned.submissions().values())
    assert [(one.rows_read, one.cells_refused, one.warnings) for one in folded] == [(3, 3, 0), (2, 0, 1)]


def test_the_same_bytes_again_are_named_by_the_first_reception(desk: Desk, tmp_path: Path) -> None:
    data = workbook()
    first = submit(desk, a_file(tmp_path, data), OFFICE, "A")
    again = submit(desk, a_file(tmp_path, data, "khac.xlsx"), "so_tai_chinh", "B")
    assert (again.state, again.submission_id, again.rows_accepted) == ("duplicate", first.submission_id, 0)
    assert kinds(desk) == ["received", "accepted"]
    assert check(desk, a_file(tmp_path, data), OFFICE).state == "duplicate"


def test_the_same_content_in_other_bytes_is_a_duplicate_of_the_same_department_only(
    desk: Desk, tmp_path: Path
) -> None:
    first = submit(desk, a_file(tmp_path, workbook({}, {"Kỳ": "2022"})), OFFICE, "A")
    reordered = a_file(tmp_path, workbook({"Kỳ": "năm 2022"}, {}), "khac.xlsx")
    again = submit(desk, reordered, OFFICE, "A")
    assert (again.state, again.submission_id) == ("duplicate", first.submission_id)
    assert submit(desk, reordered, "so_tai_chinh", "B").state == "accepted"


def test_refused_bytes_are_checked_again_under_a_further_attempt(desk: Desk, tmp_path: Path) -> None:
    file = a_file(tmp_path, workbook({"Kỳ": "?"}))
    first, second, third = (submit(desk, file, OFFICE, "A") for _ in range(3))
    assert [first.state, second.state, third.state] == ["refused"] * 3
    assert second.submission_id == f"{first.submission_id}-2"
    assert third.submission_id == f"{first.submission_id}-3"


def test_a_warning_waits_until_a_note_explains_it(tmp_path: Path) -> None:
    desk = desk_at(tmp_path / "home", finding("warning"))
    waiting = submit(desk, a_file(tmp_path, workbook()), OFFICE, "A")
    assert (waiting.state, waiting.rows_accepted) == ("waiting", 0)
    problem = waiting.problems[0]
    assert (problem.cell, problem.sheet, problem.found) == ("G5", "Số liệu", "6.33")
    assert files_under(desk.places.rows) == ["schema.parquet"]
    short = submit(desk, a_file(tmp_path, workbook({"Ghi chú": "đúng"})), OFFICE, "A")
    assert short.state == "waiting"
    explained = submit(desk, a_file(tmp_path, workbook({"Ghi chú": "Theo công văn 12/CTK"})), OFFICE, "A")
    assert explained.state == "accepted"
    assert [problem.severity for problem in explained.problems] == ["warning"]


def test_an_error_of_the_gate_refuses_at_the_cell(tmp_path: Path) -> None:
    desk = desk_at(tmp_path / "home", finding("error"))
    receipt = submit(desk, a_file(tmp_path, workbook({"Ghi chú": "Theo công văn 12/CTK"})), OFFICE, "A")
    assert receipt.state == "refused"
    assert receipt.problems[0].message_vi == "Ô G5: Giá trị khác hẳn năm trước."


def test_a_note_of_the_gate_changes_nothing(tmp_path: Path) -> None:
    desk = desk_at(tmp_path / "home", finding("note"))
    assert submit(desk, a_file(tmp_path, workbook()), OFFICE, "A").state == "accepted"


def test_a_broken_gate_decides_nothing(tmp_path: Path) -> None:
    desk = desk_at(tmp_path / "home", broken)
    file = hand_over(desk.places, a_file(tmp_path, workbook()), OFFICE, "A")
    with pytest.raises(GateBrokenError, match="check x"):
        take_in(desk, file)
    assert kinds(desk) == []
    assert files_under(desk.places.raw) == []
    assert waiting_files(desk.places) == [file]


def test_a_dry_run_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    before = files_under(desk.places.home)
    receipt = check(desk, a_file(tmp_path, workbook()), OFFICE)
    assert (receipt.state, receipt.submission_id, receipt.rows_accepted) == ("accepted", None, 1)
    assert files_under(desk.places.home) == before


def test_an_unknown_department_is_wrong_usage(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UnknownDepartmentError, match="cuc_thong_ke"):
        submit(desk, a_file(tmp_path, workbook()), "so_la", "A")


def test_a_file_too_large_is_refused_and_kept(desk: Desk, tmp_path: Path) -> None:
    big = a_file(tmp_path, b"PK" + bytes(desk.most_bytes))
    receipt = submit(desk, big, OFFICE, "A")
    assert [problem.rule for problem in receipt.problems] == ["file_too_large"]
    assert (desk.places.raw / receipt.sha256).stat().st_size == big.stat().st_size


def test_a_backdated_reception_says_so_in_its_events(desk: Desk, tmp_path: Path) -> None:
    receipt = submit(
        desk,
        a_file(tmp_path, workbook()),
        OFFICE,
        "A",
        received_on=date(2022, 1, 5),
        backdated_by="Quản trị",
    )
    assert receipt.submission_id == f"20220105-{receipt.sha256[:10]}"
    for event in read_events(desk.places.events):
        assert event["at"] == "2022-01-05T05:00:00.000000Z"
        assert (event["is_backdated"], event["recorded_by"]) == (True, "Quản trị")
        assert event["recorded_at"] > event["at"]
