"""Reports that are due or overdue → the letter about them: subject, plain text, and the same in HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Literal

from cotmoc.calendar import to_day_text
from cotmoc.obligations import DueItem
from ingestion.normalising.text import to_text

# To the department that reports before or after the due date; to the one that receives.
LetterKind = Literal["before", "after", "recipient"]
_SYSTEM = "Hệ thống giám sát, đánh giá thực hiện quy hoạch tỉnh"
_FOOTER = (
    "Thư này được gửi tự động từ hệ thống Cột Mốc, đề nghị không trả lời thư này. Nếu Ông/Bà không còn phụ trách "
    "nội dung trên, đề nghị thông báo cho bộ phận quản trị hệ thống để cập nhật danh sách đầu mối."
)


@dataclass(frozen=True)
class Line:
    """One report a letter speaks of, with the names its reader knows; `is_received_here`: by a form of the system."""

    item: DueItem
    department_name: str
    owed_by_name: str
    form_name: str | None
    is_received_here: bool


@dataclass(frozen=True)
class Letter:
    """What a person gets."""

    subject: str
    text: str
    html: str


def to_letter(kind: LetterKind, lines: Sequence[Line], name: str, department: str, on: date) -> Letter:
    """Return the letter of a day about reports, the earliest due first, to a person of a department."""
    lines = sorted(lines, key=lambda line: (line.item.due_on, line.department_name, line.item.name_vi))
    greeting = f"Kính gửi: {f'Ông/Bà {name}, ' if name else ''}{department}"
    opening, closing = _OPENINGS[kind](len(lines), on), _closing(kind, lines)
    entries = [(_title(line.item), _details(kind, line)) for line in lines]
    return Letter(
        subject=_subject(kind, lines),
        text=_to_text(greeting, opening, entries, closing),
        html=_to_html(greeting, opening, entries, closing),
    )


def period_words(item: DueItem) -> str:
    """Return the period of a report as a sentence names it; empty for one that is made once."""
    match item.period_kind:
        case "year":
            return f"năm {item.period_text}"
        case "half_year":
            return f"6 tháng đầu năm {item.period_end.year}"
        case "nine_months":
            return f"9 tháng đầu năm {item.period_end.year}"
        case "month":
            return f"tháng {item.period_text}"
        case "quarter":
            return item.period_text
        case _:
            return ""


def _title(item: DueItem) -> str:
    name, period = to_text(item.name_vi), period_words(item)
    return f"{name}, kỳ báo cáo {period}" if period else name


def _count(number: int) -> str:
    return f"{number:02d}"


def _subject(kind: LetterKind, lines: Sequence[Line]) -> str:
    first = lines[0].item
    day = to_day_text(first.due_on)
    if len(lines) == 1:
        match kind:
            case "before":
                return f"Nhắc báo cáo: {_title(first)}, hạn cuối {day}"
            case "after":
                return f"Quá hạn báo cáo: {_title(first)}, hạn cuối {day}"
            case "recipient":
                return f"Chưa nhận được báo cáo của {lines[0].department_name}: {_title(first)}"
    match kind:
        case "before":
            return f"Nhắc báo cáo: {_count(len(lines))} báo cáo sắp đến hạn, hạn gần nhất {day}"
        case "after":
            return f"Quá hạn báo cáo: {_count(len(lines))} báo cáo chưa gửi"
        case "recipient":
            return f"Chưa nhận được {_count(len(lines))} báo cáo đã quá hạn"


def _reports(number: int) -> str:
    return "báo cáo sau đây" if number == 1 else f"{_count(number)} báo cáo sau đây"


_OPENINGS: dict[LetterKind, Callable[[int, date], str]] = {
    "before": lambda number, on: f"{_SYSTEM} trân trọng nhắc Quý cơ quan về {_reports(number)} sắp đến hạn:",
    "after": lambda number, on: (
        f"Đến ngày {to_day_text(on)}, {_SYSTEM[0].lower()}{_SYSTEM[1:]} chưa nhận được {_reports(number)} của "
        "Quý cơ quan, nay đã quá hạn:"
    ),
    "recipient": lambda number, on: (
        f"Đến ngày {to_day_text(on)}, {_SYSTEM[0].lower()}{_SYSTEM[1:]} chưa nhận được {_reports(number)} mà Quý "
        "cơ quan là nơi nhận, nay đã quá hạn:"
    ),
}


def _details(kind: LetterKind, line: Line) -> list[tuple[str, str]]:
    item = line.item
    found: list[tuple[str, str]] = []
    inherits = line.owed_by_name != line.department_name
    if kind == "recipient" or inherits:
        after = f" (tiếp nhận nhiệm vụ của {line.owed_by_name})" if inherits else ""
        found.append(("Đơn vị báo cáo", f"{line.department_name}{after}"))
    found.append(("Hạn báo cáo", f"hết ngày {to_day_text(item.due_on)} ({_days(item.days_left)})"))
    if kind != "recipient":
        found.append(("Nơi nhận", "; ".join(item.recipient_roles)))
    found.append(("Căn cứ", item.legal_basis))
    if line.form_name and line.is_received_here and kind != "recipient":
        found.append(("Biểu mẫu", line.form_name))
    if not line.is_received_here:
        found.append(
            ("Lưu ý", "báo cáo này không gửi qua hệ thống; nếu Quý cơ quan đã gửi, xin bỏ qua thư nhắc này")
        )
    return found


def _days(left: int) -> str:
    if left > 0:
        return f"còn {_count(left)} ngày"
    return f"đã quá hạn {_count(-left)} ngày" if left < 0 else "hôm nay là ngày cuối cùng"


def _closing(kind: LetterKind, lines: Sequence[Line]) -> str:
    match kind:
        case "before":
            return "Kính đề nghị Quý cơ quan hoàn thành và gửi báo cáo đúng thời hạn."
        case "after":
            return "Kính đề nghị Quý cơ quan khẩn trương hoàn thành và gửi báo cáo."
        case "recipient":
            who = "đơn vị" if len({line.department_name for line in lines}) == 1 else "các đơn vị"
            return f"Kính đề nghị Quý cơ quan theo dõi, đôn đốc {who} nêu trên."


def _to_text(
    greeting: str, opening: str, entries: Sequence[tuple[str, list[tuple[str, str]]]], closing: str
) -> str:
    blocks = [
        "\n".join([f"{number}. {title}", *(f"   - {label}: {value}" for label, value in details)])
        for number, (title, details) in enumerate(entries, 1)
    ]
    return "\n\n".join([greeting, opening, *blocks, closing, "Trân trọng./.", f"---\n{_FOOTER}"]) + "\n"


def _to_html(
    greeting: str, opening: str, entries: Sequence[tuple[str, list[tuple[str, str]]]], closing: str
) -> str:
    listed = "".join(
        f"<li><strong>{escape(title)}</strong><ul>"
        + "".join(f"<li>{escape(label)}: {escape(value)}</li>" for label, value in details)
        + "</ul></li>"
        for title, details in entries
    )
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8"></head>'
        '<body style="font-family: sans-serif; font-size: 15px; line-height: 1.5; color: #1a1a1a">'
        f"<p>{escape(greeting)}</p><p>{escape(opening)}</p><ol>{listed}</ol><p>{escape(closing)}</p>"
        f'<p>Trân trọng./.</p><hr><p style="font-size: 13px; color: #555">{escape(_FOOTER)}</p></body></html>\n'
    )
