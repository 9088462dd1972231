"""legal_basis.yaml + parties.yaml + date → what the report cites, who issues it, who receives it.

Both files are data with dates of validity: a changed law, office or recipient is an edit to a row.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Issuer:
    """The office that signs: names as they stand in the header, in a sentence and under the signature."""

    superior_vi: str
    name_vi: str
    name_in_text_vi: str
    place_vi: str
    symbol: str
    signatory_vi: str
    archive_vi: str


@dataclass(frozen=True)
class Review:
    """A remark for the person who finishes the report: the phrase it is pinned to, and what to check."""

    anchor_vi: str
    remark_vi: str


@dataclass(frozen=True)
class Formalities:
    """Everything in the report that is law or office, valid on the day asked for."""

    issuer: Issuer
    recipients: tuple[str, ...]
    copies: tuple[str, ...]
    citations: tuple[str, ...]
    obligation_vi: str | None
    reviews: tuple[Review, ...]


def read_formalities(
    on: date, plan_codes: Iterable[str], admin_unit_codes: Iterable[str], folder: Path = HERE
) -> Formalities:
    """Read both files and return what holds on the day `on` for a report over these plans and territories.

    A document whose `valid_from` is not established is never cited; it may still ask for a review.
    """
    law = yaml.safe_load((folder / "legal_basis.yaml").read_text(encoding="utf-8"))
    parties = yaml.safe_load((folder / "parties.yaml").read_text(encoding="utf-8"))
    plans = set(plan_codes)
    cited = [row for row in law["legal_basis"] if row["valid_from"] is not None and _holds(row, on, plans)]
    obliging = [row for row in law["obligations"] if _holds(row, on, plans)]
    recipients = [row for row in parties["recipients"] if _holds(row, on, plans)]
    first_citation = cited[0]["citation_vi"] if cited else ""
    reviews = [
        Review(first_citation, row["review_vi"])
        for row in law["legal_basis"]
        if "review_vi" in row and row["review_from"] <= on
    ]
    reviews += [Review(row["name_vi"], row["review_vi"]) for row in recipients if "review_vi" in row]
    return Formalities(
        issuer=_issuer(parties["issuers"], on, set(admin_unit_codes)),
        recipients=tuple(row["name_vi"] for row in recipients),
        copies=tuple(row["name_vi"] for row in parties["copies"] if _holds(row, on, plans)),
        citations=tuple(row["citation_vi"] for row in cited),
        obligation_vi=obliging[0]["text_vi"] if obliging else None,
        reviews=tuple(reviews),
    )


def _holds(row: Mapping[str, Any], on: date, plans: set[str]) -> bool:
    """Return whether a row is valid on the day and concerns one of the plans."""
    begun = row["valid_from"] is None or row["valid_from"] <= on
    ended = row["valid_to"] is not None and row["valid_to"] < on
    scope = set(row.get("plan_codes") or ())
    return begun and not ended and (not scope or bool(scope & plans))


def _issuer(rows: Iterable[Mapping[str, Any]], on: date, units: set[str]) -> Issuer:
    """Return the office that answers for all the territories on that day, else the office of today."""
    known = list(rows)
    answering = [
        row
        for row in known
        if _holds(row, on, set()) and (not row["admin_unit_codes"] or units <= set(row["admin_unit_codes"]))
    ]
    today = [row for row in known if row["valid_to"] is None]
    chosen = (answering or today)[0]
    return Issuer(**{name: chosen[name] for name in Issuer.__dataclass_fields__})
