"""The XML parts of an .xlsx package → what the cell reader does not tell.

That is: error cells, formulas without a value, how numbers are shown, what is hidden or merged, how far the
content reaches. Every part is read to the end, so that a DTD or damage anywhere is found.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from ingestion.cells import to_position
from ingestion.reading.refusal import Refusal
from ingestion.reading.runs import RunReader

Attributes = dict[str, str]
_CHUNK = 65536
# RuntimeError and its NotImplementedError: an encrypted member, an unknown way of compression.
_BROKEN_PART = (
    expat.ExpatError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    KeyError,
    ValueError,
    RuntimeError,
)


@dataclass
class OldFonts:
    """Fonts of TCVN3 and VNI: of a cell style, of the runs of a shared string (empty: the font of its cell)."""

    by_style: dict[int, str] = field(default_factory=dict)
    by_string: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    # Of shared strings with a raised number: the text with it in brackets.
    marked: dict[int, str] = field(default_factory=dict)


@dataclass
class SheetScan:
    """What was found in the XML of one sheet; positions are (row, column) from 1."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)
    styles: dict[tuple[int, int], int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    # Text cells in an old font: (font, text) of each run, the text empty where the whole cell has one font.
    fonts: dict[tuple[int, int], list[tuple[str, str]]] = field(default_factory=dict)
    # Text cells with a raised number: the text with it in brackets.
    marked: dict[tuple[int, int], str] = field(default_factory=dict)
    is_hidden: bool = False
    last_row: int = 0
    last_column: int = 0


def scan_part(
    package: zipfile.ZipFile,
    member: str,
    start: Callable[[str, Attributes], None] | None = None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read one XML part through the given handlers; raise Refusal on a DTD or a broken part."""
    parser = expat.ParserCreate()

    def refuse_dtd(*_: object) -> None:
        raise Refusal("file_has_dtd", member)

    parser.StartDoctypeDeclHandler = refuse_dtd
    parser.buffer_text = True
    if start is not None:
        parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(local(name))
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        with package.open(member) as part:
            while chunk := part.read(_CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except _BROKEN_PART as error:
        raise Refusal("file_damaged") from error


def read_sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Return the member of each sheet by the sheet's name, in the order of the workbook."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            key = next((value for key, value in attributes.items() if local(key) == "id"), "")
            sheets[attributes.get("name", "")] = key

    scan_part(package, "xl/_rels/workbook.xml.rels", start=relation)
    scan_part(package, "xl/workbook.xml", start=sheet)
    # A target is relative to xl/, or absolute within the package.
    return {
        name: posixpath.normpath(posixpath.join("/xl", targets.get(key, ""))).lstrip("/")
        for name, key in sheets.items()
    }


def scan_sheet(package: zipfile.ZipFile, member: str, fonts: OldFonts) -> SheetScan:
    """Return what is found in the XML of one worksheet."""
    reader = _SheetReader(fonts)
    scan_part(package, member, reader.start, reader.end, reader.text)
    return reader.scan


class _SheetReader:
    """Handlers that follow one worksheet from its first to its last cell."""

    def __init__(self, fonts: OldFonts) -> None:
        self.scan = SheetScan()
        self._fonts = fonts
        self._row = 0
        self._column = 0
        self._is_hidden_row = False
        self._type = ""
        self._style = 0
        self._has_formula = False
        self._in_value = False
        self._value: list[str] = []
        self._has_inline = False
        self._inline = RunReader()

    def start(self, name: str, attributes: Attributes) -> None:
        if self._has_inline:
            self._inline.start(name, attributes)
        if name == "c":
            self._start_cell(attributes)
        elif name == "f":
            self._has_formula = True
        elif name == "v":
            self._in_value = True
        elif name == "is":
            self._has_inline, self._inline = True, RunReader()
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            self._is_hidden_row = attributes.get("hidden", "0") in ("1", "true")
        elif name == "col" and attributes.get("hidden", "0") in ("1", "true"):
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            self.scan.hidden_columns.update(range(first, min(last, first + 1024) + 1))
        elif name == "mergeCell":
            first_name, _, last_name = attributes.get("ref", "").partition(":")
            self.scan.merges.append((*to_position(first_name), *to_position(last_name or first_name)))

    def _start_cell(self, attributes: Attributes) -> None:
        if "r" in attributes:
            self._row, self._column = to_position(attributes["r"])
        else:
            self._column += 1
        self._type = attributes.get("t", "n")
        self._style = int(attributes.get("s", "0"))
        self._has_formula = self._has_inline = False
        self._value = []

    def text(self, text: str) -> None:
        if self._in_value:
            self._value.append(text)
        elif self._has_inline:
            self._inline.text(text)

    def end(self, name: str) -> None:
        if self._has_inline:
            self._inline.end(name)
        if name == "v":
            self._in_value = False
        elif name == "c":
            self._end_cell("".join(self._value))

    def _end_cell(self, value: str) -> None:
        if not (value or self._has_inline or self._has_formula):
            return
        at = (self._row, self._column)
        scan = self.scan
        scan.last_row = max(scan.last_row, self._row)
        scan.last_column = max(scan.last_column, self._column)
        if self._is_hidden_row:
            scan.hidden_rows.add(self._row)
        if self._type == "e":
            scan.errors[at] = value
        elif self._has_formula and not value and self._type != "str":
            scan.uncalculated.add(at)
        elif self._type == "n" and self._style:
            scan.styles[at] = self._style
        if marked := self._marked(value):
            scan.marked[at] = marked
        elif runs := self._runs(value):
            scan.fonts[at] = runs

    def _marked(self, value: str) -> str | None:
        if self._type == "s":
            return self._fonts.marked.get(int(value or "-1"))
        return self._inline.marked if self._has_inline and self._inline.has_mark else None

    def _runs(self, value: str) -> list[tuple[str, str]]:
        font = self._fonts.by_style.get(self._style, "")
        rich = self._inline.runs if self._has_inline and self._inline.has_old_font else None
        if self._type == "s":
            rich = self._fonts.by_string.get(int(value or "-1"))
        if rich:
            return [(own or font, text) for own, text in rich]
        return [(font, "")] if font else []


def local(name: str) -> str:
    """Return a name of XML without its prefix."""
    return name.rpartition(":")[2]
