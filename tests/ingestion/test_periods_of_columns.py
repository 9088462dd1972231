"""The words of a column and the title above it → its period; words that make it another period are asked about."""

from __future__ import annotations

import pytest

from ingestion.tables.header_periods import PeriodWords, find_period_words, to_column_period

YEAR = PeriodWords("{year}", 2025)
JUNE = PeriodWords("06/{year}", 2025)


@pytest.mark.parametrize(
    ("header", "period"),
    [
        ("Thực hiện", "2025"),
        ("Thực hiện năm 2024 (1)", "2024"),
        ("Ước thực hiện lần 2 năm 2025", "2025"),
        ("Thực hiện (giá so sánh 2010)", "2025"),
        ("Thực hiện 6 tháng đầu năm 2025", "6 tháng 2025"),
        ("Thực hiện 6T/2025", "6 tháng 2025"),
        ("TH 9T 2025", "9 tháng 2025"),
        ("TH Q1/2025", "quý I/2025"),
        ("Thực hiện T6/2025", "06/2025"),
        ("Thực hiện 06/2025", "06/2025"),
        ("Thực hiện đến tháng 6/2025", "lũy kế đến tháng 6/2025"),
        ("Lũy kế đến hết quý III/2025", "lũy kế đến quý III/2025"),
        ("Thực hiện đến 30/6/2025", "lũy kế đến 30/6/2025"),
    ],
)
def test_shortened_periods_are_not_whole_years(header: str, period: str) -> None:
    assert to_column_period(header, YEAR) == period


@pytest.mark.parametrize(
    ("header", "period"),
    [
        ("Thực hiện", "06/2025"),
        ("Lũy kế", "lũy kế đến tháng 06/2025"),
        ("Lũy kế từ đầu năm", "lũy kế đến tháng 06/2025"),
        ("Lũy kế năm 2025", None),
    ],
)
def test_what_is_summed_up_in_a_monthly_report_is_neither_the_month_nor_the_year(
    header: str, period: str | None
) -> None:
    assert to_column_period(header, JUNE) == period


@pytest.mark.parametrize(
    "header",
    [
        "Kế hoạch năm trước",
        "Ước thực hiện cùng kỳ năm trước",
        "Kế hoạch năm sau",
        "Thực hiện năm tới",
        "Kế hoạch 5 năm",
        "Thực hiện 3 năm",
        "Kế hoạch giai đoạn 2025",
        "Thực hiện bình quân năm 2025",
        "Thực hiện nửa đầu năm 2025",
        "Lũy kế từ đầu năm",
        "Thực hiện quý I, quý II năm 2025",
        "Thực hiện tuần 3 năm 2025",
        "Thực hiện 30/6/2025",
        "Thực hiện năm 24",
        "Thực hiện năm 20241",
        "Thực hiện học kỳ I năm học 2024-2025",
    ],
)
def test_words_that_make_a_column_another_period_are_asked_about(header: str) -> None:
    assert to_column_period(header, YEAR) is None


@pytest.mark.parametrize("header", ["Thực hiện năm trước nữa", "Thực hiện 2 năm trước"])
def test_two_years_before_are_not_one(header: str) -> None:
    assert to_column_period("Thực hiện năm trước", YEAR, years_before=1) == "2024"
    assert to_column_period(header, YEAR, years_before=1) is None


def test_a_title_of_a_month_and_of_the_year_so_far_leaves_the_column_to_say_which() -> None:
    title = find_period_words(["Kết quả tháng 6 và lũy kế từ đầu năm 2025"])
    assert to_column_period("Thực hiện", title) is None
    assert to_column_period("Thực hiện tháng 6", title) == "06/2025"
