"""Instants and days, as the province counts them: Asia/Ho_Chi_Minh, without summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return the present instant in UTC. The one clock of the line."""
    return datetime.now(UTC)


def to_local_date(instant: datetime) -> date:
    """Return the day of an instant in the province."""
    return instant.astimezone(LOCAL).date()


def to_noon(day: date) -> datetime:
    """Return noon of a day in the province, in UTC: the instant of a reception known only by its day."""
    return datetime.combine(day, time(12), tzinfo=LOCAL).astimezone(UTC)


def to_day_text(day: date) -> str:
    """Return a day as written in Vietnam, dd/mm/yyyy."""
    return day.strftime("%d/%m/%Y")


def to_moment_text(instant: datetime) -> str:
    """Return an instant as written in Vietnam, dd/mm/yyyy hh:mm by the province's clock."""
    return f"{instant.astimezone(LOCAL):%d/%m/%Y %H:%M}"
