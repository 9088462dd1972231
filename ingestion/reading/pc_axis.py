"""The bytes of a PC-Axis file (.px) → one sheet: a row for each figure, named by its place in every dimension."""

from __future__ import annotations

import codecs
import contextlib
import io
import math
import os
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ingestion.cells import PX_SHEET
from ingestion.reading.encodings import decode
from ingestion.reading.refusal import Refusal
from ingestion.reading.sheets import EncodedCell, RawSheet, Remark, check_extent, check_length

# What holds for the whole table or for one value of a dimension stands beside each figure.
_METADATA = ("UNITS", "SOURCE", "LAST-UPDATED", "TITLE")
_CODEPAGE = re.compile(rb'CODEPAGE\s*=\s*"([\w.:-]{1,40})"', re.IGNORECASE)
_CHARSET = re.compile(rb'CHARSET\s*=\s*"([\w.:-]{1,40})"', re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_NEVER = r"(?!)"
_BROKEN = (ValueError, KeyError, IndexError, TypeError, AttributeError)


def read_pc_axis(data: bytes, limits: Mapping[str, int]) -> tuple[list[str], list[RawSheet], list[Remark]]:
    """Return the one sheet of a file; raise Refusal naming a broken rule."""
    text, recoded_from = decode(data, _declared(data))
    metadata, names, members, figures = _parse(text)
    rows = math.prod(map(len, members))
    if not names or rows != len(figures):
        raise Refusal("px_damaged", f"có {len(figures)} số, phải có {rows}")
    check_extent(PX_SHEET, (rows + 1, len(names) + 1 + len(_METADATA)), limits)
    table = _to_table(names, members, figures)
    header = [*names, "DATA", *_METADATA]
    lines = [header] + [[*line, *(_about(metadata, key, line[:-1]) for key in _METADATA)] for line in table]
    cells: list[EncodedCell] = []
    for row, line in enumerate(lines, start=1):
        for column, value in enumerate(line, start=1):
            if value:
                check_length(PX_SHEET, (row, column), value, limits)
                is_figure = row > 1 and column == len(names) + 1
                cells.append([row, column, *(_to_figure(value) if is_figure else ("text", value))])
    remarks = [Remark("note", "text_recoded", found=recoded_from)] if recoded_from else []
    return [PX_SHEET], [RawSheet(PX_SHEET, cells)], remarks


def _declared(data: bytes) -> str | None:
    """Return the encoding that the file names, if there is such a one."""
    found = _CODEPAGE.search(data) or _CHARSET.search(data)
    name = found[1].decode("ascii") if found else ""
    name = {"ANSI": "windows-1252"}.get(name.upper(), name)
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        return None


def _parse(text: str) -> tuple[dict[str, Any], list[str], list[list[str]], list[str]]:
    """Return metadata, names and members of the dimensions, and the figures as they stand."""
    from pyaxis.metadata_processing import metadata_extract, metadata_split_to_dict, multilingual_parse

    try:
        # The library tells of several languages on stdout, which is our answer's.
        with contextlib.redirect_stdout(io.StringIO()):
            elements, figures = metadata_extract(text)
            metadata, _ = multilingual_parse(metadata_split_to_dict(elements), None)
        names = [name for axis in ("STUB", "HEADING") for name in metadata.get(axis, [])]
        members = [list(metadata[f"VALUES({name})"]) for name in names]
    except _BROKEN as error:
        raise Refusal("px_damaged", "không đọc được phần mô tả") from error
    if any(key.startswith("KEYS(") or key == "KEYS" for key in metadata):
        # Then names of members stand among the figures.
        raise Refusal("px_damaged", "từ khóa KEYS (số liệu thưa) không đọc được")
    return metadata, names, members, figures.split()


def _to_table(
    names: Sequence[str], members: Sequence[Sequence[str]], figures: Sequence[str]
) -> list[list[str]]:
    """Return a line for each figure: the member of each dimension, then the figure."""
    os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"
    from pandas import Series
    from pyaxis.data_processing import build_dataframe

    try:
        # Missing signs stay as they are: what each of them means is said by the form.
        frame = build_dataframe(list(names), list(members), Series(figures, dtype=object), _NEVER, _NEVER)
    except _BROKEN as error:
        raise Refusal("px_damaged", "không đọc được phần số liệu") from error
    return [[str(value) for value in line] for line in frame.itertuples(index=False, name=None)]


def _about(metadata: Mapping[str, Any], key: str, members: Sequence[str]) -> str:
    """Return what the file says of a row: for a member of one of its dimensions, else for the whole table."""
    found = next(
        (metadata[f"{key}({m})"] for m in members if f"{key}({m})" in metadata), metadata.get(key, "")
    )
    return " ".join(found) if isinstance(found, list) else str(found).strip()


def _to_figure(figure: str) -> tuple[str, str]:
    """Return a figure as a number cell: its decimals follow a point by the rules of PC-Axis; a missing sign as text."""
    if _NUMBER.fullmatch(figure):
        return "number", repr(float(figure))
    return "text", figure.strip('"')
