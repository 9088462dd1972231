"""A dry run says what would change against what is published: previous value and new one."""

from __future__ import annotations

from pathlib import Path

from cotmoc.examination import judge_in_process
from cotmoc.intake import check
from ingestion.receipts import Change
from tests.ingestion.workbooks import workbook
from tests.line.desks import a_file, desk_at

OFFICE = "cuc_thong_ke"
REVENUE = {
    "Mã chỉ tiêu": "budget_revenue",
    "Chỉ tiêu": None,
    "Đơn vị hành chính": "tinh_thai_nguyen_cu",
    "Kỳ": "2023",
}


def test_a_revised_a_repeated_and_a_first_figure_are_told_apart(published_home: Path, tmp_path: Path) -> None:
    rows = ({"Kỳ": "2023", "Giá trị": 6.33}, {"Kỳ": "2022", "Giá trị": 5.9}, {"Kỳ": "1999", "Giá trị": 4.0})
    receipt = check(desk_at(published_home), a_file(tmp_path, workbook(*rows)), OFFICE)
    assert list(receipt.changes) == [
        Change("grdp_growth", "tinh_bac_kan", "2022", 5.88, 5.9),
        Change("grdp_growth", "tinh_bac_kan", "1999", None, 4.0),
    ]


def test_the_same_amount_in_another_unit_is_no_change(published_home: Path, tmp_path: Path) -> None:
    desk = desk_at(published_home)
    billions = {**REVENUE, "Đơn vị tính": "tỷ đồng", "Giá trị": 1.0}
    first = check(desk, a_file(tmp_path, workbook(billions)), OFFICE)
    published = first.changes[0].previous
    assert published is not None
    millions = {**REVENUE, "Đơn vị tính": "triệu đồng", "Giá trị": published * 1000}
    assert list(check(desk, a_file(tmp_path, workbook(millions)), OFFICE).changes) == []


def test_a_slip_of_the_unit_is_seen_by_what_is_published(published_home: Path, tmp_path: Path) -> None:
    desk = desk_at(published_home, judge_in_process)
    of_2024 = {**REVENUE, "Kỳ": "2024", "Đơn vị tính": "tỷ đồng", "Giá trị": 21_000_000}
    receipt = check(desk, a_file(tmp_path, workbook(of_2024)), OFFICE)
    assert (receipt.state, [(problem.rule, problem.cell) for problem in receipt.problems]) == (
        "waiting",
        [("level_is_like_the_last_one", "G5")],
    )
    assert "lần số gần nhất (" in receipt.problems[0].message_vi
    of_2024["Đơn vị tính"] = "triệu đồng"
    assert check(desk, a_file(tmp_path, workbook(of_2024)), OFFICE).state == "accepted"
