"""What one submission costs → each part as it is, against the way that would be simpler and was left."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from benchmarks.pairs import compare
from cotmoc.registry import Registry
from cotmoc.settings import REPOSITORY
from expectations.checking import inert
from expectations.gate import judge_landing
from expectations.landing_evidence import with_landing_evidence
from expectations.project import WITH_ROWS, open_project, to_expectation
from expectations.suite import read_suite
from ingestion.landing import land_rows
from ingestion.rows import PARQUET_TYPES, Row, to_record

PAIRS = 7
ROWS = 500
RECEIVED_ON = date(2026, 1, 5)
ROW = Row(
    row_number=5,
    sheet="Số liệu",
    cell="G5",
    raw_text="6,35",
    indicator_code="grdp_growth",
    method_version=None,
    unit_of_measure="percent",
    admin_unit_code="tinh_bac_kan",
    period_kind="year",
    period_start=date(2023, 1, 1),
    period_end=date(2023, 12, 31),
    period_text="2023",
    value=6.35,
    value_decimals=2,
    missing_code=None,
    qualifier=None,
    status_code="preliminary",
    source_authority_code="statistics_office",
    published_on=date(2024, 12, 31),
    published_precision="day",
    published_text="31/12/2024",
    source="Báo cáo",
    note=None,
)


def main() -> None:
    """Print the ratios of the copying child's start, of landing rows, of the gate that finds something."""
    _compare_starts()
    with tempfile.TemporaryDirectory() as folder:
        _compare_landing(Path(folder))
        _compare_gates(Path(folder))


def _compare_starts() -> None:
    def start(*first: str) -> None:
        program = "; ".join([*(f"import {name}" for name in first), "import ingestion.marking.child"])
        subprocess.run([sys.executable, "-I", "-c", program], check=True)

    everything = ("copying child with numpy and Pillow", lambda: start("numpy", "PIL.Image"))
    compare(everything, ("without", start), PAIRS)


def _compare_landing(folder: Path) -> None:
    rows = [replace(ROW, row_number=number) for number in range(ROWS)]

    def row_by_row() -> None:
        columns = ", ".join(f"{name} {kind}" for name, kind in PARQUET_TYPES.items())
        marks = ", ".join("?" for _ in PARQUET_TYPES)
        with duckdb.connect(":memory:", config={"threads": 1}) as connection:
            connection.execute(f"create table landed ({columns})")
            records = [["x", *to_record(row).values()] for row in rows]
            connection.executemany(f"insert into landed values ({marks})", records)  # noqa: S608 - only marks
            connection.execute(f"copy landed to '{folder}/by-row.parquet' (format parquet)")

    by_column = ("column by column", lambda: land_rows(folder, "x", rows))
    compare((f"{ROWS} rows landed row by row", row_by_row), by_column, PAIRS)


def _compare_gates(folder: Path) -> None:
    import great_expectations as gx
    import pandas as pd

    registry = Registry(REPOSITORY / "dbt_project" / "seeds").landing_registry("cuc_thong_ke")
    frame = pd.DataFrame([to_record(replace(ROW, value=635.0))])
    ((name, checks),) = read_suite("landing_so_lieu").tables()

    def asked_for_all() -> None:
        with open_project(folder) as project:
            evidence = inert(with_landing_evidence(frame, registry, RECEIVED_ON), checks)
            batch = project.definition(name, checks).frame.get_batch(batch_parameters={"dataframe": evidence})
            suite = gx.ExpectationSuite(name="all", expectations=[to_expectation(check) for check in checks])
            batch.validate(suite, result_format=WITH_ROWS)

    def asked_twice() -> None:
        judge_landing(frame, registry, RECEIVED_ON, folder=folder)

    asked_twice()
    compare(
        ("gate asked for the rows of every check", asked_for_all),
        ("of those that failed", asked_twice),
        PAIRS,
    )


if __name__ == "__main__":
    main()
