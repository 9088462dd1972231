"""Warnings explained in writing: kept with the row, finished after any death, replayed from the ledger alone."""

from __future__ import annotations

import json
import shutil
import signal
from datetime import date
from pathlib import Path

import duckdb
import pytest

from cotmoc.decisions import DecisionRefusedError, approve, withdraw
from cotmoc.denials import read_denials
from cotmoc.desk import Desk
from cotmoc.intake import check, finish_interrupted, submit
from cotmoc.justifying import JustificationRefusedError, justify, warnings_to_explain
from cotmoc.reasons import with_reasons
from cotmoc.reception import examine_landed
from ingestion.landing import land_rows
from ingestion.ledger import Submission, read_events
from ingestion.receipts import to_decision
from tests.ingestion.workbooks import cell_of, workbook
from tests.line.desks import a_file, desk_at, finding, warn_in_every_row
from tests.line.processes import justify_and_die

OFFICE = "cuc_thong_ke"
FIRST, SECOND = cell_of("Giá trị"), cell_of("Giá trị", 6)
REASON = "Rà soát lại theo kết quả điều tra"
OTHER_REASON = "Thay đổi phạm vi thống kê"
STEPS = [
    f"{moment}:{step}"
    for step in ("append:1", "land_rows", "append:2", "write_receipt", "mark_copy", "write_marked_copy")
    for moment in ("before", "after")
]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk whose gate warns in every row."""
    return desk_at(tmp_path / "home", warn_in_every_row)


@pytest.fixture
def waiting(desk: Desk, tmp_path: Path) -> Submission:
    """Return a waiting submission of two rows; the second has a note that is too short to explain anything."""
    data = workbook({}, {"Kỳ": "2022", "Ghi chú": "đúng"})
    receipt = submit(desk, a_file(tmp_path, data), OFFICE, "Nguyễn Văn A")
    assert receipt.state == "waiting"
    assert f"giải trình ngay trong hồ sơ {receipt.submission_id}" in to_decision(receipt)
    return desk.submissions()[receipt.submission_id or ""]


def kinds(desk: Desk) -> list[str]:
    return [event["kind"] for event in read_events(desk.places.events)]


def notes(rows: Path) -> list[tuple[str, str | None]]:
    with duckdb.connect() as connection:
        return connection.execute(f"select period_text, note from '{rows}' order by row_number").fetchall()


def told(desk: Desk, submission: Submission) -> str:
    written = json.loads((desk.places.outbox / OFFICE / f"{submission.id}.json").read_text())
    return str(written["state"])


def test_a_fully_explained_submission_is_accepted_with_the_reasons_in_its_rows(
    desk: Desk, waiting: Submission
) -> None:
    assert [problem.cell for problem in warnings_to_explain(desk, waiting.id)] == [FIRST, SECOND]
    receipt = justify(desk, waiting.id, " Nguyễn  Văn A", {FIRST: REASON, f"Số liệu!{SECOND}": OTHER_REASON})
    assert (receipt.state, receipt.rows_accepted, receipt.submission_id) == ("accepted", 2, waiting.id)
    assert [problem.severity for problem in receipt.problems] == ["warning", "warning"]
    assert notes(desk.places.rows / f"{waiting.id}.parquet") == [
        ("2023", REASON),
        ("2022", f"đúng; {OTHER_REASON}"),
    ]
    assert kinds(desk) == ["received", "waiting", "justified", "accepted"]
    event = read_events(desk.places.events)[2]
    assert (event["person"], event["sha256"]) == ("Nguyễn Văn A", waiting.sha256)
    assert event["reasons"] == {
        f"unlike_last_year|Số liệu|{FIRST}": REASON,
        f"unlike_last_year|Số liệu|{SECOND}": OTHER_REASON,
    }
    assert told(desk, waiting) == "accepted"
    folded = desk.submissions()[waiting.id]
    assert (folded.justified_by, folded.reasons) == ("Nguyễn Văn A", event["reasons"])


def test_a_partly_explained_submission_waits_until_the_rest_is_explained(
    desk: Desk, waiting: Submission
) -> None:
    assert justify(desk, waiting.id, "A", {FIRST: REASON}).state == "waiting"
    assert [problem.cell for problem in warnings_to_explain(desk, waiting.id)] == [SECOND]
    assert not (desk.places.rows / f"{waiting.id}.parquet").exists()
    assert justify(desk, waiting.id, "B", {SECOND: OTHER_REASON}).state == "accepted"
    assert kinds(desk) == ["received", "waiting", "justified", "waiting", "justified", "accepted"]


def test_the_same_reasons_again_change_nothing(desk: Desk, waiting: Submission) -> None:
    for reasons, state in (({FIRST: REASON}, "waiting"), ({SECOND: REASON}, "accepted")):
        first = justify(desk, waiting.id, "A", reasons)
        before = kinds(desk)
        again = justify(desk, waiting.id, "A", reasons)
        assert (first.state, again.as_json()) == (state, first.as_json())
        assert kinds(desk) == before


def test_an_explained_submission_is_approved_by_whoever_neither_handed_in_nor_explained(
    desk: Desk, waiting: Submission
) -> None:
    justify(desk, waiting.id, "Lê Thị C", {FIRST: REASON, SECOND: REASON})
    for own in ("Nguyễn Văn A", "lê thị c"):
        with pytest.raises(DecisionRefusedError, match="phải là người khác"):
            approve(desk, waiting.id, own)
    assert approve(desk, waiting.id, "Trần Thị B").state == "approved"


@pytest.mark.parametrize(
    ("reasons", "words"),
    [
        pytest.param({"A1": REASON}, f"A1.*{FIRST}", id="no_warning_at_the_cell"),
        pytest.param({FIRST: "đúng vậy"}, "quá ngắn", id="a_reason_too_short"),
        pytest.param({}, f"{FIRST}.*{SECOND}", id="no_reason_at_all"),
        pytest.param({f"other_rule|Số liệu|{FIRST}": REASON}, "other_rule", id="the_key_of_another_rule"),
    ],
)
def test_a_reason_that_explains_nothing_is_refused_whole(
    desk: Desk, waiting: Submission, reasons: dict[str, str], words: str
) -> None:
    with pytest.raises(JustificationRefusedError, match=words):
        justify(desk, waiting.id, "A", {SECOND: REASON, **reasons} if reasons else {})
    assert kinds(desk) == ["received", "waiting"]


def test_whoever_explained_a_part_does_not_approve_the_whole(desk: Desk, waiting: Submission) -> None:
    justify(desk, waiting.id, "Trần Thị B", {FIRST: REASON})
    justify(desk, waiting.id, "Nguyễn Văn A", {SECOND: OTHER_REASON})
    for person in ("Trần Thị B", "TRẦN THỊ B."):
        with pytest.raises(DecisionRefusedError, match="là người giải trình"):
            approve(desk, waiting.id, person)
    assert approve(desk, waiting.id, "Lê Văn C").state == "approved"


def test_only_a_waiting_submission_is_explained(desk: Desk, waiting: Submission) -> None:
    withdraw(desk, waiting.id, "Nguyễn Văn A", "sẽ nộp lại")
    with pytest.raises(JustificationRefusedError, match="đã rút"):
        justify(desk, waiting.id, "A", {FIRST: REASON})
    with pytest.raises(DecisionRefusedError, match="20200101-0"):
        justify(desk, "20200101-0", "A", {FIRST: REASON})
    with pytest.raises(JustificationRefusedError, match="họ tên"):
        justify(desk, waiting.id, " ", {FIRST: REASON})


def test_another_department_is_denied_and_that_is_kept(desk: Desk, waiting: Submission) -> None:
    with pytest.raises(JustificationRefusedError, match="đơn vị khác"):
        justify(desk, waiting.id, "A", {FIRST: REASON}, channel="portal", department="so_tai_chinh")
    (denial,) = read_denials(desk.places)
    assert (denial.person, denial.what, denial.channel) == ("A", "justify", "portal")
    assert denial.submission_id == waiting.id
    assert kinds(desk) == ["received", "waiting"]


def test_changed_bytes_are_not_explained(desk: Desk, waiting: Submission) -> None:
    raw = desk.places.raw / waiting.sha256
    raw.chmod(0o644)
    raw.write_bytes(b"something else")
    with pytest.raises(JustificationRefusedError, match="khôi phục"):
        justify(desk, waiting.id, "A", {FIRST: REASON})


def test_what_warns_no_more_is_accepted_without_a_reason(tmp_path: Path) -> None:
    desk = desk_at(tmp_path / "home", finding("warning"))
    receipt = submit(desk, a_file(tmp_path, workbook()), OFFICE, "A")
    assert receipt.state == "waiting"
    calm = desk_at(tmp_path / "home")
    assert justify(calm, receipt.submission_id or "", "A", {}).state == "accepted"


def test_the_explained_content_is_a_duplicate_with_and_without_the_reasons(
    desk: Desk, waiting: Submission, tmp_path: Path
) -> None:
    justify(desk, waiting.id, "A", {FIRST: REASON, SECOND: OTHER_REASON})
    plain = workbook({"Kỳ": "năm 2023"}, {"Kỳ": "2022", "Ghi chú": "đúng"})
    noted = workbook({"Ghi chú": REASON}, {"Kỳ": "2022", "Ghi chú": f"đúng; {OTHER_REASON}"})
    for data in (plain, noted):
        again = check(desk, a_file(tmp_path, data), OFFICE)
        assert (again.state, again.submission_id) == ("duplicate", waiting.id)


def test_an_explanation_that_says_what_another_file_said_is_its_duplicate(
    desk: Desk, waiting: Submission, tmp_path: Path
) -> None:
    noted = workbook({"Ghi chú": REASON}, {"Kỳ": "2022", "Ghi chú": f"đúng; {REASON}"})
    other = submit(desk, a_file(tmp_path, noted), OFFICE, "B")
    assert other.state == "accepted"
    receipt = justify(desk, waiting.id, "A", {FIRST: REASON, SECOND: REASON})
    assert (receipt.state, receipt.submission_id) == ("duplicate", other.submission_id)
    assert desk.submissions()[waiting.id].state == "refused"
    assert not (desk.places.rows / f"{waiting.id}.parquet").exists()


def test_the_ledger_and_the_raw_bytes_alone_give_the_same_rows(
    desk: Desk, waiting: Submission, tmp_path: Path
) -> None:
    justify(desk, waiting.id, "A", {FIRST: REASON})
    justify(desk, waiting.id, "B", {SECOND: OTHER_REASON})
    landed = (desk.places.rows / f"{waiting.id}.parquet").read_bytes()
    for part in ("raw", "events"):
        shutil.copytree(desk.places.landing / part, tmp_path / "again" / "landing" / part)
    again = desk_at(tmp_path / "again", warn_in_every_row)
    (submission,) = again.submissions().values()
    _, examined = examine_landed(again, submission)
    explained = with_reasons(examined, submission.reasons)
    assert explained.content_sha256 == submission.content_sha256
    assert land_rows(again.places.rows, submission.id, explained.rows).read_bytes() == landed


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("by", ["the_same_command", "the_next_run"])
def test_a_justification_killed_at_a_step_is_finished(
    desk: Desk, waiting: Submission, step: str, by: str
) -> None:
    reasons = {FIRST: REASON, SECOND: OTHER_REASON}
    assert justify_and_die(desk.places.home, waiting.id, reasons, step) == -signal.SIGKILL
    recorded = "justified" in kinds(desk)
    assert recorded is (step != "before:append:1")
    if by == "the_next_run":
        finish_interrupted(desk)
        state = desk.submissions()[waiting.id].state
        assert (state, told(desk, waiting)) == (("accepted",) * 2 if recorded else ("waiting",) * 2)
    assert justify(desk, waiting.id, "A", reasons).state == "accepted"
    assert kinds(desk) == ["received", "waiting", "justified", "accepted"]
    assert told(desk, waiting) == "accepted"
    assert [period for period, _ in notes(desk.places.rows / f"{waiting.id}.parquet")] == ["2023", "2022"]
    assert finish_interrupted(desk) == []


def test_a_withdrawal_and_an_explanation_do_not_both_win(desk: Desk, waiting: Submission) -> None:
    other = desk_at(desk.places.home, warn_in_every_row)
    assert other.submissions()[waiting.id].state == "waiting"
    withdraw(desk, waiting.id, "Nguyễn Văn A", "sẽ nộp lại")
    with pytest.raises(JustificationRefusedError, match="đã rút"):
        justify(other, waiting.id, "A", {FIRST: REASON, SECOND: REASON})
    assert kinds(desk) == ["received", "waiting", "withdrawn"]


def test_the_explanation_of_a_backdated_reception_bears_its_instant(desk: Desk, tmp_path: Path) -> None:
    receipt = submit(
        desk,
        a_file(tmp_path, workbook()),
        OFFICE,
        "A",
        received_on=date(2022, 3, 1),
        backdated_by="Quản trị",
    )
    justify(desk, receipt.submission_id or "", "B", {FIRST: REASON})
    for event in read_events(desk.places.events):
        assert (event["at"], event["is_backdated"]) == ("2022-03-01T05:00:00.000000Z", True)
        assert event["recorded_at"] > event["at"]
