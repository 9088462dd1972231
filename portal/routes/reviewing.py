"""/duyet: what waits for a second person, what it would change, and the decision, bound to the content seen."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from cotmoc.accounts import Account
from cotmoc.decisions import DecisionRefusedError, approve, is_same_person, reject
from cotmoc.desk import Desk, Submission
from cotmoc.reviewing import (
    explain_submission,
    landed_figures,
    landed_rows,
    present_changes,
)
from portal.guard import Reviewer, TheService, reviewed_submission
from portal.incoming import read_form
from portal.pages import go_to, page
from portal.routes.handing_in import LEAST_REASON, MOST_REASON, too_short
from portal.routes.submissions import download_original
from portal.service import Service

router = APIRouter()
_MOST_FIGURES = 500


@router.get("/duyet")
def queue(request: Request, service: TheService, visitor: Reviewer) -> Response:
    """Show what waits for a decision, oldest first: not what the reviewer handed in."""
    account = visitor.account
    found = service.read(lambda desk: desk.submissions()).values()
    open_ones = [
        one
        for one in found
        if one.state == "accepted" and one.requires_approval and account.may_review(one.department_code)
    ]
    decided = [
        one
        for one in reversed(list(found))
        if one.state in ("approved", "rejected") and account.full_name in (one.approved_by, one.decided_by)
    ]
    return page(
        request,
        "queue.html",
        waiting=[one for one in open_ones if not is_same_person(one, account.full_name)],
        own=sum(is_same_person(one, account.full_name) for one in open_ones),
        decided=decided[:20],
    )


@router.get("/duyet/{submission_id}")
def one(request: Request, service: TheService, visitor: Reviewer, submission_id: str) -> Response:
    """Show one submission: previous → new, its rows, its warnings with their reasons."""
    return _show(request, service, visitor.account, reviewed_submission(service, visitor, submission_id))


@router.get("/duyet/{submission_id}/tep-goc")
def original(service: TheService, visitor: Reviewer, submission_id: str) -> Response:
    """Return the file as it was received."""
    return download_original(service, reviewed_submission(service, visitor, submission_id))


@router.post("/duyet/{submission_id}/duyet")
async def approve_it(
    request: Request, service: TheService, visitor: Reviewer, submission_id: str
) -> Response:
    """Approve the content that was seen, and no other."""
    incoming = await read_form(request, service, visitor.cookie)
    found = reviewed_submission(service, visitor, submission_id)
    seen, person = incoming.text("content_sha256", 64), visitor.account.full_name
    try:
        await service.work(
            lambda desk: approve(desk, found.id, person, content_sha256=seen, channel="portal")
        )
    except DecisionRefusedError as error:
        return _show(request, service, visitor.account, found, str(error), status=409)
    return go_to(f"/duyet/{found.id}")


@router.post("/duyet/{submission_id}/tra-lai")
async def send_back(request: Request, service: TheService, visitor: Reviewer, submission_id: str) -> Response:
    """Send a submission back, with the reason."""
    incoming = await read_form(request, service, visitor.cookie)
    found = reviewed_submission(service, visitor, submission_id)
    why, person = incoming.text("ly-do", MOST_REASON), visitor.account.full_name
    if len(why) < LEAST_REASON:
        return _show(request, service, visitor.account, found, too_short("Lý do trả lại"), why, 422)
    try:
        await service.work(lambda desk: reject(desk, found.id, person, why, channel="portal"))
    except DecisionRefusedError as refused:
        return _show(request, service, visitor.account, found, str(refused), why, 409)
    return go_to(f"/duyet/{found.id}")


def _show(
    request: Request,
    service: Service,
    account: Account,
    found: Submission,
    error: str = "",
    why: str = "",
    status: int = 200,
) -> Response:
    def look(desk: Desk) -> dict[str, object]:
        current = desk.submissions()[found.id]
        rows = landed_rows(desk, current)
        return {
            "submission": current,
            "explained": explain_submission(desk, current),
            "figures": landed_figures(desk, rows[:_MOST_FIGURES]),
            "figures_left_out": max(0, len(rows) - _MOST_FIGURES),
            "changes": present_changes(desk, current, rows),
            "may_decide": current.state == "accepted" and not is_same_person(current, account.full_name),
            "is_own": is_same_person(current, account.full_name),
        }

    return page(
        request,
        "review.html",
        status,
        error=error,
        why=why,
        least=LEAST_REASON,
        most=MOST_REASON,
        **service.read(look),
    )
