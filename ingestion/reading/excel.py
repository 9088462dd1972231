"""An .xlsx package → its sheets, or the rule it breaks."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping

from ingestion.reading.package import check_package
from ingestion.reading.scan import read_sheet_parts, scan_part, scan_sheet
from ingestion.reading.selection import Selection
from ingestion.reading.sheets import RawSheet, check_extent
from ingestion.reading.styles import read_styles
from ingestion.reading.values import names_of_worksheets, open_reader, read_sheet


def read_excel(
    data: bytes, package: zipfile.ZipFile, wanted: Selection, limits: Mapping[str, int]
) -> tuple[list[str], list[RawSheet]]:
    """Return the names of all sheets and the chosen ones; raise Refusal naming a broken rule."""
    check_package(package, len(data), limits)
    for name in package.namelist():
        if name.endswith((".xml", ".rels")):
            scan_part(package, name)
    parts = read_sheet_parts(package)
    styles = read_styles(package)
    reader = open_reader(data)
    scans = {}
    for name in wanted.of(parts, names_of_worksheets(reader)):
        scans[name] = scan = scan_sheet(package, parts[name], styles.fonts)
        check_extent(name, (scan.last_row, scan.last_column), limits)
    sheets = [read_sheet(reader, name, scan, styles.shown_as, limits) for name, scan in scans.items()]
    return list(parts), sheets
