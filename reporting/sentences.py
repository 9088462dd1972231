"""Rows of the marts → the report's sentences. Rules only: each says what, how much, against what.

Every number in a sentence is a mart value or a count of mart rows. Verdicts come named from the marts;
nothing here judges.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from reporting.evaluation import Figure, Plan, Target
from reporting.vietnamese import count, day, difference, listed, number, sentence

# Verdicts that say why there is no judgement; mart_sector_scorecard counts the others as assessed.
UNASSESSED = frozenset(
    {"not_due", "basis_ceased", "superseded", "conflicting_data", "no_data", "insufficient_data"}
)
WITHOUT_FIGURES = frozenset({"conflicting_data", "no_data", "insufficient_data"})
# Verdicts that ask the department to explain and act.
PRESSING = frozenset({"missed", "breached", "needs_acceleration", "off_track", "moving_away"})

_WEB_ADDRESS = re.compile(r"https?://(?:www\.)?([^/\s),;]+)[^\s),;]*")

QUALIFIERS = {">": "trên ", ">=": "ít nhất ", "<": "dưới ", "<=": "không quá ", "~": "khoảng "}


def is_assessed(target: Target) -> bool:
    """Return whether the target got a judgement, not a reason for having none."""
    return target.verdict_code not in UNASSESSED


def precedence(target: Target) -> tuple[bool, int]:
    """Return the order of verdicts on paper: judgements first, then the reasons for having none."""
    return not is_assessed(target), target.verdict_order


def tally(targets: Iterable[Target]) -> str:
    """Return the verdicts with how many targets got each: Đúng lộ trình: 02; Cần đẩy nhanh: 05.

    Where all got the same verdict its name says it all.
    """
    counted = Counter((precedence(target), target.verdict_name_vi) for target in targets)
    if len(counted) == 1:
        return next(name for _, name in counted)
    return "; ".join(f"{name}: {count(how_many)}" for (_, name), how_many in sorted(counted.items()))


def opening(targets: Sequence[Target], documents: int) -> str:
    """Return how many targets of how many plan documents are held, judged and not judged."""
    judged = [target for target in targets if is_assessed(target)]
    text = f"Báo cáo xem xét {count(len(targets))} chỉ tiêu của {count(documents)} văn bản"
    if not judged:
        return sentence(f"{text}; chưa có chỉ tiêu nào đủ căn cứ để kết luận")
    if len(judged) == len(targets):
        return sentence(f"{text}; tất cả đã có kết luận")
    rest = len(targets) - len(judged)
    return sentence(
        f"{text}; {count(len(judged))} chỉ tiêu đã có kết luận, {count(rest)} chỉ tiêu chưa kết luận được"
    )


def standing(targets: Sequence[Target], subject: str) -> str:
    """Return how the targets of `subject` stand: how many judged as what, the rest why not."""
    judged = [target for target in targets if is_assessed(target)]
    waiting = [target for target in targets if not is_assessed(target)]
    text = f"{subject} có {count(len(targets))} chỉ tiêu"
    all_of_them = "đều " if len(targets) > 1 else ""
    if not waiting:
        return sentence(f"{text}, {all_of_them}đã có kết luận ({tally(judged)})")
    if not judged:
        return sentence(f"{text}, {all_of_them}chưa kết luận được ({tally(waiting)})")
    return sentence(
        f"{text}; {count(len(judged))} chỉ tiêu đã có kết luận ({tally(judged)}); "
        f"{count(len(waiting))} chỉ tiêu chưa kết luận được ({tally(waiting)})"
    )


def decimals_of(target: Target) -> int:
    """Return how many decimals the target's figures get: three for a target below 1 (HDI), else two."""
    return 3 if target.target_value is not None and 0 < abs(target.target_value) < 1 else 2


def actual(target: Target) -> str:
    """Return the year's value with its published qualifier; empty without one."""
    if target.actual_value is None:
        return ""
    qualifier = QUALIFIERS.get(target.actual_qualifier or "", "")
    return qualifier + number(target.actual_value, decimals_of(target))


def path(target: Target) -> str:
    """Return what the path asks of the year; empty without one."""
    return "" if target.path_value is None else number(target.path_value, decimals_of(target))


def gap(target: Target) -> str:
    """Return the difference to the path with its sign; empty without one."""
    return "" if target.gap_value is None else difference(target.gap_value, decimals_of(target))


def pace(target: Target) -> str:
    """Return the progress made as a share of the progress required; empty without one."""
    return "" if target.pace is None else number(target.pace, 3)


def reason(target: Target) -> str:
    """Return the mart's reason as a sentence for paper: of a web address only the site is left."""
    return sentence(_WEB_ADDRESS.sub(r"\1", target.reason_vi))


def grounds(target: Target) -> str:
    """Return why the verdict is what it is, and on what kind of figure it rests."""
    text = reason(target)
    if target.actual_status_name_vi is None or target.actual_published_on is None:
        return text
    return (
        f"{text} Số liệu năm đánh giá có trạng thái “{target.actual_status_name_vi}”, "
        f"công bố không muộn hơn ngày {day(target.actual_published_on)}."
    )


def shared_grounds(numbered: Iterable[tuple[int, Target]]) -> tuple[tuple[str, str], ...]:
    """Return ("Chỉ tiêu số 1, 3-5", reason) for table rows without a judgement, same reasons together.

    The verdict is named where the reason does not already begin with it.
    """
    groups: dict[tuple[str, str], list[int]] = {}
    for position, target in numbered:
        groups.setdefault((target.verdict_name_vi, reason(target)), []).append(position)
    return tuple(
        (f"Chỉ tiêu số {ranges(positions)}" + ("" if why.startswith(verdict) else f" ({verdict})"), why)
        for (verdict, why), positions in sorted(groups.items(), key=lambda group: group[1])
    )


def ranges(positions: Sequence[int]) -> str:
    """Return ascending row numbers in short: 1, 3-5 và 9."""
    runs: list[list[int]] = []
    for position in positions:
        if runs and position == runs[-1][-1] + 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    parts = [part for run in runs for part in ([f"{run[0]}-{run[-1]}"] if len(run) > 2 else map(str, run))]
    return listed(parts)


def document_of(plan: Plan) -> str:
    """Return number, date and issuer of a plan document as far as they are known."""
    parts = [
        f"số {plan.document_number}" if plan.document_number else "",
        f"ngày {day(plan.issued_on)}" if plan.issued_on else "",
        f"của {plan.issuer}" if plan.issuer else "",
    ]
    return " ".join(part for part in parts if part)


def replacement(plan: Plan, as_of_on: date) -> str:
    """Return from when and by what the document was replaced; empty while it is in force."""
    if plan.superseded_on is None or plan.superseded_on > as_of_on:
        return ""
    by = f" bởi {plan.successor_title_vi}" if plan.successor_title_vi else ""
    return sentence(f"Văn bản này được thay thế từ ngày {day(plan.superseded_on)}{by}")


def silent_years(targets: Sequence[Target]) -> str:
    """Return how many targets lack what they need, by verdict; empty when none does."""
    lacking = [target for target in targets if target.verdict_code in WITHOUT_FIGURES]
    if not lacking:
        return ""
    return sentence(f"Có {count(len(lacking))} chỉ tiêu chưa kết luận được do số liệu ({tally(lacking)})")


def value_of(figure_read: Figure) -> str:
    """Return a published figure to its last digit, with its qualifier and unit."""
    written = number(figure_read.value, 6)
    glue = "" if figure_read.unit_name_vi.startswith("%") else " "
    return f"{QUALIFIERS.get(figure_read.qualifier or '', '')}{written}{glue}{figure_read.unit_name_vi}"


def place_of(figure_read: Figure) -> str:
    """Return where the source of a figure is: its authority, and the site without the path of the page."""
    site = _WEB_ADDRESS.sub(r"\1", figure_read.source or "")
    return f"{figure_read.authority_name_vi} ({site})" if site else figure_read.authority_name_vi
