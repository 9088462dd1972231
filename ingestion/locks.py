"""Events → which periods are locked, and for whom and until when a lock makes an exception."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from ingestion.ledger import Event, to_instant


@dataclass(frozen=True)
class PeriodLock:
    """A span of days whose figures are closed: what lies wholly within it is not taken in any more."""

    sequence: int
    locked_at: datetime
    period: str
    start: date
    end: date
    locked_by: str

    def covers(self, start: date, end: date) -> bool:
        """Return whether a period lies wholly within the locked one."""
        return self.start <= start and end <= self.end


@dataclass(frozen=True)
class LockException:
    """Leave for one department to hand in once, until the end of a day, for a locked period or a part of it."""

    sequence: int
    granted_at: datetime
    period: str
    start: date
    end: date
    department_code: str
    until: date
    granted_by: str
    why: str
    # The submission that used it up.
    used_by: str | None = None

    def covers(self, department: str, start: date, end: date) -> bool:
        """Return whether it was granted to this department for a period that contains this one."""
        return self.department_code == department and self.start <= start and end <= self.end

    def is_in_force(self, on: date) -> bool:
        """Return whether it may still be used on a day in the province."""
        return self.used_by is None and on <= self.until


@dataclass(frozen=True)
class LockBook:
    """The locks and exceptions of a ledger, in the order in which they were recorded."""

    locks: tuple[PeriodLock, ...] = ()
    exceptions: tuple[LockException, ...] = ()

    def lock_on(self, start: date, end: date) -> PeriodLock | None:
        """Return the first lock that covers a period."""
        return next((lock for lock in self.locks if lock.covers(start, end)), None)

    def exceptions_for(self, department: str, start: date, end: date) -> list[LockException]:
        """Return the exceptions a department was granted for a period, used and expired ones too."""
        return [one for one in self.exceptions if one.covers(department, start, end)]


def fold_locks(events: Iterable[Event], opened_before: int | None = None) -> LockBook:
    """Return the locks and exceptions that events speak of.

    With `opened_before` only those recorded before that event of the ledger count; what was used up counts always.
    """
    locks: list[PeriodLock] = []
    exceptions: dict[int, LockException] = {}
    for event in events:
        counts = opened_before is None or event["sequence"] < opened_before
        if event["kind"] == "locked" and counts:
            locks.append(_locked(event))
        elif event["kind"] == "unlocked" and counts:
            exceptions[event["sequence"]] = _granted(event)
        elif event["kind"] == "accepted":
            for sequence in event.get("exceptions_used", ()):
                if sequence in exceptions:
                    used = replace(exceptions[sequence], used_by=event["submission_id"])
                    exceptions[sequence] = used
    return LockBook(tuple(locks), tuple(exceptions.values()))


def _locked(event: Event) -> PeriodLock:
    return PeriodLock(
        sequence=event["sequence"],
        locked_at=to_instant(event["at"]),
        period=event["period"],
        start=date.fromisoformat(event["period_start"]),
        end=date.fromisoformat(event["period_end"]),
        locked_by=event["person"] or "",
    )


def _granted(event: Event) -> LockException:
    return LockException(
        sequence=event["sequence"],
        granted_at=to_instant(event["at"]),
        period=event["period"],
        start=date.fromisoformat(event["period_start"]),
        end=date.fromisoformat(event["period_end"]),
        department_code=event["department_code"],
        until=date.fromisoformat(event["until"]),
        granted_by=event["person"] or "",
        why=event.get("reason") or "",
    )
