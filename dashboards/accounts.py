"""The file of accounts → who exists, in which role, and which rows each may see.

`read_accounts` is plain; the other functions run inside a Superset application context.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ADMIN = "Admin"
LEADER = "Lãnh đạo"
DEPARTMENT = "Sở, ngành"
ROLE_NAMES = {"admin": ADMIN, "leader": LEADER, "department": DEPARTMENT}

# What a reader needs to open a dashboard, use its filters and download a table: nothing to edit, no SQL.
VIEWER_PERMISSIONS = (
    ("can_read", "Chart"),
    ("can_read", "CurrentUserRestApi"),
    ("can_read", "Dashboard"),
    ("can_read", "DashboardFilterStateRestApi"),
    ("can_write", "DashboardFilterStateRestApi"),
    ("can_read", "DashboardPermalinkRestApi"),
    ("can_write", "DashboardPermalinkRestApi"),
    ("can_read", "Dataset"),
    ("can_read", "ExploreFormDataRestApi"),
    ("can_read", "SecurityRestApi"),
    ("can_read", "Theme"),
    ("can_csv", "Superset"),
    ("can_dashboard", "Superset"),
    ("can_explore_json", "Superset"),
    ("can_language_pack", "Superset"),
    ("can_log", "Superset"),
    ("can_query", "Api"),
    ("can_time_range", "Api"),
    ("menu_access", "Dashboards"),
)


class AccountsError(ValueError):
    """The file of accounts cannot be used; the text says why."""


@dataclass(frozen=True)
class Account:
    """One person (or demonstration officer) who may log in."""

    key: str
    role: str
    username: str
    password: str
    first_name: str
    last_name: str
    email: str
    department_code: str | None

    @property
    def role_names(self) -> list[str]:
        """Return the names of the Superset roles of this account."""
        names = [ROLE_NAMES[self.role]]
        if self.department_code:
            names.append(department_role(self.department_code))
        return names


def department_role(department_code: str) -> str:
    """Return the name of the role that opens the rows of one department."""
    return f"{DEPARTMENT}: {department_code}"


def read_accounts(file: Path) -> list[Account]:
    """Return the accounts of a JSON file {key: {username, password, role?, department_code?, …}}.

    The role is the key unless `role` says otherwise. AccountsError on a missing field, a short password, a
    password equal to the user name, or no administrator.
    """
    try:
        entries = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise AccountsError(f"the file of accounts {file} cannot be read: {error}") from error
    if not isinstance(entries, dict):
        raise AccountsError(f"the file of accounts {file} must be an object of accounts")
    accounts = [_account(key, entry) for key, entry in entries.items()]
    if not any(account.role == "admin" for account in accounts):
        raise AccountsError("the file of accounts has no administrator")
    if len({account.username for account in accounts}) != len(accounts):
        raise AccountsError("the file of accounts names one user twice")
    return accounts


def _account(key: str, entry: dict[str, Any]) -> Account:
    role = entry.get("role", key)
    if role not in ROLE_NAMES:
        raise AccountsError(f"account {key}: the role must be one of {', '.join(ROLE_NAMES)}, not {role!r}")
    username, password = entry.get("username", ""), entry.get("password", "")
    if not username:
        raise AccountsError(f"account {key} has no username")
    if len(password) < 12 or password.lower() == username.lower():
        raise AccountsError(f"account {key}: the password needs 12 characters or more, not the user name")
    code = entry.get("department_code")
    if (role == "department") != bool(code):
        raise AccountsError(f"account {key}: a department account, and only that, has a department_code")
    if code and not re.fullmatch(r"[a-z0-9_]+", code):
        raise AccountsError(f"account {key}: the department_code {code!r} is not a code (a-z, 0-9, _)")
    return Account(
        key=key,
        role=role,
        username=username,
        password=password,
        first_name=entry.get("first_name", {"admin": "Quản trị", "leader": "Lãnh đạo"}.get(role, "Cán bộ")),
        last_name=entry.get("last_name", "trình diễn"),
        email=entry.get("email", f"{username}@cotmoc.invalid"),
        department_code=code,
    )


def write_accounts(security_manager: Any, accounts: list[Account]) -> None:
    """Make or correct the accounts: name, password, roles. Accounts not in the list are left as they are."""
    for account in accounts:
        for name in account.role_names:
            security_manager.add_role(name)
        roles = [security_manager.find_role(name) for name in account.role_names]
        user = security_manager.find_user(username=account.username)
        if user is None:
            user = security_manager.add_user(
                account.username,
                account.first_name,
                account.last_name,
                account.email,
                roles[0],
                account.password,
            )
            if not user:
                raise AccountsError(f"account {account.key}: Superset refused the user {account.username}")
        elif not _same_password(user, account.password):
            security_manager.reset_password(user.id, account.password)
        user.first_name, user.last_name, user.email = account.first_name, account.last_name, account.email
        user.roles, user.active = roles, True
        security_manager.update_user(user)


def _same_password(user: Any, password: str) -> bool:
    from werkzeug.security import check_password_hash

    return bool(user.password) and check_password_hash(user.password, password)


def write_roles(security_manager: Any, datasets: list[Any], department_codes: list[str]) -> list[str]:
    """Make the reader roles over `datasets`, closed by default, and return the names of all roles written.

    Every table answers no rows (BASE filter `1 = 0`) except to the administrator, the leaders and the roles of single
    departments; a department's role adds `responsible_department_code = its own` where the table has that column.
    """
    permissions = [
        security_manager.find_permission_view_menu(name, view) for name, view in VIEWER_PERMISSIONS
    ]
    missing = [pair for pair, found in zip(VIEWER_PERMISSIONS, permissions, strict=True) if found is None]
    if missing:
        raise AccountsError(f"Superset has no permission {missing[0][0]} on {missing[0][1]}")
    data = [
        security_manager.add_permission_view_menu("datasource_access", dataset.perm) for dataset in datasets
    ]
    for name in (LEADER, DEPARTMENT):
        role = security_manager.add_role(name)
        role.permissions = [*permissions, *data]
    # The login page is read by nobody in particular, and it too speaks Vietnamese.
    public = security_manager.add_role(security_manager.auth_role_public)
    public.permissions = [security_manager.find_permission_view_menu("can_language_pack", "Superset")]
    department_roles = {code: security_manager.add_role(department_role(code)) for code in department_codes}
    open_roles = [
        security_manager.find_role(ADMIN),
        security_manager.find_role(LEADER),
        *department_roles.values(),
    ]
    _write_row_filter("Mặc định: không thấy dòng nào", "Base", "1 = 0", datasets, open_roles)
    by_department = [
        dataset
        for dataset in datasets
        if any(column.column_name == "responsible_department_code" for column in dataset.columns)
    ]
    for code, role in department_roles.items():
        clause = f"responsible_department_code = '{code}'"
        _write_row_filter(f"{DEPARTMENT}: {code}", "Regular", clause, by_department, [role])
    return [LEADER, DEPARTMENT, *(department_role(code) for code in department_codes)]


def _write_row_filter(name: str, filter_type: str, clause: str, tables: list[Any], roles: list[Any]) -> None:
    from superset import db
    from superset.connectors.sqla.models import RowLevelSecurityFilter

    row_filter = db.session.query(RowLevelSecurityFilter).filter_by(name=name).one_or_none()
    if row_filter is None:
        row_filter = RowLevelSecurityFilter(name=name)
        db.session.add(row_filter)
    row_filter.filter_type, row_filter.clause = filter_type, clause
    row_filter.tables, row_filter.roles = tables, roles
    row_filter.group_key = "department" if filter_type == "Regular" else None
    db.session.commit()
