"""A receipt that has been written → the submitter's workbook, marked, beside it; best effort, never retried.

The JSON receipt is the answer of record. Whatever goes wrong here changes no decision and stops no reception;
`cotmoc doctor` counts the receipts that have no copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from cotmoc.arrivals import Arrival
from cotmoc.desk import Desk
from cotmoc.places import Places
from ingestion.files import write_whole
from ingestion.layouts import Form, forms_in_force
from ingestion.marking.answer import Answer
from ingestion.marking.composing import to_answer
from ingestion.marking.sandbox import mark_copy
from ingestion.receipts import Receipt


class NotMarkedError(RuntimeError):
    """The marked copy could not be made within its limits; the answer itself is not touched."""


def word_answer(desk: Desk, receipt: Receipt, on: date, *, is_dry_run: bool = False) -> Answer:
    """Return all that an officer is told about a file answered on a day, in words."""
    form = _form_of(forms_in_force(desk.forms, on), receipt)
    return to_answer(
        receipt,
        desk.registry.vocabularies,
        desk.registry.department_name(receipt.department_code),
        on,
        is_dry_run=is_dry_run,
        needs_approval=form.layout.requires_approval,
    )


def write_marked_copy(
    desk: Desk, target: Path, arrival: Arrival, receipt: Receipt, on: date, *, is_dry_run: bool = False
) -> None:
    """Write the marked copy of a file answered on a day. Raises NotMarkedError, OSError."""
    forms = forms_in_force(desk.forms, on)
    form = _form_of(forms, receipt)
    answer = word_answer(desk, receipt, on, is_dry_run=is_dry_run)
    # A duplicate has nothing to mark: it was answered before.
    data = None if receipt.state == "duplicate" else arrival.data
    sheets = [form.layout.sheet for form in forms if form.layout.sheet]
    made = mark_copy(data, answer, sheets, form.layout.limits)
    if made is None:
        raise NotMarkedError(
            f"the marked copy of “{arrival.file_name}” could not be made in time or memory; the answer stands"
        )
    write_whole(target, made)


def _form_of(forms: Sequence[Form], receipt: Receipt) -> Form:
    return next((form for form in forms if form.code == receipt.form_code), forms[0])


def try_marked_copy(desk: Desk, receipt_file: Path, arrival: Arrival, receipt: Receipt, on: date) -> None:
    """Write the marked copy beside a receipt, under the same name; leave it out when that is not possible."""
    # The answer of record is written and the decision made: nothing that happens here may undo them.
    with suppress(Exception):
        write_marked_copy(desk, receipt_file.with_suffix(".xlsx"), arrival, receipt, on)


def receipts_without_copy(places: Places) -> int:
    """Return how many receipts of the outbox have no marked copy beside them."""
    return sum(not receipt.with_suffix(".xlsx").exists() for receipt in places.outbox.glob("*/*.json"))
