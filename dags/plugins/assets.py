"""What the DAGs wait for and bring about, under the names under which the scheduler shows them."""

from __future__ import annotations

from typing import Any

from airflow.sdk import Asset, AssetWatcher
from inbox_watch import InboxWatch
from ledger_watch import LedgerWatch

from cotmoc.settings import settings

HOME = str(settings().home)

# How every DAG runs: one batch after another, for one warehouse has one writer.
ONE_RUN_AT_A_TIME: dict[str, Any] = {
    "catchup": False,
    "max_active_runs": 1,
    "default_args": {"owner": "data-team"},
}

inbox = Asset(
    "inbox", "cotmoc://inbox", watchers=[AssetWatcher(name="inbox_watch", trigger=InboxWatch(HOME))]
)
landing = Asset(
    "landing", "cotmoc://landing", watchers=[AssetWatcher(name="ledger_watch", trigger=LedgerWatch(HOME))]
)
published = Asset("published", "cotmoc://published")
