"""The shipped workbooks, through the inbox: every figure lands as it was published, no file is asked about."""

from __future__ import annotations

import csv
from datetime import date

import duckdb

from cotmoc.desk import Desk
from cotmoc.intake import check, hand_over, take_in, waiting_files
from cotmoc.settings import REPOSITORY
from tests.real_home import REAL_SUBMISSIONS, manifest

_LANDED = """
    select indicator_code, coalesce(method_version, ''), unit_of_measure, admin_unit_code, period_kind,
           cast(period_start as varchar), cast(period_end as varchar), value, coalesce(qualifier, ''), status_code,
           source_authority_code, cast(published_on as varchar), published_precision
    from '{folder}/*.parquet'
"""


def test_every_published_figure_lands_as_it_was_published(desk: Desk) -> None:
    for entry in manifest():
        hand_over(
            desk.places,
            REAL_SUBMISSIONS / entry["file"],
            entry["department_code"],
            entry["submitted_by"],
            date.fromisoformat(entry["received_on"]),
            "Quản trị viên kiểm thử",
        )
    receipts = [take_in(desk, path) for path in waiting_files(desk.places)]
    assert [
        receipt.file_name for receipt in receipts if receipt.state != "accepted" or receipt.problems
    ] == []
    assert (len(receipts), sum(receipt.rows_accepted for receipt in receipts)) == (91, 284)
    with duckdb.connect() as connection:
        landed = connection.execute(_LANDED.format(folder=desk.places.rows)).fetchall()
    with (REPOSITORY / "real_submissions" / "observations.csv").open(encoding="utf-8") as file:
        published = [
            (
                row["indicator_code"],
                row["method_version"],
                row["unit_of_measure"],
                row["admin_unit_code"],
                row["period_kind"],
                row["period_start"],
                row["period_end"],
                float(row["value"]),
                row["qualifier"],
                row["status"],
                row["source_authority"],
                row["published_on"],
                row["published_precision"],
            )
            for row in csv.DictReader(file)
            if row["load"] == "yes"
        ]
    assert sorted(landed) == sorted(published)


def test_each_specimen_is_caught_where_it_says(desk: Desk) -> None:
    with (REAL_SUBMISSIONS / "specimens.csv").open(encoding="utf-8", newline="") as file:
        specimens = list(csv.DictReader(file))
    for specimen in specimens:
        receipt = check(desk, REAL_SUBMISSIONS / specimen["file"], specimen["department_code"])
        if specimen["caught_by"] == "form":
            assert receipt.state == "refused"
            rules = [problem.rule for problem in receipt.problems]
            assert set(rules) <= {
                "period_without_year",
                "period_of_several_years",
                "period_unreadable",
                "required_blank",
            }
            assert len(rules) == int(specimen["rows"])
            assert {(problem.cell or "")[0] for problem in receipt.problems} == {"F"}
        else:
            # A plausible figure that is wrong all the same: only a person who knows can send it back.
            assert (receipt.state, receipt.problems) == ("accepted", ())
