"""What the suites share: one instance with the real figures, built once a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.real_home import build_real_home


@pytest.fixture(scope="session")
def published_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a COTMOC_HOME with every shipped workbook landed, approved, built, published; never change it."""
    home = tmp_path_factory.mktemp("published") / "home"
    build_real_home(home)
    return home


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow whatever asks for the built instance."""
    for item in items:
        if "published_home" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
