"""What these suites share: one instance that told the same targets otherwise, release after release."""

from __future__ import annotations

import pytest

from tests.warehouse.retelling import Retold, retell


@pytest.fixture(scope="session")
def retold(tmp_path_factory: pytest.TempPathFactory) -> Retold:
    """Return an instance after five releases; never change it."""
    return retell(tmp_path_factory.mktemp("retold"))
