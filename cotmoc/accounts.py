"""accounts.json under COTMOC_HOME/portal ↔ the people who may enter the submission page, and what each may do there.

The file is for its owner alone (mode 600) and holds Argon2 hashes, never a password. Whoever changes it holds a lock.
"""

from __future__ import annotations

import fcntl
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from cotmoc.calendar import now, to_day_text
from cotmoc.serving.credentials import write_private

Role = Literal["submitter", "reviewer", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)
LEAST_PASSWORD = 12
MOST_PASSWORD = 200
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")


class AccountError(ValueError):
    """The account cannot be made or changed like this; the message says why."""


@dataclass(frozen=True)
class Account:
    """One person: the name that the ledger records, the department, what may be done.

    `reviews` limits a reviewer to some departments; empty means every department.
    """

    username: str
    full_name: str
    department_code: str
    roles: tuple[Role, ...]
    password_hash: str
    changed_at: str
    reviews: tuple[str, ...] = ()
    email: str | None = None
    disabled: bool = False
    expires_on: str | None = None

    def may_enter(self, on: date) -> bool:
        """Return whether the account is open on a day; on its last day it still is."""
        return not self.disabled and (self.expires_on is None or on.isoformat() <= self.expires_on)

    def may_review(self, department: str) -> bool:
        """Return whether the person decides about submissions of a department."""
        return "reviewer" in self.roles and (not self.reviews or department in self.reviews)

    @property
    def changed(self) -> datetime:
        """Return the instant of the last change of password, name, rights or state."""
        return datetime.fromisoformat(self.changed_at)


@dataclass(frozen=True)
class Accounts:
    """The accounts of one file; it may not exist yet."""

    file: Path

    def all(self) -> dict[str, Account]:
        """Return every account by user name."""
        try:
            written: dict[str, dict[str, Any]] = json.loads(self.file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return {username: _from_json(found) for username, found in sorted(written.items())}

    def find(self, username: str) -> Account | None:
        """Return the account of a user name, None for an unknown one."""
        return self.all().get(to_username(username))

    def find_email(self, email: str) -> Account | None:
        """Return the account of an e-mail address, None when there is none or more than one."""
        wanted = email.strip().casefold()
        found = [one for one in self.all().values() if one.email and one.email.casefold() == wanted]
        return found[0] if len(found) == 1 else None

    def add(
        self,
        username: str,
        full_name: str,
        department_code: str,
        roles: tuple[Role, ...],
        password: str,
        *,
        reviews: tuple[str, ...] = (),
        email: str | None = None,
        expires_on: date | None = None,
    ) -> Account:
        """Add an account and return it. Raises AccountError when the name is taken or the words are not fit."""
        name = to_username(username)
        if not _USERNAME.fullmatch(name):
            raise AccountError(
                f"{username!r} is no user name: 2 to 64 of a-z, 0-9, dot, dash, underscore, @; first a letter or digit"
            )
        if not full_name.strip():
            raise AccountError("the full name is what the ledger records: it cannot be empty")
        if not roles:
            raise AccountError(f"give at least one role: {', '.join(ROLES)}")
        account = Account(
            username=name,
            full_name=" ".join(full_name.split()),
            department_code=department_code,
            roles=roles,
            password_hash=to_hash(password),
            changed_at=now().isoformat(),
            reviews=reviews,
            email=email,
            expires_on=expires_on.isoformat() if expires_on else None,
        )
        with self._changing() as accounts:
            if name in accounts:
                raise AccountError(f"the account {name} exists already")
            accounts[name] = account
        return account

    def disable(self, username: str) -> Account:
        """Close an account, its sessions with it, and return it. Raises AccountError for an unknown one."""
        return self._change(username, disabled=True)

    def set_password(self, username: str, password: str) -> Account:
        """Give an account another password; its sessions end. Raises AccountError."""
        return self._change(username, password_hash=to_hash(password))

    def _change(self, username: str, **changes: Any) -> Account:
        name = to_username(username)
        with self._changing() as accounts:
            if name not in accounts:
                raise AccountError(f"there is no account {name}; `cotmoc account list` names them")
            accounts[name] = replace(accounts[name], changed_at=now().isoformat(), **changes)
            return accounts[name]

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Account]]:
        """Yield the accounts to be changed, alone; what they are at the end is written."""
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.file.parent / ".accounts.lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            accounts = self.all()
            yield accounts
            write_private(self.file, {name: asdict(account) for name, account in accounts.items()})


_HASHER = PasswordHasher()
# Somebody unknown is compared with this: it takes as long as somebody known.
_NOBODY = _HASHER.hash("nobody has this password")


def to_username(typed: str) -> str:
    """Return a user name as it is kept: without blanks around it, in small letters."""
    return typed.strip().lower()


def to_hash(password: str) -> str:
    """Return the Argon2 hash of a password. Raises AccountError for one too short or too long."""
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        raise AccountError(f"a password has {LEAST_PASSWORD} to {MOST_PASSWORD} characters")
    return _HASHER.hash(password)


def is_password_of(account: Account | None, password: str) -> bool:
    """Return whether this is the account's password; nobody's takes as long to find out as somebody's."""
    try:
        _HASHER.verify(account.password_hash if account else _NOBODY, password[: MOST_PASSWORD + 1])
    except (VerificationError, InvalidHashError):
        return False
    return account is not None


def describe(account: Account, on: date) -> str:
    """Return the state of an account on a day in Vietnamese."""
    if account.disabled:
        return "đã khóa"
    if account.expires_on:
        until = to_day_text(date.fromisoformat(account.expires_on))
        return f"đến {until}" if account.may_enter(on) else f"hết hạn {until}"
    return "đang dùng"


def _from_json(written: Mapping[str, Any]) -> Account:
    lists = {"roles": tuple(written["roles"]), "reviews": tuple(written.get("reviews", ()))}
    return Account(**{**written, **lists})
