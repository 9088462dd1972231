"""A person's word about a milestone and the file that shows it → one event: confirmed, or withdrawn again.

What is written, in this order: the bytes of the evidence, the event. A run killed in between has confirmed
nothing; the same command run again finishes it. A second person is not asked: see docs/decisions/confirmations.md.
"""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from cotmoc.arrivals import Arrival, read_arrival, to_shown_name
from cotmoc.calendar import now, to_day_text, to_local_date, to_noon
from cotmoc.desk import Desk
from cotmoc.milestones import find_milestone, require_confirmable_year
from ingestion.confirmations import Confirmation
from ingestion.landing import land_raw, read_raw
from ingestion.ledger import HeadMovedError, to_instant_text
from ingestion.normalising.text import to_key, to_text

_MEBIBYTE = 1_048_576


class ConfirmationRefusedError(RuntimeError):
    """The confirmation cannot be given or taken back; the message, in Vietnamese, says why."""


class PersonMissingError(ValueError):
    """A confirmation is somebody's: the command needs a name."""


class Confirmed(NamedTuple):
    """A confirmation that stands, and whether it stood before."""

    confirmation: Confirmation
    is_repeated: bool


def confirm(
    desk: Desk,
    target_code: str,
    year: int,
    evidence: Path,
    person: str,
    *,
    note: str | None = None,
    on: date | None = None,
    backdated_by: str | None = None,
) -> Confirmed:
    """Record that a person confirmed a milestone for a year, and keep the evidence; return the confirmation.

    It holds from now, or from noon of an earlier day `on`, an act of `backdated_by` that the event names. The same
    person's same word on the same evidence is recorded once. Raises UnknownMilestoneError, PersonMissingError,
    NotConfirmableError, ConfirmationRefusedError, NotAFileError or FileChangedError, and then nothing is confirmed.
    """
    person, target_code = to_text(person), target_code.strip()
    if not person:
        raise PersonMissingError("Phải ghi rõ họ tên người xác nhận (--as).")
    earlier = _earlier_instant(on)
    milestone = find_milestone(desk.registry, target_code)
    require_confirmable_year(milestone, year, to_local_date(earlier or now()))
    arrival = _read_evidence(desk, evidence)
    _land_evidence(desk, arrival)
    while True:
        present = desk.confirmations()
        first = _same_word(present, target_code, year, arrival.sha256, person)
        if first is not None:
            return Confirmed(first, is_repeated=True)
        instant = earlier or now()
        event: dict[str, Any] = {
            "at": to_instant_text(instant),
            "kind": "confirmed",
            "submission_id": None,
            "confirmation_id": _free_id(present, instant, target_code, year),
            "target_code": target_code,
            "evaluation_year": year,
            "sha256": arrival.sha256,
            "file_name": arrival.file_name,
            "person": person,
            "channel": "cli",
            "note": to_text(note or "") or None,
            "is_backdated": earlier is not None,
        }
        if earlier is not None:
            event |= {"recorded_at": to_instant_text(now()), "recorded_by": backdated_by}
        with suppress(HeadMovedError):
            desk.ledger.append(event)
            return Confirmed(desk.confirmations()[event["confirmation_id"]], is_repeated=False)


def withdraw_confirmation(desk: Desk, confirmation_id: str, person: str, why: str) -> Confirmation:
    """Record that a confirmation was taken back, and why; return it as it is now."""
    person, why = to_text(person), to_text(why)
    if not person:
        raise ConfirmationRefusedError("Phải ghi rõ họ tên người rút xác nhận (--as).")
    if not why:
        raise ConfirmationRefusedError("Phải ghi rõ lý do (--why).")
    while True:
        found = desk.confirmations().get(confirmation_id)
        if found is None:
            raise ConfirmationRefusedError(
                f"Không có xác nhận nào mang mã {confirmation_id}. "
                "Hãy xem danh sách bằng lệnh `cotmoc confirmations`."
            )
        if not found.is_standing:
            raise ConfirmationRefusedError(
                f"Xác nhận {found.id} đã được {found.withdrawn_by} rút trước đó: {found.reason}"
            )
        event: dict[str, Any] = {
            "at": to_instant_text(now()),
            "kind": "withdrawn",
            "submission_id": None,
            "confirmation_id": found.id,
            "target_code": found.target_code,
            "evaluation_year": found.evaluation_year,
            "sha256": found.sha256,
            "file_name": found.file_name,
            "person": person,
            "channel": "cli",
            "reason": why,
            "is_backdated": False,
        }
        with suppress(HeadMovedError):
            desk.ledger.append(event)
            return desk.confirmations()[found.id]


def _earlier_instant(on: date | None) -> datetime | None:
    """Return the instant a backdated confirmation holds from, None for one that holds from now."""
    today = to_local_date(now())
    if on is None or on == today:
        return None
    if on > today:
        raise ConfirmationRefusedError(f"Ngày xác nhận (--on) {to_day_text(on)} ở tương lai.")
    return to_noon(on)


def _read_evidence(desk: Desk, path: Path) -> Arrival:
    """Return the evidence, read once. What it says is for people to judge: any kind of file is taken."""
    name = to_shown_name(path.name)
    try:
        arrival = read_arrival(path, desk.most_bytes, follow_links=False)
    except FileNotFoundError as error:
        raise ConfirmationRefusedError(f"Không tìm thấy tệp minh chứng “{name}” (--evidence).") from error
    except OSError as error:
        raise ConfirmationRefusedError(
            f"Không đọc được tệp minh chứng “{name}” (--evidence): hãy kiểm tra đường dẫn và quyền đọc tệp."
        ) from error
    if arrival.size == 0:
        raise ConfirmationRefusedError(f"Tệp minh chứng “{name}” trống.")
    if arrival.data is None:
        raise ConfirmationRefusedError(
            f"Tệp minh chứng “{name}” quá lớn: tối đa {desk.most_bytes // _MEBIBYTE} MB."
        )
    return arrival


def _land_evidence(desk: Desk, arrival: Arrival) -> None:
    land_raw(desk.places.raw, io.BytesIO(arrival.data or b""), arrival.sha256)
    try:
        read_raw(desk.places.raw, arrival.sha256)
    except ValueError as error:
        raise ConfirmationRefusedError(
            f"Bản lưu của tệp minh chứng “{arrival.file_name}” trong kho đã bị thay đổi. "
            "Hãy khôi phục thư mục landing từ bản sao lưu rồi xác nhận lại."
        ) from error


def _same_word(
    present: dict[str, Confirmation], target_code: str, year: int, sha256: str, person: str
) -> Confirmation | None:
    """Return the standing confirmation by the same person of the same on the same evidence."""
    for one in present.values():
        says_same = (one.target_code, one.evaluation_year, one.sha256) == (target_code, year, sha256)
        if one.is_standing and says_same and to_key(one.confirmed_by) == to_key(person):
            return one
    return None


def _free_id(present: dict[str, Confirmation], instant: datetime, target_code: str, year: int) -> str:
    stem = found = f"{to_local_date(instant):%Y%m%d}-{target_code}-{year}"
    attempt = 1
    while found in present:
        attempt += 1
        found = f"{stem}-{attempt}"
    return found
