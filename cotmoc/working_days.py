"""The seed public_holidays → which days are worked, and the working day before or after one that is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cotmoc.registry import Registry

_SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingDays:
    """Public holidays, and days of a weekend that are worked in exchange for one."""

    holidays: frozenset[date]
    worked_weekends: frozenset[date]

    def is_worked(self, day: date) -> bool:
        """Return whether offices work on a day."""
        return day in self.worked_weekends or (day.weekday() < _SATURDAY and day not in self.holidays)

    def last_until(self, day: date) -> date:
        """Return the day, or the last working day before it."""
        while not self.is_worked(day):
            day -= _DAY
        return day

    def first_from(self, day: date) -> date:
        """Return the day, or the first working day after it."""
        while not self.is_worked(day):
            day += _DAY
        return day


def read_working_days(registry: Registry) -> WorkingDays:
    """Return the working days of the registry; beyond its years only weekends are off. Raises RegistryError."""
    records = registry.records("public_holidays")
    worked = {date.fromisoformat(one["holiday_on"]) for one in records if one["is_working_day"] == "true"}
    days = {date.fromisoformat(one["holiday_on"]) for one in records}
    return WorkingDays(frozenset(days - worked), frozenset(worked))
