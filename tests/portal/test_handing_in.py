"""A file through the portal: checked in place, explained, handed in once, and what is handed in is what was checked."""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any

import openpyxl
import pytest

from ingestion.landing import read_raw
from tests.ingestion.workbooks import workbook
from tests.portal.files import good, refused, warned
from tests.portal.pages import Page
from tests.portal.running import Portal

REASON = "Số đã đối chiếu với niên giám thống kê."


def events_of(portal: Portal, submission: str) -> list[dict[str, Any]]:
    """Return the events of a submission."""
    events = (json.loads(path.read_bytes()) for path in sorted(portal.places.events.glob("*.json")))
    return [event for event in events if event["submission_id"] == submission]


def test_a_good_file_is_only_handed_in_when_the_officer_says_so(portal: Portal) -> None:
    browse, data = portal.sign_in("an"), good()
    checked = browse.check(data)
    page = browse.page(checked.headers["location"])
    assert ("h2", "Tệp hợp lệ, chưa nộp") in page.headings
    sha256 = hashlib.sha256(data).hexdigest()
    assert all(found.sha256 != sha256 for found in portal.desk.submissions().values())
    answer = browse.send(checked.headers["location"], checked.headers["location"])
    submission = answer.headers["location"].partition("?")[0].removeprefix("/ho-so/")
    found = portal.desk.submissions()[submission]
    assert (found.state, found.submitted_by, found.channel) == ("accepted", "Nguyễn Văn An", "portal")
    assert found.department_code == "so_tai_chinh"
    assert read_raw(portal.places.raw, found.sha256) == data
    assert ("h2", "Đã nộp và được tiếp nhận") in browse.page(answer.headers["location"]).headings


def test_a_refused_file_shows_every_wrong_cell_and_cannot_be_handed_in(portal: Portal) -> None:
    browse = portal.sign_in("an")
    before = len(portal.desk.submissions())
    checked = browse.check(refused())
    text = browse.get(checked.headers["location"]).text
    for said in ("Tệp chưa nộp được: 2 lỗi", ">G5<", ">F5<", "1.234", "năm ngoái", "Yêu cầu", "cách sửa"):
        assert said in text, said
    assert [form.action for form in Page(text).forms] == ["/dang-xuat"]
    assert len(portal.desk.submissions()) == before


def test_the_marked_workbook_is_there_before_anything_is_handed_in(portal: Portal) -> None:
    browse = portal.sign_in("an")
    checked = browse.check(refused(), "biểu mẫu.xlsx")
    answer = browse.get(f"{checked.headers['location']}/ban-danh-dau.xlsx")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames[0] == "Kết quả kiểm tra"


def test_a_warning_is_handed_in_only_with_a_reason(portal: Portal) -> None:
    browse = portal.sign_in("an")
    place = browse.check(warned()).headers["location"]
    assert ("h2", "Có 1 cảnh báo cần giải trình") in browse.page(place).headings
    before = len(portal.desk.submissions())
    for short in ("", "ngắn"):
        answer = browse.send(place, place, **{"ly-do-1": short})
        assert answer.status_code == 422
        assert 'aria-invalid="true"' in answer.text
        assert 'href="#ly-do-1"' in answer.text
    assert len(portal.desk.submissions()) == before
    answer = browse.send(place, place, **{"ly-do-1": REASON})
    submission = answer.headers["location"].partition("?")[0].removeprefix("/ho-so/")
    kinds = [(event["kind"], event["channel"]) for event in events_of(portal, submission)]
    assert kinds == [(kind, "portal") for kind in ("received", "waiting", "justified", "accepted")]
    found = portal.desk.submissions()[submission]
    assert (found.state, found.justified_by) == ("accepted", "Nguyễn Văn An")
    assert REASON in browse.get(f"/ho-so/{submission}").text


def test_a_file_that_waits_since_elsewhere_is_justified_here(portal: Portal) -> None:
    from cotmoc.intake import submit

    path = portal.places.home / "cho-giai-trinh.xlsx"
    path.write_bytes(warned())
    waiting = submit(portal.desk, path, "so_tai_chinh", "Nguyễn Văn An")
    assert waiting.state == "waiting"
    browse = portal.sign_in("binh")
    place = f"/ho-so/{waiting.submission_id}"
    assert browse.send(place, "/giai-trinh", **{"ly-do-1": "ngắn"}).status_code == 422
    assert browse.send(place, "/giai-trinh", **{"ly-do-1": REASON}).status_code == 303
    found = portal.desk.submissions()[str(waiting.submission_id)]
    assert (found.state, found.justified_by) == ("accepted", "Trần Thị Bình")
    assert browse.get(place).text.count("/giai-trinh") == 0


def test_a_ticket_hands_in_once(portal: Portal) -> None:
    browse = portal.sign_in("an")
    place = browse.check(good()).headers["location"]
    form = browse.page(place).form_to(place)
    first = browse.client.post(place, data=form.fields)
    second = browse.client.post(place, data=form.fields)
    assert (first.status_code, second.status_code) == (303, 404)
    assert "Kết quả kiểm tra không còn" in second.text


def test_a_ticket_is_no_good_in_another_session(portal: Portal) -> None:
    place = portal.sign_in("an").check(good()).headers["location"]
    for other in ("an", "binh", "y.te"):
        browse = portal.sign_in(other)
        assert browse.get(place).status_code == 404
        token = browse.page("/nop").form_to("/nop").fields["form_token"]
        assert browse.client.post(place, data={"form_token": token}).status_code == 404


def test_the_same_bytes_are_led_to_the_first_submission(portal: Portal) -> None:
    browse, data = portal.sign_in("an"), good()
    submission = browse.hand_in(data)
    place = browse.check(data, "ten-khac.xlsx").headers["location"]
    assert ("h2", "Tệp đã được tiếp nhận trước đây") in browse.page(place).headings
    assert portal.desk.submissions()[submission].file_name == "bieu.xlsx"


def test_the_bytes_of_another_department_tell_nothing_of_it(portal: Portal) -> None:
    data = good()
    submission = portal.sign_in("an").hand_in(data)
    browse = portal.sign_in("y.te")
    text = browse.get(browse.check(data).headers["location"]).text
    assert "đã được tiếp nhận trước đây" in text
    assert submission not in text


def test_no_file_chosen_is_said_beside_the_field(portal: Portal) -> None:
    browse = portal.sign_in("an")
    form = browse.page("/nop").form_to("/nop")
    answer = browse.client.post(
        "/nop", data={"form_token": form.fields["form_token"]}, files={"tep": ("", b"")}
    )
    assert answer.status_code == 400
    assert 'href="#tep"' in answer.text


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<img src=x onerror=alert(1)>.xlsx", "&lt;img src=x onerror=alert(1)&gt;.xlsx"),
        ('"><script>alert(1)</script>.xlsx', "script&gt;.xlsx"),
        ("../../../etc/passwd.xlsx", "passwd.xlsx"),
        ("C:\\Users\\an\\số liệu.xlsx", "số liệu.xlsx"),
        ("hóa đơn\u202exslx.exe.xlsx", "hóa đơnxslx.exe.xlsx"),
        ("{{ 7*7 }}.xlsx", "{{ 7*7 }}.xlsx"),
    ],
)
def test_a_hostile_file_name_is_only_text(portal: Portal, sent: str, kept: str) -> None:
    browse = portal.sign_in("an")
    submission = browse.hand_in(good(), sent)
    for place in (f"/ho-so/{submission}", "/ho-so"):
        text = browse.get(place).text
        assert f"{kept}</bdi>" in text, place
        assert "<img src=x" not in text
        assert "<script>alert" not in text
        assert "\u202e" not in text
    assert "/" not in portal.desk.submissions()[submission].file_name.replace("</script>", "")


def test_hostile_cells_are_only_text(portal: Portal) -> None:
    nasty = '<script>alert(1)</script>\u202e" onfocus=alert(1) x="'
    browse = portal.sign_in("an")
    place = browse.check(workbook({"Kỳ": nasty, "Nguồn": nasty, "Mã chỉ tiêu": nasty})).headers["location"]
    text = browse.get(place).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script>alert" not in text
    assert '" onfocus=' not in text
    submission = browse.hand_in(good(**{"Nguồn": nasty, "Ghi chú": nasty}))
    seen = portal.sign_in("duyet").get(f"/duyet/{submission}").text
    assert "&lt;script&gt;alert(1)" in seen
    assert "<script>alert" not in seen


def test_the_template_of_what_is_due_comes_back_as_a_file(portal: Portal) -> None:
    browse = portal.sign_in("an")
    link = next(link for link in browse.page("/").links if link.startswith("/mau?"))
    answer = browse.get(link)
    assert answer.status_code == 200
    assert "Số liệu" in openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames
    refused_one = browse.get("/mau?bieu=so_lieu&ky=<script>")
    assert refused_one.status_code == 404
    assert "<script>&" not in refused_one.text


def test_receipts_come_as_files(portal: Portal) -> None:
    browse, data = portal.sign_in("an"), good()
    submission = browse.hand_in(data)
    receipt = browse.get(f"/ho-so/{submission}/phieu.json").json()
    assert (receipt["submission_id"], receipt["state"]) == (submission, "accepted")
    marked = browse.get(f"/ho-so/{submission}/ban-danh-dau.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(marked.content)).sheetnames[0] == "Kết quả kiểm tra"
    original = browse.get(f"/ho-so/{submission}/tep-goc")
    assert original.content == data
    assert original.headers["content-type"] == "application/octet-stream"


def test_a_submission_is_withdrawn_with_a_reason(portal: Portal) -> None:
    browse = portal.sign_in("an")
    submission = browse.hand_in(good())
    assert browse.send(f"/ho-so/{submission}", "/rut", **{"ly-do": "sai"}).status_code == 422
    assert portal.desk.submissions()[submission].state == "accepted"
    assert browse.send(f"/ho-so/{submission}", "/rut", **{"ly-do": "Nộp nhầm kỳ báo cáo."}).status_code == 303
    found = portal.desk.submissions()[submission]
    assert (found.state, found.decided_by, found.reason) == (
        "withdrawn",
        "Nguyễn Văn An",
        "Nộp nhầm kỳ báo cáo.",
    )
    assert events_of(portal, submission)[-1]["channel"] == "portal"


def test_submissions_are_listed_by_state_and_period(portal: Portal) -> None:
    browse = portal.sign_in("an")
    taken_back, standing = browse.hand_in(good(Kỳ="2019")), browse.hand_in(good(Kỳ="2018"))
    browse.send(f"/ho-so/{taken_back}", "/rut", **{"ly-do": "Nộp nhầm kỳ báo cáo."})
    withdrawn = browse.page("/ho-so?trang_thai=withdrawn").links
    assert f"/ho-so/{taken_back}" in withdrawn
    assert f"/ho-so/{standing}" not in withdrawn
    of_2018 = browse.page("/ho-so?ky=2018").links
    assert f"/ho-so/{standing}" in of_2018
    assert f"/ho-so/{taken_back}" not in of_2018
