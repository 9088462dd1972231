"""/ho-so: what my department handed in, its answers, and what may still be done about it."""

from __future__ import annotations

from contextlib import suppress

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from cotmoc.decisions import OPEN_TO, DecisionRefusedError, withdraw
from cotmoc.desk import Submission
from cotmoc.justifying import justify
from cotmoc.reviewing import Explained, answer_files, explain_submission, original_file
from portal.errors import PageError
from portal.guard import Anybody, Submitter, TheService, own_submission
from portal.incoming import read_form
from portal.pages import XLSX, download, go_to, page
from portal.routes.handing_in import LEAST_REASON, MOST_REASON, read_reasons, too_short
from portal.service import Service

router = APIRouter()
_PER_PAGE = 25


@router.get("/ho-so")
def listing(
    request: Request,
    service: TheService,
    visitor: Anybody,
    trang_thai: str = "",
    ky: str = "",
    trang: int = 1,
) -> Response:
    """Show the submissions of the department, newest first, by state and period."""
    own = [
        one
        for one in reversed(service.read(lambda desk: desk.submissions()).values())
        if one.department_code == visitor.account.department_code
    ]
    chosen = [one for one in own if trang_thai in ("", one.state) and (not ky or ky in one.periods)]
    pages = max(1, -(-len(chosen) // _PER_PAGE))
    number = min(max(1, trang), pages)
    return page(
        request,
        "submissions.html",
        found=chosen[(number - 1) * _PER_PAGE : number * _PER_PAGE],
        total=len(chosen),
        periods=sorted({period for one in own for period in one.periods}, reverse=True)[:200],
        state=trang_thai,
        period=ky,
        number=number,
        pages=pages,
        timeliness=service.timeliness(),
    )


@router.get("/ho-so/{submission_id}")
async def one(request: Request, service: TheService, visitor: Anybody, submission_id: str) -> Response:
    """Show one submission: its state, its answer, its files."""
    return await _show(request, service, own_submission(service, visitor, submission_id))


@router.get("/ho-so/{submission_id}/phieu.json")
def receipt(service: TheService, visitor: Anybody, submission_id: str) -> Response:
    """Return the receipt as it was written."""
    found = own_submission(service, visitor, submission_id)
    return _file(service, found, 0, f"phieu-{found.id}.json", "application/json")


@router.get("/ho-so/{submission_id}/ban-danh-dau.xlsx")
def marked(service: TheService, visitor: Anybody, submission_id: str) -> Response:
    """Return the submitted workbook with its wrong cells marked."""
    found = own_submission(service, visitor, submission_id)
    return _file(service, found, 1, f"ket-qua-{found.id}.xlsx", XLSX)


@router.get("/ho-so/{submission_id}/tep-goc")
def original(service: TheService, visitor: Anybody, submission_id: str) -> Response:
    """Return the file as it was received."""
    return download_original(service, own_submission(service, visitor, submission_id))


@router.post("/ho-so/{submission_id}/rut")
async def take_back(
    request: Request, service: TheService, visitor: Submitter, submission_id: str
) -> Response:
    """Withdraw a submission, with the reason."""
    incoming = await read_form(request, service, visitor.cookie)
    found = own_submission(service, visitor, submission_id)
    why = incoming.text("ly-do", MOST_REASON)
    if len(why) < LEAST_REASON:
        return await _show(
            request, service, found, {"ly-do": too_short("Lý do rút hồ sơ")}, incoming.fields, 422
        )
    person, own = visitor.account.full_name, visitor.account.department_code
    try:
        await service.work(
            lambda desk: withdraw(desk, found.id, person, why, channel="portal", department=own)
        )
    except DecisionRefusedError as error:
        return await _show(request, service, found, {"ly-do": str(error)}, incoming.fields, 409)
    return go_to(f"/ho-so/{found.id}")


@router.post("/ho-so/{submission_id}/giai-trinh")
async def explain_warnings(
    request: Request, service: TheService, visitor: Submitter, submission_id: str
) -> Response:
    """Justify the warnings of a waiting submission."""
    incoming = await read_form(request, service, visitor.cookie)
    found = own_submission(service, visitor, submission_id)
    explained = await _explain(service, found)
    if found.state != "waiting" or explained is None:
        raise PageError(409, "Không còn chờ giải trình", "Hồ sơ này không còn ở trạng thái chờ giải trình.")
    reasons = read_reasons(incoming, explained)
    errors = {name: too_short("Giải trình") for name, (_, why) in reasons.items() if len(why) < LEAST_REASON}
    if errors:
        return await _show(request, service, found, errors, incoming.fields, 422)
    person, own, given = (
        visitor.account.full_name,
        visitor.account.department_code,
        dict(reasons.values()),
    )
    try:
        await service.work(
            lambda desk: justify(desk, found.id, person, given, channel="portal", department=own)
        )
    except DecisionRefusedError as error:
        return await _show(request, service, found, {"ly-do-1": str(error)}, incoming.fields, 409)
    return go_to(f"/ho-so/{found.id}?da-nop=1")


def download_original(service: Service, found: Submission) -> Response:
    """Return the bytes as received, to be saved and never shown."""
    with suppress(OSError, ValueError):
        data = service.read(lambda desk: original_file(desk, found))
        return download(found.file_name, data, "application/octet-stream")
    raise PageError(404, "Tệp gốc không còn nguyên", "Tệp gốc trong kho bị mất hoặc đã bị thay đổi.")


def _file(service: Service, found: Submission, which: int, name: str, kind: str) -> Response:
    try:
        data = answer_files(service.desk, found)[which].read_bytes()
    except FileNotFoundError:
        raise PageError(404, "Chưa có tệp này", "Hồ sơ không có tệp trả lời này.") from None
    return download(name, data, kind)


async def _show(
    request: Request,
    service: Service,
    found: Submission,
    errors: dict[str, str] | None = None,
    written: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    current = service.read(lambda desk: desk.submissions())[found.id]
    return page(
        request,
        "submission.html",
        status,
        submission=current,
        timeliness=service.timeliness(),
        explained=await _explain(service, current),
        has_marked=answer_files(service.desk, current)[1].exists(),
        may_withdraw=current.state in OPEN_TO["withdrawn"]
        and "submitter" in request.state.visitor.account.roles,
        may_justify=current.state == "waiting" and "submitter" in request.state.visitor.account.roles,
        errors=errors or {},
        written=written or {},
        just_handed_in="da-nop" in request.query_params,
        is_duplicate="trung" in request.query_params,
        least=LEAST_REASON,
        most=MOST_REASON,
    )


async def _explain(service: Service, found: Submission) -> Explained | None:
    if found.state == "waiting":
        return await service.work(lambda desk: explain_submission(desk, found))
    return service.read(lambda desk: explain_submission(desk, found))
