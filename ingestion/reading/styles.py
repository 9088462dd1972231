"""The styles and shared strings of an .xlsx package → how numbers are shown, which texts are in an old font."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingestion.reading.legacy_fonts import charset_of_font
from ingestion.reading.runs import RunReader
from ingestion.reading.scan import Attributes, OldFonts, scan_part

# Built-in number formats: 9 and 10 show percent, 17 shows month and year.
_PERCENT_FORMATS = {9, 10}
_MONTH_FORMATS = {17}
_LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
# A comma behind the last digit shows thousands, two show millions.
_SCALED = re.compile(r"[0#?],+(?![0#?,])")


@dataclass
class Styles:
    """For each cell style that matters: `percent`, `scaled` or `month` (no day), and an old font."""

    shown_as: Mapping[int, str] = field(default_factory=dict)
    fonts: OldFonts = field(default_factory=OldFonts)


def read_styles(package: zipfile.ZipFile) -> Styles:
    """Return what the cell styles of a package say."""
    names = package.namelist()
    styles = Styles()
    if "xl/styles.xml" in names:
        reader = _StyleReader()
        scan_part(package, "xl/styles.xml", reader.start, reader.end)
        styles = reader.to_styles()
    if "xl/sharedStrings.xml" in names:
        strings = _StringReader()
        scan_part(package, "xl/sharedStrings.xml", strings.start, strings.end, strings.text)
        styles.fonts.by_string = strings.rich
        styles.fonts.marked = strings.marked
    return styles


def to_shown_as(number: int, code: str) -> str | None:
    """Return how a format shows a number: `percent`, `scaled` (in thousands), `month` (no day), None for others."""
    letters = _LITERALS.sub("", code).lower()
    if number in _PERCENT_FORMATS or "%" in letters:
        return "percent"
    if _SCALED.search(letters.partition(";")[0]):
        return "scaled"
    is_month = "m" in letters and "y" in letters and not set("dhs") & set(letters)
    return "month" if number in _MONTH_FORMATS or is_month else None


class _StyleReader:
    """Handlers that follow styles.xml: number formats, fonts, and the cell styles that name them."""

    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._fonts: list[str] = []
        self._cells: list[tuple[int, int]] = []
        self._inside: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        parent = self._inside[-1] if self._inside else ""
        if name == "numFmt":
            self._codes[int(attributes.get("numFmtId", "-1"))] = attributes.get("formatCode", "")
        elif name == "font" and parent == "fonts":
            self._fonts.append("")
        elif name == "name" and parent == "font" and self._fonts:
            self._fonts[-1] = attributes.get("val", "")
        elif name == "xf" and parent == "cellXfs":
            self._cells.append((int(attributes.get("numFmtId", "0")), int(attributes.get("fontId", "0"))))
        self._inside.append(name)

    def end(self, _: str) -> None:
        self._inside.pop()

    def to_styles(self) -> Styles:
        shown_as, fonts = {}, {}
        for index, (number, font) in enumerate(self._cells):
            how = to_shown_as(number, self._codes.get(number, ""))
            if how is not None:
                shown_as[index] = how
            name = self._fonts[font] if 0 <= font < len(self._fonts) else ""
            if charset_of_font(name):
                fonts[index] = name
        return Styles(shown_as, OldFonts(fonts))


class _StringReader:
    """Handlers that follow sharedStrings.xml; kept are strings with a run in an old font or a raised number."""

    def __init__(self) -> None:
        self.rich: dict[int, list[tuple[str, str]]] = {}
        self.marked: dict[int, str] = {}
        self._index = -1
        self._runs = RunReader()

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self._index += 1
            self._runs = RunReader()
        self._runs.start(name, attributes)

    def text(self, text: str) -> None:
        self._runs.text(text)

    def end(self, name: str) -> None:
        self._runs.end(name)
        if name == "si" and self._runs.has_old_font:
            self.rich[self._index] = self._runs.runs
        if name == "si" and self._runs.has_mark:
            self.marked[self._index] = self._runs.marked
