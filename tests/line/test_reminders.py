"""Reminders, handed to a real SMTP server: who gets what when, once, and what a refusal does."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from cotmoc.calendar import LOCAL
from cotmoc.desk import Desk, open_desk
from cotmoc.intake import submit
from cotmoc.mail import MailNotConfiguredError, MailServer, mail_server, to_message
from cotmoc.places import Places
from cotmoc.registry import Registry
from cotmoc.reminders import RemindSummary, read_stages, remind, stage_of
from cotmoc.settings import Settings
from cotmoc.working_days import read_working_days
from tests.ingestion.workbooks import workbook
from tests.line.calendars import registry_with, rule
from tests.line.desks import FORMS, REGISTRY, a_file, desk_at, let_pass
from tests.line.mailboxes import PASSWORD, USER, Mailbox, encrypted
from tests.line.mailboxes import mail_server as running

SENDER = "nhac-viec@example.invalid"
OFFICER, HEAD, RECIPIENT = "a@example.invalid", "b@example.invalid", "c@example.invalid"
CONTACTS = (
    ("so_y_te", "officer", "Nguyễn Văn A", OFFICER),
    ("so_y_te", "head", "Trần Thị B", HEAD),
    ("so_tai_chinh", "officer", "Lê Văn C", RECIPIENT),
)
# The last day on time in 2026 is Monday 19 October.
BEFORE_14 = date(2026, 10, 5)
AFTER_7 = date(2026, 10, 26)


def write_contacts(desk: Desk, *contacts: tuple[str, str, str, str]) -> None:
    """Write contacts.csv."""
    lines = ["department_code,role,name,email", *(",".join(contact) for contact in contacts)]
    desk.places.contacts.write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk at a fresh home with contacts of the department of health and of the recipient."""
    desk = desk_at(tmp_path / "home")
    write_contacts(desk, *CONTACTS)
    return desk


def at(mailbox: Mailbox) -> MailServer:
    """Return a server without account or encryption as the program knows it."""
    return MailServer("127.0.0.1", mailbox.port, "", "", SENDER, starttls=False)


def sent(desk: Desk, on: date, mailbox: Mailbox | None = None) -> tuple[Mailbox, RemindSummary]:
    """Send what is to be sent on a day; return what a real server took."""
    mailbox = mailbox or Mailbox()
    with running(mailbox):
        return mailbox, remind(desk, at(mailbox), on)


def body(message: EmailMessage, kind: str) -> str:
    """Return the plain or the HTML part as text."""
    part = message.get_body((kind,))
    assert part is not None
    assert part.get_content_charset() == "utf-8"
    return str(part.get_content())


def test_a_reminder_before_the_due_date_says_what_by_when_to_whom_and_why(desk: Desk) -> None:
    mailbox, summary = sent(desk, BEFORE_14)
    assert [message.contact.email for message in summary.sent] == [OFFICER]
    (message,) = mailbox.messages
    assert mailbox.envelopes == [(SENDER, [OFFICER])]
    assert message["Subject"] == (
        "Nhắc báo cáo: Báo cáo định kỳ kết quả thực hiện Quy hoạch tỉnh, kỳ báo cáo năm 2026, hạn cuối 19/10/2026"
    )
    assert message["To"] == f"Nguyễn Văn A <{OFFICER}>"
    assert message["From"] == f"Cột Mốc <{SENDER}>"
    assert (message["Auto-Submitted"], message["Content-Language"]) == ("auto-generated", "vi")
    assert message["Date"] and message["Message-ID"]
    assert body(message, "plain").replace("\r\n", "\n") == (
        "Kính gửi: Ông/Bà Nguyễn Văn A, Sở Y tế\n\n"
        "Hệ thống giám sát, đánh giá thực hiện quy hoạch tỉnh trân trọng nhắc Quý cơ quan về báo cáo sau đây sắp đến "
        "hạn:\n\n"
        "1. Báo cáo định kỳ kết quả thực hiện Quy hoạch tỉnh, kỳ báo cáo năm 2026\n"
        "   - Hạn báo cáo: hết ngày 19/10/2026 (còn 14 ngày)\n"
        "   - Nơi nhận: Sở Tài chính\n"
        "   - Căn cứ: Kế hoạch số 56/KH-UBND ngày 29/01/2024 của UBND tỉnh Bắc Kạn, mục V.1\n"
        "   - Biểu mẫu: Biểu số liệu chuẩn (mỗi dòng một số liệu)\n\n"
        "Kính đề nghị Quý cơ quan hoàn thành và gửi báo cáo đúng thời hạn.\n\n"
        "Trân trọng./.\n\n"
        "---\n"
        "Thư này được gửi tự động từ hệ thống Cột Mốc, đề nghị không trả lời thư này. Nếu Ông/Bà không còn phụ trách "
        "nội dung trên, đề nghị thông báo cho bộ phận quản trị hệ thống để cập nhật danh sách đầu mối.\n"
    )
    assert "<li>Hạn báo cáo: hết ngày 19/10/2026 (còn 14 ngày)</li>" in body(message, "html")


def test_the_message_goes_over_the_line_in_ascii(desk: Desk) -> None:
    mailbox, _ = sent(desk, BEFORE_14)
    assert mailbox.raw[0].isascii()


def test_seven_days_late_the_head_and_the_recipient_are_told_too(desk: Desk) -> None:
    mailbox, summary = sent(desk, AFTER_7)
    assert not summary.failed
    (officer,), (head,) = mailbox.to(OFFICER), mailbox.to(HEAD)
    # The recipient has a report of the own to come, too.
    own, recipient = mailbox.to(RECIPIENT)
    assert own["Subject"].startswith("Nhắc báo cáo: Tổng hợp, báo cáo")
    for message in (officer, head):
        assert message["Subject"].startswith("Quá hạn báo cáo: ")
        assert "đã quá hạn 07 ngày" in body(message, "plain")
        assert "khẩn trương" in body(message, "plain")
    assert recipient["Subject"] == "Chưa nhận được 09 báo cáo đã quá hạn"
    assert "Đơn vị báo cáo: Sở Y tế" in body(recipient, "plain")
    assert "Đơn vị báo cáo: Cục Thống kê tỉnh" in body(recipient, "plain")
    assert "đôn đốc các đơn vị nêu trên" in body(recipient, "plain")


def test_one_day_late_only_the_officer_is_told(desk: Desk) -> None:
    mailbox, _ = sent(desk, date(2026, 10, 20))
    assert "đã quá hạn 01 ngày" in body(mailbox.to(OFFICER)[0], "plain")
    assert mailbox.to(HEAD) == []
    assert not [one for one in mailbox.to(RECIPIENT) if "Chưa nhận được" in one["Subject"]]


def test_nothing_is_sent_twice_not_even_by_a_later_run_of_the_same_reminder(desk: Desk) -> None:
    first, _ = sent(desk, BEFORE_14)
    again, _ = sent(desk, BEFORE_14)
    next_day, _ = sent(desk, date(2026, 10, 6))
    assert (len(first.messages), again.messages, next_day.messages) == (1, [], [])
    week_later, _ = sent(desk, date(2026, 10, 12))
    assert [body(message, "plain").count("còn 07 ngày") for message in week_later.messages] == [1]


def test_what_is_kept_of_a_sent_reminder_names_no_person(desk: Desk) -> None:
    sent(desk, BEFORE_14)
    (record,) = desk.places.reminders.glob("*.json")
    kept = record.read_text(encoding="utf-8")
    assert "before_14" in kept and "annual_result" in kept
    assert OFFICER not in kept and "Nguyễn" not in kept
    assert desk.places.reminders.stat().st_mode & 0o077 == 0


def test_a_reminder_whose_day_was_missed_is_sent_later_and_counts_the_days_that_are_left(desk: Desk) -> None:
    mailbox, _ = sent(desk, date(2026, 10, 8))
    assert "còn 11 ngày" in body(mailbox.messages[0], "plain")


def test_an_address_that_is_refused_stops_no_other_and_is_tried_again(desk: Desk) -> None:
    mailbox, summary = sent(desk, AFTER_7, Mailbox(refused={HEAD}))
    assert {addresses[0] for _, addresses in mailbox.envelopes} == {OFFICER, RECIPIENT}
    ((who, why),) = summary.failures()
    assert "so_y_te, head" in who and "550 5.1.1 No such mailbox" in why
    assert HEAD not in " ".join(summary.sentences())
    again, summary = sent(desk, AFTER_7)
    assert [addresses for _, addresses in again.envelopes] == [[HEAD]]
    assert not summary.failed


def test_a_line_that_breaks_costs_one_message(desk: Desk) -> None:
    mailbox, summary = sent(desk, AFTER_7, Mailbox(broken={OFFICER}))
    assert {addresses[0] for _, addresses in mailbox.envelopes} == {HEAD, RECIPIENT}
    assert [message.contact.email for message, _ in summary.failed] == [OFFICER]


def test_a_server_that_is_away_fails_every_message_and_nothing_counts_as_sent(desk: Desk) -> None:
    with running(Mailbox()) as mailbox:
        away = at(mailbox)
    summary = remind(desk, away, AFTER_7)
    assert len(summary.failed) == 4 and not summary.sent
    assert "cannot be used" in summary.failures()[0][1]
    assert not list(desk.places.reminders.glob("*.json"))


def test_who_has_reported_gets_nothing(tmp_path: Path, desk: Desk) -> None:
    write_contacts(desk, ("cuc_thong_ke", "officer", "", OFFICER), ("so_y_te", "officer", "", HEAD))
    data = workbook({"Kỳ": "2026", "Ngày công bố": "2026"})
    receipt = submit(desk, a_file(tmp_path, data), "cuc_thong_ke", "A")
    assert (receipt.state, receipt.periods) == ("accepted", ("2026",)), receipt.problems
    mailbox, _ = sent(desk, BEFORE_14)
    assert [addresses for _, addresses in mailbox.envelopes] == [[HEAD]]


def test_a_planned_figure_is_no_report(tmp_path: Path, desk: Desk) -> None:
    write_contacts(desk, ("cuc_thong_ke", "officer", "", OFFICER))
    data = workbook({"Kỳ": "2026", "Ngày công bố": "2026", "Trạng thái số liệu": "Kế hoạch"})
    assert submit(desk, a_file(tmp_path, data), "cuc_thong_ke", "A").state == "accepted"
    mailbox, _ = sent(desk, BEFORE_14)
    assert len(mailbox.messages) == 1


def test_a_report_that_does_not_come_in_here_is_announced_but_never_called_late(desk: Desk) -> None:
    # The consolidated report of the recipient itself: until 30 October, no form.
    mailbox, _ = sent(desk, date(2026, 10, 16))
    (message,) = mailbox.to(RECIPIENT)
    assert "báo cáo này không gửi qua hệ thống" in body(message, "plain")
    late, _ = sent(desk, date(2026, 11, 6))
    assert not [one for one in late.to(RECIPIENT) if "Tổng hợp" in body(one, "plain")]


def test_a_day_off_moves_a_reminder_to_the_working_day_before_or_after_the_due_date() -> None:
    registry = Registry(REGISTRY)
    stages, days = {stage.code: stage for stage in read_stages(registry)}, read_working_days(registry)
    # 18 October 2026 is a Sunday; 24 October 2026 + 1 is one too.
    assert stages["before_1"].sent_on(date(2026, 10, 19), days) == date(2026, 10, 16)
    assert stages["after_1"].sent_on(date(2026, 10, 24), days) == date(2026, 10, 26)
    # Tết 2026 and its weekends last from 14 to 22 February.
    assert stages["before_7"].sent_on(date(2026, 2, 24), days) == date(2026, 2, 13)
    assert stages["after_7"].sent_on(date(2026, 2, 11), days) == date(2026, 2, 23)


def test_offices_that_are_closed_send_nothing(desk: Desk) -> None:
    mailbox, summary = sent(desk, date(2026, 10, 18))
    assert not mailbox.messages
    assert summary.sentences()[0] == "18/10/2026: nothing is sent: offices are closed on that day"


def test_the_reminder_of_a_day_is_the_latest_that_has_come_and_none_when_it_is_too_late() -> None:
    registry = Registry(REGISTRY)
    stages, days, due_on = read_stages(registry), read_working_days(registry), date(2026, 10, 19)
    codes = {
        day: stage.code if (stage := stage_of(stages, due_on, date(2026, 10, day), days)) else None
        for day in (2, 5, 9, 12, 15, 16, 19, 20, 23, 26, 30)
    }
    assert codes == {
        2: None, 5: "before_14", 9: "before_14", 12: "before_7", 15: "before_7", 16: "before_1", 19: None,
        20: "after_1", 23: "after_1", 26: "after_7", 30: "after_7",
    }  # fmt: skip
    assert stage_of(stages, due_on, date(2026, 11, 2), days) is not None
    assert stage_of(stages, due_on, date(2027, 1, 4), days) is None


def test_a_successor_is_reminded_of_what_the_ended_department_owes(tmp_path: Path) -> None:
    due_in_february = rule(
        department_code="so_nnptnt",
        frequency="year",
        due_offset_months="2",
        due_day="20",
        valid_to="2025-02-28",
    )
    registry = registry_with(tmp_path / "seeds", reporting_obligations=[due_in_february])
    desk = open_desk(Places(tmp_path / "home"), registry.folder, FORMS, let_pass)
    write_contacts(desk, ("so_nnptnt", "officer", "", HEAD), ("so_nnmt", "officer", "", OFFICER))
    # Due on 20 February 2025; the department ended on the 28th.
    before, _ = sent(desk, date(2025, 2, 21))
    after, _ = sent(desk, date(2025, 3, 6))
    assert [addresses for _, addresses in before.envelopes] == [[HEAD]]
    assert [addresses for _, addresses in after.envelopes] == [[OFFICER]]
    text = body(after.messages[0], "plain")
    assert "Kính gửi: Sở Nông nghiệp và Môi trường" in text
    assert "tiếp nhận nhiệm vụ của Sở Nông nghiệp và Phát triển nông thôn" in text


def test_without_a_server_or_contacts_the_run_says_so_and_ends_well(desk: Desk) -> None:
    assert remind(desk, None, BEFORE_14).why_nothing == "no mail server: set COTMOC_SMTP_HOST"
    desk.places.contacts.unlink()
    assert "names no contact" in str(remind(desk, None, BEFORE_14).why_nothing)


def test_a_dry_run_needs_no_server_and_sends_nothing(desk: Desk) -> None:
    summary = remind(desk, None, BEFORE_14, is_dry_run=True)
    assert [message.contact.email for message in summary.sent] == [OFFICER]
    assert not list(desk.places.reminders.glob("*.json"))


def test_a_wrong_line_of_the_contacts_is_named_and_spoils_no_other(desk: Desk) -> None:
    write_contacts(
        desk,
        CONTACTS[0],
        ("so_khong_co", "officer", "", HEAD),
        ("so_y_te", "boss", "", HEAD),
        ("so_y_te", "head", "", "b@example.invalid;x@example.invalid"),
    )
    mailbox, summary = sent(desk, BEFORE_14)
    assert len(mailbox.messages) == 1
    assert [problem.split(":")[0] for problem in summary.contact_problems] == [
        "contacts.csv, line 3",
        "contacts.csv, line 4",
        "contacts.csv, line 5",
    ]


@pytest.mark.parametrize(
    "email",
    ["a@example.invalid\\r\\nBcc: x@example.invalid", "a@example.invalid, x@example.invalid", "<a@example.invalid>",
     "a b@example.invalid", "a@", "a@localhost", "ă@example.invalid"],
)  # fmt: skip
def test_what_is_not_one_plain_address_is_never_written_to(desk: Desk, email: str) -> None:
    quoted = '"' + email.replace("\\r\\n", "\r\n") + '"'
    desk.places.contacts.write_bytes(
        f"department_code,role,name,email\nso_y_te,officer,A,{quoted}\n".encode()
    )
    mailbox, summary = sent(desk, BEFORE_14)
    assert not mailbox.envelopes
    assert "is not one e-mail address" in summary.contact_problems[0]


def test_names_cannot_add_headers_nor_markup(tmp_path: Path) -> None:
    name = '"<b>Nguyễn</b>\r\nBcc: x@example.invalid"'
    report = "<script>alert(1)</script>\r\nBcc: y@example.invalid"
    registry = registry_with(
        tmp_path / "seeds", reporting_obligations=[rule(department_code="so_vhttdl", name_vi=report)]
    )
    desk = open_desk(Places(tmp_path / "home"), registry.folder, FORMS, let_pass)
    write_contacts(desk, ("so_vhttdl", "officer", name, OFFICER))
    mailbox, summary = sent(desk, date(2026, 6, 4))
    assert not summary.failed
    (message,) = mailbox.messages
    assert mailbox.envelopes == [(SENDER, [OFFICER])]
    assert message["Bcc"] is None
    assert message["Subject"].startswith("Nhắc báo cáo: <script>alert(1)</script> Bcc: y@example.invalid")
    html = body(message, "html")
    assert "<script" not in html and "<b>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("broken", ["a\nBcc: x@example.invalid", "a\rBcc: x@example.invalid"])
def test_a_line_break_in_a_header_is_an_error(broken: str) -> None:
    with pytest.raises(ValueError):
        to_message(SENDER, "A", OFFICER, broken, "", "", datetime(2026, 1, 1, tzinfo=LOCAL))


# --- encryption and accounts ------------------------------------------------------------------------------------


def settings(home: Path, port: int, **changed: str | bool) -> Settings:
    """Return settings with an account at a server."""
    given = {
        "home": home,
        "smtp_host": "127.0.0.1",
        "smtp_port": port,
        "smtp_user": USER,
        "smtp_password": PASSWORD,
        "smtp_from": SENDER,
    } | changed
    return Settings(**given)  # type: ignore[arg-type]  # pydantic checks them


def test_the_connection_is_encrypted_before_the_account_is_told(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = Mailbox()
    options, certificate = encrypted(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with running(mailbox, authenticator=mailbox.authenticate, **options):
        summary = remind(desk, mail_server(settings(desk.places.home, mailbox.port)), BEFORE_14)
    assert not summary.failed, summary.failures()
    assert (mailbox.was_encrypted, mailbox.users) == ([True], [USER])


def test_a_wrong_password_is_told_without_the_password(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = Mailbox()
    options, certificate = encrypted(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with running(mailbox, authenticator=mailbox.authenticate, **options):
        found = mail_server(settings(desk.places.home, mailbox.port, smtp_password="another-one"))
        summary = remind(desk, found, BEFORE_14)
    assert not mailbox.messages
    assert "535" in summary.failures()[0][1]
    assert "another-one" not in f"{summary.sentences()} {found!r}"


def test_a_server_nobody_vouches_for_gets_no_password(desk: Desk, tmp_path: Path) -> None:
    mailbox = Mailbox()
    options, _ = encrypted(tmp_path)
    with running(mailbox, authenticator=mailbox.authenticate, **options):
        summary = remind(desk, mail_server(settings(desk.places.home, mailbox.port)), BEFORE_14)
    assert (mailbox.users, mailbox.messages) == ([], [])
    assert "certificate verify failed" in summary.failures()[0][1]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"smtp_starttls": False}, "in the clear"),
        ({"smtp_from": ""}, "COTMOC_SMTP_FROM"),
        ({"smtp_from": "a@example.invalid\nBcc: x@example.invalid"}, "COTMOC_SMTP_FROM"),
        ({"smtp_password": "mật khẩu"}, "ASCII"),
    ],
)
def test_half_a_configuration_is_named(tmp_path: Path, changed: dict[str, str | bool], words: str) -> None:
    with pytest.raises(MailNotConfiguredError, match=words):
        mail_server(settings(tmp_path, 25, **changed))


def test_no_server_is_no_error(tmp_path: Path) -> None:
    assert mail_server(settings(tmp_path, 25, smtp_host="")) is None


def test_two_runs_at_once_send_one_message(desk: Desk) -> None:
    program = (
        "import sys; from pathlib import Path; from datetime import date; from cotmoc.mail import MailServer;"
        "from cotmoc.reminders import remind; from tests.line.desks import desk_at;"
        f"remind(desk_at(Path(sys.argv[1])), MailServer('127.0.0.1', int(sys.argv[2]), '', '', {SENDER!r}, False),"
        " date(2026, 10, 5))"
    )
    with running(Mailbox()) as mailbox:
        command = [sys.executable, "-c", program, str(desk.places.home), str(mailbox.port)]
        runs = [subprocess.Popen(command) for _ in range(3)]
        assert [run.wait() for run in runs] == [0, 0, 0]
    assert len(mailbox.messages) == 1
