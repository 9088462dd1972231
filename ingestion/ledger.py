"""Events → what became of each submission. An event is one file, written once; the ledger is the fold of all.

An event is appended only onto the head that its writer has seen: who loses the race decides anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, NotRequired, TypedDict, cast

from ingestion.files import create_whole

EventKind = Literal[
    "received",
    "accepted",
    "waiting",
    "refused",
    "justified",
    "approved",
    "rejected",
    "withdrawn",
    "confirmed",
    "locked",
    "unlocked",
    "released",
]
Outcome = Literal["accepted", "waiting", "refused"]
SubmissionState = Literal["received", "accepted", "approved", "waiting", "refused", "rejected", "withdrawn"]
# States in which the bytes of a submission are "already received".
STANDING: frozenset[SubmissionState] = frozenset({"accepted", "approved", "waiting"})


class Event(TypedDict):
    """One thing that happened. `at` is the instant in UTC from which it holds."""

    sequence: int
    at: str
    kind: EventKind
    submission_id: str | None
    person: str | None
    channel: str
    is_backdated: bool
    sha256: NotRequired[str]
    department_code: NotRequired[str]
    form_code: NotRequired[str]
    form_version: NotRequired[str]
    file_name: NotRequired[str]
    reason: NotRequired[str | None]
    recorded_at: NotRequired[str]
    recorded_by: NotRequired[str]
    requires_approval: NotRequired[bool]
    rows_read: NotRequired[int]
    rows_accepted: NotRequired[int]
    cells_refused: NotRequired[int]
    warnings: NotRequired[int]
    content_sha256: NotRequired[str]
    periods: NotRequired[list[str]]
    reasons: NotRequired[dict[str, str]]
    exceptions_used: NotRequired[list[int]]
    duplicate_of: NotRequired[str]
    arrival_key: NotRequired[str]
    period: NotRequired[str]
    period_start: NotRequired[str]
    period_end: NotRequired[str]
    until: NotRequired[str]
    confirmation_id: NotRequired[str]
    target_code: NotRequired[str]
    evaluation_year: NotRequired[int]
    note: NotRequired[str | None]


class HeadMovedError(Exception):
    """Another event was appended meanwhile: read on and decide anew."""


class LedgerDamagedError(RuntimeError):
    """An event file is unreadable: restore landing/events from a backup, nothing is decided before that."""


class Ledger:
    """The events of one folder, read as far as its head; `refresh` reads on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._events: list[Event] = []
        self._folded: dict[str, Submission] = {}
        self.refresh()

    @property
    def events(self) -> Sequence[Event]:
        """Return the events read so far, in their order."""
        return self._events

    @property
    def head(self) -> int:
        """Return the sequence of the last event read, 0 before the first."""
        return len(self._events)

    def refresh(self) -> None:
        """Read the events appended since the last look. Raises LedgerDamagedError."""
        while (event := _read_event(self._folder, self.head + 1)) is not None:
            self._take(event)

    def submissions(self) -> dict[str, Submission]:
        """Return every submission by its id, in the order of reception, as of the events read so far."""
        return _in_order(self._folded)

    def append(self, event: Mapping[str, Any]) -> Event:
        """Write an event onto the head that was read. Raises HeadMovedError when there is a later one."""
        written = cast(Event, {"sequence": self.head + 1} | dict(event))
        data = json.dumps(written, ensure_ascii=False, indent=1).encode("utf-8")
        if not create_whole(_event_file(self._folder, self.head + 1), data):
            self.refresh()
            raise HeadMovedError
        self._take(written)
        return written

    def _take(self, event: Event) -> None:
        self._events.append(event)
        _apply(self._folded, event)


@dataclass(frozen=True)
class Submission:
    """What became of one submission, folded from its events."""

    id: str
    state: SubmissionState
    sequence: int
    received_at: datetime
    sha256: str
    department_code: str
    form_code: str
    form_version: str
    file_name: str
    submitted_by: str | None
    channel: str
    is_backdated: bool
    recorded_by: str | None
    arrival_key: str | None
    requires_approval: bool = False
    rows_read: int = 0
    rows_accepted: int = 0
    cells_refused: int = 0
    warnings: int = 0
    content_sha256: str | None = None
    # Every content it ever stood for: without the reasons given for its warnings, and with them.
    contents: frozenset[str] = frozenset()
    periods: tuple[str, ...] = ()
    # The last answer and the event that gave it; the event (received, justified) that asked for it, and when.
    outcome: Outcome | None = None
    outcome_sequence: int = 0
    opened_sequence: int = 0
    opened_at: datetime | None = None
    duplicate_of: str | None = None
    # Reasons given for warnings, by the key of the problem.
    reasons: Mapping[str, str] = field(default_factory=dict, hash=False)
    justified_by: str | None = None
    # Everybody who gave a reason, the last one too: none of them decides.
    justifiers: frozenset[str] = frozenset()
    justified_at: datetime | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    decided_by: str | None = None
    reason: str | None = None

    @property
    def is_open(self) -> bool:
        """Return whether an answer was asked for (by reception or justification) and not given yet."""
        return self.state in ("received", "waiting") and self.opened_sequence > self.outcome_sequence

    @property
    def subject(self) -> dict[str, Any]:
        """Return what every event says of the submission it is about."""
        return {
            "submission_id": self.id,
            "sha256": self.sha256,
            "department_code": self.department_code,
            "form_code": self.form_code,
            "form_version": self.form_version,
            "file_name": self.file_name,
        }


def fold(events: Iterable[Event]) -> dict[str, Submission]:
    """Return every submission by its id, in the order of reception."""
    submissions: dict[str, Submission] = {}
    for event in events:
        _apply(submissions, event)
    return _in_order(submissions)


def read_events(folder: Path) -> list[Event]:
    """Return all events of a ledger in their order. Raises LedgerDamagedError."""
    return list(Ledger(folder).events)


def head_sequence(folder: Path) -> int:
    """Return the sequence of the last event, 0 for an empty ledger."""
    names = (path.stem for path in folder.glob("*.json"))
    return max((int(name) for name in names if name.isdigit()), default=0)


def to_instant_text(instant: datetime) -> str:
    """Return an aware instant as events write it: UTC, microseconds, Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def to_instant(text: str) -> datetime:
    """Return the aware instant an event wrote."""
    return datetime.fromisoformat(text).astimezone(UTC)


def _event_file(folder: Path, sequence: int) -> Path:
    return folder / f"{sequence:09d}.json"


def _read_event(folder: Path, sequence: int) -> Event | None:
    path = _event_file(folder, sequence)
    try:
        event = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise LedgerDamagedError(f"{path}: not JSON") from error
    if not isinstance(event, dict) or event.get("sequence") != sequence or "kind" not in event:
        raise LedgerDamagedError(f"{path}: not event {sequence}")
    return cast(Event, event)


def _apply(submissions: dict[str, Submission], event: Event) -> None:
    """Change the submissions by one more event; one that speaks of no submission changes nothing."""
    submission_id = event["submission_id"]
    if submission_id is None:
        return
    if event["kind"] == "received":
        submissions[submission_id] = _received(event, submission_id)
    elif submission_id in submissions:
        submissions[submission_id] = _after(submissions[submission_id], event)


def _in_order(submissions: Mapping[str, Submission]) -> dict[str, Submission]:
    ordered = sorted(submissions.values(), key=lambda found: (found.received_at, found.sequence))
    return {submission.id: submission for submission in ordered}


def _received(event: Event, submission_id: str) -> Submission:
    return Submission(
        id=submission_id,
        state="received",
        sequence=event["sequence"],
        received_at=to_instant(event["at"]),
        sha256=event["sha256"],
        department_code=event["department_code"],
        form_code=event["form_code"],
        form_version=event["form_version"],
        file_name=event["file_name"],
        submitted_by=event["person"],
        channel=event["channel"],
        is_backdated=event["is_backdated"],
        recorded_by=event.get("recorded_by"),
        arrival_key=event.get("arrival_key"),
        opened_sequence=event["sequence"],
        opened_at=to_instant(event.get("recorded_at") or event["at"]),
    )


def _after(submission: Submission, event: Event) -> Submission:
    """Return the submission after one more event of it."""
    match event["kind"]:
        case "accepted" | "waiting" | "refused" as state:
            return replace(
                submission,
                state=state,
                requires_approval=event.get("requires_approval", False),
                rows_read=event.get("rows_read", 0),
                rows_accepted=event.get("rows_accepted", 0),
                cells_refused=event.get("cells_refused", 0),
                warnings=event.get("warnings", 0),
                content_sha256=event.get("content_sha256"),
                contents=submission.contents
                | ({event["content_sha256"]} if "content_sha256" in event else set()),
                outcome=state,
                outcome_sequence=event["sequence"],
                duplicate_of=event.get("duplicate_of"),
                periods=tuple(event.get("periods", ())),
                reason=event.get("reason"),
            )
        case "justified":
            return replace(
                submission,
                reasons={**submission.reasons, **event.get("reasons", {})},
                justified_by=event["person"],
                justifiers=submission.justifiers | {str(event["person"])},
                justified_at=to_instant(event["at"]),
                opened_sequence=event["sequence"],
                opened_at=to_instant(event.get("recorded_at") or event["at"]),
            )
        case "approved":
            return replace(
                submission,
                state="approved",
                approved_by=event["person"],
                approved_at=to_instant(event["at"]),
            )
        case "rejected" | "withdrawn" as state:
            return replace(submission, state=state, decided_by=event["person"], reason=event.get("reason"))
        case _:
            return submission
