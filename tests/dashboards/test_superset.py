"""A real Superset over the real figures: what a leader sees, what a department sees, what nobody may do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest
from browser import Visit, visit
from screenshots import dashboards

from tests.dashboards.conftest import ACCOUNTS, SUPERSET_PYTHON, RunningSuperset, run_program
from tests.dashboards.test_assets import VIETNAMESE, of_kind

pytestmark = pytest.mark.slow

OVERVIEW = "mart_leader_target_overview"
LATEST = [{"col": "year_label", "op": "==", "val": "Gần nhất"}]


class Api:
    """One account at Superset's API."""

    def __init__(self, superset: RunningSuperset, username: str, password: str) -> None:
        self.http = httpx.Client(base_url=superset.url, timeout=120, trust_env=False)
        answer = self.http.post(
            "/api/v1/security/login",
            json={"username": username, "password": password, "provider": "db", "refresh": False},
        )
        answer.raise_for_status()
        self.http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        token = self.http.get("/api/v1/security/csrf_token/").json()["result"]
        self.http.headers.update({"X-CSRFToken": token, "Referer": superset.url})

    def dataset_id(self, table: str) -> int:
        """Return the number this Superset gave a dataset."""
        rows = self.http.get("/api/v1/dataset/").json()["result"]
        return int(next(row["id"] for row in rows if row["table_name"] == table))

    def ask(
        self, table: str, columns: list[str], metrics: list[str], filters: list[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        """Return the rows a chart would get."""
        query = {"columns": columns, "metrics": metrics, "filters": filters, "row_limit": 1000}
        answer = self.http.post(
            "/api/v1/chart/data",
            json={"datasource": {"id": self.dataset_id(table), "type": "table"}, "queries": [query]},
        )
        answer.raise_for_status()
        rows: list[dict[str, Any]] = answer.json()["result"][0]["data"]
        return rows


def enter(superset: RunningSuperset, key: str) -> Api:
    """Log in to the API with one of the accounts."""
    return Api(superset, superset.accounts[key]["username"], superset.accounts[key]["password"])


def warehouse(superset: RunningSuperset, query: str) -> list[tuple[Any, ...]]:
    """Return what the published file itself answers."""
    with duckdb.connect(superset.environment["COTMOC_PUBLISHED"], read_only=True) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture(scope="module", params=[1600, 390], ids=lambda width: f"{width}px")
def overview(
    request: pytest.FixtureRequest, superset: RunningSuperset, pictures: Path
) -> Iterator[tuple[Visit, int]]:
    """Open Tổng quan as the leader in a window of the given width, keep a picture of it, and hand over the tab."""
    with visit(superset.url, request.param) as tab:
        tab.log_in(superset.accounts["leader"]["username"], superset.accounts["leader"]["password"])
        charts = dashboards()["tong-quan"]
        tab.show("tong-quan", charts)
        tab.page.screenshot(path=str(pictures / f"tong-quan-{request.param}.png"))
        yield tab, charts


def test_second_publish_prunes_what_is_gone_and_keeps_the_rest(superset: RunningSuperset) -> None:
    assert superset.first["assets"]["charts"] == superset.second["assets"]["charts"] + 1
    assert (superset.first["pruned"], superset.second["pruned"]) == (0, 1)
    api = enter(superset, "admin")
    for kind, resource in (("charts", "chart"), ("datasets", "dataset"), ("dashboards", "dashboard")):
        rows = api.http.get(f"/api/v1/{resource}/", params={"q": "(page_size:100)"}).json()["result"]
        assert len(rows) == superset.second["assets"][kind] == len(of_kind(kind))


def test_every_chart_is_drawn_with_figures(overview: tuple[Visit, int]) -> None:
    tab, charts = overview
    drawn = tab.charts()
    assert len(drawn) == charts
    assert [chart for chart in drawn if chart["error"] or chart["empty"]] == []


def test_page_has_no_error_and_asks_nobody_else(overview: tuple[Visit, int]) -> None:
    assert overview[0].problems == []


def test_page_is_no_wider_than_the_window(overview: tuple[Visit, int]) -> None:
    page = overview[0].page
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("window.innerWidth")


def test_reader_reads_no_message_of_superset_in_english(overview: tuple[Visit, int]) -> None:
    (package,) = (SUPERSET_PYTHON.parents[1] / "lib").glob("python3*/site-packages/superset")
    catalogue = (package / "translations" / "messages.pot").read_text(encoding="utf-8")
    english = {text for text in re.findall(r'^msgid "(.+)"$', catalogue, re.MULTILINE) if len(text) > 2}
    seen = [line.strip() for line in overview[0].page.inner_text("body").splitlines() if line.strip()]
    assert [line for line in seen if line in english] == []
    assert sum(bool(VIETNAMESE.search(line)) for line in seen) > 50


def test_numbers_and_dates_are_written_the_vietnamese_way(overview: tuple[Visit, int]) -> None:
    text = overview[0].page.inner_text("body")
    assert re.search(r"\b\d{2}/\d{2}/\d{4}\b", text)
    assert re.search(r"\b5,74\b", text), "the average growth of Bắc Kạn, 5,74 %"
    assert not re.search(r"\bN/A\b", re.sub(r"\s", " ", text)) or "dt-is-null" in overview[0].page.content()


def test_login_page_speaks_vietnamese_and_refuses_in_vietnamese(
    superset: RunningSuperset, overview: tuple[Visit, int]
) -> None:
    browser = overview[0].page.context.browser
    assert browser
    page = browser.new_page(locale="vi-VN")
    page.goto(f"{superset.url}/login/")
    page.get_by_text("Nhập tên đăng nhập và mật khẩu:").wait_for(timeout=60_000)
    page.fill("input#username", superset.accounts["leader"]["username"])
    page.fill("input#password", "sai-mat-khau")
    page.click("button[type=submit]")
    page.get_by_text("Tên đăng nhập hoặc mật khẩu không đúng").first.wait_for(timeout=60_000)
    page.close()


def test_leader_who_asks_for_sql_lab_is_told_in_vietnamese(overview: tuple[Visit, int]) -> None:
    tab = overview[0]
    for path, status, text in (
        ("/sqllab/", 403, "Không có quyền xem trang này"),
        ("/superset/dashboard/khong-co/", 404, "Không tìm thấy trang"),
    ):
        answer = tab.page.context.request.get(f"{tab.url}{path}", headers={"Accept": "text/html"})
        assert answer.status == status
        assert text in answer.text()


def test_leader_lands_on_the_overview_and_stranger_on_the_login_page(superset: RunningSuperset) -> None:
    with httpx.Client(base_url=superset.url, follow_redirects=False, timeout=60, trust_env=False) as stranger:
        assert stranger.get("/").headers["Location"].endswith("/superset/dashboard/tong-quan/")
        answer = stranger.get("/superset/dashboard/tong-quan/")
        assert answer.status_code == 302
        assert "/login/" in answer.headers["Location"]
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_default_target_of_the_path_is_a_target_of_the_plan(superset: RunningSuperset) -> None:
    labels = {
        row[0] for row in warehouse(superset, "select distinct target_label_vi from marts.mart_target_path")
    }
    (dashboard,) = of_kind("dashboards")
    filters = dashboard.config["metadata"]["native_filter_configuration"]
    chosen = next(one for one in filters if one["id"] == "NATIVE_FILTER-target")["defaultDataMask"]
    assert set(chosen["filterState"]["value"]) <= labels
    assert chosen["extraFormData"]["filters"][0]["val"] == chosen["filterState"]["value"]


def test_leader_sees_every_target_once(superset: RunningSuperset) -> None:
    rows = enter(superset, "leader").ask(OVERVIEW, ["target_code"], ["target_count"], LATEST)
    in_file = warehouse(superset, f"select distinct target_code from marts.{OVERVIEW}")
    assert sorted(row["target_code"] for row in rows) == sorted(row[0] for row in in_file)
    assert {row["target_count"] for row in rows} == {1}


def test_groups_of_verdicts_add_up_to_all_targets(superset: RunningSuperset) -> None:
    groups = ["good_count", "warning_count", "bad_count", "neutral_count"]
    (row,) = enter(superset, "leader").ask(OVERVIEW, [], ["target_count", "assessed_count", *groups], LATEST)
    assert sum(row[group] for group in groups) == row["target_count"]
    assert row["assessed_count"] == row["target_count"] - row["neutral_count"]


@pytest.mark.parametrize("table", [OVERVIEW, "mart_target_path"])
def test_department_sees_its_own_rows_only(superset: RunningSuperset, table: str) -> None:
    code = ACCOUNTS["department"]["department_code"]
    seen = enter(superset, "department").ask(table, ["target_code"], [], [])
    own = warehouse(
        superset,
        f"select distinct target_code from marts.{table} where responsible_department_code = '{code}'",
    )
    assert own, f"choose a department with rows in {table}"
    assert sorted(row["target_code"] for row in seen) == sorted(row[0] for row in own)


def test_department_reads_the_as_of_date(superset: RunningSuperset) -> None:
    assert len(enter(superset, "department").ask("mart_build_info", [], ["as_of_day"], [])) == 1


def test_reader_of_no_department_sees_no_row(superset: RunningSuperset) -> None:
    admin = enter(superset, "admin")
    roles = admin.http.get("/api/v1/security/roles/", params={"q": "(page_size:100)"}).json()["result"]
    person = {
        "first_name": "Cán bộ",
        "last_name": "mới",
        "username": "can-bo-moi",
        "email": "can-bo-moi@example.invalid",
        "password": "mat-khau-tam-thoi-1",
        "active": True,
        "roles": [role["id"] for role in roles if role["name"] == "Sở, ngành"],
    }
    admin.http.post("/api/v1/security/users/", json=person).raise_for_status()
    nobody = Api(superset, "can-bo-moi", "mat-khau-tam-thoi-1")
    assert nobody.ask(OVERVIEW, ["target_code"], [], []) == []
    assert nobody.ask("mart_target_path", ["target_code"], [], []) == []


@pytest.mark.parametrize("key", ["leader", "department"])
def test_reader_has_no_sql_lab_and_edits_nothing(superset: RunningSuperset, key: str) -> None:
    api = enter(superset, key)
    statement = {"database_id": 1, "sql": "select 1", "schema": "marts"}
    assert api.http.post("/api/v1/sqllab/execute/", json=statement).status_code == 403
    chart = api.http.get("/api/v1/chart/").json()["result"][0]["id"]
    assert api.http.put(f"/api/v1/chart/{chart}", json={"slice_name": "Sửa"}).status_code == 403
    assert api.http.delete(f"/api/v1/chart/{chart}").status_code == 403
    assert api.http.get("/api/v1/security/users/").status_code == 403


def test_not_even_the_administrator_reads_a_file_through_the_warehouse(superset: RunningSuperset) -> None:
    api = enter(superset, "admin")
    for sql in ("select * from read_csv('/etc/passwd')", "copy (select 1) to '/tmp/written-by-superset.csv'"):
        answer = api.http.post(
            "/api/v1/sqllab/execute/", json={"database_id": 1, "sql": sql, "schema": "marts"}
        )
        assert answer.status_code >= 400, answer.text
        assert "root:" not in answer.text
    assert not Path("/tmp/written-by-superset.csv").exists()  # noqa: S108 - the path that must not appear


def test_new_figure_shows_at_the_next_look(superset: RunningSuperset) -> None:
    leader = enter(superset, "leader")
    before = leader.ask(OVERVIEW, [], ["target_count"], LATEST)
    current = Path(superset.environment["COTMOC_PUBLISHED"])
    newer = current.parent / "v" / "2.duckdb"
    shutil.copyfile(current, newer)
    with duckdb.connect(str(newer)) as connection:
        connection.execute(f"delete from marts.{OVERVIEW} where target_code = 'bk_hdi'")
    swap = current.with_name("next.duckdb")
    swap.symlink_to("v/2.duckdb")
    try:
        swap.replace(current)
        done = run_program("publish.py", "--invalidate-cache", environment=superset.environment)
        assert done.returncode == 0, done.stderr
        after = leader.ask(OVERVIEW, [], ["target_count"], LATEST)
        assert after[0]["target_count"] == before[0]["target_count"] - 1
    finally:
        swap.symlink_to("v/1.duckdb")
        swap.replace(current)
        run_program("publish.py", "--invalidate-cache", environment=superset.environment)
