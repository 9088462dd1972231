"""A template → the bytes of the workbook an officer fills in, laid out as an annex to an official report.

The same template gives the same bytes: no clock, no name of this machine, a fixed creation date.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ingestion.cells import to_cell_name, to_column_letters
from ingestion.layouts import Column, Role
from ingestion.normalising.vocabulary import Vocabularies
from ingestion.templates.content import LABEL_ROLES, Entry, Template, to_period_in_text
from ingestion.templates.guide import Line, to_column_help, to_guide, to_value_help
from ingestion.templates.mark import MARK_SHEET, to_cells, to_mark

GUIDE_SHEET = "Hướng dẫn"
TITLE = "SỐ LIỆU CHỈ TIÊU THỰC HIỆN QUY HOẠCH TỈNH"
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
ATTACHED_TO = "(Kèm theo Báo cáo số ........../BC-.......... ngày ..... tháng ..... năm ..........)"

_FONT = "Times New Roman"
_LABEL_FILL, _OPEN_FILL, _HEADER_FILL = "#F2F2F2", "#FFFBE6", "#DCE6F1"
_A4 = 9
_LINE_POINTS = 15.5
_HELP_TITLE_CHARACTERS, _HELP_CHARACTERS = 32, 255
# Role → width of its column in characters.
_WIDTHS: dict[Role, float] = {
    "indicator_code": 16,
    "indicator_name": 27,
    "method_version": 13,
    "unit_of_measure": 10,
    "admin_unit_code": 15,
    "period": 8,
    "value": 12,
    "status_code": 10,
    "source_authority_code": 12,
    "published_on": 11,
    "source": 21,
    "note": 15,
}
_CENTRED: frozenset[Role] = frozenset(
    {"unit_of_measure", "period", "status_code", "source_authority_code", "published_on"}
)
# Letters that fit a width of 1 at the size of the cell; codes are set smaller and break anywhere.
_LETTERS_A_WIDTH, _CODE_LETTERS_A_WIDTH = 1.2, 1.4
_INDENT = 1.5
# Rows of the title block, from 0; the header follows.
_ORGANISATION, _FORM_LINE, _TITLE, _PERIOD, _ATTACHED, _UNIT, _HEADER = 0, 1, 3, 4, 5, 6, 7
_GUIDE_WIDTHS = (24, 78)
_GUIDE_LETTERS_A_WIDTH = 1.08


def to_workbook_bytes(template: Template, vocabularies: Vocabularies) -> bytes:
    """Return an .xlsx file: the form with its labels locked, a guide, and the hidden mark of the template.

    `vocabularies` are the choices of the drop-down cells. Raises KeyError for a kind that is not among them.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        created = datetime.combine(template.form.layout.valid_from, time())
        book.set_properties({"title": TITLE, "subject": template.form.name_vi, "created": created})
        looks = _Looks(book)
        # The order of the tabs; the form is the one that is open.
        form, guide, mark = (
            book.add_worksheet(name) for name in (template.form.layout.sheet, GUIDE_SHEET, MARK_SHEET)
        )
        lists = _write_mark(mark, template, vocabularies)
        _FormSheet(form, template, looks, lists).write()
        _write_guide(guide, template, list(to_guide(template, vocabularies)), looks)
    return buffer.getvalue()


@dataclass(frozen=True)
class _Looks:
    """The formats of the workbook, each made when it is first asked for."""

    book: xlsxwriter.Workbook

    def plain(self, **properties: Any) -> Format:
        base = {"font_name": _FONT, "font_size": 12, "valign": "vcenter"}
        return self.book.add_format(base | properties)

    @cached_property
    def header(self) -> Format:
        return self.cell(bold=True, align="center", bg_color=_HEADER_FILL)

    def cell(self, **properties: Any) -> Format:
        return self.plain(border=1, text_wrap=True, **{"font_size": 11, **properties})

    @cached_property
    def by_role(self) -> dict[Role, Format]:
        formats: dict[Role, Format] = {}
        for role in _WIDTHS:
            look: dict[str, Any] = {"locked": role in LABEL_ROLES}
            look["bg_color"] = _LABEL_FILL if role in LABEL_ROLES else _OPEN_FILL
            # Text stays as typed: Excel makes no date of 12/2024. A value is a number, shown as typed.
            look["num_format"] = "General" if role == "value" else "@"
            if role in _CENTRED:
                look["align"] = "center"
            elif role == "value":
                look["align"] = "right"
            elif role == "indicator_code":
                look["font_size"] = 9
            else:
                look["indent"] = 1
            formats[role] = self.cell(**look)
        return formats


@dataclass(frozen=True)
class _Lists:
    """Where the choices of the drop-downs stand on the hidden sheet, as absolute ranges."""

    of_role: dict[Role, str]
    signs: str
    words: str


@dataclass(frozen=True)
class _FormSheet:
    """Writes the sheet of the form."""

    sheet: Worksheet
    template: Template
    looks: _Looks
    lists: _Lists

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.template.form.layout.columns

    def write(self) -> None:
        for at, column in enumerate(self.columns):
            self.sheet.set_column(at, at, _WIDTHS[column.role])
        self._write_title()
        self.sheet.set_row(_HEADER, 2 * _LINE_POINTS + 6)
        for at, column in enumerate(self.columns):
            self.sheet.write_string(_HEADER, at, column.name, self.looks.header)
        for row, entry in enumerate(self.template.entries, start=_HEADER + 1):
            self._write_entry(row, entry)
        self._help_columns()
        self._set_up()

    def _write_title(self) -> None:
        template, plain = self.template, self.looks.plain
        last, left = len(self.columns) - 1, 2
        right = len(self.columns) // 2
        bold = plain(bold=True, align="center", font_size=13)
        motto = plain(bold=True, align="center", font_size=13, underline=True)
        lines = (
            (_ORGANISATION, 0, left, template.department_name.upper(), bold),
            (_ORGANISATION, right, last, COUNTRY, bold),
            (_FORM_LINE, 0, left, self._form_line(), plain(align="center")),
            (_FORM_LINE, right, last, MOTTO, motto),
            (_TITLE, 0, last, TITLE, plain(bold=True, align="center", font_size=14)),
            (_PERIOD, 0, last, f"Kỳ báo cáo: {to_period_in_text(template.period)}", bold),
            (_ATTACHED, 0, last, ATTACHED_TO, plain(italic=True, align="center", locked=False)),
            (_UNIT, right, last, "Đơn vị tính: ghi ở từng dòng", plain(italic=True, align="right")),
        )
        for row, first, until, text, look in lines:
            self.sheet.merge_range(row, first, row, until, text, look)
            self.sheet.set_row(row, 20)

    def _form_line(self) -> str:
        form = self.template.form
        return f"Biểu: {form.code}, phiên bản {form.layout.version}"

    def _write_entry(self, row: int, entry: Entry) -> None:
        self.sheet.set_row(row, _to_height(entry))
        for at, column in enumerate(self.columns):
            look = self.looks.by_role[column.role]
            if text := entry.labels.get(column.role):
                self.sheet.write_string(row, at, text, look)
            else:
                self.sheet.write_blank(row, at, None, look)
            if column.kind == "number":
                self._help_value(row, at, column, entry)

    def _help_value(self, row: int, at: int, column: Column, entry: Entry) -> None:
        name = to_cell_name(row + 1, at + 1)
        within = "".join(
            f",{name}{sign}{bound:.15g}" for sign, bound in ((">=", entry.low), ("<=", entry.high))
            if bound is not None
        )  # fmt: skip
        unit = entry.labels["unit_of_measure"]
        self.sheet.data_validation(
            *(row, at, row, at),
            {
                "validate": "custom",
                "value": (
                    f'=OR(AND(ISNUMBER({name}){within}),AND(ISTEXT({name}),ISNUMBER(FIND(",",{name}))),'
                    f"ISNUMBER(MATCH({name},{self.lists.signs},0)),"
                    f"SUMPRODUCT(--(LEFT({name},LEN({self.lists.words}))={self.lists.words}))>0)"
                ),
                "input_title": f"{column.name} ({unit})"[:_HELP_TITLE_CHARACTERS],
                "input_message": to_value_help(entry, self.template.form.layout)[:_HELP_CHARACTERS],
                "error_type": "warning",
                "error_title": "Đề nghị kiểm tra lại",
                "error_message": (
                    f"Nội dung vừa ghi không phải là số theo đơn vị {unit} trong khoảng thường gặp, cũng không phải "
                    "dấu hoặc từ hạn định nêu trong trang Hướng dẫn. Nếu đúng như nguồn thì chọn Yes."
                ),
            },
        )

    def _help_columns(self) -> None:
        first, last = _HEADER + 1, _HEADER + len(self.template.entries)
        for at, column in enumerate(self.columns):
            if column.role in LABEL_ROLES or column.kind == "number":
                continue
            rule: dict[str, Any] = {"validate": "any", "input_message": to_column_help(column)}
            if column.role in self.lists.of_role:
                rule |= {
                    "validate": "list",
                    "source": "=" + self.lists.of_role[column.role],
                    "error_title": "Không có trong danh sách",
                    "error_message": f"Hãy chọn {column.name} trong danh sách của ô.",
                }
            self.sheet.data_validation(first, at, last, at, {**rule, "input_title": column.name})

    def _set_up(self) -> None:
        sheet, last = self.sheet, _HEADER + len(self.template.entries)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        sheet.freeze_panes(_HEADER + 1, 2)
        letters = to_column_letters(len(self.columns))
        sheet.ignore_errors({"number_stored_as_text": f"A{_HEADER + 2}:{letters}{last + 1}"})
        sheet.set_selection(_HEADER + 1, self._first_open, _HEADER + 1, self._first_open)
        sheet.set_landscape()
        _print_on_a4(sheet, self.template)
        sheet.repeat_rows(_HEADER)
        sheet.print_area(0, 0, last, len(self.columns) - 1)

    @property
    def _first_open(self) -> int:
        return next(at for at, column in enumerate(self.columns) if column.role not in LABEL_ROLES)


def _to_height(entry: Entry) -> float:
    """Return the height in points that shows the longest label wrapped; rows do not grow on opening."""
    lines = 1
    for role, text in entry.labels.items():
        letters = _CODE_LETTERS_A_WIDTH if role == "indicator_code" else _LETTERS_A_WIDTH
        lines = max(lines, math.ceil(len(text) / ((_WIDTHS[role] - _INDENT) * letters)))
    return _LINE_POINTS * lines + 4


def _write_mark(sheet: Worksheet, template: Template, vocabularies: Vocabularies) -> _Lists:
    """Write the mark into columns A and B and the lists beside it; return where the lists stand."""
    for row, cells in enumerate(to_cells(to_mark(template))):
        for at, text in enumerate(cells):
            sheet.write_string(row, at, text)
    places = _to_places(sheet)
    layout = template.form.layout
    of_role = {
        column.role: places([term.label for term in vocabularies[column.vocabulary].terms])
        for column in template.open_columns
        if column.vocabulary is not None
    }
    signs = places([sign for signs in layout.missing_signs.values() for sign in signs])
    words = places([word for words in layout.qualifiers.values() for word in words])
    sheet.protect()
    sheet.very_hidden()
    return _Lists(of_role, signs, words)


def _to_places(sheet: Worksheet) -> Callable[[Sequence[str]], str]:
    """Return a function that writes a list into the next free column and returns its absolute range."""
    free = iter(range(3, 60))

    def place(texts: Sequence[str]) -> str:
        at = next(free)
        for row, text in enumerate(texts):
            sheet.write_string(row, at, text)
        letters = to_column_letters(at + 1)
        return f"{MARK_SHEET}!${letters}$1:${letters}${len(texts)}"

    return place


def _write_guide(sheet: Worksheet, template: Template, lines: list[Line], looks: _Looks) -> None:
    for at, width in enumerate(_GUIDE_WIDTHS):
        sheet.set_column(at, at, width)
    title = looks.plain(bold=True, align="center", font_size=14)
    sheet.merge_range(0, 0, 0, 1, f"HƯỚNG DẪN GHI BIỂU {template.form.code}", title)
    sheet.set_row(0, 26)
    heading = looks.plain(bold=True)
    text = looks.plain(text_wrap=True, align="justify")
    name, manner = looks.cell(bold=True, font_size=12, indent=1), looks.cell(font_size=12, indent=1)
    for row, line in enumerate(lines, start=2):
        width = _GUIDE_WIDTHS[1] if line.name else sum(_GUIDE_WIDTHS)
        lines_needed = math.ceil(len(line.text) / (width * _GUIDE_LETTERS_A_WIDTH))
        sheet.set_row(row, _LINE_POINTS * lines_needed + (12 if line.is_heading else 6))
        if line.name:
            sheet.write_string(row, 0, line.name, name)
            sheet.write_string(row, 1, line.text, manner)
        else:
            sheet.merge_range(row, 0, row, 1, line.text, heading if line.is_heading else text)
    sheet.protect()
    sheet.hide_gridlines(2)
    _print_on_a4(sheet, template)


def _print_on_a4(sheet: Worksheet, template: Template) -> None:
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.6, right=0.5, top=0.7, bottom=0.7)
    sheet.set_footer(f'&L&"{_FONT},Italic"&9Mã mẫu: {template.id}&R&"{_FONT},Regular"&10Trang &P/&N')
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
