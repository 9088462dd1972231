"""portal/rules.yaml → how long, how often, how much, as typed values."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, PositiveFloat, PositiveInt

SHIPPED = Path(__file__).with_name("rules.yaml")


class _Rules(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SessionRules(_Rules):
    """When a session ends by itself."""

    idle_seconds: PositiveFloat
    absolute_seconds: PositiveFloat


class SignInRules(_Rules):
    """When a name or an address may not try again."""

    failures: PositiveInt
    within_seconds: PositiveInt
    locked_seconds: PositiveInt
    attempts_per_address: str


class UploadRules(_Rules):
    """How much a request may carry, and how long a checked file waits."""

    fields_bytes: PositiveInt
    per_account: str
    ticket_seconds: PositiveFloat
    tickets_per_session: PositiveInt


class WorkRules(_Rules):
    """How many files at a time, and how many wait."""

    at_once: PositiveInt
    in_line: PositiveInt


class Rules(_Rules):
    """Everything that rules.yaml says."""

    sessions: SessionRules
    sign_in: SignInRules
    uploads: UploadRules
    work: WorkRules


def read_rules(path: Path | None = None) -> Rules:
    """Return the rules of a file, by default the shipped one. Raises ValidationError."""
    return Rules.model_validate(yaml.safe_load((path or SHIPPED).read_text(encoding="utf-8")))
