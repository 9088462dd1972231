"""Periods and publication dates: every way of writing reads back to the same days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.normalising.periods import Period, to_administrative, to_last_day, to_period, why_no_period
from ingestion.normalising.publication_dates import (
    PublicationDate,
    to_publication_date,
    why_no_publication_date,
)
from ingestion.sentences import SENTENCES

YEARS = st.integers(1901, 2098)
DAYS = st.dates(date(1901, 1, 1), date(2098, 12, 31))


def of_months(kind: str, first: int, last: int) -> st.SearchStrategy[Period]:
    return YEARS.map(lambda year: Period(kind, date(year, first, 1), to_last_day(year, last)))  # type: ignore[arg-type]  # the kinds below


PERIODS = st.one_of(
    of_months("year", 1, 12),
    of_months("half_year", 1, 6),
    of_months("half_year", 7, 12),
    of_months("nine_months", 1, 9),
    st.integers(1, 4).flatmap(lambda quarter: of_months("quarter", 3 * quarter - 2, 3 * quarter)),
    st.integers(1, 12).flatmap(lambda month: of_months("month", month, month)),
    YEARS.map(lambda year: Period("school_year", date(year, 9, 1), date(year + 1, 8, 31))),
    DAYS.map(lambda day: Period("instant", day, day)),
    DAYS.map(lambda day: Period("cumulative_to_date", date(day.year, 1, 1), day)),
    st.tuples(DAYS, st.integers(0, 3000)).map(
        lambda pair: Period(
            "cumulative_to_date", pair[0], min(pair[0] + timedelta(days=pair[1]), date(2098, 12, 31))
        )
    ),
)


@given(PERIODS)
def test_a_period_reads_back_from_the_way_we_write_it(period: Period) -> None:
    assert to_period(period.text) == period


@given(PERIODS)
def test_a_period_of_the_administrative_calendar_reads_back_with_its_days(period: Period) -> None:
    assert to_period(to_administrative(period).text) == to_administrative(period)


@given(PERIODS)
def test_a_form_of_the_administrative_calendar_reads_months_from_the_15th_to_the_14th(period: Period) -> None:
    assert to_period(period.text, "administrative") == to_administrative(period)


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("2025", "2024-12-15", "2025-12-14"),
        ("6 tháng 2025", "2024-12-15", "2025-06-14"),
        ("6 tháng cuối năm 2025", "2025-06-15", "2025-12-14"),
        ("quý I/2025", "2024-12-15", "2025-03-14"),
        ("06/2025", "2025-05-15", "2025-06-14"),
    ],
)
def test_administrative_reports_count_these_days(typed: str, start: str, end: str) -> None:
    period = to_period(typed, "administrative")
    assert period is not None
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("quý I", "period_without_year"),
        ("6 tháng đầu năm", "period_without_year"),
        ("T3", "period_without_year"),
        ("20/7", "period_without_year"),
        ("đến ngày 06/6", "period_without_year"),
        ("năm học 2018", "period_without_year"),
        ("giai đoạn 2021-2025", "period_of_several_years"),
        ("bình quân 2021-2025", "period_of_several_years"),
        ("2018-2019", "period_of_several_years"),
        ("3/2024 (10/02-14/03)", "period_days_do_not_fit"),
        ("45000", "period_is_serial"),
        ("mới đây", "period_unreadable"),
    ],
)
def test_a_text_that_is_no_period_is_told_what_it_lacks(typed: str, rule: str) -> None:
    assert to_period(typed) is None
    assert why_no_period(typed) == rule


@given(PERIODS)
def test_capitals_and_spaces_do_not_matter(period: Period) -> None:
    assert to_period(f"  {period.text.upper()}\u00a0") == period


@given(st.text(max_size=20))
def test_any_text_is_a_period_or_none(typed: str) -> None:
    assert isinstance(to_period(typed), Period | None)
    assert why_no_period(typed) in SENTENCES
    assert isinstance(to_publication_date(typed), PublicationDate | None)
    assert why_no_publication_date(typed)[0] in SENTENCES


@pytest.mark.parametrize(
    ("typed", "kind", "start", "end"),
    [
        ("2024", "year", "2024-01-01", "2024-12-31"),
        ("năm 2024", "year", "2024-01-01", "2024-12-31"),
        ("6 tháng đầu năm 2024", "half_year", "2024-01-01", "2024-06-30"),
        ("9 tháng/2024", "nine_months", "2024-01-01", "2024-09-30"),
        ("Quý 4 năm 2023", "quarter", "2023-10-01", "2023-12-31"),
        ("quý II/2023", "quarter", "2023-04-01", "2023-06-30"),
        ("tháng 2 năm 2024", "month", "2024-02-01", "2024-02-29"),
        ("2/2023", "month", "2023-02-01", "2023-02-28"),
        ("luỹ kế đến ngày 15/03/2024", "cumulative_to_date", "2024-01-01", "2024-03-15"),
        ("lũy kế từ 01/01/2022 đến 19/01/2023", "cumulative_to_date", "2022-01-01", "2023-01-19"),
        ("Năm học 2018 – 2019", "school_year", "2018-09-01", "2019-08-31"),
        ("ngày 14/12/2023", "instant", "2023-12-14", "2023-12-14"),
        ("nga\u0300y 14/12/2023", "instant", "2023-12-14", "2023-12-14"),
        ("ngày 15 tháng 10 năm 2025", "instant", "2025-10-15", "2025-10-15"),
        ("Q1/2024", "quarter", "2024-01-01", "2024-03-31"),
        ("quý 1 năm 2024", "quarter", "2024-01-01", "2024-03-31"),
        ("quý III năm 2024", "quarter", "2024-07-01", "2024-09-30"),
        ("2024-Q4", "quarter", "2024-10-01", "2024-12-31"),
        ("T3/2024", "month", "2024-03-01", "2024-03-31"),
        ("Tháng 03 năm 2024", "month", "2024-03-01", "2024-03-31"),
        ("2024-03", "month", "2024-03-01", "2024-03-31"),
        ("6 tháng cuối năm 2024", "half_year", "2024-07-01", "2024-12-31"),
        ("9 tháng đầu năm 2024", "nine_months", "2024-01-01", "2024-09-30"),
        ("năm ngân sách 2024", "year", "2024-01-01", "2024-12-31"),
        ("2024 (quyết toán đến 31/01/2025)", "year", "2024-01-01", "2024-12-31"),
        ("đến ngày 06/6/2025", "cumulative_to_date", "2025-01-01", "2025-06-06"),
        ("cộng dồn đến ngày 06/6/2025", "cumulative_to_date", "2025-01-01", "2025-06-06"),
        ("đến hết tháng 9/2025", "cumulative_to_date", "2025-01-01", "2025-09-30"),
        ("lũy kế đến hết quý III/2025", "cumulative_to_date", "2025-01-01", "2025-09-30"),
        ("tháng 3/2024 (15/02-14/03)", "month", "2024-02-15", "2024-03-14"),
        ("1/2024 (15/12/2023-14/01/2024)", "month", "2023-12-15", "2024-01-14"),
        ("năm 2024 (từ 15/12 đến 14/12)", "year", "2023-12-15", "2024-12-14"),
        ("quý II/2024 (01/04-30/06)", "quarter", "2024-04-01", "2024-06-30"),
    ],
)
def test_a_period_is_read(typed: str, kind: str, start: str, end: str) -> None:
    period = to_period(typed)
    assert period is not None
    assert (period.kind, period.start.isoformat(), period.end.isoformat()) == (kind, start, end)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "24",
        "13/2024",
        "quý V/2024",
        "ngày 31/02/2024",
        "năm học 2018-2020",
        "2018-2019",
        "lũy kế từ 02/01/2024 đến 01/01/2024",
        "6 tháng",
        "20/7",
        "1824",
    ],
)
def test_what_names_no_days_is_no_period(typed: str) -> None:
    assert to_period(typed) is None


@given(DAYS, st.sampled_from(["day", "month", "quarter", "year", "unknown"]))
def test_a_publication_date_reads_back_from_the_way_we_write_it(day: date, precision: str) -> None:
    last_months = {"month": day.month, "quarter": (day.month + 2) // 3 * 3, "year": 12, "unknown": 12}
    last = day if precision == "day" else to_last_day(day.year, last_months[precision])
    published = PublicationDate(last, precision)  # type: ignore[arg-type]  # sampled from the precisions
    assert to_publication_date(published.text) == published


@pytest.mark.parametrize(
    ("typed", "last_day", "precision"),
    [
        ("2024-12-05", "2024-12-05", "day"),
        ("5/12/2024", "2024-12-05", "day"),
        ("ngày 05/12/2024", "2024-12-05", "day"),
        ("tháng 2/2024", "2024-02-29", "month"),
        ("Quý IV năm 2024", "2024-12-31", "quarter"),
        ("2024 (không rõ)", "2024-12-31", "unknown"),
        ("ngày 15 tháng 10 năm 2025", "2025-10-15", "day"),
        ("15-10-2025", "2025-10-15", "day"),
        ("tháng 10 năm 2025", "2025-10-31", "month"),
        ("Q4/2025", "2025-12-31", "quarter"),
    ],
)
def test_a_publication_date_counts_as_the_last_day_of_its_span(
    typed: str, last_day: str, precision: str
) -> None:
    published = to_publication_date(typed)
    assert published == PublicationDate(date.fromisoformat(last_day), precision)  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize(
    "typed", ["20/7", "31/12/24", "12/31/2024", "2024-13-01", "31/02/2024", "mới đây", ""]
)
def test_a_date_without_year_or_that_does_not_exist_is_none(typed: str) -> None:
    assert to_publication_date(typed) is None


@pytest.mark.parametrize(
    ("typed", "rule", "offer"),
    [
        ("12/31/2024", "publication_date_impossible", "31/12/2024"),
        ("31/02/2024", "publication_date_impossible", ""),
        ("31/12/24", "publication_date_year_short", "31/12/2024"),
        ("20/7", "publication_date_without_year", ""),
        ("quý IV", "publication_date_without_year", ""),
        ("mới đây", "publication_date_unreadable", ""),
    ],
)
def test_a_text_that_is_no_date_is_told_what_it_lacks(typed: str, rule: str, offer: str) -> None:
    assert to_publication_date(typed) is None
    assert why_no_publication_date(typed) == (rule, offer)
