"""What is sent to the portal but was not filled in on its pages, or is too much → a plain no, and nothing done."""

from __future__ import annotations

import httpx
import pytest

from tests.portal.files import good
from tests.portal.pages import Page
from tests.portal.running import XLSX, Portal


def test_no_form_is_obeyed_without_its_token(portal: Portal) -> None:
    browse = portal.sign_in("an")
    submission = browse.hand_in(good())
    for path in ("/nop", f"/ho-so/{submission}/rut", "/dang-xuat"):
        answer = browse.client.post(path, data={"ly-do": "một lý do đủ dài"})
        assert answer.status_code == 403, path
        assert "Biểu mẫu đã hết hiệu lực" in answer.text
    assert browse.get("/").status_code == 200
    assert portal.desk.submissions()[submission].state == "accepted"


def test_the_token_of_one_session_is_no_good_in_another(portal: Portal) -> None:
    mine, theirs = portal.sign_in("an"), portal.sign_in("binh")
    token = theirs.page("/nop").form_to("/nop").fields["form_token"]
    answer = mine.client.post("/nop", data={"form_token": token}, files={"tep": ("a.xlsx", good(), XLSX)})
    assert answer.status_code == 403


def test_the_token_from_before_the_sign_in_is_no_good_after_it(portal: Portal) -> None:
    browse = portal.browse()
    before = Page(browse.get("/dang-nhap").text).form_to("/dang-nhap").fields["form_token"]
    browse.sign_in("an")
    assert browse.client.post("/dang-xuat", data={"form_token": before}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_on_a_page_of_somebody_else_is_not_obeyed(portal: Portal, headers: dict[str, str]) -> None:
    browse = portal.sign_in("an")
    form = browse.page("/").form_to("/dang-xuat")
    assert browse.client.post("/dang-xuat", data=form.fields, headers=headers).status_code == 403
    own = {"Origin": portal.url, "Sec-Fetch-Site": "same-origin"}
    assert browse.client.post("/dang-xuat", data=form.fields, headers=own).status_code == 303


def test_nobody_signs_somebody_in_from_elsewhere(portal: Portal) -> None:
    answer = httpx.post(
        f"{portal.url}/dang-nhap",
        data={"username": "an", "password": "mot mat khau dai"},
        trust_env=False,
    )
    assert answer.status_code == 403
    assert "cotmoc-phien" not in answer.headers.get("set-cookie", "")


def test_a_file_too_large_is_refused_while_it_comes(portal: Portal) -> None:
    browse = portal.sign_in("an")
    answer = browse.check(b"x" * (13 * 1_048_576))
    assert answer.status_code == 413
    assert "Tệp vượt quá 10 MB" in answer.text


def test_a_file_at_the_limit_is_answered_by_the_check(portal: Portal) -> None:
    browse = portal.sign_in("an")
    answer = browse.check(b"x" * (10 * 1_048_576))
    assert answer.status_code == 303, answer.text
    assert ("h2", "Tệp chưa nộp được: 1 lỗi") in browse.page(answer.headers["location"]).headings


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"username": "an"}'),
        ("text/plain", b"username=an"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--y\r\nno part"),
    ],
)
def test_what_is_no_form_is_answered_with_a_page(portal: Portal, kind: str, body: bytes) -> None:
    browse = portal.sign_in("an")
    answer = browse.client.post("/nop", content=body, headers={"Content-Type": kind})
    assert answer.status_code in (400, 403)
    assert "<h1>" in answer.text


def test_fields_beyond_measure_are_refused(portal: Portal) -> None:
    browse = portal.sign_in("an")
    form = browse.page("/").form_to("/dang-xuat")
    answer = browse.client.post("/dang-xuat", data={**form.fields, "ly-do": "x" * 2_000_000})
    assert answer.status_code == 413
    assert browse.get("/").status_code == 200


def test_two_files_at_once_are_not_taken(portal: Portal) -> None:
    browse = portal.sign_in("an")
    form = browse.page("/nop").form_to("/nop")
    files = [("tep", ("a.xlsx", good(), XLSX)), ("tep", ("b.xlsx", good(), XLSX))]
    fields = {"form_token": form.fields["form_token"]}
    assert browse.client.post("/nop", data=fields, files=files).status_code == 400
