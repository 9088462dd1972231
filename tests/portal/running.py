"""A home with accounts → a real portal process on 127.0.0.1, and a client that goes through its forms."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from cotmoc.accounts import Accounts, Role
from cotmoc.desk import Desk, open_desk
from cotmoc.places import Places
from cotmoc.serving.processes import free_port
from cotmoc.settings import REPOSITORY
from tests.portal.pages import Page

REGISTRY = REPOSITORY / "dbt_project" / "seeds"
FORMS = REPOSITORY / "ingestion" / "forms"
PASSWORD = "mot mat khau dai"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Who there is: user name → full name, department, roles.
PEOPLE: dict[str, tuple[str, str, tuple[Role, ...]]] = {
    "an": ("Nguyễn Văn An", "so_tai_chinh", ("submitter",)),
    "binh": ("Trần Thị Bình", "so_tai_chinh", ("submitter",)),
    "y.te": ("Đỗ Minh Châu", "so_y_te", ("submitter",)),
    "duyet": ("Lê Thị Duyên", "cuc_thong_ke", ("reviewer",)),
    "hai.vai": ("Phạm Quốc Hải", "so_tai_chinh", ("submitter", "reviewer")),
    "quan.tri": ("Vũ Quang Trí", "cuc_thong_ke", ("administrator",)),
}


@dataclass
class Portal:
    """A running portal."""

    url: str
    places: Places
    process: subprocess.Popen[bytes]
    log: Path
    _desk: Desk | None = field(default=None)

    @property
    def desk(self) -> Desk:
        """Return a desk over the portal's home, for looking at what it did."""
        if self._desk is None:
            self._desk = open_desk(self.places, REGISTRY, FORMS)
        return self._desk

    @property
    def accounts(self) -> Accounts:
        """Return the accounts of the portal."""
        return Accounts(self.places.accounts)

    def browse(self) -> Browse:
        """Return a browser without JavaScript that nobody is signed in with."""
        return Browse(self)

    def sign_in(self, username: str, password: str = PASSWORD) -> Browse:
        """Return a browser somebody is signed in with."""
        browse = self.browse()
        answer = browse.sign_in(username, password)
        assert answer.status_code == 303, answer.text
        return browse


class Browse:
    """An HTTP client with cookies that fills in the forms it is shown."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.client = httpx.Client(base_url=portal.url, timeout=300, trust_env=False)

    def get(self, path: str) -> httpx.Response:
        """Return a page."""
        return self.client.get(path)

    def page(self, path: str) -> Page:
        """Return a page that is there, parsed."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return Page(answer.text)

    def sign_in(self, username: str, password: str = PASSWORD) -> httpx.Response:
        """Return the answer to the sign-in form."""
        form = Page(self.get("/dang-nhap").text).form_to("/dang-nhap")
        return self.client.post(
            "/dang-nhap", data={**form.fields, "username": username, "password": password}
        )

    def check(self, data: bytes, name: str = "bieu.xlsx") -> httpx.Response:
        """Return the answer to the form that takes a file."""
        form = self.page("/nop").form_to("/nop")
        form.fields.pop("tep")
        return self.client.post("/nop", data=form.fields, files={"tep": (name, data, XLSX)})

    def send(self, path: str, ending: str, **fields: str) -> httpx.Response:
        """Return the answer to the form of a page whose address ends so, its fields as shown and as given."""
        form = self.page(path).form_to(ending)
        return self.client.post(form.action, data={**form.fields, **fields})

    def hand_in(self, data: bytes, name: str = "bieu.xlsx") -> str:
        """Check and hand in a file without a flaw; return the id of the submission."""
        checked = self.check(data, name)
        assert checked.status_code == 303, checked.text
        answer = self.send(checked.headers["location"], checked.headers["location"])
        assert answer.status_code == 303, answer.text
        return answer.headers["location"].partition("?")[0].removeprefix("/ho-so/")


@contextmanager
def running_portal(home: Path, more: Mapping[str, str] | None = None) -> Iterator[Portal]:
    """Run a portal over a home with the accounts of PEOPLE while the block lasts."""
    places = Places(home)
    accounts = Accounts(places.accounts)
    for username, (name, department, roles) in PEOPLE.items():
        if accounts.find(username) is None:
            accounts.add(username, name, department, roles, PASSWORD, email=f"{username}@example.vn")
    port, log = free_port(), home / "portal.log"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "COTMOC_HOME": str(home),
        "COTMOC_PORTAL_PORT": str(port),
        **(more or {}),
    }
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "portal"],
            cwd=REPOSITORY,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    portal = Portal(f"http://127.0.0.1:{port}", places, process, log)
    try:
        _wait(portal)
        yield portal
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def rules_file(folder: Path, **changes: Mapping[str, object]) -> Path:
    """Write the shipped rules with some changed, by section; return the file."""
    import yaml

    rules = yaml.safe_load((REPOSITORY / "portal" / "rules.yaml").read_text(encoding="utf-8"))
    for section, changed in changes.items():
        rules[section] |= changed
    file = folder / "rules.yaml"
    file.write_text(yaml.safe_dump(rules), encoding="utf-8")
    return file


def _wait(portal: Portal) -> None:
    for _ in range(600):
        assert portal.process.poll() is None, portal.log.read_text(encoding="utf-8", errors="replace")[-3000:]
        try:
            if httpx.get(f"{portal.url}/song", timeout=10, trust_env=False).text == "OK":
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(portal.log.read_text(encoding="utf-8", errors="replace")[-3000:])
