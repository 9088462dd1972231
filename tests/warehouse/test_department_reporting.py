"""Who reported what by when: the shipped figures counted by hand, the SQL held against the Python it repeats."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cotmoc.dbt_runs import run_dbt
from cotmoc.desk import open_desk
from cotmoc.obligations import all_due
from cotmoc.places import Places
from cotmoc.registry import Registry
from cotmoc.reported import report_of
from cotmoc.templates import NoTemplateError, make_template
from ingestion.layouts import read_forms
from ingestion.normalising.periods import Period
from tests.line.calendars import examples, registry_with
from tests.line.desks import FORMS, REGISTRY
from tests.real_home import REAL_SUBMISSIONS
from tests.warehouse.tables import rows

SEEDS = ("reporting_obligations", "public_holidays", "departments", "indicators", "methods", "admin_units")
MODELS = ("int_departments__successions", "int_obligations__due", "int_obligation_figures__owed")
Due = set[tuple[object, ...]]


@pytest.fixture(scope="session")
def places(published_home: Path) -> Places:
    return Places(published_home)


# --- the shipped figures ----------------------------------------------------------------------------------------


def reported(places: Places, year: int) -> dict[str, dict[str, Any]]:
    """Return the published rows of the annual report for a year by department."""
    names = (
        "department_code",
        "state_code",
        "due_on",
        "received_on",
        "days_late",
        "is_complete",
        "cells_expected",
        "cells_filled",
        "cells_refused",
        "resubmissions",
        "recipient_role",
        "answering_department_code",
    )
    found = rows(
        places.current,
        f"select {', '.join(names)} from marts.mart_department_reporting"
        " where obligation_code = 'annual_result' and period_text = ? and period_kind = 'year'",
        str(year),
    )
    return {str(row[0]): dict(zip(names, row, strict=True)) for row in found}


def given_by_hand(department: str, year: int, provinces: set[str]) -> list[tuple[str, str, str, str]]:
    """Return what a department handed in for a year that is no plan: day, place, indicator and file's source."""
    with (REAL_SUBMISSIONS / "observations.csv").open(encoding="utf-8", newline="") as file:
        return sorted(
            (row["published_on"], row["admin_unit_code"], row["indicator_code"], row["source_url"])
            for row in csv.DictReader(file)
            if row["load"] == "yes"
            and row["submitter_department"] == department
            and (row["period_start"], row["period_end"]) == (f"{year}-01-01", f"{year}-12-31")
            and row["status"] != "plan"
            and row["admin_unit_code"] in provinces
        )


def owed_by_hand(department: str) -> set[str]:
    """Return the indicators that name a department and have a figure for a year."""
    with (REGISTRY / "indicators.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["indicator_code"]
            for row in csv.DictReader(file)
            if row["responsible_department_code"] == department
            and row["unit_of_measure"]
            and row["frequency"] != "school_year"
        }


def test_the_statistics_office_reported_2024_late_and_in_part(places: Places) -> None:
    row = reported(places, 2024)["cuc_thong_ke"]
    old_provinces = {"tinh_bac_kan", "tinh_thai_nguyen_cu"}
    handed_in = given_by_hand("cuc_thong_ke", 2024, old_provinces)
    owed = owed_by_hand("cuc_thong_ke")
    # 47 indicators in the two provinces that were there at the end of 2024; the first file came on 31 January 2025.
    assert (len(owed), row["cells_expected"]) == (47, 94)
    assert handed_in[0][0] == "2025-01-31"
    assert (row["state_code"], row["due_on"], row["received_on"]) == (
        "late",
        date(2024, 10, 19),
        date(2025, 1, 31),
    )
    assert row["days_late"] == (date(2025, 1, 31) - date(2024, 10, 19)).days == 104
    filled = {(place, indicator) for _, place, indicator, _ in handed_in if indicator in owed}
    assert (len(filled), row["cells_filled"]) == (11, 11)
    assert (row["is_complete"], row["cells_refused"]) == (False, 0)
    # Of the three files that speak of 2024 the one of the end of 2025 gives four rates of growth again.
    assert row["resubmissions"] == 1
    assert row["recipient_role"] == "Sở Kế hoạch và Đầu tư"


def test_figures_for_2025_are_owed_for_the_merged_province_to_another_recipient(places: Places) -> None:
    row = reported(places, 2025)["so_nnmt"]
    # Its own 12 indicators and the 9 of the department it followed, in one province.
    assert row["cells_expected"] == len(owed_by_hand("so_nnmt") | owed_by_hand("so_nnptnt")) == 21
    handed_in = given_by_hand("so_nnmt", 2025, {"tinh_thai_nguyen"})
    assert [day for day, *_ in handed_in] == ["2025-06-12", "2026-01-31", "2026-01-31"]
    assert (row["state_code"], row["received_on"], row["cells_filled"]) == ("on_time", date(2025, 6, 12), 3)
    assert row["recipient_role"] == "Sở Tài chính"


def test_what_an_ended_department_owes_is_answered_for_by_its_successor(places: Places) -> None:
    row = reported(places, 2024)["so_nnptnt"]
    assert given_by_hand("so_nnptnt", 2024, {"tinh_bac_kan", "tinh_thai_nguyen_cu"}) == []
    assert (row["state_code"], row["answering_department_code"]) == ("missing", "so_nnmt")
    # Until the last event of the ledger, 31 January 2026.
    assert row["days_late"] == (date(2026, 1, 31) - date(2024, 10, 19)).days == 469


def test_every_state_of_the_shipped_figures_is_counted(places: Places) -> None:
    states = {
        year: Counter(row["state_code"] for row in reported(places, year).values())
        for year in (2024, 2025, 2026)
    }
    assert states == {
        2024: {"late": 3, "missing": 7, "not_tracked": 6},
        2025: {"on_time": 2, "late": 1, "missing": 6, "not_tracked": 2},
        2026: {"not_due": 9, "not_tracked": 2},
    }


def test_the_line_sees_the_same_reports_as_the_mart(places: Places) -> None:
    desk = open_desk(places, REGISTRY, FORMS)
    submissions = list(desk.submissions().values())
    seen = {
        (item.obligation_code, item.owed_by_code, item.period_text, item.due_on): (
            found.received_at.replace(tzinfo=None) if found else None
        )
        for item in all_due(desk.registry, date(2026, 1, 31))
        for found in [report_of(item, desk.registry, places.rows, submissions)]
    }
    published = rows(
        places.current,
        "select obligation_code, department_code, period_text, due_on, received_at"
        " from marts.mart_department_reporting",
    )
    assert {row[:4]: row[4] for row in published} == seen
    assert len(seen) > 40


def test_what_is_expected_is_what_the_template_asks(places: Places) -> None:
    registry, forms = Registry(REGISTRY), read_forms(FORMS)
    published = rows(
        places.current,
        "select department_code, period_kind, period_start, period_end, cells_expected"
        " from marts.mart_department_reporting where form_code is not null",
    )
    compared = Counter[bool]()
    for department, kind, start, end, expected in published:
        period = Period(kind, start, end)  # type: ignore[arg-type]  # the kinds of the seed
        try:
            template = make_template(
                registry,
                forms,
                places.home / "none.duckdb",
                "so_lieu",
                str(department),
                period,
                date(2026, 1, 31),
            )
            asked = len(template.entries)
        except NoTemplateError:
            asked = 0
        assert expected == asked, (department, period.text)
        compared[asked > 0] += 1
    assert compared[True] > 20 and compared[False] > 5


# --- the SQL held against the Python ------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the SQL of the models by name, as dbt compiles it; over tables registry.* and intermediate.*."""
    places = Places(tmp_path_factory.mktemp("compiled"))
    run_dbt(places, ["compile", "--no-introspect", "--no-populate-cache", "--select", *MODELS])
    nodes = json.loads((places.dbt_target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    return {name: nodes[f"model.cotmoc.{name}"]["compiled_code"] for name in MODELS}


@pytest.fixture(scope="session")
def in_sql(compiled: dict[str, str]) -> Callable[[Path, date], Due]:
    """Return what falls due as the SQL says it over a registry, as of a day."""
    types = _column_types()

    def ask(seeds: Path, on: date) -> Due:
        with duckdb.connect(config={"threads": 1}) as connection:
            connection.execute(
                "attach ':memory:' as build; create schema build.registry; create schema build.intermediate"
            )
            for seed in SEEDS:
                columns = ", ".join(f"{name} {kind}" for name, kind in types[seed].items())
                connection.execute(f"create table build.registry.{seed} ({columns})")
                connection.execute(
                    f"insert into build.registry.{seed} by name"
                    f" from read_csv('{seeds / seed}.csv', all_varchar = true, nullstr = '')"
                )
            connection.execute(
                f"create table build.intermediate.int_as_of__instant as select date '{on}' as as_of_on"
            )
            for name, sql in compiled.items():
                connection.execute(f"create table build.intermediate.{name} as {sql}")
            return set(
                connection.execute(
                    "select obligation_code, department_code, period_text, period_start, period_end, due_on,"
                    " recipient_role, recipient_department_code, form_code"
                    " from build.intermediate.int_obligations__due"
                ).fetchall()
            )

    return ask


def _column_types() -> dict[str, dict[str, str]]:
    return {
        seed: yaml.safe_load((REGISTRY / f"{seed}.yml").read_text(encoding="utf-8"))["seeds"][0]["config"][
            "column_types"
        ]
        for seed in SEEDS
    }


def in_python(registry: Registry, on: date) -> Due:
    """Return what falls due as the line says it."""
    return {
        (
            item.obligation_code,
            item.owed_by_code,
            item.period_text,
            item.period_start,
            item.period_end,
            item.due_on,
            "; ".join(item.recipient_roles),
            item.recipient_department_code,
            item.form_code,
        )
        for item in all_due(registry, on)
    }


@pytest.fixture(scope="session")
def with_examples(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """Return the shipped registry with the example obligations of every frequency in force."""
    return registry_with(tmp_path_factory.mktemp("examples") / "seeds", reporting_obligations=examples())


@pytest.mark.slow
@pytest.mark.parametrize("on", [date(2024, 1, 1), date(2024, 10, 19), date(2024, 10, 20), date(2026, 2, 18)])
def test_sql_and_python_name_the_same_dates_of_the_shipped_rules(
    in_sql: Callable[[Path, date], Due], on: date
) -> None:
    found = in_sql(REGISTRY, on)
    assert found == in_python(Registry(REGISTRY), on)
    assert len(found) > 15


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(on=st.dates(date(2024, 1, 1), date(2036, 12, 31)))
def test_sql_and_python_name_the_same_dates_of_every_frequency(
    in_sql: Callable[[Path, date], Due], with_examples: Registry, on: date
) -> None:
    assert in_sql(with_examples.folder, on) == in_python(with_examples, on)


@pytest.mark.slow
def test_the_examples_fall_due_in_sql_too(
    in_sql: Callable[[Path, date], Due], with_examples: Registry
) -> None:
    found = {(row[0], row[2]): row[5] for row in in_sql(with_examples.folder, date(2026, 1, 1))}
    assert found["example_month", "09/2025"] == date(2025, 10, 6)
    assert found["example_quarter", "quý IV/2025"] == date(2026, 1, 9)
    assert found["example_half_year", "6 tháng 2026"] == date(2026, 6, 29)
    assert found["example_nine_months", "9 tháng 2026"] == date(2026, 10, 5)
    assert found["example_year_after", "2025"] == date(2026, 1, 30)
