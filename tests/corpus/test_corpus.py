"""Every file of the corpus → exactly its answer, by the real line: child process, forms, registry, gate."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from cotmoc.desk import Desk
from cotmoc.examination import judge_in_process
from cotmoc.intake import NotAFileError, check, submit
from expectations.answers import GateAnswer, LandingRegistry
from ingestion.receipts import Receipt
from tests.corpus import (
    encodings,
    hostile,
    names_and_units,
    numbers,
    other_kinds,
    periods_and_dates,
    process,
    structure,
    wide_tables,
    yearbook_tables,
)
from tests.corpus.cases import OFFICE, RECEIVED_ON, Case, Found
from tests.corpus.traps import TRAPS
from tests.line.desks import desk_at

THEMES = (
    structure,
    numbers,
    periods_and_dates,
    names_and_units,
    encodings,
    other_kinds,
    wide_tables,
    yearbook_tables,
    hostile,
    process,
)
CASES: tuple[Case, ...] = tuple(case for theme in THEMES for case in theme.CASES)
# What is no file has no receipt: `test_what_is_no_file_is_not_read`.
COVERED_BESIDE_THE_FILES = {"4b-14"}

_VIETNAMESE = re.compile(
    "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)
# What a program says to a programmer. Menu names of Excel stand in parentheses or behind an arrow.
_NOT_FOR_PEOPLE = re.compile(
    r"traceback|exception|error|\bnone\b|\bnan\b|\bnull\b|\bnot\b|\bthe\b|\bis\b|\bmust\b|\bvalue\b|\bcell\b|\brow\b"
    r"|\bcolumn\b|\bsheet\b|\bfile\b|\binvalid\b|[{}<>]|\bTrue\b|\bFalse\b",
    re.IGNORECASE,
)
_MENU = re.compile(r"\([^()]*\)")


@dataclass
class RecordingGate:
    """The landing gate of the line, and what it was asked last."""

    asked: pd.DataFrame | None = field(default=None)

    def __call__(self, rows: pd.DataFrame, registry: LandingRegistry, received_on: date) -> GateAnswer:
        """Return what the suite says, and keep the rows."""
        self.asked = rows
        return judge_in_process(rows, registry, received_on)


@pytest.fixture(scope="module")
def shared_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk where nothing was handed in: `check` leaves no trace, so all cases can share it."""
    return desk_at(tmp_path_factory.mktemp("corpus") / "home", RecordingGate())


@pytest.fixture
def desk(request: pytest.FixtureRequest, shared_desk: Desk, tmp_path: Path) -> Desk:
    """Return the shared desk, or one of its own for a case with a past."""
    case: Case = request.getfixturevalue("case")
    return desk_at(tmp_path / "home", RecordingGate()) if case.earlier else shared_desk


def answer(desk: Desk, case: Case, folder: Path) -> tuple[Receipt, pd.DataFrame | None]:
    """Return the receipt of a case and the rows that the gate was shown."""
    gate = desk.gate
    assert isinstance(gate, RecordingGate)
    folder.mkdir()
    for number, earlier in enumerate(case.earlier):
        before = folder / f"{number}.xlsx"
        before.write_bytes(earlier.make())
        submit(desk, before, earlier.department, "Nguyễn Văn A", received_on=RECEIVED_ON, backdated_by="QT")
    file = folder / case.file_name
    file.write_bytes(case.make())
    gate.asked = None
    return check(desk, file, case.department, RECEIVED_ON), gate.asked


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_gets_exactly_its_answer(case: Case, desk: Desk, tmp_path: Path) -> None:
    receipt, asked = answer(desk, case, tmp_path / "in")
    found = [Found(p.severity, p.rule, p.sheet, p.cell, p.found) for p in receipt.problems]
    assert (receipt.state, sorted(found, key=str)) == (case.state, sorted(case.problems, key=str))
    if case.rows is not None:
        read = [] if asked is None else asked.astype(object).where(asked.notna(), None).to_dict("records")
        assert [{key: row[key] for key in said} for row, said in zip(read, case.rows, strict=True)] == [
            dict(said) for said in case.rows
        ]
    assert receipt.file_name == (case.shown_name or case.file_name)
    assert receipt.rows_accepted == (len(case.rows or ()) if case.state == "accepted" else 0)
    for problem in receipt.problems:
        assert list(flaws_of_sentence(problem.message_vi, problem.found)) == []
        assert list(flaws_of_sentence(problem.expected, problem.found, is_expected=True)) == []
        if problem.cell is not None:
            assert problem.message_vi.startswith(f"Ô {problem.cell}: ")


def flaws_of_sentence(sentence: str, found: str | None, is_expected: bool = False) -> Iterator[str]:
    """Yield what an officer could not read in a sentence; what the officer wrote is no flaw."""
    said = sentence.replace(found, "") if found else sentence
    said = _MENU.sub("", said)
    if not said.strip():
        yield "says nothing"
    if not is_expected and not _VIETNAMESE.search(said):
        yield "is not Vietnamese"
    if word := _NOT_FOR_PEOPLE.search(said):
        yield f"says “{word.group()}”"
    if not is_expected and not said.rstrip().endswith("."):
        yield "does not end"


def link(path: Path) -> None:
    path.symlink_to(path.parent)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, link], ids=["folder", "pipe", "link_to_a_folder"])
def test_what_is_no_file_is_not_read(
    make: Callable[[Path], object], shared_desk: Desk, tmp_path: Path
) -> None:
    make(tmp_path / "bieu.xlsx")
    with pytest.raises((NotAFileError, IsADirectoryError)):
        check(shared_desk, tmp_path / "bieu.xlsx", OFFICE, RECEIVED_ON)


def test_every_trap_has_its_file_and_no_file_claims_another() -> None:
    covered = {trap for case in CASES for trap in case.covers} | COVERED_BESIDE_THE_FILES
    assert covered - TRAPS.keys() == set()
    assert {trap: TRAPS[trap] for trap in TRAPS.keys() - covered} == {}
    assert [case.name for case in CASES if not case.covers] == []


def test_the_corpus_is_large_and_names_each_file_once() -> None:
    twice = [name for name, count in Counter(case.name for case in CASES).items() if count > 1]
    assert twice == []
    assert len(CASES) >= 150
