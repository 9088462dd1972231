"""A responsible person confirms a milestone: evidence kept as received, one event, taken back by another one."""

from __future__ import annotations

import os
import signal
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from cotmoc.arrivals import NotAFileError
from cotmoc.calendar import now, to_local_date
from cotmoc.confirming import (
    ConfirmationRefusedError,
    PersonMissingError,
    confirm,
    withdraw_confirmation,
)
from cotmoc.desk import Desk
from cotmoc.intake import submit
from cotmoc.milestones import NotConfirmableError, UnknownMilestoneError
from ingestion.ledger import read_events
from tests.ingestion.workbooks import workbook
from tests.line.desks import a_file, desk_at
from tests.line.processes import confirm_and_die, confirm_at_once

CITY = "bk_city_class_ii"
PDF = b"%PDF-1.7\n1 0 obj\n"
PERSON = "Nguyễn Văn A"


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """Return a file that shows that the milestone was reached."""
    return a_file(tmp_path, PDF, "Quyết định.pdf")


def kinds(desk: Desk) -> list[str]:
    return [event["kind"] for event in read_events(desk.places.events)]


def test_a_confirmation_is_one_event_and_the_bytes_of_its_evidence(desk: Desk, evidence: Path) -> None:
    found, is_repeated = confirm(desk, CITY, 2023, evidence, f" {PERSON} ", note=" bản  ký số ")
    assert not is_repeated
    (event,) = read_events(desk.places.events)
    assert event["kind"] == "confirmed"
    assert event["submission_id"] is None
    assert (event["target_code"], event["evaluation_year"]) == (CITY, 2023)
    assert (event["person"], event["note"], event["file_name"]) == (PERSON, "bản ký số", "Quyết định.pdf")
    assert event["is_backdated"] is False
    assert event["sha256"] == sha256(PDF).hexdigest()
    assert found.id == event["confirmation_id"] == f"{to_local_date(now()):%Y%m%d}-{CITY}-2023"
    kept = desk.places.raw / event["sha256"]
    assert kept.read_bytes() == PDF
    assert kept.stat().st_mode & 0o222 == 0
    assert desk.submissions() == {}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("ban_quet.png", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("to_trinh.docx", b"PK\x03\x04 anything"),
        ("khong_co_duoi", b"\x00"),
        ("bang.xlsx", b"not a workbook"),
    ],
)
def test_evidence_may_be_a_file_of_any_kind(desk: Desk, tmp_path: Path, name: str, data: bytes) -> None:
    found, _ = confirm(desk, CITY, 2023, a_file(tmp_path, data, name), PERSON)
    assert (desk.places.raw / found.sha256).read_bytes() == data
    assert found.file_name == name


@pytest.mark.parametrize(
    ("target", "year", "words"),
    [
        pytest.param("bk_grdp_growth_avg", 2023, "bằng số liệu, không bằng xác nhận", id="not_a_milestone"),
        pytest.param(CITY, 2020, "Năm 2020 nằm ngoài kỳ 2021-2030", id="before_the_period"),
        pytest.param("bk_general_goal_2030", 2031, "nằm ngoài kỳ 2021-2030", id="after_the_period"),
        pytest.param(
            CITY, 2025, "hết ngày 30/06/2025; năm cuối cùng xác nhận được là 2024", id="object_ceased"
        ),
        pytest.param("bk_vision_2050", 2050, "Không thể xác nhận trước cho năm 2050", id="a_year_to_come"),
    ],
)
def test_what_no_person_can_confirm_is_refused_and_leaves_no_trace(
    desk: Desk, evidence: Path, target: str, year: int, words: str
) -> None:
    with pytest.raises(NotConfirmableError, match=words):
        confirm(desk, target, year, evidence, PERSON)
    assert kinds(desk) == []
    assert list(desk.places.raw.iterdir()) == []


def test_the_last_year_before_the_object_ceased_is_confirmed(desk: Desk, evidence: Path) -> None:
    assert confirm(desk, CITY, 2024, evidence, PERSON).confirmation.evaluation_year == 2024


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("bk_city_clas_ii", "Mã gần giống: bk_city_class_ii"),
        ("?", "đánh giá bằng xác nhận: bk_poor_districts_remaining, "),
    ],
)
def test_an_unknown_target_is_answered_with_the_codes_there_are(
    desk: Desk, evidence: Path, code: str, words: str
) -> None:
    with pytest.raises(UnknownMilestoneError, match=words):
        confirm(desk, code, 2023, evidence, PERSON)


@pytest.mark.parametrize("person", ["", "  ", "\u200b"])
def test_a_confirmation_is_somebodys(desk: Desk, evidence: Path, person: str) -> None:
    with pytest.raises(PersonMissingError, match="họ tên người xác nhận"):
        confirm(desk, CITY, 2023, evidence, person)
    assert kinds(desk) == []


def test_evidence_that_is_no_file_with_content_is_refused(desk: Desk, tmp_path: Path) -> None:
    empty, too_large = a_file(tmp_path, b"", "rong.pdf"), tmp_path / "lon.pdf"
    with too_large.open("wb") as file:
        file.truncate(desk.most_bytes + 1)
    for path, words in [
        (empty, "“rong.pdf” trống"),
        (too_large, "“lon.pdf” quá lớn: tối đa 10 MB"),
        (tmp_path / "mat.pdf", "Không tìm thấy tệp minh chứng “mat.pdf”"),
        (empty / "trong.pdf", "Không đọc được tệp minh chứng “trong.pdf”"),
    ]:
        with pytest.raises(ConfirmationRefusedError, match=words):
            confirm(desk, CITY, 2023, path, PERSON)
    link, pipe = tmp_path / "lien_ket.pdf", tmp_path / "ong.pdf"
    link.symlink_to(a_file(tmp_path, PDF, "that.pdf"))
    os.mkfifo(pipe)
    for path in (tmp_path, link, pipe):
        with pytest.raises(NotAFileError, match="không phải tệp thường"):
            confirm(desk, CITY, 2023, path, PERSON)
    assert kinds(desk) == []
    assert list(desk.places.raw.iterdir()) == []


def test_the_largest_file_a_form_may_be_is_taken_as_evidence(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "lon.pdf"
    with path.open("wb") as file:
        file.truncate(desk.most_bytes)
    assert confirm(desk, CITY, 2023, path, PERSON).confirmation.is_standing


def test_the_same_word_is_recorded_once_and_another_one_for_itself(
    desk: Desk, evidence: Path, tmp_path: Path
) -> None:
    first, _ = confirm(desk, CITY, 2023, evidence, PERSON)
    renamed = a_file(tmp_path / "khac", PDF, "ban sao.pdf")
    assert confirm(desk, CITY, 2023, renamed, "NGUYỄN  văn a", note="lần nữa") == (first, True)
    assert kinds(desk) == ["confirmed"]
    others = [
        confirm(desk, CITY, 2023, evidence, "Trần Thị B"),
        confirm(desk, CITY, 2023, a_file(tmp_path, b"another", "khac.pdf"), PERSON),
        confirm(desk, CITY, 2024, evidence, PERSON),
        confirm(desk, "bk_defence_security", 2023, evidence, PERSON),
    ]
    assert [is_repeated for _, is_repeated in others] == [False] * 4
    assert [found.id for found, _ in others[:2]] == [f"{first.id}-2", f"{first.id}-3"]
    assert len(desk.confirmations()) == 5


def test_a_withdrawn_confirmation_stays_on_record_and_may_be_given_again(desk: Desk, evidence: Path) -> None:
    first, _ = confirm(desk, CITY, 2023, evidence, PERSON)
    withdrawn = withdraw_confirmation(desk, first.id, "Trần Thị B", " ghi nhầm  năm ")
    assert (withdrawn.is_standing, withdrawn.withdrawn_by, withdrawn.reason) == (
        False,
        "Trần Thị B",
        "ghi nhầm năm",
    )
    with pytest.raises(ConfirmationRefusedError, match="đã được Trần Thị B rút trước đó: ghi nhầm năm"):
        withdraw_confirmation(desk, first.id, PERSON, "lần nữa")
    again, is_repeated = confirm(desk, CITY, 2023, evidence, PERSON)
    assert (again.id, is_repeated) == (f"{first.id}-2", False)
    assert kinds(desk) == ["confirmed", "withdrawn", "confirmed"]
    assert [one.is_standing for one in desk_at(desk.places.home).confirmations().values()] == [False, True]


def test_taking_back_needs_a_confirmation_a_person_and_a_reason(desk: Desk, evidence: Path) -> None:
    found, _ = confirm(desk, CITY, 2023, evidence, PERSON)
    for identifier, person, why, words in [
        ("20240101-khong-2023", "B", "sai", "Không có xác nhận nào mang mã 20240101-khong-2023"),
        (found.id, " ", "sai", "họ tên"),
        (found.id, "B", " ", "lý do"),
    ]:
        with pytest.raises(ConfirmationRefusedError, match=words):
            withdraw_confirmation(desk, identifier, person, why)
    assert kinds(desk) == ["confirmed"]


def test_a_confirmation_of_an_earlier_day_holds_from_it_and_says_who_recorded_it(
    desk: Desk, evidence: Path
) -> None:
    found, _ = confirm(desk, CITY, 2023, evidence, PERSON, on=date(2024, 1, 15), backdated_by="quantri")
    assert found.id == f"20240115-{CITY}-2023"
    (event,) = read_events(desk.places.events)
    assert (event["at"], event["is_backdated"]) == ("2024-01-15T05:00:00.000000Z", True)
    assert (event["person"], event["recorded_by"]) == (PERSON, "quantri")
    assert event["recorded_at"] > event["at"]


def test_the_day_of_a_confirmation_is_neither_to_come_nor_before_the_year(desk: Desk, evidence: Path) -> None:
    today = to_local_date(now())
    with pytest.raises(ConfirmationRefusedError, match="tương lai"):
        confirm(desk, CITY, 2023, evidence, PERSON, on=today + timedelta(days=1))
    with pytest.raises(NotConfirmableError, match="ngày xác nhận là 31/12/2022"):
        confirm(desk, CITY, 2023, evidence, PERSON, on=date(2022, 12, 31))
    assert not confirm(desk, CITY, 2023, evidence, PERSON, on=today).confirmation.is_backdated


def test_the_same_word_by_several_at_once_is_recorded_once(desk: Desk, evidence: Path) -> None:
    answers = confirm_at_once(desk.places.home, [(CITY, 2023, evidence, PERSON)] * 4)
    assert sorted(is_repeated for is_repeated, _ in answers) == [False, True, True, True]
    assert len({found for _, found in answers}) == 1
    assert kinds(desk) == ["confirmed"]


def test_several_people_at_once_are_all_recorded_each_under_an_id_of_its_own(
    desk: Desk, evidence: Path
) -> None:
    words = [(CITY, 2023, evidence, f"Người {number}") for number in range(4)]
    answers = confirm_at_once(desk.places.home, words)
    assert [is_repeated for is_repeated, _ in answers] == [False] * 4
    assert {found for _, found in answers} == set(desk.confirmations())
    assert [event["sequence"] for event in read_events(desk.places.events)] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("step", "is_confirmed"),
    [
        ("before:land_evidence", False),
        ("after:land_evidence", False),
        ("before:append", False),
        ("after:append", True),
    ],
)
def test_a_confirmation_killed_at_a_step_is_finished_by_giving_it_again(
    desk: Desk, evidence: Path, step: str, is_confirmed: bool
) -> None:
    killed = confirm_and_die(desk.places.home, (CITY, 2023, evidence, PERSON), step)
    assert killed == -signal.SIGKILL
    assert bool(desk.confirmations()) is is_confirmed
    assert confirm(desk, CITY, 2023, evidence, PERSON).is_repeated is is_confirmed
    assert kinds(desk) == ["confirmed"]
    assert [path.name for path in desk.places.raw.glob("[!.]*")] == [sha256(PDF).hexdigest()]


def test_evidence_that_was_changed_behind_the_ledger_is_not_confirmed_upon(
    desk: Desk, evidence: Path
) -> None:
    found, _ = confirm(desk, CITY, 2023, evidence, PERSON)
    kept = desk.places.raw / found.sha256
    kept.chmod(0o644)
    kept.write_bytes(b"something else")
    with pytest.raises(ConfirmationRefusedError, match="khôi phục"):
        confirm(desk, CITY, 2024, evidence, PERSON)
    assert kinds(desk) == ["confirmed"]


def test_confirmations_and_submissions_leave_each_other_alone(
    desk: Desk, evidence: Path, tmp_path: Path
) -> None:
    receipt = submit(desk, a_file(tmp_path, workbook()), "cuc_thong_ke", PERSON)
    found, _ = confirm(desk, CITY, 2023, evidence, PERSON)
    withdraw_confirmation(desk, found.id, PERSON, "ghi nhầm")
    assert [(one.id, one.state) for one in desk.submissions().values()] == [
        (receipt.submission_id, "accepted")
    ]
    assert list(desk.confirmations()) == [found.id]
    # A workbook may itself be the evidence.
    assert confirm(desk, CITY, 2023, desk.places.raw / receipt.sha256, PERSON).confirmation.is_standing
