"""Sign-in through a real OpenID provider on 127.0.0.1: who gets in, and which lies do not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from joserfc.jwk import RSAKey
from playwright.sync_api import sync_playwright

from cotmoc.denials import read_denials
from portal.screenshots import CHROMIUM, FLAGS
from tests.portal.pages import Page
from tests.portal.provider import CLIENT, SECRET, Provider, running_provider
from tests.portal.running import Browse, Portal, running_portal


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """Return a running provider."""
    with running_provider() as running:
        yield running


@pytest.fixture(scope="module")
def portal(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """Return a portal that takes the provider's word for a user name."""
    more = {
        "COTMOC_OIDC_ISSUER": provider.url,
        "COTMOC_OIDC_CLIENT_ID": CLIENT,
        "COTMOC_OIDC_CLIENT_SECRET": SECRET,
        "COTMOC_OIDC_NAME": "tài khoản của tỉnh",
    }
    with running_portal(tmp_path_factory.mktemp("oidc") / "home", more) as running:
        yield running


@pytest.fixture(autouse=True)
def honest(provider: Provider) -> None:
    """Make the provider honest again, and let it speak of somebody with an account."""
    provider.claims, provider.lies, provider.signs_with = {"preferred_username": "an"}, {}, None


def come_back(portal: Portal, browse: Browse | None = None) -> tuple[Browse, httpx.Response]:
    """Go to the provider and back; return the browser and the answer."""
    browse = browse or portal.browse()
    there = browse.get("/dang-nhap/oidc?tiep=/ho-so")
    assert there.status_code == 302, there.text
    back = httpx.get(there.headers["location"], trust_env=False).headers["location"]
    return browse, browse.get(back.removeprefix(portal.url))


def test_somebody_with_an_account_gets_in(portal: Portal, provider: Provider) -> None:
    assert "Đăng nhập bằng tài khoản của tỉnh" in portal.browse().get("/dang-nhap").text
    browse, answer = come_back(portal)
    assert answer.status_code == 200
    assert 'content="0;url=/ho-so"' in answer.text
    assert "Nguyễn Văn An" in browse.get("/").text
    asked = provider.asked[-1]
    assert asked["code_challenge_method"] == "S256"
    assert {"state", "nonce", "code_challenge"} <= set(asked)


def test_a_real_browser_gets_in_though_its_cookie_is_strict(portal: Portal) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        page = browser.new_page()
        page.goto(f"{portal.url}/dang-nhap?tiep=/ho-so")
        page.get_by_role("link", name="Đăng nhập bằng").click()
        page.wait_for_url(f"{portal.url}/ho-so")
        assert page.get_by_role("heading", name="Hồ sơ đã nộp").is_visible()
        browser.close()


@pytest.mark.parametrize(
    "claims",
    [{"preferred_username": "khong-co-ai"}, {"preferred_username": ["an"]}, {"email": "an@example.vn"}],
)
def test_somebody_without_an_account_does_not(
    portal: Portal, provider: Provider, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    browse, answer = come_back(portal)
    assert answer.status_code == 403
    assert browse.get("/").status_code == 303
    assert any("OIDC" in one.why for one in read_denials(portal.places))


@pytest.mark.parametrize(
    "lie",
    [
        {"aud": "somebody-else"},
        {"iss": "https://evil.example"},
        {"nonce": "another"},
        {"exp": int(time.time()) - 3600},
    ],
    ids=["for another", "from another", "from another sign-in", "too old"],
)
def test_words_that_are_not_for_this_sign_in_are_not_believed(
    portal: Portal, provider: Provider, lie: dict[str, Any]
) -> None:
    provider.lies = lie
    browse, answer = come_back(portal)
    assert answer.status_code == 403
    assert browse.get("/").status_code == 303


def test_words_signed_with_another_key_are_not_believed(portal: Portal, provider: Provider) -> None:
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    browse, answer = come_back(portal)
    assert answer.status_code == 403
    assert browse.get("/").status_code == 303


def test_a_sign_in_begun_in_another_browser_is_not_finished_here(portal: Portal) -> None:
    there = portal.browse().get("/dang-nhap/oidc").headers["location"]
    back = httpx.get(there, trust_env=False).headers["location"].removeprefix(portal.url)
    victim = portal.browse()
    assert victim.get(back).status_code == 403
    assert victim.get("/").status_code == 303


def test_a_way_back_is_gone_once(portal: Portal) -> None:
    browse = portal.browse()
    there = browse.get("/dang-nhap/oidc").headers["location"]
    back = httpx.get(there, trust_env=False).headers["location"].removeprefix(portal.url)
    assert browse.get(back).status_code == 200
    assert browse.get(back).status_code == 403


def test_a_closed_account_stays_closed(portal: Portal, provider: Provider) -> None:
    portal.accounts.add("khoa", "Khổng Khóa", "so_y_te", ("submitter",), "mot mat khau dai")
    portal.accounts.disable("khoa")
    provider.claims = {"preferred_username": "khoa"}
    assert come_back(portal)[1].status_code == 403


def test_an_address_counts_only_when_the_provider_has_verified_it(
    provider: Provider, tmp_path_factory: pytest.TempPathFactory
) -> None:
    more = {
        "COTMOC_OIDC_ISSUER": provider.url,
        "COTMOC_OIDC_CLIENT_ID": CLIENT,
        "COTMOC_OIDC_CLIENT_SECRET": SECRET,
        "COTMOC_OIDC_CLAIM": "email",
    }
    with running_portal(tmp_path_factory.mktemp("email") / "home", more) as portal:
        for verified, status in ((True, 200), (False, 403), (None, 403), ("true", 403)):
            provider.claims = {"email": "AN@example.vn", "email_verified": verified}
            assert come_back(portal)[1].status_code == status, verified


def test_without_configuration_it_is_off(tmp_path_factory: pytest.TempPathFactory) -> None:
    with running_portal(tmp_path_factory.mktemp("off") / "home") as portal:
        answer = portal.browse().get("/dang-nhap/oidc")
        assert answer.status_code == 404
        assert "oidc" not in "".join(Page(portal.browse().get("/dang-nhap").text).links)
