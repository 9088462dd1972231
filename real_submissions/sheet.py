"""Rows of the form `so_lieu` → the bytes of a workbook that looks like one.

The same rows give the same bytes: no clock, no names of this machine, a fixed creation date.
"""

import io
import math
from datetime import datetime

import xlsxwriter

FONT = "Times New Roman"
FORM_LINE = "Biểu: so_lieu, phiên bản 1.0"
TITLE = "BIỂU SỐ LIỆU CHỈ TIÊU THỰC HIỆN QUY HOẠCH TỈNH"
DISCLAIMER = (
    "(Bản trình diễn: số liệu đã công bố, nguồn ghi ở từng dòng; đơn vị báo cáo được xếp theo chức năng, "
    "không phải văn bản do đơn vị lập)"
)
# Column of the form → width in characters.
COLUMNS = {
    "Mã chỉ tiêu": 25,
    "Chỉ tiêu": 30,
    "Phương pháp": 16,
    "Đơn vị tính": 13,
    "Đơn vị hành chính": 16,
    "Kỳ": 14,
    "Giá trị": 13,
    "Trạng thái số liệu": 10,
    "Cơ quan công bố": 12,
    "Ngày công bố": 13,
    "Nguồn": 34,
    "Ghi chú": 30,
}
SMALL_PRINT = {"Nguồn", "Ghi chú"}
HEADER_ROW = 6
VALUE_COLUMN = list(COLUMNS).index("Giá trị")
CREATED = datetime(2026, 1, 31)  # noqa: DTZ001 - a workbook's creation date has no zone


LINE_POINTS = 17


def _number_format(value: float) -> str:
    """Return a cell format that shows the printed decimals, with Vietnamese marks where the program can."""
    decimals = len(repr(value).partition(".")[2]) if value != int(value) else 0
    return "[$-42A]#,##0" + ("." + "0" * decimals if decimals else "")


def _row_height(row: list[float | str]) -> float:
    """Return the height in points that shows the longest wrapped cell; rows do not grow on opening."""
    lines = 1
    for value, (name, width) in zip(row, COLUMNS.items(), strict=True):
        letters = width * (1.25 if name in SMALL_PRINT else 0.95)
        lines = max(lines, math.ceil(len(value) / letters) if isinstance(value, str) else 1)
    return LINE_POINTS * lines + 3


def workbook_bytes(department: str, rows: list[list[float | str]]) -> bytes:
    """Return an .xlsx file with one sheet `Số liệu`: title block, frozen header, one row per figure."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": TITLE, "author": "Cột Mốc – bản trình diễn", "created": CREATED})
    sheet = book.add_worksheet("Số liệu")

    base = {"font_name": FONT, "font_size": 12, "valign": "vcenter"}
    cell = {**base, "border": 1, "text_wrap": True}
    plain = book.add_format(base)
    right = book.add_format({**base, "align": "right", "bold": True})
    title = book.add_format({**base, "font_size": 14, "bold": True, "align": "center"})
    subtitle = book.add_format({**base, "italic": True, "align": "center"})
    header = book.add_format({**cell, "bold": True, "align": "center", "bg_color": "#DCE6F1"})
    text = book.add_format(cell)
    centred = book.add_format({**cell, "align": "center"})
    small = book.add_format({**cell, "font_size": 10})
    value_text = book.add_format({**cell, "align": "right"})
    styles = [text, text, text, centred, text, centred, value_text, centred, centred, centred, small, small]

    last = len(COLUMNS) - 1
    sheet.write_string(0, 0, FORM_LINE, plain)
    sheet.merge_range(0, VALUE_COLUMN, 0, last, f"Đơn vị báo cáo: {department}", right)
    sheet.merge_range(2, 0, 2, last, TITLE, title)
    sheet.merge_range(3, 0, 3, last, DISCLAIMER, subtitle)
    sheet.set_row(2, 24)

    for column, (name, width) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(HEADER_ROW, column, name, header)
    sheet.set_row(HEADER_ROW, 2 * LINE_POINTS + 4)

    formats = {
        pattern: book.add_format({**cell, "align": "right", "num_format": pattern})
        for pattern in sorted(
            {_number_format(value) for row in rows for value in row if isinstance(value, float)}
        )
    }
    for number, row in enumerate(rows, start=HEADER_ROW + 1):
        sheet.set_row(number, _row_height(row))
        for column, value in enumerate(row):
            if isinstance(value, float):
                sheet.write_number(number, column, value, formats[_number_format(value)])
            else:
                sheet.write_string(number, column, value, styles[column])

    sheet.freeze_panes(HEADER_ROW + 1, 2)
    sheet.ignore_errors({"number_stored_as_text": f"A{HEADER_ROW + 2}:L{HEADER_ROW + 1 + len(rows)}"})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.6, right=0.6, top=0.9, bottom=0.8)
    sheet.set_header(f'&C&"{FONT},Regular"&13&P')
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    book.close()
    return buffer.getvalue()
