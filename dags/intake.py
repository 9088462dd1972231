"""Takes in every file that waits in the inbox: checked, gated, landed or refused, answered by a receipt.

Feeds: the landing asset, and through it the DAG `warehouse`.
When it matters: until it has run, departments have no answer. Nothing is lost meanwhile: a file counts
as in the inbox until its receipt exists, and a task that is repeated does nothing twice.
At 06:00: open the red `take_in` (each bears the name of its file) and read its last line. “No warm gate” or
“could not be made” speaks of the gate: mend it, then clear the task. For anything else see what
`cotmoc check FILE --department D` says. A refused file is no failure: its receipt lies in the outbox.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import dag, get_current_context, setup, task, teardown
from airflow.sdk.exceptions import AirflowSkipException
from assets import ONE_RUN_AT_A_TIME, inbox, landing

from cotmoc.serving import batch
from cotmoc.settings import settings


@dag(schedule=inbox, doc_md=__doc__, tags=["submissions"], **ONE_RUN_AT_A_TIME)
def intake() -> None:
    """Notice the files → open the gate → take each in → finish what died, close the gate, and announce what landed."""

    @task
    def notice() -> list[str]:
        return batch.waiting_batch(settings().places) or _skip("nothing waits in the inbox")

    @setup
    def open_gate() -> None:
        batch.open_gate(settings().places)

    @task(map_index_template="{{ file_name }}", retries=1, retry_delay=timedelta(seconds=10))
    def take_in(file: str) -> str:
        get_current_context()["file_name"] = file.rpartition("/")[2]
        return batch.take_in_warm(settings(), file)

    @teardown
    def close_gate() -> None:
        batch.finish_warm(settings())
        batch.close_gate(settings().places)

    @task(outlets=[landing])
    def announce(states: list[str]) -> None:
        if "accepted" not in states:
            _skip("nothing landed")

    files, opened, closed = notice(), open_gate(), close_gate()
    taken = take_in.expand(file=files)
    files >> opened >> taken >> closed
    announce(taken)


def _skip(why: str) -> list[str]:
    raise AirflowSkipException(why)


intake()
