"""Data Docs: every run has its page, old ones go, and what stands in a workbook is shown, never run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from expectations import data_docs
from expectations.answers import LandingRegistry
from expectations.gate import build_data_docs, judge_landing

RECEIVED_ON = date(2024, 1, 5)
Rows = Callable[..., pd.DataFrame]


def pages(index: Path) -> list[Path]:
    """Return the pages of validation runs."""
    return sorted((index.parent / "validations").rglob("*.html"))


def test_markup_in_a_cell_is_escaped(tmp_path: Path, rows: Rows, registry: LandingRegistry) -> None:
    hostile = {"indicator_code": "<script>alert(1)</script>", "admin_unit_code": "${alert}{{x}}"}
    judge_landing(rows(hostile), registry, RECEIVED_ON, folder=tmp_path)
    texts = [page.read_text(encoding="utf-8") for page in pages(build_data_docs(tmp_path))]
    assert texts
    assert not any("<script>alert" in text for text in texts)


def test_pages_are_added_and_old_ones_dropped(
    tmp_path: Path, rows: Rows, registry: LandingRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_docs, "KEPT_RESULTS", 2)
    judge_landing(rows({}), registry, RECEIVED_ON, folder=tmp_path)
    first = pages(build_data_docs(tmp_path))
    assert len(first) == 1
    for _ in range(2):
        judge_landing(rows({}), registry, RECEIVED_ON, folder=tmp_path)
    now = pages(build_data_docs(tmp_path))
    assert len(now) == 2
    assert not set(first) & set(now)
