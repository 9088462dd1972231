"""What was handed in before, and under what name a file comes."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache

from tests.corpus.cases import FINANCE, RECEIVED_ON, Case, Earlier, accepted, error, form, note, refused

# The very same bytes each time: a workbook says when it was made.
GOOD = cache(form({}, {"Kỳ": "2022", "Giá trị": 5.88}))
REFUSED = cache(form({"Kỳ": "?"}))
OTHER_ORDER = form({"Kỳ": "năm 2022", "Giá trị": "5,88"}, {})
GROWTH = {"period_text": "2023", "value": 6.33}
BEFORE = {"period_text": "2022", "value": 5.88}
RIGHT_TO_LEFT = "bieu\u202excod.xlsx"


def named(name: str, file_name: str, shown: str | None = None, *covers: str) -> Case:
    return accepted(
        name, GOOD, GROWTH, BEFORE, covers=covers or ("4b-13",), file_name=file_name, shown_name=shown
    )


# A figure told again makes a file the next version of the one that told it before.
FOLLOWS_GOOD = note(
    "follows_earlier_version", None, f"{RECEIVED_ON:%Y%m%d}-{hashlib.sha256(GOOD()).hexdigest()[:10]}", None
)

CASES = (
    Case("same_bytes_again", GOOD, "duplicate", covers=("E41",), earlier=(Earlier(GOOD),), rows=()),
    Case(
        "same_bytes_under_another_name_from_another_department",
        GOOD,
        "duplicate",
        covers=("E41",),
        file_name="khac.xlsx",
        department=FINANCE,
        earlier=(Earlier(GOOD),),
        rows=(),
    ),
    Case(
        "same_content_in_another_order", OTHER_ORDER, "duplicate", covers=("E41",), earlier=(Earlier(GOOD),)
    ),
    accepted(
        "same_content_from_another_department",
        OTHER_ORDER,
        BEFORE,
        GROWTH,
        covers=("E41",),
        department=FINANCE,
        earlier=(Earlier(GOOD),),
    ),
    accepted(
        "correction_under_the_same_name",
        form({"Giá trị": 6.35}),
        {"value": 6.35},
        covers=("E41",),
        problems=(FOLLOWS_GOOD,),
        earlier=(Earlier(GOOD),),
    ),
    accepted(
        "part_of_what_was_handed_in_before",
        form({}),
        GROWTH,
        covers=("E41",),
        problems=(FOLLOWS_GOOD,),
        earlier=(Earlier(GOOD),),
    ),
    refused(
        "correction_that_blanks_a_cell",
        form({"Giá trị": None}, {"Kỳ": "2022", "Giá trị": 5.88}),
        error("value_blank", "G5"),
        covers=("E41",),
        earlier=(Earlier(GOOD),),
    ),
    refused(
        "refused_bytes_again",
        REFUSED,
        error("period_unreadable", "F5", "?"),
        covers=("E41",),
        earlier=(Earlier(REFUSED),),
    ),
    named("name_that_looks_like_a_path", "..\\..\\x.xlsx"),
    named("name_of_a_device", "CON.xlsx"),
    named("name_of_two_hundred_and_fifty_characters", "b" * 245 + ".xlsx", "b" * 199 + "…"),
    named(
        "name_in_decomposed_letters",
        unicodedata.normalize("NFD", "biểu số liệu.xlsx"),
        "biểu số liệu.xlsx",
        "4b-13",
        "E34",
    ),
    named("name_that_runs_right_to_left", RIGHT_TO_LEFT, "bieu\\u202excod.xlsx"),
    named("name_with_spaces_and_a_line_break", " bieu\n.xlsx ", " bieu\\u000a.xlsx "),
    named(
        "name_with_script_and_template",
        "<img src=x onerror=alert(1)>{{ 7*7 }}.xlsx",
        None,
        "4b-13",
        "4b-22",
        "4b-23",
    ),
    named("name_without_a_suffix", "bieu"),
    named("name_with_the_suffix_of_another_kind", "bieu.pdf"),
)
