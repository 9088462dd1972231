"""Workbook of the form `so_lieu` → figures, written apart from the script that makes it."""

import csv
import re
from calendar import monthrange
from datetime import date
from functools import cache
from pathlib import Path

from python_calamine import CalamineWorkbook

ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
QUALIFIERS = {"trên": ">", "hơn": ">", "gần": "<", "dưới": "<", "khoảng": "~"}
Span = tuple[str, date, date]
COLUMNS = [
    "Mã chỉ tiêu", "Chỉ tiêu", "Phương pháp", "Đơn vị tính", "Đơn vị hành chính", "Kỳ", "Giá trị",
    "Trạng thái số liệu", "Cơ quan công bố", "Ngày công bố", "Nguồn", "Ghi chú",
]  # fmt: skip
Cells = dict[str, str | float]


@cache
def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file, each as column → text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def read_form(path: Path) -> list[Cells]:
    """Return the figures of a workbook, each as column of the form → cell, text or number."""
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["Số liệu"], path
    cells = book.get_sheet_by_name("Số liệu").to_python(skip_empty_area=False)
    header = next(number for number, row in enumerate(cells) if row[0] == COLUMNS[0])
    assert cells[header] == COLUMNS, path
    figures: list[Cells] = []
    for row in cells[header + 1 :]:
        read = [cell for cell in row if isinstance(cell, str | float)]
        figures.append(dict(zip(COLUMNS, read, strict=True)))
    return figures


def day(text: str) -> date:
    number, month, year = (int(part) for part in text.split("/"))
    return date(year, month, number)


def months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def period_of(text: str) -> Span:
    """Return kind, start and end of a text of the column Kỳ."""
    if match := re.fullmatch(r"(\d{4})", text):
        return "year", *months(int(match[1]), 1, 12)
    if match := re.fullmatch(r"([69]) tháng (\d{4})", text):
        return {"6": "half_year", "9": "nine_months"}[match[1]], *months(int(match[2]), 1, int(match[1]))
    if match := re.fullmatch(r"quý (I|II|III|IV)/(\d{4})", text):
        return "quarter", *months(int(match[2]), 3 * ROMAN[match[1]] - 2, 3 * ROMAN[match[1]])
    if match := re.fullmatch(r"(\d\d)/(\d{4})", text):
        return "month", *months(int(match[2]), int(match[1]), int(match[1]))
    if match := re.fullmatch(r"năm học (\d{4})-(\d{4})", text):
        return "school_year", date(int(match[1]), 9, 1), date(int(match[2]), 8, 31)
    if match := re.fullmatch(r"ngày ([\d/]+)", text):
        return "instant", day(match[1]), day(match[1])
    match = re.fullmatch(r"lũy kế (?:từ ([\d/]+) )?đến ([\d/]+)", text)
    assert match, text
    end = day(match[2])
    return "cumulative_to_date", day(match[1]) if match[1] else date(end.year, 1, 1), end


def publication_of(text: str) -> tuple[date, str]:
    """Return the last day and the precision of a text of the column Ngày công bố."""
    if match := re.fullmatch(r"\d\d/\d\d/\d{4}", text):
        return day(text), "day"
    if match := re.fullmatch(r"(\d{4}) \(không rõ\)", text):
        return date(int(match[1]), 12, 31), "unknown"
    kind, _, end = period_of(text)
    return end, kind


def value_of(cell: str | float) -> tuple[float, str, int | None]:
    """Return value, qualifier and printed decimals (None: a number cell does not say trailing zeros)."""
    if isinstance(cell, float):
        return cell, "", None
    word, _, number = cell.rpartition(" ")
    return float(number.replace(",", ".")), QUALIFIERS[word] if word else "", len(number.partition(",")[2])
