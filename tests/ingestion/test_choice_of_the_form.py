"""A workbook → the form it is written on, by what stands in it; a new layout is an edit of YAML."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from cotmoc.registry import Registry
from cotmoc.settings import REPOSITORY
from ingestion.cells import Sheet, Workbook
from ingestion.layouts import FORMS, forms_in_force, read_forms
from ingestion.parsing import choose_form, to_no_form
from tests.ingestion import workbooks
from tests.ingestion.tables import DATA, HEADER, TITLE, TODAY, faults, made, made_of, opened, read_as, said
from tests.ingestion.templates import template_bytes
from tests.ingestion.test_cubes import PX, SDMX
from tests.ingestion.test_wide_tables import EXPECTED
from tests.ingestion.test_yearbook_tables import ACROSS, DOWN, MERGES

IN_FORCE = forms_in_force(read_forms(), TODAY)


def chosen(data: bytes | Workbook) -> str | None:
    form = choose_form(IN_FORCE, data if isinstance(data, Workbook) else opened(data))
    return form.code if form else None


def as_csv(workbook: Workbook) -> Workbook:
    (sheet,) = workbook.sheets.values()
    return Workbook(("CSV",), {"CSV": Sheet("CSV", False, sheet.cells)})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (workbooks.workbook(), "so_lieu"),
        (template_bytes(), "so_lieu"),
        (made([("x",)], sheet="Số liệu"), "so_lieu"),
        (made(TITLE, HEADER, DATA), "bang_rong"),
        (made(TITLE, HEADER, DATA, sheet="Số liệu"), "bang_rong"),
        (made_of({"Bìa": [("Bìa",)], "Số liệu": [*TITLE, *HEADER, *DATA]}), "bang_rong"),
        (made(ACROSS), "nien_giam"),
        (made(DOWN, merges=MERGES), "nien_giam"),
        (made(ACROSS[1:]), "nien_giam"),
        (made([("TT", "Chỉ tiêu", "ĐVT", "Năm 2023", "Năm 2024")], [(1, "Tỷ lệ hộ nghèo", "%", 5, 4)]), "bang_rong"),
        (made(PX, sheet="PX"), "px"),
        (made(SDMX, sheet="CSV"), "sdmx_csv"),
        (made([("Xin chào",)]), None),
    ],
)  # fmt: skip
def test_a_workbook_is_read_by_the_form_whose_header_stands_in_it(data: bytes, code: str | None) -> None:
    assert chosen(data) == code


def test_the_standard_form_as_comma_separated_text_is_the_standard_form() -> None:
    workbook = as_csv(opened(workbooks.workbook({"Giá trị": "6,30"})))
    assert chosen(workbook) == "so_lieu"
    parsed = read_as("so_lieu", workbook)
    assert (faults(parsed), [row.value for row in parsed.rows]) == ([], [6.3])


def test_a_workbook_of_no_form_is_told_once_which_forms_there_are() -> None:
    problem = to_no_form(IN_FORCE, opened(made([("Xin chào",)])))
    assert (problem.severity, problem.rule) == ("error", "form_not_found")
    assert all(
        form.code in problem.message_vi and form.layout.needs in problem.message_vi for form in IN_FORCE
    )


def edited(folder: Path, code: str, edit: Callable[[Any], None]) -> Path:
    form = yaml.safe_load((FORMS / f"{code}.yaml").read_text(encoding="utf-8"))
    edit(form)
    (folder / f"{code}.yaml").write_text(yaml.safe_dump(form, allow_unicode=True), encoding="utf-8")
    return folder


def test_next_years_layout_is_a_version_in_the_yaml_and_nothing_else(tmp_path: Path) -> None:
    def add_a_version(form: Any) -> None:
        (present,) = form["versions"]
        after = yaml.safe_load(yaml.safe_dump(present))
        present["valid_to"], after["valid_from"], after["version"] = "2025-12-31", "2026-01-01", "2.0"
        names = next(column for column in after["header"] if column["holds"] == "indicator_name")
        names["headers"] = ["Tên tiêu chí"]
        after["header"].insert(0, {"holds": "value", "headers": ["Số đạt được*"], "status_code": "estimate"})
        form["versions"].append(after)

    forms = read_forms(edited(tmp_path, "bang_rong", add_a_version))
    header = [
        ("TT", "Tên tiêu chí", "ĐVT", "Thực hiện năm 2024", "Kế hoạch năm 2025", "Số đạt được năm 2025")
    ]
    table = opened(made(TITLE, header, DATA))
    (old,), (new,) = forms_in_force(forms, TODAY), forms_in_force(forms, TODAY.replace(year=2026))
    assert (old.layout.version, choose_form([old], table)) == ("1.0", None)
    assert (new.layout.version, choose_form([new], table)) == ("2.0", new)
    parsed = read_as(new, table)
    assert (faults(parsed), said(parsed)) == ([], EXPECTED)


def unknown_key(form: Any) -> None:
    form["versions"][0]["colour"] = "red"


def unknown_family(form: Any) -> None:
    form["versions"][0]["family"] = "round"


def value_without_status(form: Any) -> None:
    form["versions"][0]["header"].append({"holds": "value", "headers": ["Số"]})


def no_names(form: Any) -> None:
    version = form["versions"][0]
    version["header"] = [column for column in version["header"] if column["holds"] != "indicator_name"]


def no_year(form: Any) -> None:
    form["versions"][0]["years"].append({"labels": ["Năm"], "status_code": "official"})


def a_name_twice(form: Any) -> None:
    form["versions"][0]["header"].append({"holds": "note", "names": ["DATA"]})


@pytest.mark.parametrize(
    ("code", "edit", "words"),
    [
        ("so_lieu", unknown_key, "colour"),
        ("bang_rong", unknown_key, "colour"),
        ("nien_giam", unknown_key, "colour"),
        ("px", unknown_key, "colour"),
        ("bang_rong", unknown_family, "round"),
        ("bang_rong", value_without_status, "a status belongs to a value column"),
        ("bang_rong", no_names, "no column holds indicator_name"),
        ("nien_giam", no_year, "names {year} once"),
        ("px", a_name_twice, "given twice: DATA"),
    ],
)
def test_a_slip_in_a_layout_is_refused_with_its_file(
    tmp_path: Path, code: str, edit: Callable[[Any], None], words: str
) -> None:
    with pytest.raises(ValueError, match=f"{code}.yaml: ") as refused:
        read_forms(edited(tmp_path, code, edit))
    assert words in str(refused.value)


def test_the_codes_in_the_layouts_are_registered() -> None:
    vocabularies = Registry(REPOSITORY / "dbt_project" / "seeds").vocabularies

    def codes(node: Any) -> list[tuple[str, str]]:
        if isinstance(node, list):
            return [found for part in node for found in codes(part)]
        if not isinstance(node, dict):
            return []
        own = [
            (key, node[key])
            for key in ("status_code", "source_authority_code")
            if isinstance(node.get(key), str)
        ]
        if node.get("holds") in ("status_code", "unit_of_measure"):
            own += [(node["holds"], code) for code in node.get("codes", {}).values()]
        return own + [found for part in node.values() for found in codes(part)]

    of = {"status_code": "statuses", "source_authority_code": "source_authorities"}
    found = [
        pair
        for path in FORMS.glob("*.yaml")
        for pair in codes(yaml.safe_load(path.read_text(encoding="utf-8")))
    ]
    assert len(found) > 20
    for kind, code in found:
        vocabulary = vocabularies["units_of_measure"] if kind == "unit_of_measure" else vocabularies[of[kind]]  # type: ignore[index]  # asked for by kinds of the registry
        assert vocabulary.term_of(code), (kind, code)
