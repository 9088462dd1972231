"""The stack's files as the tests read them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
Service = dict[str, Any]


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the root of the repository."""
    return REPOSITORY


@pytest.fixture(scope="session")
def compose() -> dict[str, Any]:
    """Return docker-compose.yml with its anchors merged and its variables as written."""
    content: dict[str, Any] = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="session")
def mail(repository: Path) -> dict[str, Any]:
    """Return docker/mail.yml, what is added for reminders by e-mail."""
    content: dict[str, Any] = yaml.safe_load((repository / "docker" / "mail.yml").read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="session")
def services(compose: dict[str, Any]) -> dict[str, Service]:
    """Return the services by name."""
    return dict(compose["services"])


@pytest.fixture(scope="session")
def daemons(services: dict[str, Service]) -> dict[str, Service]:
    """Return the services that are meant to stay up."""
    return {name: service for name, service in services.items() if not name.endswith("-prepare")}


@pytest.fixture(scope="session")
def dockerfiles() -> dict[str, str]:
    """Return the recipes of our images by the name of their folder."""
    return {
        file.parent.name: file.read_text(encoding="utf-8") for file in REPOSITORY.glob("docker/*/Dockerfile")
    }
