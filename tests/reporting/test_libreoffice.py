"""LibreOffice draws the report as the decree wants it. Collected only where LibreOffice is (conftest.py).

What is asserted holds in any font the machine has: page sizes and page numbers, not the letters between them.
"""

from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader

from reporting.pdf import office_program, write_pdf

pytestmark = pytest.mark.slow

A4 = (210, 297)


def size_of(page: PageObject) -> tuple[int, int]:
    """Return width and height in mm."""
    return round(float(page.mediabox.width) / 72 * 25.4), round(float(page.mediabox.height) / 72 * 25.4)


def number_of(page: PageObject) -> str:
    """Return the page number printed in the top margin, which is read first; empty where there is none."""
    first = page.extract_text().split()[0]
    return first if first.isdigit() else ""


def test_body_and_annexes_are_a4_and_each_counts_its_pages_from_the_second_on(report: Path) -> None:
    pages = list(PdfReader(str(write_pdf(report, office_program() or ""))).pages)
    assert {tuple(sorted(size_of(page))) for page in pages} == {A4}
    turned = [size_of(page) == A4[::-1] for page in pages]
    assert turned.count(True) >= 2
    assert turned[0] is turned[-1] is False
    numbers = [number_of(page) for page in pages]
    assert numbers[0] == ""
    starts = [position for position, number in enumerate(numbers) if number == ""]
    assert len(starts) == 4  # the body and three annexes
    for begin, end in zip(starts, [*starts[1:], len(pages)], strict=True):
        assert numbers[begin + 1 : end] == [str(number) for number in range(2, end - begin + 1)]
