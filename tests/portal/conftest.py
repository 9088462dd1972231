"""One running portal for the tests that only look, hand in and decide; those that change its rules run their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.portal.running import Portal, rules_file, running_portal


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """Return a running portal; many tests sign in from one address, so that rate is not limited here."""
    folder = tmp_path_factory.mktemp("portal")
    rules = rules_file(folder, sign_in={"attempts_per_address": "10000 per minute"})
    with running_portal(folder / "home", {"COTMOC_PORTAL_RULES": str(rules)}) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder."""
    return tmp_path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow whatever starts a portal: its gate takes seconds to import."""
    for item in items:
        if "tests/portal/" in str(item.path) and item.path.name != "test_parts.py":
            item.add_marker(pytest.mark.slow)
