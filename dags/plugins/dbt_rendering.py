"""The dbt project → one task for each model and test, all told by a single dbt process: one writer."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from cosmos import DbtTaskGroup, ExecutionConfig, ProfileConfig, ProjectConfig, RenderConfig
from cosmos.constants import ExecutionMode, InvocationMode, LoadMode, TestBehavior

from cotmoc.dbt_runs import DBT_PROJECT, dbt_environment
from cotmoc.serving.rendering import manifest_path
from cotmoc.settings import settings

OPERATORS: dict[str, Any] = {"install_deps": False}


def dbt_group() -> DbtTaskGroup:
    """Return the tasks of the dbt project, to be placed in the DAG being defined."""
    return DbtTaskGroup(
        group_id="dbt",
        project_config=project(),
        profile_config=profile(),
        render_config=how_to_render(),
        execution_config=how_to_execute(),
        operator_args=OPERATORS,
    )


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
