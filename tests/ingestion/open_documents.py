"""Cells in XML → .ods files, well made or spoilt in one named way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from tests.ingestion.text_files import table
from tests.ingestion.workbooks import SHEET

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "script": "urn:oasis:names:tc:opendocument:xmlns:script:1.0",
    "of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
_XMLNS = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMES.items())
STYLES = """
  <number:date-style style:name="N1"><number:month/><number:text>/</number:text><number:year/></number:date-style>
  <style:style style:name="month" style:family="table-cell" style:data-style-name="N1"/>
  <style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>
  <style:style style:name="old" style:family="table-cell">
    <style:text-properties fo:font-family="'.VnTime'"/></style:style>
  <style:style style:name="older" style:family="table-cell" style:parent-style-name="old"/>
"""


def text_cell(text: str, attributes: str = "") -> str:
    """Return a text cell."""
    shown = f"<text:p>{escape(text)}</text:p>"
    return f'<table:table-cell office:value-type="string" {attributes}>{shown}</table:table-cell>'


def number_cell(value: str, attributes: str = "") -> str:
    """Return a number cell."""
    shown = f"<text:p>{value}</text:p>"
    return f'<table:table-cell office:value-type="float" office:value="{value}" {attributes}>{shown}</table:table-cell>'


def blanks(count: int) -> str:
    """Return blank cells, written once."""
    return f'<table:table-cell table:number-columns-repeated="{count}"/>'


def row(cells: str, attributes: str = "") -> str:
    """Return a row."""
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def good_rows(changed: Mapping[int, str] | None = None) -> list[str]:
    """Return title, blank row, header and one good row; `changed` puts XML for cells of the last row by column."""
    *above, last = table()
    rows = ["".join(text_cell(text) if text else blanks(1) for text in line) for line in above]
    cells = [text_cell(text) if text else blanks(1) for text in last]
    cells[6] = number_cell("6.33")
    for column, cell in (changed or {}).items():
        cells[column - 1] = cell
    return [row(cells + blanks(16_000)) for cells in (*rows, "".join(cells))]


def sheet(rows: str, name: str = SHEET, attributes: str = "") -> str:
    """Return a sheet."""
    return f'<table:table table:name="{name}" {attributes}>{rows}</table:table>'


def ods(sheets: str | None = None, members: Mapping[str, str] | None = None, before: str = "") -> bytes:
    """Return a package, by default with the good sheet; blank rows to the end of the sheet follow as in life."""
    end = row(blanks(16_384), 'table:number-rows-repeated="1048000"')
    sheets = sheet("".join(good_rows()) + end) if sheets is None else sheets
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_XMLNS} office:version="1.3">{before}'
        f"<office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    parts = {"mimetype": MIMETYPE, "content.xml": content, "META-INF/manifest.xml": manifest} | dict(
        members or {}
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return file.getvalue()


def manifest_of(*entries: str) -> str:
    """Return a manifest with entries."""
    name = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return f'<manifest:manifest xmlns:manifest="{name}">{"".join(entries)}</manifest:manifest>'
