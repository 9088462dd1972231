"""Files that break readers: each costs one answer with its own sentence, never a worker, never a traceback."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from ingestion.reading.sandbox import ProcessLimits
from tests.ingestion.registered import read_rows
from tests.ingestion.workbooks import sheet_member, with_members, workbook

GOOD = workbook()
SHEET_XML = sheet_member(GOOD)
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1024)
DTD = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
XXE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


def in_sheet(change: Callable[[bytes], bytes]) -> bytes:
    return with_members(GOOD, {SHEET_XML: change})


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(xml: bytes) -> bytes:
        assert old in xml
        return xml.replace(old, new, 1)

    return change


def after_declaration(dtd: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: dtd + xml if not xml.startswith(b"<?xml") else xml.replace(b"?>", b"?>" + dtd, 1)


def package_of(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name in names:
            package.writestr(name, b"<x/>")
    return file.getvalue()


def far_cell(xml: bytes) -> bytes:
    row = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return xml.replace(b"</sheetData>", row)


def blanks(megabytes: int) -> bytes:
    return in_sheet(replaced(b"<sheetData>", b"<sheetData>" + b" " * (megabytes * 1_048_576)))


def long_text(text: bytes) -> bytes:
    data = workbook({"Ghi chú": "a-long-note"})
    return with_members(data, {sheet_member(data): replaced(b"a-long-note", text)})


def shared_string_out_of_range() -> bytes:
    cell = b'<c r="A2" t="s"><v>99</v></c></row><row r="4">'
    return in_sheet(replaced(b'</row><row r="4">', cell))


def utf16_dtd() -> bytes:
    xml = f'<?xml version="1.0" encoding="UTF-16"?>{DTD.decode()}<sst/>'
    return with_members(GOOD, {"xl/sharedStrings.xml": xml.encode("utf-16")})


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "file_empty"),
    "blank_bytes": (lambda: bytes(4096), "file_empty"),
    "truncated": (lambda: GOOD[:-200], "file_damaged"),
    "first_kilobyte_only": (lambda: GOOD[:1024], "file_damaged"),
    "garbled_member": (lambda: GOOD[:600] + bytes(300) + GOOD[900:], "file_damaged"),
    "csv_of_another_table": (lambda: "Mã chỉ tiêu;Kỳ\ngrdp;2024\n".encode(), "header_not_found"),
    "html_renamed": (lambda: b"<html><table><tr><td>1</td></tr></table></html>", "file_web_page"),
    "html_in_utf16": (lambda: "<table><tr><td>số</td></tr></table>".encode("utf-16"), "file_web_page"),
    "excel_2003_xml": (
        lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "file_web_page",
    ),
    "prose": (lambda: "Kính gửi Sở Tài chính\nĐơn vị xin báo cáo\n".encode(), "csv_separator_unknown"),
    "pdf_renamed": (lambda: b"%PDF-1.7\n%\xe2\xe3", "file_not_excel"),
    "docx_renamed": (lambda: package_of("[Content_Types].xml", "word/document.xml"), "file_not_excel"),
    "zip_renamed": (lambda: package_of("so-lieu.csv"), "file_not_excel"),
    "empty_zip": (package_of, "file_not_excel"),
    "random_bytes": (lambda: b"\x01\x02\x03\x00\xff" * 50, "file_not_excel"),
    "old_xls_of_rubbish": (lambda: OLE + "Workbook".encode("utf-16-le"), "file_damaged"),
    "old_doc": (lambda: OLE + "WordDocument".encode("utf-16-le"), "file_not_excel"),
    "password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "file_password_protected"),
    "xlsb": (lambda: package_of("[Content_Types].xml", "xl/workbook.bin"), "file_other_spreadsheet"),
    "no_workbook": (lambda: package_of("[Content_Types].xml"), "file_damaged"),
    "macros": (lambda: with_members(GOOD, {"xl/vbaProject.bin": b"x"}), "file_has_macros"),
    "external_links": (
        lambda: with_members(GOOD, {"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        "file_has_external_links",
    ),
    "embedded_object": (
        lambda: with_members(GOOD, {"xl/embeddings/oleObject1.bin": b"x"}),
        "file_has_embedded_objects",
    ),
    "path_traversal": (lambda: with_members(GOOD, {"../../evil.txt": b"x"}), "file_has_unknown_member"),
    "absolute_member": (lambda: with_members(GOOD, {"/etc/evil": b"x"}), "file_has_unknown_member"),
    "hidden_traversal": (
        lambda: with_members(GOOD, {"xl/media/../../../evil.png": b"x"}),
        "file_has_unknown_member",
    ),
    "program_inside": (lambda: with_members(GOOD, {"setup.exe": b"x"}), "file_has_unknown_member"),
    "six_hundred_members": (
        lambda: with_members(GOOD, {f"xl/media/image{n}.png": b"x" for n in range(600)}),
        "file_has_too_many_members",
    ),
    "billion_laughs": (lambda: in_sheet(after_declaration(DTD)), "file_has_dtd"),
    "xxe": (lambda: in_sheet(after_declaration(XXE)), "file_has_dtd"),
    "dtd_in_another_part": (
        lambda: with_members(GOOD, {"docProps/core.xml": after_declaration(DTD)}),
        "file_has_dtd",
    ),
    "dtd_in_utf16": (utf16_dtd, "file_has_dtd"),
    "shared_string_out_of_range": (
        shared_string_out_of_range,
        "file_damaged",
    ),
    "sheet_xml_cut_off": (lambda: in_sheet(lambda xml: xml[: len(xml) // 2]), "file_damaged"),
    "cell_name_without_sense": (lambda: in_sheet(replaced(b'r="A5"', b'r="5A"')), "file_damaged"),
    "cell_at_the_end_of_the_sheet": (lambda: in_sheet(far_cell), "sheet_too_large"),
    "cell_of_32768_characters": (lambda: long_text("ă".encode() * 32_768), "cell_text_too_long"),
    "blanks_of_30_megabytes": (lambda: blanks(30), "file_expands_too_much"),
    "blanks_of_150_megabytes": (lambda: blanks(150), "file_expands_too_much"),
    "number_beyond_all_bounds": (
        lambda: in_sheet(replaced(b"<v>6.33</v>", b"<v>1e999</v>")),
        "number_not_finite",
    ),
}


@pytest.mark.parametrize(("make", "rule"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_gets_its_own_answer(make: Callable[[], bytes], rule: str) -> None:
    parsed = read_rows(make())
    assert [problem.rule for problem in parsed.problems] == [rule]
    assert parsed.rows == ()
    assert parsed.problems[0].message_vi
    assert "Traceback" not in parsed.problems[0].message_vi


def test_no_content_of_another_file_comes_out_of_an_entity() -> None:
    with open("/etc/hostname") as file:  # noqa: PTH123 - the very file the entity names
        secret = file.read().strip()
    answer = str(read_rows(in_sheet(after_declaration(XXE))).problems)
    assert not secret or secret not in answer


def test_a_lying_dimension_is_harmless() -> None:
    lie = in_sheet(replaced(b'<dimension ref="A1:L5"', b'<dimension ref="A1:XFD1048576"'))
    parsed = read_rows(lie)
    assert parsed.problems == ()
    assert len(parsed.rows) == 1


def test_a_styled_but_empty_cell_far_away_is_harmless() -> None:
    row = b'<row r="900000"><c r="XFA900000" s="0"/></row></sheetData>'
    assert read_rows(in_sheet(replaced(b"</sheetData>", row))).problems == ()


def test_hidden_helper_sheets_and_hyperlinks_are_harmless() -> None:
    def enrich(sheet: Worksheet) -> None:
        sheet["K5"].hyperlink = "https://example.org/nien-giam"
        assert sheet.parent is not None
        sheet.parent.create_sheet("_meta").sheet_state = "veryHidden"

    assert read_rows(workbook(spoil=enrich)).problems == ()


@pytest.mark.parametrize(
    "limits",
    [
        ProcessLimits(memory_bytes=50_000_000),
        ProcessLimits(wall_seconds=0.01),
        ProcessLimits(output_bytes=100),
    ],
    ids=["memory", "time", "output"],
)
def test_a_child_beyond_its_limits_costs_one_answer(limits: ProcessLimits) -> None:
    # Eight times as large unpacked as packed, far below the limits of a package.
    noise = format(random.Random(1).getrandbits(40_000_000), "b").encode()  # noqa: S311 - noise, no secret
    parsed = read_rows(long_text(noise), limits)
    assert [problem.rule for problem in parsed.problems] == ["file_too_heavy"]
