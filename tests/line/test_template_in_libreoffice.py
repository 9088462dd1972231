"""LibreOffice opens a template, prints it on A4 and saves it so that it can still be handed in.

Collected only where LibreOffice is (conftest.py).
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from cotmoc.desk import Desk
from cotmoc.intake import check
from reporting.pdf import office_program
from tests.ingestion.templates import WRITTEN
from tests.line.desks import a_file
from tests.line.test_templates import OFFICE, hand_in, made

pytestmark = pytest.mark.slow

A4_LANDSCAPE, A4_PORTRAIT = (297, 210), (210, 297)


def converted(file: Path, kind: str) -> Path:
    """Return the file that LibreOffice makes of another, with a profile of its own."""
    folder = file.parent / kind
    profile = (file.parent / "profile").as_uri()
    command = [office_program() or "", f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    command += ["--convert-to", kind, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{file.stem}.{kind}"


def test_the_form_is_printed_landscape_with_its_header_on_every_page_and_the_guide_upright(
    tmp_path: Path,
) -> None:
    pages = PdfReader(str(converted(hand_in(made(OFFICE, "2024"), {}, tmp_path), "pdf"))).pages
    sizes = [
        (round(float(page.mediabox.width) / 72 * 25.4), round(float(page.mediabox.height) / 72 * 25.4))
        for page in pages
    ]
    assert len(pages) > 2
    assert sizes == [A4_LANDSCAPE] * (len(pages) - 1) + [A4_PORTRAIT]
    # The codes stand once a row and the footer counts the pages; the hidden sheet is not printed.
    texts = [page.extract_text() for page in pages]
    assert all("Trang" in text for text in texts)
    assert "grdp_growth" in texts[0]
    assert not any("template_id" in text for text in texts)


def test_a_template_saved_by_libreoffice_is_still_a_template(desk: Desk, tmp_path: Path) -> None:
    file = hand_in(made(OFFICE, "2024"), {0: {**WRITTEN, "Giá trị": 6.35}}, tmp_path)
    again = converted(file, "xlsx")
    receipt = check(desk, a_file(tmp_path / "own", again.read_bytes()), OFFICE)
    assert (receipt.state, receipt.rows_accepted) == ("accepted", 1)
    assert [problem.rule for problem in receipt.problems] == ["rows_not_filled"]
    other = check(desk, again, "so_tai_chinh")
    assert "template_of_other_department" in [problem.rule for problem in other.problems]
