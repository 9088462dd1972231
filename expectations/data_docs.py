"""Kept validation results → Data Docs, the pages on which an engineer sees every run of every suite."""

from __future__ import annotations

import shutil
from pathlib import Path

from expectations.project import open_project

# Results are evidence for a while, not a ledger: older ones are dropped, so the pages stay quick to build.
KEPT_RESULTS = 400

_RESULTS = Path("gx", "uncommitted", "validations")
_SITE = Path("gx", "uncommitted", "data_docs", "local_site")


def build_data_docs(folder: Path) -> Path:
    """Build the pages of results that have none yet and the index, and return the path of the index page."""
    with open_project(folder) as project:
        context = project.context
        _drop_old_results(folder)
        pages = folder / _SITE / "validations"
        unprinted = [
            key
            for key in context.validation_results_store.list_keys()
            if not pages.joinpath(*key.to_tuple()).with_suffix(".html").exists()
        ]
        if not (folder / _SITE / "index.html").exists():
            context.build_data_docs()
        elif unprinted:
            context.build_data_docs(resource_identifiers=unprinted)
    return folder / _SITE / "index.html"


def _drop_old_results(folder: Path) -> None:
    results = sorted((folder / _RESULTS).glob("*/*/*"), key=lambda run: run.name, reverse=True)
    for run in results[KEPT_RESULTS:]:
        shutil.rmtree(run)
        shutil.rmtree(folder / _SITE / "validations" / run.relative_to(folder / _RESULTS), ignore_errors=True)
