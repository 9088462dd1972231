"""An answer → the sheets before the copied ones: what is wrong where, and what would change."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ingestion.cells import to_column_letters, to_shortest
from ingestion.marking import looks
from ingestion.marking.answer import Answer, ChangedFigure, Finding
from ingestion.marking.marks import anchor
from ingestion.normalising.numbers import to_number_text
from ingestion.problems import LEAST_JUSTIFICATION, to_quotation
from ingestion.receipts import SEVERITY_NAMES

_FINDING_COLUMNS = {
    "STT": 5,
    "Vị trí": 13,
    "Mức độ": 10,
    "Nội dung tìm thấy": 19,
    "Nội dung cần có": 27,
    "Giải thích và cách sửa": 46,
    "Ô giải trình": 13,
}
_FIGURE_COLUMNS = {
    "STT": 5,
    "Vị trí": 13,
    "Loại": 11,
    "Chỉ tiêu": 34,
    "Đơn vị hành chính": 20,
    "Kỳ": 11,
    "Đơn vị tính": 14,
    "Số đã công bố": 13,
    "Số trong tệp": 13,
}
# Rows are given their height: not every program fits it to wrapped text by itself. Excel allows no more than 409.
_LINE_POINTS = 15.0
_MOST_POINTS = 409.0
_CHARACTERS_OF_WIDTH = 1.25
# The first sheet shows this many figures; their own sheet shows them all.
_MOST_FIGURES_IN_SIGHT = 20
# Below this a number of the form may be a year; it is quoted as it is.
_LEAST_GROUPED = 10_000


class _Place(NamedTuple):
    """Where a link leads, and the words it is shown with."""

    sheet: str
    cell: str

    @property
    def location(self) -> str:
        return "'{}'!{}".format(self.sheet.replace("'", "''"), self.cell)


def add_result_sheets(book: Workbook, answer: Answer) -> None:
    """Put the sheet of problems first and, when figures would change, their sheet after it; open at the first."""
    has_copy = bool(book.worksheets)
    _add_findings(book, answer, has_copy)
    if answer.figures:
        _add_figures(book, answer)
    book.active = 0


def _add_findings(book: Workbook, answer: Answer, has_copy: bool) -> None:
    sheet = book.create_sheet(looks.RESULT_SHEET, 0)
    sheet.sheet_properties.tabColor = looks.STATE_FILLS[answer.state].fgColor.rgb
    row = _write_head(sheet, _FINDING_COLUMNS, "KẾT QUẢ KIỂM TRA SỐ LIỆU", answer)
    if answer.figures:
        comparison = f"{answer.comparison} Xem từng số liệu ở trang “{looks.FIGURES_SHEET}”."
        cell = _write_across(sheet, row, len(_FINDING_COLUMNS), comparison, looks.LINK)
        _link(cell, _Place(looks.FIGURES_SHEET, "A1"))
        row += 1
    row = _write_heading(sheet, row, _FINDING_COLUMNS) if answer.findings else _keep_in_sight(sheet, row)
    for number, finding in enumerate(answer.findings, start=1):
        _write_finding(book, sheet, row, number, finding)
        row += 1
    if answer.findings_left_out:
        said = f"Còn {answer.findings_left_out} nội dung nữa không liệt kê ở đây; hãy sửa các nội dung trên trước."
        _write_across(sheet, row, len(_FINDING_COLUMNS), said, looks.PLAIN)
        row += 1
    if not answer.findings and answer.state != "duplicate":
        _write_across(sheet, row, len(_FINDING_COLUMNS), "Không có lỗi, cảnh báo hay lưu ý nào.", looks.PLAIN)
        row += 1
    if answer.figures:
        row = _write_figures_in_sight(book, sheet, row + 1, answer)
    for said in _to_remarks(answer, has_copy):
        row += 1
        _write_across(sheet, row, len(_FINDING_COLUMNS), said, looks.PLAIN)


def _to_remarks(answer: Answer, has_copy: bool) -> list[str]:
    if answer.state == "duplicate":
        return []
    if not has_copy:
        return ["Không kèm bản sao của tệp đã nộp, vì tệp không đọc được hoặc quá nặng để chép lại."]
    remarks = [
        "Các trang tính sau là bản sao của tệp đã nộp, chỉ giữ giá trị và định dạng; công thức, liên kết, hình ảnh "
        "và danh sách chọn đã được lược bỏ.",
    ]
    if answer.state in ("refused", "waiting"):
        remarks[0] += " Hãy sửa trong tệp của đơn vị rồi nộp lại."
    if answer.findings:
        remarks.insert(
            0,
            "Bấm vào cột Vị trí để đến ô cần xem. Trong bản sao, mỗi ô có vấn đề được tô màu, đóng khung "
            "và có chú thích: khung liền là lỗi, khung nét đứt là cảnh báo, khung chấm là lưu ý.",
        )
    return remarks


def _write_finding(book: Workbook, sheet: Worksheet, row: int, number: int, finding: Finding) -> None:
    found, message = _in_vietnamese_numbers(book, finding)
    texts = (
        str(number),
        _to_place_text(finding.sheet, finding.cell),
        SEVERITY_NAMES[finding.severity],
        found,
        finding.expected,
        message + _to_justification_text(finding),
        _to_place_text(finding.sheet, finding.note_cell) if finding.note_cell else "",
    )
    cells = _write_row(sheet, row, texts)
    _link(cells[1], _to_place(book, finding.sheet, finding.cell))
    cells[2].fill, cells[2].font = looks.SEVERITY_FILLS[finding.severity], looks.HEADING
    if finding.note_cell:
        _link(cells[6], _to_place(book, finding.sheet, finding.note_cell))


def _to_justification_text(finding: Finding) -> str:
    if finding.justification is not None:
        return f"\nĐã giải trình tại ô {finding.note_cell}: “{to_quotation(finding.justification)}”."
    if finding.note_cell is not None:
        return f"\nCần ghi lý do (ít nhất {LEAST_JUSTIFICATION} ký tự) vào ô Ghi chú {finding.note_cell}."
    return ""


def _in_vietnamese_numbers(book: Workbook, finding: Finding) -> tuple[str, str]:
    """Return what was found and the message; a number cell is quoted as 6,33, text as it was typed."""
    found, message = finding.found or "", finding.message
    if finding.sheet not in book.sheetnames or finding.cell is None:
        return found, message
    value = anchor(book[finding.sheet], finding.cell).value
    if value is None and not found:
        return "(trống)", message
    if isinstance(value, bool) or not isinstance(value, int | float) or to_shortest(float(value)) != found:
        return found, message
    if float(value).is_integer() and abs(value) < _LEAST_GROUPED:
        return found, message
    shown = to_number_text(float(value))
    return shown, re.sub(rf"(?<![\d.,]){re.escape(found)}(?![.,]?\d)", shown, message)


def _write_figures_in_sight(book: Workbook, sheet: Worksheet, row: int, answer: Answer) -> int:
    """Write the first figures that would change; return the row after them."""
    columns = len(_FINDING_COLUMNS)
    title = "Số liệu thay đổi và số liệu mới (số đã công bố → số trong tệp)"
    _write_across(sheet, row, columns, title, looks.STRONG)
    for number, figure in enumerate(answer.figures[:_MOST_FIGURES_IN_SIGHT], start=1):
        row += 1
        said = (
            f"{figure.indicator}, {figure.admin_unit}, kỳ {figure.period} ({figure.unit_of_measure}): "
            f"{_to_previous(figure)} → {_to_new(figure)}"
        )
        cells = _write_row(
            sheet, row, (str(number), _to_place_text(figure.sheet, figure.cell), _to_kind(figure))
        )
        _link(cells[1], _to_place(book, figure.sheet, figure.cell))
        _write_across(sheet, row, columns, said, looks.PLAIN, first=len(cells) + 1)
    return row + 1


def _to_kind(figure: ChangedFigure) -> str:
    return "Số mới" if figure.previous is None else "Thay đổi"


def _to_previous(figure: ChangedFigure) -> str:
    return figure.previous or "(chưa có)"


def _to_new(figure: ChangedFigure) -> str:
    return figure.new or "(không có số)"


def _add_figures(book: Workbook, answer: Answer) -> None:
    sheet = book.create_sheet(looks.FIGURES_SHEET, 1)
    row = _write_head(sheet, _FIGURE_COLUMNS, "SỐ LIỆU TRONG TỆP SO VỚI SỐ ĐÃ CÔNG BỐ", answer)
    row = _write_heading(sheet, row, _FIGURE_COLUMNS)
    for number, figure in enumerate(answer.figures, start=1):
        _write_figure(book, sheet, row, number, figure)
        row += 1
    if answer.figures_left_out:
        said = f"Còn {answer.figures_left_out} số liệu nữa không liệt kê ở đây."
        _write_across(sheet, row, len(_FIGURE_COLUMNS), said, looks.PLAIN)


def _write_figure(book: Workbook, sheet: Worksheet, row: int, number: int, figure: ChangedFigure) -> None:
    texts = (
        str(number),
        _to_place_text(figure.sheet, figure.cell),
        _to_kind(figure),
        figure.indicator,
        figure.admin_unit,
        figure.period,
        figure.unit_of_measure,
        _to_previous(figure),
        _to_new(figure),
    )
    cells = _write_row(sheet, row, texts)
    _link(cells[1], _to_place(book, figure.sheet, figure.cell))
    cells[7].alignment = cells[8].alignment = looks.TOP_RIGHT
    if figure.previous is not None:
        cells[2].font = cells[8].font = looks.HEADING
        cells[2].fill = looks.STATE_FILLS["waiting"]


def _write_head(sheet: Worksheet, columns: dict[str, int], title: str, answer: Answer) -> int:
    """Write title, decision, facts and tally; return the row after them."""
    for number, width in enumerate(columns.values(), start=1):
        sheet.column_dimensions[to_column_letters(number)].width = width
    _write_across(sheet, 1, len(columns), title, looks.TITLE)
    fill = looks.STATE_FILLS[answer.state]
    _write_across(sheet, 2, len(columns), answer.decision, looks.STRONG, fill)
    _write_across(sheet, 3, len(columns), answer.facts, looks.PLAIN)
    _write_across(sheet, 4, len(columns), answer.tally, looks.PLAIN)
    return 5


def _write_heading(sheet: Worksheet, row: int, columns: dict[str, int]) -> int:
    """Write the headings of a table, repeated on every printed page; return the row after them."""
    for cell in _write_row(sheet, row, tuple(columns)):
        cell.font, cell.fill = looks.HEADING, looks.HEADING_FILL
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.print_title_rows = f"{row}:{row}"
    return _keep_in_sight(sheet, row + 1)


def _keep_in_sight(sheet: Worksheet, row: int) -> int:
    """Keep what stands above a row on the screen, and the sheet as wide as A4; return the row."""
    sheet.freeze_panes = f"A{row}"
    sheet.page_setup.paperSize = int(Worksheet.PAPERSIZE_A4)
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.6, 0.8, 0.4
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(looks.AUTHOR), right=_HeaderFooterPart("Trang &P/&N")
    )
    return row


def _write_row(sheet: Worksheet, row: int, texts: Sequence[str]) -> list[Cell]:
    cells = []
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column)
        assert isinstance(cell, Cell)  # noqa: S101 - rows of a table are never merged
        looks.write_text(cell, text)
        cell.font, cell.border = looks.PLAIN, looks.GRID
        cell.alignment = looks.TOP_CENTRE if column in (1, 3) else looks.TOP_LEFT
        cells.append(cell)
    widths = (sheet.column_dimensions[to_column_letters(column)].width for column in range(1, len(texts) + 1))
    _fit_row(sheet, row, max(map(_to_lines, texts, widths)))
    return cells


def _write_across(
    sheet: Worksheet,
    row: int,
    columns: int,
    text: str,
    font: Font,
    fill: PatternFill | None = None,
    first: int = 1,
) -> Cell:
    """Write a line across the columns from the first on, its row high enough for it."""
    cell = sheet.cell(row, first)
    assert isinstance(cell, Cell)  # noqa: S101 - the first cell of a merged range is an ordinary one
    looks.write_text(cell, text)
    cell.font, cell.alignment = font, looks.TOP_LEFT
    if fill is not None:
        cell.fill = fill
    sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=columns)
    size = float(font.size or 11) / 11
    width = sum(sheet.column_dimensions[to_column_letters(one)].width for one in range(first, columns + 1))
    _fit_row(sheet, row, size * _to_lines(text, width / size))
    return cell


def _to_lines(text: str, width: float) -> int:
    """Return how many lines of a column `width` characters wide a text takes, rather one too many."""
    return sum(
        max(1, math.ceil(len(line) / (width * _CHARACTERS_OF_WIDTH))) for line in text.splitlines() or [""]
    )


def _fit_row(sheet: Worksheet, row: int, lines: float) -> None:
    sheet.row_dimensions[row].height = min(_MOST_POINTS, _LINE_POINTS * lines + 4)


def _to_place_text(sheet: str | None, cell: str | None) -> str:
    if sheet is None:
        return "Cả tệp"
    return f"{sheet}!{cell}" if cell else f"Trang “{sheet}”"


def _to_place(book: Workbook, sheet: str | None, cell: str | None) -> _Place | None:
    """Return where a link can lead: a cell or the top of a sheet, None when that was not copied."""
    return _Place(sheet, cell or "A1") if sheet is not None and sheet in book.sheetnames else None


def _link(cell: Cell, place: _Place | None) -> None:
    if place is not None:
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place.location)
        cell.font = looks.LINK
