"""Builds the marts from everything that has landed, and publishes them if they are fit to be seen.

Feeds: the published asset, the dashboards, `cotmoc verdicts` and the report.
When it matters: until it has run, leaders read the version before. A run with nothing new ends at `prepare`.
At 06:00: the first red task of `dbt` is the model or test that failed, and says why. Red `gate`: the marts
were built but are not fit to be seen; its last line names the checks, Data Docs (quality/) the rows. What is
published stays meanwhile. After mending, clear the run, or run `cotmoc build` by hand.
"""

from __future__ import annotations

from airflow.sdk import dag, task
from assets import ONE_RUN_AT_A_TIME, landing, published
from dbt_rendering import dbt_group

from cotmoc.settings import settings


@dag(schedule=landing, doc_md=__doc__, tags=["warehouse"], **ONE_RUN_AT_A_TIME)
def warehouse() -> None:
    """Prepare → dbt, every model and test by name → gate → publish → dashboards → documentation."""

    @task.short_circuit
    def prepare() -> bool:
        from cotmoc.build import prepare

        return prepare(settings().places).is_needed

    dbt = dbt_group(after=prepare())

    @task
    def gate() -> None:
        from cotmoc.build import gate_marts

        gate_marts(settings().places)

    @task(outlets=[published])
    def publish() -> str:
        from cotmoc.build import publish

        return publish(settings().places).name

    @task
    def refresh_dashboards() -> None:
        from cotmoc.serving.superset import refresh

        refresh(settings().places)

    @task
    def document() -> None:
        from cotmoc.build import write_docs

        write_docs(settings().places)

    dbt >> gate() >> publish() >> refresh_dashboards() >> document()


warehouse()
