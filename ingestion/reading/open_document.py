"""An .ods package → its sheets, or the rule it breaks."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping

from ingestion.reading.open_document_scan import ContentScan, SheetsReader, read_styles
from ingestion.reading.package import check_package
from ingestion.reading.refusal import Refusal
from ingestion.reading.scan import Attributes, scan_part
from ingestion.reading.selection import Selection
from ingestion.reading.sheets import RawSheet
from ingestion.reading.values import open_reader, read_sheet

_CHART = "application/vnd.oasis.opendocument.chart"


def read_open_document(
    data: bytes, package: zipfile.ZipFile, wanted: Selection, limits: Mapping[str, int]
) -> tuple[list[str], list[RawSheet]]:
    """Return the names of all sheets and the chosen ones; raise Refusal naming a broken rule."""
    check_package(package, len(data), limits, is_open_document=True)
    _check_manifest(package)
    for name in package.namelist():
        if name.endswith((".xml", ".rdf")):
            scan_part(package, name)
    names = _names_of_tables(package)
    chosen = wanted.of(names, names)
    scan = _scan_content(package, set(chosen), limits)
    reader = open_reader(data)
    sheets = [read_sheet(reader, name, scan.sheets[name], scan.shown_as, limits) for name in chosen]
    return names, sheets


def _check_manifest(package: zipfile.ZipFile) -> None:
    """Raise Refusal when the list of members tells of encryption or of objects other than charts."""
    objects: list[str] = []

    def entry(name: str, attributes: Attributes) -> None:
        if name == "encryption-data":
            raise Refusal("file_password_protected")
        path = attributes.get("manifest:full-path", "")
        if name == "file-entry" and path.startswith("Object ") and path.endswith("/"):
            if attributes.get("manifest:media-type") != _CHART:
                raise Refusal("file_has_embedded_objects", path)
            objects.append(path)

    if "META-INF/manifest.xml" not in package.namelist():
        raise Refusal("file_damaged")
    scan_part(package, "META-INF/manifest.xml", start=entry)
    for name in package.namelist():
        if name.startswith("Object ") and f"{name.partition('/')[0]}/" not in objects:
            raise Refusal("file_has_embedded_objects", name)


def _names_of_tables(package: zipfile.ZipFile) -> list[str]:
    names: list[str] = []
    depth = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth
        if name == "table":
            depth += 1
            if depth == 1:
                names.append(attributes.get("table:name", ""))

    def end(name: str) -> None:
        nonlocal depth
        if name == "table":
            depth -= 1

    scan_part(package, "content.xml", start, end)
    if len(names) != len(set(names)):
        raise Refusal("file_damaged")
    return names


def _scan_content(package: zipfile.ZipFile, chosen: set[str], limits: Mapping[str, int]) -> ContentScan:
    styles = read_styles(package)
    reader = SheetsReader(styles, chosen, limits)
    scan_part(package, "content.xml", reader.start, reader.end, reader.text)
    return ContentScan(reader.scans, styles.shown_as_by_number())
