"""account add · list · disable · password: who may enter the submission page."""

from __future__ import annotations

import sys
from datetime import date
from typing import Annotated

import typer

from cotmoc.accounts import ROLES, Account, Accounts, Role, describe
from cotmoc.calendar import now, to_local_date
from cotmoc.command.inputs import AsJson, to_any_day
from cotmoc.command.output import tell, tell_json, tell_table
from cotmoc.serving.credentials import make_password
from cotmoc.settings import settings

Username = Annotated[str, typer.Argument(metavar="USERNAME", help="What the person signs in with.")]
FromStdin = Annotated[
    bool,
    typer.Option("--password-stdin", help="Read the password from stdin instead of making and printing one."),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this topic."""
    topic = typer.Typer(help="Accounts of the submission page.", no_args_is_help=True)
    for command in (add, disable, password):
        topic.command()(command)
    topic.command("list")(list_accounts)
    app.add_typer(topic, name="account")


def _to_role(typed: str) -> Role:
    for role in ROLES:
        if typed == role:
            return role
    raise typer.BadParameter(f"{typed!r} is no role; roles are {', '.join(ROLES)}")


def add(
    username: Username,
    name: Annotated[str, typer.Option("--name", help="Full name, as the ledger records it.")],
    department: Annotated[
        str, typer.Option("--department", "-d", metavar="CODE", help="Department of the person.")
    ],
    role: Annotated[
        list[str], typer.Option("--role", metavar="ROLE", help=f"{', '.join(ROLES)}; may be given again.")
    ],
    reviews: Annotated[
        list[str] | None,
        typer.Option(
            "--reviews", metavar="CODE", help="A department the reviewer decides about (default: all)."
        ),
    ] = None,
    email: Annotated[
        str | None, typer.Option("--email", help="Address that single sign-on may name.")
    ] = None,
    expires_on: Annotated[
        date | None,
        typer.Option("--expires-on", parser=to_any_day, metavar="DATE", help="Last day of use."),
    ] = None,
    password_stdin: FromStdin = False,
    json: AsJson = False,
) -> None:
    """Add an account; its password is made here and printed once, or read from stdin."""
    from cotmoc.registry import Registry

    registry = Registry(settings().registry)
    for code in (department, *(reviews or ())):
        registry.require_department(code)
    chosen = _read_password() if password_stdin else make_password()
    account = _accounts().add(
        username,
        name,
        department,
        tuple(dict.fromkeys(_to_role(one) for one in role)),
        chosen,
        reviews=tuple(reviews or ()),
        email=email,
        expires_on=expires_on,
    )
    _answer(account, None if password_stdin else chosen, json)


def list_accounts(json: AsJson = False) -> None:
    """List the accounts: person, department, roles, state."""
    found, today = _accounts().all().values(), to_local_date(now())
    if json:
        tell_json([to_record(account) for account in found])
        return
    rows = (
        (
            account.username,
            account.full_name,
            account.department_code,
            ", ".join(account.roles),
            ", ".join(account.reviews) or ("tất cả" if "reviewer" in account.roles else ""),
            describe(account, today),
        )
        for account in found
    )
    tell_table(("username", "name", "department", "roles", "reviews", "state"), rows)


def disable(username: Username, json: AsJson = False) -> None:
    """Close an account; whoever is signed in with it is signed out."""
    _answer(_accounts().disable(username), None, json)


def password(username: Username, password_stdin: FromStdin = False, json: AsJson = False) -> None:
    """Give an account another password; whoever is signed in with it is signed out."""
    chosen = _read_password() if password_stdin else make_password()
    _answer(_accounts().set_password(username, chosen), None if password_stdin else chosen, json)


def to_record(account: Account) -> dict[str, object]:
    """Return an account as `account list --json` prints it; the hash of its password is not shown."""
    return {
        "username": account.username,
        "full_name": account.full_name,
        "department": account.department_code,
        "roles": list(account.roles),
        "reviews": list(account.reviews),
        "email": account.email,
        "disabled": account.disabled,
        "expires_on": account.expires_on,
    }


def _answer(account: Account, made: str | None, json: bool) -> None:
    if json:
        tell_json(to_record(account) | ({"password": made} if made else {}))
        return
    tell(f"{account.username}: {account.full_name}, {account.department_code}, {', '.join(account.roles)}")
    if made:
        tell(f"password (shown this once): {made}")


def _accounts() -> Accounts:
    return Accounts(settings().places.accounts)


def _read_password() -> str:
    return sys.stdin.readline().rstrip("\r\n")
