"""The demonstration's submission page: generated accounts in access.json, one for each role, and none anywhere else."""

from __future__ import annotations

import re
from pathlib import Path

import httpx

from cotmoc.accounts import Accounts
from cotmoc.places import Places
from cotmoc.serving.access import read_access, write_access
from cotmoc.serving.portal import read_accounts, running_portal
from cotmoc.settings import REPOSITORY
from tests.portal.pages import Page


def test_the_demonstration_has_an_account_for_each_role_and_says_where(tmp_path: Path) -> None:
    places = Places(tmp_path / "home")
    places.home.mkdir()
    with running_portal(places) as portal:
        access = write_access(places, {"portal": portal.url})["portal"]
        assert access["url"] == portal.url
        assert set(access["accounts"]) == {"submitter", "reviewer", "administrator"}
        assert oct(places.access.stat().st_mode & 0o777) == "0o600"
        for role, path in (("submitter", "/nop"), ("reviewer", "/duyet"), ("administrator", "/quan-tri")):
            account = access["accounts"][role]
            with httpx.Client(base_url=portal.url, trust_env=False, timeout=120) as client:
                form = Page(client.get("/dang-nhap").text).form_to("/dang-nhap")
                fields = {"username": account["username"], "password": account["password"]}
                assert client.post("/dang-nhap", data=form.fields | fields).status_code == 303
                assert client.get(path).status_code == 200
    assert not portal.server.is_alive()
    assert read_accounts(places) == read_access(places)["portal"]["accounts"], "made once and kept"


def test_the_people_of_the_demonstration_are_four_eyes(tmp_path: Path) -> None:
    places = Places(tmp_path)
    read_accounts(places)
    names = [account.full_name for account in Accounts(places.accounts).all().values()]
    assert len(set(names)) == len(names) == 3


def test_a_page_without_accounts_lets_nobody_in(tmp_path: Path) -> None:
    assert Accounts(Places(tmp_path).accounts).all() == {}
    for file in REPOSITORY.glob("portal/**/*"):
        if file.suffix in (".py", ".yaml", ".html", ".js"):
            text = file.read_text(encoding="utf-8")
            assert not re.search(r"password\s*[:=]\s*[\"'][^\"']+[\"']", text), file
