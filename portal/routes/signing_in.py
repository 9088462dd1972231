"""/dang-nhap, /dang-xuat: a name and a password → a session, or one sentence that says no more than no."""

from __future__ import annotations

import math

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from cotmoc.accounts import Account, is_password_of, to_username
from cotmoc.denials import record_denial
from portal.guard import Anybody, TheService, drop_cookie, find_visitor, set_cookie
from portal.incoming import read_form
from portal.pages import go_to, guest_cookie, page
from portal.service import Service

router = APIRouter()
_REFUSED = "Tên đăng nhập hoặc mật khẩu không đúng, hoặc tài khoản không còn được dùng."
_MOST_USERNAME = 64


@router.get("/dang-nhap")
def ask(request: Request, service: TheService, tiep: str = "/") -> Response:
    """Show the form, or what comes after it to somebody signed in."""
    if find_visitor(request) is not None:
        return go_to(to_local_path(tiep))
    return _form(request, service, to_local_path(tiep))


@router.post("/dang-nhap")
async def sign_in(request: Request, service: TheService) -> Response:
    """Sign in with a name and a password."""
    incoming = await read_form(request, service, guest_cookie(request))
    username = to_username(incoming.text("username"))[:_MOST_USERNAME]
    then = to_local_path(incoming.text("tiep"))
    address = request.client.host if request.client else "?"
    if wait := service.attempts.seconds_to_wait(username, address):
        _note(service, username, "phải chờ sau nhiều lần đăng nhập sai")
        response = _form(request, service, then, username, _to_wait_sentence(wait), status=429)
        response.headers["Retry-After"] = str(wait)
        return response
    account = service.accounts.find(username)
    password = incoming.fields.get("password", "")
    is_right = await service.hash(lambda: is_password_of(account, password))
    if account is None or not is_right or not account.may_enter(service.today):
        service.attempts.failed(username)
        _note(service, username, "sai tên, sai mật khẩu hoặc tài khoản không còn được dùng")
        return _form(request, service, then, username, _REFUSED, status=403)
    service.attempts.succeeded(username)
    return enter(service, account, go_to(then))


@router.post("/dang-xuat")
async def sign_out(request: Request, service: TheService, visitor: Anybody) -> Response:
    """End the session, on the server and in the browser."""
    await read_form(request, service, visitor.cookie)
    service.sessions.end(visitor.session.id_hash)
    response = go_to("/dang-nhap")
    drop_cookie(response, service)
    return response


def enter(service: Service, account: Account, response: Response) -> Response:
    """Start a session for an account: always a new id, whatever cookie the browser came with."""
    set_cookie(response, service, service.sessions.start(account.username))
    drop_cookie(response, service, "khach")
    return response


def to_local_path(wanted: str) -> str:
    """Return a path of this page, the home for anything else."""
    is_local = wanted.startswith("/") and not wanted.startswith(("//", "/\\", "/dang-nhap"))
    return wanted[:500] if is_local and wanted.isprintable() else "/"


def _form(
    request: Request, service: Service, then: str, username: str = "", error: str = "", status: int = 200
) -> Response:
    return page(
        request,
        "sign_in.html",
        status,
        then=then,
        username=username,
        error=error,
        has_oidc=service.settings.oidc_issuer is not None,
        oidc_name=service.settings.oidc_name,
    )


def _to_wait_sentence(seconds: int) -> str:
    return f"Đã có nhiều lần đăng nhập không thành công. Hãy thử lại sau {math.ceil(seconds / 60)} phút."


def _note(service: Service, username: str, why: str) -> None:
    record_denial(service.desk, username or "?", "sign_in", why, "portal")
