"""A CSV goes the whole road: it lands like a workbook, and the receipt tells what was converted on the way."""

from __future__ import annotations

from pathlib import Path

from cotmoc.desk import Desk
from cotmoc.intake import submit
from tests.ingestion.text_files import table, to_csv, to_windows_1258
from tests.ingestion.workbooks import workbook
from tests.line.desks import a_file

OFFICE = "cuc_thong_ke"


def test_a_csv_lands_and_its_conversion_is_told(desk: Desk, tmp_path: Path) -> None:
    data = to_windows_1258(to_csv(table({}, {"Kỳ": "2022", "Giá trị": "…"})))
    receipt = submit(desk, a_file(tmp_path, data, "so-lieu.csv"), OFFICE, "Nguyễn Văn A")
    assert receipt.state == "accepted"
    assert receipt.rows_accepted == 2
    assert [(problem.severity, problem.rule, problem.found) for problem in receipt.problems] == [
        ("note", "text_recoded", "windows-1258")
    ]


def test_a_workbook_that_says_what_a_csv_said_is_a_duplicate(desk: Desk, tmp_path: Path) -> None:
    csv = to_csv(table({"Giá trị": "6,33"})).encode()
    first = submit(desk, a_file(tmp_path, csv, "so-lieu.csv"), OFFICE, "Nguyễn Văn A")
    again = submit(desk, a_file(tmp_path, workbook({})), OFFICE, "Nguyễn Văn A")
    assert (first.state, again.state) == ("accepted", "duplicate")
