"""A name and a password through a real portal: who gets in, who has to wait, and when a session is over."""

from __future__ import annotations

import sqlite3
import time
from datetime import date
from pathlib import Path

import pytest

from cotmoc.denials import read_denials
from tests.portal.pages import Page
from tests.portal.running import PASSWORD, Portal, rules_file, running_portal


def test_a_right_password_leads_to_what_is_due(portal: Portal) -> None:
    browse = portal.browse()
    answer = browse.sign_in("an")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert ("h1", "Việc cần làm") in browse.page("/").headings


def test_the_session_cookie_is_for_the_browser_alone(portal: Portal) -> None:
    cookie = portal.browse().sign_in("an").headers.get_list("set-cookie")[0]
    assert cookie.startswith("cotmoc-phien=")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Max-Age" not in cookie


def test_every_sign_in_gets_another_session_whatever_cookie_came(portal: Portal) -> None:
    browse = portal.browse()
    planted = "a" * 43
    browse.client.cookies.set("cotmoc-phien", planted)
    first = browse.sign_in("an").headers.get_list("set-cookie")[0]
    second = portal.browse().sign_in("an").headers.get_list("set-cookie")[0]
    assert planted not in first
    assert first != second


def test_of_a_session_only_the_hash_is_kept(portal: Portal) -> None:
    browse = portal.sign_in("an")
    kept = (portal.places.portal / "sessions.sqlite").read_bytes()
    assert browse.client.cookies["cotmoc-phien"].encode() not in kept
    with sqlite3.connect(portal.places.portal / "sessions.sqlite") as sessions:
        assert sessions.execute("select count(*) from sessions where username = 'an'").fetchone()[0] >= 1


def test_accounts_and_sessions_are_for_their_owner_alone(portal: Portal) -> None:
    for path, mode in (
        (portal.places.portal, 0o700),
        (portal.places.accounts, 0o600),
        (portal.places.portal / "sessions.sqlite", 0o600),
        (portal.places.portal / "secrets.json", 0o600),
        (portal.places.portal / "tickets", 0o700),
    ):
        assert path.stat().st_mode & 0o777 == mode, path
    assert PASSWORD not in portal.places.accounts.read_text(encoding="utf-8")


def test_nobody_learns_which_accounts_there_are(portal: Portal) -> None:
    known = portal.browse().sign_in("an", "khong phai mat khau nay")
    unknown = portal.browse().sign_in("khong-co-ai", "khong phai mat khau nay")
    assert (known.status_code, unknown.status_code) == (403, 403)

    def said(text: str, name: str) -> list[str]:
        without = text.replace(name, "…")
        return [line for line in without.splitlines() if "form_token" not in line]

    assert said(known.text, "an") == said(unknown.text.replace("khong-co-ai", "an"), "an")


def test_a_refused_sign_in_says_so_first_and_is_noted(portal: Portal) -> None:
    answer = portal.browse().sign_in("an", "khong phai mat khau nay")
    assert '<div class="errors" role="alert" tabindex="-1" autofocus' in answer.text
    assert "<title>Lỗi: Đăng nhập" in answer.text
    assert "khong phai mat khau nay" not in answer.text
    assert any(one.person == "an" and one.what == "sign_in" for one in read_denials(portal.places))
    assert portal.browse().sign_in("an").status_code == 303


def test_signing_out_ends_the_session_on_the_server(portal: Portal) -> None:
    browse = portal.sign_in("an")
    cookie = browse.client.cookies["cotmoc-phien"]
    assert browse.send("/", "/dang-xuat").headers["location"] == "/dang-nhap"
    again = portal.browse()
    again.client.cookies.set("cotmoc-phien", cookie)
    assert again.get("/").headers["location"] == "/dang-nhap"


def test_what_was_asked_for_comes_after_the_sign_in(portal: Portal) -> None:
    browse = portal.browse()
    asked = browse.get("/ho-so")
    assert asked.headers["location"] == "/dang-nhap?tiep=/ho-so"
    form = Page(browse.get(asked.headers["location"]).text).form_to("/dang-nhap")
    answer = browse.client.post("/dang-nhap", data={**form.fields, "username": "an", "password": PASSWORD})
    assert answer.headers["location"] == "/ho-so"


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_a_sign_in_leads_nowhere_else(portal: Portal, elsewhere: str) -> None:
    browse = portal.browse()
    form = Page(browse.get("/dang-nhap").text).form_to("/dang-nhap")
    answer = browse.client.post(
        "/dang-nhap", data={**form.fields, "tiep": elsewhere, "username": "an", "password": PASSWORD}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_closed_account_is_out_at_once(portal: Portal) -> None:
    portal.accounts.add("nghi", "Ngô Văn Nghỉ", "so_y_te", ("submitter",), PASSWORD)
    browse = portal.sign_in("nghi")
    portal.accounts.disable("nghi")
    assert browse.get("/").headers["location"] == "/dang-nhap"
    assert portal.browse().sign_in("nghi").status_code == 403


def test_another_password_ends_the_sessions_of_the_old_one(portal: Portal) -> None:
    portal.accounts.add("doi", "Đào Thị Đổi", "so_y_te", ("submitter",), PASSWORD)
    browse = portal.sign_in("doi")
    portal.accounts.set_password("doi", "mot mat khau khac han")
    assert browse.get("/").headers["location"] == "/dang-nhap"
    assert portal.browse().sign_in("doi").status_code == 403
    assert portal.browse().sign_in("doi", "mot mat khau khac han").status_code == 303


def test_an_account_that_has_run_out_does_not_get_in(portal: Portal) -> None:
    portal.accounts.add(
        "het.han", "Hồ Hết Hạn", "so_y_te", ("submitter",), PASSWORD, expires_on=date(2020, 1, 1)
    )
    assert portal.browse().sign_in("het.han").status_code == 403


def test_wrong_passwords_lock_a_name_known_or_not(folder: Path) -> None:
    rules = rules_file(folder, sign_in={"failures": 3})
    with running_portal(folder / "home", {"COTMOC_PORTAL_RULES": str(rules)}) as portal:
        for name in ("an", "khong-co-ai"):
            said = [portal.browse().sign_in(name, "sai mat khau roi").status_code for _ in range(4)]
            assert said == [403, 403, 403, 429], name
        locked = portal.browse().sign_in("an")
        assert locked.status_code == 429
        assert 1 <= int(locked.headers["retry-after"]) <= 900
        assert "Hãy thử lại sau 15 phút" in locked.text
        assert portal.browse().sign_in("binh").status_code == 303


def test_an_address_may_not_try_one_name_after_another(folder: Path) -> None:
    rules = rules_file(folder, sign_in={"attempts_per_address": "4 per minute"})
    with running_portal(folder / "home", {"COTMOC_PORTAL_RULES": str(rules)}) as portal:
        said = [portal.browse().sign_in(f"ten{number}", "x" * 12).status_code for number in range(5)]
        assert said == [403, 403, 403, 403, 429]
        assert portal.browse().sign_in("an").status_code == 429


def test_a_session_outlives_a_restart_and_ends_when_nothing_is_asked(folder: Path) -> None:
    with running_portal(folder / "home") as portal:
        cookie = portal.sign_in("an").client.cookies["cotmoc-phien"]

    def answer(portal: Portal) -> int:
        browse = portal.browse()
        browse.client.cookies.set("cotmoc-phien", cookie)
        return browse.get("/").status_code

    with running_portal(folder / "home") as portal:
        assert answer(portal) == 200
    rules = rules_file(folder, sessions={"idle_seconds": 1})
    with running_portal(folder / "home", {"COTMOC_PORTAL_RULES": str(rules)}) as portal:
        time.sleep(1.5)
        assert answer(portal) == 303


def test_behind_https_cookies_are_secure_and_named_for_this_host_alone(folder: Path) -> None:
    more = {"COTMOC_PORTAL_URL": "https://nop.example.vn"}
    with running_portal(folder / "home", more) as portal:
        answer = portal.browse().get("/dang-nhap")
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-cotmoc-khach=")
        assert "Secure" in cookie
        assert "max-age=31536000" in answer.headers["strict-transport-security"]
