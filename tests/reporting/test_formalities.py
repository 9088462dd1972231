"""Law, office and recipient are taken by their dates of validity; what is not established is not cited."""

from datetime import date
from pathlib import Path

import pytest
import yaml

import reporting
from reporting.official import read_formalities

FOLDER = Path(reporting.__file__).parent
BAC_KAN, OLD_THAI_NGUYEN = "tinh_bac_kan", "tinh_thai_nguyen_cu"


def cited(on: date, *plans: str) -> str:
    return " | ".join(read_formalities(on, plans, {BAC_KAN}).citations)


def test_a_document_is_not_cited_before_its_validity() -> None:
    assert "58/2023/NĐ-CP" not in cited(date(2023, 8, 11), "bk_2030")
    assert "58/2023/NĐ-CP" in cited(date(2023, 8, 12), "bk_2030")
    assert "202/2025/QH15" not in cited(date(2025, 6, 11), "bk_2030")


def test_a_document_about_one_plan_is_cited_only_with_that_plan() -> None:
    assert "1288/QĐ-TTg" in cited(date(2026, 1, 31), "bk_2030")
    assert "222/QĐ-TTg" not in cited(date(2026, 1, 31), "bk_2030")
    assert "222/QĐ-TTg" in cited(date(2026, 1, 31), "bk_2030", "tn_2030")


def test_a_law_whose_day_of_effect_is_unknown_is_never_cited_but_asks_for_a_review() -> None:
    known = yaml.safe_load((FOLDER / "legal_basis.yaml").read_text(encoding="utf-8"))["legal_basis"]
    unknown = [row for row in known if row["valid_from"] is None]
    assert [row["code"] for row in unknown] == ["luat_quy_hoach_2025"]
    assert "112/2025/QH15" not in cited(date(2030, 1, 1), "bk_2030")
    remarks = [
        review.remark_vi for review in read_formalities(date(2026, 1, 31), ["bk_2030"], {BAC_KAN}).reviews
    ]
    assert any("112/2025/QH15" in remark for remark in remarks)
    assert read_formalities(date(2024, 10, 30), ["bk_2030"], {BAC_KAN}).reviews == ()


def test_every_citation_names_its_source() -> None:
    for name in ("legal_basis.yaml", "parties.yaml"):
        for rows in yaml.safe_load((FOLDER / name).read_text(encoding="utf-8")).values():
            assert all(row["source"].strip() for row in rows)


@pytest.mark.parametrize(
    ("on", "units", "superior", "office"),
    [
        (date(2024, 10, 30), {BAC_KAN}, "TỈNH BẮC KẠN", "Sở Kế hoạch và Đầu tư"),
        (date(2025, 4, 1), {BAC_KAN}, "TỈNH BẮC KẠN", "Sở Tài chính"),
        (date(2024, 10, 30), {OLD_THAI_NGUYEN}, "TỈNH THÁI NGUYÊN", "Sở Kế hoạch và Đầu tư"),
        (date(2025, 7, 1), {BAC_KAN, OLD_THAI_NGUYEN}, "TỈNH THÁI NGUYÊN", "Sở Tài chính"),
        (date(2022, 3, 1), {BAC_KAN, OLD_THAI_NGUYEN}, "TỈNH THÁI NGUYÊN", "Sở Tài chính"),
    ],
    ids=["before_the_reform", "before_the_merger", "old_thai_nguyen", "merged", "both_before_the_merger"],
)
def test_the_office_that_issues_is_the_one_of_the_day(
    on: date, units: set[str], superior: str, office: str
) -> None:
    issuer = read_formalities(on, ["bk_2030"], units).issuer
    assert issuer.superior_vi.endswith(superior)
    assert issuer.name_in_text_vi == office


def test_the_report_goes_to_those_whom_the_plan_names() -> None:
    early = read_formalities(date(2024, 10, 30), ["bk_2030"], {BAC_KAN}).recipients
    assert early == ("Bộ Kế hoạch và Đầu tư", "Tỉnh ủy", "Hội đồng nhân dân tỉnh", "Ủy ban nhân dân tỉnh")
    late = read_formalities(date(2026, 1, 31), ["bk_2030"], {BAC_KAN}).recipients
    assert late == ("Bộ Tài chính", "Tỉnh ủy", "Hội đồng nhân dân tỉnh", "Ủy ban nhân dân tỉnh")


def test_the_duty_to_report_is_named_only_where_a_document_gives_it() -> None:
    assert "56/KH-UBND" in (read_formalities(date(2026, 1, 31), ["bk_2030"], {BAC_KAN}).obligation_vi or "")
    assert read_formalities(date(2026, 1, 31), ["tn_2030"], {OLD_THAI_NGUYEN}).obligation_vi is None
