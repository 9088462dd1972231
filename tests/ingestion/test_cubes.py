"""PC-Axis and SDMX-CSV as one figure a row → figures; codes of others become registered ones by the form's list."""

from __future__ import annotations

from typing import Any

import pytest

from ingestion.cells import Cell
from ingestion.tables.cube import to_period_text, to_technical_number
from tests.ingestion.tables import Cells, faults, made, read_as

PX: Cells = (
    ("Chỉ tiêu", "Địa phương", "Năm", "DATA", "UNITS", "SOURCE", "LAST-UPDATED", "TITLE"),
    ("Dân số", "Tỉnh Bắc Kạn", "2022", 324.4, "Nghìn người", "Cục Thống kê", "20240630 09:00", "Dân số theo tỉnh"),
    ("Dân số", "Tỉnh Bắc Kạn", "Sơ bộ 2023", "..", "Nghìn người", "Cục Thống kê", "20240630 09:00", "Dân số theo tỉnh"),
)  # fmt: skip
SDMX: Cells = (
    (
        "DATAFLOW", "FREQ", "INDICATOR", "REF_AREA", "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE", "UNIT_MULT",
        "OBS_STATUS", "LAST_UPDATE",
    ),
    ("TN:DF_KTXH(1.0)", "A", "budget_revenue", "tinh_bac_kan", "2023", "1068.5", "VND", 9, "A", "2024-06-30"),
    ("TN:DF_KTXH(1.0)", "Q", "grdp_growth", "tinh_bac_kan", "2024-Q1", "5.25", "PT", 0, "P", "2024-06-30"),
    ("TN:DF_KTXH(1.0)", "A", "poverty_rate", "tinh_bac_kan", "2023", None, "percent", None, "L", "2024-06-30"),
)  # fmt: skip


def test_a_px_file_is_read_by_its_dimensions() -> None:
    parsed = read_as("px", made(PX, sheet="PX"))
    assert faults(parsed) == []
    assert [
        (row.cell, row.period_text, row.value, row.missing_code, row.status_code, row.unit_of_measure)
        for row in parsed.rows
    ] == [
        ("D2", "2022", 324.4, None, "official", "thousand_person"),
        ("D3", "2023", None, "not_collected", "preliminary", "thousand_person"),
    ]
    assert {(row.admin_unit_code, row.source, row.published_text) for row in parsed.rows} == {
        ("tinh_bac_kan", "Cục Thống kê", "30/06/2024")
    }


def test_an_sdmx_file_is_read_by_its_code_lists() -> None:
    parsed = read_as("sdmx_csv", made(SDMX, sheet="CSV"))
    assert faults(parsed) == []
    assert [
        (row.cell, row.period_text, row.value, row.missing_code, row.status_code, row.unit_of_measure)
        for row in parsed.rows
    ] == [
        ("F2", "2023", 1068.5, None, "official", "billion_vnd"),
        ("F3", "quý I/2024", 5.25, None, "preliminary", "percent"),
        ("F4", "2023", None, "not_collected", "unstated", "percent"),
    ]
    assert {(row.source, row.source_authority_code) for row in parsed.rows} == {
        ("TN:DF_KTXH(1.0)", "statistics_office")
    }


def with_cell(row: int, column: str, value: Any) -> Cells:
    table = [list(line) for line in SDMX]
    table[row - 1][SDMX[0].index(column)] = value
    return table


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (with_cell(1, "LAST_UPDATE", "WHEN"), [("column_missing", None), ("column_unknown", "J1")]),
        (with_cell(2, "UNIT_MULT", 3), [("unit_exponent_unknown", "H2")]),
        (with_cell(2, "INDICATOR", "GDP"), [("term_unknown", "C2")]),
        (with_cell(2, "OBS_STATUS", "Z"), [("term_unknown", "I2")]),
        (with_cell(2, "TIME_PERIOD", "2023-W05"), [("period_unreadable", "E2")]),
        (with_cell(2, "OBS_VALUE", None), [("value_blank", "F2")]),
        (SDMX[:1], [("no_rows", None)]),
    ],
)
def test_each_flaw_of_a_cube_is_named_at_its_cell(
    table: Cells, expected: list[tuple[str, str | None]]
) -> None:
    found = [
        fault
        for fault in faults(read_as("sdmx_csv", made(table, sheet="CSV")))
        if fault[0] != "required_blank"
    ]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("2024", "2024"),
        ("2024-A1", "2024"),
        ("2024-S1", "6 tháng 2024"),
        ("2024-Q4", "quý IV/2024"),
        ("2024-09", "09/2024"),
        ("2024-M09", "09/2024"),
        ("2024M09", "09/2024"),
        ("quý I/2024", "quý I/2024"),
    ],
)
def test_a_time_of_sdmx_is_a_period_of_the_standard_form(time: str, expected: str) -> None:
    assert to_period_text(time) == expected


@pytest.mark.parametrize("typed", ["5.125", "1234.5", "-0.25", "1068", "1234567.891", "1.5E3", "+3.10"])
def test_a_decimal_point_of_a_cube_is_never_taken_for_thousands(typed: str) -> None:
    table: Cells = [SDMX[0], (*SDMX[1][:5], typed, *SDMX[1][6:])]
    parsed = read_as("sdmx_csv", made(table, sheet="CSV"))
    assert faults(parsed) == []
    assert [(row.value, row.raw_text) for row in parsed.rows] == [(float(typed), typed)]


def test_what_is_no_number_stays_as_it_is_typed() -> None:
    assert to_technical_number(Cell("text", "1.234,5")) == Cell("text", "1.234,5")
