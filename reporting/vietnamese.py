"""Numbers, dates and lists → the way an administrative document in Vietnamese writes them.

Numbers are written 1.234,5 (point for thousands, comma for decimals) and dates dd/mm/yyyy. Nothing here
reads the clock or the locale of the machine.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Context, Decimal

VIETNAM_TIME = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")  # no summer time since 1975

_WIDE = Context(prec=400)  # room for the largest double written out in full


def number(value: float, decimals: int) -> str:
    """Return `value` rounded half up to at most `decimals` decimals, trailing zeros dropped: 1.234,5.

    Raises ValueError for a value that is not finite: such a value has no place on paper.
    """
    exact = Decimal(repr(float(value)))
    if not exact.is_finite():
        raise ValueError(f"not a finite number: {value!r}")
    step = Decimal(1).scaleb(-decimals)
    rounded = exact.quantize(step, rounding=ROUND_HALF_UP, context=_WIDE)
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    fraction = fraction.rstrip("0")
    sign = "-" if rounded < 0 else ""
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"


def difference(value: float, decimals: int) -> str:
    """Return a number with its sign written out: +0,71 and -0,71; 0 has none."""
    text = number(value, decimals)
    return text if text.startswith("-") or text == "0" else f"+{text}"


def count(how_many: int) -> str:
    """Return a count as official documents write it, two digits at least: 03, 12, 1.234."""
    return f"{how_many:02d}" if 0 < how_many < 10 else number(how_many, 0)


def day(on: date) -> str:
    """Return 31/12/2025."""
    return f"{on.day:02d}/{on.month:02d}/{on.year:04d}"


def in_vietnam(at: datetime) -> datetime:
    """Return the instant in Vietnam time; `at` without a zone is UTC, as the marts keep it."""
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(VIETNAM_TIME)


def local_day(at: datetime) -> str:
    """Return the day of an instant in Vietnam: 31/12/2025."""
    return day(in_vietnam(at).date())


def moment(at: datetime) -> str:
    """Return an instant in Vietnam time: 16 giờ 00 phút ngày 31/01/2026."""
    local = in_vietnam(at)
    return f"{local.hour:02d} giờ {local.minute:02d} phút ngày {day(local.date())}"


def letter(position: int) -> str:
    """Return the letter of a point in the order that official documents use: a, b, c, d, đ, e, g, h …"""
    letters = "abcdđeghiklmnopqrstuvxy"
    if not 1 <= position <= len(letters):
        raise ValueError(f"no point is lettered {position}")
    return letters[position - 1]


def listed(parts: Iterable[str]) -> str:
    """Return parts as one phrase: a, b và c. A part that holds a comma makes semicolons of the commas."""
    items: Sequence[str] = list(parts)
    if len(items) < 2:
        return "".join(items)
    if any("," in item or ";" in item for item in items):
        return "; ".join(items)
    return f"{', '.join(items[:-1])} và {items[-1]}"


def lower_first(text: str) -> str:
    """Return text that can stand inside a sentence; an abbreviation (GRDP, HDI) keeps its capitals."""
    if len(text) > 1 and text[1].isupper():
        return text
    return text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """Return text that begins with a capital and ends with one mark."""
    stripped = text.strip()
    if not stripped:
        return ""
    closed = stripped if stripped[-1] in ".!?…" else f"{stripped.rstrip(';,:')}."
    return closed[:1].upper() + closed[1:]
