"""A second person: sees what would change, approves what was seen or sends it back; others are denied."""

from __future__ import annotations

import json

import pytest

from cotmoc.denials import read_denials
from tests.portal.files import good
from tests.portal.running import PASSWORD, Portal


def test_another_person_approves_what_was_seen(portal: Portal) -> None:
    submission = portal.sign_in("an").hand_in(good())
    reviewer = portal.sign_in("duyet")
    assert f"/duyet/{submission}" in reviewer.page("/duyet").links
    page = reviewer.page(f"/duyet/{submission}")
    headings = [heading for _, heading in page.headings]
    assert {"Thay đổi so với số đang công bố", "Số liệu trong tệp", "Quyết định"} <= set(headings)
    found = portal.desk.submissions()[submission]
    assert page.form_to("/duyet").fields["content_sha256"] == found.content_sha256
    assert reviewer.send(f"/duyet/{submission}", "/duyet").status_code == 303
    approved = portal.desk.submissions()[submission]
    assert (approved.state, approved.approved_by) == ("approved", "Lê Thị Duyên")
    last = json.loads(sorted(portal.places.events.glob("*.json"))[-1].read_bytes())
    assert (last["kind"], last["channel"], last["content_sha256"]) == (
        "approved",
        "portal",
        found.content_sha256,
    )


def test_a_content_that_was_not_seen_is_not_approved(portal: Portal) -> None:
    submission = portal.sign_in("an").hand_in(good())
    reviewer = portal.sign_in("duyet")
    for seen in ("0" * 64, ""):
        answer = reviewer.send(f"/duyet/{submission}", "/duyet", content_sha256=seen)
        assert answer.status_code == 409
        assert "không phải là nội dung đã xem" in answer.text
    assert portal.desk.submissions()[submission].state == "accepted"


def test_nobody_approves_their_own(portal: Portal) -> None:
    both = portal.sign_in("hai.vai")
    submission = both.hand_in(good())
    assert f"/duyet/{submission}" not in both.page("/duyet").links
    page = both.page(f"/duyet/{submission}")
    assert all("/duyet/" not in form.action for form in page.forms)
    found = portal.desk.submissions()[submission]
    token = page.form_to("/dang-xuat").fields["form_token"]
    fields = {"form_token": token, "content_sha256": str(found.content_sha256)}
    answer = both.client.post(f"/duyet/{submission}/duyet", data=fields)
    assert answer.status_code == 409
    assert "phải là người khác" in answer.text
    assert portal.desk.submissions()[submission].state == "accepted"
    assert any(
        (one.submission_id, one.what, one.channel) == (submission, "approve", "portal")
        for one in read_denials(portal.places)
    )


def test_a_submission_is_sent_back_with_a_reason_the_officer_reads(portal: Portal) -> None:
    officer, reviewer = portal.sign_in("an"), portal.sign_in("duyet")
    submission = officer.hand_in(good())
    short = reviewer.send(f"/duyet/{submission}", "/tra-lai", **{"ly-do": "sai"})
    assert short.status_code == 422
    assert 'href="#ly-do"' in short.text
    why = "Số liệu quý chưa khớp với số liệu tháng."
    assert reviewer.send(f"/duyet/{submission}", "/tra-lai", **{"ly-do": why}).status_code == 303
    found = portal.desk.submissions()[submission]
    assert (found.state, found.decided_by, found.reason) == ("rejected", "Lê Thị Duyên", why)
    assert why in officer.get(f"/ho-so/{submission}").text


def test_what_is_decided_is_not_decided_again(portal: Portal) -> None:
    submission = portal.sign_in("an").hand_in(good())
    reviewer = portal.sign_in("duyet")
    form = reviewer.page(f"/duyet/{submission}").form_to("/duyet")
    assert reviewer.client.post(form.action, data=form.fields).status_code == 303
    again = reviewer.client.post(form.action, data=form.fields)
    assert again.status_code == 409
    assert "đã được duyệt bởi Lê Thị Duyên" in again.text


def test_a_reviewer_of_some_departments_sees_no_other(portal: Portal) -> None:
    portal.accounts.add("duyet.y.te", "Bùi Thị Yến", "so_y_te", ("reviewer",), PASSWORD, reviews=("so_y_te",))
    submission = portal.sign_in("an").hand_in(good())
    reviewer = portal.sign_in("duyet.y.te")
    assert f"/duyet/{submission}" not in reviewer.page("/duyet").links
    for path in (f"/duyet/{submission}", f"/duyet/{submission}/tep-goc"):
        assert reviewer.get(path).status_code == 404


@pytest.mark.parametrize("ending", ["", "/phieu.json", "/ban-danh-dau.xlsx", "/tep-goc"])
def test_an_officer_sees_only_the_own_department(portal: Portal, ending: str) -> None:
    submission = portal.sign_in("an").hand_in(good())
    other = portal.sign_in("y.te")
    theirs, nobodys = (
        other.get(f"/ho-so/{submission}{ending}"),
        other.get(f"/ho-so/20200101-0000000000{ending}"),
    )
    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert theirs.text.replace(submission, "") == nobodys.text.replace("20200101-0000000000", "")
    denied = [one for one in read_denials(portal.places) if one.submission_id == submission]
    assert [(one.person, one.what, one.channel) for one in denied] == [("Đỗ Minh Châu", "view", "portal")]


@pytest.mark.parametrize("what", ["rut", "giai-trinh"])
def test_an_officer_changes_nothing_of_another_department(portal: Portal, what: str) -> None:
    submission = portal.sign_in("an").hand_in(good())
    other = portal.sign_in("y.te")
    token = other.page("/").form_to("/dang-xuat").fields["form_token"]
    fields = {"form_token": token, "ly-do": "một lý do đủ dài", "ly-do-1": "một lý do đủ dài"}
    assert other.client.post(f"/ho-so/{submission}/{what}", data=fields).status_code == 404
    assert portal.desk.submissions()[submission].state == "accepted"


@pytest.mark.parametrize(
    ("username", "path"),
    [
        ("an", "/duyet"),
        ("an", "/quan-tri"),
        ("duyet", "/nop"),
        ("duyet", "/quan-tri"),
        ("quan.tri", "/duyet"),
    ],
)
def test_a_page_of_another_role_is_denied_and_noted(portal: Portal, username: str, path: str) -> None:
    answer = portal.sign_in(username).get(path)
    assert answer.status_code == 403
    assert "Không có quyền thực hiện" in answer.text
    assert any(path in one.why and one.what == "view" for one in read_denials(portal.places))


def test_the_administrator_reads_accounts_and_denials(portal: Portal) -> None:
    portal.sign_in("an").get("/duyet")
    text = portal.sign_in("quan.tri").get("/quan-tri").text
    assert "Đỗ Minh Châu" in text
    assert "không có vai trò reviewer" in text
    assert "argon2" not in text


@pytest.mark.parametrize("path", ["/", "/nop", "/ho-so", "/duyet", "/quan-tri", "/mau?bieu=so_lieu&ky=2024"])
def test_nothing_is_shown_to_nobody(portal: Portal, path: str) -> None:
    answer = portal.browse().get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/dang-nhap")
