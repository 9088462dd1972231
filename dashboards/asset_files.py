"""assets/*.yaml → the contents Superset's importer takes, and what must be pruned afterwards.

Everything here is text and dictionaries; nothing imports Superset.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ASSETS = Path(__file__).resolve().parent / "assets"
OPTIONAL = {
    "columns": (
        "verbose_name",
        "description",
        "expression",
        "python_date_format",
        "advanced_data_type",
        "extra",
    ),
    "metrics": ("verbose_name", "description", "d3format", "warning_text", "metric_type", "extra"),
}
KINDS = ("databases", "datasets", "charts", "dashboards")


@dataclass(frozen=True)
class Asset:
    """One YAML file: its kind (charts …), its path below assets/ and its content."""

    kind: str
    path: str
    config: dict[str, Any]

    @property
    def uuid(self) -> str:
        """Return the identity of the asset, which never changes."""
        return str(self.config["uuid"])


class AssetError(ValueError):
    """An asset file cannot be used; the text names the file and the reason."""


def read_assets(folder: Path = ASSETS) -> list[Asset]:
    """Return every asset below `folder`, databases first, dashboards last; AssetError names the first bad file."""
    assets = []
    for kind in KINDS:
        for file in sorted((folder / kind).rglob("*.yaml")):
            name = file.relative_to(folder).as_posix()
            try:
                config = yaml.safe_load(file.read_text(encoding="utf-8"))
            except yaml.YAMLError as error:
                reason = " ".join(str(error).split())
                raise AssetError(f"{name} is not readable YAML: {reason}") from error
            if not isinstance(config, dict) or "uuid" not in config:
                raise AssetError(f"{name} has no uuid")
            assets.append(Asset(kind, name, config))
    return assets


def import_contents(assets: list[Asset], folder: Path = ASSETS) -> dict[str, str]:
    """Return {path: YAML text} for the importer, each asset marked as managed here and not in the browser.

    Superset shows such assets read-only, and publish.py may delete them when their file is gone. What a column or
    metric leaves out is written as null: the importer would keep the old value of a key that is missing.
    """
    contents = {"metadata.yaml": (folder / "metadata.yaml").read_text(encoding="utf-8")}
    for asset in assets:
        config = {**asset.config, "is_managed_externally": True}
        for part in OPTIONAL.keys() & config.keys():
            config[part] = [{**dict.fromkeys(OPTIONAL[part]), **entry} for entry in config[part]]
        contents[asset.path] = yaml.safe_dump(config, allow_unicode=True, sort_keys=False)
    return contents


def counts(assets: list[Asset]) -> dict[str, int]:
    """Return how many assets there are of each kind."""
    return {kind: sum(asset.kind == kind for asset in assets) for kind in KINDS}
