"""A published version, or a build as of an instant → the annual evaluation report, its PDF beside it."""

from __future__ import annotations

from pathlib import Path

from cotmoc.build import build_as_of
from cotmoc.places import Places
from reporting.annual import write_annual_report
from reporting.pdf import office_program, write_pdf


def write_report(
    places: Places, year: int, plan: str | None = None, as_of: str | None = None, out: Path | None = None
) -> Path:
    """Write the report of `year` as a Word document and return its path.

    `plan` restricts it to one plan document; `as_of` (an instant or a date) to what was known then. Without
    `out` the file goes to reports/, an as-of edition under a name of its own. Where LibreOffice is installed
    the PDF stands beside it. Raises reporting.evaluation.ReportError when there is nothing to report,
    RuntimeError when LibreOffice is there but fails.
    """
    published = build_as_of(places, as_of) if as_of else places.current
    edition = "-".join([str(year), *([plan] if plan else []), *([as_of[:10]] if as_of else [])])
    target = out or places.reports / f"bao-cao-danh-gia-{edition}.docx"
    document = write_annual_report(published, year, plan, target)
    program = office_program()
    if program is not None:
        write_pdf(document, program)
    return document
