"""What became of each submission → mart_submissions, and which of its figures the published marts hold."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cotmoc.build import build
from cotmoc.decisions import DecisionRefusedError, approve, withdraw
from cotmoc.desk import Desk, open_desk
from cotmoc.intake import submit
from cotmoc.justifying import justify
from cotmoc.places import Places
from cotmoc.versions import versions
from tests.ingestion.workbooks import cell_of, workbook
from tests.line.desks import FORMS, REGISTRY, a_file, let_pass, warn_in_every_row
from tests.warehouse.tables import rows

OFFICE = "cuc_thong_ke"
UNIT = {"Đơn vị hành chính": "tinh_thai_nguyen_cu"}
REASON = "Rà soát lại theo kết quả điều tra"


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the shipped forms with the policy that nobody need approve."""
    folder = tmp_path_factory.mktemp("forms") / "forms"
    shutil.copytree(FORMS, folder)
    file = folder / "so_lieu.yaml"
    text = file.read_text(encoding="utf-8")
    assert "approval: required" in text
    file.write_text(text.replace("approval: required", "approval: not_required"), encoding="utf-8")
    return folder


def hand_in(desk: Desk, folder: Path, *given: dict[str, Any], on: date) -> str:
    receipt = submit(
        desk,
        a_file(folder, workbook(*given)),
        OFFICE,
        "Nguyễn Văn A",
        received_on=on,
        backdated_by="Quản trị",
    )
    return receipt.submission_id or ""


@pytest.fixture(scope="module")
def told(forms: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, dict[str, str]]:
    """Return a built instance and its submissions by what they are, the newest version delivered first."""
    folder = tmp_path_factory.mktemp("told")
    desk = open_desk(Places(folder / "home"), REGISTRY, FORMS, let_pass)
    ids = {"newest": hand_in(desk, folder, {"Giá trị": 6.5}, on=date(2025, 4, 1))}
    approve(desk, ids["newest"], "Trần Thị B")
    desk = open_desk(Places(folder / "home"), REGISTRY, forms, let_pass)
    ids["first"] = hand_in(desk, folder, {}, UNIT, on=date(2025, 2, 1))
    ids["second"] = hand_in(desk, folder, {"Giá trị": 6.4}, on=date(2025, 3, 1))
    ids["refused"] = hand_in(desk, folder, {"Giá trị": "1.234", "Kỳ": "?"}, on=date(2025, 3, 2))
    ids["withdrawn"] = hand_in(desk, folder, {"Kỳ": "2021"}, on=date(2025, 3, 3))
    desk.gate = warn_in_every_row
    ids["waiting"] = hand_in(desk, folder, {"Kỳ": "2020"}, on=date(2025, 3, 4))
    ids["explained"] = hand_in(desk, folder, {"Kỳ": "2022"}, on=date(2025, 3, 5))
    justify(desk, ids["explained"], "Lê Thị C", {cell_of("Giá trị"): REASON})
    withdraw(desk, ids["withdrawn"], "Nguyễn Văn A", "nộp nhầm kỳ")
    with pytest.raises(DecisionRefusedError, match="không cần duyệt"):
        approve(desk, ids["first"], "Trần Thị B")
    # Approved policy of the newest one: a version of it waits for approval and replaces nothing yet.
    strict = open_desk(Places(folder / "home"), REGISTRY, FORMS, let_pass)
    ids["unapproved"] = hand_in(strict, folder, {"Giá trị": 6.6}, on=date(2025, 5, 1))
    build(desk.places)
    return strict, ids


@pytest.mark.slow
def test_every_submission_has_a_row_with_its_state_and_counts(told: tuple[Desk, dict[str, str]]) -> None:
    desk, ids = told
    found = rows(
        desk.places.current,
        "select submission_id, state, rows_read, rows_accepted, cells_refused, warnings, rows_superseded,"
        " is_countable, periods, reason from marts.mart_submissions",
    )
    names = {submission: name for name, submission in ids.items()}
    assert {names[row[0]]: row[1:] for row in found} == {
        "newest": ("approved", 1, 1, 0, 0, 0, True, "2023", None),
        "first": ("accepted", 2, 2, 0, 0, 1, True, "2023", None),
        "second": ("accepted", 1, 1, 0, 0, 1, True, "2023", None),
        "refused": ("refused", 1, 0, 2, 0, 0, False, None, "number_ambiguous, period_unreadable"),
        "withdrawn": ("withdrawn", 1, 1, 0, 0, 0, False, "2021", "nộp nhầm kỳ"),
        "waiting": ("waiting", 1, 0, 0, 1, 0, False, "2020", "unlike_last_year"),
        "explained": ("accepted", 1, 1, 0, 1, 0, True, "2022", "unlike_last_year"),
        "unapproved": ("accepted", 1, 1, 0, 0, 0, False, "2023", None),
    }


@pytest.mark.slow
def test_the_mart_and_the_command_number_the_versions_alike(told: tuple[Desk, dict[str, str]]) -> None:
    desk, ids = told
    found = rows(
        desk.places.current,
        "select submission_id, version, follows_submission_id from marts.mart_submissions",
    )
    numbered = {row[0]: row[1:] for row in found if row[1] is not None}
    by_command = versions(desk, list(desk.submissions().values()))
    assert numbered == {name: (one.number, one.follows) for name, one in by_command.items()}
    assert numbered[ids["newest"]] == (3, ids["second"])
    assert numbered[ids["unapproved"]] == (4, ids["newest"])


@pytest.mark.slow
def test_a_newer_version_counts_when_it_is_approved_and_a_figure_left_out_stays(
    told: tuple[Desk, dict[str, str]],
) -> None:
    desk, ids = told
    current = rows(
        desk.places.current,
        "select admin_unit_code, period_text, value, submission_id, note from marts.mart_observations where is_current"
        " order by all",
    )
    assert current == [
        ("tinh_bac_kan", "2022", 6.33, ids["explained"], REASON),
        ("tinh_bac_kan", "2023", 6.5, ids["newest"], None),
        ("tinh_thai_nguyen_cu", "2023", 6.33, ids["first"], None),
    ]


@pytest.mark.slow
def test_a_figure_names_who_explained_it_and_an_approver_only_where_one_is_needed(
    told: tuple[Desk, dict[str, str]],
) -> None:
    desk, ids = told
    people = rows(
        desk.places.current,
        "select distinct submission_id, submitted_by, justified_by, requires_approval, approved_by"
        " from marts.mart_provenance where submission_id in"
        f" ('{ids['explained']}', '{ids['newest']}') order by requires_approval",
    )
    assert people == [
        (ids["explained"], "Nguyễn Văn A", "Lê Thị C", False, None),
        (ids["newest"], "Nguyễn Văn A", None, True, "Trần Thị B"),
    ]
