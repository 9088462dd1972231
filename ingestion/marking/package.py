"""An openpyxl workbook → .xlsx bytes that depend on nothing but the workbook: no clock, no temporary file."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.packaging.core import DocumentProperties
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from ingestion.marking.looks import AUTHOR, RESULT_SHEET

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def to_bytes(book: Workbook, on: str) -> bytes:
    """Return a workbook as .xlsx; it says of itself that it was made on that day (ISO 8601)."""
    made = datetime.fromisoformat(on)
    book.properties = DocumentProperties(creator=AUTHOR, title=RESULT_SHEET, created=made, modified=made)
    file = io.BytesIO()
    _InMemoryWriter(book, _TimelessPackage(file, "w", zipfile.ZIP_DEFLATED)).save()
    return file.getvalue()


class _TimelessPackage(zipfile.ZipFile):
    """A zip package whose members bear no time of writing."""

    def writestr(self, name: Any, data: Any, *_: Any) -> None:
        """Add a member."""
        member = zipfile.ZipInfo(name, _ZIP_EPOCH)
        member.compress_type = zipfile.ZIP_DEFLATED
        super().writestr(member, data)


class _InMemoryWriter(ExcelWriter):
    """The writer of openpyxl, which otherwise lays each worksheet down in a temporary file."""

    def write_worksheet(self, sheet: Worksheet) -> None:
        """Add a worksheet to the package."""
        sheet._drawing = SpreadsheetDrawing()  # type: ignore[attr-defined]
        content = io.BytesIO()
        writer = WorksheetWriter(sheet, content)
        writer.write()
        sheet._rels = writer._rels  # type: ignore[attr-defined]
        self._archive.writestr(sheet.path[1:], content.getvalue())  # type: ignore[attr-defined]
        self.manifest.append(sheet)
