"""stdin: the bytes of one file → stdout: its cells as JSON, or the rule the file breaks.

Runs as `python -I -m ingestion.reading.child REQUEST`, a process of its own with limits on memory, time and
what it may write. Whatever a file does here costs one answer.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Mapping
from typing import Any

from ingestion.reading.excel import read_excel
from ingestion.reading.kinds import Kind, sort
from ingestion.reading.refusal import NOT_INSTALLED, Refusal
from ingestion.reading.repairing import repair_text
from ingestion.reading.selection import Selection
from ingestion.reading.sheets import RawSheet, Remark


def main() -> int:
    """Answer one request; return 0 when there is an answer on stdout.

    The first byte, a space, says that this program itself works: what happens after it is the file's doing.
    """
    request = json.loads(sys.argv[1])
    limit_this_process(request["process"])
    output = sys.stdout.buffer
    output.write(b" ")
    output.flush()
    wanted = Selection(tuple(request["sheets"]), tuple(request["always"]))
    try:
        answer = read_file(sys.stdin.buffer.read(), wanted, request["limits"])
        output.write(json.dumps(answer.as_json(), separators=(",", ":")).encode("ascii"))
    except Refusal as refusal:
        output.write(json.dumps({"refusal": _to_json(refusal)}).encode("ascii"))
    except ImportError:
        # A library that a reader needs is not installed: no word about the file.
        return NOT_INSTALLED
    except MemoryError:
        output.write(
            b'{"refusal":{"rule":"file_too_heavy","found":null,"sheet":null,"cell":null,"words":{}}}'
        )
    return 0


class FileContent:
    """What a file of any kind says: names of all sheets, the sheets that were read, remarks on their text."""

    def __init__(
        self, kind: Kind, sheet_names: list[str], sheets: list[RawSheet], remarks: list[Remark]
    ) -> None:
        self.kind = kind
        self.sheet_names = sheet_names
        self.sheets = sheets
        self.remarks = remarks

    def as_json(self) -> dict[str, Any]:
        """Return the content as the parent process takes it."""
        return {
            "kind": self.kind,
            "sheet_names": self.sheet_names,
            "sheets": [sheet.as_json() for sheet in self.sheets],
            "notes": [remark.as_json() for remark in self.remarks],
        }


def read_file(data: bytes, wanted: Selection, limits: Mapping[str, int]) -> FileContent:
    """Return what a file says, its text in clean Unicode; raise Refusal naming a broken rule."""
    if len(data) > limits["file_bytes"]:
        raise Refusal("file_too_large", limit=f"{limits['file_bytes'] // 1_048_576} MB")
    kind, package = sort(data)
    remarks: list[Remark] = []
    # Each reader is imported when a file of its kind comes: some bring libraries that take a second to load.
    if kind == "xlsx" and package is not None:
        names, sheets = read_excel(data, package, wanted, limits)
    elif kind == "ods" and package is not None:
        from ingestion.reading.open_document import read_open_document

        names, sheets = read_open_document(data, package, wanted, limits)
    elif kind == "xls":
        from ingestion.reading.old_excel import read_old_excel

        names, sheets = read_old_excel(data, wanted, limits)
    elif kind == "px":
        from ingestion.reading.pc_axis import read_pc_axis

        names, sheets, remarks = read_pc_axis(data, limits)
    else:
        from ingestion.reading.delimited import read_delimited

        names, sheets, remarks = read_delimited(data, limits)
    for sheet in sheets:
        remarks += repair_text(sheet)
    return FileContent(kind, names, sheets, remarks)


def _to_json(refusal: Refusal) -> dict[str, Any]:
    return {
        "rule": refusal.rule,
        "found": refusal.found,
        "sheet": refusal.sheet,
        "cell": refusal.cell,
        "words": refusal.words,
    }


def limit_this_process(limits: Mapping[str, int]) -> None:
    """Give up memory, time and every right to write files, for good."""
    for kind, limit in (
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        resource.setrlimit(kind, (limit, limit))


if __name__ == "__main__":
    sys.exit(main())
