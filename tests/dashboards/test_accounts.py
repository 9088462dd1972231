"""The file of accounts: who may be made, and what is refused before anything is started."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from accounts import AccountsError, read_accounts

from tests.dashboards.conftest import run_program

PASSWORD = "rat-dai-va-ngau-nhien"
ADMIN = {"username": "quan-tri", "password": PASSWORD}


def accounts_file(folder: Path, content: Any) -> Path:
    """Write a file of accounts and return it."""
    file = folder / "accounts.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def test_role_is_the_key_unless_said(tmp_path: Path) -> None:
    content = {
        "admin": ADMIN,
        "leader": {"username": "lanh-dao", "password": PASSWORD},
        "so_y_te": {
            "username": "so-y-te",
            "password": PASSWORD,
            "role": "department",
            "department_code": "so_y_te",
        },
    }
    roles = {one.username: one.role_names for one in read_accounts(accounts_file(tmp_path, content))}
    assert roles == {
        "quan-tri": ["Admin"],
        "lanh-dao": ["Lãnh đạo"],
        "so-y-te": ["Sở, ngành", "Sở, ngành: so_y_te"],
    }


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"leader": ADMIN}, "no administrator"),
        ({"admin": {"username": "quan-tri"}}, "password"),
        ({"admin": {**ADMIN, "password": "ngan"}}, "12 characters"),
        ({"admin": {"username": PASSWORD, "password": PASSWORD}}, "not the user name"),
        ({"admin": {"password": PASSWORD}}, "no username"),
        ({"admin": ADMIN, "guest": ADMIN}, "role must be one of"),
        ({"admin": ADMIN, "leader": ADMIN}, "names one user twice"),
        ({"admin": ADMIN, "department": {"username": "so", "password": PASSWORD}}, "department_code"),
        ({"admin": {**ADMIN, "department_code": "so_y_te"}}, "department_code"),
        (
            {"admin": ADMIN, "department": {**ADMIN, "username": "so", "department_code": "x' OR '1'='1"}},
            "is not a code",
        ),
        ([], "must be an object"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_unsafe_accounts_are_refused(tmp_path: Path, content: Any, reason: str) -> None:
    with pytest.raises(AccountsError, match=reason):
        read_accounts(accounts_file(tmp_path, content))


def test_publish_names_the_missing_setting(tmp_path: Path) -> None:
    done = run_program("publish.py", "--accounts", str(accounts_file(tmp_path, {"admin": ADMIN})))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == "COTMOC_SUPERSET_HOME is not set\n"


def test_publish_refuses_a_bad_file_of_accounts_in_one_sentence(tmp_path: Path) -> None:
    environment = {
        "COTMOC_SUPERSET_HOME": str(tmp_path / "superset"),
        "COTMOC_PUBLISHED": str(tmp_path / "none.duckdb"),
        "SUPERSET_SECRET_KEY": "0" * 40,
    }
    file = accounts_file(tmp_path, {"leader": ADMIN})
    done = run_program("publish.py", "--accounts", str(file), environment=environment)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "no administrator" in done.stderr
    assert not (tmp_path / "superset").exists()


def test_invalidating_the_cache_empties_only_the_cache(tmp_path: Path) -> None:
    cached = tmp_path / "cache" / "data"
    cached.mkdir(parents=True)
    for name in ("one", "two"):
        (cached / name).write_text("answer", encoding="utf-8")
    (tmp_path / "superset.db").write_text("kept", encoding="utf-8")
    environment = {"COTMOC_SUPERSET_HOME": str(tmp_path)}
    done = run_program("publish.py", "--invalidate-cache", environment=environment)
    assert json.loads(done.stdout) == {"state": "cache cleared", "entries": 2}
    assert list(cached.iterdir()) == []
    assert (tmp_path / "superset.db").exists()
