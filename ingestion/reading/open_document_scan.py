"""content.xml and styles.xml of an .ods package → what the cell reader does not tell.

That is: error cells, formulas without a value, how numbers are shown, what is hidden or merged, old fonts, and how
far the content reaches. Cells and rows may be written once and repeated: nothing is repeated beyond the limits.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingestion.reading.legacy_fonts import charset_of_font
from ingestion.reading.refusal import Refusal
from ingestion.reading.scan import Attributes, SheetScan, scan_part
from ingestion.reading.sheets import check_extent

_ERROR = re.compile(r"#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|Err:5\d\d")
_OF_OTHER_FILE = re.compile(r"'(file|https?|ftp|smb):|\[\.?'[^']*'#", re.IGNORECASE)
# Elements that bring cells, figures or actions from elsewhere.
_LINKS = {"table-source", "cell-range-source", "dde-link", "dde-source", "database-source-sql"}
_OBJECTS = {"object-ole", "plugin", "applet", "floating-frame"}
_ROW_ENDS = {"table-row"}
_CELLS = {"table-cell", "covered-table-cell"}
_SHOWN = ("percent", "month")


@dataclass
class CellStyles:
    """Cell styles by name: how they show numbers, their font; table styles that hide their sheet."""

    parents: dict[str, str] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)
    months: set[str] = field(default_factory=set)
    hidden_tables: set[str] = field(default_factory=set)

    def shown_as_by_number(self) -> dict[int, str]:
        """Return the ways of showing by the numbers that a scan gives them."""
        return dict(enumerate(_SHOWN))

    def font_of(self, style: str) -> str:
        """Return the old font of a style or of what it builds on, empty for an ordinary one."""
        return self._inherited(style, self.fonts)

    def is_month(self, style: str) -> bool:
        """Return whether a style shows a date without its day."""
        return self._inherited(style, self.formats) in self.months

    def _inherited(self, style: str, known: Mapping[str, str]) -> str:
        for _ in range(20):
            if style in known or style not in self.parents:
                break
            style = self.parents[style]
        return known.get(style, "")


@dataclass
class ContentScan:
    """The scans of the chosen sheets by name, and how each of their styles shows numbers."""

    sheets: dict[str, SheetScan]
    shown_as: dict[int, str]


def read_styles(package: zipfile.ZipFile) -> CellStyles:
    """Return the styles of both parts; those of content.xml are read last and win."""
    styles = CellStyles()
    for member in ("styles.xml", "content.xml"):
        if member in package.namelist():
            reader = _StyleReader(styles)
            scan_part(package, member, reader.start, reader.end)
    return styles


class _StyleReader:
    def __init__(self, styles: CellStyles) -> None:
        self._styles = styles
        self._faces: dict[str, str] = {}
        self._style = ""
        self._date = ""
        self._parts: set[str] = set()

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "font-face":
            self._faces[attributes.get("style:name", "")] = attributes.get("svg:font-family", "").strip("'\"")
        elif name == "style":
            self._start_style(attributes)
        elif name == "text-properties" and self._style:
            font = attributes.get("style:font-name", "")
            font = self._faces.get(font, font) or attributes.get("fo:font-family", "").strip("'\"")
            if font:
                self._styles.fonts[self._style] = font if charset_of_font(font) else ""
        elif name == "table-properties" and attributes.get("table:display") == "false":
            self._styles.hidden_tables.add(self._style)
        elif name == "date-style":
            self._date, self._parts = attributes.get("style:name", ""), set()
        elif self._date:
            self._parts.add(name)

    def _start_style(self, attributes: Attributes) -> None:
        self._style = attributes.get("style:name", "")
        if "style:parent-style-name" in attributes:
            self._styles.parents[self._style] = attributes["style:parent-style-name"]
        if "style:data-style-name" in attributes:
            self._styles.formats[self._style] = attributes["style:data-style-name"]

    def end(self, name: str) -> None:
        if name == "style":
            self._style = ""
        elif name == "date-style":
            if {"month", "year"} <= self._parts and not {"day", "hours", "seconds"} & self._parts:
                self._styles.months.add(self._date)
            self._date = ""


class SheetsReader:
    """Handlers that follow the sheets of content.xml from the first to the last cell."""

    def __init__(self, styles: CellStyles, chosen: set[str], limits: Mapping[str, int]) -> None:
        self.scans: dict[str, SheetScan] = {}
        self._styles = styles
        self._chosen = chosen
        self._limits = limits
        self._depth = 0
        self._name = ""
        self._scan: SheetScan | None = None
        self._row = self._column = 0
        self._row_repeats = self._column_repeats = 1
        self._column_styles: list[tuple[int, str]] = []
        self._row_style = ""
        self._is_hidden_row = False
        self._columns_seen = 0
        self._cell: Attributes | None = None
        self._text: list[str] = []
        self._in_annotation = False

    def start(self, name: str, attributes: Attributes) -> None:
        """Take an opening tag."""
        _check_harmless(name, attributes)
        if name == "table":
            self._start_table(attributes)
        elif self._scan is None or self._depth != 1:
            return
        elif name == "table-column":
            self._start_column(attributes)
        elif name == "table-row":
            self._row_repeats = _count(attributes, "table:number-rows-repeated")
            self._row += 1
            self._column = 0
            self._row_style = attributes.get("table:default-cell-style-name", "")
            self._is_hidden_row = attributes.get("table:visibility") in ("collapse", "filter")
        elif name in _CELLS:
            self._column_repeats = _count(attributes, "table:number-columns-repeated")
            self._column += 1
            self._cell, self._text = attributes, []
        elif name == "annotation":
            self._in_annotation = True

    def text(self, text: str) -> None:
        """Take characters; those of a comment are no content."""
        if self._cell is not None and not self._in_annotation:
            self._text.append(text)

    def end(self, name: str) -> None:
        """Take a closing tag."""
        if name == "table":
            self._depth -= 1
            if self._depth == 0:
                self._scan = None
        elif self._depth != 1:
            return
        elif name == "annotation":
            self._in_annotation = False
        elif name in _CELLS and self._cell is not None and self._scan is not None:
            self._end_cell(self._scan, self._cell, "".join(self._text).strip())
            self._cell = None
            self._column += self._column_repeats - 1
        elif name in _ROW_ENDS:
            self._row += self._row_repeats - 1

    def _start_table(self, attributes: Attributes) -> None:
        self._depth += 1
        name = attributes.get("table:name", "")
        if self._depth != 1 or name not in self._chosen:
            return
        is_hidden = attributes.get("table:style-name", "") in self._styles.hidden_tables
        self._name, self._scan = name, SheetScan(is_hidden=is_hidden)
        self.scans[name] = self._scan
        self._row = self._column = self._columns_seen = 0
        self._column_styles = []

    def _start_column(self, attributes: Attributes) -> None:
        repeats = _count(attributes, "table:number-columns-repeated")
        first, last = self._columns_seen + 1, self._columns_seen + repeats
        self._columns_seen = last
        self._column_styles.append((last, attributes.get("table:default-cell-style-name", "")))
        if attributes.get("table:visibility") in ("collapse", "filter") and self._scan is not None:
            self._scan.hidden_columns.update(range(first, min(last, first + 1024) + 1))

    def _end_cell(self, scan: SheetScan, cell: Attributes, text: str) -> None:
        kind = cell.get("office:value-type", "")
        has_formula = "table:formula" in cell
        across, down = _count(cell, "table:number-columns-spanned"), _count(cell, "table:number-rows-spanned")
        if across > 1 or down > 1:
            scan.merges.append((self._row, self._column, self._row + down - 1, self._column + across - 1))
        if not (kind or has_formula or text):
            return
        last = (self._row + self._row_repeats - 1, self._column + self._column_repeats - 1)
        check_extent(self._name, last, self._limits)
        scan.last_row, scan.last_column = max(scan.last_row, last[0]), max(scan.last_column, last[1])
        style = cell.get("table:style-name") or self._row_style or self._style_of_column()
        is_error = cell.get("calcext:value-type") == "error" or (has_formula and _ERROR.fullmatch(text))
        is_calculated = bool(kind) and (kind != "float" or bool(cell.get("office:value")) or not has_formula)
        font = self._styles.font_of(style) if kind == "string" else ""
        for row in range(self._row, last[0] + 1):
            if self._is_hidden_row:
                scan.hidden_rows.add(row)
            for column in range(self._column, last[1] + 1):
                at = (row, column)
                if is_error:
                    scan.errors[at] = text or "#VALUE!"
                elif has_formula and not is_calculated:
                    scan.uncalculated.add(at)
                elif kind == "percentage":
                    scan.styles[at] = _SHOWN.index("percent")
                elif kind == "date" and self._styles.is_month(style):
                    scan.styles[at] = _SHOWN.index("month")
                elif font:
                    scan.fonts[at] = [(font, "")]

    def _style_of_column(self) -> str:
        return next((style for last, style in self._column_styles if self._column <= last), "")


def _check_harmless(name: str, attributes: Attributes) -> None:
    if name in ("script", "event-listener", "event-listeners"):
        raise Refusal("file_has_macros", name)
    if name in _LINKS:
        raise Refusal("file_has_external_links", attributes.get("xlink:href", name))
    if name in _OBJECTS:
        raise Refusal("file_has_embedded_objects", attributes.get("xlink:href", name))
    formula = attributes.get("table:formula", "")
    if formula and _OF_OTHER_FILE.search(formula):
        raise Refusal("file_has_external_links", formula)


def _count(attributes: Attributes, name: str) -> int:
    return max(1, int(attributes.get(name, "1")))
