"""Landing rows and a small registry, written here so that each test says only what differs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from expectations.answers import LandingRegistry

INDICATORS = [
    # indicator_code, name_vi, unit_of_measure, is_structure_share, is_growth_rate, plausible_low, plausible_high
    ("grdp_growth", "Tốc độ tăng GRDP", "percent", "false", "true", "-50", "100"),
    ("grdp_share_agri", "Tỷ trọng nông nghiệp", "percent", "true", "false", "0", "100"),
    ("poverty_rate", "Tỷ lệ hộ nghèo", "percent", "false", "false", "0", "100"),
    ("budget_revenue", "Thu ngân sách", "billion_vnd", "false", "false", "0", "100000"),
    ("schools", "Số trường", "school", "false", "false", None, None),
]
UNITS = [
    ("percent", "%", "percent", "1"),
    ("million_vnd", "triệu đồng", "money_vnd", "1000000"),
    ("billion_vnd", "tỷ đồng", "money_vnd", "1000000000"),
    ("school", "trường", "school", "1"),
]
ADMIN_UNITS = [
    ("tinh_cu", "Tỉnh cũ", None, "2025-06-30"),
    ("tinh_moi", "Tỉnh mới", "2025-07-01", None),
]
ROW: dict[str, Any] = {
    "submission_id": "20240105-0123456789",
    "row_number": 5,
    "sheet": "Số liệu",
    "cell": "G5",
    "raw_text": "6,35",
    "indicator_code": "grdp_growth",
    "method_version": None,
    "unit_of_measure": "percent",
    "admin_unit_code": "tinh_cu",
    "period_kind": "year",
    "period_start": date(2023, 1, 1),
    "period_end": date(2023, 12, 31),
    "period_text": "2023",
    "value": 6.35,
    "value_decimals": 2,
    "missing_code": None,
    "qualifier": None,
    "status_code": "estimate",
    "source_authority_code": "statistics_office",
    "published_on": date(2024, 1, 5),
    "published_precision": "day",
    "published_text": "05/01/2024",
    "source": "Báo cáo",
    "note": None,
}


@pytest.fixture(scope="session")
def registry() -> LandingRegistry:
    """Return a registry of five indicators and two provinces, one after the other."""
    indicator_columns = [
        "indicator_code",
        "name_vi",
        "unit_of_measure",
        "is_structure_share",
        "is_growth_rate",
    ]
    return LandingRegistry(
        indicators=pd.DataFrame(INDICATORS, columns=[*indicator_columns, "plausible_low", "plausible_high"]),
        units_of_measure=pd.DataFrame(UNITS, columns=["unit_of_measure", "name_vi", "dimension", "factor"]),
        admin_units=pd.DataFrame(
            ADMIN_UNITS, columns=["admin_unit_code", "label_vi", "valid_from", "valid_to"]
        ),
        departments=pd.DataFrame({"department_code": ["cuc_thong_ke"]}),
        department_code="cuc_thong_ke",
    )


@pytest.fixture(scope="session")
def quality(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder whose Great Expectations project stays open: judging again is quick."""
    return tmp_path_factory.mktemp("quality")


@pytest.fixture
def rows() -> Callable[..., pd.DataFrame]:
    """Return a maker of landing rows: each argument is what one row has different from a sound one."""

    def make(*differences: dict[str, Any]) -> pd.DataFrame:
        return pd.DataFrame(
            [ROW | {"row_number": 5 + number} | different for number, different in enumerate(differences)]
        )

    return make
