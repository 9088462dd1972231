"""Whatever the office program does, the PDF arrives whole or the caller is told why."""

from pathlib import Path

import pytest

from reporting.pdf import write_pdf


def program_that(folder: Path, script: str) -> str:
    """Return a program that stands where LibreOffice would: it is given the same arguments."""
    program = folder / "office"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "reports" / "report.docx"
    path.parent.mkdir()
    path.write_bytes(b"a document")
    return path


def test_the_pdf_arrives_beside_the_document_and_nothing_else_does(tmp_path: Path, document: Path) -> None:
    # The last argument but one is the folder to write to, the last one the document.
    script = 'for last; do before=$folder; folder=$last; done; printf PDF > "$before/report.pdf"'
    pdf = write_pdf(document, program_that(tmp_path, script))
    assert pdf.read_bytes() == b"PDF"
    assert {path.name for path in document.parent.iterdir()} == {"report.docx", "report.pdf"}


def test_the_program_gets_a_profile_of_its_own_that_does_not_stay(tmp_path: Path, document: Path) -> None:
    seen = tmp_path / "seen"
    with pytest.raises(RuntimeError):
        write_pdf(document, program_that(tmp_path, f'printf "%s" "$1" > "{seen}"'))
    argument, _, profile = seen.read_text(encoding="utf-8").partition("=file://")
    assert argument == "-env:UserInstallation"
    assert not Path(profile).exists()


def test_no_pdf_is_an_error_that_repeats_what_the_program_said(tmp_path: Path, document: Path) -> None:
    with pytest.raises(RuntimeError, match=r"wrote no PDF of report\.docx: source file could not be loaded"):
        write_pdf(document, program_that(tmp_path, "echo source file could not be loaded >&2; exit 1"))
    assert [path.name for path in document.parent.iterdir()] == ["report.docx"]


def test_a_program_that_hangs_is_ended_with_its_children(tmp_path: Path, document: Path) -> None:
    with pytest.raises(RuntimeError, match=r"did not finish within 0\.5 seconds"):
        write_pdf(document, program_that(tmp_path, "sleep 600 & wait"), time_limit=0.5)
