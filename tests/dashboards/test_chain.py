"""dashboard → chart → dataset → column of a mart: every link exists, and the verdicts are those of the registry."""

from __future__ import annotations

import csv
import re
from typing import Any

import pytest
import yaml
from asset_files import Asset

from tests.dashboards.conftest import REPOSITORY
from tests.dashboards.test_assets import ASSET_LIST, named, of_kind

MARTS = REPOSITORY / "dbt_project" / "models" / "marts"
VERDICTS = REPOSITORY / "dbt_project" / "seeds" / "verdicts.csv"
BY_UUID = {asset.uuid: asset for asset in ASSET_LIST}
TEMPORAL = {"date", "timestamp"}
GROUPS = ("good_count", "warning_count", "bad_count", "neutral_count")


def mart_columns(table: str) -> dict[str, str]:
    """Return {column: data type} of a mart's contract."""
    models = yaml.safe_load((MARTS / f"{table}.yml").read_text(encoding="utf-8"))["models"]
    model = next(one for one in models if one["name"] == table)
    return {column["name"]: column["data_type"].lower() for column in model["columns"]}


def dataset_names(dataset: Asset) -> tuple[set[str], set[str]]:
    """Return the names of the columns and of the metrics of a dataset."""
    columns = {column["column_name"] for column in dataset.config["columns"]}
    return columns, {metric["metric_name"] for metric in dataset.config["metrics"]}


def charts_on(dashboard: Asset) -> dict[str, dict[str, Any]]:
    """Return {part id: meta} of the charts placed on a dashboard."""
    parts = dashboard.config["position"].values()
    return {part["id"]: part["meta"] for part in parts if isinstance(part, dict) and part["type"] == "CHART"}


def verdicts() -> dict[str, dict[str, str]]:
    """Return the rows of the verdict registry by code."""
    with VERDICTS.open(encoding="utf-8", newline="") as file:
        return {row["verdict_code"]: row for row in csv.DictReader(file)}


def label_colours() -> dict[str, str]:
    """Return {sign and name: colour} of every verdict."""
    return {f"{row['sign']} {row['verdict_name_vi']}": row["colour_hex"] for row in verdicts().values()}


@pytest.mark.parametrize("dataset", of_kind("datasets"), ids=named)
def test_dataset_reads_columns_that_the_mart_promises(dataset: Asset) -> None:
    assert dataset.config["schema"] == "marts"
    assert BY_UUID[dataset.config["database_uuid"]].kind == "databases"
    promised = mart_columns(dataset.config["table_name"])
    for column in dataset.config["columns"]:
        name = column["column_name"]
        assert name in promised, f"{dataset.config['table_name']} has no column {name}"
        assert column["type"].lower() == promised[name].split("(")[0], f"{name} is {promised[name]}"
        assert bool(column.get("is_dttm")) == (promised[name] in TEMPORAL), name


@pytest.mark.parametrize("dataset", of_kind("datasets"), ids=named)
def test_metric_computes_on_columns_that_the_mart_promises(dataset: Asset) -> None:
    promised = mart_columns(dataset.config["table_name"])
    for metric in dataset.config["metrics"]:
        words = re.findall(r"\b[a-z_][a-z0-9_]*\b", re.sub(r"'[^']*'", "", metric["expression"]))
        assert set(words) <= set(promised), f"{metric['metric_name']}: {set(words) - set(promised)}"


@pytest.mark.parametrize("chart", of_kind("charts"), ids=named)
def test_chart_names_columns_and_metrics_of_its_dataset(chart: Asset) -> None:
    columns, metrics = dataset_names(BY_UUID[chart.config["dataset_uuid"]])
    params = chart.config["params"]
    wanted_metrics = {params.get("metric"), params.get("timeseries_limit_metric")}
    wanted_columns = {params.get("x_axis")}
    for suffix in ("", "_b"):
        wanted_metrics |= set(params.get(f"metrics{suffix}", []))
        wanted_columns |= set(params.get(f"groupby{suffix}", []))
        wanted_columns |= {one["subject"] for one in params.get(f"adhoc_filters{suffix}", [])}
    wanted_columns |= {*params.get("all_columns", []), *params.get("column_config", {})}
    wanted_columns |= {yaml.safe_load(order)[0] for order in params.get("order_by_cols", [])}
    assert wanted_metrics - {None} <= metrics
    assert wanted_columns - {None} <= columns
    formatted = {rule["column"] for rule in params.get("conditional_formatting", [])}
    assert formatted <= columns | metrics


@pytest.mark.parametrize("dashboard", of_kind("dashboards"), ids=named)
def test_dashboard_shows_charts_that_exist_under_their_names(dashboard: Asset) -> None:
    placed = charts_on(dashboard)
    for part, meta in placed.items():
        assert meta["uuid"] in BY_UUID, f"{part}: no chart {meta['uuid']}"
        assert BY_UUID[meta["uuid"]].config["slice_name"] == meta["sliceName"], part
    assert len({meta["chartId"] for meta in placed.values()}) == len(placed)
    assert len({meta["uuid"] for meta in placed.values()}) == len(placed)


def test_every_chart_is_on_a_dashboard_and_every_dataset_under_a_chart() -> None:
    shown = {meta["uuid"] for dashboard in of_kind("dashboards") for meta in charts_on(dashboard).values()}
    assert shown == {chart.uuid for chart in of_kind("charts")}
    assert {chart.config["dataset_uuid"] for chart in of_kind("charts")} == {
        d.uuid for d in of_kind("datasets")
    }


@pytest.mark.parametrize("dashboard", of_kind("dashboards"), ids=named)
def test_layout_is_a_tree_of_rows_no_wider_than_the_grid(dashboard: Asset) -> None:
    parts = {key: part for key, part in dashboard.config["position"].items() if isinstance(part, dict)}
    reached, waiting = set(), ["ROOT_ID"]
    while waiting:
        part = parts[waiting.pop()]
        reached.add(part["id"])
        waiting += part.get("children", [])
    assert reached == set(parts) - {"HEADER_ID"}
    for key, part in parts.items():
        assert part["id"] == key
        for child in part.get("children", []):
            assert parts[child].get("parents", [])[-1] == key, child
        if part["type"] == "ROW":
            assert sum(parts[child]["meta"]["width"] for child in part["children"]) <= 12, key


@pytest.mark.parametrize("dashboard", of_kind("dashboards"), ids=named)
def test_filter_stands_on_a_column_that_each_chart_in_its_scope_has(dashboard: Asset) -> None:
    placed = {meta["chartId"]: BY_UUID[meta["uuid"]] for meta in charts_on(dashboard).values()}
    for native_filter in dashboard.config["metadata"]["native_filter_configuration"]:
        (target,) = native_filter["targets"]
        name = target["column"]["name"]
        columns, metrics = dataset_names(BY_UUID[target["datasetUuid"]])
        assert name in columns
        assert native_filter.get("sortMetric") in metrics | {None}
        excluded = native_filter["scope"]["excluded"]
        assert set(excluded) <= set(placed)
        for chart_id in set(placed) - set(excluded):
            chart = placed[chart_id]
            assert name in dataset_names(BY_UUID[chart.config["dataset_uuid"]])[0], (name, chart.path)


def test_charts_that_count_targets_stand_under_the_filter_of_one_year() -> None:
    for dashboard in of_kind("dashboards"):
        filters = dashboard.config["metadata"]["native_filter_configuration"]
        year = next(one for one in filters if one["targets"][0]["column"]["name"] == "year_label")
        assert year["controlValues"]["enableEmptyFilter"] is True
        assert year["controlValues"]["multiSelect"] is False
        assert year["defaultDataMask"]["filterState"]["value"] == ["Gần nhất"]
        for meta in charts_on(dashboard).values():
            dataset = BY_UUID[BY_UUID[meta["uuid"]].config["dataset_uuid"]]
            if "year_label" in dataset_names(dataset)[0]:
                assert meta["chartId"] not in year["scope"]["excluded"], meta["sliceName"]


def test_each_verdict_has_the_colour_of_the_registry_on_every_dashboard() -> None:
    for dashboard in of_kind("dashboards"):
        colours = dashboard.config["metadata"]["label_colors"]
        metrics = {metric for dataset in of_kind("datasets") for metric in dataset_names(dataset)[1]}
        assert {label: colour for label, colour in colours.items() if label not in metrics} == label_colours()


def test_each_verdict_has_the_colour_of_the_registry_in_every_table() -> None:
    tables = [c for c in of_kind("charts") if "verdict_label_vi" in c.config["params"].get("all_columns", [])]
    assert tables
    for chart in tables:
        rules = chart.config["params"]["conditional_formatting"]
        assert {rule["targetValue"]: rule["colorScheme"] for rule in rules} == label_colours(), chart.path
        assert all(rule["operator"] == "=" and rule["useGradient"] is False for rule in rules)


def test_each_verdict_is_counted_in_exactly_one_group() -> None:
    dataset = next(d for d in of_kind("datasets") if d.config["table_name"] == "mart_leader_target_overview")
    expressions = {metric["metric_name"]: metric["expression"] for metric in dataset.config["metrics"]}
    counted = [code for group in GROUPS for code in re.findall(r"'(\w+)'", expressions[group])]
    assert sorted(counted) == sorted(verdicts())
    assert set(re.findall(r"'(\w+)'", expressions["assessed_count"])) == set(
        re.findall(r"'(\w+)'", expressions["neutral_count"])
    ), "assessed is everything that is not unassessed"
