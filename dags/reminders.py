"""Reminds departments by e-mail of reports that fall due or are overdue, every morning at 07:30.

Feeds: people. Nothing of ours reads what it does; COTMOC_HOME/reminders keeps what was sent, so that a run that is
repeated sends nothing twice.
When it matters: until it has run, nobody is reminded that day. What was not sent goes out on one of the next days, as
long as the reminder still makes sense (seed `reminder_policies`).
At 06:00: the last lines of `remind` name each address that failed and what the mail server said; mend that, then clear
the task. “Nothing is sent” is no failure: no mail server is set (COTMOC_SMTP_HOST), COTMOC_HOME/contacts.csv names
nobody, or offices are closed.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable, dag, task
from assets import ONE_RUN_AT_A_TIME

from cotmoc.settings import settings

DAILY = CronTriggerTimetable("30 7 * * *", timezone="Asia/Ho_Chi_Minh")


@dag(schedule=DAILY, doc_md=__doc__, tags=["reminders"], **ONE_RUN_AT_A_TIME)
def reminders() -> None:
    """Remind, once a day."""

    @task(retries=2, retry_delay=timedelta(minutes=10))
    def remind() -> list[str]:
        from cotmoc.reminders import remind_today

        return remind_today(settings())

    remind()


reminders()
