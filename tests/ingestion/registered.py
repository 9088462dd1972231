"""A few registered names, as the line would hand them in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from ingestion.layouts import Form, forms_in_force, read_forms
from ingestion.normalising.vocabulary import Term, Vocabularies, Vocabulary
from ingestion.normalising.words import read_words
from ingestion.parsing import Parsed, parse_form
from ingestion.problems import Problem
from ingestion.reading.sandbox import ProcessLimits, read_workbook
from ingestion.templates.mark import MARK_SHEET

_ORDINARY = ProcessLimits()
LAST_DAY = date(2025, 6, 30)
FIRST_DAY = date(2025, 7, 1)


def _scaled(code: str, label: str, dimension: str, factor: int | str, *aliases: str) -> Term:
    return Term(code, label, aliases, dimension=dimension, factor=Decimal(factor))


WORDS = read_words()
VOCABULARIES = Vocabularies(
    {
        "indicators": Vocabulary(
            (
                Term("grdp_growth", "Tốc độ tăng trưởng GRDP", measured_in="percent", plausible=(-50, 100)),
                Term("poverty_rate", "Tỷ lệ hộ nghèo", measured_in="percent", plausible=(0, 100)),
                Term("poverty_fall", "Mức giảm tỷ lệ hộ nghèo", measured_in="percentage_point"),
                Term(
                    "budget_revenue",
                    "Thu ngân sách nhà nước",
                    measured_in="billion_vnd",
                    plausible=(0, 10**5),
                ),
                Term("visitors", "Số lượt khách du lịch", measured_in="visitor"),
            )
        ),
        "methods": Vocabulary(
            (Term("ndc_2021_2025", "Chuẩn nghèo đa chiều giai đoạn 2021-2025", of="poverty_rate"),)
        ),
        "units_of_measure": Vocabulary(
            (
                Term("percent", "%", ("phần trăm",), dimension="percent", factor=Decimal(1)),
                Term(
                    "percentage_point",
                    "điểm phần trăm",
                    ("điểm %",),
                    dimension="percent",
                    factor=Decimal(1),
                ),
                _scaled("billion_vnd", "tỷ đồng", "money_vnd", 10**9),
                _scaled("million_vnd", "triệu đồng", "money_vnd", 10**6),
                _scaled("million_usd", "triệu USD", "money_usd", 10**6),
                _scaled("visitor", "lượt khách", "visitor", 1, "lượt"),
                _scaled("thousand_visitor", "nghìn lượt khách", "visitor", 1000, "nghìn lượt"),
                _scaled("hectare", "ha", "area", "0.01"),
                _scaled("thousand_person", "nghìn người", "person", 1000),
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
                Term(
                    "thanh_pho_thai_nguyen",
                    "Thành phố Thái Nguyên",
                    bare_name="Thành phố Thái Nguyên",
                    valid_to=LAST_DAY,
                ),
                Term("huyen_na_ri", "Huyện Na Rì", bare_name="Huyện Na Rì", valid_to=LAST_DAY),
                Term(
                    "phuong_a_cu",
                    "Phường A, thành phố Bắc Kạn (đến 30/6/2025)",
                    bare_name="Phường A",
                    valid_to=LAST_DAY,
                    official_code="01843",
                    successors=("Phường Bắc Kạn",),
                ),
                Term(
                    "phuong_b_cu",
                    "Phường A, thành phố Thái Nguyên (đến 30/6/2025)",
                    bare_name="Phường A",
                    valid_to=LAST_DAY,
                    successors=("Phường Phan Đình Phùng",),
                ),
                Term("phuong_bac_kan", "Phường Bắc Kạn", valid_from=FIRST_DAY, official_code="01843"),
                Term("xa_tan_thanh_a", "Xã Tân Thành, huyện A", bare_name="Xã Tân Thành", valid_to=LAST_DAY),
                Term("xa_tan_thanh_b", "Xã Tân Thành, huyện B", bare_name="Xã Tân Thành", valid_to=LAST_DAY),
            ),
            WORDS.unit_types,
        ),
        "statuses": Vocabulary(
            (
                Term("official", "Chính thức"),
                Term("preliminary", "Sơ bộ"),
                Term("estimate", "Ước tính", WORDS.status_words["estimate"]),
            )
        ),
        "source_authorities": Vocabulary(
            (Term("statistics_office", "Cơ quan thống kê"), Term("press", "Báo chí"))
        ),
    },
    WORDS,
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
