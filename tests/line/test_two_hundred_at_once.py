"""Two hundred submissions by ten accounts at the same time: none lost, doubled or mixed, each with its own person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cotmoc.desk import open_desk
from cotmoc.serving import batch
from cotmoc.settings import Settings
from tests.line.accounts import assert_answered_once, assert_nothing_in_between
from tests.line.desks import a_file
from tests.line.many_workbooks import Handed, Outcome, a_workbook, copied_out
from tests.line.processes import submit_side_by_side

DEPARTMENTS = ("cuc_thong_ke", "so_tai_chinh", "so_nnmt", "so_y_te", "so_gddt")
ACCOUNTS = [
    (department, f"Cán bộ {number} của {department}") for department in DEPARTMENTS for number in (1, 2)
]
OWN: tuple[Outcome, ...] = (*("accepted",) * 13, *("refused",) * 3, *("waiting",) * 2)


def files_of(account: int, everybodys: Handed) -> list[Handed]:
    """Return the twenty files of an account: one that all have, its own, one that its department has twice."""
    department, _ = ACCOUNTS[account]
    own = [
        a_workbook(100 * account + number, department, f"tk{account}-{number}.xlsx", outcome)
        for number, outcome in enumerate(OWN)
    ]
    of_department = a_workbook(6001 + account // 2, department, "cua-don-vi.xlsx", "accepted")
    return [
        replace(everybodys, department=department, name=f"tk{account}-chung.xlsx"),
        *own,
        copied_out(of_department, f"tk{account}-cua-don-vi.xlsx"),
    ]


@pytest.mark.slow
def test_two_hundred_submissions_of_ten_accounts_at_once_keep_every_invariant(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    open_desk(settings.places, settings.registry, settings.forms)
    everybodys = a_workbook(5001, DEPARTMENTS[0], "chung.xlsx", "accepted")
    handed = [files_of(account, everybodys) for account in range(len(ACCOUNTS))]
    assert sum(map(len, handed)) == 200
    people = [
        (department, person, [a_file(tmp_path / str(number), file.data, file.name) for file in files])
        for number, ((department, person), files) in enumerate(zip(ACCOUNTS, handed, strict=True))
    ]
    batch.open_gate(settings.places)
    try:
        answered = submit_side_by_side(settings, people)
    finally:
        batch.close_gate(settings.places)

    desk = open_desk(settings.places, settings.registry, settings.forms)
    everything = [file for files in handed for file in files]
    assert len(assert_answered_once(desk, everything)) == 200
    assert_nothing_in_between(desk, everything)
    submissions = desk.submissions()
    for (department, person), receipts, files in zip(ACCOUNTS, answered, handed, strict=True):
        assert sorted(name for name, _, _ in receipts) == sorted(file.name for file in files)
        for name, state, id_ in receipts:
            found = submissions[id_]
            if state == "duplicate":
                assert found.file_name != name
                continue
            assert (found.department_code, found.submitted_by) == (department, person)
            assert (found.file_name, found.state, found.channel) == (name, state, "portal")
