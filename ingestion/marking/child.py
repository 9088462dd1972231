"""stdin: a request in one line, then the bytes of one file → stdout: the marked copy as .xlsx.

Runs as `python -I -m ingestion.marking.child LIMITS`, like the reader a process of its own with limits on
memory and time that may write no file. What the reader refuses is not copied.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

import ingestion.marking.light  # noqa: F401 - for what it does, before openpyxl is imported

# isort: split
import openpyxl

from ingestion.marking.answer import Answer
from ingestion.marking.copying import to_inert_copy
from ingestion.marking.marks import mark_cells
from ingestion.marking.package import to_bytes
from ingestion.marking.result_sheets import add_result_sheets
from ingestion.marking.table_copy import to_table_copy
from ingestion.reading.child import limit_this_process, read_file
from ingestion.reading.refusal import Refusal
from ingestion.reading.selection import Selection


def main() -> int:
    """Answer one request; return 0 when there is a workbook on stdout."""
    limit_this_process(json.loads(sys.argv[1])["process"])
    source = sys.stdin.buffer
    request = json.loads(source.readline())
    answer = Answer.from_json(request["answer"])
    sys.stdout.buffer.write(to_marked_copy(source.read(), answer, request["sheets"], request["limits"]))
    return 0


def to_marked_copy(data: bytes, answer: Answer, sheets: list[str], limits: Mapping[str, int]) -> bytes:
    """Return the result workbook: with a copy of the submitted sheets if the reader can read them."""
    try:
        content = read_file(data, Selection(tuple(sheets)), limits)
        book = to_inert_copy(data) if content.kind == "xlsx" else to_table_copy(content.sheets)
    except Refusal:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
    mark_cells(book, answer.findings)
    add_result_sheets(book, answer)
    return to_bytes(book, answer.on)


if __name__ == "__main__":
    sys.exit(main())
