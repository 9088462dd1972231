"""A request → who asks, and whether that person may; every no is logged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from cotmoc.accounts import Account, Role
from cotmoc.desk import Submission
from portal.errors import DeniedError, SignInNeededError
from portal.service import Service
from portal.sessions import Session


@dataclass(frozen=True)
class Visitor:
    """Who is signed in, with the cookie that proves it."""

    account: Account
    session: Session
    cookie: str


def service_of(request: Request) -> Service:
    """Return the running page's service."""
    found: Service = request.app.state.service
    return found


def cookie_name(service: Service, what: str = "phien") -> str:
    """Return the name of a cookie; by https it is one that no other host can set."""
    return f"__Host-cotmoc-{what}" if service.is_https else f"cotmoc-{what}"


def set_cookie(response: Response, service: Service, value: str, what: str = "phien") -> None:
    """Give a browser a cookie that no script reads and no other page's request carries; it ends with the browser."""
    response.set_cookie(
        cookie_name(service, what), value, httponly=True, samesite="strict", secure=service.is_https, path="/"
    )


def drop_cookie(response: Response, service: Service, what: str = "phien") -> None:
    """Take a cookie back."""
    response.delete_cookie(
        cookie_name(service, what), httponly=True, samesite="strict", secure=service.is_https, path="/"
    )


def find_visitor(request: Request) -> Visitor | None:
    """Return who is signed in; an account that was closed or changed since is not."""
    service = service_of(request)
    cookie = request.cookies.get(cookie_name(service))
    session = service.sessions.find(cookie) if cookie else None
    if cookie is None or session is None:
        return None
    account = service.accounts.find(session.username)
    if (
        account is None
        or not account.may_enter(service.today)
        or account.changed > datetime.fromtimestamp(session.started_at, UTC)
    ):
        service.sessions.end(session.id_hash)
        return None
    visitor = Visitor(account, session, cookie)
    request.state.visitor = visitor
    return visitor


def require_visitor(request: Request) -> Visitor:
    """Return who is signed in. Raises SignInNeededError."""
    visitor = find_visitor(request)
    if visitor is None:
        raise SignInNeededError
    return visitor


def _with_role(role: Role) -> Callable[[Request], Visitor]:
    def require(request: Request) -> Visitor:
        visitor = require_visitor(request)
        if role not in visitor.account.roles:
            raise DeniedError("view", f"không có vai trò {role}: {request.method} {request.url.path[:200]}")
        return visitor

    return require


Anybody = Annotated[Visitor, Depends(require_visitor)]
Submitter = Annotated[Visitor, Depends(_with_role("submitter"))]
Reviewer = Annotated[Visitor, Depends(_with_role("reviewer"))]
Administrator = Annotated[Visitor, Depends(_with_role("administrator"))]
TheService = Annotated[Service, Depends(service_of)]


def own_submission(service: Service, visitor: Visitor, submission_id: str) -> Submission:
    """Return a submission of the visitor's department. Raises DeniedError: what there is elsewhere is not said."""
    found = service.read(lambda desk: desk.submissions()).get(submission_id)
    if found is None or found.department_code != visitor.account.department_code:
        raise DeniedError("view", _not_there(found), 404, submission_id[:80])
    return found


def reviewed_submission(service: Service, visitor: Visitor, submission_id: str) -> Submission:
    """Return a submission that the visitor may decide about, or look at as one not decided by them."""
    found = service.read(lambda desk: desk.submissions()).get(submission_id)
    if found is None or not visitor.account.may_review(found.department_code):
        raise DeniedError("view", _not_there(found), 404, submission_id[:80])
    return found


def _not_there(found: Submission | None) -> str:
    return "không có hồ sơ này" if found is None else f"hồ sơ của đơn vị {found.department_code}"
