"""A submission → what a person has to see before deciding about it: its answer, its rows, what would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from cotmoc.calendar import to_local_date
from cotmoc.desk import Desk
from cotmoc.justifying import warnings_to_explain
from cotmoc.marked_copies import word_answer
from cotmoc.published_changes import published_changes
from ingestion.landing import read_raw
from ingestion.ledger import Submission
from ingestion.marking.answer import Answer, ChangedFigure, Finding
from ingestion.normalising.numbers import to_number_text
from ingestion.problems import Problem
from ingestion.receipts import Change, Receipt, read_receipt
from ingestion.rows import PARQUET_TYPES, Row

_IN_FILE = "đã ghi trong tệp, cột Ghi chú"
_ORDER = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True)
class Explained:
    """A receipt in words: the answer, and each finding with the key its justification is given by."""

    receipt: Receipt
    answer: Answer
    findings: tuple[tuple[str, Finding], ...]

    @property
    def unjustified(self) -> tuple[tuple[str, Finding], ...]:
        """Return the warnings that nobody has explained."""
        return tuple(
            (key, finding)
            for key, finding in self.findings
            if finding.severity == "warning" and finding.justification is None
        )


@dataclass(frozen=True)
class LandedFigure:
    """One row as a reviewer reads it."""

    place: str
    indicator: str
    method: str
    admin_unit: str
    period: str
    value: str
    unit_of_measure: str
    status: str
    published: str
    source: str
    note: str


def explain(desk: Desk, receipt: Receipt, on: date, *, is_dry_run: bool = False) -> Explained:
    """Return a receipt in words; errors before warnings, warnings before notes."""
    answer = word_answer(desk, receipt, on, is_dry_run=is_dry_run)
    problems = sorted(receipt.problems, key=lambda problem: _ORDER[problem.severity])
    return Explained(
        receipt, answer, tuple(zip((problem.key for problem in problems), answer.findings, strict=False))
    )


def to_receipt(written: Mapping[str, Any]) -> Receipt:
    """Return a receipt out of `dataclasses.asdict` of one, as JSON carries it."""
    lists = {
        "problems": tuple(Problem(**problem) for problem in written["problems"]),
        "changes": tuple(Change(**change) for change in written["changes"]),
    }
    return Receipt(**{**written, **lists})


def receipt_of(desk: Desk, submission: Submission) -> Receipt | None:
    """Return the receipt of a submission, None while it has none."""
    return read_receipt(desk.places.outbox / submission.department_code, submission.id)


def explain_submission(desk: Desk, submission: Submission) -> Explained | None:
    """Return the receipt of a submission in words, each warning with its reason; None while it has no receipt.

    Of one that waits the gate is asked which warnings are still to be explained: that takes a while. Raises
    JustificationRefusedError when its landed bytes are not whole, and the errors of `examine`.
    """
    receipt = receipt_of(desk, submission)
    if receipt is None:
        return None
    reasons = _reasons(desk, submission, receipt)
    problems = tuple(replace(one, note=reasons.get(one.key, one.note)) for one in receipt.problems)
    return explain(desk, replace(receipt, problems=problems), to_local_date(submission.received_at))


def _reasons(desk: Desk, submission: Submission, receipt: Receipt) -> dict[str, str]:
    """Return key of a warning → why the figure stands, as given in the portal or written beside the figure."""
    warnings = [one for one in receipt.problems if one.severity == "warning"]
    if not warnings:
        return {}
    if submission.state == "waiting":
        wanted = {one.key for one in warnings_to_explain(desk, submission.id)}
        in_file = {one.key: _IN_FILE for one in warnings if one.key not in wanted}
        return {**in_file, **submission.reasons}
    notes = {(row.sheet, row.cell): row.note for row in landed_rows(desk, submission) if row.note}
    beside = {
        one.key: note
        for one in warnings
        if (note := notes.get((one.sheet or "", one.cell or ""))) is not None
    }
    return {**beside, **submission.reasons}


def answer_files(desk: Desk, submission: Submission) -> tuple[Path, Path]:
    """Return where the receipt and the marked copy of a submission lie; either may be missing."""
    receipt = desk.places.outbox / submission.department_code / f"{submission.id}.json"
    return receipt, receipt.with_suffix(".xlsx")


def original_file(desk: Desk, submission: Submission) -> bytes:
    """Return the bytes as received. Raises OSError when they are missing, ValueError when they were changed."""
    return read_raw(desk.places.raw, submission.sha256)


def landed_rows(desk: Desk, submission: Submission) -> list[Row]:
    """Return the rows of an accepted submission as they landed, in the order of the file."""
    import duckdb

    columns = [name for name in PARQUET_TYPES if name != "submission_id"]
    path = desk.places.rows / f"{submission.id}.parquet"
    if not path.is_file():
        return []
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        found = connection.execute(
            f"select {', '.join(columns)} from read_parquet(?) order by row_number",  # noqa: S608 - our columns
            [str(path)],
        ).fetchall()
    return [Row(**dict(zip(columns, record, strict=True))) for record in found]


def landed_figures(desk: Desk, rows: Sequence[Row]) -> list[LandedFigure]:
    """Return rows in words, codes as their Vietnamese names."""
    terms = desk.registry.vocabularies

    def label(name: Any, code: str | None) -> str:
        term = terms[name].term_of(code or "")
        return term.label if term else code or ""

    return [
        LandedFigure(
            place=f"{row.sheet}!{row.cell}",
            indicator=label("indicators", row.indicator_code),
            method=label("methods", row.method_version),
            admin_unit=label("admin_units", row.admin_unit_code),
            period=row.period_text,
            value=row.raw_text if row.value is None else f"{row.qualifier or ''}{to_number_text(row.value)}",
            unit_of_measure=label("units_of_measure", row.unit_of_measure),
            status=label("statuses", row.status_code),
            published=f"{label('source_authorities', row.source_authority_code)}, {row.published_text}",
            source=row.source,
            note=row.note or "",
        )
        for row in rows
    ]


def present_changes(desk: Desk, submission: Submission, rows: Sequence[Row]) -> tuple[ChangedFigure, ...]:
    """Return what the rows would change of what is published now; changed figures before new ones."""
    changes: Sequence[Change] = published_changes(desk.places.current, rows, desk.registry)
    problems: Sequence[Problem] = ()
    receipt = Receipt(
        submission.id,
        "accepted",
        submission.file_name,
        submission.sha256,
        submission.department_code,
        submission.form_code,
        submission.periods,
        submission.rows_accepted,
        problems,
        changes,
    )
    return word_answer(desk, receipt, to_local_date(submission.received_at)).figures
