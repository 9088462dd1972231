"""Bytes → what kind of file they are, by content; a name or a suffix proves nothing."""

from __future__ import annotations

import io
import zipfile

from ingestion.reading.refusal import Refusal

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OPEN_DOCUMENT = "OpenDocument (.ods)"


def to_package(data: bytes) -> zipfile.ZipFile:
    """Return the zip package of an .xlsx file; raise Refusal, with a rule for each other kind of file."""
    if not data.strip(b"\x00\t\n\r "):
        raise Refusal("file_empty")
    if data.startswith(_OLE):
        raise _refusal_of_ole(data)
    if data.startswith(b"PK\x05\x06"):
        raise Refusal("file_not_excel", "tệp nén rỗng (.zip)")
    if not data.startswith(b"PK"):
        raise Refusal("file_not_excel", _to_name_of_plain_file(data))
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Refusal("file_damaged") from error
    names = set(package.namelist())
    if "xl/workbook.xml" in names:
        return package
    if "xl/workbook.bin" in names:
        raise Refusal("file_other_spreadsheet", "Excel nhị phân (.xlsb)")
    if "mimetype" in names and "content.xml" in names:
        raise Refusal("file_other_spreadsheet", _OPEN_DOCUMENT)
    if any(name.startswith("word/") for name in names):
        raise Refusal("file_not_excel", "văn bản Word (.docx)")
    if "[Content_Types].xml" in names:
        raise Refusal("file_damaged")
    raise Refusal("file_not_excel", "tệp nén (.zip)")


def _refusal_of_ole(data: bytes) -> Refusal:
    # Names in an OLE directory are UTF-16LE; an encrypted .xlsx is an OLE file around the cipher text.
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Refusal("file_password_protected")
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return Refusal("file_old_excel")
    return Refusal("file_not_excel", "tệp Office cũ (.doc, .ppt)")


def _to_name_of_plain_file(data: bytes) -> str:
    head = data[:65536]
    if head.startswith(b"%PDF"):
        return "tệp PDF"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "tệp văn bản hoặc CSV (UTF-16)"
    lowered = head.lower()
    if b"<html" in lowered or b"<table" in lowered:
        return "trang web (HTML)"
    if lowered.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        return "tệp XML"
    if b"\x00" not in head and sum(byte < 32 and byte not in b"\t\r\n\x0c" for byte in head) == 0:
        return "tệp văn bản hoặc CSV"
    return "định dạng không rõ"
