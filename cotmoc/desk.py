"""Settings of an installation → the desk at which files are taken in: read once, used for a whole batch."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from cotmoc.arrivals import Arrival
from cotmoc.examination import Examined, Gate, examine, judge_in_process
from cotmoc.places import Places
from cotmoc.published_changes import published_values
from cotmoc.registry import Registry
from ingestion.confirmations import Confirmation, fold_confirmations
from ingestion.files import remove_leftovers
from ingestion.landing import land_schema
from ingestion.layouts import FormFile, read_forms
from ingestion.ledger import Ledger
from ingestion.ledger import Submission as Submission


@dataclass
class Desk:
    """What taking in files needs: places, registry, forms, a gate (kept warm over a batch), the ledger."""

    places: Places
    registry: Registry
    forms: tuple[FormFile, ...]
    gate: Gate = judge_in_process
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        make_places(self.places, self.registry)
        self.ledger = Ledger(self.places.events)

    @property
    def most_bytes(self) -> int:
        """Return the size beyond which no form in any version is read."""
        return max(version.limits.file_bytes for form in self.forms for version in form.versions)

    def examine(self, arrival: Arrival, department: str, received_on: date) -> Examined:
        """Return what a file says and whether it may land. Raises the errors of `examine`."""
        return examine(
            arrival.data,
            department,
            received_on,
            forms=self.forms,
            registry=self.registry,
            gate=self.gate,
            published=partial(published_values, self.places.current),
        )

    def submissions(self) -> dict[str, Submission]:
        """Return every submission by id as of the head of the ledger."""
        self.ledger.refresh()
        return self.ledger.submissions()

    def confirmations(self) -> dict[str, Confirmation]:
        """Return every confirmation of a milestone by id as of the head of the ledger."""
        self.ledger.refresh()
        return fold_confirmations(self.ledger.events)


def open_desk(places: Places, registry: Path, forms: Path, gate: Gate = judge_in_process) -> Desk:
    """Return a desk for the given folders; makes the places that are missing."""
    return Desk(places, Registry(registry), read_forms(forms), gate)


def make_places(places: Places, registry: Registry) -> None:
    """Make every folder under the home, an inbox and an outbox for each department; idempotent."""
    for folder in places.folders():
        folder.mkdir(parents=True, exist_ok=True)
    for code in registry.departments:
        (places.inbox / code).mkdir(exist_ok=True)
        (places.outbox / code).mkdir(exist_ok=True)
    answered = (folder for folder in places.outbox.iterdir() if folder.is_dir())
    for folder in (places.handover, places.raw, places.events, places.rows, places.statements, *answered):
        remove_leftovers(folder)
    land_schema(places.rows)
