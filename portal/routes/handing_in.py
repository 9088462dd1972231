"""/nop: a file → the answer in place → handed in with reasons for its warnings; what is handed in was checked."""

from __future__ import annotations

import os
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from cotmoc.desk import Desk
from cotmoc.intake import NotMarkedError, Receipt, check, submit
from cotmoc.justifying import LEAST_JUSTIFICATION, justify
from cotmoc.reviewing import Explained, explain, to_receipt
from portal.errors import PageError
from portal.guard import Submitter, TheService, Visitor
from portal.incoming import Incoming, read_form
from portal.pages import XLSX, download, go_to, page
from portal.service import Service
from portal.tickets import Ticket

router = APIRouter()
LEAST_REASON = LEAST_JUSTIFICATION
MOST_REASON = 2_000


@router.get("/nop")
def ask(request: Request, service: TheService, visitor: Submitter) -> Response:
    """Show the form that takes a file."""
    return _form(request, service)


@router.post("/nop")
async def check_file(request: Request, service: TheService, visitor: Submitter) -> Response:
    """Check the file that comes, keep it under a ticket, and lead to the answer."""
    if wait := service.attempts.seconds_to_wait_for_upload(visitor.account.username):
        raise PageError(
            429, "Nộp quá nhiều tệp", "Tài khoản đã nộp quá nhiều tệp trong một giờ. Hãy thử lại sau.", wait
        )
    incoming = await read_form(request, service, visitor.cookie, file_bytes=service.desk.most_bytes)
    if incoming.file is None:
        return _form(request, service, "Chưa chọn tệp. Hãy chọn một tệp rồi bấm “Kiểm tra”.", 400)
    token, path = service.tickets.place(incoming.file.filename or "")
    try:
        await _keep(incoming.file, path)
        department = visitor.account.department_code
        receipt = await service.work(lambda desk: check(desk, path, department))
        said = {"receipt": asdict(receipt), "on": service.today.isoformat()}
        service.tickets.note(token, visitor.session.id_hash, path, said)
    except BaseException:
        service.tickets.drop(path.parent)
        raise
    return go_to(f"/nop/{token}")


@router.get("/nop/{token}")
def answer(request: Request, service: TheService, visitor: Submitter, token: str) -> Response:
    """Show what would become of the file, every problem by its cell."""
    return _answer(request, service, _ticket(service, visitor, token))


@router.get("/nop/{token}/ban-danh-dau.xlsx")
async def marked(service: TheService, visitor: Submitter, token: str) -> Response:
    """Return the workbook with its wrong cells marked."""
    ticket = _ticket(service, visitor, token)
    target = ticket.folder / f".danh-dau-{os.urandom(4).hex()}.xlsx"
    try:
        await service.work(
            lambda desk: check(desk, ticket.file, visitor.account.department_code, marked=target)
        )
        data = target.read_bytes()
    except NotMarkedError as error:
        raise PageError(
            503, "Chưa lập được bản đánh dấu", "Tệp quá nặng để đánh dấu. Hãy đọc các lỗi trên trang kết quả."
        ) from error
    finally:
        target.unlink(missing_ok=True)
    return download(f"{Path(ticket.file.name).stem} - ket qua kiem tra.xlsx", data, XLSX)


@router.post("/nop/{token}")
async def hand_in(request: Request, service: TheService, visitor: Submitter, token: str) -> Response:
    """Hand in the checked file with the reasons given, once."""
    incoming = await read_form(request, service, visitor.cookie)
    ticket = _ticket(service, visitor, token)
    explained = _explain(service, ticket)
    reasons = read_reasons(incoming, explained)
    missing = [name for name, reason in reasons.items() if len(reason[1]) < LEAST_REASON]
    if explained.receipt.state == "waiting" and missing:
        return _answer(request, service, ticket, incoming, missing, 422)
    claimed = service.tickets.claim(token, visitor.session.id_hash)
    if claimed is None:
        raise _used_up()
    try:
        receipt = await service.work(lambda desk: _submit(desk, claimed, visitor, dict(reasons.values())))
    except BaseException:
        service.tickets.give_back(claimed)
        raise
    service.tickets.drop(claimed.folder)
    return _lead_on(service, visitor, receipt)


def read_reasons(incoming: Incoming, explained: Explained) -> dict[str, tuple[str, str]]:
    """Return field → key of the problem and the reason written there, for every warning that wants one."""
    return {
        f"ly-do-{number}": (key, " ".join(incoming.text(f"ly-do-{number}", MOST_REASON).split()))
        for number, (key, _) in enumerate(explained.unjustified, start=1)
    }


def too_short(what: str) -> str:
    """Return the sentence about a reason that says too little."""
    return f"{what} cần ít nhất {LEAST_REASON} ký tự."


def _submit(desk: Desk, ticket: Ticket, visitor: Visitor, reasons: dict[str, str]) -> Receipt:
    account = visitor.account
    receipt = submit(desk, ticket.file, account.department_code, account.full_name, channel="portal")
    if receipt.state == "waiting" and reasons and receipt.submission_id:
        return justify(desk, receipt.submission_id, account.full_name, reasons, channel="portal")
    return receipt


def _lead_on(service: Service, visitor: Visitor, receipt: Receipt) -> Response:
    """Lead to the submission; of a file that another department handed in no more is told than that."""
    found = service.read(lambda desk: desk.submissions()).get(receipt.submission_id or "")
    if found is None or found.department_code != visitor.account.department_code:
        raise PageError(
            409,
            "Tệp đã được tiếp nhận trước đây",
            "Tệp có nội dung này đã được tiếp nhận; không nhận lần nữa.",
        )
    return go_to(f"/ho-so/{found.id}?{'trung' if receipt.state == 'duplicate' else 'da-nop'}=1")


async def _keep(file: UploadFile, path: Path) -> None:
    """Write an uploaded file; its folder is its owner's alone."""
    with path.open("xb") as target:
        shutil.copyfileobj(file.file, target)
    await file.close()


def _ticket(service: Service, visitor: Visitor, token: str) -> Ticket:
    ticket = service.tickets.find(token, visitor.session.id_hash)
    if ticket is None:
        raise _used_up()
    return ticket


def _used_up() -> PageError:
    return PageError(
        404,
        "Kết quả kiểm tra không còn",
        "Tệp đã được nộp, hoặc kết quả kiểm tra đã hết hiệu lực. "
        "Hãy xem mục Hồ sơ đã nộp; nếu chưa có, hãy nộp lại tệp.",
    )


def _explain(service: Service, ticket: Ticket) -> Explained:
    receipt = to_receipt(ticket.said["receipt"])
    return explain(service.desk, receipt, service.today, is_dry_run=True)


def _answer(
    request: Request,
    service: Service,
    ticket: Ticket,
    incoming: Incoming | None = None,
    missing: list[str] | None = None,
    status: int = 200,
) -> Response:
    written: dict[str, Any] = incoming.fields if incoming else {}
    return page(
        request,
        "answer.html",
        status,
        token_of_file=ticket.token,
        explained=_explain(service, ticket),
        written=written,
        missing=missing or [],
        least=LEAST_REASON,
        most=MOST_REASON,
    )


def _form(request: Request, service: Service, error: str = "", status: int = 200) -> Response:
    return page(
        request, "hand_in.html", status, error=error, most_megabytes=service.desk.most_bytes // 1_048_576
    )
