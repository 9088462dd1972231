"""Names as officers type them → registered codes, or an error that offers and never takes."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.normalising.text import to_key, to_spelling_key, to_text
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


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("H. Na Rì", "huyen_na_ri"),
        ("H.Na Rì", "huyen_na_ri"),
        ("h Na Rỳ", "huyen_na_ri"),
        ("HUYỆN  NA RỲ", "huyen_na_ri"),
        ("Na Rì", "huyen_na_ri"),
        ("TP Thái Nguyên", "thanh_pho_thai_nguyen"),
        ("Tp. Thái Nguyên", "thanh_pho_thai_nguyen"),
        ("T.P Thái Nguyên", "thanh_pho_thai_nguyen"),
        ("T.P.Thái Nguyên", "thanh_pho_thai_nguyen"),
        ("P. A, TP. Bắc Kạn", "phuong_a_cu"),
        ("P.A, thành phố Bắc Kạn (đến 30/6/2025)", "phuong_a_cu"),
        ("tỉnh Bắc Kạn", "tinh_bac_kan"),
    ],
)
def test_short_and_full_types_of_a_unit_are_one_spelling(typed: str, code: str) -> None:
    found = UNITS.find(typed, on=date(2024, 12, 31))
    assert isinstance(found, Term), found
    assert found.code == code


@pytest.mark.parametrize(
    ("typed", "on", "candidates"),
    [
        (
            "Thái Nguyên",
            date(2024, 12, 31),
            ("Tỉnh Thái Nguyên (đến 30/6/2025)", "Thành phố Thái Nguyên"),
        ),
        (
            "Thái Nguyên",
            date(2025, 12, 31),
            ("Tỉnh Thái Nguyên (đến 30/6/2025)", "Tỉnh Thái Nguyên (từ 01/7/2025)", "Thành phố Thái Nguyên"),
        ),
        ("1843", date(2025, 12, 31), ("Phường A, thành phố Bắc Kạn (đến 30/6/2025)", "Phường Bắc Kạn")),
    ],
)
def test_what_several_units_may_have_been_called_asks(
    typed: str, on: date, candidates: tuple[str, ...]
) -> None:
    assert UNITS.find(typed, on=on) == Unresolved("term_ambiguous", candidates)


@pytest.mark.parametrize(
    ("on", "code"), [(date(2024, 12, 31), "phuong_a_cu"), (date(2025, 12, 31), "phuong_bac_kan")]
)
def test_a_reused_official_code_means_the_unit_of_its_day(on: date, code: str) -> None:
    found = UNITS.find("01843", on=on)
    assert isinstance(found, Term)
    assert found.code == code


def test_a_name_that_only_dissolved_units_bore_leads_to_their_successors() -> None:
    assert UNITS.find("Phường A", on=date(2026, 12, 31)) == Unresolved(
        "admin_unit_dissolved", ("Phường Bắc Kạn", "Phường Phan Đình Phùng"), date(2025, 6, 30)
    )


@pytest.mark.parametrize(
    ("one", "other"), [("Tỷ lệ", "Tỉ lệ"), ("quý", "quí"), ("thuỷ", "thủy"), ("Mỹ", "mĩ"), ("Na Rỳ", "na rì")]
)
def test_i_and_y_at_the_end_of_an_open_syllable_are_one_spelling(one: str, other: str) -> None:
    assert to_spelling_key(one) == to_spelling_key(other)


@pytest.mark.parametrize(("one", "other"), [("thúy", "thúi"), ("hay", "hai"), ("y tế", "i tế"), ("tỷ", "tỵ")])
def test_i_and_y_elsewhere_are_two(one: str, other: str) -> None:
    assert to_spelling_key(one) != to_spelling_key(other)


@given(
    st.sampled_from(UNITS.terms),
    st.sampled_from(["NFC", "NFD"]),
    st.sampled_from([str, str.upper, str.lower]),
)
def test_every_label_means_its_unit_in_any_case_and_composition(
    term: Term, form: Literal["NFC", "NFD"], case: Callable[[str], str]
) -> None:
    assert UNITS.find(unicodedata.normalize(form, f" {case(term.label)}\u00a0")) == term


@given(st.text(max_size=40), st.dates())
def test_any_text_means_a_term_or_none(typed: str, on: date) -> None:
    for vocabulary in VOCABULARIES.by_name.values():
        assert isinstance(vocabulary.find(typed, on=on), Term | Unresolved)
        assert len(vocabulary.suggestions(typed)) <= 3


def test_a_name_without_its_marks_is_offered() -> None:
    assert UNITS.find("Tinh Bac Kan", on=date(2024, 12, 31)) == Unresolved("term_unknown")
    assert UNITS.suggestions("Tinh Bac Kan")[0] == "Tỉnh Bắc Kạn"
    assert UNITS.suggestions("x" * 5000) == ()
