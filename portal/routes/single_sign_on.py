"""/dang-nhap/oidc: an OpenID provider says who somebody is → the account of that name, where there is one.

Off without COTMOC_OIDC_ISSUER. What the library has to remember between the two steps stays on the server, under a
short-lived cookie that alone may come back from the provider's page (SameSite=Lax).
"""

from __future__ import annotations

import secrets
import time
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from fastapi import APIRouter
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import Response

from cotmoc.accounts import Account
from cotmoc.denials import record_denial
from portal.errors import PageError
from portal.guard import TheService, cookie_name
from portal.pages import page
from portal.routes.signing_in import enter, to_local_path
from portal.service import Service

router = APIRouter()
_FLOW = "oidc"
_FLOW_SECONDS = 600
_MOST_FLOWS = 1_000


class SingleSignOn:
    """The provider as configured, and the sign-ins that are under way: cookie → until when, what is remembered."""

    def __init__(self, service: Service) -> None:
        settings = service.settings
        if settings.oidc_issuer is None or settings.oidc_client_id is None:
            raise ValueError("COTMOC_OIDC_ISSUER and COTMOC_OIDC_CLIENT_ID go together")
        secret = settings.oidc_client_secret
        self.client = OAuth().register(
            "oidc",
            client_id=settings.oidc_client_id,
            client_secret=secret.get_secret_value() if secret else None,
            server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256"},
        )
        self.flows: dict[str, tuple[float, str, dict[str, Any]]] = {}

    def begin(self, then: str) -> tuple[str, dict[str, Any]]:
        """Return the cookie of a new sign-in and what is remembered for it; old ones are forgotten."""
        present = time.monotonic()
        kept = [(name, flow) for name, flow in self.flows.items() if flow[0] > present]
        self.flows = dict(kept[-_MOST_FLOWS + 1 :])
        cookie = secrets.token_urlsafe(32)
        remembered: dict[str, Any] = {}
        self.flows[cookie] = (present + _FLOW_SECONDS, then, remembered)
        return cookie, remembered

    def end(self, cookie: str | None) -> tuple[str, dict[str, Any]]:
        """Return where a sign-in leads and what was remembered, once."""
        ends, then, remembered = self.flows.pop(cookie or "", (0.0, "/", {}))
        return (then, remembered) if ends > time.monotonic() else ("/", {})


@router.get("/dang-nhap/oidc")
async def leave(request: Request, service: TheService, tiep: str = "/") -> Response:
    """Lead to the provider's page."""
    sign_on = _sign_on(request)
    cookie, request.scope["session"] = sign_on.begin(to_local_path(tiep))
    try:
        response: Response = await sign_on.client.authorize_redirect(request, _callback(request, service))
    except (httpx.HTTPError, AuthlibBaseError) as error:
        raise PageError(
            503, "Chưa đăng nhập được", "Máy chủ đăng nhập dùng chung không trả lời. Hãy thử lại sau.", 60
        ) from error
    response.set_cookie(
        cookie_name(service, _FLOW),
        cookie,
        max_age=_FLOW_SECONDS,
        httponly=True,
        samesite="lax",
        secure=service.is_https,
        path="/",
    )
    return response


@router.get("/dang-nhap/oidc/ve")
async def come_back(request: Request, service: TheService) -> Response:
    """Take what the provider says of somebody, and sign the account in."""
    sign_on = _sign_on(request)
    then, request.scope["session"] = sign_on.end(request.cookies.get(cookie_name(service, _FLOW)))
    try:
        token = await sign_on.client.authorize_access_token(request)
    except (httpx.HTTPError, AuthlibBaseError, JoseError) as error:
        raise _refused(service, "?", type(error).__name__) from error
    claims = token.get("userinfo") or {}
    account = _account(service, claims)
    if account is None or not account.may_enter(service.today):
        raise _refused(service, str(claims.get(service.settings.oidc_claim, "?"))[:100], "không có tài khoản")
    # A page and not a redirect: the browser sends a strict cookie only where one of our own pages leads.
    response = enter(service, account, page(request, "signed_in.html", then=then))
    response.delete_cookie(cookie_name(service, _FLOW), path="/", secure=service.is_https, httponly=True)
    return response


def _account(service: Service, claims: dict[str, Any]) -> Account | None:
    said = claims.get(service.settings.oidc_claim)
    if not isinstance(said, str):
        return None
    if service.settings.oidc_claim == "email":
        return service.accounts.find_email(said) if claims.get("email_verified") is True else None
    return service.accounts.find(said)


def _callback(request: Request, service: Service) -> str:
    base = service.settings.portal_url or str(request.base_url)
    return f"{base.rstrip('/')}/dang-nhap/oidc/ve"


def _sign_on(request: Request) -> SingleSignOn:
    found: SingleSignOn | None = request.app.state.single_sign_on
    if found is None:
        raise PageError(404, "Không tìm thấy", "Đăng nhập bằng tài khoản dùng chung chưa được bật.")
    return found


def _refused(service: Service, who: str, why: str) -> PageError:
    record_denial(service.desk, who, "sign_in", f"OIDC: {why}", "portal")
    return PageError(
        403,
        "Chưa đăng nhập được",
        "Tài khoản dùng chung này không đăng nhập được vào cổng. Hãy thử lại hoặc liên hệ quản trị hệ thống.",
    )
