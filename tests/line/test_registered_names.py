"""The shipped registry: every registered name means its own term, and a written unit finds its scale."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cotmoc.registry import Registry
from ingestion.normalising.numbers import Number, Speech, to_number
from ingestion.normalising.vocabulary import Term, Unresolved

REGISTRY = Registry(Path(__file__).parents[2] / "dbt_project" / "seeds")
NAMES = REGISTRY.vocabularies
BEFORE, AFTER = date(2024, 12, 31), date(2025, 12, 31)


@pytest.mark.parametrize("name", ["units_of_measure", "admin_units", "statuses", "source_authorities"])
def test_every_code_label_and_alias_means_its_term(name: str) -> None:
    vocabulary = NAMES[name]  # type: ignore[index]  # the names above
    for term in vocabulary.terms:
        for typed in (term.code, term.label, *term.aliases):
            assert vocabulary.find(typed) == term, typed


def test_every_unit_is_found_by_its_short_type_and_its_official_code_on_a_day_it_stood() -> None:
    units = NAMES["admin_units"]
    short = {"Huyện ": "H.", "Xã ": "X. ", "Phường ": "P.", "Thành phố ": "TP ", "Thị trấn ": "TT. "}
    for term in units.terms:
        on = BEFORE if term.valid_to else AFTER
        label = term.label
        for full, shortened in short.items():
            label = label.replace(full, shortened)
        assert units.find(label, on=on) == term
        assert term.official_code
        assert units.find(term.official_code, on=on) == term


@pytest.mark.parametrize(
    ("typed", "on", "code"),
    [
        ("H. Na Rỳ", BEFORE, "huyen_na_ri"),
        ("Xã Đồng Phúc", BEFORE, "xa_dong_phuc_ba_be_cu"),
        ("Xã Đồng Phúc", AFTER, "xa_dong_phuc"),
        ("P. Sông Cầu, TP Bắc Kạn", BEFORE, "phuong_song_cau_bac_kan_cu"),
        ("01843", BEFORE, "phuong_phung_chi_kien_bac_kan_cu"),
        ("01843", AFTER, "phuong_bac_kan"),
    ],
)
def test_a_name_or_code_used_twice_means_the_unit_of_its_day(typed: str, on: date, code: str) -> None:
    found = NAMES["admin_units"].find(typed, on=on)
    assert isinstance(found, Term), found
    assert found.code == code


@pytest.mark.parametrize("typed", ["Thái Nguyên", "Bắc Kạn"])
@pytest.mark.parametrize("on", [BEFORE, AFTER])
def test_the_name_of_province_and_city_alone_asks(typed: str, on: date) -> None:
    found = NAMES["admin_units"].find(typed, on=on)
    assert isinstance(found, Unresolved)
    assert found.rule == "term_ambiguous"
    assert len(found.candidates) > 1


def test_a_split_commune_has_both_its_successors() -> None:
    old = NAMES["admin_units"].find("Phường Gia Sàng", on=BEFORE)
    assert isinstance(old, Term)
    assert len(old.successors) == 2


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("9.384 tỷ 594 triệu đồng", "tỷ đồng", 9384.594),
        ("1,2 triệu lượt", "nghìn lượt khách", 1200.0),
        ("15 nghìn tỷ", "tr.đ", 15_000_000.0),
        ("2 vạn người", "1000 người", 20.0),
        ("352.196,0 ha", "km2", 3521.96),
    ],
)
def test_a_figure_with_its_unit_lands_in_the_unit_of_the_row(typed: str, unit: str, value: float) -> None:
    of = NAMES["units_of_measure"].find(unit)
    assert isinstance(of, Term)
    found = to_number(typed, {}, {}, Speech("vi", NAMES.words, NAMES.scales, of))
    assert isinstance(found, Number)
    assert found.value == value
