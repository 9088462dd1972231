"""The asset files: known keys, stable identities, no arithmetic in charts, nothing unsafe, nothing in English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from asset_files import ASSETS, Asset, import_contents, read_assets

KNOWN_KEYS = {
    "databases": {
        "database_name", "sqlalchemy_uri", "expose_in_sqllab", "allow_run_async", "allow_ctas", "allow_cvas",
        "allow_dml", "allow_file_upload", "cache_timeout", "extra", "uuid", "version",
    },
    "datasets": {
        "table_name", "schema", "database_uuid", "uuid", "version", "description", "main_dttm_col",
        "filter_select_enabled", "columns", "metrics",
    },
    "charts": {"slice_name", "description", "viz_type", "dataset_uuid", "uuid", "version", "params"},
    "dashboards": {
        "dashboard_title", "slug", "description", "published", "uuid", "version", "position", "metadata", "css",
    },
}  # fmt: skip
VIETNAMESE = re.compile(
    "[ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE
)
ASSET_LIST = read_assets()


def named(asset: Asset) -> str:
    """Return the test id of an asset: its path."""
    return asset.path


def of_kind(kind: str) -> list[Asset]:
    """Return the assets of one kind."""
    return [asset for asset in ASSET_LIST if asset.kind == kind]


def texts_for_readers() -> Iterator[tuple[str, str]]:
    """Yield (where, text) for everything an officer or a leader can read."""
    for asset in ASSET_LIST:
        config = asset.config
        for key in ("slice_name", "dashboard_title", "database_name", "description"):
            if config.get(key):
                yield f"{asset.path}: {key}", config[key]
        for entry in (*config.get("columns", []), *config.get("metrics", [])):
            for key in ("verbose_name", "description"):
                if entry.get(key):
                    yield (
                        f"{asset.path}: {entry.get('column_name', entry.get('metric_name'))}.{key}",
                        entry[key],
                    )
        if config.get("params", {}).get("subtitle"):
            yield f"{asset.path}: subtitle", config["params"]["subtitle"]
        for part in config.get("position", {}).values():
            if isinstance(part, dict):
                for key in ("code", "text", "sliceName"):
                    if part.get("meta", {}).get(key):
                        yield f"{asset.path}: {part['id']}.{key}", part["meta"][key]
        for native_filter in config.get("metadata", {}).get("native_filter_configuration", []):
            for key in ("name", "description"):
                if native_filter.get(key):
                    yield f"{asset.path}: {native_filter['id']}.{key}", native_filter[key]


@pytest.mark.parametrize("asset", ASSET_LIST, ids=named)
def test_asset_has_only_known_keys(asset: Asset) -> None:
    assert set(asset.config) <= KNOWN_KEYS[asset.kind], set(asset.config) - KNOWN_KEYS[asset.kind]
    assert asset.config["version"] == "1.0.0"


def test_no_key_is_written_twice_in_a_file() -> None:
    class Strict(yaml.SafeLoader):
        """Refuse what plain YAML forgives: the second of two equal keys wins."""

    def mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
        keys = [loader.construct_object(key) for key, _ in node.value]
        repeated = [key for key, times in Counter(keys).items() if times > 1]
        assert not repeated, f"{node.start_mark}: {repeated}"
        return loader.construct_mapping(node, deep=True)

    Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
    for file in ASSETS.rglob("*.yaml"):
        yaml.load(file.read_text(encoding="utf-8"), Loader=Strict)  # noqa: S506 - Strict is a SafeLoader


def test_uuids_are_unique_and_well_formed() -> None:
    uuids = [asset.uuid for asset in ASSET_LIST]
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", uuid) for uuid in uuids)
    assert len(set(uuids)) == len(uuids)


def test_names_are_unique_within_their_kind() -> None:
    # SQLite, the default metadata database, allows a table name only once among all datasets.
    assert len({a.config["table_name"] for a in of_kind("datasets")}) == len(of_kind("datasets"))
    assert len({a.config["slice_name"] for a in of_kind("charts")}) == len(of_kind("charts"))
    assert len({a.config["slug"] for a in of_kind("dashboards")}) == len(of_kind("dashboards"))


def test_every_asset_is_imported_as_managed_by_files() -> None:
    contents = import_contents(ASSET_LIST)
    assert set(contents) == {"metadata.yaml", *(asset.path for asset in ASSET_LIST)}
    for asset in ASSET_LIST:
        assert yaml.safe_load(contents[asset.path])["is_managed_externally"] is True


def test_a_dropped_attribute_of_a_metric_is_imported_as_null() -> None:
    dataset = next(a for a in of_kind("datasets") if a.config["table_name"] == "mart_leader_target_overview")
    imported = yaml.safe_load(import_contents([dataset])[dataset.path])
    rank = next(metric for metric in imported["metrics"] if metric["metric_name"] == "verdict_rank")
    assert rank["verbose_name"] is None
    assert rank["warning_text"] is None


@pytest.mark.parametrize("asset", of_kind("databases"), ids=named)
def test_database_asks_for_a_locked_reader_and_hides_from_sql_lab(asset: Asset) -> None:
    uri = asset.config["sqlalchemy_uri"]
    assert uri.startswith("duckdb:////published/current.duckdb?"), (
        "no path of a machine belongs into the repository"
    )
    assert {"access_mode=read_only", "enable_external_access=false", "lock_configuration=true"} <= set(
        uri.split("?")[1].split("&")
    )
    for permission in ("expose_in_sqllab", "allow_ctas", "allow_cvas", "allow_dml", "allow_file_upload"):
        assert asset.config[permission] is False


@pytest.mark.parametrize("asset", of_kind("charts"), ids=named)
def test_chart_computes_nothing(asset: Asset) -> None:
    params = asset.config["params"]
    assert params["viz_type"] == asset.config["viz_type"]
    chosen = [params.get("metric"), params.get("timeseries_limit_metric"), params.get("x_axis")]
    for key in ("metrics", "metrics_b", "groupby", "groupby_b", "all_columns"):
        chosen += params.get(key, [])
    assert all(choice is None or isinstance(choice, str) for choice in chosen), "name a metric of the dataset"
    for key in ("adhoc_filters", "adhoc_filters_b"):
        assert all(one["expressionType"] == "SIMPLE" for one in params.get(key, []))


@pytest.mark.parametrize(
    "asset", [a for a in of_kind("charts") if a.config["viz_type"] == "table"], ids=named
)
def test_table_shows_text_as_text(asset: Asset) -> None:
    assert asset.config["params"]["allow_render_html"] is False


@pytest.mark.parametrize(("where", "text"), list(texts_for_readers()), ids=lambda value: value[:60])
def test_reader_reads_vietnamese(where: str, text: str) -> None:
    assert VIETNAMESE.search(text), f"{where} is not Vietnamese: {text}"
    assert text == text.strip()
