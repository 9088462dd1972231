"""The real `cotmoc` program: help, JSON and nothing else on stdout, one-sentence errors, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cotmoc.confirming import confirm
from cotmoc.decisions import approve
from cotmoc.desk import Desk
from cotmoc.intake import submit
from tests.ingestion.workbooks import workbook
from tests.line.desks import a_file, desk_at, finding

PROGRAM = Path(sys.executable).with_name("cotmoc")
OFFICE = "cuc_thong_ke"
COMMANDS = {
    "init": "COTMOC_HOME",
    "forms": "forms in force",
    "obligations": "last day on time",
    "remind": "--dry-run",
    "template": "labels locked",
    "check": "nothing is stored",
    "submit": "--received-on",
    "submissions": "order of reception",
    "justify": "--reason",
    "approve": "--on",
    "reject": "--why",
    "withdraw": "--why",
    "lock": "what was accepted stays",
    "unlock": "--until",
    "locks": "expired ones too",
    "denials": "turned away",
    "confirm": "--evidence",
    "confirmations": "withdrawn ones too",
    "build": "--as-of",
    "verdicts": "--format",
    "trace": "--target",
    "report": "--year",
    "evaluate": "open_sdg",
    "doctor": "what to do",
}


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COTMOC_HOME": str(home), "COLUMNS": "200"}
    return subprocess.run(
        [str(PROGRAM), *arguments], env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def answered(home: Path, *arguments: str, exits: int = 0) -> Any:
    """Return the JSON on stdout; it must be all there is on stdout."""
    done = run(home, *arguments, "--json")
    assert done.returncode == exits, done.stderr
    return json.loads(done.stdout)


def assert_one_sentence(done: subprocess.CompletedProcess[str], exits: int, *words: str) -> None:
    assert done.returncode == exits
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_tells_what_it_does(tmp_path: Path, command: str) -> None:
    done = run(tmp_path / "home", command, "--help")
    assert done.returncode == 0
    assert COMMANDS[command] in done.stdout
    assert not (tmp_path / "home").exists()


def test_the_program_lists_its_commands_and_refuses_others(tmp_path: Path) -> None:
    listed = run(tmp_path, "--help")
    assert listed.returncode == 0
    assert all(command in listed.stdout for command in COMMANDS)
    assert_one_sentence(run(tmp_path, "publish"), 2, "publish")


def test_init_makes_the_places_and_may_be_repeated(tmp_path: Path) -> None:
    home = tmp_path / "a home with spaces"
    for _ in range(2):
        found = answered(home, "init")
        assert found["home"] == str(home)
        assert (home / "inbox" / OFFICE).is_dir()
        assert (home / "landing" / "rows" / "schema.parquet").is_file()


def test_forms_tells_who_owes_what(tmp_path: Path) -> None:
    form, *others = answered(tmp_path, "forms")
    assert [other["form_code"] for other in others] == ["px", "sdmx_csv", "bang_rong", "nien_giam"]
    assert {other["family"] for other in others} == {"cube", "wide", "yearbook"}
    assert all(other["columns"] for other in others)
    assert (form["form_code"], form["sheet"], form["requires_approval"]) == ("so_lieu", "Số liệu", True)
    assert "Giá trị" in form["columns"]
    assert {"department_code", "frequency", "due"} <= set(form["departments"][0])
    assert "Cục Thống kê tỉnh" in run(tmp_path, "forms").stdout


def test_a_file_goes_through_the_real_gate_to_an_approval(tmp_path: Path) -> None:
    home, file = tmp_path / "home", str(a_file(tmp_path, workbook()))
    handed_in = ("submit", file, "-d", OFFICE, "--as", "Nguyễn Văn A", "--received-on", "05/01/2025")
    receipt = answered(home, *handed_in)
    assert (receipt["state"], receipt["rows_accepted"], receipt["periods"]) == ("accepted", 1, ["2023"])
    assert receipt["changes"] == [
        {
            "indicator_code": "grdp_growth",
            "admin_unit_code": "tinh_bac_kan",
            "period": "2023",
            "previous": None,
            "new": 6.33,
        }
    ]
    assert answered(home, *handed_in)["state"] == "duplicate"
    submission_id = receipt["submission_id"]
    own = run(home, "approve", submission_id, "--as", "Nguyễn Văn A")
    assert_one_sentence(own, 1, "người khác")
    approved = run(home, "approve", submission_id, "--as", "Trần Thị B")
    assert approved.returncode == 0
    assert "có hiệu lực từ 05/01/2025" in approved.stdout
    (listed,) = answered(home, "submissions")
    assert (listed["state"], listed["submitted_by"], listed["approved_by"], listed["rows"]) == (
        "approved",
        "Nguyễn Văn A",
        "Trần Thị B",
        1,
    )
    assert listed["received_at"] == "2025-01-05T05:00:00+00:00"
    assert answered(home, "withdraw", submission_id, "--why", "nộp nhầm")["state"] == "withdrawn"


def test_a_milestone_is_confirmed_and_taken_back(tmp_path: Path) -> None:
    home, file = tmp_path / "home", str(a_file(tmp_path, b"%PDF-1.7", "Quyết định.pdf"))
    word = (
        "confirm",
        "--target",
        "bk_city_class_ii",
        "--year",
        "2023",
        "--evidence",
        file,
        "--as",
        "Lê Văn C",
    )
    told = run(home, *word, "--note", "bản ký số", "--on", "15/01/2024")
    assert (told.returncode, told.stderr) == (0, "")
    assert "Lê Văn C xác nhận mục tiêu bk_city_class_ii đã đạt trong năm 2023" in told.stdout
    assert "có hiệu lực từ 15/01/2024; minh chứng: Quyết định.pdf" in told.stdout
    repeated = answered(home, *word)
    assert (repeated["state"], repeated["note"]) == ("duplicate", "bản ký số")
    assert "đã có từ trước, không ghi thêm: 20240115-bk_city_class_ii-2023" in run(home, *word).stdout
    (listed,) = answered(home, "confirmations")
    assert (listed["id"], listed["state"], listed["is_backdated"]) == (repeated["id"], "confirmed", True)
    assert listed["confirmed_at"] == "2024-01-15T05:00:00+00:00"
    withdrawn = answered(home, "withdraw", listed["id"], "--why", "nhầm năm", "--as", "Lê Văn C")
    assert (withdrawn["state"], withdrawn["withdrawn_by"], withdrawn["reason"]) == (
        "withdrawn",
        "Lê Văn C",
        "nhầm năm",
    )
    assert_one_sentence(
        run(home, "withdraw", listed["id"], "--why", "x", "--as", "D"), 1, "đã được Lê Văn C rút trước đó"
    )
    assert "withdrawn" in run(home, "confirmations").stdout
    assert answered(home, "submissions") == []


def test_a_confirmation_that_is_not_possible_exits_1(tmp_path: Path) -> None:
    home, file = tmp_path / "home", str(a_file(tmp_path, b""))
    word = ("--year", "2023", "--evidence", file, "--as", "A")
    assert_one_sentence(run(home, "confirm", "--target", "bk_city_class_ii", *word), 1, "bieu.xlsx", "trống")
    assert_one_sentence(run(home, "confirm", "--target", "bk_ntm_communes", *word), 1, "không bằng xác nhận")


def test_a_refused_file_exits_1_and_names_the_cell(tmp_path: Path) -> None:
    file = str(a_file(tmp_path, b"a;b\n1;2\n"))
    for command in ("check", "submit"):
        receipt = answered(tmp_path / "home", command, file, "-d", OFFICE, exits=1)
        assert receipt["state"] == "refused"
        assert [problem["rule"] for problem in receipt["problems"]] == ["form_not_found"]
    told = run(tmp_path / "home", "submit", file, "-d", OFFICE)
    assert told.returncode == 1
    assert "không được tiếp nhận: 1 lỗi" in told.stdout


@pytest.fixture
def waiting_desk(tmp_path: Path) -> Desk:
    """Return a desk with one accepted submission and one that waits for a justification."""
    desk = desk_at(tmp_path / "home", finding("warning"))
    submit(desk, a_file(tmp_path, workbook({"Kỳ": "2022"})), OFFICE, "A")
    desk.gate = desk_at(tmp_path / "home").gate
    submit(desk, a_file(tmp_path, workbook()), OFFICE, "A")
    return desk


def test_submissions_are_listed_by_state(waiting_desk: Desk) -> None:
    home = waiting_desk.places.home
    assert [one["state"] for one in answered(home, "submissions")] == ["waiting", "accepted"]
    assert [one["periods"] for one in answered(home, "submissions", "--state", "waiting")] == [["2022"]]
    assert answered(home, "submissions", "-d", "so_tai_chinh") == []
    table = run(home, "submissions").stdout
    assert "waiting" in table
    assert "bieu.xlsx" in table


def test_a_waiting_submission_is_explained_cell_by_cell(tmp_path: Path) -> None:
    home = tmp_path / "home"
    # Far above what growth can be: the real gate warns.
    rows = ({"Kỳ": "2022", "Giá trị": 5.88}, {"Kỳ": "2023", "Giá trị": 633})
    file = str(a_file(tmp_path, workbook(*rows)))
    waiting = answered(home, "submit", file, "-d", OFFICE, "--as", "Nguyễn Văn A", exits=3)
    cells = {problem["cell"] for problem in waiting["problems"] if problem["severity"] == "warning"}
    assert cells
    submission_id = waiting["submission_id"]
    assert_one_sentence(run(home, "justify", submission_id, "--as", "A"), 1, *cells)
    assert_one_sentence(run(home, "justify", submission_id, "--as", "A", "--reason", "G6"), 2, "CELL=TEXT")
    told = [f"--reason={cell}=Đã đối chiếu với báo cáo gốc" for cell in cells]
    explained = answered(home, "justify", submission_id, "--as", "Nguyễn Văn A", *told)
    assert (explained["state"], explained["rows_accepted"]) == ("accepted", 2)
    (listed,) = answered(home, "submissions")
    assert (listed["state"], listed["justified_by"], listed["version"]) == ("accepted", "Nguyễn Văn A", 1)


def test_a_locked_period_turns_a_late_file_away_until_an_exception_is_granted(tmp_path: Path) -> None:
    home, file = tmp_path / "home", str(a_file(tmp_path, workbook()))
    locked = answered(home, "lock", "2023", "--as", "Trần Thị B")
    assert (locked["period"], locked["locked_by"]) == ("2023", "Trần Thị B")
    late = answered(home, "submit", file, "-d", OFFICE, "--as", "Nguyễn Văn A", exits=1)
    assert [problem["rule"] for problem in late["problems"]] == ["period_locked"]
    words = ("unlock", "2023", "-d", OFFICE, "--why", "Đính chính", "--as", "Trần Thị B")
    assert_one_sentence(run(home, *words, "--until", "01/01/2020"), 1, "đã qua")
    assert answered(home, *words, "--until", "31/12/2099")["state"] == "in force"
    accepted = answered(home, "submit", file, "-d", OFFICE, "--as", "Nguyễn Văn A")
    assert accepted["state"] == "accepted"
    book = answered(home, "locks")
    assert [one["period"] for one in book["locks"]] == ["2023"]
    assert [(one["state"], one["used_by"]) for one in book["exceptions"]] == [
        ("used", accepted["submission_id"])
    ]
    assert "exception, used" in run(home, "locks").stdout
    assert run(home, "approve", accepted["submission_id"], "--as", "Nguyễn Văn A").returncode == 1
    (denial,) = answered(home, "denials")
    assert (denial["person"], denial["what"], denial["channel"]) == ("Nguyễn Văn A", "approve", "cli")
    assert "phải là người khác" in run(home, "denials").stdout


def test_a_decision_that_is_not_possible_exits_1(waiting_desk: Desk) -> None:
    home = waiting_desk.places.home
    waiting = next(one for one in waiting_desk.submissions().values() if one.state == "waiting")
    assert_one_sentence(run(home, "approve", waiting.id, "--as", "B"), 1, "chờ giải trình")
    assert_one_sentence(run(home, "approve", "20200101-0", "--as", "B"), 1, "20200101-0")
    rejected = answered(home, "reject", waiting.id, "--why", "thiếu nguồn", "--as", "B")
    assert (rejected["state"], rejected["reason"], rejected["decided_by"]) == ("rejected", "thiếu nguồn", "B")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("submit", "khong-co.xlsx", "-d", OFFICE), "khong-co.xlsx"),
        (("submit", "{file}"), "--department"),
        (("submit", "{file}", "-d", "so_la"), "so_la"),
        (("submit", "{file}", "-d", OFFICE, "--received-on", "2099-01-01"), "future"),
        (("submit", "{file}", "-d", OFFICE, "--received-on", "mai"), "mai"),
        (("submit", "{file}", "-d", OFFICE, "--as", " "), "--as"),
        (("approve", "x"), "--as"),
        (("reject", "x"), "--why"),
        (("confirm", "--target", "bk_city_class_ii", "--year", "2023", "--evidence", "{file}"), "--as"),
        (
            ("confirm", "--target", "bk_city", "--year", "2023", "--evidence", "{file}", "--as", "A"),
            "bk_city_class_ii",
        ),
        (("verdicts", "--view", "tomorrow"), "tomorrow"),
        (("report",), "--year"),
        (("evaluate", "{file}", "--method", "best_guess", "-o", "out.csv"), "best_guess"),
        (("evaluate", "khong-co.csv", "--method", "eurostat", "-o", "out.csv"), "khong-co.csv"),
        (("evaluate", "{file}", "--method", "eurostat"), "--out"),
    ],
)
def test_wrong_usage_exits_2(tmp_path: Path, arguments: tuple[str, ...], word: str) -> None:
    file = str(a_file(tmp_path, workbook()))
    done = run(tmp_path / "home", *(argument.format(file=file) for argument in arguments))
    assert_one_sentence(done, 2, word)


def test_a_question_before_anything_was_published_exits_1_and_says_what_to_do(tmp_path: Path) -> None:
    assert_one_sentence(run(tmp_path, "verdicts", "--json"), 1, "cotmoc build")


def test_a_damaged_ledger_is_told_in_one_sentence(tmp_path: Path) -> None:
    run(tmp_path, "init")
    (tmp_path / "landing" / "events" / "000000001.json").write_text("{")
    assert_one_sentence(run(tmp_path, "submissions"), 1, "000000001.json")
    found = answered(tmp_path, "doctor", exits=1)
    assert [one["what"] for one in found if one["state"] == "fails"] == ["ledger"]


def test_a_registry_that_is_not_there_is_told_with_the_fix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COTMOC_REGISTRY", str(tmp_path / "nowhere"))
    assert_one_sentence(run(tmp_path / "home", "init"), 1, "COTMOC_REGISTRY")


def test_doctor_says_what_is_missing_waits_or_was_lost(waiting_desk: Desk, tmp_path: Path) -> None:
    fresh = answered(tmp_path / "fresh", "doctor", exits=1)
    assert {
        "state": "fails",
        "what": "home",
        "found": f"{tmp_path}/fresh is missing",
        "to_do": "run `cotmoc init`",
    } in fresh
    home = waiting_desk.places.home
    told = {(one["state"], one["what"], one["found"]) for one in answered(home, "doctor")}
    assert ("look", "ledger", "1 wait for approval") in told
    assert ("look", "published", "nothing yet") in told
    accepted = next(one for one in waiting_desk.submissions().values() if one.state == "accepted")
    approve(waiting_desk, accepted.id, "B")
    (waiting_desk.places.rows / f"{accepted.id}.parquet").unlink()
    lost = answered(home, "doctor", exits=1)
    assert ("landing", f"bytes or rows lost: {accepted.id}") in {(one["what"], one["found"]) for one in lost}


def test_doctor_looks_at_mail_and_contacts(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert run(home, "init").returncode == 0
    (home / "contacts.csv").write_text("department_code,role,name,email\nso_x,officer,A,a@example.invalid\n")
    (home / "contacts.csv").chmod(0o644)
    told = {(one["state"], one["what"], one["found"]) for one in answered(home, "doctor")}
    assert ("ok", "e-mail", "no mail server, so no reminders are sent") in told
    assert ("look", "contacts", "readable by others") in told
    assert ("look", "contacts", "contacts.csv, line 2: no department has the code 'so_x'") in told


def test_obligations_tell_what_is_due_and_whether_it_was_reported(tmp_path: Path) -> None:
    home = tmp_path / "home"
    data = workbook({"Kỳ": "2024", "Ngày công bố": "2024"})
    handed_in = ("submit", str(a_file(tmp_path, data)), "-d", OFFICE, "--received-on", "2024-10-19")
    receipt = answered(home, *handed_in)
    assert receipt["state"] == "accepted", receipt["problems"]
    first, second = answered(home, "obligations", "-d", OFFICE, "--on", "2025-01-05")
    assert (first["period"], first["due_on"], first["days_left"]) == ("2024", "2024-10-19", -78)
    assert first["deadline_at"] == "2024-10-19T23:59:59+07:00"
    assert (first["submission_id"], first["is_on_time"]) == (receipt["submission_id"], True)
    assert (second["period"], second["submission_id"]) == ("2025", None)
    assert "19/10/2024" in run(home, "obligations", "--on", "05/01/2025").stdout
    (listed,) = answered(home, "submissions")
    assert listed["timeliness"] == "on_time"
    assert "on time" in run(home, "submissions").stdout


def test_remind_without_a_mail_server_says_so_and_ends_well(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert "names no contact" in answered(home, "remind", "--on", "2026-10-05")["why_nothing"]
    (home / "contacts.csv").write_text(
        "department_code,role,name,email\nso_y_te,officer,A,a@example.invalid\n", encoding="utf-8"
    )
    done = run(home, "remind", "--on", "2026-10-05")
    assert (done.returncode, done.stderr) == (0, "")
    assert "no mail server: set COTMOC_SMTP_HOST" in done.stdout
    shown = run(home, "remind", "--on", "05/10/2026", "--dry-run").stdout
    assert "a@example.invalid: Nhắc báo cáo: " in shown and "hết ngày 19/10/2026 (còn 14 ngày)" in shown
    (planned,) = answered(home, "remind", "--on", "2026-10-05", "--dry-run")["sent"]
    assert (planned["to"], planned["reminders"]) == ("a@example.invalid", ["before_14"])


def test_doctor_names_a_confirmation_whose_evidence_was_lost(tmp_path: Path) -> None:
    home = tmp_path / "home"
    found, _ = confirm(desk_at(home), "bk_city_class_ii", 2023, a_file(tmp_path, b"%PDF-1.7"), "Lê Văn C")
    (home / "landing" / "raw" / found.sha256).unlink()
    lost = answered(home, "doctor", exits=1)
    assert ("landing", f"bytes or rows lost: {found.id}") in {(one["what"], one["found"]) for one in lost}


CASES = "series,base_value,base_year,current_value,current_year,direction,target,target_year,limit,note\n"


def test_evaluate_measures_a_table_by_a_published_method(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out.csv"
    cases = a_file(tmp_path, (CASES + "1-2-1,14.5,2015,10.2,2023,-1,7.25,2030,,=1+1\n").encode(), "cases.csv")
    found = answered(home, "evaluate", str(cases), "--method", "open_sdg", "-o", str(out))
    assert found == {
        "state": "evaluated",
        "method": "open_sdg",
        "out": str(out),
        "cases": 1,
        "statuses": {"substantial_progress": 1},
    }
    header, row = out.read_text(encoding="utf-8").splitlines()
    assert header == CASES.strip() + ",progress_value,score,status"
    assert row == (
        "1-2-1,14.5,2015,10.2,2023,-1,7.25,2030,,=1+1,0.9525901792032172,2.5185563910306596,substantial_progress"
    )
    assert not home.exists()


def test_evaluate_names_every_wrong_cell_and_exits_1(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    cases = a_file(tmp_path, (CASES + 'a,"1,5",2015,2,2020,up,,,,\n').encode(), "cases.csv")
    arguments = ("evaluate", str(cases), "--method", "eurostat", "-o", str(out))
    told = run(tmp_path / "home", *arguments)
    assert_one_sentence(
        told, 1, "2 to correct", "column base_value: found “1,5”", "column direction: found “up”"
    )
    refused = answered(tmp_path / "home", *arguments, exits=1)
    assert (refused["state"], refused["problem_count"]) == ("refused", 2)
    assert refused["problems"][1] == {
        "row": 2,
        "column": "direction",
        "found": "up",
        "expected": "1 (more is better) or -1 (less is better)",
    }
    assert not out.exists()


def test_evaluate_without_a_place_for_the_result_exits_1(tmp_path: Path) -> None:
    cases = a_file(tmp_path, CASES.encode(), "cases.csv")
    told = run(
        tmp_path, "evaluate", str(cases), "--method", "eurostat", "-o", str(tmp_path / "no" / "out.csv")
    )
    assert_one_sentence(told, 1, "does not exist", "-o")
