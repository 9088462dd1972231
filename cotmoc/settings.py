"""Environment → settings. The only module that reads the environment."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from cotmoc.places import Places as Places

REPOSITORY = Path(__file__).resolve().parents[1]


class Settings(BaseSettings):
    """What may differ from one installation to another; each setting is the variable COTMOC_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="COTMOC_", env_file=None, extra="ignore")

    home: Path = Field(default=Path("var"), description="all state of this instance")
    registry: Path = Field(
        default=REPOSITORY / "dbt_project" / "seeds", description="the plan and the code lists, as CSV"
    )
    forms: Path = Field(default=REPOSITORY / "ingestion" / "forms", description="the form layouts, as YAML")

    smtp_host: str = Field(default="", description="the mail server; empty: nothing is sent")
    smtp_port: int = Field(default=587, description="its port for submission")
    smtp_user: str = Field(default="", description="the account; empty: the server wants none")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="the account's password")
    smtp_from: str = Field(default="", description="the address that reminders come from")
    smtp_starttls: bool = Field(default=True, description="whether the connection is encrypted first")

    @field_validator("home", "registry", "forms")
    @classmethod
    def _to_absolute(cls, path: Path) -> Path:
        return path.expanduser().absolute()

    @property
    def places(self) -> Places:
        """Return the places under this instance's home."""
        return Places(self.home)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process, read once."""
    return Settings()
