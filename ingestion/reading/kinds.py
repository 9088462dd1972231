"""Bytes → what kind of file they are, by content; a name or a suffix proves nothing."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal, NamedTuple

from ingestion.reading.refusal import Refusal

Kind = Literal["xlsx", "xls", "ods", "csv", "px"]

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
# PC-Axis opens with keywords, CHARSET or AXIS-VERSION before all others.
_PC_AXIS = re.compile(rb"[\xef\xbb\xbf\s]*(CHARSET|AXIS-VERSION|CODEPAGE|LANGUAGE|CREATION-DATE|MATRIX)\s*=")
_HEAD = 65_536


class Sorted(NamedTuple):
    """The kind of a file, and its package when it is one."""

    kind: Kind
    package: zipfile.ZipFile | None = None


def sort(data: bytes) -> Sorted:
    """Return the kind of a file; raise Refusal, with its own sentence, for what is no table of a kind we read."""
    if not data.strip(b"\x00\t\n\r "):
        raise Refusal("file_empty")
    if data.startswith(_OLE):
        return Sorted(_kind_of_ole(data))
    if data.startswith(b"PK\x05\x06"):
        raise Refusal("file_not_excel", "tệp nén rỗng (.zip)")
    if data.startswith(b"PK\x03\x04"):
        return _sort_package(data)
    return Sorted(_kind_of_text(data[:_HEAD]))


def _sort_package(data: bytes) -> Sorted:
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Refusal("file_damaged") from error
    names = set(package.namelist())
    if "xl/workbook.xml" in names:
        return Sorted("xlsx", package)
    if "xl/workbook.bin" in names:
        raise Refusal("file_other_spreadsheet", "Excel nhị phân (.xlsb)")
    if "mimetype" in names and "content.xml" in names:
        return Sorted("ods", _to_open_document(package))
    if any(name.startswith("word/") for name in names):
        raise Refusal("file_not_excel", "văn bản Word (.docx)")
    if "[Content_Types].xml" in names:
        raise Refusal("file_damaged")
    raise Refusal("file_not_excel", "tệp nén (.zip)")


def _to_open_document(package: zipfile.ZipFile) -> zipfile.ZipFile:
    try:
        with package.open("mimetype") as member:
            mimetype = member.read(200)
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError) as error:
        raise Refusal("file_damaged") from error
    if mimetype.startswith(_OPEN_DOCUMENT + b"spreadsheet"):
        return package
    if mimetype.startswith(_OPEN_DOCUMENT + b"text"):
        raise Refusal("file_not_excel", "văn bản OpenDocument (.odt)")
    raise Refusal("file_not_excel", "tệp OpenDocument khác (không phải .ods)")


def _kind_of_ole(data: bytes) -> Kind:
    # Names in an OLE directory are UTF-16LE; an encrypted .xlsx is an OLE file around the cipher text.
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refusal("file_password_protected")
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return "xls"
    if any(name.encode("utf-16-le") in data for name in ("WordDocument", "PowerPoint Document")):
        raise Refusal("file_not_excel", "tệp Office cũ (.doc, .ppt)")
    raise Refusal("file_damaged")


def _kind_of_text(head: bytes) -> Kind:
    lowered = head.lower()
    if head.startswith(b"%PDF"):
        raise Refusal("file_not_excel", "tệp PDF")
    if head.startswith(b"{\\rtf"):
        raise Refusal("file_not_excel", "văn bản RTF")
    # Also in UTF-16: without its zeros the text of a tag is the same.
    opening = lowered.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if opening.startswith(b"<?xml") and b"<html" not in opening:
        is_excel = b"urn:schemas-microsoft-com:office:spreadsheet" in opening
        raise Refusal("file_web_page", "Excel 2003 XML" if is_excel else "tệp XML")
    if opening.startswith((b"<", b"mime-version:")):
        raise Refusal("file_web_page", "trang web (HTML)")
    return "px" if _PC_AXIS.match(head.replace(b"\x00", b"")) else "csv"
