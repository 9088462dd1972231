"""The zip package of an .xlsx or .ods file → a package worth parsing, or the rule it breaks. Inflates nothing."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping

from ingestion.reading.refusal import Refusal

# Every member that Excel, LibreOffice, Google Sheets and WPS Office write and that holds no program.
_OPEN_XML_MEMBERS = re.compile(
    r"""\[Content_Types\]\.xml | mimetype
      | _rels/\.rels
      | _xmlsignatures/[\w.\-]+ (/_rels/[\w.\-]+)?
      | docProps/[\w.\-]+ | docMetadata/[\w.\-]+
      | custom(Xml|Storage)/([\w.\-]+/)*[\w.\-]+
      | xl/[\w.\-]+\.xml | xl/metadata
      | xl/_rels/[\w.\-]+\.rels
      | xl/(worksheets|chartsheets|dialogsheets|theme|tables|queryTables|drawings|charts|diagrams|media|ink
           |pivotTables|pivotCache|slicers|slicerCaches|timelines|timelineCaches|comments|threadedComments
           |persons|richData|metadata|printerSettings|ctrlProps|featurePropertyBag|namedSheetViews|webextensions
           |model|revisions)/([\w.\-]+/)*[\w.\- ()]+
    """,
    re.VERBOSE,
)
_OPEN_DOCUMENT_MEMBERS = re.compile(
    r"""mimetype | manifest\.rdf | layout-cache
      | (content|styles|meta|settings)\.xml
      | META-INF/(manifest|documentsignatures)\.xml
      | (Thumbnails|Pictures|media)/[\w.\- ()]+
      | Configurations2/([\w.\-]+/)*[\w.\-]+
      # Charts: the manifest says whether an object is one.
      | ObjectReplacements/Object[ ]\d+
      | Object[ ]\d+/(content|styles|meta|settings)\.xml
    """,
    re.VERBOSE,
)
_SMALL_ENOUGH_AT_ANY_RATIO = 1_048_576


def check_package(
    package: zipfile.ZipFile, size: int, limits: Mapping[str, int], *, is_open_document: bool = False
) -> None:
    """Raise Refusal when the members of a package of `size` bytes are too many, too big, or do not belong."""
    members = package.infolist()
    names = [member.filename for member in members]
    for name in names:
        if is_open_document:
            _check_open_document_name(name)
        else:
            _check_open_xml_name(name)
    if len(names) > limits["members"] or len(names) != len(set(names)):
        raise Refusal("file_has_too_many_members", str(len(names)), limit=limits["members"])
    if any(member.flag_bits & 0x1 for member in members):
        raise Refusal("file_password_protected")
    uncompressed = sum(member.file_size for member in members)
    is_bomb = uncompressed > _SMALL_ENOUGH_AT_ANY_RATIO and uncompressed > limits["compression_ratio"] * size
    if uncompressed > limits["uncompressed_bytes"] or is_bomb:
        raise Refusal(
            "file_expands_too_much",
            limit=f"{limits['uncompressed_bytes'] // 1_048_576} MB",
            ratio=limits["compression_ratio"],
        )


def _check_open_xml_name(name: str) -> None:
    lowered = name.lower()
    if "vbaproject" in lowered or lowered.startswith("xl/macrosheets/") or lowered.endswith("vbadata.xml"):
        raise Refusal("file_has_macros", name)
    if lowered.startswith("xl/externallinks/"):
        raise Refusal("file_has_external_links", name)
    if lowered.startswith(("xl/embeddings/", "xl/activex/")):
        raise Refusal("file_has_embedded_objects", name)
    _check_known(name, _OPEN_XML_MEMBERS)


def _check_open_document_name(name: str) -> None:
    lowered = name.lower()
    if lowered.startswith(("basic/", "scripts/", "dialogs/")):
        raise Refusal("file_has_macros", name)
    _check_known(name, _OPEN_DOCUMENT_MEMBERS)


def _check_known(name: str, known: re.Pattern[str]) -> None:
    is_folder = name.endswith("/")
    if ".." in name.split("/") or (not is_folder and not known.fullmatch(name)):
        raise Refusal("file_has_unknown_member", name.encode("unicode_escape").decode("ascii"))
