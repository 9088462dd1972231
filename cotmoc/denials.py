"""Somebody was denied something → one small file in landing/denials, kept for whoever audits.

A denial is no event of the ledger: it changes no submission, moves no as-of and asks for no build. See
docs/decisions/denials.md.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from cotmoc.calendar import now
from cotmoc.desk import Desk
from cotmoc.places import Places
from ingestion.files import create_whole
from ingestion.ledger import to_instant, to_instant_text

# What was wanted. `sign_in` and `view` are the portal's.
Wanted = Literal["approve", "reject", "withdraw", "justify", "submit", "unlock", "view", "sign_in"]


@dataclass(frozen=True)
class Denial:
    """Who wanted what, by which way, and why not. The person is as given: nobody vouches for the name."""

    at: str
    person: str
    what: str
    why: str
    channel: str
    submission_id: str | None = None
    department_code: str | None = None

    @property
    def denied_at(self) -> datetime:
        """Return the instant in UTC."""
        return to_instant(self.at)


def record_denial(
    desk: Desk,
    person: str,
    what: Wanted,
    why: str,
    channel: str,
    *,
    submission_id: str | None = None,
    department: str | None = None,
) -> Denial:
    """Keep that a person was denied something, and why; return what was kept."""
    denial = Denial(to_instant_text(now()), person, what, why, channel, submission_id, department)
    data = json.dumps(asdict(denial), ensure_ascii=False, indent=1).encode("utf-8")
    stem = denial.at.replace(":", "").replace("-", "")
    create_whole(desk.places.denials / f"{stem}-{uuid.uuid4().hex[:8]}.json", data)
    return denial


def read_denials(places: Places) -> list[Denial]:
    """Return every denial in the order of time."""
    return [Denial(**json.loads(path.read_bytes())) for path in sorted(places.denials.glob("*.json"))]
