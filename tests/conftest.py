"""What the suites share: one instance with the real figures, built once a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from cotmoc.dbt_runs import render_sql
from cotmoc.places import Places
from tests.real_home import build_real_home

_MACROS = {
    "open_sdg": "{{ published_progress('open_sdg', 'cases') }}",
    "eurostat": "{{ published_progress('eurostat', 'cases') }}",
    "over a table of another shape": "{{ published_progress('open_sdg', 'goals', base_value='y0', base_year=2020,"
    " current_value='y', current_year='2020 + 4', direction=\"case good when 'up' then 1 else -1 end\", target='t',"
    " target_year=2030, limit='null') }}",
    "bands of open_sdg": "{{ open_sdg_status('v', 'c') }}, {{ open_sdg_score('v', 'c') }}",
    "bands of open_sdg_to_target": "{{ open_sdg_status_to_target('v') }}, {{ open_sdg_score_to_target('v') }}",
    "bands of eurostat": "{{ eurostat_status('v', 'c') }}, {{ eurostat_score('v', 'c') }}",
    "bands of eurostat_to_target": "{{ eurostat_status_to_target('v') }}, {{ eurostat_score_to_target('v') }}",
    "to_12_digits": "{{ to_12_digits('v') }}",
    "sum to_12_digits": "{{ to_12_digits('sum(v order by place)') }}",
    "vi_number": "{{ vi_number('v') }}",
    "vi_number whole": "{{ vi_number('v', 0) }}",
    "vi_number of four": "{{ vi_number('v', 4) }}",
}


@pytest.fixture(scope="session")
def published_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a COTMOC_HOME with every shipped workbook landed, approved, built, published; never change it."""
    home = tmp_path_factory.mktemp("published") / "home"
    build_real_home(home)
    return home


@pytest.fixture(scope="session")
def methods(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the SQL of published methods, of their bands and of numbers, by name; dbt renders all in one start."""
    places = Places(tmp_path_factory.mktemp("methods"))
    return dict(zip(_MACROS, render_sql(places, ";".join(_MACROS.values())).split(";"), strict=True))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow whatever asks for the built instance or has the models judge hundreds of promises."""
    for item in items:
        if {"published_home", "judge"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
