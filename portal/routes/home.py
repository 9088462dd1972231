"""/, /mau: what is due from my department, and the workbook for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from cotmoc.decisions import is_same_person
from cotmoc.desk import Desk
from cotmoc.obligations import due_for, is_received_here
from cotmoc.registry import UnknownDepartmentError
from cotmoc.reported import report_of
from cotmoc.templates import NoTemplateError, write_template
from portal.errors import PageError
from portal.guard import Anybody, Submitter, TheService
from portal.pages import XLSX, download, page
from portal.service import Service

router = APIRouter()
# A report that is due within so many days is shown as soon due.
_SOON_DAYS = 14
_MOST_DUE = 12
_RECENT = 5


@router.get("/")
def home(request: Request, service: TheService, visitor: Anybody) -> Response:
    """Show what is due, what was handed in last, and to a reviewer what waits."""
    account = visitor.account
    submissions = service.read(lambda desk: desk.submissions())
    own = [one for one in submissions.values() if one.department_code == account.department_code]
    waiting_for_review = sum(
        one.state == "accepted"
        and one.requires_approval
        and account.may_review(one.department_code)
        and not is_same_person(one, account.full_name)
        for one in submissions.values()
    )
    return page(
        request,
        "home.html",
        due=_due(service, account.department_code, submissions),
        recent=list(reversed(own))[:_RECENT],
        waiting=sum(one.state == "waiting" for one in own),
        waiting_for_review=waiting_for_review,
        forms=_forms(service.desk),
        timeliness=service.timeliness(),
    )


@router.get("/mau")
def template(service: TheService, visitor: Submitter, bieu: str, ky: str) -> Response:
    """Return the workbook of the department for a period."""
    department = visitor.account.department_code
    try:
        name, data = write_template(
            service.desk.registry,
            service.desk.forms,
            service.places.current,
            bieu,
            department,
            ky,
            service.today,
        )
    except (NoTemplateError, UnknownDepartmentError) as error:
        raise PageError(
            404,
            "Chưa lập được mẫu",
            f"Không có mẫu của biểu “{bieu[:40]}” cho kỳ “{ky[:40]}”: kỳ ghi chưa đúng, "
            "hoặc đơn vị không có chỉ tiêu báo cáo cho kỳ này. "
            "Ghi kỳ như: 2024; 6 tháng 2024; quý I/2024; 01/2024.",
        ) from error
    return download(name, data, XLSX)


def _forms(desk: Desk) -> list[tuple[str, str]]:
    return [
        (form.code, form.name_vi) for form in desk.forms if any(v.valid_to is None for v in form.versions)
    ]


def _due(service: Service, department: str, submissions: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the reports that are due or overdue, the nearest first, each with what was handed in for it."""
    registry = service.desk.registry
    try:
        items = due_for(registry, department, service.today)
    except UnknownDepartmentError:
        return []
    shown = []
    for item in items:
        report = report_of(item, registry, service.places.rows, submissions.values())
        shown.append(
            {
                "item": item,
                "report": report,
                "by_form": is_received_here(registry, item),
                "look": _look(item.days_left, is_done=report is not None),
                "state": _to_state(item.days_left, is_done=report is not None),
            }
        )
    undone = [one for one in shown if one["report"] is None]
    done = [one for one in shown if one["report"] is not None]
    return (undone + done[-2:])[:_MOST_DUE]


def _look(days_left: int, *, is_done: bool) -> str:
    if is_done:
        return "good"
    if days_left < 0:
        return "bad"
    return "warn" if days_left <= _SOON_DAYS else "quiet"


def _to_state(days_left: int, *, is_done: bool) -> str:
    if is_done:
        return "đã nộp"
    if days_left < 0:
        return f"quá hạn {-days_left} ngày"
    return "hết hạn hôm nay" if days_left == 0 else f"còn {days_left} ngày"
