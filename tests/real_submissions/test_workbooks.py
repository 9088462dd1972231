"""The workbooks say what the published figures say: read back and compared value by value."""

import hashlib
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from read_back import Cells, period_of, publication_of, read_form, read_rows, value_of


@pytest.fixture(scope="module")
def loaded(folder: Path) -> list[dict[str, str]]:
    return [row for row in read_rows(folder / "observations.csv") if row["load"] == "yes"]


@pytest.fixture(scope="module")
def manifest(folder: Path) -> list[dict[str, str]]:
    return read_rows(folder / "manifest.csv")


def figures(folder: Path, manifest: list[dict[str, str]]) -> Iterator[tuple[dict[str, str], Cells]]:
    for entry in manifest:
        for cells in read_form(folder / entry["file"]):
            yield entry, cells


def test_284_figures_stand_in_91_workbooks_once_each(
    folder: Path, seeds_folder: Path, loaded: list[dict[str, str]], manifest: list[dict[str, str]]
) -> None:
    def codes(seed: str, code: str, label: str = "name_vi") -> dict[str, str]:
        return {row[label]: row[code] for row in read_rows(seeds_folder / f"{seed}.csv")}

    units, methods = codes("units_of_measure", "unit_of_measure"), codes("methods", "method_version")
    places = codes("admin_units", "admin_unit_code", "label_vi")
    statuses, authorities = (
        codes("statuses", "status_code"),
        codes("source_authorities", "source_authority_code"),
    )
    read_back: Counter[tuple[object, ...]] = Counter()
    for entry, cells in figures(folder, manifest):
        texts = {column: str(cell) for column, cell in cells.items()}
        value, qualifier, _ = value_of(cells["Giá trị"])
        read_back[
            entry["department_code"], texts["Mã chỉ tiêu"],
            methods[texts["Phương pháp"]] if texts["Phương pháp"] else "",
            units[texts["Đơn vị tính"]], places[texts["Đơn vị hành chính"]], *period_of(texts["Kỳ"]),
            value, qualifier, statuses[texts["Trạng thái số liệu"]], authorities[texts["Cơ quan công bố"]],
            *publication_of(texts["Ngày công bố"]), texts["Nguồn"],
        ] += 1  # fmt: skip
    published = Counter(
        (
            row["submitter_department"], row["indicator_code"], row["method_version"], row["unit_of_measure"],
            row["admin_unit_code"], row["period_kind"], date.fromisoformat(row["period_start"]),
            date.fromisoformat(row["period_end"]), float(row["value"]), row["qualifier"], row["status"],
            row["source_authority"], date.fromisoformat(row["published_on"]), row["published_precision"],
            row["source_url"],
        )
        for row in loaded
    )  # fmt: skip
    assert read_back == published
    assert (len(manifest), sum(read_back.values()), max(read_back.values())) == (91, 284, 1)


def test_the_printed_decimals_survive(
    folder: Path, loaded: list[dict[str, str]], manifest: list[dict[str, str]]
) -> None:
    def decimals(text: str) -> int:
        return len(text.partition(".")[2])

    written: Counter[tuple[object, ...]] = Counter()
    for _, cells in figures(folder, manifest):
        value, _, printed = value_of(cells["Giá trị"])
        shortest = 0 if value == int(value) else decimals(repr(value))
        written[cells["Mã chỉ tiêu"], value, shortest if printed is None else printed] += 1
    assert written == Counter(
        (row["indicator_code"], float(row["value"]), decimals(row["value"])) for row in loaded
    )


def test_no_text_value_could_be_read_two_ways(folder: Path, manifest: list[dict[str, str]]) -> None:
    texts = [cells["Giá trị"] for _, cells in figures(folder, manifest) if isinstance(cells["Giá trị"], str)]
    assert texts
    for text in texts:
        assert re.fullmatch(r"(?:(?:trên|hơn|gần|khoảng) )?\d+(?:,(?:\d{1,2}|\d{4,}))?", text), text


def test_a_workbook_holds_one_publication_of_one_unit_by_one_department_on_its_day(
    folder: Path, seeds_folder: Path, manifest: list[dict[str, str]]
) -> None:
    names = {row["department_code"]: row["name_vi"] for row in read_rows(seeds_folder / "departments.csv")}
    for entry in manifest:
        rows = read_form(folder / entry["file"])
        assert len(rows) == int(entry["rows"])
        assert len({(row["Đơn vị hành chính"], row["Nguồn"], row["Ngày công bố"]) for row in rows}) == 1
        assert publication_of(str(rows[0]["Ngày công bố"]))[0].isoformat() == entry["received_on"]
        assert entry["file"].startswith(f"workbooks/{entry['department_code']}/{entry['received_on']}_")
        assert entry["submitted_by"].startswith("Cán bộ trình diễn – ")
        assert entry["approved_by"] == "Người duyệt trình diễn"
        assert entry["department_code"] in names


def test_the_manifest_is_in_order_of_reception_and_bears_the_digest_of_every_file(folder: Path) -> None:
    manifest, specimens = (read_rows(folder / name) for name in ("manifest.csv", "specimens.csv"))
    assert [entry["received_on"] for entry in manifest] == sorted(entry["received_on"] for entry in manifest)
    for entry in [*manifest, *specimens]:
        digest = hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest()
        assert digest == entry["sha256"], f"{entry['file']} is not the file of the manifest"
    listed = {entry["file"] for entry in [*manifest, *specimens]}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.xlsx")}
    assert listed == there
    assert len({entry["sha256"] for entry in [*manifest, *specimens]}) == len(listed)


def test_the_14_other_figures_are_specimens_with_their_reason(folder: Path) -> None:
    other = {
        row["observation_id"]: row for row in read_rows(folder / "observations.csv") if row["load"] != "yes"
    }
    specimens = read_rows(folder / "specimens.csv")
    shown = [identifier for entry in specimens for identifier in entry["observation_ids"].split()]
    assert sorted(shown) == sorted(other)
    assert len(shown) == 14
    for entry in specimens:
        identifiers = entry["observation_ids"].split()
        assert {other[identifier]["not_loaded_because"] for identifier in identifiers} == {entry["reason_vi"]}
        cells = read_form(folder / entry["file"])
        values = [value_of(row["Giá trị"])[0] for row in cells]
        assert values == [float(other[identifier]["value"]) for identifier in identifiers]
        readable = True
        for row in cells:
            try:
                period_of(str(row["Kỳ"]))
            except AssertionError:
                readable = False
        assert readable == (entry["caught_by"] == "reviewer"), entry["file"]


def run_make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-B", str(folder / "make.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_committed_workbooks_are_what_the_script_makes(folder: Path) -> None:
    result = run_make(folder, "--check")
    assert result.returncode == 0, result.stderr


def test_two_runs_give_equal_bytes_and_a_changed_figure_is_noticed(
    folder: Path, seeds_folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(seeds_folder, tmp_path / "dbt_project" / "seeds")
    copy = tmp_path / "real_submissions"
    shutil.copytree(
        folder, copy, ignore=shutil.ignore_patterns("workbooks", "specimens", "*.xlsx", "__pycache__")
    )

    def bytes_of_a_run() -> dict[str, bytes]:
        assert run_make(copy).returncode == 0
        paths = [path for path in copy.rglob("*") if path.suffix in {".xlsx", ".csv"}]
        return {path.relative_to(copy).as_posix(): path.read_bytes() for path in paths}

    first = bytes_of_a_run()
    assert first == bytes_of_a_run()

    table = copy / "observations.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace(",2021-12-31,4.41,", ",2021-12-31,4.14,"), encoding="utf-8")
    result = run_make(copy, "--check")
    assert result.returncode == 1
    changed = "differs: workbooks/cuc_thong_ke/2025-12-31_tinh_bac_kan_backan-gov-vn.xlsx"
    assert changed in result.stderr.splitlines()


def test_the_page_on_sources_names_every_publisher(folder: Path) -> None:
    page = (folder / "README.md").read_text(encoding="utf-8")
    for row in read_rows(folder / "observations.csv"):
        assert f"| {urlsplit(row['source_url'].split()[0]).hostname} |" in page
