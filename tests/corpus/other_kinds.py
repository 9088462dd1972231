"""Files that are no .xlsx: delimited text, .ods, PC-Axis, SDMX-CSV; the same table says the same in each."""

from __future__ import annotations

from tests.corpus.cases import Case, Found, accepted, error, of_file, refused
from tests.corpus.spoiling import Make
from tests.ingestion.old_workbooks import OldSheet, formula, text, xls
from tests.ingestion.old_workbooks import good_rows as old_rows
from tests.ingestion.open_documents import good_rows, manifest_of, ods, sheet, text_cell
from tests.ingestion.text_files import table, to_csv

CSV = "CSV"
ENCRYPTED = (
    '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
)
GROWTH = {
    "indicator_code": "grdp_growth",
    "admin_unit_code": "tinh_bac_kan",
    "period_text": "2023",
    "value": 6.33,
}
SDMX_HEADER = (
    "DATAFLOW,FREQ,INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OBS_STATUS,LAST_UPDATE\r\n"
)
SDMX_ROW = "TN:DF_KTXH(1.0),A,budget_revenue,tinh_bac_kan,2023,1068.5,VND,9,A,2024-06-30\r\n"
PX = """CHARSET="ANSI";
AXIS-VERSION="2010";
CODEPAGE="utf-8";
LANGUAGE="vi";
MATRIX="V02";
SUBJECT-AREA="Dân số";
SUBJECT-CODE="V02";
UNITS="Nghìn người";
CONTENTS="Dân số";
TITLE="Dân số theo địa phương và năm";
SOURCE="Cục Thống kê";
LAST-UPDATED="20240630 09:00";
DECIMALS=1;
STUB="Chỉ tiêu","Địa phương";
HEADING="Năm";
VALUES("Chỉ tiêu")="Dân số";
VALUES("Địa phương")="Tỉnh Bắc Kạn","Huyện Ba Bể";
VALUES("Năm")="2021","2022";
DATA=
324.4 328.6
48.1 "..";
"""


def csv_of(*rows: dict[str, str], separator: str = ";", newline: str = "\r\n", before: str = "") -> Make:
    return lambda: (before + to_csv(table(*rows), separator, newline)).encode()


def read(name: str, make: Make, *covers: str, **said: str) -> Case:
    return accepted(name, make, GROWTH | said, covers=("4b-20", *covers), file_name="bieu.csv")


def asked(name: str, make: Make, *problems: Found, covers: tuple[str, ...] = ("4b-20",)) -> Case:
    return refused(name, make, *problems, covers=covers, file_name="bieu.csv")


def ods_of(*rows: str, **attributes: str) -> Make:
    return lambda: ods(sheet("".join(rows), **attributes))


def px(old: str = "", new: str = "") -> Make:
    return lambda: PX.replace(old, new, 1).encode()


def sdmx(*rows: str, header: str = SDMX_HEADER) -> Make:
    return lambda: (header + "".join(rows)).encode()


CASES = (
    read("semicolons_between_columns", csv_of()),
    read("commas_between_columns", csv_of(separator=",")),
    read("tabs_between_columns", csv_of(separator="\t")),
    read("bars_between_columns", csv_of(separator="|")),
    read("carriage_returns_only", csv_of(newline="\r")),
    read("line_feeds_only", csv_of(newline="\n")),
    read("separator_declared_in_the_first_line", csv_of(before="sep=;\r\n"), cell="G4"),
    read(
        "line_break_and_separator_in_quotes",
        csv_of({"Nguồn": "Niên giám;\r\nthống kê"}),
        source="Niên giám; thống kê",
    ),
    read("quotes_within_quotes", csv_of({"Nguồn": 'Sách "Niên giám"'}), source='Sách "Niên giám"'),
    read(
        "formula_in_a_text_file",
        csv_of({"Nguồn": '=HYPERLINK("http://a")'}),
        "4b-21",
        "E42",
        source='=HYPERLINK("http://a")',
    ),
    read("text_file_with_the_suffix_of_excel", csv_of()),
    asked(
        "text_file_with_an_ambiguous_number",
        csv_of({}, {"Kỳ": "2022", "Giá trị": "1.234"}),
        error("number_ambiguous", "G5", "1.234", CSV),
    ),
    asked(
        "quote_never_closed",
        lambda: (to_csv(table()) + '"a;b\r\n').encode(),
        error("csv_quotes_broken", "A5", None, CSV),
    ),
    asked(
        "two_separators_alike",
        lambda: b"a,b;c\n1,2;3\n4,5;6\n",
        error("csv_separator_unclear", None, "“,” hay “;”", CSV),
    ),
    asked(
        "text_without_columns",
        lambda: "Kính gửi Ủy ban nhân dân tỉnh\nBáo cáo số liệu\n".encode(),
        error("csv_separator_unknown", None, None, CSV),
    ),
    accepted(
        "open_document", lambda: ods(), GROWTH | {"cell": "G4"}, covers=("4a-12",), file_name="bieu.ods"
    ),
    refused(
        "open_document_with_an_ambiguous_number",
        ods_of(*good_rows({7: text_cell("1.234")})),
        error("number_ambiguous", "G4", "1.234"),
        covers=("4b-16",),
        file_name="bieu.ods",
    ),
    refused(
        "open_document_behind_a_password",
        lambda: ods(members={"META-INF/manifest.xml": manifest_of(ENCRYPTED)}),
        of_file("file_password_protected"),
        covers=("4a-12",),
        file_name="bieu.ods",
    ),
    refused(
        "open_document_with_entities",
        lambda: ods(members={"meta.xml": '<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'}),
        of_file("file_has_dtd", "meta.xml"),
        covers=("4a-5",),
        file_name="bieu.ods",
    ),
    accepted("old_workbook", lambda: xls(), GROWTH | {"cell": "G4"}, covers=("4a-12",), file_name="bieu.xls"),
    refused(
        "old_workbook_with_an_ambiguous_number",
        lambda: xls([OldSheet(old_rows({7: text(4, 7, "1.234")}))]),
        error("number_ambiguous", "G4", "1.234"),
        covers=("4b-16",),
        file_name="bieu.xls",
    ),
    refused(
        "old_workbook_never_calculated",
        lambda: xls([OldSheet(old_rows({7: formula(4, 7, 0.0, 2)}))]),
        error("formula_without_value", "G4"),
        covers=("4a-10",),
        file_name="bieu.xls",
    ),
    accepted(
        "pc_axis",
        px(),
        {
            "indicator_code": "population",
            "admin_unit_code": "tinh_bac_kan",
            "period_text": "2021",
            "value": 324.4,
        },
        {"period_text": "2022", "value": 328.6},
        {"admin_unit_code": "huyen_ba_be", "value": 48.1},
        {"admin_unit_code": "huyen_ba_be", "value": None, "missing_code": "not_collected"},
        covers=("4a-12",),
        file_name="dan-so.px",
    ),
    refused(
        "pc_axis_with_a_figure_too_few",
        px('48.1 "..";', "48.1;"),
        of_file("px_damaged", "có 3 số, phải có 4"),
        covers=("4a-12",),
        file_name="dan-so.px",
    ),
    refused(
        "pc_axis_cut_off",
        lambda: PX.encode()[:400],
        of_file("px_damaged", "không đọc được phần mô tả"),
        covers=("4a-12",),
        file_name="dan-so.px",
    ),
    refused(
        "pc_axis_with_an_unknown_place",
        px("Huyện Ba Bể", "Huyện Sơn Dương"),
        error("term_unknown", "B4", "Huyện Sơn Dương", "PX"),
        error("term_unknown", "B5", "Huyện Sơn Dương", "PX"),
        covers=("4b-18",),
        file_name="dan-so.px",
    ),
    accepted(
        "sdmx_csv",
        sdmx(SDMX_ROW),
        {"indicator_code": "budget_revenue", "unit_of_measure": "billion_vnd", "value": 1068.5, "cell": "F2"},
        covers=("E20",),
        file_name="sdmx.csv",
    ),
    refused(
        "sdmx_csv_with_an_unknown_power_of_ten",
        sdmx(SDMX_ROW.replace(",VND,9,", ",VND,3,")),
        error("unit_exponent_unknown", "H2", "VND:3", CSV),
        covers=("E20",),
        file_name="sdmx.csv",
    ),
    refused(
        "sdmx_csv_with_an_unknown_indicator",
        sdmx(SDMX_ROW.replace("budget_revenue", "GDP")),
        error("term_unknown", "C2", "GDP", CSV),
        covers=("E31",),
        file_name="sdmx.csv",
    ),
    refused(
        "sdmx_csv_with_a_week_for_a_period",
        sdmx(SDMX_ROW.replace(",2023,", ",2023-W05,")),
        error("period_unreadable", "E2", "2023-W05", CSV),
        covers=("E23",),
        file_name="sdmx.csv",
    ),
    refused(
        "sdmx_csv_without_a_value",
        sdmx(SDMX_ROW.replace("1068.5", "")),
        error("value_blank", "F2", None, CSV),
        covers=("E22",),
        file_name="sdmx.csv",
    ),
)
