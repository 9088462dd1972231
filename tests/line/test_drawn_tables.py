"""A department's own table goes the way of the standard form: its figures land, each finding at its own cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from cotmoc.desk import Desk
from cotmoc.examination import judge_in_process
from cotmoc.intake import check, submit
from tests.ingestion.tables import DATA, HEADER, TITLE, Cells, made
from tests.line.desks import a_file, desk_at, finding

OFFICE = "so_tai_chinh"
RECEIVED = date(2025, 10, 20)


def table(*data: tuple[object, ...]) -> bytes:
    return made(TITLE, HEADER, data or DATA, sheet="Số liệu")


def test_the_figures_of_a_wide_table_land_with_their_cells(desk: Desk, tmp_path: Path) -> None:
    receipt = submit(desk, a_file(tmp_path, table()), OFFICE, "A", received_on=RECEIVED)
    assert (receipt.state, receipt.form_code, receipt.rows_accepted) == ("accepted", "bang_rong", 6)
    assert receipt.periods == ("2024", "2025")
    # The plan of a year beside its result changes no published figure.
    assert [change.cell for change in receipt.changes] == ["D6", "F6", "D7", "F7"]
    with duckdb.connect() as connection:
        rows = f"{desk.places.rows}/{receipt.submission_id}.parquet"
        landed = connection.execute(
            f"select cell, row_number, value, status_code from '{rows}' order by cell"
        ).fetchall()
    assert landed == [
        ("D6", 6, 25000.5, "unstated"),
        ("D7", 7, 5.2, "unstated"),
        ("E6", 6, 26000.0, "plan"),
        ("E7", 7, 4.5, "plan"),
        ("F6", 6, 27000.0, "estimate"),
        ("F7", 7, 4.1, "estimate"),
    ]


@pytest.mark.parametrize(
    ("why", "state"), [(None, "waiting"), ("do tách hộ theo chuẩn nghèo mới", "accepted")]
)
def test_a_warning_asks_for_a_note_in_the_row_of_its_figure(
    tmp_path: Path, why: str | None, state: str
) -> None:
    desk = desk_at(tmp_path / "home", finding("warning"))
    receipt = submit(desk, a_file(tmp_path, table((*DATA[0][:6], why))), OFFICE, "A", received_on=RECEIVED)
    (warning,) = (problem for problem in receipt.problems if problem.severity == "warning")
    assert (receipt.state, warning.cell, warning.note_cell, warning.note) == (state, "D6", "G6", why)


@pytest.mark.slow
def test_the_real_gate_finds_each_flaw_at_the_cell_of_its_figure(tmp_path: Path) -> None:
    desk = desk_at(tmp_path / "home", judge_in_process)
    data: Cells = (*DATA, (4, "Tỷ lệ che phủ rừng", "%", 60, 61, 117), DATA[1])
    receipt = check(desk, a_file(tmp_path, table(*data)), OFFICE, RECEIVED)
    errors = [(p.rule, p.cell, p.found) for p in receipt.problems if p.severity == "error"]
    # The same indicator, period and source twice; a share above the whole. The plan beside the estimate is no error.
    twice = [
        ("series_is_given_once", cell, f"{column}7, {column}9") for cell in ("B7", "B9") for column in "DEF"
    ]
    assert sorted(found for found in errors if found[0] == "series_is_given_once") == sorted(twice)
    assert [cell for rule, cell, _ in errors if rule == "part_is_not_above_the_whole"] == ["F8"]


@pytest.mark.slow
def test_the_real_gate_lets_a_sound_table_pass(tmp_path: Path) -> None:
    desk = desk_at(tmp_path / "home", judge_in_process)
    receipt = check(desk, a_file(tmp_path, table()), OFFICE, RECEIVED)
    assert [problem for problem in receipt.problems if problem.severity != "note"] == []
    assert receipt.state == "accepted"


def test_a_workbook_of_no_form_is_answered_once(desk: Desk, tmp_path: Path) -> None:
    receipt = check(
        desk, a_file(tmp_path, made([("Kính gửi: Sở Tài chính",)], sheet="Thư")), OFFICE, RECEIVED
    )
    assert (receipt.state, [problem.rule for problem in receipt.problems]) == ("refused", ["form_not_found"])
