"""A few registered names, as the line would hand them in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ingestion.layouts import Form, forms_in_force, read_forms
from ingestion.normalising.vocabulary import Term, Vocabularies, Vocabulary
from ingestion.parsing import Parsed, parse_form
from ingestion.problems import Problem
from ingestion.reading.sandbox import ProcessLimits, read_workbook
from ingestion.templates.mark import MARK_SHEET

_ORDINARY = ProcessLimits()
LAST_DAY = date(2025, 6, 30)
FIRST_DAY = date(2025, 7, 1)

VOCABULARIES = Vocabularies(
    {
        "indicators": Vocabulary(
            (
                Term("grdp_growth", "Tốc độ tăng trưởng GRDP"),
                Term("poverty_rate", "Tỷ lệ hộ nghèo"),
                Term("budget_revenue", "Thu ngân sách nhà nước"),
            )
        ),
        "methods": Vocabulary(
            (Term("ndc_2021_2025", "Chuẩn nghèo đa chiều giai đoạn 2021-2025", of="poverty_rate"),)
        ),
        "units_of_measure": Vocabulary(
            (
                Term("percent", "%", ("phần trăm",)),
                Term("billion_vnd", "tỷ đồng", ("tỉ đồng",)),
            )
        ),
        "admin_units": Vocabulary(
            (
                Term("tinh_bac_kan", "Tỉnh Bắc Kạn", bare_name="Tỉnh Bắc Kạn", valid_to=LAST_DAY),
                Term(
                    "tinh_thai_nguyen_cu",
                    "Tỉnh Thái Nguyên (đến 30/6/2025)",
                    ("Tỉnh Thái Nguyên cũ",),
                    bare_name="Tỉnh Thái Nguyên",
                    valid_to=LAST_DAY,
                ),
                Term(
                    "tinh_thai_nguyen",
                    "Tỉnh Thái Nguyên (từ 01/7/2025)",
                    bare_name="Tỉnh Thái Nguyên",
                    valid_from=FIRST_DAY,
                ),
                Term("xa_tan_thanh_a", "Xã Tân Thành, huyện A", bare_name="Xã Tân Thành", valid_to=LAST_DAY),
                Term("xa_tan_thanh_b", "Xã Tân Thành, huyện B", bare_name="Xã Tân Thành", valid_to=LAST_DAY),
            )
        ),
        "statuses": Vocabulary((Term("official", "Chính thức"), Term("preliminary", "Sơ bộ"))),
        "source_authorities": Vocabulary(
            (Term("statistics_office", "Cơ quan thống kê"), Term("press", "Báo chí"))
        ),
    }
)


def standard_form(on: date = date(2024, 1, 1)) -> Form:
    """Return the form so_lieu in force on a day."""
    return forms_in_force(read_forms(), on)[0]


def read_rows(data: bytes, process: ProcessLimits = _ORDINARY) -> Parsed:
    """Return what a file says by the standard form, read in the real child process."""
    form = standard_form()
    found = read_workbook(data, [form.layout.sheet, MARK_SHEET], form.layout.limits, process)
    if isinstance(found, Problem):
        return Parsed(form, (), (found,))
    parsed = parse_form(found, form, VOCABULARIES)
    return replace(parsed, problems=(*found.notes, *parsed.problems))
