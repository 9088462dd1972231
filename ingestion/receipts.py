"""What was decided about a file → the receipt its submitter gets, as JSON and as Vietnamese sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from ingestion.files import write_whole
from ingestion.problems import LEAST_JUSTIFICATION, Problem, Severity

ReceiptState = Literal["accepted", "waiting", "refused", "duplicate"]

SEVERITY_NAMES: dict[Severity, str] = {"error": "Lỗi", "warning": "Cảnh báo", "note": "Lưu ý"}


@dataclass(frozen=True)
class Change:
    """A figure that is not what is published; `previous` is None for one that is not published yet."""

    indicator_code: str
    admin_unit_code: str
    period: str
    previous: float | None
    new: float | None
    # Where the figure stands in the file, and in which unit both are. Not part of a receipt.
    sheet: str | None = field(default=None, compare=False)
    cell: str | None = field(default=None, compare=False)
    unit_of_measure: str | None = field(default=None, compare=False)

    def as_json(self) -> dict[str, str | float | None]:
        """Return the change with the keys of a receipt."""
        return {
            "indicator_code": self.indicator_code,
            "admin_unit_code": self.admin_unit_code,
            "period": self.period,
            "previous": self.previous,
            "new": self.new,
        }


@dataclass(frozen=True)
class Receipt:
    """The answer to one file. `submission_id` is None for a dry run, the first one's for a duplicate."""

    submission_id: str | None
    state: ReceiptState
    file_name: str
    sha256: str
    department_code: str
    form_code: str
    periods: Sequence[str] = ()
    rows_accepted: int = 0
    problems: Sequence[Problem] = ()
    changes: Sequence[Change] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the receipt object; these keys and no others."""
        return {
            "submission_id": self.submission_id,
            "state": self.state,
            "file_name": self.file_name,
            "sha256": self.sha256,
            "department_code": self.department_code,
            "form_code": self.form_code,
            "periods": list(self.periods),
            "rows_accepted": self.rows_accepted,
            "problems": [problem.as_json() for problem in self.problems],
            "changes": [change.as_json() for change in self.changes],
        }


def write_receipt(folder: Path, name: str, receipt: Receipt) -> Path:
    """Write a receipt as JSON into a folder of the outbox, over an older one of the same name."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{name}.json"
    data = json.dumps(receipt.as_json(), ensure_ascii=False, indent=2) + "\n"
    write_whole(target, data.encode("utf-8"))
    return target


def read_receipt(folder: Path, name: str) -> Receipt | None:
    """Return a receipt written before, None when there is none."""
    try:
        written: dict[str, Any] = json.loads((folder / f"{name}.json").read_bytes())
    except FileNotFoundError:
        return None
    problems = [Problem(**problem) for problem in written.pop("problems")]
    changes = [Change(**change) for change in written.pop("changes")]
    return Receipt(**written, problems=problems, changes=changes)


def to_sentences(receipt: Receipt, *, is_dry_run: bool = False, needs_approval: bool = True) -> Iterator[str]:
    """Return the answer as an officer reads it: what was decided, then each problem with its place."""
    yield to_decision(receipt, is_dry_run=is_dry_run, needs_approval=needs_approval)
    for problem in receipt.problems:
        place = f"[{problem.sheet}] " if problem.sheet else ""
        yield f"  {SEVERITY_NAMES[problem.severity]}: {place}{problem.message_vi}"
    if receipt.changes:
        yield f"  {to_comparison(receipt)}"


def to_comparison(receipt: Receipt) -> str:
    """Return how many figures are not published yet and how many are published with another value."""
    fresh = sum(change.previous is None for change in receipt.changes)
    return f"So với số đã công bố: {fresh} số liệu mới, {len(receipt.changes) - fresh} số liệu thay đổi."


def to_decision(receipt: Receipt, *, is_dry_run: bool = False, needs_approval: bool = True) -> str:
    """Return what was decided about the file, and what its submitter does next, in one or two sentences."""
    errors = sum(problem.severity == "error" for problem in receipt.problems)
    warnings = sum(problem.severity == "warning" for problem in receipt.problems)
    name = f"Tệp “{receipt.file_name}”"
    match receipt.state, is_dry_run:
        case "accepted", True:
            return f"{name} hợp lệ: {receipt.rows_accepted} dòng số liệu. Chưa nộp, đây chỉ là kiểm tra thử."
        case "accepted", False:
            approval = ", chờ người duyệt" if needs_approval else ""
            return (
                f"Đã tiếp nhận {name[0].lower()}{name[1:]} ({receipt.rows_accepted} dòng số liệu), "
                f"mã {receipt.submission_id}{approval}."
            )
        case "waiting", _:
            there = "" if is_dry_run else f", hoặc giải trình ngay trong hồ sơ {receipt.submission_id}"
            return (
                f"{name} chờ giải trình {warnings} cảnh báo. Hãy ghi lý do (ít nhất {LEAST_JUSTIFICATION} ký tự) "
                f"vào cột Ghi chú của các dòng này rồi nộp lại{there}."
            )
        case "duplicate", _:
            return f"{name} đã được tiếp nhận trước đây, mã {receipt.submission_id}; không nhận lần nữa."
        case _:
            return f"{name} không được tiếp nhận: {errors} lỗi. Hãy sửa rồi nộp lại."
