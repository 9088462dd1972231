"""The portal's parts by themselves: sessions by the clock, tickets, names, rules, accounts."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from typer.testing import CliRunner

from cotmoc.accounts import AccountError, Accounts, is_password_of
from cotmoc.arrivals import to_shown_name
from cotmoc.command import app
from cotmoc.settings import settings
from portal.attempts import Attempts
from portal.routes.signing_in import to_local_path
from portal.rules import read_rules
from portal.sessions import Sessions, is_form_token, to_form_token, to_id_hash
from portal.tickets import Tickets, to_safe_name

RULES = read_rules()
PASSWORD = "mot mat khau dai"


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.present = 1_000_000.0

    def __call__(self) -> float:
        """Return the present."""
        return self.present


@pytest.fixture
def clock() -> Clock:
    """Return a clock."""
    return Clock()


@pytest.fixture
def sessions(tmp_path: Path, clock: Clock) -> Sessions:
    """Return an empty book of sessions."""
    return Sessions(tmp_path / "sessions.sqlite", RULES.sessions, clock)


def test_a_session_lasts_as_long_as_it_is_used_but_not_for_ever(sessions: Sessions, clock: Clock) -> None:
    session = sessions.start("an")
    steps = int(RULES.sessions.absolute_seconds // (RULES.sessions.idle_seconds - 1))
    for _ in range(steps):
        clock.present += RULES.sessions.idle_seconds - 1
        assert sessions.find(session) is not None
    clock.present += RULES.sessions.idle_seconds - 1
    assert sessions.find(session) is None


def test_a_session_that_is_not_used_ends(sessions: Sessions, clock: Clock) -> None:
    session = sessions.start("an")
    clock.present += RULES.sessions.idle_seconds + 1
    assert sessions.find(session) is None
    clock.present -= RULES.sessions.idle_seconds
    assert sessions.find(session) is None, "ended once, ended for good"


def test_sessions_end_one_by_one(sessions: Sessions) -> None:
    one, other = sessions.start("an"), sessions.start("an")
    sessions.end(to_id_hash(one))
    assert sessions.find(one) is None
    found = sessions.find(other)
    assert found is not None
    assert (found.username, found.id_hash) == ("an", to_id_hash(other))


@given(cookie=st.text(), other=st.text())
def test_a_form_token_fits_one_cookie(cookie: str, other: str) -> None:
    token = to_form_token("secret", cookie)
    assert is_form_token("secret", cookie, token)
    assert not is_form_token("another secret", cookie, token)
    encoded = cookie.encode("utf-8", "replace"), other.encode("utf-8", "replace")
    assert is_form_token("secret", other, token) == (encoded[0] == encoded[1])


@given(name=st.text(max_size=400))
def test_a_kept_name_is_one_that_any_file_system_and_screen_takes(name: str) -> None:
    safe = to_safe_name(name)
    assert safe not in ("", ".", "..")
    assert "/" not in safe
    assert "\\" not in safe
    assert len(safe.encode("utf-8")) <= 200
    assert not safe.startswith(".")
    assert to_shown_name(safe).isprintable()
    assert to_safe_name(safe) == safe
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / safe
        path.write_bytes(b"x")
        assert [found.name for found in Path(folder).iterdir()] == [safe]


@given(wanted=st.text(max_size=600))
def test_a_way_on_never_leaves_the_page(wanted: str) -> None:
    path = to_local_path(wanted)
    assert path.startswith("/")
    assert not path.startswith(("//", "/\\"))
    assert path.isprintable()


@pytest.mark.parametrize("path", ["/", "/ho-so", "/duyet/20240101-abc", "/ho-so?trang_thai=waiting"])
def test_a_page_of_our_own_is_a_way_on(path: str) -> None:
    assert to_local_path(path) == path


def test_a_ticket_is_claimed_by_one_of_many(tmp_path: Path, clock: Clock) -> None:
    tickets = Tickets(tmp_path / "tickets", RULES.uploads, clock)
    token, file = tickets.place("biểu.xlsx")
    file.write_bytes(b"x")
    tickets.note(token, "session", file, {})
    with ThreadPoolExecutor(8) as many:
        claimed = [one for one in many.map(lambda _: tickets.claim(token, "session"), range(40)) if one]
    assert len(claimed) == 1
    assert claimed[0].file.read_bytes() == b"x"
    tickets.give_back(claimed[0])
    assert tickets.claim(token, "another") is None
    assert tickets.claim(token, "session") is not None


def test_tickets_grow_old_and_do_not_pile_up(tmp_path: Path, clock: Clock) -> None:
    tickets = Tickets(tmp_path / "tickets", RULES.uploads, clock)
    tokens = []
    for _ in range(RULES.uploads.tickets_per_session + 3):
        token, file = tickets.place("biểu.xlsx")
        file.write_bytes(b"x")
        clock.present += 1
        tickets.note(token, "session", file, {})
        tokens.append(token)
    kept = [token for token in tokens if tickets.find(token, "session")]
    assert kept == tokens[3:]
    clock.present += RULES.uploads.ticket_seconds + 1
    assert tickets.find(tokens[-1], "session") is None
    tickets.sweep()
    assert list(tickets.folder.iterdir()) == []


@pytest.mark.parametrize("token", ["", "..", "../../x", "a" * 65, "a/b" * 10])
def test_what_is_no_ticket_finds_nothing(tmp_path: Path, clock: Clock, token: str) -> None:
    assert Tickets(tmp_path / "tickets", RULES.uploads, clock).find(token, "session") is None


def test_wrong_passwords_that_are_forgiven_do_not_add_up() -> None:
    attempts = Attempts(RULES)
    for _ in range(3):
        for _ in range(RULES.sign_in.failures - 1):
            attempts.failed("an")
        attempts.succeeded("an")
    assert attempts.seconds_to_wait("an", "10.0.0.1") == 0
    for _ in range(RULES.sign_in.failures):
        attempts.failed("an")
    assert 0 < attempts.seconds_to_wait("an", "10.0.0.1") <= RULES.sign_in.locked_seconds
    assert attempts.seconds_to_wait("binh", "10.0.0.1") == 0


def test_a_locked_name_is_free_again_after_its_time() -> None:
    sign_in = RULES.sign_in.model_copy(update={"locked_seconds": 1})
    attempts = Attempts(RULES.model_copy(update={"sign_in": sign_in}))
    for _ in range(RULES.sign_in.failures):
        attempts.failed("an")
    ends = time.monotonic() + 60
    while attempts.seconds_to_wait("an", f"10.0.0.{time.monotonic()}"):
        assert time.monotonic() < ends
        time.sleep(0.1)


def test_a_misspelt_rule_is_not_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    text = (Path(__file__).resolve().parents[2] / "portal" / "rules.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace("idle_seconds", "idle_second"), encoding="utf-8")
    with pytest.raises(ValidationError, match="idle_seconds"):
        read_rules(file)


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    """Return an empty book of accounts."""
    return Accounts(tmp_path / "portal" / "accounts.json")


def test_an_account_is_kept_with_a_hash_and_found_by_any_spelling_of_its_name(accounts: Accounts) -> None:
    made = accounts.add(
        " An.Nguyen ", "Nguyễn  Văn An", "so_y_te", ("submitter",), PASSWORD, email="An@Example.vn"
    )
    assert (made.username, made.full_name) == ("an.nguyen", "Nguyễn Văn An")
    assert accounts.find("AN.NGUYEN") == made
    assert accounts.find_email("an@example.VN") == made
    assert made.password_hash.startswith("$argon2id$")
    assert PASSWORD not in accounts.file.read_text(encoding="utf-8")
    assert accounts.file.stat().st_mode & 0o777 == 0o600
    assert is_password_of(made, PASSWORD)
    assert not is_password_of(made, PASSWORD + " ")
    assert not is_password_of(None, "nobody has this password")


@pytest.mark.parametrize(
    ("username", "name", "password", "why"),
    [
        ("a", "An", PASSWORD, "no user name"),
        ("an/../x", "An", PASSWORD, "no user name"),
        ("an", "  ", PASSWORD, "full name"),
        ("an", "An", "ngan", "12 to 200"),
        ("an", "An", "x" * 201, "12 to 200"),
    ],
)
def test_an_account_that_makes_no_sense_is_not_made(
    accounts: Accounts, username: str, name: str, password: str, why: str
) -> None:
    with pytest.raises(AccountError, match=why):
        accounts.add(username, name, "so_y_te", ("submitter",), password)
    assert accounts.all() == {}


def test_accounts_made_at_once_are_all_there(accounts: Accounts) -> None:
    def make(number: int) -> None:
        accounts.add(f"can-bo-{number}", f"Cán bộ {number}", "so_y_te", ("submitter",), PASSWORD)

    with ThreadPoolExecutor(6) as many:
        list(many.map(make, range(12)))
    assert len(accounts.all()) == 12


def test_the_last_day_of_an_account_still_counts(accounts: Accounts) -> None:
    made = accounts.add("an", "An", "so_y_te", ("submitter",), PASSWORD, expires_on=date(2026, 3, 31))
    assert made.may_enter(date(2026, 3, 31))
    assert not made.may_enter(date(2026, 4, 1))


def test_the_command_makes_lists_closes_and_renews_accounts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COTMOC_HOME", str(tmp_path))
    settings.cache_clear()
    run, kept = CliRunner().invoke, Accounts(tmp_path / "portal" / "accounts.json")
    try:
        made = run(
            app, ["account", "add", "an", "--name", "Nguyễn Văn An", "-d", "so_y_te", "--role", "submitter"]
        )
        assert made.exit_code == 0, made.output
        printed = made.output.splitlines()[-1].rpartition(": ")[2]
        account = kept.find("an")
        assert account is not None
        assert is_password_of(account, printed)
        listed = run(app, ["account", "list"])
        assert "Nguyễn Văn An" in listed.output
        assert printed not in listed.output
        told = run(app, ["account", "password", "an", "--password-stdin"], input=f"{PASSWORD}\n")
        assert PASSWORD not in told.output
        assert is_password_of(kept.find("an"), PASSWORD)
        assert run(app, ["account", "disable", "an"]).exit_code == 0
        closed = kept.find("an")
        assert closed is not None
        assert not closed.may_enter(date(2026, 1, 1))
        for wrong in (["-d", "so_khong_co", "--role", "submitter"], ["-d", "so_y_te", "--role", "king"]):
            command = [Path(sys.executable).with_name("cotmoc"), "account", "add", "binh", "--name", "Bình"]
            answer = subprocess.run([*command, *wrong], capture_output=True, text=True, check=False)
            assert (answer.returncode, answer.stdout) == (2, "")
            assert kept.find("binh") is None
    finally:
        settings.cache_clear()
