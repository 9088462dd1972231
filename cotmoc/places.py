"""COTMOC_HOME → every place under it, by name. Nothing else in the house joins these paths."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Places:
    """Where the state of one instance lives; all of it is under `home`."""

    home: Path

    @property
    def inbox(self) -> Path:
        """Return inbox/, with one folder for each department."""
        return self.home / "inbox"

    @property
    def handover(self) -> Path:
        """Return handover/, the slips that say who handed in an inbox file; only the line writes here."""
        return self.home / "handover"

    @property
    def landing(self) -> Path:
        """Return landing/: raw bytes, events, rows. The only folder that cannot be rebuilt."""
        return self.home / "landing"

    @property
    def raw(self) -> Path:
        """Return landing/raw/: the bytes as received, named by their SHA-256."""
        return self.landing / "raw"

    @property
    def events(self) -> Path:
        """Return landing/events/: the ledger, one file an event."""
        return self.landing / "events"

    @property
    def rows(self) -> Path:
        """Return landing/rows/: one Parquet file per accepted submission."""
        return self.landing / "rows"

    @property
    def statements(self) -> Path:
        """Return landing/statements/: what each published build told its readers."""
        return self.landing / "statements"

    @property
    def denials(self) -> Path:
        """Return landing/denials/: who was denied what, one file each; no part of the ledger."""
        return self.landing / "denials"

    @property
    def outbox(self) -> Path:
        """Return outbox/: the receipts, one folder for each department."""
        return self.home / "outbox"

    @property
    def warehouse(self) -> Path:
        """Return warehouse/: what dbt builds; disposable."""
        return self.home / "warehouse"

    @property
    def build_database(self) -> Path:
        """Return the database dbt builds in; one writer."""
        return self.warehouse / "build.duckdb"

    @property
    def events_table(self) -> Path:
        """Return the typed copy of the ledger that dbt reads."""
        return self.warehouse / "events.parquet"

    @property
    def dbt_target(self) -> Path:
        """Return where dbt writes its manifest, results and docs."""
        return self.warehouse / "target"

    @property
    def logs(self) -> Path:
        """Return where tracebacks and tool logs go."""
        return self.warehouse / "logs"

    @property
    def quality(self) -> Path:
        """Return the Great Expectations context and its Data Docs."""
        return self.home / "quality"

    @property
    def published(self) -> Path:
        """Return published/, which readers read."""
        return self.home / "published"

    @property
    def published_versions(self) -> Path:
        """Return the versioned files behind `current`."""
        return self.published / "v"

    @property
    def current(self) -> Path:
        """Return the symlink to the version that readers read now; it may not exist yet."""
        return self.published / "current.duckdb"

    @property
    def reports(self) -> Path:
        """Return reports/: the annual evaluation reports."""
        return self.home / "reports"

    @property
    def contacts(self) -> Path:
        """Return contacts.csv: who in a department is written to; personal data, kept by hand, it may not exist."""
        return self.home / "contacts.csv"

    @property
    def reminders(self) -> Path:
        """Return reminders/: a file for each reminder that a mail server took, so that none is sent twice."""
        return self.home / "reminders"

    @property
    def airflow(self) -> Path:
        """Return the scheduler's own home."""
        return self.home / "airflow"

    @property
    def superset(self) -> Path:
        """Return the dashboards' own home."""
        return self.home / "superset"

    @property
    def portal(self) -> Path:
        """Return the submission page's own home: accounts, sessions, files checked but not handed in (mode 700)."""
        return self.home / "portal"

    @property
    def accounts(self) -> Path:
        """Return the accounts of the submission page (mode 600); they may not exist yet."""
        return self.portal / "accounts.json"

    @property
    def access(self) -> Path:
        """Return the file with addresses and generated accounts of the demonstration (mode 600)."""
        return self.home / "access.json"

    def folders(self) -> tuple[Path, ...]:
        """Return the folders that exist from `init` on, parents before children."""
        return (
            self.home,
            self.inbox,
            self.handover,
            self.landing,
            self.raw,
            self.events,
            self.rows,
            self.statements,
            self.denials,
            self.outbox,
            self.warehouse,
            self.logs,
            self.published,
            self.published_versions,
            self.reports,
        )
