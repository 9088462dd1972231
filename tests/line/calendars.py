"""The shipped registry with other rows in some seeds, in a folder of the test's own."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from pathlib import Path

from cotmoc.registry import Registry
from cotmoc.settings import REPOSITORY
from tests.line.desks import REGISTRY

EXAMPLES = REPOSITORY / "docs" / "examples" / "reporting_obligations.csv"


def registry_with(folder: Path, **added: list[Mapping[str, str]]) -> Registry:
    """Return a copy of the registry with rows added to seeds; columns that are not given stay empty."""
    shutil.copytree(REGISTRY, folder, dirs_exist_ok=True)
    for seed, rows in added.items():
        path = folder / f"{seed}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            columns = next(csv.reader(file))
        with path.open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, columns, restval="", lineterminator="\n").writerows(rows)
    return Registry(folder)


def examples() -> list[Mapping[str, str]]:
    """Return the rows of the example configuration."""
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rule(**changed: str) -> Mapping[str, str]:
    """Return a row of the seed reporting_obligations: a monthly report, due on the 5th of the month that follows."""
    return {
        "obligation_code": "monthly",
        "name_vi": "Báo cáo tháng",
        "reporter_role": "Giám đốc Sở",
        "department_code": "so_vhttdl",
        "recipient_role": "Sở Tài chính",
        "recipient_department_code": "so_tai_chinh",
        "frequency": "month",
        "due_offset_months": "1",
        "due_day": "5",
        "is_exclusive": "false",
        "on_holiday": "keep",
        "form_code": "so_lieu",
        "legal_basis": "ví dụ",
        "valid_from": "2024-01-01",
    } | changed
