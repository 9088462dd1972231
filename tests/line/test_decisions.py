"""A person decides: four eyes, bound to the content, each decision an event."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from cotmoc.calendar import now, to_local_date
from cotmoc.decisions import DecisionRefusedError, approve, reject, withdraw
from cotmoc.desk import Desk
from cotmoc.intake import submit
from ingestion.ledger import Submission, read_events
from tests.ingestion.workbooks import workbook
from tests.line.desks import a_file, desk_at, finding

OFFICE = "cuc_thong_ke"


@pytest.fixture
def accepted(desk: Desk, tmp_path: Path) -> Submission:
    """Return an accepted submission of Nguyễn Văn A."""
    receipt = submit(desk, a_file(tmp_path, workbook()), OFFICE, "Nguyễn Văn A")
    return desk.submissions()[receipt.submission_id or ""]


def test_an_approval_by_a_second_person_is_an_event_bound_to_the_content(
    desk: Desk, accepted: Submission
) -> None:
    approved = approve(desk, accepted.id, " Trần  Thị B ")
    assert (approved.state, approved.approved_by) == ("approved", "Trần Thị B")
    event = read_events(desk.places.events)[-1]
    assert (event["kind"], event["content_sha256"]) == ("approved", accepted.content_sha256)
    assert event["is_backdated"] is False


@pytest.mark.parametrize(
    "person",
    [
        "Nguyễn Văn A",
        "nguyễn  văn a",
        "Nguyê\u0303n Văn A",
        "NGUYỄN VĂN A ",
        "\uff2eguyễn Văn A",
        "Nguyễn Văn \u0410",
        "Nguyễn Văn A\u200e",
        "Nguyễn Văn A\u3164",
        "Nguyễn Văn A.",
    ],
)
def test_nobody_approves_or_rejects_the_own_submission(desk: Desk, accepted: Submission, person: str) -> None:
    with pytest.raises(DecisionRefusedError, match="người khác"):
        approve(desk, accepted.id, person)
    with pytest.raises(DecisionRefusedError, match="người khác"):
        reject(desk, accepted.id, person, "sai")
    assert desk.submissions()[accepted.id].state == "accepted"


def test_an_approval_is_only_of_the_content_that_was_seen(desk: Desk, accepted: Submission) -> None:
    with pytest.raises(DecisionRefusedError, match="đã xem"):
        approve(desk, accepted.id, "B", content_sha256="0" * 64)
    assert approve(desk, accepted.id, "B", content_sha256=accepted.content_sha256).state == "approved"


def test_what_was_changed_behind_the_ledger_is_not_approved(desk: Desk, accepted: Submission) -> None:
    raw = desk.places.raw / accepted.sha256
    raw.chmod(0o644)
    raw.write_bytes(b"something else")
    with pytest.raises(DecisionRefusedError, match="khôi phục"):
        approve(desk, accepted.id, "B")


def test_a_decision_is_made_once(desk: Desk, accepted: Submission) -> None:
    approve(desk, accepted.id, "B")
    with pytest.raises(DecisionRefusedError, match="đã được duyệt bởi B"):
        approve(desk, accepted.id, "C")
    with pytest.raises(DecisionRefusedError):
        reject(desk, accepted.id, "C", "sai")
    assert withdraw(desk, accepted.id, "Nguyễn Văn A", "nộp nhầm kỳ").state == "withdrawn"
    with pytest.raises(DecisionRefusedError):
        withdraw(desk, accepted.id, "Nguyễn Văn A", "lần nữa")


def test_what_was_sent_back_or_withdrawn_may_be_handed_in_again(desk: Desk, accepted: Submission) -> None:
    rejected = reject(desk, accepted.id, "B", "thiếu nguồn")
    assert (rejected.state, rejected.reason, rejected.decided_by) == ("rejected", "thiếu nguồn", "B")
    again = submit(desk, desk.places.raw / accepted.sha256, OFFICE, "Nguyễn Văn A")
    assert (again.state, again.submission_id) == ("accepted", f"{accepted.id}-2")


def test_a_waiting_submission_cannot_be_approved(tmp_path: Path) -> None:
    desk = desk_at(tmp_path / "home", finding("warning"))
    receipt = submit(desk, a_file(tmp_path, workbook()), OFFICE, "A")
    with pytest.raises(DecisionRefusedError, match="chờ giải trình"):
        approve(desk, receipt.submission_id or "", "B")
    assert withdraw(desk, receipt.submission_id or "", "A", "sẽ nộp lại").state == "withdrawn"


@pytest.mark.parametrize(("person", "why"), [("", "sai"), ("  ", "sai"), ("B", " ")])
def test_a_decision_needs_a_person_and_a_reason(
    desk: Desk, accepted: Submission, person: str, why: str
) -> None:
    with pytest.raises(DecisionRefusedError, match="Phải ghi rõ"):
        reject(desk, accepted.id, person, why)


def test_an_unknown_submission_is_told(desk: Desk) -> None:
    with pytest.raises(DecisionRefusedError, match="20240101-0000000000"):
        approve(desk, "20240101-0000000000", "B")


def test_the_approval_of_a_backdated_reception_bears_its_instant(desk: Desk, tmp_path: Path) -> None:
    receipt = submit(
        desk, a_file(tmp_path, workbook()), OFFICE, "A", received_on=date(2022, 3, 1), backdated_by="Q"
    )
    approved = approve(desk, receipt.submission_id or "", "B")
    assert approved.approved_at == approved.received_at
    event = read_events(desk.places.events)[-1]
    assert (event["is_backdated"], event["recorded_by"]) == (True, "B")


def test_who_recorded_a_backdated_reception_does_not_approve_it(desk: Desk, tmp_path: Path) -> None:
    receipt = submit(
        desk, a_file(tmp_path, workbook()), OFFICE, "A", received_on=date(2022, 3, 1), backdated_by="Q"
    )
    with pytest.raises(DecisionRefusedError, match="người khác"):
        approve(desk, receipt.submission_id or "", "Q")


def test_an_approval_holds_from_the_given_day(desk: Desk, tmp_path: Path) -> None:
    receipt = submit(
        desk, a_file(tmp_path, workbook()), OFFICE, "A", received_on=date(2022, 3, 1), backdated_by="Q"
    )
    submission_id = receipt.submission_id or ""
    with pytest.raises(DecisionRefusedError, match="01/03/2022"):
        approve(desk, submission_id, "B", date(2022, 2, 28))
    with pytest.raises(DecisionRefusedError, match="tương lai"):
        approve(desk, submission_id, "B", to_local_date(now()) + timedelta(days=1))
    approved = approve(desk, submission_id, "B", date(2022, 3, 4))
    assert approved.approved_at is not None
    assert to_local_date(approved.approved_at) == date(2022, 3, 4)
