"""A receipt + registered names → the answer that its result workbook gives."""

from __future__ import annotations

from datetime import date

from ingestion.layouts import VocabularyName
from ingestion.marking.answer import Answer, ChangedFigure, Finding
from ingestion.normalising.numbers import to_number_text
from ingestion.normalising.vocabulary import Vocabularies
from ingestion.problems import Problem, Severity
from ingestion.receipts import Change, Receipt, to_comparison, to_decision

# Nobody works through more by hand, and Excel opens a workbook with many thousand comments slowly.
MOST_LISTED = 5_000

_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}


def to_answer(
    receipt: Receipt,
    vocabularies: Vocabularies,
    department_name: str,
    on: date,
    *,
    is_dry_run: bool = False,
    needs_approval: bool = True,
) -> Answer:
    """Return what the result workbook says about a file.

    Errors come before warnings, warnings before notes; changed figures before new ones.
    """
    changes = sorted(receipt.changes, key=lambda change: change.previous is None)
    problems = sorted(receipt.problems, key=lambda problem: _ORDER[problem.severity])
    return Answer(
        state=receipt.state,
        decision=to_decision(receipt, is_dry_run=is_dry_run, needs_approval=needs_approval),
        facts=_to_facts(receipt, department_name, on, is_dry_run),
        tally=_to_tally(receipt),
        comparison=to_comparison(receipt) if receipt.changes else None,
        on=on.isoformat(),
        findings=tuple(_to_finding(problem) for problem in problems[:MOST_LISTED]),
        figures=tuple(_to_figure(change, vocabularies) for change in changes[:MOST_LISTED]),
        findings_left_out=max(0, len(problems) - MOST_LISTED),
        figures_left_out=max(0, len(receipt.changes) - MOST_LISTED),
    )


def _to_facts(receipt: Receipt, department_name: str, on: date, is_dry_run: bool) -> str:
    facts = [f"Đơn vị nộp: {department_name}", f"Tệp: {receipt.file_name}"]
    facts.append(f"{'Ngày kiểm tra' if is_dry_run else 'Ngày nộp'}: {on:%d/%m/%Y}")
    if receipt.submission_id is not None:
        which = "hồ sơ đã nộp trước đây" if receipt.state == "duplicate" else "hồ sơ"
        facts.append(f"Mã {which}: {receipt.submission_id}")
    return " · ".join(facts)


def _to_tally(receipt: Receipt) -> str:
    if receipt.state == "duplicate":
        return "Tệp này không được kiểm tra lại. Kết quả nằm trong phiếu trả lời của hồ sơ đã nêu."
    severities = [problem.severity for problem in receipt.problems]
    accepted = f"Số dòng được tiếp nhận: {receipt.rows_accepted}"
    if receipt.rows_accepted:
        accepted += f" (kỳ {'; '.join(receipt.periods)})"
    counts = (
        f"lỗi: {severities.count('error')}",
        f"cảnh báo: {severities.count('warning')}",
        f"lưu ý: {severities.count('note')}",
    )
    return f"{accepted}. Số {', số '.join(counts)}."


def _to_finding(problem: Problem) -> Finding:
    return Finding(
        severity=problem.severity,
        sheet=problem.sheet,
        cell=problem.cell,
        found=problem.found,
        expected=problem.expected,
        message=problem.message_vi.removeprefix(f"Ô {problem.cell}: "),
        note_cell=problem.note_cell,
        justification=problem.note if problem.is_justified else None,
    )


def _to_figure(change: Change, vocabularies: Vocabularies) -> ChangedFigure:
    def label(name: VocabularyName, code: str | None) -> str:
        term = vocabularies[name].term_of(code or "")
        return term.label if term else code or ""

    return ChangedFigure(
        sheet=change.sheet,
        cell=change.cell,
        indicator=label("indicators", change.indicator_code),
        admin_unit=label("admin_units", change.admin_unit_code),
        period=change.period,
        unit_of_measure=label("units_of_measure", change.unit_of_measure),
        previous=None if change.previous is None else to_number_text(change.previous),
        new=None if change.new is None else to_number_text(change.new),
    )
