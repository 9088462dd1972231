"""Five hundred ordinary workbooks in one go: as many answers as files, and nothing in between."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from cotmoc.desk import open_desk
from cotmoc.inbox import hand_over, waiting_files
from cotmoc.serving import batch
from cotmoc.settings import Settings
from tests.line.accounts import assert_answered_once, assert_nothing_in_between
from tests.line.desks import a_file
from tests.line.many_workbooks import many_workbooks
from tests.line.processes import take_in_side_by_side

FILES = 500
DEPARTMENTS = ("cuc_thong_ke", "so_tai_chinh", "so_nnmt", "so_y_te", "so_gddt", "so_noi_vu")


@pytest.mark.slow
def test_five_hundred_workbooks_in_one_go_get_five_hundred_answers(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    places = settings.places
    open_desk(places, settings.registry, settings.forms)
    handed = many_workbooks(FILES, DEPARTMENTS)
    for number, file in enumerate(handed):
        if number % 2:
            hand_over(places, a_file(tmp_path, file.data, file.name), file.department, f"Cán bộ {number}")
        else:
            dropped = a_file(places.inbox / file.department, file.data, file.name)
            os.utime(dropped, (number, number))
    files = batch.waiting_batch(places)
    assert len(files) == FILES
    batch.open_gate(places)
    try:
        states = take_in_side_by_side(settings, files, workers=3)
    finally:
        batch.close_gate(places)

    counted = Counter(states)
    assert sum(counted.values()) == FILES
    assert set(counted) == {"accepted", "refused", "waiting", "duplicate"}
    assert waiting_files(places) == []
    desk = open_desk(places, settings.registry, settings.forms)
    answered = assert_answered_once(desk, handed)
    assert Counter(answered) == counted
    assert_nothing_in_between(desk, handed)
