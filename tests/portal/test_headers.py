"""Every answer of the portal → headers that leave a browser nothing to do but show it; pages that a reader can use."""

from __future__ import annotations

import httpx
import pytest

from tests.portal.pages import Page
from tests.portal.running import Portal

POLICY = {
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
PATHS = ("/dang-nhap", "/", "/nop", "/ho-so", "/song", "/khong-co", "/static/portal.css", "/static/khong-co")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_headers(portal: Portal, path: str) -> None:
    for browse in (portal.browse(), portal.sign_in("an")):
        headers = browse.get(path).headers
        assert set(headers["content-security-policy"].split("; ")) == POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert "server" not in headers
        if not path.startswith("/static/portal"):
            assert headers["cache-control"] == "no-store"


def test_a_foreign_host_name_gets_no_page(portal: Portal) -> None:
    answer = httpx.get(f"{portal.url}/dang-nhap", headers={"Host": "evil.example"}, trust_env=False)
    assert (answer.status_code, answer.text) == (400, "unknown host")


@pytest.mark.parametrize("path", ["/docs", "/openapi.json", "/redoc", "/.env", "/static/../rules.yaml"])
def test_there_is_nothing_beside_the_pages(portal: Portal, path: str) -> None:
    answer = portal.browse().get(path)
    assert answer.status_code == 404
    assert "Không tìm thấy" in answer.text


@pytest.mark.parametrize("path", ["/dang-nhap", "/", "/nop", "/ho-so"])
def test_pages_are_built_for_every_reader(portal: Portal, path: str) -> None:
    browse = portal.browse() if path == "/dang-nhap" else portal.sign_in("an")
    text = browse.get(path).text
    page = Page(text)
    assert page.lang == "vi"
    assert [level for level, _ in page.headings].count("h1") == 1
    assert page.links[0] == "#noi-dung"
    assert "noi-dung" in page.ids
    assert len(page.ids) == len(set(page.ids))
    for control in page.controls:
        assert control["id"] in page.labelled, control
    assert "style=" not in text
    assert "<style" not in text
    assert "onclick" not in text
    assert "http://" not in text
    assert "https://" not in text


def test_a_wrong_method_is_answered_with_a_page(portal: Portal) -> None:
    answer = portal.sign_in("an").get("/dang-xuat")
    assert answer.status_code == 405
    assert "<h1>" in answer.text
