"""`cotmoc.reports.write_report` finds the published file, or builds as of an instant, and names the report."""

import shutil
from pathlib import Path

import pytest
from docx import Document

from cotmoc.places import Places
from cotmoc.reports import write_report
from reporting.evaluation import ReportError
from reporting.pdf import office_program


def text_of(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def test_the_report_of_the_published_version_has_its_pdf_beside_it(
    published_home: Path, tmp_path: Path
) -> None:
    out = tmp_path / "bao-cao.docx"
    assert write_report(Places(published_home), 2024, None, None, out) == out
    assert "5,74%" in text_of(out)
    assert out.with_suffix(".pdf").is_file() == (office_program() is not None)


def test_without_a_published_version_the_command_to_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="cotmoc build"):
        write_report(Places(tmp_path), 2024)


def test_a_report_as_of_an_instant_knows_only_what_was_known(published_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(published_home / "landing", home / "landing")
    written = write_report(Places(home), 2021, "bk_2030", "2022-03-01")
    assert written == home / "reports" / "bao-cao-danh-gia-2021-bk_2030-2022-03-01.docx"
    text = text_of(written)
    assert "3,73%" in text
    assert "4,41%" not in text
    assert "58/2023/NĐ-CP" not in text
