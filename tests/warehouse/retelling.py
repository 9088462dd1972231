"""One instance over time: what it told first, and each thing that made it tell something else later."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

import cotmoc.build
import cotmoc.dbt_runs
from cotmoc.build import BuildSummary, build
from cotmoc.decisions import approve, withdraw
from cotmoc.desk import Desk
from cotmoc.intake import submit
from cotmoc.places import Places
from cotmoc.settings import REPOSITORY
from tests.ingestion.workbooks import workbook
from tests.real_home import desk_at, land_real_submissions, manifest

FIRST_FILES = (
    "2020-12-31_tinh_bac_kan_thuonghieucongluan-com-vn",
    "2021-12-31_tinh_bac_kan_baobackan-vn",
    "2023-11-30_tinh_bac_kan_baobackan-com-vn",
    "2023-12-31_tinh_bac_kan_baobackan-com-vn",
    "2023-12-31_tinh_thai_nguyen_cu_iphub-vn",
    "2025-01-31_tinh_bac_kan_baobackan-vn",
    "2025-09-16_tinh_thai_nguyen_thanhnien-vn",
)
LATER_FILE = "2025-12-31_tinh_bac_kan_backan-gov-vn"
OFFICE = "cuc_thong_ke"

# One row of LATER_FILE again: same department, series, source and publication, another value.
CORRECTION = {
    "Mã chỉ tiêu": "grdp_per_capita",
    "Chỉ tiêu": "GRDP bình quân/người (giá hiện hành)",
    "Đơn vị tính": "triệu đồng/người",
    "Kỳ": "2024",
    "Giá trị": 55,
    "Trạng thái số liệu": "Không nêu",
    "Cơ quan công bố": "Cơ quan thống kê",
    "Ngày công bố": "2025",
    "Nguồn": "https://backan.gov.vn/pages/grdp-tang-truong-lien-tuc-va-kha-on-dinh-9585.aspx",
}

# What another registry says of three targets and one policy: a higher goal, an earlier baseline, a stricter band.
OTHER_TARGETS = {"bk_grdp_per_capita": {"target_low": "150"}, "tnp_grdp_current": {"baseline_year": "2022"}}
OTHER_POLICIES = {"needs_acceleration_from": {"value": "0.75"}}


@dataclass(frozen=True)
class Retold:
    """The instance after its last release, the registry it was built with, and what each build said."""

    places: Places
    dbt_project: Path
    summaries: tuple[BuildSummary, ...]


def retell(folder: Path) -> Retold:
    """Build one release after another: the first figures, later ones, a correction, its withdrawal, other rules."""
    desk = land_real_submissions(folder / "home", [entry for entry in manifest() if is_first(entry)])
    summaries = [build(desk.places)]
    land_real_submissions(
        desk.places.home, [entry for entry in manifest() if Path(entry["file"]).stem == LATER_FILE]
    )
    summaries.append(build(desk.places))
    correction = hand_in(desk_at(desk.places.home), folder / "dieu_chinh.xlsx")
    summaries.append(build(desk.places))
    withdraw(desk_at(desk.places.home), correction, "Trần Thị B", "nhập nhầm")
    summaries.append(build(desk.places))
    dbt_project = folder / "dbt_project"
    shutil.copytree(REPOSITORY / "dbt_project", dbt_project)
    edit_seed(dbt_project / "seeds" / "targets.csv", "target_code", OTHER_TARGETS)
    edit_seed(dbt_project / "seeds" / "policies.csv", "policy_code", OTHER_POLICIES)
    summaries.append(with_project(dbt_project, lambda: build(desk.places)))
    return Retold(desk.places, dbt_project, tuple(summaries))


def is_first(entry: Mapping[str, str]) -> bool:
    """Return whether a row of the manifest is one of the first files of the statistics office."""
    return entry["department_code"] == OFFICE and Path(entry["file"]).stem in FIRST_FILES


def hand_in(desk: Desk, file: Path) -> str:
    """Hand in and approve the corrected row, recorded for the day that was told last; return the submission's id."""
    file.write_bytes(workbook(CORRECTION))
    receipt = submit(
        desk, file, OFFICE, "Nguyễn Văn A", received_on=date(2025, 12, 31), backdated_by="Lê Văn C"
    )
    assert receipt.state == "accepted" and receipt.submission_id, receipt.problems
    approve(desk, receipt.submission_id, "Trần Thị B")
    return receipt.submission_id


def edit_seed(file: Path, key: str, changes: Mapping[str, Mapping[str, str]]) -> None:
    """Write a seed anew with some cells changed; each row named must be there."""
    with file.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    assert changes.keys() <= {row[key] for row in rows}
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, **changes.get(row[key], {})} for row in rows)


def with_project(dbt_project: Path, work: Callable[[], BuildSummary]) -> BuildSummary:
    """Do the work with another registry than the shipped one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cotmoc.dbt_runs, "DBT_PROJECT", dbt_project)
        patch.setattr(cotmoc.build, "DBT_PROJECT", dbt_project)
        return work()
