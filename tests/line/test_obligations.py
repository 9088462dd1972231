"""What is due by when: the real rules, the examples, days off, departments that ended, the last second."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotmoc.obligations import DueItem, all_due, due_for, is_received_here
from cotmoc.registry import Registry, UnknownDepartmentError
from tests.line.calendars import examples, registry_with, rule
from tests.line.desks import REGISTRY

REAL = Registry(REGISTRY)
ITEM = next(item for item in due_for(REAL, "so_y_te", date(2024, 10, 1)) if item.period_text == "2024")


def dates(items: list[DueItem]) -> dict[str, date]:
    """Return the last day on time of each period."""
    return {item.period_text: item.due_on for item in items}


def due(folder: Path, on: date, **changed: str) -> dict[str, date]:
    """Return the dates of one made rule as seen from a day."""
    registry = registry_with(folder, reporting_obligations=[rule(**changed)])
    return dates([item for item in all_due(registry, on) if item.obligation_code == "monthly"])


def test_a_yearly_report_is_on_time_until_the_19th_of_october_of_its_year() -> None:
    found = due_for(REAL, "so_y_te", date(2026, 10, 5))
    assert [(item.period_text, item.due_on, item.days_left) for item in found] == [
        ("2024", date(2024, 10, 19), -716),
        ("2025", date(2025, 10, 19), -351),
        ("2026", date(2026, 10, 19), 14),
    ]
    assert found[-1].obligation_code == "annual_result"
    assert found[-1].form_code == "so_lieu"
    assert (found[-1].period_start, found[-1].period_end) == (date(2026, 1, 1), date(2026, 12, 31))
    assert "56/KH-UBND" in found[-1].legal_basis


def test_recipients_are_those_in_force_when_the_report_is_due() -> None:
    found = due_for(REAL, "so_y_te", date(2026, 10, 5))
    assert [(item.recipient_roles, item.recipient_department_code) for item in found] == [
        (("Sở Kế hoạch và Đầu tư",), "so_khdt"),
        (("Sở Tài chính",), "so_tai_chinh"),
        (("Sở Tài chính",), "so_tai_chinh"),
    ]


def test_the_consolidated_report_is_on_time_until_the_30th_and_passes_to_the_successor() -> None:
    on = date(2026, 1, 1)
    found = [
        item for item in due_for(REAL, "so_tai_chinh", on) if item.obligation_code == "annual_consolidation"
    ]
    assert [(item.owed_by_code, item.due_on) for item in found] == [
        ("so_khdt", date(2024, 10, 30)),
        ("so_tai_chinh", date(2025, 10, 30)),
        ("so_tai_chinh", date(2026, 10, 30)),
    ]
    assert "Hội đồng nhân dân tỉnh" in found[-1].recipient_roles
    assert not is_received_here(REAL, found[-1])


def test_a_successor_answers_for_each_department_it_followed_from_the_day_after_the_end() -> None:
    def owed(department: str, on: date) -> set[str]:
        return {item.owed_by_code for item in due_for(REAL, department, on) if item.period_text == "2024"}

    assert owed("so_tnmt", date(2025, 2, 28)) == {"so_tnmt"}
    assert owed("so_nnmt", date(2025, 2, 28)) == set()
    assert owed("so_tnmt", date(2025, 3, 1)) == set()
    assert owed("so_nnmt", date(2025, 3, 1)) == {"so_tnmt", "so_nnptnt"}


def test_a_department_without_a_single_successor_stays_named() -> None:
    assert [item.department_code for item in due_for(REAL, "so_ldtbxh", date(2026, 1, 1))] == ["so_ldtbxh"]


def test_an_unknown_department_is_named() -> None:
    with pytest.raises(UnknownDepartmentError, match="so_khong_co"):
        due_for(REAL, "so_khong_co", date(2026, 1, 1))


def test_a_report_comes_in_here_when_the_department_owes_figures_by_its_form() -> None:
    last = {item.department_code: item for item in all_due(REAL, date(2026, 10, 5))}
    assert is_received_here(REAL, last["so_y_te"])
    assert not is_received_here(REAL, last["bo_chqs_tinh"])


def test_the_examples_of_every_frequency_are_due_as_their_rows_say(tmp_path: Path) -> None:
    registry = registry_with(tmp_path / "seeds", reporting_obligations=examples())
    found: dict[str, dict[str, date]] = {}
    for item in all_due(registry, date(2026, 1, 1)):
        if item.obligation_code.startswith("example_"):
            found.setdefault(item.obligation_code, {})[item.period_text] = item.due_on
    assert found == {
        # 5 July 2025 is a Saturday, 5 October a Sunday; the 5th of January is a Monday.
        "example_month": {
            "06/2025": date(2025, 7, 7),
            "07/2025": date(2025, 8, 5),
            "08/2025": date(2025, 9, 5),
            "09/2025": date(2025, 10, 6),
            "10/2025": date(2025, 11, 5),
            "11/2025": date(2025, 12, 5),
            "12/2025": date(2026, 1, 5),
        },
        # 10 January 2026 is a Saturday.
        "example_quarter": {
            "quý II/2025": date(2025, 7, 10),
            "quý III/2025": date(2025, 10, 10),
            "quý IV/2025": date(2026, 1, 9),
        },
        # “Before the 31st” of a month of 30 days: its last day does not count.
        "example_half_year": {"6 tháng 2026": date(2026, 6, 29)},
        "example_nine_months": {"9 tháng 2025": date(2025, 10, 3), "9 tháng 2026": date(2026, 10, 5)},
        # 31 January 2026 is a Saturday.
        "example_year_after": {"2025": date(2026, 1, 30)},
    }


def test_the_shipped_registry_prescribes_no_report_shorter_than_a_year() -> None:
    assert {row["frequency"] for row in REAL.records("reporting_obligations")} == {
        "year",
        "once",
        "on_request",
    }


def test_a_due_day_beyond_the_month_is_its_last_day(tmp_path: Path) -> None:
    found = due(tmp_path, date(2024, 4, 1), due_day="31")
    assert [found[period] for period in ("01/2024", "02/2024", "03/2024")] == [
        date(2024, 2, 29),
        date(2024, 3, 31),
        date(2024, 4, 30),
    ]


@pytest.mark.parametrize(
    ("on_holiday", "expected"),
    [
        ("keep", date(2026, 2, 18)),
        ("previous_working_day", date(2026, 2, 13)),
        ("next_working_day", date(2026, 2, 23)),
    ],
)
def test_a_last_day_in_tet_stays_or_moves_as_the_rule_says(
    tmp_path: Path, on_holiday: str, expected: date
) -> None:
    assert due(tmp_path, date(2026, 2, 1), due_day="18", on_holiday=on_holiday)["01/2026"] == expected


def test_a_rule_counts_while_it_is_in_force_on_the_last_day_on_time(tmp_path: Path) -> None:
    found = due(tmp_path, date(2030, 1, 1), valid_from="2024-02-05", valid_to="2024-04-04")
    assert found == {"01/2024": date(2024, 2, 5), "02/2024": date(2024, 3, 5)}


def test_a_report_that_is_made_once_is_due_once(tmp_path: Path) -> None:
    changed = {"frequency": "once", "due_offset_months": "", "due_month": "3", "due_day": "31"}
    assert due(tmp_path, date(2030, 1, 1), **changed) == {"một lần": date(2024, 3, 31)}


def test_of_what_is_to_come_only_the_next_is_told_and_today_is_to_come(tmp_path: Path) -> None:
    assert list(due(tmp_path / "a", date(2024, 3, 5)))[-2:] == ["01/2024", "02/2024"]
    assert list(due(tmp_path / "b", date(2024, 3, 6)))[-2:] == ["02/2024", "03/2024"]


# --- the last second ------------------------------------------------------------------------------------------


@pytest.fixture(params=["UTC", "America/New_York", "Asia/Ho_Chi_Minh"])
def machine_zone(request: pytest.FixtureRequest) -> Iterator[None]:
    """Set the zone of the machine; the province's does not depend on it."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.parametrize(
    ("received_at", "is_on_time"),
    [
        (datetime(2024, 10, 19, 16, 59, 59, tzinfo=UTC), True),
        (datetime(2024, 10, 19, 16, 59, 59, 999999, tzinfo=UTC), True),
        (datetime(2024, 10, 19, 17, 0, tzinfo=UTC), False),
        # Still the 19th in UTC and in New York, already the 20th in the province.
        (datetime(2024, 10, 19, 23, 0, tzinfo=UTC), False),
        (datetime(2024, 10, 19, 13, 0, tzinfo=timezone(timedelta(hours=-4))), False),
        (datetime(2024, 10, 20, 1, 59, 59, tzinfo=timezone(timedelta(hours=9))), True),
    ],
)
def test_on_time_is_until_midnight_of_the_province(
    machine_zone: None, received_at: datetime, is_on_time: bool
) -> None:
    assert ITEM.deadline_at.isoformat() == "2024-10-19T23:59:59+07:00"
    assert ITEM.is_on_time(received_at) is is_on_time


@given(st.integers(-86_400, 3 * 86_400), st.integers(-12, 14))
def test_the_zone_in_which_an_instant_is_written_changes_nothing(seconds: int, hours: int) -> None:
    instant = datetime(2024, 10, 19, tzinfo=UTC) + timedelta(seconds=seconds)
    expected = instant < datetime(2024, 10, 19, 17, tzinfo=UTC)
    assert ITEM.is_on_time(instant.astimezone(timezone(timedelta(hours=hours)))) is expected


def test_there_is_no_summer_time_in_the_province() -> None:
    offsets = {
        item.deadline_at.utcoffset()
        for day in range(0, 366, 7)
        for item in due_for(REAL, "so_y_te", date(2026, 1, 1) + timedelta(days=day))
    }
    assert offsets == {timedelta(hours=7)}
