"""Environment → settings. The only module that reads the environment."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

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

    portal_host: str = Field(default="127.0.0.1", description="address the submission page listens on")
    portal_port: int = Field(default=8090, description="port the submission page listens on")
    portal_url: str | None = Field(
        default=None, description="address people use for it, e.g. https://…; with https cookies are Secure"
    )
    portal_proxy: str | None = Field(
        default=None,
        description="address of the proxy before it, whose word on the client's address is taken",
    )
    portal_rules: Path | None = Field(
        default=None, description="limits of the submission page, as YAML, instead of portal/rules.yaml"
    )
    oidc_issuer: str | None = Field(default=None, description="issuer of single sign-on; off without it")
    oidc_client_id: str | None = Field(default=None, description="this page's name at the issuer")
    oidc_client_secret: SecretStr | None = Field(default=None, description="its secret there")
    oidc_claim: Literal["preferred_username", "email"] = Field(
        default="preferred_username", description="the claim that names the account"
    )
    oidc_name: str = Field(
        default="tài khoản dùng chung", description="what the button of single sign-on says"
    )
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
