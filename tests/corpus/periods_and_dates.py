"""Ways of writing a period or a day of publication, and what cannot be true of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.corpus.cases import accepted, error, form, note, refused, waiting, warning
from tests.corpus.spoiling import shown_as

STATUS_OF_ESTIMATE = "Ước tính"
MERGED_PROVINCE = "Tỉnh Thái Nguyên (từ 01/7/2025)"

# What is typed in Kỳ → kind, first and last day.
PERIODS: tuple[tuple[str, Any, tuple[str, date, date], tuple[str, ...]], ...] = (
    ("year_as_a_number", 2023, ("year", date(2023, 1, 1), date(2023, 12, 31)), ("E23",)),
    ("year_with_its_word", "Năm 2023", ("year", date(2023, 1, 1), date(2023, 12, 31)), ("E23",)),
    (
        "first_six_months",
        "6 tháng đầu năm 2024",
        ("half_year", date(2024, 1, 1), date(2024, 6, 30)),
        ("E23",),
    ),
    ("nine_months", "9 tháng năm 2024", ("nine_months", date(2024, 1, 1), date(2024, 9, 30)), ("E23",)),
    ("quarter_in_roman", "Quý I năm 2024", ("quarter", date(2024, 1, 1), date(2024, 3, 31)), ("E23",)),
    ("quarter_in_arabic", "quý 3/2024", ("quarter", date(2024, 7, 1), date(2024, 9, 30)), ("E23",)),
    ("month_with_its_word", "tháng 6 năm 2024", ("month", date(2024, 6, 1), date(2024, 6, 30)), ("E23",)),
    ("month_without_leading_zero", "6/2024", ("month", date(2024, 6, 1), date(2024, 6, 30)), ("E23",)),
    ("february_of_a_leap_year", "02/2024", ("month", date(2024, 2, 1), date(2024, 2, 29)), ("E23",)),
    (
        "school_year_with_spaces",
        "năm học 2018 - 2019",
        ("school_year", date(2018, 9, 1), date(2019, 8, 31)),
        ("E23",),
    ),
    (
        "school_year_with_a_dash",
        "Năm học 2018–2019",
        ("school_year", date(2018, 9, 1), date(2019, 8, 31)),
        ("E19", "E23"),
    ),
    (
        "cumulative_to_a_day",
        "lũy kế đến ngày 06/6/2024",
        ("cumulative_to_date", date(2024, 1, 1), date(2024, 6, 6)),
        ("E23",),
    ),
    (
        "cumulative_in_the_other_spelling",
        "luỹ kế đến 15/3/2024",
        ("cumulative_to_date", date(2024, 1, 1), date(2024, 3, 15)),
        ("E23", "E36"),
    ),
    (
        "administrative_year_in_days",
        "lũy kế từ 15/12/2022 đến 14/12/2023",
        ("cumulative_to_date", date(2022, 12, 15), date(2023, 12, 14)),
        ("E24",),
    ),
    (
        "administrative_month_in_days",
        "lũy kế từ 15/5/2024 đến 14/6/2024",
        ("cumulative_to_date", date(2024, 5, 15), date(2024, 6, 14)),
        ("E24",),
    ),
    (
        "budget_year_settled_in_january",
        "lũy kế từ 01/01/2023 đến 31/01/2024",
        ("cumulative_to_date", date(2023, 1, 1), date(2024, 1, 31)),
        ("E25",),
    ),
    ("a_single_day", "ngày 14/12/2023", ("instant", date(2023, 12, 14), date(2023, 12, 14)), ("E23",)),
)

WITHOUT_YEAR: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("period_without_a_year", "quý I", ("E23",)),
    ("cumulative_day_without_a_year", "lũy kế đến ngày 20/7", ("E23",)),
)

UNREADABLE: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("period_last_year_in_words", "năm ngoái", ("E23",)),
    ("month_thirteen", "13/2024", ("E23",)),
    ("quarter_five", "quý V/2024", ("E23",)),
    ("year_of_two_digits", "năm 24", ("E23",)),
    ("year_before_the_last_century", "1823", ("E41",)),
    ("school_year_of_two_years", "năm học 2018-2020", ("E23",)),
    ("thirtieth_of_february", "lũy kế đến 30/02/2024", ("E23",)),
    ("period_that_ends_before_it_begins", "lũy kế từ 01/6/2024 đến 01/5/2024", ("E23",)),
)

# What is typed in Ngày công bố → last day, precision.
PUBLISHED: tuple[tuple[str, Any, tuple[date, str], tuple[str, ...]], ...] = (
    ("day_before_month", "03/05/2024", (date(2024, 5, 3), "day"), ("E23",)),
    ("date_cell", date(2024, 5, 3), (date(2024, 5, 3), "day"), ("E23",)),
    ("publication_month", "12/2024", (date(2024, 12, 31), "month"), ("E23",)),
    ("publication_quarter", "quý IV/2024", (date(2024, 12, 31), "quarter"), ("E23",)),
    ("publication_year_as_number", 2024, (date(2024, 12, 31), "year"), ("E23",)),
    ("publication_unknown_within_a_year", "2024 (không rõ)", (date(2024, 12, 31), "unknown"), ("E33",)),
)

UNREADABLE_DATES: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("publication_serial_number", 45000, ("E23", "4b-16")),
)

CASES = (
    *(
        accepted(
            f"period_{name}" if not name.startswith("period") else name,
            form({"Kỳ": typed}),
            {"period_kind": kind, "period_start": start, "period_end": end},
            covers=covers,
        )
        for name, typed, (kind, start, end), covers in PERIODS
    ),
    *(
        refused(name, form({"Kỳ": typed}), error("period_unreadable", "F5", str(typed)), covers=covers)
        for name, typed, covers in UNREADABLE
    ),
    *(
        accepted(
            f"published_{name}" if not name.startswith("publi") else name,
            form({"Ngày công bố": typed}),
            {"published_on": day, "published_precision": precision},
            covers=covers,
        )
        for name, typed, (day, precision), covers in PUBLISHED
    ),
    *(
        refused(
            name,
            form({"Ngày công bố": typed}),
            error("publication_date_unreadable", "J5", str(typed)),
            covers=covers,
        )
        for name, typed, covers in UNREADABLE_DATES
    ),
    *(
        refused(name, form({"Kỳ": typed}), error("period_without_year", "F5", typed), covers=covers)
        for name, typed, covers in WITHOUT_YEAR
    ),
    refused(
        "period_as_a_serial_number",
        form({"Kỳ": 45292}),
        error("period_is_serial", "F5", "45292"),
        covers=("E23", "4b-16"),
    ),
    refused(
        "period_of_five_years",
        form({"Kỳ": "2021-2025"}),
        error("period_of_several_years", "F5", "2021-2025"),
        covers=("E23",),
    ),
    refused(
        "publication_day_without_a_year",
        form({"Ngày công bố": "20/7"}),
        error("publication_date_without_year", "J5", "20/7"),
        covers=("E23",),
    ),
    refused(
        "month_before_day",
        form({"Ngày công bố": "07/20/2024"}),
        error("publication_date_impossible", "J5", "07/20/2024"),
        covers=("E23",),
    ),
    refused(
        "thirty_first_of_april",
        form({"Ngày công bố": "31/04/2024"}),
        error("publication_date_impossible", "J5", "31/04/2024"),
        covers=("E23",),
    ),
    refused(
        "publication_year_of_two_digits",
        form({"Ngày công bố": "05/01/24"}),
        error("publication_date_year_short", "J5", "05/01/24"),
        covers=("E23",),
    ),
    refused(
        "period_that_excel_made_a_date",
        form({"Kỳ": date(2024, 1, 1)}, spoil=shown_as("F5", "mmm-yy")),
        error("period_is_date", "F5", "01/01/2024"),
        covers=("E19", "E23"),
    ),
    accepted(
        "publication_month_that_excel_made_a_date",
        form({"Ngày công bố": date(2024, 12, 1)}, spoil=shown_as("J5", "mmm-yy")),
        {"published_on": date(2024, 12, 31), "published_precision": "month"},
        covers=("E23",),
    ),
    refused("period_left_blank", form({"Kỳ": None}), error("required_blank", "F5"), covers=("E23",)),
    refused(
        "published_after_it_was_handed_in",
        form({"Ngày công bố": "31/12/2025"}),
        error("published_before_reception", "J5", "31/12/2025"),
        covers=("E41",),
    ),
    refused(
        "figure_of_a_year_to_come",
        form({"Kỳ": "2026", "Đơn vị hành chính": MERGED_PROVINCE, "Trạng thái số liệu": STATUS_OF_ESTIMATE}),
        error("actual_period_has_begun", "F5", "2026"),
        covers=("E41",),
    ),
    accepted(
        "plan_of_a_year_to_come",
        form({"Kỳ": "2026", "Đơn vị hành chính": MERGED_PROVINCE, "Trạng thái số liệu": "Kế hoạch"}),
        {"period_text": "2026", "status_code": "plan"},
        covers=("E26", "E41"),
    ),
    refused(
        "official_figure_of_a_running_year",
        form({"Kỳ": "2024", "Ngày công bố": "01/10/2024", "Trạng thái số liệu": "Chính thức"}),
        error("official_period_is_over", "H5", "2024"),
        covers=("E26",),
    ),
    accepted(
        "estimate_of_a_running_year",
        form({"Kỳ": "2024", "Ngày công bố": "01/10/2024", "Trạng thái số liệu": "Ước tính"}),
        {"status_code": "estimate"},
        covers=("E26",),
    ),
    accepted(
        "preliminary_figure_of_a_running_year_is_worth_a_look",
        form({"Kỳ": "2024", "Ngày công bố": "01/10/2024", "Trạng thái số liệu": "sơ bộ"}),
        {"status_code": "preliminary"},
        covers=("E26",),
        problems=(note("preliminary_period_is_over", "H5", "2024"),),
    ),
    accepted(
        "status_with_its_round_of_estimation",
        form({"Trạng thái số liệu": "Ước tính lần 2"}),
        {"status_code": "estimate"},
        covers=("E26",),
    ),
    waiting(
        "merged_province_in_a_year_before_it_was",
        form({"Kỳ": "2022", "Đơn vị hành chính": MERGED_PROVINCE}),
        warning("admin_unit_exists_in_that_year", "E5", MERGED_PROVINCE),
        covers=("4b-18",),
    ),
)
