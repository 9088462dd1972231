"""What officers write and leaders read is unambiguous: labels, verdict colours and signs."""

import unicodedata
from collections import Counter
from collections.abc import Callable
from math import dist
from pathlib import Path

import pytest

Rows = list[dict[str, str]]
Seed = Callable[[str], Rows]

VERDICTS = [
    "not_due", "basis_ceased", "superseded", "conflicting_data", "no_data", "insufficient_data", "exceeded",
    "achieved", "missed", "maintained", "breached", "achieved_early", "on_track", "needs_acceleration",
    "off_track", "moving_away",
]  # fmt: skip
# How the three kinds of colour blindness see linear RGB: Machado, Oliveira and Fernandes 2009, severity 1.
SIGHT = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900),
    ),
}  # fmt: skip
Triple = tuple[float, float, float]


def linear(colour: str) -> Triple:
    """Return linear red, green, blue, 0..1, of "#rrggbb" (sRGB, IEC 61966-2-1)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return red, green, blue


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.1, 1..21."""
    low, high = sorted(
        0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in (linear(colour), linear(other))
    )
    return (high + 0.05) / (low + 0.05)


def lightness_and_hue(colour: str, sight: tuple[Triple, Triple, Triple]) -> Triple:
    """Return CIE L*, a*, b* (D65) of a colour as seen."""
    seen = [sum(m * x for m, x in zip(row, linear(colour), strict=True)) for row in sight]
    red, green, blue = (min(1.0, max(0.0, x)) for x in seen)
    white = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in white)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize(
    ("name", "code", "label"),
    [
        ("indicators", "indicator_code", "name_vi"),
        ("units_of_measure", "unit_of_measure", "name_vi"),
        ("admin_units", "admin_unit_code", "label_vi"),
        ("methods", "method_version", "name_vi"),
        ("statuses", "status_code", "name_vi"),
        ("source_authorities", "source_authority_code", "name_vi"),
    ],
)
def test_a_code_label_or_alias_means_one_thing(seed: Seed, name: str, code: str, label: str) -> None:
    meaning: dict[str, str] = {}
    for row in seed(name):
        for word in {row[code], row[label], *row.get("aliases_vi", "").split("|")} - {""}:
            assert word == word.strip()
            assert meaning.setdefault(word.casefold(), row[code]) == row[code], f"{word!r} means two things"


def test_every_seed_is_normalised_and_has_a_described_typed_column_each(seeds_folder: Path) -> None:
    for path in sorted(seeds_folder.glob("*.csv")):
        content = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", content), path.name
        described = path.with_suffix(".yml").read_text(encoding="utf-8")
        for column in content.partition("\n")[0].split(","):
            assert f"        {column}: " in described, f"{path.name}: {column} has no type"
            assert f"      - name: {column}\n        description: " in described, f"{path.name}: {column}"


def test_verdicts_stand_in_order_of_precedence(seed: Seed) -> None:
    rows = seed("verdicts")
    assert [row["verdict_code"] for row in rows] == VERDICTS
    assert [int(row["verdict_order"]) for row in rows] == list(range(1, 17))
    assert all(len(row["sign"]) == 1 for row in rows)


def test_every_verdict_colour_carries_white_or_near_black_text(seed: Seed) -> None:
    for row in seed("verdicts"):
        colour = row["colour_hex"]
        assert max(contrast(colour, "#ffffff"), contrast(colour, "#1a1a1a")) >= 4.5, row["verdict_code"]


@pytest.mark.parametrize("sight", SIGHT)
def test_good_warning_bad_and_neutral_look_different_to_everyone(seed: Seed, sight: str) -> None:
    seen = [(row, lightness_and_hue(row["colour_hex"], SIGHT[sight])) for row in seed("verdicts")]
    for row, colour in seen:
        for other, its_colour in seen:
            if row["tone"] != other["tone"]:
                assert dist(colour, its_colour) > 20, (row["verdict_code"], other["verdict_code"])


def test_units_are_280_old_communes_in_17_districts_and_92_new_ones_in_one_province(seed: Seed) -> None:
    units = seed("admin_units")
    count = Counter((row["level"], bool(row["valid_to"])) for row in units)
    assert count == {
        ("province", True): 2, ("district", True): 17, ("commune", True): 280,
        ("province", False): 1, ("commune", False): 92,
    }  # fmt: skip
    today = [row for row in units if row["level"] == "commune" and not row["valid_to"]]
    assert Counter(row["unit_type"] for row in today) == {"xa": 77, "phuong": 15}


def test_three_communes_were_split_and_no_new_commune_crosses_the_old_provincial_border(seed: Seed) -> None:
    units = {row["admin_unit_key"]: row for row in seed("admin_units")}
    province_of: dict[str, set[str]] = {}
    split = set()
    for link in seed("admin_unit_lineage"):
        old = units[link["old_key"]]
        if old["level"] == "commune":
            district = units[old["parent_key"]]
            province_of.setdefault(link["new_key"], set()).add(district["parent_key"])
        if link["relation"] == "split":
            split.add(old["name_vi"])
            assert (link["weight"], link["is_estimated"]) == ("", "true")
    assert split == {"Phường Gia Sàng", "Phường Cam Giá", "Xã Thượng Đình"}
    assert all(len(provinces) == 1 for provinces in province_of.values())
    sizes = Counter(units[next(iter(provinces))]["admin_unit_code"] for provinces in province_of.values())
    assert sizes == {"tinh_bac_kan": 37, "tinh_thai_nguyen_cu": 55}
