"""`cotmoc template`: who owes which figures, the help that is published, and the way back through the real intake."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cotmoc.desk import Desk
from cotmoc.examination import judge_in_process
from cotmoc.intake import check, submit
from cotmoc.registry import Registry, UnknownDepartmentError
from cotmoc.templates import NoTemplateError, make_template
from ingestion.layouts import read_forms
from ingestion.normalising.periods import Period, to_period
from ingestion.templates.content import Entry, Template
from ingestion.templates.workbook import to_workbook_bytes
from tests.ingestion.templates import FIRST_ROW, WRITTEN, filled
from tests.line.desks import FORMS, REGISTRY, a_file, desk_at
from tests.line.test_command import assert_one_sentence, run

TODAY = date(2026, 2, 1)
OFFICE = "cuc_thong_ke"
NOTHING = Path("nothing/published.duckdb")
PROVINCES_TO_2025 = ("Tỉnh Bắc Kạn", "Tỉnh Thái Nguyên (đến 30/6/2025)")
PROVINCES_FROM_2025 = ("Tỉnh Thái Nguyên (từ 01/7/2025)",)


def made(department: str, period: str, current: Path = NOTHING, form: str = "so_lieu") -> Template:
    found = to_period(period)
    assert found is not None
    return make_template(Registry(REGISTRY), read_forms(FORMS), current, form, department, found, TODAY)


def asked(template: Template) -> set[str]:
    return {entry.labels["indicator_code"] for entry in template.entries}


def entry_of(template: Template, code: str, place: str) -> Entry:
    return next(
        entry
        for entry in template.entries
        if (entry.labels["indicator_code"], entry.labels["admin_unit_code"]) == (code, place)
    )


# --- who owes what


@pytest.mark.parametrize(
    ("period", "places"),
    [
        ("2024", PROVINCES_TO_2025),
        ("6 tháng 2025", PROVINCES_TO_2025),
        ("2025", PROVINCES_FROM_2025),
        ("quý III/2025", PROVINCES_FROM_2025),
    ],
)
def test_the_places_are_the_provinces_in_force_on_the_last_day(period: str, places: tuple[str, ...]) -> None:
    template = made(OFFICE, period)
    assert tuple(dict.fromkeys(entry.labels["admin_unit_code"] for entry in template.entries)) == places
    assert {entry.labels["period"] for entry in template.entries} == {period}


def test_what_an_ended_department_owed_its_successor_owes() -> None:
    own = asked(made("so_khdt", "2024"))
    assert "pci_rank" in own
    assert own < asked(made("so_tai_chinh", "2024"))
    assert own < asked(made("so_tai_chinh", "2025"))
    assert "forest_cover_pct" in asked(made("so_nnmt", "2025"))


def test_an_indicator_is_asked_for_the_periods_it_has_figures_for() -> None:
    year, quarter, month = (asked(made(OFFICE, period)) for period in ("2024", "quý I/2024", "01/2024"))
    assert month < quarter < year
    assert "hdi" in year - quarter
    assert "grdp_growth" in quarter - month
    assert asked(made("so_gddt", "năm học 2023-2024")) == {"schools_national_standard", "schools_total"}


def test_a_milestone_is_confirmed_and_not_asked() -> None:
    assert "city_class_ii" not in asked(made("so_xay_dung", "2024"))


@pytest.mark.parametrize(
    ("year", "methods"),
    [
        ("2020", {"Chuẩn nghèo đa chiều giai đoạn 2016-2020"}),
        ("2021", {"Chuẩn nghèo đa chiều giai đoạn 2016-2020", "Chuẩn nghèo đa chiều giai đoạn 2021-2025"}),
        ("2024", {"Chuẩn nghèo đa chiều giai đoạn 2021-2025"}),
    ],
)
def test_each_method_in_force_has_its_row(year: str, methods: set[str]) -> None:
    rows = [
        entry.labels
        for entry in made("so_ldtbxh", year).entries
        if entry.labels["indicator_code"] == "poverty_rate"
    ]
    assert {labels["method_version"] for labels in rows} == methods
    assert len(rows) == len(methods) * len(PROVINCES_TO_2025)


@pytest.mark.parametrize(
    ("department", "period", "words"),
    [
        ("so_khdt", "2025", "ended on 28/02/2025, before the end of 2025: use --department so_tai_chinh"),
        ("so_ldtbxh", "2025", "the registry names no single successor"),
        ("bo_chqs_tinh", "2024", "owes no figures: no indicator counted in numbers"),
        ("so_y_te", "quý I/2024", "owes no figures for a period like 'quý I/2024'; it does for: 2024"),
        (
            OFFICE,
            "ngày 14/12/2023",
            "owes no figures for a period like 'ngày 14/12/2023'; it does for: 2024; 6",
        ),
    ],
)
def test_a_department_that_owes_nothing_is_told_why(department: str, period: str, words: str) -> None:
    with pytest.raises(NoTemplateError) as refused:
        made(department, period)
    assert words in str(refused.value)


def test_a_form_a_period_or_a_department_that_is_not_there_is_named() -> None:
    with pytest.raises(NoTemplateError, match=r"no form 'so_lieu_2' is in force .* in force: so_lieu"):
        made(OFFICE, "2024", form="so_lieu_2")
    with pytest.raises(UnknownDepartmentError, match="known are: cuc_thong_ke"):
        made("so_la", "2024")
    form, *_ = read_forms(FORMS)
    layout = form.versions[0].model_copy(update={"period_kinds": frozenset({"year"})})
    yearly = form.model_copy(update={"versions": (layout,)})
    month = Period("month", date(2024, 1, 1), date(2024, 1, 31))
    with pytest.raises(NoTemplateError, match=r"takes no period like '01/2024'; it takes: 2024$"):
        make_template(Registry(REGISTRY), [yearly], NOTHING, "so_lieu", OFFICE, month, TODAY)


def test_every_value_cell_of_every_department_has_its_help_and_its_warning() -> None:
    registry = Registry(REGISTRY)
    count = 0
    for department in registry.departments:
        try:
            template = made(department, "2024")
        except NoTemplateError:
            continue
        book = openpyxl.load_workbook(io.BytesIO(to_workbook_bytes(template, registry.vocabularies)))
        rules = book["Số liệu"].data_validations.dataValidation
        warned = [rule for rule in rules if rule.errorStyle == "warning" and rule.prompt and rule.error]
        assert len(warned) == len(template.entries), department
        count += 1
    assert count > 10


# --- the way back


@pytest.fixture
def gated(tmp_path: Path) -> Desk:
    """Return a desk with the real landing gate."""
    return desk_at(tmp_path / "home", judge_in_process)


def hand_in(template: Template, rows: dict[int, dict[str, Any]], folder: Path) -> Path:
    data = to_workbook_bytes(template, Registry(REGISTRY).vocabularies)
    return a_file(folder, filled(data, rows), "mau.xlsx")


def test_a_filled_template_lands_and_the_rest_is_not_reported(gated: Desk, tmp_path: Path) -> None:
    template = made(OFFICE, "2024")
    file = hand_in(template, {0: {**WRITTEN, "Giá trị": 6.35}, 1: {**WRITTEN, "Giá trị": "6,50"}}, tmp_path)
    assert check(gated, file, OFFICE).state == "accepted"
    receipt = submit(gated, file, OFFICE, "Nguyễn Văn A")
    assert (receipt.state, receipt.rows_accepted, receipt.periods) == ("accepted", 2, ("2024",))
    (note,) = receipt.problems
    assert (note.severity, note.rule) == ("note", "rows_not_filled")
    assert note.message_vi.startswith(f"{len(template.entries) - 2} dòng của mẫu chưa ghi gì (dòng 11–")
    assert receipt.submission_id
    assert [(change.indicator_code, change.admin_unit_code, change.new) for change in receipt.changes] == [
        ("grdp_growth", "tinh_bac_kan", 6.35),
        ("grdp_growth", "tinh_thai_nguyen_cu", 6.5),
    ]


@pytest.mark.parametrize(
    ("department", "period"),
    [(OFFICE, "2024"), ("so_ldtbxh", "2021"), ("so_tai_chinh", "2025"), ("so_gddt", "năm học 2023-2024")],
)
def test_every_label_of_a_template_is_read_as_it_was_meant(
    desk: Desk, tmp_path: Path, department: str, period: str
) -> None:
    template = made(department, period)
    rows = {number: {**WRITTEN, "Giá trị": number + 0.5} for number in range(len(template.entries))}
    receipt = submit(desk, hand_in(template, rows, tmp_path), department, "Nguyễn Văn A")
    assert (receipt.state, receipt.problems) == ("accepted", ())
    labels = [entry.labels for entry in template.entries]
    registry = Registry(REGISTRY).vocabularies
    assert [
        (change.indicator_code, registry["admin_units"].term_of(change.admin_unit_code), change.new)
        for change in receipt.changes
    ] == [
        (one["indicator_code"], registry["admin_units"].find(one["admin_unit_code"]), number + 0.5)
        for number, one in enumerate(labels)
    ]


def test_the_template_of_another_department_is_refused_with_its_own_sentence(
    desk: Desk, tmp_path: Path
) -> None:
    file = hand_in(made(OFFICE, "2024"), {0: {**WRITTEN, "Giá trị": 6.35}}, tmp_path)
    receipt = check(desk, file, "so_tai_chinh")
    assert receipt.state == "refused"
    assert [one.rule for one in receipt.problems if one.severity == "error"] == [
        "template_of_other_department"
    ]


# --- what is published as help


def test_the_newest_published_figure_stands_beside_the_cell(published_home: Path) -> None:
    current = published_home / "published" / "current.duckdb"
    growth = entry_of(made(OFFICE, "2023", current), "grdp_growth", "Tỉnh Bắc Kạn").last
    assert growth is not None
    assert (growth.value, growth.period.text) == (6.33, "2023")
    conflicting = entry_of(
        made(OFFICE, "2023", current), "grdp_per_capita", "Tỉnh Thái Nguyên (đến 30/6/2025)"
    ).last
    assert conflicting is not None
    assert conflicting.value is None
    qualified = entry_of(
        made("so_tai_chinh", "6 tháng 2022", current), "budget_revenue", PROVINCES_TO_2025[1]
    )
    assert qualified.last is not None
    assert (qualified.last.qualifier, qualified.last.value, qualified.last.unit_of_measure) == (
        ">",
        9500.0,
        "tỷ đồng",
    )
    assert entry_of(made(OFFICE, "2017", current), "grdp_growth", "Tỉnh Bắc Kạn").last is None


# --- the command


def test_the_command_writes_the_workbook_and_says_what_it_is(tmp_path: Path) -> None:
    out = tmp_path / "mẫu 2024.xlsx"
    arguments = ("template", "so_lieu", "--department", OFFICE, "--period", "2024", "-o", str(out))
    done = run(tmp_path / "home", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said == {
        "path": str(out),
        "template_id": said["template_id"],
        "form_code": "so_lieu",
        "form_version": "1.0",
        "department_code": OFFICE,
        "period": "2024",
        "rows": 94,
        "rows_with_last_figure": 0,
    }
    first = out.read_bytes()
    assert run(tmp_path / "home", *arguments).returncode == 0
    assert out.read_bytes() == first
    sheet = openpyxl.load_workbook(io.BytesIO(first))["Số liệu"]
    assert sheet.cell(FIRST_ROW, 1).value == "grdp_growth"


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("2024-Q1", "quý I/2024"),
        ("2024-h1", "6 tháng 2024"),
        ("2024-9M", "9 tháng 2024"),
        ("2024-01", "01/2024"),
        ("quý 1/2024", "quý I/2024"),
        ("lũy kế đến 15/3/2024", "lũy kế đến 15/03/2024"),
    ],
)
def test_a_period_is_typed_shortly_or_as_the_form_writes_it(typed: str, canonical: str) -> None:
    from cotmoc.command.templating import read_period

    assert read_period(typed).text == canonical


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"FORM": "so_la"}, "no form 'so_la'"),
        ({"--department": "so_la"}, "so_la"),
        ({"--period": "năm ngoái"}, "2024-Q1"),
        ({"--department": "so_khdt", "--period": "2025"}, "so_tai_chinh"),
        ({"-o": "mau.xls"}, ".xlsx"),
        ({"-o": "nowhere/mau.xlsx"}, "no folder"),
    ],
)
def test_wrong_usage_is_one_sentence_and_writes_nothing(
    tmp_path: Path, changed: dict[str, str], words: str
) -> None:
    given = {"--department": OFFICE, "--period": "2024", "-o": str(tmp_path / "mau.xlsx"), "FORM": "so_lieu"}
    given |= changed
    form = given.pop("FORM")
    done = run(tmp_path / "home", "template", form, *(part for pair in given.items() for part in pair))
    assert_one_sentence(done, 2, words)
    assert list(tmp_path.glob("*.xlsx")) == []
