"""A template's name and what it shows → a page, with the form token of the browser that asks."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from cotmoc.calendar import to_day_text, to_local_date, to_moment_text
from cotmoc.decisions import STATE_NAMES
from portal.guard import Visitor, cookie_name, service_of, set_cookie
from portal.incoming import FORM_TOKEN
from portal.sessions import to_form_token

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static"
_GUEST = "khach"
# State of a submission → how its badge looks.
_LOOKS = {
    "accepted": "wait",
    "approved": "good",
    "waiting": "warn",
    "refused": "bad",
    "rejected": "bad",
    "withdrawn": "quiet",
    "received": "quiet",
}
SEVERITIES = {"error": ("Lỗi", "bad"), "warning": ("Cảnh báo", "warn"), "note": ("Lưu ý", "quiet")}


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for file in sorted(STATIC.iterdir()):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def day(value: date | datetime) -> str:
    """Return a day as dd/mm/yyyy; of an instant the day in the province."""
    return to_day_text(to_local_date(value) if isinstance(value, datetime) else value)


def count(value: int) -> str:
    """Return a whole number as written in Vietnam: 1.234."""
    return f"{value:,}".replace(",", ".")


PAGES = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
PAGES.filters |= {"day": day, "moment": to_moment_text, "count": count}
PAGES.globals |= {
    "STATES": STATE_NAMES,
    "LOOKS": _LOOKS,
    "SEVERITIES": SEVERITIES,
    "FORM_TOKEN": FORM_TOKEN,
    "version": _fingerprint(),
}


def page(request: Request, template: str, status: int = 200, **shown: Any) -> Response:
    """Return a page. A browser that nobody is signed in with gets a cookie that its forms are tied to."""
    service = service_of(request)
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    cookie = visitor.cookie if visitor else request.cookies.get(cookie_name(service, _GUEST))
    fresh = cookie or secrets.token_urlsafe(32)
    html = PAGES.get_template(template).render(
        visitor=visitor,
        account=visitor.account if visitor else None,
        path=request.url.path,
        form_token=to_form_token(service.secret, fresh),
        department_name=service.desk.registry.department_name,
        **shown,
    )
    response = HTMLResponse(html, status_code=status)
    if cookie is None:
        set_cookie(response, service, fresh, _GUEST)
    return response


def guest_cookie(request: Request) -> str | None:
    """Return the cookie that the forms of a browser without a visitor are tied to."""
    return request.cookies.get(cookie_name(service_of(request), _GUEST))


def go_to(path: str) -> Response:
    """Return the answer to a form that was obeyed: look there."""
    return RedirectResponse(path, status_code=303)


def download(name: str, data: bytes, kind: str) -> Response:
    """Return a file to be saved, never shown."""
    return Response(
        data, media_type=kind, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    )


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
