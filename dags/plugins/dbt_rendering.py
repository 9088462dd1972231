"""The dbt project → one task for each model and test, all told by a single dbt process: one writer."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from airflow.sdk import TriggerRule
from cosmos import DbtTaskGroup, ExecutionConfig, ProfileConfig, ProjectConfig, RenderConfig
from cosmos.constants import PRODUCER_WATCHER_TASK_ID, ExecutionMode, InvocationMode, LoadMode, TestBehavior

from cotmoc.dbt_runs import DBT_PROJECT, dbt_environment
from cotmoc.serving.rendering import manifest_path
from cotmoc.settings import settings

OPERATORS: dict[str, Any] = {"install_deps": False}


def dbt_group(after: Any) -> DbtTaskGroup:
    """Return the tasks of the dbt project, placed after a task of the DAG being defined."""
    group = DbtTaskGroup(
        group_id="dbt",
        project_config=project(),
        profile_config=profile(),
        render_config=how_to_render(),
        execution_config=how_to_execute(),
        operator_args=OPERATORS,
    )
    after >> group
    _tell_when_dbt_has_ended(group, after)
    return group


def _tell_when_dbt_has_ended(group: DbtTaskGroup, after: Any) -> None:
    """Let the tasks of the nodes look at what dbt told once it has ended, well or badly.

    A task that looks earlier is put aside and woken within moments; the scheduler may see it end before it saw it
    wait, and takes it for dead. A node nobody told of then is an error of dbt's own, not a reason to run it alone.
    """
    tasks = list(group.iter_tasks())
    producer = next(task for task in tasks if task.task_id.endswith(PRODUCER_WATCHER_TASK_ID))
    for task in tasks:
        if hasattr(task, "poke_retry_number"):
            task.poke_retry_number = 1
            if task.upstream_task_ids == {after.operator.task_id}:
                producer >> task
                # dbt has ended, well or badly, but it had begun: what comes before it went well.
                task.trigger_rule = TriggerRule.ALL_DONE_MIN_ONE_SUCCESS


def project() -> ProjectConfig:
    """Return where the project lies, and the manifest that was parsed before the scheduler started."""
    return ProjectConfig(
        dbt_project_path=DBT_PROJECT,
        manifest_path=manifest_path(settings().places),
        install_dbt_deps=False,
        env_vars=dbt_environment(settings().places),
    )


def profile() -> ProfileConfig:
    """Return the profile of the project itself."""
    return ProfileConfig(
        profile_name="cotmoc", target_name="dev", profiles_yml_filepath=DBT_PROJECT / "profiles.yml"
    )


def how_to_render() -> RenderConfig:
    """Return how the manifest becomes tasks: tests right after their model, no assets of Cosmos's own."""
    return RenderConfig(
        load_method=LoadMode.DBT_MANIFEST, test_behavior=TestBehavior.AFTER_EACH, emit_datasets=False
    )


def how_to_execute() -> ExecutionConfig:
    """Return how dbt runs: once, as a program of the producer; every other task only watches its node.

    As a program dbt tells what has ended: about a hundred messages. Called in process it tells every step of
    every test: thousands of messages, each a request to the API server.
    """
    return ExecutionConfig(
        execution_mode=ExecutionMode.WATCHER,
        invocation_mode=InvocationMode.SUBPROCESS,
        dbt_executable_path=str(Path(sys.executable).with_name("dbt")),
    )
