"""Any CSV → the same CSV with its progress, or every reason why not; never half a file."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotmoc.evaluation import (
    ADDED,
    COLUMNS,
    CasesRefusedError,
    OutputNotWritableError,
    evaluate_cases,
    to_sentence,
)

HEADER = ",".join(COLUMNS)
ROW = "one,50,2015,60,2020,1,,,"
LATIN = "é,50,2015,60,2020,1,,,"
MILLION = 1_000_000


def write(folder: Path, text: str | bytes, name: str = "cases.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def to_rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def to_text(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def refusal(folder: Path, text: str | bytes) -> CasesRefusedError:
    """Return the refusal of a file; dbt is not asked for the method, and nothing is written."""
    path = write(folder, text)
    with pytest.raises(CasesRefusedError) as refused:
        evaluate_cases(path, folder / "out.csv", lambda: pytest.fail("a file in disorder reached the method"))
    assert [one.name for one in folder.iterdir()] == ["cases.csv"]
    return refused.value


def test_other_columns_and_the_order_of_columns_and_rows_stay(
    methods: dict[str, str], tmp_path: Path
) -> None:
    given_rows = [
        ["note", *reversed(COLUMNS), "", "Series"],
        ["zebra", "", "", "", "1", "2020", " 60 ", "2015-16", "50.0", "z", "-0", "a"],
        ["=1+2", "100", "2030.0", "70", "-1.0", "2020.0", "60", "", "5e1", "a", "", 'b "c", d\ne'],
    ]
    out = tmp_path / "out.csv"
    done = evaluate_cases(write(tmp_path, to_text(given_rows)), out, lambda: methods["open_sdg"])
    written = to_rows(out)
    assert [row[:-3] for row in written] == given_rows
    assert written[0][-3:] == list(ADDED)
    assert [row[-1] for row in written[1:]] == ["substantial_progress", "target_achieved"]
    assert (done.cases, done.statuses) == (2, {"substantial_progress": 1, "target_achieved": 1})


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@settings(max_examples=40, deadline=None)
@given(name=cells.filter(lambda name: name not in {*COLUMNS, *ADDED}), passed=st.lists(cells, max_size=5))
def test_any_text_passes_through_unchanged(methods: dict[str, str], name: str, passed: list[str]) -> None:
    given_rows = [[*COLUMNS, name], *([*ROW.split(","), cell] for cell in passed)]
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out.csv"
        evaluate_cases(write(Path(folder), to_text(given_rows)), out, lambda: methods["eurostat"])
        assert [row[:-3] for row in to_rows(out)] == given_rows


@pytest.mark.parametrize("text", [HEADER, HEADER + "\n", "\ufeff" + HEADER + "\r\n"])
def test_a_header_alone_gives_a_header_alone(methods: dict[str, str], tmp_path: Path, text: str) -> None:
    out = tmp_path / "out.csv"
    assert evaluate_cases(write(tmp_path, text), out, lambda: methods["open_sdg"]).cases == 0
    assert to_rows(out) == [[*COLUMNS, *ADDED]]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"\ufeff{HEADER}\r\n{ROW}\r\n{ROW}", id="byte_order_mark_and_windows_lines"),
        pytest.param(f'{HEADER},"a\nb"\r\n{ROW},"c\nd"\r\n{ROW},\r\n', id="breaks_within_cells"),
        pytest.param(f"{HEADER}\n{ROW}\n\n{ROW}\n\n", id="blank_lines"),
    ],
)
def test_files_of_any_office_program_are_read(methods: dict[str, str], tmp_path: Path, text: str) -> None:
    out = tmp_path / "out.csv"
    assert evaluate_cases(write(tmp_path, text), out, lambda: methods["open_sdg"]).cases == 2
    assert len(to_rows(out)) == 3


def test_every_unreadable_cell_is_named_at_once(tmp_path: Path) -> None:
    refused = refusal(
        tmp_path,
        f'{HEADER}\n{ROW}\na,"1,5",15,nan,20x5,up,1 000,2030.5,0x1\nb,1e999,2015,1,2020,,inf,2015-6,\n',
    )
    assert refused.count == 12
    assert [to_sentence(problem).partition(", expected")[0] for problem in refused.problems] == [
        "row 3, column base_value: found “1,5”",
        "row 3, column base_year: found “15”",
        "row 3, column current_value: found “nan”",
        "row 3, column current_year: found “20x5”",
        "row 3, column direction: found “up”",
        "row 3, column limit: found “0x1”",
        "row 3, column target: found “1 000”",
        "row 3, column target_year: found “2030.5”",
        "row 4, column base_value: found “1e999”",
        "row 4, column direction: found nothing",
        "row 4, column target: found “inf”",
        "row 4, column target_year: found “2015-6”",
    ]
    assert "expected a number with a decimal point and no separators, such as 1234.5, or nothing" in str(
        refused
    )
    assert "expected a year such as 2015 or 2015-16, or nothing" in str(refused)
    assert "expected 1 (more is better) or -1 (less is better)" in str(refused)


def test_thousands_of_wrong_cells_are_counted_and_the_first_fifty_named(tmp_path: Path) -> None:
    refused = refusal(tmp_path, HEADER + "\n" + "a,x,2015,1,2020,1,,,\n" * 3000)
    assert (refused.count, len(refused.problems), refused.problems[0].row) == (3000, 50, 2)


def test_what_was_found_is_harmless_on_a_terminal(tmp_path: Path) -> None:
    refused = refusal(tmp_path, f"{HEADER}\na,\x1b[2J{'9' * 100}x,2015,1,2020,1,,,\n")
    assert "\x1b" not in str(refused)
    assert f"�[2J{'9' * 56}…" in str(refused)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("", "row 1: found nothing, expected a header with the columns series,", id="empty"),
        pytest.param(HEADER.replace(",", ";"), "found columns separated by ;, expected columns", id="semicolons"),
        pytest.param(HEADER.encode("utf-16"), "found a header that is not comma-separated UTF-8", id="utf_16"),
        pytest.param("series,target,target\n", "row 1, column target: found it 2 times", id="column_twice"),
        pytest.param("series\n", "row 1, column limit: found it 0 times, expected it once", id="column_missing"),
        pytest.param(f"{HEADER},score\n", "row 1, column score: found it already there", id="added_column_taken"),
        pytest.param(f"{HEADER}\n{ROW}\n{ROW},9\n", "row 3: found too many cells, expected 9", id="too_many_cells"),
        pytest.param(f"{HEADER}\none,1\n", "row 2: found too few cells, expected 9 cells", id="too_few_cells"),
        pytest.param(f'{HEADER}\n"one,50,2015\n', "row 2: found quotes that do not match", id="open_quote"),
        pytest.param(f"{HEADER}\n{LATIN}\n".encode("latin-1"), "row 2: found letters that are not UTF-8", id="latin_1"),
        pytest.param(f"{HEADER}\n{ROW}9\r\n{ROW}\n", "found quotes or line ends of more than", id="mixed_lines"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_of_cases_is_told_why(
    tmp_path: Path, text: str | bytes, sentence: str
) -> None:
    assert sentence in str(refusal(tmp_path, text))


def test_all_missing_columns_are_named_at_once(tmp_path: Path) -> None:
    refused = refusal(tmp_path, "series,base_value,score\n")
    assert [problem.column for problem in refused.problems] == [*COLUMNS[2:], "score"]


def test_a_name_full_of_signs_is_only_a_name(methods: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path, f"{HEADER}\n{ROW}\n{ROW}\n", "cases1.csv")
    odd = write(tmp_path, f"{HEADER}\n{ROW}\n", "cases[1]*'.csv")
    out = tmp_path / "kết quả '; drop table cases; --.csv"
    assert evaluate_cases(odd, out, lambda: methods["open_sdg"]).cases == 1
    assert len(to_rows(out)) == 2


@pytest.mark.parametrize(
    ("place", "word"),
    [
        pytest.param("nowhere/out.csv", "does not exist", id="no_folder"),
        pytest.param(".", "not an ordinary file", id="a_folder"),
        pytest.param("cases.csv", "the file to read", id="the_cases_themselves"),
        pytest.param("locked/out.csv", "cannot be written", id="a_folder_that_takes_nothing"),
    ],
)
def test_a_result_without_a_place_is_refused_and_leaves_no_trace(
    methods: dict[str, str], tmp_path: Path, place: str, word: str
) -> None:
    path = write(tmp_path, f"{HEADER}\n{ROW}\n")
    (tmp_path / "locked").symlink_to("/proc/self/fdinfo")
    with pytest.raises(OutputNotWritableError, match=word):
        evaluate_cases(path, tmp_path / place, lambda: methods["open_sdg"])
    assert path.read_text() == f"{HEADER}\n{ROW}\n"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["cases.csv", "locked"]


def test_an_older_result_stays_until_the_new_one_is_whole(methods: dict[str, str], tmp_path: Path) -> None:
    out = write(tmp_path, "the older result", "out.csv")
    path = write(tmp_path, f"{HEADER}\na,x,,,,,,,\n")
    with pytest.raises(CasesRefusedError):
        evaluate_cases(path, out, lambda: methods["open_sdg"])
    assert out.read_text() == "the older result"
    evaluate_cases(write(tmp_path, f"{HEADER}\n{ROW}\n"), out, lambda: methods["open_sdg"])
    assert to_rows(out)[0] == [*COLUMNS, *ADDED]


def test_a_million_cases_come_out_in_their_order(methods: dict[str, str], tmp_path: Path) -> None:
    path, out = tmp_path / "cases.csv", tmp_path / "out.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER + "\n")
        file.writelines(f"{number},50,2015,{number},2020,1,60,2030,\n" for number in range(MILLION))
    done = evaluate_cases(path, out, lambda: methods["open_sdg"])
    assert done.cases == MILLION
    assert done.statuses["target_achieved"] == MILLION - 60
    with out.open(encoding="utf-8", newline="") as file:
        assert all(
            row[0] == str(number) for number, row in enumerate(csv.reader(file), start=-1) if number >= 0
        )
