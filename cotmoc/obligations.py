"""Registry, a department and a day → which reports it has to answer for, by when, to whom.

A period is owed by the row in force on its last day on time, as the rule says it before days off are looked at. Who
answers on a later day is the department of the row or, once that one has ended, its successor. The same rule stands in
SQL for the marts (int_obligations__due); a test holds the two against each other.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import cast

from cotmoc.calendar import LOCAL, to_local_date
from cotmoc.registry import Record, Registry
from cotmoc.succession import answering
from cotmoc.templates import owed_indicators
from cotmoc.working_days import WorkingDays, read_working_days
from ingestion.layouts import PeriodKind
from ingestion.normalising.periods import Period

# Frequency → first and last month of each of its periods in a year.
_MONTHS: Mapping[str, tuple[tuple[int, int], ...]] = {
    "year": ((1, 12),),
    "half_year": ((1, 6),),
    "nine_months": ((1, 9),),
    "quarter": ((1, 3), (4, 6), (7, 9), (10, 12)),
    "month": tuple((month, month) for month in range(1, 13)),
}
_ONCE = "once"
_ONCE_TEXT = "một lần"
# A last day on time lies at most this many years from its period's.
_MOST_YEARS_APART = 2


@dataclass(frozen=True)
class DueItem:
    """One report a department has to answer for; `due_on` is the last day on time."""

    obligation_code: str
    name_vi: str
    department_code: str
    owed_by_code: str
    form_code: str | None
    period_kind: str
    period_text: str
    period_start: date
    period_end: date
    due_on: date
    days_left: int
    recipient_roles: tuple[str, ...]
    recipient_department_code: str | None
    legal_basis: str

    @property
    def deadline_at(self) -> datetime:
        """Return the last second on time: 23:59:59 of the last day in the province."""
        return datetime.combine(self.due_on, time(23, 59, 59), tzinfo=LOCAL)

    def is_on_time(self, received_at: datetime) -> bool:
        """Return whether a reception was on time: the province's day of it counts, whatever the zone."""
        return to_local_date(received_at) <= self.due_on


def due_for(registry: Registry, department: str, on: date) -> list[DueItem]:
    """Return what a department answers for on a day, by due date: all that fell due, and of each the next.

    Raises UnknownDepartmentError, RegistryError.
    """
    registry.require_department(department)
    return [item for item in all_due(registry, on) if item.department_code == department]


def all_due(registry: Registry, on: date) -> list[DueItem]:
    """Return what every department answers for on a day: all that fell due, and of each the next."""

    def source(item: DueItem) -> tuple[str, str]:
        return item.obligation_code, item.owed_by_code

    found: list[DueItem] = []
    for _, items in groupby(sorted(_items(registry, on), key=lambda one: (source(one), one.due_on)), source):
        for item in items:
            found.append(item)
            if item.due_on >= on:
                break
    return sorted(found, key=lambda item: (item.due_on, item.obligation_code, item.owed_by_code))


def is_received_here(registry: Registry, item: DueItem) -> bool:
    """Return whether the report comes in by a form: it has one, and the department owes figures for such a period."""
    if item.form_code is None or item.period_kind == _ONCE:
        return False
    period = Period(cast(PeriodKind, item.period_kind), item.period_start, item.period_end)
    return bool(owed_indicators(registry, item.owed_by_code, period))


def _items(registry: Registry, on: date) -> Iterator[DueItem]:
    days = read_working_days(registry)
    for record in registry.records("reporting_obligations"):
        if not record["department_code"] or not record["due_day"]:
            continue
        department = answering(registry, record["department_code"], on)
        for period, due_on in _due_periods(record, on.year + 1, days):
            yield DueItem(
                obligation_code=record["obligation_code"],
                name_vi=record["name_vi"],
                department_code=department,
                owed_by_code=record["department_code"],
                form_code=record["form_code"] or None,
                period_kind=record["frequency"],
                period_text=_ONCE_TEXT if record["frequency"] == _ONCE else period.text,
                period_start=period.start,
                period_end=period.end,
                due_on=due_on,
                days_left=(due_on - on).days,
                recipient_roles=tuple(role.strip() for role in record["recipient_role"].split(";")),
                recipient_department_code=record["recipient_department_code"] or None,
                legal_basis=record["legal_basis"],
            )


def _due_periods(record: Record, last_year: int, days: WorkingDays) -> Iterator[tuple[Period, date]]:
    """Yield each period of a row with its last day on time, as long as the row is in force."""
    valid_from = date.fromisoformat(record["valid_from"])
    valid_to = date.fromisoformat(record["valid_to"]) if record["valid_to"] else date.max
    for year in range(valid_from.year - _MOST_YEARS_APART, last_year + _MOST_YEARS_APART + 1):
        for period in _periods(record["frequency"], year):
            last_day = _to_last_day_on_time(record, period)
            if valid_from <= last_day <= valid_to:
                if record["frequency"] == _ONCE:
                    period = Period("instant", valid_from, last_day)
                yield period, _move(last_day, record["on_holiday"], days)
                if record["frequency"] == _ONCE:
                    return


def _periods(frequency: str, year: int) -> Iterator[Period]:
    kind = cast(PeriodKind, "year" if frequency == _ONCE else frequency)
    for first, last in _MONTHS[kind]:
        yield Period(kind, date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _to_last_day_on_time(record: Record, period: Period) -> date:
    """Return the last day on time by the words of the rule, days off not looked at."""
    if record["due_month"]:
        months = period.end.year * 12 + int(record["due_month"]) - 1
    else:
        months = period.end.year * 12 + period.end.month - 1 + int(record["due_offset_months"])
    year, month = months // 12, months % 12 + 1
    day = date(year, month, min(int(record["due_day"]), monthrange(year, month)[1]))
    return day - timedelta(days=1) if record["is_exclusive"] == "true" else day


def _move(day: date, on_holiday: str, days: WorkingDays) -> date:
    match on_holiday:
        case "previous_working_day":
            return days.last_until(day)
        case "next_working_day":
            return days.first_from(day)
        case _:
            return day
