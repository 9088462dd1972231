"""Names as officers type them → registered codes, or an error that offers and never takes."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from ingestion.normalising.text import to_key, to_text
from ingestion.normalising.vocabulary import Term, Unresolved
from tests.ingestion.registered import VOCABULARIES

UNITS = VOCABULARIES["admin_units"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("thuỷ sản", "thủy sản"),
        ("xã hội hoá", "XÃ HỘI HÓA"),
        ("Bắc Kạn", unicodedata.normalize("NFD", "Bắc Kạn")),
        ("Tỉnh  Bắc\u00a0Kạn ", "tỉnh bắc kạn"),
        ("2018 – 2019", "2018 - 2019"),
        ("GRDP\u200b", "grdp"),
    ],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert to_key(one) == to_key(other)


@pytest.mark.parametrize(("one", "other"), [("Na Rì", "Na Ri"), ("tỷ đồng", "tỉ đồng"), ("má", "mà")])
def test_different_names_stay_different(one: str, other: str) -> None:
    assert to_key(one) != to_key(other)


def test_kept_text_is_composed_and_single_spaced_and_never_interpreted() -> None:
    assert to_text(" =HYPERLINK(1)\r\n a\u0302\u0301 ") == "=HYPERLINK(1) ấ"


@pytest.mark.parametrize("typed", ["percent", "%", "phần trăm", "PHẦN TRĂM "])
def test_code_label_and_alias_mean_one_unit(typed: str) -> None:
    found = VOCABULARIES["units_of_measure"].find(typed)
    assert isinstance(found, Term)
    assert found.code == "percent"


@pytest.mark.parametrize(
    ("typed", "on", "code"),
    [
        ("Tỉnh Thái Nguyên", date(2024, 12, 31), "tinh_thai_nguyen_cu"),
        ("Tỉnh Thái Nguyên", date(2025, 6, 30), "tinh_thai_nguyen_cu"),
        ("Tỉnh Thái Nguyên", date(2025, 12, 31), "tinh_thai_nguyen"),
        ("Tỉnh Thái Nguyên (đến 30/6/2025)", date(2025, 12, 31), "tinh_thai_nguyen_cu"),
        ("tỉnh thái nguyên cũ", date(2025, 12, 31), "tinh_thai_nguyen_cu"),
        ("tinh_thai_nguyen", date(2020, 12, 31), "tinh_thai_nguyen"),
    ],
)
def test_a_shared_name_means_the_unit_that_existed_at_the_end_of_the_period(
    typed: str, on: date, code: str
) -> None:
    found = UNITS.find(typed, on=on)
    assert isinstance(found, Term)
    assert found.code == code


def test_a_shared_name_of_two_units_of_one_time_is_an_error_naming_both() -> None:
    assert UNITS.find("Xã Tân Thành", on=date(2024, 12, 31)) == Unresolved(
        "term_ambiguous", ("Xã Tân Thành, huyện A", "Xã Tân Thành, huyện B")
    )


def test_a_shared_name_outside_every_validity_is_an_error() -> None:
    found = UNITS.find("Xã Tân Thành", on=date(2026, 12, 31))
    assert isinstance(found, Unresolved)
    assert found.rule == "admin_unit_not_valid"


def test_a_method_belongs_to_its_indicator() -> None:
    methods = VOCABULARIES["methods"]
    assert isinstance(methods.find("ndc_2021_2025", of="poverty_rate"), Term)
    assert methods.find("ndc_2021_2025", of="grdp_growth") == Unresolved("term_unknown")


def test_an_indicator_is_named_by_its_code_alone() -> None:
    assert VOCABULARIES["indicators"].find("Tỷ lệ hộ nghèo", only_codes=True) == Unresolved("term_unknown")


def test_a_near_miss_is_offered_and_not_taken() -> None:
    assert UNITS.find("Tỉnh Bắc Cạn") == Unresolved("term_unknown")
    assert UNITS.suggestions("Tỉnh Bắc Cạn") == ("Tỉnh Bắc Kạn",)
