"""Ways of writing a number in the value column: what is read, what is asked back, what is never guessed."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.corpus.cases import accepted, error, form, note, refused, waiting, warning
from tests.corpus.spoiling import at, in_sheet_xml, instead, shown_as

NBSP, THIN, NARROW = "\u00a0", "\u2009", "\u202f"
REVENUE: dict[str, Any] = {
    "Mã chỉ tiêu": "budget_revenue",
    "Chỉ tiêu": "Thu ngân sách nhà nước trên địa bàn",
    "Đơn vị tính": "tỷ đồng",
}
TOURISTS: dict[str, Any] = {
    "Mã chỉ tiêu": "tourist_arrivals",
    "Chỉ tiêu": "Tổng lượng khách du lịch",
    "Đơn vị tính": "lượt khách",
}
HDI: dict[str, Any] = {"Mã chỉ tiêu": "hdi", "Chỉ tiêu": "Chỉ số HDI", "Đơn vị tính": "chỉ số"}
FOREST: dict[str, Any] = {"Mã chỉ tiêu": "forest_cover_pct", "Chỉ tiêu": "Tỷ lệ che phủ rừng"}
COMMUNES: dict[str, Any] = {
    "Mã chỉ tiêu": "ntm_communes",
    "Chỉ tiêu": "Số xã đạt chuẩn nông thôn mới",
    "Đơn vị tính": "xã",
}


def of(base: dict[str, Any], value: Any, **more: Any) -> dict[str, Any]:
    return {**base, "Giá trị": value, **more}


def text(value: str) -> Any:
    """Return what types a text into the value cell, also one that begins with "="."""
    return at(G5=value)


READ: tuple[tuple[str, dict[str, Any], dict[str, Any], tuple[str, ...]], ...] = (
    ("kps_says_none", of({}, "KPS"), {"value": None, "missing_code": "none"}, ("E22",)),
    ("approximately_keeps_its_word", of({}, "xấp xỉ 6,3"), {"value": 6.3, "qualifier": "~"}, ("E18",)),
    ("at_least_keeps_its_word", of({}, "tối thiểu 6,3"), {"value": 6.3, "qualifier": ">="}, ("E18",)),
    ("decline_in_words", of({}, "giảm 16,87"), {"value": -16.87}, ("E16",)),
    ("billions_and_millions_together", of(REVENUE, "9.384 tỷ 594 triệu"), {"value": 9384.594}, ("E20",)),
    ("number_with_its_own_unit", of(REVENUE, "20.196,5 tỷ đồng"), {"value": 20196.5}, ("E20",)),
    ("text_with_a_decimal_comma", of({}, "6,33"), {"value": 6.33, "value_decimals": 2}, ("E12", "4b-16")),
    ("text_with_a_decimal_point_typed_by_hand", of({}, "6.5"), {"value": 6.5, "value_decimals": 1}, ("E14",)),
    ("trailing_zeros_are_printed_digits", of({}, "6,30"), {"value": 6.3, "value_decimals": 2}, ("E14",)),
    ("vietnamese_thousands_and_decimals", of(REVENUE, "1.234,5"), {"value": 1234.5}, ("E12", "4b-16")),
    (
        "millions_with_two_points",
        of(REVENUE | {"Đơn vị tính": "triệu đồng"}, "2.157.119"),
        {"value": 2157119.0},
        ("E12",),
    ),
    ("thousands_parted_by_no_break_space", of(REVENUE, f"1{NBSP}234,5"), {"value": 1234.5}, ("E15", "4b-16")),
    ("thousands_parted_by_thin_space", of(REVENUE, f"20{THIN}025"), {"value": 20025.0}, ("E15", "4b-16")),
    (
        "thousands_parted_by_narrow_no_break_space",
        of(REVENUE, f"20{NARROW}025"),
        {"value": 20025.0},
        ("E15",),
    ),
    ("spaces_around_the_number", of({}, f"  6,33{NBSP} "), {"value": 6.33}, ("E15",)),
    ("full_width_digits", of({}, "６，３３"), {"value": 6.33}, ("E15", "4b-16")),
    ("human_development_index_below_one", of(HDI, "0,699"), {"value": 0.699}, ("E13",)),
    ("percent_sign_with_percent_unit", of({}, "7,5%"), {"value": 7.5}, ("E16", "4b-16")),
    ("percent_sign_after_a_space", of({}, "7,5 %"), {"value": 7.5}, ("E16",)),
    ("negative_in_parentheses", of({}, "(1,2)"), {"value": -1.2}, ("E16", "4b-16")),
    ("negative_with_a_true_minus", of({}, "−1,2"), {"value": -1.2}, ("E16", "E19")),
    ("negative_with_a_dash", of({}, "–1,2"), {"value": -1.2}, ("E19",)),
    ("plus_sign", of({}, "+6,33"), {"value": 6.33}, ("4b-16",)),
    ("zero_is_a_figure", of({}, 0), {"value": 0.0, "missing_code": None}, ("E22",)),
    ("zero_as_text_is_a_figure", of({}, "0"), {"value": 0.0, "missing_code": None}, ("E22",)),
    (
        "rate_above_one_hundred_where_it_can_be",
        of({"Mã chỉ tiêu": "public_investment_disb_rate_central_plan", "Chỉ tiêu": None}, "117"),
        {"value": 117.0},
        ("E16",),
    ),
    ("hyphen_says_none", of({}, "-"), {"value": None, "missing_code": "none"}, ("E22", "4b-16")),
    ("dash_says_none", of({}, "–"), {"value": None, "missing_code": "none"}, ("E22",)),
    ("ellipsis_says_not_collected", of({}, "…"), {"value": None, "missing_code": "not_collected"}, ("E22",)),
    (
        "three_points_say_not_collected",
        of({}, "..."),
        {"value": None, "missing_code": "not_collected"},
        ("E22", "4b-16"),
    ),
    ("x_says_not_applicable", of({}, "x"), {"value": None, "missing_code": "not_applicable"}, ("E22",)),
    (
        "capital_x_says_not_applicable",
        of({}, "X"),
        {"value": None, "missing_code": "not_applicable"},
        ("E22",),
    ),
    ("more_than_keeps_its_word", of({}, "trên 7,5"), {"value": 7.5, "qualifier": ">"}, ("E18",)),
    ("over_keeps_its_word", of({}, "hơn 7,5%"), {"value": 7.5, "qualifier": ">"}, ("E18",)),
    ("nearly_is_below", of(FOREST, "gần 73"), {"value": 73.0, "qualifier": "<"}, ("E18",)),
    ("under_keeps_its_word", of(FOREST, "dưới 73,5"), {"value": 73.5, "qualifier": "<"}, ("E18",)),
    ("about_keeps_its_word", of({}, "Khoảng 6,3"), {"value": 6.3, "qualifier": "~"}, ("E18",)),
    ("sign_of_more_than", of({}, ">7,5"), {"value": 7.5, "qualifier": ">"}, ("E18",)),
    (
        "two_thousand_tourists_in_thousands",
        of(TOURISTS | {"Đơn vị tính": "nghìn lượt"}, "20"),
        {"value": 20.0, "unit_of_measure": "thousand_visitor"},
        ("E20",),
    ),
    ("formula_residue_beyond_fifteen_digits", of({}, 6.300000000000001), {"value_decimals": 1}, ("4b-16",)),
)

# What is typed → the rule it breaks. The rest of the row has no flaw.
ASKED: tuple[tuple[str, dict[str, Any], str, tuple[str, ...]], ...] = (
    (
        "three_digits_after_a_point_beside_its_unit",
        of(REVENUE, "20.196 tỷ đồng"),
        "number_ambiguous",
        ("E12", "E14"),
    ),
    ("range_with_a_hyphen", of({}, "1-1,5"), "number_is_range", ("E19",)),
    ("range_in_words", of({}, "8% đến 8,5%"), "number_is_range", ("E19",)),
    ("millions_beside_a_unit_of_billions", of(REVENUE, "45 triệu USD"), "number_in_other_unit", ("E20",)),
    ("estimate_word_against_the_status", of({}, "ước 6,33"), "number_contradicts_status", ("E18", "E26")),
    ("decline_of_an_amount", of(REVENUE, "giảm 120"), "number_direction_without_percent", ("E16",)),
    ("decline_with_a_minus", of({}, "giảm -1,2"), "number_sign_twice", ("E16",)),
    ("footnote_mark_glued_to_a_number", of({}, "6,33¹"), "number_unreadable", ("E7",)),
    ("three_digits_after_a_single_point", of(REVENUE, "1.234"), "number_ambiguous", ("E12", "4b-16")),
    ("three_digits_after_a_single_comma", of(REVENUE, "887,968"), "number_ambiguous", ("E12", "4b-16")),
    ("english_thousands_on_a_vietnamese_page", of(REVENUE, "303,033"), "number_ambiguous", ("E12",)),
    ("negative_ambiguous_number", of({}, "-1.234"), "number_ambiguous", ("E12",)),
    ("english_thousands_and_decimals", of(REVENUE, "1,234.5"), "number_convention", ("E12", "4b-16")),
    ("english_millions", of(REVENUE, "2,157,119"), "number_convention", ("E12",)),
    ("groups_of_uneven_length", of(REVENUE, "1.23.456"), "number_convention", ("E12",)),
    ("two_decimal_commas", of({}, "6,3,3"), "number_convention", ("E12",)),
    ("letter_o_for_zero", of({}, "6,3O"), "number_has_letters", ("E15",)),
    ("letter_l_for_one", of({}, "l6,33"), "number_has_letters", ("E15",)),
    ("not_available_in_english", of({}, "N/A"), "number_unreadable", ("E22", "4b-16")),
    ("lost_number_with_its_percent_sign", of({}, "khoảng %"), "number_unreadable", ("E21",)),
    ("qualifier_alone", of({}, "trên"), "number_unreadable", ("E18", "E21")),
    ("question_mark_for_a_number", of({}, "?"), "number_unreadable", ("E21",)),
    ("word_nan", of({}, "NaN"), "number_not_finite", ("4a-9",)),
    ("word_infinity", of({}, "inf"), "number_not_finite", ("4a-9",)),
    ("scientific_notation_as_text", of({}, "6E2"), "number_unreadable", ("4b-16",)),
)

CASES = (
    *(accepted(name, form(row), said, covers=covers) for name, row, said, covers in READ),
    *(
        refused(name, form(row), error(rule, "G5", row["Giá trị"]), covers=covers)
        for name, row, rule, covers in ASKED
    ),
    refused("value_left_blank", form(of({}, None)), error("value_blank", "G5"), covers=("E22",)),
    refused("value_of_spaces_only", form(of({}, f" {NBSP}")), error("value_blank", "G5"), covers=("E22",)),
    refused(
        "percent_sign_against_a_unit_of_money",
        form(of(REVENUE, "12%")),
        error("percent_sign_without_percent_unit", "G5", "12%"),
        covers=("E16", "4b-16"),
    ),
    refused(
        "cell_formatted_as_percent",
        form(of({}, 0.075), spoil=shown_as("G5", "0.00%")),
        error("number_shown_as_percent", "G5", "0.075"),
        covers=("E16",),
    ),
    refused(
        "range_that_became_a_date",
        form(of({}, date(2025, 5, 1))),
        error("number_is_date", "G5", "01/05/2025"),
        covers=("E19",),
    ),
    refused(
        "date_in_a_value_cell",
        form(of({}, date(2024, 12, 31))),
        error("number_is_date", "G5", "31/12/2024"),
        covers=("E19", "4b-16"),
    ),
    refused("logical_value", form(of({}, True)), error("number_is_boolean", "G5", "TRUE"), covers=("4b-16",)),
    refused(
        "number_beyond_all_bounds",
        in_sheet_xml(form({}), instead(b"<v>6.33</v>", b"<v>1e999</v>")),
        error("number_not_finite", "G5", "inf"),
        covers=("4a-9",),
    ),
    refused(
        "text_that_looks_like_a_command",
        form({}, spoil=text("=cmd|' /C calc'!A0")),
        error("number_unreadable", "G5", "=cmd|' /C calc'!A0"),
        covers=("4a-9", "4b-21"),
    ),
    refused(
        "share_above_the_whole",
        form(of(FOREST, "173,4")),
        error("part_is_not_above_the_whole", "G5", "173,4"),
        covers=("4b-19", "E16"),
    ),
    refused(
        "share_below_nothing",
        form(of(FOREST, -73.4)),
        error("part_is_not_below_its_least", "G5", "-73,4"),
        covers=("4b-19",),
    ),
    refused(
        "negative_count_of_communes",
        form(of(COMMUNES, -3)),
        error("quantity_is_not_negative", "G5", "-3"),
        covers=("4b-19",),
    ),
    refused(
        "growth_below_minus_one_hundred",
        form(of({}, -120)),
        error("growth_is_above_minus_100", "G5", "-120"),
        covers=("4b-19",),
    ),
    accepted(
        "half_a_commune_is_worth_a_look",
        form(of(COMMUNES, "23,5")),
        {"value": 23.5},
        covers=("4b-19",),
        problems=(note("count_is_whole", "G5", "23,5"),),
    ),
    waiting(
        "growth_a_hundred_times_too_large",
        form(of({}, 633)),
        warning("value_is_not_above_plausible", "G5", "633"),
        covers=("4b-17",),
    ),
    accepted(
        "unlikely_growth_with_its_reason",
        form(of({}, 133, **{"Ghi chú": "Tính lại theo niên giám 2024, công văn số 12"})),
        {"value": 133.0},
        covers=("4b-17",),
        problems=(warning("value_is_not_above_plausible", "G5", "133"),),
    ),
    waiting(
        "unlikely_growth_with_a_reason_too_short",
        form(of({}, 133, **{"Ghi chú": "đúng"})),
        warning("value_is_not_above_plausible", "G5", "133"),
        covers=("4b-17",),
    ),
)
