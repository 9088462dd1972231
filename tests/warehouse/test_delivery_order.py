"""The same submissions in any order of delivery → the same marts, every table of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cotmoc.build import build_as_of
from tests.real_home import land_real_submissions, manifest
from tests.warehouse.tables import Table, canonical_tables, rows

# The growth of Bắc Kạn in every vintage, and two equal sources in conflict that arrived on one day.
FILES = (
    "2021-12-31_tinh_bac_kan_baobackan-vn",
    "2023-11-30_tinh_bac_kan_baobackan-com-vn",
    "2023-12-31_tinh_bac_kan_baobackan-com-vn",
    "2024-12-31_tinh_thai_nguyen_cu_aloxekhach-com",
    "2024-12-31_tinh_thai_nguyen_cu_tinnhanhnhadat-vn",
    "2025-01-31_tinh_bac_kan_baobackan-vn",
    "2025-12-31_tinh_bac_kan_backan-gov-vn",
)
AS_OF = "2026-01-31"


def delivered(home: Path, order: list[dict[str, str]]) -> Path:
    """Return the marts after the workbooks were handed in in that order, each with the day it was received."""
    return build_as_of(land_real_submissions(home, order).places, AS_OF)


def all_tables(database: Path) -> dict[str, Table]:
    """Return every table that readers and reviewers read."""
    return canonical_tables(database) | canonical_tables(database, "review")


@pytest.fixture(scope="module")
def entries() -> list[dict[str, str]]:
    """Return the manifest's rows of the files, by day of reception."""
    found = [
        entry
        for entry in manifest()
        if entry["department_code"] == "cuc_thong_ke" and Path(entry["file"]).stem in FILES
    ]
    assert len(found) == len(FILES)
    return found


@pytest.fixture(scope="module")
def in_order(entries: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the marts after delivery by day of reception."""
    return delivered(tmp_path_factory.mktemp("in_order") / "home", entries)


@pytest.fixture(scope="module")
def expected(in_order: Path) -> dict[str, Table]:
    return all_tables(in_order)


@pytest.mark.slow
def test_the_files_hold_both_revisions_and_a_conflict(in_order: Path) -> None:
    growth = rows(
        in_order,
        "select value, vintage from marts.mart_observations where indicator_code = 'grdp_growth'"
        " and admin_unit_code = 'tinh_bac_kan' and period_end = date '2021-12-31' order by vintage",
    )
    assert growth == [(3.73, 1), (4.41, 2)]
    assert rows(
        in_order,
        "select target_code from marts.mart_target_status where verdict_code = 'conflicting_data'",
    ) == [("tny_grdp_per_capita_2023",)]


@pytest.mark.slow
@pytest.mark.parametrize(
    "order",
    [
        pytest.param((6, 5, 4, 3, 2, 1, 0), id="the_newest_first"),
        pytest.param((4, 0, 6, 3, 1, 5, 2), id="the_conflicting_source_before_the_other"),
        pytest.param((3, 5, 1, 6, 4, 2, 0), id="revisions_between_the_conflicting_sources"),
    ],
)
def test_any_order_of_delivery_gives_the_same_marts(
    entries: list[dict[str, str]], expected: dict[str, Table], tmp_path: Path, order: tuple[int, ...]
) -> None:
    assert sorted(order) == list(range(len(entries)))
    told = all_tables(delivered(tmp_path / "home", [entries[place] for place in order]))
    differing = {name for name in expected.keys() | told.keys() if told.get(name) != expected.get(name)}
    assert differing == set()
