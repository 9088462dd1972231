"""Events → the confirmations of milestones: who confirmed which target for which year, and what still stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from ingestion.ledger import Event, to_instant


@dataclass(frozen=True)
class Confirmation:
    """A person's word that a milestone was reached in a year, and the file that shows it."""

    id: str
    sequence: int
    confirmed_at: datetime
    target_code: str
    evaluation_year: int
    sha256: str
    file_name: str
    confirmed_by: str
    note: str | None
    is_backdated: bool
    recorded_by: str | None
    withdrawn_by: str | None = None
    reason: str | None = None

    @property
    def is_standing(self) -> bool:
        """Return whether nobody has taken it back."""
        return self.withdrawn_by is None


def fold_confirmations(events: Iterable[Event]) -> dict[str, Confirmation]:
    """Return every confirmation by its id, withdrawn ones too, in the order from which they hold."""
    found: dict[str, Confirmation] = {}
    for event in events:
        confirmation_id = event.get("confirmation_id")
        if confirmation_id is None:
            continue
        if event["kind"] == "confirmed":
            found[confirmation_id] = _confirmed(event, confirmation_id)
        elif event["kind"] == "withdrawn" and confirmation_id in found:
            found[confirmation_id] = replace(
                found[confirmation_id], withdrawn_by=event["person"], reason=event.get("reason")
            )
    ordered = sorted(found.values(), key=lambda one: (one.confirmed_at, one.sequence))
    return {one.id: one for one in ordered}


def _confirmed(event: Event, confirmation_id: str) -> Confirmation:
    return Confirmation(
        id=confirmation_id,
        sequence=event["sequence"],
        confirmed_at=to_instant(event["at"]),
        target_code=event["target_code"],
        evaluation_year=event["evaluation_year"],
        sha256=event["sha256"],
        file_name=event["file_name"],
        confirmed_by=event["person"] or "",
        note=event.get("note"),
        is_backdated=event["is_backdated"],
        recorded_by=event.get("recorded_by"),
    )
