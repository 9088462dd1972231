"""Days off: the seed is what the library answers, and the arithmetic over them."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from cotmoc.registry import Registry
from cotmoc.settings import REPOSITORY
from cotmoc.working_days import read_working_days
from tests.line.desks import REGISTRY

DAYS = read_working_days(Registry(REGISTRY))
LIBRARY = country_holidays("VN", years=range(2020, 2036))
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def test_the_seed_is_what_the_library_answers() -> None:
    program = REPOSITORY / "dbt_project" / "make_public_holidays.py"
    done = subprocess.run(
        [sys.executable, str(program), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@given(days)
def test_a_day_is_worked_when_the_library_says_so(day: date) -> None:
    assert DAYS.is_worked(day) == LIBRARY.is_working_day(day)


@given(days)
def test_the_nearest_working_days_enclose_only_days_off(day: date) -> None:
    before, after = DAYS.last_until(day), DAYS.first_from(day)
    assert before <= day <= after
    assert DAYS.is_worked(before) and DAYS.is_worked(after)
    between = [before + timedelta(days=step) for step in range(1, (after - before).days)]
    assert not any(DAYS.is_worked(one) for one in between)


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        # Tết of the year Bính Ngọ: 16 to 20 February 2026 are off, and the weekends around them.
        (date(2026, 2, 17), date(2026, 2, 13), date(2026, 2, 23)),
        # The Hùng Kings' day 2026 falls on a Sunday, so the Monday is off.
        (date(2026, 4, 26), date(2026, 4, 24), date(2026, 4, 28)),
        # A Saturday worked in exchange for 31 August 2026.
        (date(2026, 8, 22), date(2026, 8, 22), date(2026, 8, 22)),
        (date(2026, 10, 18), date(2026, 10, 16), date(2026, 10, 19)),
    ],
)
def test_tet_weekends_and_exchanged_days_are_stepped_over(day: date, before: date, after: date) -> None:
    assert (DAYS.last_until(day), DAYS.first_from(day)) == (before, after)
