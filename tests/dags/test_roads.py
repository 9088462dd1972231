"""What the DAGs wait for, what they bring about, and that every model and test shows by name."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def intake(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of the DAG intake."""
    dag: dict[str, Any] = facts["intake"]["dags"]["intake"]
    return dag


@pytest.fixture
def warehouse(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of the DAG warehouse."""
    dag: dict[str, Any] = facts["warehouse"]["dags"]["warehouse"]
    return dag


def test_files_in_the_inbox_start_the_intake(intake: dict[str, Any]) -> None:
    assert intake["schedule"] == "inbox"
    assert intake["watchers"] == {"inbox_watch": "InboxWatch"}


def test_every_file_is_a_task_between_the_opened_and_the_closed_gate(intake: dict[str, Any]) -> None:
    tasks = intake["tasks"]
    assert tasks["take_in"]["mapped"]
    assert tasks["take_in"]["upstream"] == ["notice", "open_gate"]
    assert tasks["close_gate"]["upstream"] == ["take_in"]


def test_landed_files_and_decisions_start_the_warehouse(
    intake: dict[str, Any], warehouse: dict[str, Any]
) -> None:
    assert intake["tasks"]["announce"]["outlets"] == ["landing"]
    assert warehouse["schedule"] == "landing"
    assert warehouse["watchers"] == {"ledger_watch": "LedgerWatch"}


def test_every_model_shows_by_name_with_its_tests(warehouse: dict[str, Any]) -> None:
    from cotmoc.dbt_runs import DBT_PROJECT

    models = {file.stem for file in (DBT_PROJECT / "models").rglob("*.sql")}
    shown = {
        task.removeprefix("dbt.").removesuffix(".run").removesuffix("_run")
        for task in warehouse["tasks"]
        if task.startswith("dbt.")
    }
    assert models <= shown, f"not drawn: {sorted(models - shown)}"


def test_nothing_is_published_that_was_not_gated(warehouse: dict[str, Any]) -> None:
    tasks = warehouse["tasks"]
    assert tasks["publish"]["upstream"] == ["gate"]
    assert any(task.startswith("dbt.mart_") for task in tasks["gate"]["upstream"])
    assert tasks["publish"]["outlets"] == ["published"]
    assert tasks["refresh_dashboards"]["upstream"] == ["publish"]


def test_model_that_failed_is_not_run_again_beside_the_one_writer(warehouse: dict[str, Any]) -> None:
    retried = [name for name, task in warehouse["tasks"].items() if task["retries"]]
    assert not retried, f"a second try of {retried} would start dbt beside dbt"


def test_a_node_looks_at_what_dbt_told_once_dbt_has_ended(warehouse: dict[str, Any]) -> None:
    first = {
        name: task
        for name, task in warehouse["tasks"].items()
        if name.startswith("dbt.") and task["upstream"] == ["dbt.dbt_producer_watcher", "prepare"]
    }
    assert "dbt.stg_landing__rows.run" in first
    assert {task["trigger_rule"] for task in first.values()} == {"all_done_min_one_success"}
    unled = [name for name, task in warehouse["tasks"].items() if not task["upstream"] and name != "prepare"]
    assert not unled, f"{unled} would look while dbt still runs"


def test_reminders_go_out_every_morning_of_the_province_and_are_tried_again(facts: dict[str, Any]) -> None:
    dag = facts["reminders"]["dags"]["reminders"]
    assert dag["schedule"] == "30 7 * * * Asia/Ho_Chi_Minh"
    assert {name: task["retries"] for name, task in dag["tasks"].items()} == {"remind": 2}
