"""What these suites share: an instance told release after release, and a judge over imagined promises."""

from __future__ import annotations

import pytest

from cotmoc.dbt_runs import run_dbt
from cotmoc.places import Places
from tests.warehouse.promised import LAST, Judge, judge_over
from tests.warehouse.retelling import Retold, retell


@pytest.fixture(scope="session")
def retold(tmp_path_factory: pytest.TempPathFactory) -> Retold:
    """Return an instance after five releases; never change it."""
    return retell(tmp_path_factory.mktemp("retold"))


@pytest.fixture(scope="session")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """Return the judge over the SQL that is published; dbt compiles it once a run."""
    places = Places(tmp_path_factory.mktemp("judge"))
    run_dbt(places, ["compile", "--no-introspect", "--no-populate-cache", "--select", f"+{LAST}"])
    return judge_over(places.dbt_target / "manifest.json")
