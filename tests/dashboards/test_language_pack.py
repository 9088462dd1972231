"""The Vietnamese pack: compiles, has no gaps, keeps every placeholder, and translates words that Superset says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.dashboards.conftest import DASHBOARDS, SUPERSET_PYTHON, run_program

SOURCE = DASHBOARDS / "translations" / "vi.po"
# Their value is "3 minutes ago", which Superset's browser code says in English whatever the language.
WITHOUT_VALUE = {"Cached %s", "Fetched %s"}
PLACEHOLDER = re.compile(r"%(?:\([a-z_]+\))?[sd]")


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return the messages that the browser gets, compiled into a temporary folder."""
    folder = tmp_path_factory.mktemp("translations")
    done = run_program("install_language_pack.py", "--into", str(folder))
    assert done.returncode == 0, done.stderr
    compiled = folder / "vi" / "LC_MESSAGES"
    assert (compiled / "messages.mo").read_bytes()[:4] in (b"\xde\x12\x04\x95", b"\x95\x04\x12\xde")
    messages: dict[str, Any] = json.loads((compiled / "messages.json").read_text(encoding="utf-8"))
    return messages["locale_data"]["superset"]  # type: ignore[no-any-return] # the shape is Superset's


def test_pack_covers_what_a_reader_meets(pack: dict[str, Any]) -> None:
    assert pack[""]["lang"] == "vi"
    assert len(pack) > 400
    for message in (
        "Sign in",
        "Dashboards",
        "Apply",
        "Clear all",
        "No results were returned for this query",
        "%s option",
    ):
        assert message in pack


def test_no_translation_is_empty_or_left_in_english(pack: dict[str, Any]) -> None:
    same = {"%s%s"}
    for message, texts in pack.items():
        if message:
            assert all(text.strip() for text in texts), message
            assert message in same or texts != [message], message


def test_placeholders_survive_translation(pack: dict[str, Any]) -> None:
    for message, texts in pack.items():
        for text in texts if message and message not in WITHOUT_VALUE else ():
            assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(message)), message


def test_each_message_is_one_that_superset_says(pack: dict[str, Any]) -> None:
    (package,) = (SUPERSET_PYTHON.parents[1] / "lib").glob("python3*/site-packages/superset")
    said = (package / "translations" / "messages.pot").read_text(encoding="utf-8").replace('"\n"', "")
    said += "".join(file.read_text(encoding="utf-8") for file in (package / "static" / "assets").glob("*.js"))
    unknown = [
        message
        for message in pack
        if message and f'"{message}"' not in said and '"' + message.replace('"', '\\"') + '"' not in said
    ]
    assert unknown == []


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ('msgid "Apply"\nmsgstr ""\n', "empty"),
        ('#, fuzzy\nmsgid "Apply"\nmsgstr "Áp dụng"\n', "fuzzy"),
    ],
    ids=["empty", "fuzzy"],
)
def test_unusable_entry_is_refused_by_name(tmp_path: Path, entry: str, reason: str) -> None:
    station = tmp_path / "dashboards"
    (station / "translations").mkdir(parents=True)
    program = station / "install_language_pack.py"
    program.write_text(
        (DASHBOARDS / "install_language_pack.py").read_text(encoding="utf-8"), encoding="utf-8"
    )
    head = SOURCE.read_text(encoding="utf-8").split("# ---")[0]
    (station / "translations" / "vi.po").write_text(head + entry, encoding="utf-8")
    done = run_program(str(program), "--into", str(tmp_path / "out"))
    assert done.returncode == 1, reason
    assert "Apply" in done.stderr
    assert not (tmp_path / "out").exists()
