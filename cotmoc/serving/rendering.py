"""The dbt project → the manifest from which the scheduler draws one task for each model and test.

It is a copy of its own: dbt rewrites the one in warehouse/target while tasks are reading, and each task reads it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from cotmoc.dbt_runs import DBT_PROJECT, run_dbt
from cotmoc.places import Places

# What rendering needs. Macros and documentation are nine tenths of a manifest.
_SECTIONS = ("metadata", "nodes", "sources", "exposures")
_UNREAD = (
    "raw_code",
    "compiled_code",
    "description",
    "columns",
    "docs",
    "patch_path",
    "contract",
    "doc_blocks",
)
# As the producer calls dbt, so that it need not parse again.
PARSE = ("parse", "--profile", "cotmoc", "--target", "dev")


def manifest_path(places: Places) -> Path:
    """Return where the scheduler finds the manifest."""
    return places.airflow / "manifest.json"


def write_manifest(places: Places) -> None:
    """Parse the dbt project and write the manifest, unless there is one of today's project. Raises DbtFailedError."""
    from cotmoc.build_inputs import registry_fingerprint  # the DAG files read this module, without DuckDB

    fingerprint = registry_fingerprint(DBT_PROJECT)
    target = manifest_path(places)
    if (
        target.exists()
        and _fingerprint(target) == fingerprint
        and (places.dbt_target / "manifest.json").exists()
    ):
        return
    run_dbt(places, PARSE)
    parsed = json.loads((places.dbt_target / "manifest.json").read_text(encoding="utf-8"))
    slim: dict[str, Any] = {section: parsed[section] for section in _SECTIONS}
    slim["nodes"] = {
        key: {name: value for name, value in node.items() if name not in _UNREAD}
        for key, node in parsed["nodes"].items()
    }
    slim["cotmoc"] = {"registry_fingerprint": fingerprint}
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = target.with_suffix(f".{os.getpid()}")
    aside.write_text(json.dumps(slim, ensure_ascii=False), encoding="utf-8")
    aside.replace(target)


def _fingerprint(manifest: Path) -> str | None:
    known: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8")).get("cotmoc", {})
    return known.get("registry_fingerprint")
