"""Names and codes of indicators, units, places, offices: what is recognised, what is asked back."""

from __future__ import annotations

import unicodedata
from typing import Any

from tests.corpus.cases import accepted, error, form, note, refused, waiting, warning
from tests.corpus.numbers import FOREST, REVENUE, TOURISTS

OLD_PROVINCE, MERGED_PROVINCE = "tinh_thai_nguyen_cu", "tinh_thai_nguyen"
POVERTY: dict[str, Any] = {
    "Mã chỉ tiêu": "poverty_rate",
    "Chỉ tiêu": "Tỷ lệ hộ nghèo",
    "Phương pháp": "ndc_2021_2025",
    "Giá trị": 26.93,
    "Kỳ": "2021",
}
AFTER_THE_MERGER = {"Kỳ": "quý III/2025", "Ngày công bố": "06/10/2025"}


def to_hybrid(name: str) -> str:
    """Return a name as windows-1258 keeps it: letters with their circumflex or horn, tones apart."""
    letters = unicodedata.normalize("NFD", name)
    for mark in "\u0302\u0306\u031b":
        for letter in "aeouAEOU":
            for tone in ("", "\u0323"):
                letters = letters.replace(
                    letter + tone + mark, unicodedata.normalize("NFC", letter + mark) + tone
                )
    return letters


# What is typed in Đơn vị hành chính (with the rest of the row) → the place.
PLACES: tuple[tuple[str, dict[str, Any], str, tuple[str, ...]], ...] = (
    ("place_by_its_code", {"Đơn vị hành chính": "tinh_bac_kan"}, "tinh_bac_kan", ("E29",)),
    ("place_with_bac_can_spelling", {"Đơn vị hành chính": "Tỉnh Bắc Cạn"}, "tinh_bac_kan", ("E29",)),
    ("place_without_diacritics", {"Đơn vị hành chính": "Tỉnh Bac Kan"}, "tinh_bac_kan", ("E29",)),
    ("district_shortened", {"Đơn vị hành chính": "H. Pác Nặm"}, "huyen_pac_nam", ("E29",)),
    ("district_with_another_vowel", {"Đơn vị hành chính": "Huyện Pắc Nặm"}, "huyen_pac_nam", ("E29",)),
    ("district_with_y_for_i", {"Đơn vị hành chính": "Huyện Na Rỳ"}, "huyen_na_ri", ("E29",)),
    (
        "city_shortened_with_points",
        {"Đơn vị hành chính": "T.P Thái Nguyên"},
        "thanh_pho_thai_nguyen",
        ("E29",),
    ),
    (
        "city_shortened_with_one_point",
        {"Đơn vị hành chính": "TP. Thái Nguyên"},
        "thanh_pho_thai_nguyen",
        ("E29",),
    ),
    ("place_in_capitals", {"Đơn vị hành chính": "HUYỆN CHỢ ĐỒN"}, "huyen_cho_don", ("E29",)),
    (
        "place_with_spaces_and_line_break",
        {"Đơn vị hành chính": " Huyện \n Chợ Đồn"},
        "huyen_cho_don",
        ("E29",),
    ),
    ("place_with_the_old_tone_mark", {"Đơn vị hành chính": "Huyện Định Hoá"}, "huyen_dinh_hoa", ("E36",)),
    (
        "place_in_decomposed_letters",
        {"Đơn vị hành chính": unicodedata.normalize("NFD", "Huyện Đồng Hỷ")},
        "huyen_dong_hy",
        ("E34",),
    ),
    (
        "place_in_letters_and_tones_apart",
        {"Đơn vị hành chính": to_hybrid("Huyện Chợ Đồn")},
        "huyen_cho_don",
        ("E34",),
    ),
    (
        "province_name_before_the_merger",
        {"Đơn vị hành chính": "Tỉnh Thái Nguyên"},
        OLD_PROVINCE,
        ("4b-18", "E28"),
    ),
    (
        "province_name_after_the_merger",
        {"Đơn vị hành chính": "Tỉnh Thái Nguyên", **AFTER_THE_MERGER},
        MERGED_PROVINCE,
        ("4b-18", "E28"),
    ),
    (
        "ward_name_before_its_code_moved",
        {"Đơn vị hành chính": "Phường Gia Sàng"},
        "phuong_gia_sang_thai_nguyen_cu",
        ("4b-18", "E28"),
    ),
    (
        "ward_name_after_its_code_moved",
        {"Đơn vị hành chính": "Phường Gia Sàng", **AFTER_THE_MERGER},
        "phuong_gia_sang",
        ("4b-18", "E28"),
    ),
    (
        "old_commune_with_its_district",
        {"Đơn vị hành chính": "Xã Tân Thịnh, huyện Định Hóa (đến 30/6/2025)"},
        "xa_tan_thinh_dinh_hoa_cu",
        ("E28",),
    ),
)

UNITS: tuple[tuple[str, dict[str, Any], str, tuple[str, ...]], ...] = (
    ("unit_by_its_code", REVENUE | {"Đơn vị tính": "billion_vnd", "Giá trị": 20196}, "billion_vnd", ("E11",)),
    ("unit_with_i_for_y", REVENUE | {"Đơn vị tính": "tỉ đồng", "Giá trị": 20196}, "billion_vnd", ("E20",)),
    (
        "unit_smaller_than_the_indicator_s",
        REVENUE | {"Đơn vị tính": "triệu đồng", "Giá trị": 2157119},
        "million_vnd",
        ("E11", "E20"),
    ),
    (
        "unit_larger_than_the_indicator_s",
        REVENUE | {"Đơn vị tính": "ngàn tỷ đồng", "Giá trị": "20,196"[:5]},
        "trillion_vnd",
        ("E20",),
    ),
    (
        "unit_in_thousands_of_arrivals",
        TOURISTS | {"Đơn vị tính": "ngàn lượt", "Giá trị": 2000},
        "thousand_visitor",
        ("E20",),
    ),
    ("unit_in_words_for_percent", {"Đơn vị tính": "Phần trăm"}, "percent", ("E17",)),
)

CASES = (
    *(
        accepted(name, form(row), {"admin_unit_code": place}, covers=covers)
        for name, row, place, covers in PLACES
    ),
    *(
        accepted(name, form(row), {"unit_of_measure": unit}, covers=covers)
        for name, row, unit, covers in UNITS
    ),
    accepted(
        "unit_changing_within_the_table",
        form(
            REVENUE | {"Giá trị": 20196},
            REVENUE | {"Kỳ": "2022", "Đơn vị tính": "triệu đồng", "Giá trị": "19.128.000"},
        ),
        {"value": 20196.0, "unit_of_measure": "billion_vnd"},
        {"value": 19128000.0, "unit_of_measure": "million_vnd"},
        covers=("E11",),
    ),
    refused(
        "place_without_its_kind",
        form({"Đơn vị hành chính": "Thái Nguyên"}),
        error("term_ambiguous", "E5", "Thái Nguyên"),
        covers=("E29",),
    ),
    refused(
        "place_of_another_province",
        form({"Đơn vị hành chính": "Tỉnh Cao Bằng"}),
        error("term_unknown", "E5", "Tỉnh Cao Bằng"),
        covers=("4b-18",),
    ),
    accepted(
        "place_by_an_official_code_before_it_moved",
        form({"Đơn vị hành chính": "05467"}),
        {"admin_unit_code": "phuong_cam_gia_thai_nguyen_cu"},
        covers=("E28",),
    ),
    accepted(
        "place_by_an_official_code_after_it_moved",
        form({"Đơn vị hành chính": "05467", **AFTER_THE_MERGER}),
        {"admin_unit_code": "phuong_gia_sang"},
        covers=("E28",),
    ),
    refused(
        "commune_name_that_several_districts_have",
        form({"Đơn vị hành chính": "Phường Trung Thành"}),
        error("term_ambiguous", "E5", "Phường Trung Thành"),
        covers=("E28", "4b-18"),
    ),
    refused(
        "district_after_districts_ceased",
        form({"Đơn vị hành chính": "Huyện Chợ Mới", **AFTER_THE_MERGER}),
        error("admin_unit_still_exists", "E5", "Huyện Chợ Mới"),
        covers=("4b-18",),
    ),
    refused(
        "commune_after_it_was_dissolved",
        form({"Đơn vị hành chính": "Phường Cam Giá", **AFTER_THE_MERGER}),
        error("admin_unit_still_exists", "E5", "Phường Cam Giá, thành phố Thái Nguyên (đến 30/6/2025)"),
        covers=("4b-18", "E28"),
    ),
    accepted(
        "first_half_of_the_merger_year_on_new_ground",
        form(
            {
                "Đơn vị hành chính": "Tỉnh Thái Nguyên (từ 01/7/2025)",
                "Kỳ": "quý II/2025",
                "Ngày công bố": "06/7/2025",
            }
        ),
        {"admin_unit_code": MERGED_PROVINCE},
        covers=("4b-18",),
        problems=(note("admin_unit_exists_in_the_period", "E5", "Tỉnh Thái Nguyên (từ 01/7/2025)"),),
    ),
    refused(
        "place_left_blank",
        form({"Đơn vị hành chính": None}),
        error("required_blank", "E5"),
        covers=("4b-18",),
    ),
    refused(
        "indicator_code_misspelt",
        form({"Mã chỉ tiêu": "grdp_grwoth"}),
        error("term_unknown", "A5", "grdp_grwoth"),
        covers=("E31",),
    ),
    refused(
        "indicator_name_in_the_code_column",
        form({"Mã chỉ tiêu": "Tỷ lệ hộ nghèo", "Chỉ tiêu": None}),
        error("term_unknown", "A5", "Tỷ lệ hộ nghèo"),
        covers=("E31",),
    ),
    refused(
        "code_of_one_indicator_beside_the_name_of_another",
        form({"Chỉ tiêu": "Tỷ lệ hộ nghèo"}),
        error("indicator_name_contradicts_code", "B5", "Tỷ lệ hộ nghèo"),
        covers=("E31",),
    ),
    refused(
        "services_with_tax_under_the_code_of_services",
        form(
            {
                "Mã chỉ tiêu": "grdp_share_services",
                "Chỉ tiêu": "Tỷ trọng dịch vụ và thuế sản phẩm trừ trợ cấp",
                "Giá trị": 36.5,
            }
        ),
        error("indicator_name_contradicts_code", "B5", "Tỷ trọng dịch vụ và thuế sản phẩm trừ trợ cấp"),
        covers=("E32",),
    ),
    accepted(
        "indicator_name_with_a_footnote_marker",
        form({"Chỉ tiêu": "Tốc độ tăng trưởng GRDP (*)"}),
        {"indicator_code": "grdp_growth"},
        covers=("E7",),
    ),
    accepted(
        "indicator_name_with_another_tone_mark_and_capitals",
        form(
            {
                "Mã chỉ tiêu": "grdp_share_agri",
                "Chỉ tiêu": "TỶ TRỌNG NGÀNH NÔNG, LÂM NGHIỆP VÀ THUỶ SẢN",
                "Giá trị": 26.51,
            }
        ),
        {"indicator_code": "grdp_share_agri", "value": 26.51},
        covers=("E36",),
    ),
    accepted("poverty_by_its_standard", form(POVERTY), {"method_version": "ndc_2021_2025"}, covers=("E27",)),
    accepted(
        "poverty_by_two_standards_in_one_year",
        form(POVERTY, POVERTY | {"Phương pháp": "ndc_2016_2020", "Giá trị": 17.02}),
        {"method_version": "ndc_2021_2025", "value": 26.93},
        {"method_version": "ndc_2016_2020", "value": 17.02},
        covers=("E27",),
    ),
    refused(
        "standard_of_another_indicator",
        form({"Phương pháp": "ndc_2021_2025"}),
        error("term_unknown", "C5", "ndc_2021_2025"),
        covers=("E27",),
    ),
    refused("unit_left_blank", form({"Đơn vị tính": None}), error("required_blank", "D5"), covers=("E11",)),
    refused(
        "unit_unknown",
        form(REVENUE | {"Đơn vị tính": "tấn", "Giá trị": 5}),
        error("term_unknown", "D5", "tấn"),
        covers=("E20",),
    ),
    refused(
        "unit_without_its_currency",
        form(REVENUE | {"Đơn vị tính": "triệu", "Giá trị": 5}),
        error("term_unknown", "D5", "triệu"),
        covers=("E20",),
    ),
    refused(
        "dollars_for_an_indicator_in_dong",
        form(REVENUE | {"Đơn vị tính": "triệu USD", "Giá trị": 45}),
        error("unit_converts_to_indicator_unit", "D5", "triệu USD"),
        covers=("E20",),
    ),
    refused(
        "hectares_for_a_share",
        form(FOREST | {"Đơn vị tính": "ha", "Giá trị": 303033}),
        error("unit_converts_to_indicator_unit", "D5", "ha"),
        covers=("E11",),
    ),
    refused(
        "status_misspelt",
        form({"Trạng thái số liệu": "Chính thưc"}),
        error("term_unknown", "H5", "Chính thưc"),
        covers=("E26",),
    ),
    refused(
        "status_left_blank",
        form({"Trạng thái số liệu": None}),
        error("required_blank", "H5"),
        covers=("E26",),
    ),
    refused(
        "publisher_unknown",
        form({"Cơ quan công bố": "Đài"}),
        error("term_unknown", "I5", "Đài"),
        covers=("E33",),
    ),
    refused("source_left_blank", form({"Nguồn": None}), error("required_blank", "K5"), covers=("E33",)),
    accepted(
        "source_that_names_a_decision_without_its_date",
        form({"Nguồn": "QĐ 222/QĐ-TTg"}),
        {"source": "QĐ 222/QĐ-TTg"},
        covers=("E33",),
    ),
    refused(
        "same_figure_twice_in_one_file",
        form({}, {"Giá trị": 6.35}),
        error("series_is_given_once", "A5", "G5, G6"),
        error("series_is_given_once", "A6", "G5, G6"),
        covers=("E41", "4b-19"),
    ),
    waiting(
        "million_for_billion_beside_the_year_before",
        form(REVENUE | {"Kỳ": "2022", "Giá trị": 19128}, REVENUE | {"Giá trị": 20196000}),
        warning("level_is_like_the_last_one", "G6", "20196000"),
        covers=("4b-17",),
    ),
    waiting(
        "fraction_for_percent_beside_the_year_before",
        form(FOREST | {"Kỳ": "2022", "Giá trị": 73.4}, FOREST | {"Giá trị": 0.734}),
        warning("part_is_like_the_last_one", "G6", "0,734"),
        covers=("4b-17", "E16"),
    ),
    accepted(
        "amounts_a_thousand_times_apart_in_units_a_thousand_times_apart",
        form(
            REVENUE | {"Kỳ": "2022", "Giá trị": 19128},
            REVENUE | {"Đơn vị tính": "triệu đồng", "Giá trị": 20196000},
        ),
        {"value": 19128.0},
        {"value": 20196000.0},
        covers=("4b-17", "E11"),
    ),
    accepted(
        "department_of_before_the_reform",
        form({}),
        {"value": 6.33},
        covers=("E30",),
        department="so_khdt",
    ),
)
