"""The same figures drawn as a standard form, a wide table, a yearbook across and down → the same rows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.cells import Cell, Sheet, Workbook, to_position
from ingestion.parsing import Parsed
from ingestion.rows import to_content_hash
from tests.ingestion.tables import SOURCE, Cells, faults, read_as
from tests.ingestion.workbooks import HEADER

INDICATORS = (
    ("grdp_growth", "Tốc độ tăng trưởng GRDP", "%"),
    ("budget_revenue", "Thu ngân sách nhà nước trên địa bàn", "tỷ đồng"),
    ("population", "Dân số", "nghìn người"),
    ("forest_area", "Diện tích rừng", "ha"),
    ("poverty_rate", "Tỷ lệ hộ nghèo", "%"),
)
NOISE: tuple[Cells, ...] = ((), [("Ghi thêm",)], [(), ("Dòng một",), ("Dòng hai",), ()])


@dataclass(frozen=True)
class Content:
    """Figures by indicator and year, as typed, and how much stands around them."""

    indicators: tuple[tuple[str, str, str], ...]
    years: tuple[int, ...]
    typed: dict[tuple[str, int], str | float]
    above: Cells
    bullet: str
    numbers_columns: bool


def to_typed(value: int, decimals: int, as_text: bool) -> str | float:
    number = value / 10**decimals
    # Whole thousands in text would be ambiguous on purpose; here the convention is that of the form.
    return f"{number:.{decimals}f}".replace(".", ",") if as_text else number


FIGURES = st.one_of(
    st.builds(to_typed, st.integers(-99_999_999, 99_999_999), st.integers(0, 2), st.booleans()),
    st.sampled_from(["…", "-", "x", "1.234,5", "trên 7,5", "(5,25)"]),
)


@st.composite
def contents(draw: st.DrawFn) -> Content:
    indicators = draw(st.lists(st.sampled_from(INDICATORS), min_size=1, max_size=4, unique=True))
    years = draw(st.lists(st.integers(2015, 2023), min_size=2, max_size=5, unique=True))
    typed = {(code, year): draw(FIGURES) for (code, _, _), year in product(indicators, years)}
    return Content(
        tuple(indicators),
        tuple(years),
        typed,
        draw(st.sampled_from(NOISE)),
        draw(st.sampled_from(["", "- ", "a) ", "1.1. "])),
        draw(st.booleans()),
    )


def workbook(name: str, rows: Cells) -> Workbook:
    cells = {
        (row, column): Cell("text", value) if isinstance(value, str) else Cell("number", float(value))
        for row, line in enumerate(rows, start=1)
        for column, value in enumerate(line, start=1)
        if value is not None
    }
    return Workbook((name,), {name: Sheet(name, False, cells)})


def long(content: Content, status: str, authority: str, published: str, source: str) -> Parsed:
    rows = [
        (
            code,
            name,
            None,
            unit,
            "Tỉnh Bắc Kạn",
            year,
            content.typed[code, year],
            status,
            authority,
            published,
            source,
        )
        for code, name, unit in content.indicators
        for year in content.years
    ]
    return read_as("so_lieu", workbook("Số liệu", [*content.above, HEADER, *rows]))


def wide(content: Content) -> Parsed:
    header: list[Any] = ["TT", "Chỉ tiêu", "ĐVT", *(f"Thực hiện năm {year}" for year in content.years)]
    numbers: Cells = [range(1, len(header) + 1)] if content.numbers_columns else []
    rows = [
        (None, content.bullet + name, unit, *(content.typed[code, year] for year in content.years))
        for code, name, unit in content.indicators
    ]
    title = (("UBND TỈNH BẮC KẠN",), ("BIỂU TỔNG HỢP",), (f"(Kèm theo {SOURCE} của Sở)",))
    lines = (*content.above, *title, header, *numbers, ("I", "CÁC CHỈ TIÊU"), *rows, ("Người lập biểu",))
    return read_as("bang_rong", workbook("Biểu", lines))


BOOK = "Niên giám thống kê tỉnh Bắc Kạn 2023"


def across(content: Content) -> Parsed:
    rows = [
        (
            f"{content.bullet}{name} - Item",
            f"{unit} - Unit",
            *(content.typed[code, year] for year in content.years),
        )
        for code, name, unit in content.indicators
    ]
    header = ("Chỉ tiêu - Items", "Đơn vị tính - Unit", *content.years)
    lines = (*content.above, (BOOK,), ("Bảng 1. Một số chỉ tiêu",), header, *rows, ("Ghi chú: …",))
    return read_as("nien_giam", workbook("Trang", lines))


def down(content: Content) -> Parsed:
    header = ("Năm - Year", *(f"{name} ({unit}) - Item" for _, name, unit in content.indicators))
    rows = [
        (f"Năm {year}", *(content.typed[code, year] for code, _, _ in content.indicators))
        for year in content.years
    ]
    return read_as("nien_giam", workbook("Trang", (*content.above, (BOOK,), header, *rows, (None, 397))))


def read_at(parsed: Parsed) -> set[tuple[str, str]]:
    return {(row.cell, row.raw_text) for row in parsed.rows}


@settings(max_examples=150, deadline=None)
@given(contents())
def test_one_content_gives_one_set_of_rows_whatever_table_it_is_drawn_as(content: Content) -> None:
    department = long(content, "Không nêu", "Sở, ban, ngành", "15/10/2025", SOURCE)
    office = long(content, "Chính thức", "Cơ quan thống kê", "2023", BOOK)
    drawn = {"wide": wide(content), "across": across(content), "down": down(content)}
    assert {name: faults(parsed) for name, parsed in drawn.items()} == {name: [] for name in drawn}
    assert len(department.rows) == len(content.typed)
    assert to_content_hash(drawn["wide"].rows) == to_content_hash(department.rows)
    assert to_content_hash(drawn["across"].rows) == to_content_hash(office.rows)
    assert to_content_hash(drawn["down"].rows) == to_content_hash(office.rows)


@settings(max_examples=100, deadline=None)
@given(contents())
def test_every_row_names_the_very_cell_it_was_read_from(content: Content) -> None:
    for parsed in (wide(content), across(content), down(content)):
        assert len({row.cell for row in parsed.rows}) == len(parsed.rows) == len(content.typed)
        for row, figure in zip(parsed.rows, parsed.figures, strict=True):
            assert to_position(row.cell) == figure.places["value"]
            assert figure.as_typed is not None
            assert row.raw_text == figure.as_typed.as_found
