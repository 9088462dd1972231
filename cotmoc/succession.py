"""Departments that ended → who answers for what they owed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cotmoc.registry import Registry


def successors(registry: Registry, department: str, until: date) -> Iterator[str]:
    """Yield a department and those that followed it by a day, the one that answers then last."""
    while True:
        yield department
        record = registry.departments[department]
        if (
            not record["successor_code"]
            or not record["valid_to"]
            or date.fromisoformat(record["valid_to"]) >= until
        ):
            return
        department = record["successor_code"]


def answering(registry: Registry, department: str, on: date) -> str:
    """Return who answers for a department on a day; the last one known where no single successor is."""
    *_, last = successors(registry, department, on)
    return last


def has_ended(registry: Registry, department: str, on: date) -> bool:
    """Return whether a department was no more on a day."""
    ended = registry.departments[department]["valid_to"]
    return bool(ended) and date.fromisoformat(ended) < on


def line(registry: Registry, department: str) -> frozenset[str]:
    """Return a department with all that it followed and all that followed it."""
    before = (other for other in registry.departments if department in successors(registry, other, date.max))
    return frozenset([*before, *successors(registry, department, date.max)])
