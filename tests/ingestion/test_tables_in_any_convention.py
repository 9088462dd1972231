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


SOUND = Written({"Giá trị": "6,33"}, 6.33, 2, date(2023, 12, 31), "tinh_bac_kan", "percent")


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


_WORDS = st.sampled_from(
    [
        *("giảm ", "trên ", "ước ", "1", ".234", ",5", " tỷ ", "triệu", "%", "‰", "-", "(", ")", "O"),
        *("quý ", "IV", "/", "20", "24", "tháng ", "năm học ", "đến ", "giai đoạn "),
        *("TP. ", "Thái Nguyên", "Bắc Kạn", ", ", "01843", "{", "}", "{found}"),
    ]
)
_CELLS = st.one_of(
    st.text(max_size=30).map(lambda text: Cell("text", text)),
    st.lists(_WORDS, max_size=6).map(lambda words: Cell("text", "".join(words))),
    st.floats().map(lambda value: Cell("number", value)),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda value: Cell("percent", value)),
    st.datetimes().map(lambda value: Cell("date", value)),
    st.booleans().map(lambda value: Cell("boolean", value)),
    st.just(Cell("error", "#REF!")),
    st.just(Cell("uncalculated", "=1+1")),
)


@given(st.lists(st.tuples(st.integers(1, len(HEADER)), _CELLS), min_size=1, max_size=4))
def test_whatever_stands_in_a_cell_is_read_or_told_and_never_breaks_the_reader(
    spoilt: list[tuple[int, Cell]],
) -> None:
    book = workbook_of([SOUND])
    sheet = book.sheets[SHEET]
    cells = dict(sheet.cells) | {(FIRST_ROW, column): cell for column, cell in spoilt}
    parsed = parse_form(Workbook((SHEET,), {SHEET: Sheet(SHEET, False, cells)}), FORM, VOCABULARIES)
    errors = [problem for problem in parsed.problems if problem.severity == "error"]
    assert len(parsed.rows) == (0 if errors else 1)
    assert all(problem.message_vi and problem.expected for problem in errors)
