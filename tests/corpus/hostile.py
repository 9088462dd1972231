"""Files that break readers: each costs one answer of its own, and no content of another file comes out."""

from __future__ import annotations

import io
import warnings
import zipfile

from tests.corpus.cases import Case, accepted, error, form, of_file, refused
from tests.corpus.spoiling import Change, Make, at, in_sheet_xml, instead, with_parts

GROWTH = {"indicator_code": "grdp_growth", "value": 6.33, "cell": "G5"}
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1024)
MULTIPLYING = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
NAMING_A_FILE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
GOOD = form({})


def cut_off(count: int) -> Make:
    return lambda: GOOD()[:-count]


def package_of(*names: str) -> Make:
    def make() -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as package:
            for name in names:
                package.writestr(name, b"<x/>")
        return file.getvalue()

    return make


def ole_of(stream: str) -> Make:
    return lambda: OLE + stream.encode("utf-16-le")


def after_declaration(dtd: bytes) -> Change:
    return lambda xml: dtd + xml if not xml.startswith(b"<?xml") else xml.replace(b"?>", b"?>" + dtd, 1)


def rows_of_numbers(count: int) -> Change:
    cells = b"".join(b"<c><v>1</v></c>" for _ in range(50))
    return instead(b"</sheetData>", (b"<row>" + cells + b"</row>") * count + b"</sheetData>")


def long_text(characters: int) -> Make:
    long = form({"Ghi chú": "a-long-note"})
    return in_sheet_xml(long, instead(b"a-long-note", b"a" * characters))


def member_twice() -> bytes:
    file = io.BytesIO(GOOD())
    with warnings.catch_warnings(), zipfile.ZipFile(file, "a") as package:
        warnings.simplefilter("ignore", UserWarning)
        package.writestr("xl/workbook.xml", b"<workbook/>")
    return file.getvalue()


def flagged_as_encrypted() -> bytes:
    data = bytearray(GOOD())
    # The general purpose flags of every entry of the central directory.
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    return bytes(data)


def utf16_dtd() -> bytes:
    xml = f'<?xml version="1.0" encoding="UTF-16"?>{MULTIPLYING.decode()}<sst/>'
    return with_parts(GOOD, **{"xl/sharedStrings.xml": xml.encode("utf-16")})()


def far(cell: str, content: bytes) -> Change:
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").encode()
    return instead(
        b"</sheetData>",
        b'<row r="' + row + b'"><c r="' + cell.encode() + b'"' + content + b"</c></row></sheetData>",
    )


def whole(
    name: str, make: Make, rule: str, found: str | None, *covers: str, file_name: str = "bieu.xlsx"
) -> Case:
    return refused(name, make, of_file(rule, found), covers=covers, file_name=file_name)


CASES = (
    whole("file_of_no_bytes", lambda: b"", "file_empty", None, "4a-12"),
    whole("file_of_zero_bytes_only", lambda: bytes(4096), "file_empty", None, "4a-12"),
    whole("end_cut_off", cut_off(200), "file_damaged", None, "4a-12"),
    whole("first_kilobyte_only", lambda: GOOD()[:1024], "file_damaged", None, "4a-12"),
    whole(
        "middle_overwritten", lambda: GOOD()[:600] + bytes(300) + GOOD()[900:], "file_damaged", None, "4a-12"
    ),
    whole(
        "web_page_renamed",
        lambda: b"<html><body><table><tr><td>1</td></tr></table></body></html>",
        "file_web_page",
        "trang web (HTML)",
        "4a-12",
        "E40",
    ),
    whole("pdf_renamed", lambda: b"%PDF-1.7\n%\xe2\xe3", "file_not_excel", "tệp PDF", "4a-12", "E38"),
    whole(
        "word_document_renamed",
        package_of("[Content_Types].xml", "word/document.xml"),
        "file_not_excel",
        "văn bản Word (.docx)",
        "4a-12",
    ),
    whole(
        "zip_archive_renamed", package_of("so-lieu/bieu.xlsx"), "file_not_excel", "tệp nén (.zip)", "4a-12"
    ),
    whole("empty_zip_archive", package_of(), "file_not_excel", "tệp nén rỗng (.zip)", "4a-12"),
    whole(
        "picture_renamed",
        lambda: b"\x89PNG\r\n\x1a\n" + bytes(200),
        "file_not_excel",
        "định dạng không rõ",
        "4a-12",
    ),
    whole(
        "old_word_document_renamed",
        ole_of("WordDocument"),
        "file_not_excel",
        "tệp Office cũ (.doc, .ppt)",
        "4a-12",
    ),
    whole("workbook_behind_a_password", ole_of("EncryptedPackage"), "file_password_protected", None, "4a-12"),
    whole("members_behind_a_password", flagged_as_encrypted, "file_password_protected", None, "4a-12"),
    whole(
        "binary_workbook",
        package_of("[Content_Types].xml", "xl/workbook.bin"),
        "file_other_spreadsheet",
        "Excel nhị phân (.xlsb)",
        "4a-12",
    ),
    whole("package_without_a_workbook", package_of("[Content_Types].xml"), "file_damaged", None, "4a-12"),
    whole(
        "macros_in_an_xlsx",
        with_parts(GOOD, **{"xl/vbaProject.bin": b"x"}),
        "file_has_macros",
        "xl/vbaProject.bin",
        "4a-8",
    ),
    whole(
        "macro_sheet",
        with_parts(GOOD, **{"xl/macrosheets/sheet1.xml": b"<x/>"}),
        "file_has_macros",
        "xl/macrosheets/sheet1.xml",
        "4a-8",
    ),
    whole(
        "member_that_climbs_out",
        with_parts(GOOD, **{"../../evil.txt": b"x"}),
        "file_has_unknown_member",
        "../../evil.txt",
        "4a-8",
    ),
    whole(
        "member_with_an_absolute_path",
        with_parts(GOOD, **{"/etc/evil": b"x"}),
        "file_has_unknown_member",
        "/etc/evil",
        "4a-8",
    ),
    whole(
        "member_that_climbs_out_of_a_known_folder",
        with_parts(GOOD, **{"xl/media/../../../evil.png": b"x"}),
        "file_has_unknown_member",
        "xl/media/../../../evil.png",
        "4a-8",
    ),
    whole(
        "program_among_the_members",
        with_parts(GOOD, **{"setup.exe": b"x"}),
        "file_has_unknown_member",
        "setup.exe",
        "4a-8",
    ),
    whole("member_given_twice", member_twice, "file_has_too_many_members", "10", "4a-8"),
    whole(
        "six_hundred_pictures",
        with_parts(GOOD, **{f"xl/media/image{n}.png": b"x" for n in range(600)}),
        "file_has_too_many_members",
        "609",
        "4a-8",
    ),
    whole(
        "embedded_object",
        with_parts(GOOD, **{"xl/embeddings/oleObject1.bin": b"x"}),
        "file_has_embedded_objects",
        "xl/embeddings/oleObject1.bin",
        "4a-8",
    ),
    whole(
        "links_to_another_workbook",
        with_parts(GOOD, **{"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        "file_has_external_links",
        "xl/externalLinks/externalLink1.xml",
        "E10",
    ),
    whole(
        "entities_that_multiply",
        in_sheet_xml(GOOD, after_declaration(MULTIPLYING)),
        "file_has_dtd",
        "xl/worksheets/sheet1.xml",
        "4a-5",
    ),
    whole("entities_in_utf16", utf16_dtd, "file_has_dtd", "xl/sharedStrings.xml", "4a-5"),
    whole(
        "entity_that_names_a_file",
        in_sheet_xml(GOOD, after_declaration(NAMING_A_FILE)),
        "file_has_dtd",
        "xl/worksheets/sheet1.xml",
        "4a-6",
    ),
    whole(
        "entity_in_the_document_properties",
        with_parts(GOOD, **{"docProps/core.xml": after_declaration(NAMING_A_FILE)}),
        "file_has_dtd",
        "docProps/core.xml",
        "4a-6",
    ),
    whole(
        "shared_string_that_is_not_there",
        in_sheet_xml(GOOD, far("A9", b' t="s"><v>99</v>')),
        "file_damaged",
        None,
        "4a-11",
    ),
    whole(
        "sheet_xml_cut_off",
        in_sheet_xml(GOOD, lambda xml: xml[: len(xml) // 2]),
        "file_damaged",
        None,
        "4a-12",
    ),
    whole(
        "cell_name_without_sense",
        in_sheet_xml(GOOD, instead(b'r="A5"', b'r="5A"')),
        "file_damaged",
        None,
        "4a-12",
    ),
    whole(
        "thirty_megabytes_of_blanks_in_the_sheet",
        in_sheet_xml(GOOD, instead(b"<sheetData>", b"<sheetData>" + b" " * 30 * 1_048_576)),
        "file_expands_too_much",
        None,
        "4a-3",
    ),
    whole("one_cell_of_thirty_megabytes", long_text(30 * 1_048_576), "file_expands_too_much", None, "4a-4"),
    whole(
        "cells_by_the_million",
        in_sheet_xml(GOOD, rows_of_numbers(40_000)),
        "file_expands_too_much",
        None,
        "4a-2",
    ),
    refused(
        "rows_beyond_the_limit",
        in_sheet_xml(GOOD, far("A20001", b"><v>1</v>")),
        error("sheet_too_large", None, "L20001"),
        covers=("4a-2",),
    ),
    refused(
        "cell_at_the_end_of_the_sheet",
        in_sheet_xml(GOOD, far("XFD1048576", b"><v>1</v>")),
        error("sheet_too_large", None, "XFD1048576"),
        covers=("4a-1",),
    ),
    refused(
        "note_one_character_too_long", long_text(32_768), error("cell_text_too_long", "L5"), covers=("4a-4",)
    ),
    accepted(
        "dimension_that_lies",
        in_sheet_xml(GOOD, instead(b'<dimension ref="A1:L5"', b'<dimension ref="A1:XFD1048576"')),
        GROWTH,
        covers=("4a-7",),
    ),
    accepted(
        "styled_but_empty_cell_far_away",
        in_sheet_xml(GOOD, far("XFA900000", b' s="0">')),
        GROWTH,
        covers=("4a-1",),
    ),
    accepted(
        "longest_note_a_cell_can_hold", long_text(32_767), GROWTH | {"note": "a" * 32_767}, covers=("4a-4",)
    ),
    accepted(
        "text_that_is_never_run",
        form({}, spoil=at(K5='=HYPERLINK("http://a")', L5="@SUM(1+1)*cmd|' /C calc'!A0")),
        GROWTH | {"source": '=HYPERLINK("http://a")', "note": "@SUM(1+1)*cmd|' /C calc'!A0"},
        covers=("E42", "4b-21"),
    ),
    accepted(
        "text_that_begins_with_plus_minus_or_tab",
        form({}, spoil=at(K5="+84 281 3870", L5="\t=1+1")),
        GROWTH | {"source": "+84 281 3870", "note": "=1+1"},
        covers=("E42", "4b-21"),
    ),
    accepted(
        "script_in_the_source_and_the_note",
        form({}, spoil=at(K5="<script>alert(1)</script>", L5="<img src=x onerror=alert(1)>")),
        GROWTH | {"source": "<script>alert(1)</script>"},
        covers=("4b-22",),
    ),
    accepted(
        "template_and_sql_in_the_note",
        form({}, spoil=at(K5="{{ var.value.secret }}", L5="'; drop table rows; --")),
        GROWTH | {"source": "{{ var.value.secret }}", "note": "'; drop table rows; --"},
        covers=("4b-23",),
    ),
    refused(
        "template_in_the_indicator_code",
        form({"Mã chỉ tiêu": "{{ 7*7 }}"}),
        error("term_unknown", "A5", "{{ 7*7 }}"),
        covers=("4b-23",),
    ),
    refused(
        "script_in_a_place",
        form({"Đơn vị hành chính": "<script>alert(1)</script>"}),
        error("term_unknown", "E5", "<script>alert(1)</script>"),
        covers=("4b-22",),
    ),
    refused(
        "percent_format_of_a_program_in_a_value",
        form({"Giá trị": "%s%n{0}"}),
        error("number_unreadable", "G5", "%s%n{0}"),
        covers=("4b-23",),
    ),
    refused(
        "sheet_named_like_a_template",
        form({}, spoil=lambda sheet: setattr(sheet, "title", "{{ 7-7 }}")),
        of_file("sheet_missing", "{{ 7-7 }}"),
        covers=("4b-23",),
    ),
)
