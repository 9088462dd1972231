"""A service → the application: its addresses, its errors as pages, its headers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from cotmoc.denials import record_denial
from portal.errors import DeniedError, PageError, SignInNeededError, busy
from portal.guard import find_visitor, service_of
from portal.headers import Guarded
from portal.pages import STATIC, go_to, page
from portal.routes import administration, handing_in, home, reviewing, signing_in, single_sign_on, submissions
from portal.service import LOG, BusyError, Service

_SWEEP_SECONDS = 300
_YEAR = 31_536_000


class _Files(StaticFiles):
    """Style and script: their address changes with their content, so a browser may keep them."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """Return a file with leave to keep it."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]  # as given, whatever its signature
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        return response


def create_app(service: Service) -> ASGIApp:
    """Return the application of a service; it keeps the gate warm as long as it serves."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan)
    app.state.service = service
    is_on = service.settings.oidc_issuer is not None
    app.state.single_sign_on = single_sign_on.SingleSignOn(service) if is_on else None
    app.mount("/static", _Files(directory=STATIC), name="static")
    for topic in (single_sign_on, signing_in, home, handing_in, submissions, reviewing, administration):
        app.include_router(topic.router)
    app.add_api_route("/song", _is_alive)
    app.add_exception_handler(SignInNeededError, _to_sign_in)
    app.add_exception_handler(PageError, _to_page)
    app.add_exception_handler(BusyError, lambda request, _: _to_page(request, busy()))
    app.add_exception_handler(HTTPException, _to_http_page)
    app.add_exception_handler(RequestValidationError, _to_http_page)
    app.add_exception_handler(Exception, _to_broken_page)
    return Guarded(app, service.hosts, is_https=service.is_https)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    service: Service = app.state.service
    sweeping = asyncio.create_task(_sweep(service))
    with service.gate:
        yield
    sweeping.cancel()
    with suppress(asyncio.CancelledError):
        await sweeping
    service.close()


async def _sweep(service: Service) -> None:
    while True:
        await asyncio.to_thread(service.tickets.sweep)
        await asyncio.sleep(_SWEEP_SECONDS)


def _is_alive(request: Request) -> Response:
    """Say that the page answers and that its ledger can be read."""
    service_of(request).read(lambda desk: desk.ledger.refresh())
    return PlainTextResponse("OK")


def _to_sign_in(request: Request, error: Exception) -> Response:
    wanted = request.url.path if request.method == "GET" else "/"
    return go_to("/dang-nhap" if wanted == "/" else f"/dang-nhap?tiep={quote(wanted)}")


def _to_page(request: Request, error: Exception) -> Response:
    assert isinstance(error, PageError)  # noqa: S101 - registered for these alone
    if isinstance(error, DeniedError):
        account = request.state.visitor.account
        record_denial(
            service_of(request).desk,
            account.full_name,
            error.wanted,
            error.why,
            "portal",
            submission_id=error.submission_id,
            department=account.department_code,
        )
    response = page(request, "message.html", error.status, heading=error.heading, sentence=error.sentence)
    if error.wait_seconds is not None:
        response.headers["Retry-After"] = str(error.wait_seconds)
    return response


def _to_http_page(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    find_visitor(request)
    if status == 404:
        return _to_page(
            request, PageError(404, "Không tìm thấy", "Không có trang này. Hãy kiểm tra lại địa chỉ.")
        )
    return _to_page(
        request, PageError(status, "Yêu cầu không thực hiện được", "Hãy quay lại trang trước rồi thử lại.")
    )


def _to_broken_page(request: Request, error: Exception) -> Response:
    """Answer what went wrong on our side; what it was is for the log."""
    LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _to_page(
        request,
        PageError(
            503,
            "Hệ thống đang gặp sự cố",
            "Việc vừa rồi chưa thực hiện được và chưa có gì được ghi nhận. Hãy thử lại sau ít phút; "
            "nếu vẫn gặp, hãy báo quản trị hệ thống.",
            60,
        ),
    )
