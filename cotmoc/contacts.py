"""COTMOC_HOME/contacts.csv → who in a department is written to. Personal data: it never enters the repository."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from cotmoc.mail import is_address
from cotmoc.registry import Registry
from ingestion.normalising.text import to_text

ContactRole = Literal["officer", "head"]
ROLES: tuple[ContactRole, ...] = ("officer", "head")
COLUMNS = ("department_code", "role", "name", "email")


@dataclass(frozen=True)
class Contact:
    """A person who is written to for a department, in a role."""

    department_code: str
    role: ContactRole
    name: str
    email: str

    @property
    def hint(self) -> str:
        """Return enough to find the line of the contact, without the address."""
        return f"{self.email[0]}…@{self.email.rpartition('@')[2]} ({self.department_code}, {self.role})"


@dataclass(frozen=True)
class Contacts:
    """The contacts that can be written to, and what is wrong with the other lines of the file."""

    people: tuple[Contact, ...] = ()
    problems: tuple[str, ...] = ()

    def of(self, department: str, role: ContactRole) -> tuple[Contact, ...]:
        """Return the people of a department in a role."""
        return tuple(one for one in self.people if (one.department_code, one.role) == (department, role))


def read_contacts(path: Path, registry: Registry) -> Contacts:
    """Return the contacts of a file, none where there is no file; a wrong line spoils no other one."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Contacts()
    except ValueError:
        return Contacts(problems=(f"{path.name} is not UTF-8: save it as CSV UTF-8",))
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if missing := [column for column in COLUMNS if column not in (reader.fieldnames or ())]:
            return Contacts(problems=(f"{path.name} lacks the columns {', '.join(missing)}",))
        read = list(_read(path.name, reader, registry))
    except csv.Error as error:
        return Contacts(problems=(f"{path.name}, line {reader.line_num}: {error}",))
    people = dict.fromkeys(one for one in read if isinstance(one, Contact))
    return Contacts(tuple(people), tuple(one for one in read if isinstance(one, str)))


def _read(name: str, reader: csv.DictReader[str], registry: Registry) -> Iterator[Contact | str]:
    """Yield a contact for each good line, a sentence for each other one."""
    for record in reader:
        where = f"{name}, line {reader.line_num}"
        cells = {column: to_text(record[column] or "") for column in COLUMNS}
        if cells["department_code"] not in registry.departments:
            yield f"{where}: no department has the code {cells['department_code']!r}"
        elif cells["role"] not in ROLES:
            yield f"{where}: the role {cells['role']!r} is neither {' nor '.join(ROLES)}"
        elif not is_address(cells["email"]):
            # What stands there may be a person's address all the same: it is not shown.
            yield f"{where}: what stands in email is not one e-mail address"
        else:
            yield _to_contact(cells)


def _to_contact(cells: Mapping[str, str]) -> Contact:
    return Contact(
        cells["department_code"], cast(ContactRole, cells["role"]), cells["name"], cells["email"].lower()
    )
