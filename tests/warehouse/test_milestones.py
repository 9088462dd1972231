"""Confirmations in a real ledger → what dbt knows of them, by the as-of."""

from __future__ import annotations

from datetime import date

import pytest

from cotmoc.build_inputs import write_build_inputs
from cotmoc.confirming import confirm, withdraw_confirmation
from cotmoc.dbt_runs import run_dbt
from cotmoc.desk import Desk
from tests.real_home import desk_at
from tests.warehouse.tables import rows

CITY = "bk_city_class_ii"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk where one milestone was confirmed twice, and another one confirmed and taken back."""
    folder = tmp_path_factory.mktemp("confirmed")
    evidence = folder / "Quyết định.pdf"
    evidence.write_bytes(b"%PDF-1.7")
    desk = desk_at(folder / "home")
    for person, note, day in [
        ("Lê Văn C", "bản ký số", date(2024, 1, 15)),
        ("Trần Thị B", None, date(2024, 3, 1)),
    ]:
        confirm(desk, CITY, 2023, evidence, person, note=note, on=day, backdated_by="quantri")
    taken_back, _ = confirm(
        desk, "bk_defence_security", 2023, evidence, "Trần Thị B", on=date(2024, 3, 1), backdated_by="quantri"
    )
    withdraw_confirmation(desk, taken_back.id, "Trần Thị B", "nhầm mục tiêu")
    write_build_inputs(desk.places, desk.places.warehouse, "0" * 64)
    return desk


def confirmed(desk: Desk, as_of: str = "") -> list[tuple[object, ...]]:
    """Return what the warehouse takes for confirmed."""
    run_dbt(desk.places, ["run", "-s", "+int_milestones__confirmed"], variables={"as_of": as_of})
    return rows(
        desk.places.build_database,
        "select target_code, evaluation_year, confirmed_by, cast(confirmed_at as varchar), evidence_file_name, note"
        " from intermediate.int_milestones__confirmed order by all",
    )


THE_FIRST = (CITY, 2023, "Lê Văn C", "2024-01-15 05:00:00", "Quyết định.pdf", "bản ký số")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("as_of", "known"),
    [
        pytest.param("2024-03-01", [CITY, "bk_defence_security"], id="before_the_withdrawal"),
        pytest.param("", [CITY], id="today"),
    ],
)
def test_a_milestone_is_confirmed_as_it_was_known_by_the_first_who_did(
    desk: Desk, as_of: str, known: list[str]
) -> None:
    found = confirmed(desk, as_of)
    assert [row[0] for row in found] == known
    assert found[0] == THE_FIRST
