"""Evaluation + formalities → the fields of the Word template, every value already written the Vietnamese way.

The names returned here are the names an official may use in the template; templates/README.md explains each.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

from reporting import annexes, sentences
from reporting.evaluation import Evaluation, Plan, Target
from reporting.official import Formalities
from reporting.vietnamese import count, letter, listed, lower_first, moment, sentence

Field = dict[str, Any]
Captions = Callable[[str], str]


def to_content(evaluation: Evaluation, formalities: Formalities) -> Field:
    """Return every field of the template: texts, and lists of fields for what repeats."""
    targets = evaluation.targets
    parts = _parts(evaluation)
    # Tables are numbered in the order of the page, so the order of these calls is the order of the document.
    captions = _captions()
    distribution_caption = captions("Số chỉ tiêu theo kết luận")
    coverage_caption = captions("Mức độ có kết luận theo văn bản và lĩnh vực")
    plans = [
        _plan(position, plan, held, evaluation, captions) for position, (plan, held) in enumerate(parts, 1)
    ]
    silent = _silent(targets)
    silent_caption = captions(f"Chỉ tiêu chưa có số liệu năm {evaluation.year}") if silent else ""
    return {
        **_formal_fields(formalities, evaluation),
        "documents": _closed([_scope(plan, held) for plan, held in parts]),
        "as_of": moment(evaluation.build.as_of_at),
        "overall": sentences.opening(targets, len(parts)),
        "distribution_caption": distribution_caption,
        "distribution": _distribution(targets),
        "total": count(len(targets)),
        "coverage_caption": coverage_caption,
        "coverage": _coverage(evaluation, parts),
        "plans": plans,
        "lacking": sentences.silent_years(targets),
        "silent_caption": silent_caption,
        "silent": silent,
        "doubts": _doubts(targets),
        "proposals": _proposals(evaluation, silent_caption.partition(".")[0]),
        "territories": annexes.territories(evaluation.figures),
        "files": annexes.files(evaluation.figures),
        "revisions": annexes.revisions(evaluation.figures),
        "thresholds": annexes.thresholds(targets),
        "submissions": count(evaluation.build.submissions_counted),
        "observations": count(evaluation.build.observations_counted),
        "sequence": count(evaluation.build.ledger_sequence),
        "fingerprint": evaluation.build.registry_fingerprint,
    }


def _formal_fields(formalities: Formalities, evaluation: Evaluation) -> Field:
    """Return the fields that are office and law: who issues, to whom, on what basis."""
    issuer = formalities.issuer
    year = evaluation.year
    news = (
        f"{issuer.name_in_text_vi} báo cáo kết quả đánh giá thực hiện các chỉ tiêu quy hoạch, kế hoạch "
        f"năm {year} như sau:"
    )
    return {
        "year": str(year),
        "superior": issuer.superior_vi,
        "issuer": issuer.name_vi,
        "issuer_in_text": issuer.name_in_text_vi,
        "place": issuer.place_vi,
        "symbol": issuer.symbol,
        "signatory": issuer.signatory_vi,
        "archive": issuer.archive_vi,
        "recipients": _closed(formalities.recipients),
        "copies": list(formalities.copies),
        "subject": _subject(evaluation),
        "opening": f"{formalities.obligation_vi}, {news}" if formalities.obligation_vi else news,
        "citations": _closed(formalities.citations),
    }


def _subject(evaluation: Evaluation) -> str:
    """Return what the report is about, without a line that ends between “năm” and its number."""
    year = f"năm\u00a0{evaluation.year}"
    if evaluation.plan is None:
        return f"Đánh giá kết quả thực hiện các chỉ tiêu quy hoạch,\nkế hoạch của tỉnh {year}"
    return f"Đánh giá kết quả thực hiện {year} các chỉ tiêu của {evaluation.plans[0].title_vi}"


def _parts(evaluation: Evaluation) -> list[tuple[Plan, tuple[Target, ...]]]:
    """Return each plan document with its targets."""
    return [
        (plan, tuple(target for target in evaluation.targets if target.plan_code == plan.plan_code))
        for plan in evaluation.plans
    ]


def _by(targets: Iterable[Target], key: Callable[[Target], Any]) -> list[tuple[Target, ...]]:
    """Return neighbours with the same key together, in the order given."""
    return [tuple(group) for _, group in groupby(targets, key)]


def _captions() -> Captions:
    """Return a function that gives each table the next number: Bảng 1. …"""
    numbers = iter(range(1, 1000))
    return lambda text: f"Bảng {next(numbers)}. {text}"


def _closed(items: Sequence[str]) -> list[str]:
    """Return list items that end with semicolons, the last one with a point."""
    return [f"{item}{';' if position < len(items) else '.'}" for position, item in enumerate(items, 1)]


def _scope(plan: Plan, held: Sequence[Target]) -> str:
    places = listed(dict.fromkeys(lower_first(target.admin_unit_name_vi) for target in held))
    return f"{_title(plan)}: {count(len(held))} chỉ tiêu, địa bàn {places}"


def _title(plan: Plan) -> str:
    document = sentences.document_of(plan)
    return f"{plan.title_vi} ({document})" if document else plan.title_vi


def _distribution(targets: Sequence[Target]) -> list[Field]:
    """Return the verdicts given with how many targets got each: judgements, then reasons for having none."""
    ordered = sorted(targets, key=sentences.precedence)
    return [
        {
            "name": "Đã kết luận" if sentences.is_assessed(group[0]) else "Chưa kết luận được",
            "count": count(len(group)),
            "rows": [
                {"verdict": same[0].verdict_name_vi, "count": count(len(same))}
                for same in _by(group, sentences.precedence)
            ],
        }
        for group in _by(ordered, sentences.is_assessed)
    ]


def _coverage(evaluation: Evaluation, parts: Sequence[tuple[Plan, Sequence[Target]]]) -> list[Field]:
    """Return, per document, one row per sector: targets, targets judged (mart_sector_scorecard), verdicts."""
    scores = {(score.plan_code, score.sector_code): score for score in evaluation.scores}
    return [
        {
            "title": _title(plan),
            "sectors": [
                {
                    "name": sector[0].sector_name_vi,
                    "total": count(scores[plan.plan_code, sector[0].sector_code].targets_total),
                    "assessed": count(scores[plan.plan_code, sector[0].sector_code].targets_assessed),
                    "verdicts": sentences.tally(sector),
                }
                for sector in _by(held, lambda target: target.sector_code)
            ],
        }
        for plan, held in parts
    ]


def _plan(
    position: int, plan: Plan, held: Sequence[Target], evaluation: Evaluation, captions: Captions
) -> Field:
    """Return one document's part: heading, replacement, note, how it stands, its sectors."""
    return {
        "heading": f"{position}. {_title(plan)}",
        "replaced": sentences.replacement(plan, evaluation.build.as_of_on),
        "note": sentence(f"Ghi chú về văn bản: {plan.note}") if plan.note else "",
        "standing": sentences.standing(held, "Văn bản"),
        "sectors": [
            _sector(place, sector, evaluation.year, captions)
            for place, sector in enumerate(_by(held, lambda target: target.sector_code), 1)
        ],
    }


def _sector(position: int, sector: Sequence[Target], year: int, captions: Captions) -> Field:
    """Return one sector of a document: its sentence, its table, the grounds of each verdict."""
    name = sector[0].sector_name_vi
    numbered = list(enumerate(sector, 1))
    return {
        "heading": f"{letter(position)}) {name}",
        "standing": sentences.standing(sector, "Nhóm này"),
        "caption": captions(f"{name}: kết quả năm {year}"),
        "rows": [_target_row(place, target) for place, target in numbered],
        "findings": [
            {
                "name": target.target_name_vi,
                "verdict": target.verdict_name_vi,
                "grounds": sentences.grounds(target),
                "formula": target.formula_text or "",
            }
            for target in sector
            if sentences.is_assessed(target)
        ],
        "waiting": [
            {"positions": positions, "reason": reason}
            for positions, reason in sentences.shared_grounds(
                (place, target) for place, target in numbered if not sentences.is_assessed(target)
            )
        ],
    }


def _target_row(position: int, target: Target) -> Field:
    return {
        "position": str(position),
        "name": target.target_name_vi,
        "target": target.target_text_vi or "định tính",
        "actual": sentences.actual(target),
        "path": sentences.path(target),
        "gap": sentences.gap(target),
        "pace": sentences.pace(target),
        "verdict": target.verdict_name_vi,
        "is_pressing": target.verdict_code in sentences.PRESSING,
    }


def _department(target: Target) -> str:
    return target.answering_department_vi or "Chưa xác định cơ quan phụ trách"


def _silent(targets: Sequence[Target]) -> list[Field]:
    """Return one row per department and territory: its targets without a figure of the year."""

    def owed(target: Target) -> tuple[str, str]:
        return _department(target), target.admin_unit_name_vi

    silent = sorted((target for target in targets if target.verdict_code == "no_data"), key=owed)
    return [
        {
            "department": _department(group[0]),
            "territory": group[0].admin_unit_name_vi,
            "count": count(len(group)),
            "names": "; ".join(target.target_name_vi for target in group),
        }
        for group in _by(silent, owed)
    ]


def _doubts(targets: Sequence[Target]) -> list[str]:
    """Return what a plan document leaves unclear about a target (registry notes), without codes."""
    names = {target.target_code: f"chỉ tiêu “{target.target_name_vi}”" for target in targets}
    doubts = []
    for target in targets:
        note = target.note or ""
        for code, name in names.items():
            note = note.replace(code, name)
        if note:
            doubts.append(sentence(f"{target.target_name_vi}: {note}"))
    return doubts


def _proposals(evaluation: Evaluation, silent_table: str) -> list[str]:
    """Return what the figures ask of the reader, by rules; the author adds to it."""
    targets = evaluation.targets
    silent = [target for target in targets if target.verdict_code == "no_data"]
    disputed = [target for target in targets if target.verdict_code == "conflicting_data"]
    pressing = [target for target in targets if target.verdict_code in sentences.PRESSING]
    proposals = []
    if silent:
        proposals.append(
            f"Các cơ quan nêu tại {silent_table} rà soát, gửi số liệu năm {evaluation.year} của "
            f"{count(len(silent))} chỉ tiêu chưa có số liệu; trường hợp không thu thập được thì nêu rõ lý "
            "do."
        )
    if pressing:
        named = "; ".join(f"{target.target_name_vi} – {target.verdict_name_vi}" for target in pressing)
        proposals.append(
            "Cơ quan chủ trì theo chức năng, nhiệm vụ làm rõ nguyên nhân và đề xuất giải pháp đối với "
            f"{count(len(pressing))} chỉ tiêu: {named}."
        )
    if disputed:
        named = "; ".join(target.target_name_vi for target in disputed)
        proposals.append(f"Cơ quan có thẩm quyền xác định số liệu được sử dụng đối với: {named}.")
    if any(target.policies_vi for target in targets):
        proposals.append(
            "Cấp có thẩm quyền xem xét, quyết định các ngưỡng, dung sai đang áp dụng tạm thời nêu tại "
            "Phụ lục III."
        )
    return proposals
