"""The DAG `reminders`, run by the scheduler's own program, hands a message to a real mail server, once."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from cotmoc.calendar import now, to_local_date
from cotmoc.desk import open_desk
from cotmoc.places import Places
from cotmoc.serving.airflow_environment import airflow_environment
from cotmoc.serving.rendering import write_manifest
from tests.line.calendars import registry_with, rule
from tests.line.desks import FORMS
from tests.line.mailboxes import Mailbox, mail_server


@pytest.mark.slow
def test_a_run_reminds_whoever_has_a_report_due_in_a_week(tmp_path: Path) -> None:
    today = to_local_date(now())
    due_on = today + timedelta(days=7)
    once = rule(
        frequency="once",
        due_offset_months="",
        due_month=str(due_on.month),
        due_day=str(due_on.day),
        valid_from=today.isoformat(),
    )
    # Offices work on the days of this test, whatever day it is.
    worked = [
        {
            "holiday_on": day.isoformat(),
            "name_vi": "ngày làm việc",
            "is_working_day": "true",
            "source": "ví dụ",
        }
        for day in (today, today + timedelta(days=1))
    ]
    registry = registry_with(tmp_path / "seeds", reporting_obligations=[once], public_holidays=worked)
    places = Places(tmp_path / "home")
    open_desk(places, registry.folder, FORMS)
    places.contacts.write_text(
        "department_code,role,name,email\nso_vhttdl,officer,Nguyễn Văn A,a@example.invalid\n",
        encoding="utf-8",
    )
    write_manifest(places)
    with mail_server(Mailbox()) as mailbox:
        environment = airflow_environment(places, 20_000) | {
            "COTMOC_REGISTRY": str(registry.folder),
            "COTMOC_SMTP_HOST": "127.0.0.1",
            "COTMOC_SMTP_PORT": str(mailbox.port),
            "COTMOC_SMTP_FROM": "nhac-viec@example.invalid",
            "COTMOC_SMTP_STARTTLS": "false",
        }
        for command in (["db", "migrate"], ["dags", "test", "reminders"], ["dags", "test", "reminders"]):
            done = subprocess.run(
                [sys.executable, "-m", "airflow", *command],
                env=environment,
                cwd=places.airflow,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
    (message,) = mailbox.messages
    assert message["To"] == "Nguyễn Văn A <a@example.invalid>"
    assert message["Subject"] == f"Nhắc báo cáo: Báo cáo tháng, hạn cuối {due_on:%d/%m/%Y}"
