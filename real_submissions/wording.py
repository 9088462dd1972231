"""Observations and seeds → the words of a row of the form `so_lieu`.

Pure text: what an officer would type for a period, a publication date, a value, a note.
"""

from dataclasses import dataclass
from datetime import date

Row = dict[str, str]

ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
# The word an officer puts before a number for each qualifier, unless the source's own word is known.
QUALIFIER_WORDS = {">": "trên", "<": "gần", "~": "khoảng"}
PRICE_WORDS = {"constant": "giá so sánh", "current": "giá hiện hành"}
CONFIDENCE_WORDS = {"medium": "độ tin cậy của nguồn: trung bình", "low": "độ tin cậy của nguồn: thấp"}


@dataclass(frozen=True)
class Labels:
    """The registered Vietnamese labels by code, as the seeds have them."""

    indicators: dict[str, str]
    methods: dict[str, str]
    units_of_measure: dict[str, str]
    admin_units: dict[str, str]
    statuses: dict[str, str]
    source_authorities: dict[str, str]


def written_date(day: date) -> str:
    """Return a date as administrative documents write it: 15/3/2024, 19/01/2023, 06/6/2025."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def written_period(kind: str, start: date, end: date) -> str:
    """Return the text of the column Kỳ for a period of a kind; raise ValueError for an unknown kind."""
    quarter = f"quý {ROMAN[(end.month + 2) // 3]}/{end.year}"
    from_new_year = (start.month, start.day, start.year) == (1, 1, end.year)
    cumulative = "" if from_new_year else f"từ {written_date(start)} "
    words = {
        "year": f"{end.year}",
        "half_year": f"6 tháng {end.year}",
        "nine_months": f"9 tháng {end.year}",
        "quarter": quarter,
        "month": f"{end.month:02d}/{end.year}",
        "cumulative_to_date": f"lũy kế {cumulative}đến {written_date(end)}",
        "school_year": f"năm học {start.year}-{end.year}",
        "instant": f"ngày {written_date(end)}",
    }
    if kind not in words:
        raise ValueError(f"unknown kind of period: {kind!r}; known: {', '.join(words)}")
    return words[kind]


def written_publication(last_day: date, precision: str) -> str:
    """Return the text of the column Ngày công bố for the last day of a span and its precision."""
    words = {
        "day": f"{last_day:%d/%m/%Y}",
        "month": f"{last_day:%m/%Y}",
        "quarter": f"quý {ROMAN[(last_day.month + 2) // 3]}/{last_day.year}",
        "year": f"{last_day.year}",
        "unknown": f"{last_day.year} (không rõ)",
    }
    return words[precision]


def printed_decimals(value: str) -> int:
    """Return how many digits the source printed after the decimal mark."""
    return len(value.partition(".")[2])


def written_value(row: Row) -> float | str:
    """Return the cell of the column Giá trị: a number, or text where a number would lose something.

    Text keeps a trailing zero ("6,80") and a qualifier ("trên 7740"); its decimal mark is the comma and
    it has no grouping, so that no three digits after one mark are ambiguous.
    """
    value, qualifier = row["value"], row["qualifier"]
    text = value.replace(".", ",")
    if qualifier:
        own_word = row["status_note"].rsplit('"')[-2] if row["status_note"].endswith('"') else ""
        return f"{own_word or QUALIFIER_WORDS[qualifier]} {text}"
    if printed_decimals(value) and value.endswith("0"):
        return text
    return float(value)


def written_note(row: Row, labels: Labels) -> str:
    """Return the column Ghi chú: what the source says of status, prices and unit, and how far to trust it."""
    published_unit = row["unit_as_published"]
    differs = published_unit != labels.units_of_measure[row["unit_of_measure"]]
    price = PRICE_WORDS.get(row["price_basis"], "")
    parts = [
        f"Trạng thái theo nguồn: {row['status_note']}" if row["status_note"] else "",
        f"{price} {row['price_base_year']}".strip() if price else "",
        f"ĐVT theo nguồn: {published_unit}" if differs else "",
        CONFIDENCE_WORDS.get(row["confidence"], ""),
    ]
    return "; ".join(part for part in parts if part)


def written_row(row: Row, labels: Labels, period: str | None = None) -> list[float | str]:
    """Return the twelve cells of a row of the form; `period` replaces the recorded one in a specimen."""
    if period is None:
        start, end = (date.fromisoformat(row[name]) for name in ("period_start", "period_end"))
        period = written_period(row["period_kind"], start, end)
    return [
        row["indicator_code"],
        labels.indicators[row["indicator_code"]],
        labels.methods[row["method_version"]] if row["method_version"] else "",
        labels.units_of_measure[row["unit_of_measure"]],
        labels.admin_units[row["admin_unit_code"]],
        period,
        written_value(row),
        labels.statuses[row["status"]],
        labels.source_authorities[row["source_authority"]],
        written_publication(date.fromisoformat(row["published_on"]), row["published_precision"]),
        row["source_url"],
        written_note(row, labels),
    ]
