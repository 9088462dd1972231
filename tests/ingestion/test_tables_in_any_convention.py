"""A table written the way each office writes: numbers, periods, places and units read back the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from ingestion.cells import Cell, Sheet, Workbook
from ingestion.parsing import parse_form
from tests.ingestion.registered import VOCABULARIES, standard_form
from tests.ingestion.workbooks import FIRST_ROW, GOOD_ROW, HEADER, HEADER_ROW, SHEET

FORM = standard_form()


class Written(NamedTuple):
    """One row as written, and what it says."""

    cells: dict[str, str | float]
    value: float
    decimals: int
    period_end: date
    place: str
    unit: str


@st.composite
def rows(draw: st.DrawFn) -> Written:
    year = draw(st.integers(2018, 2024))
    period, end = draw(
        st.sampled_from(
            [
                (f"{year}", date(year, 12, 31)),
                (f"Năm {year}", date(year, 12, 31)),
                (f"Q3/{year}", date(year, 9, 30)),
                (f"quý III năm {year}", date(year, 9, 30)),
                (f"6 tháng đầu năm {year}", date(year, 6, 30)),
                (f"T11/{year}", date(year, 11, 30)),
                (f"tính đến ngày 5/7/{year}", date(year, 7, 5)),
                (f"tháng 4/{year} (15/03-14/04)", date(year, 4, 14)),
            ]
        )
    )
    place, place_code = draw(
        st.sampled_from(
            [
                ("Tỉnh Bắc Kạn", "tinh_bac_kan"),
                ("tỉnh thái nguyên", "tinh_thai_nguyen_cu"),
                ("TP. Thái Nguyên", "thanh_pho_thai_nguyen"),
                ("H.Na Rỳ", "huyen_na_ri"),
                ("P.A, T.P Bắc Kạn", "phuong_a_cu"),
            ]
        )
    )
    cents = draw(st.integers(0, 10**13))
    number = Decimal(cents) / 100
    separator = draw(st.sampled_from([".", " ", "\u00a0", "\u202f", ""]))
    grouped = f"{number:,.2f}".replace(",", "_").replace(".", ",").replace("_", separator)
    value, written = draw(
        st.sampled_from(
            [
                (float(number), grouped),
                (float(number), f"{grouped} tỷ đồng"),
                (float(number), f"trên {grouped}"),
                (float(number / 1000), f"{grouped} triệu đồng"),
                (float(-number), f"({grouped})"),
            ]
        )
    )
    decimals = 5 if written.endswith("triệu đồng") else 2
    unit = draw(st.sampled_from(["tỷ đồng", "TỈ ĐỒNG", "billion_vnd"]))
    cells: dict[str, str | float] = {
        "Mã chỉ tiêu": "budget_revenue",
        "Chỉ tiêu": "",
        "Đơn vị tính": unit,
        "Đơn vị hành chính": place,
        "Kỳ": period,
        "Giá trị": written,
    }
    return Written(cells, value, decimals, end, place_code, "billion_vnd")


def workbook_of(written: list[Written]) -> Workbook:
    cells = {(HEADER_ROW, column): Cell("text", name) for column, name in enumerate(HEADER, start=1)}
    for number, row in enumerate(written, start=FIRST_ROW):
        for column, name in enumerate(HEADER, start=1):
            text = (GOOD_ROW | row.cells)[name]
            if text:
                cells[number, column] = Cell("text", str(text))
    return Workbook((SHEET,), {SHEET: Sheet(SHEET, False, cells)})


@given(st.lists(rows(), min_size=1, max_size=8))
def test_a_table_in_any_convention_reads_back_the_same(written: list[Written]) -> None:
    parsed = parse_form(workbook_of(written), FORM, VOCABULARIES)
    assert [problem.message_vi for problem in parsed.problems] == []
    assert [
        (row.value, row.value_decimals, row.period_end, row.admin_unit_code, row.unit_of_measure)
        for row in parsed.rows
    ] == [(row.value, row.decimals, row.period_end, row.place, row.unit) for row in written]
