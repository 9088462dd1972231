"""/quan-tri: who has an account, and who was denied what. Accounts are changed by `cotmoc account`."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from cotmoc.accounts import describe
from cotmoc.denials import read_denials
from portal.guard import Administrator, TheService
from portal.pages import page

router = APIRouter()
_MOST_DENIALS = 100


@router.get("/quan-tri")
def overview(request: Request, service: TheService, visitor: Administrator) -> Response:
    """Show the accounts and the last denials."""
    today = service.today
    return page(
        request,
        "administration.html",
        accounts=[(one, describe(one, today)) for one in service.accounts.all().values()],
        denials=list(reversed(read_denials(service.places)))[:_MOST_DENIALS],
    )
