"""Nghị định 30/2020/NĐ-CP → annual_evaluation.docx, the Word template of the annual evaluation report.

`python -m reporting.templates.make_template` makes the template anew. The Word file is the master: an
official may edit it in Word, and running this again overwrites such edits.
"""

import io
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Mm

from reporting.paper import with_fixed_times
from reporting.templates.template_annexes import write_annexes
from reporting.templates.template_text import (
    write_body,
    write_heading_block,
    write_signature_block,
)
from reporting.templates.word_parts import (
    add_page_number,
    add_rule,
    define_styles,
    keep_whole,
    repeat_on_each_page,
    set_borders,
    set_cell_margins,
    set_widths,
)

TEMPLATE = Path(__file__).with_name("annual_evaluation.docx")


class Page:
    """The document being written, with one word for each kind of block."""

    def __init__(self) -> None:
        self.document: Any = Document()
        define_styles(self.document)
        lay_out(self.document.sections[0], landscape=False)

    def line(self, text: str, style: str = "Thân bài") -> Any:
        """Add a paragraph of one style; **bold** and //italic// are marked inside the text."""
        paragraph = self.document.add_paragraph(style=style)
        write(paragraph, text)
        return paragraph

    def lines(self, *texts: str, style: str = "Thân bài") -> None:
        """Add several paragraphs of one style."""
        for text in texts:
            self.line(text, style)

    def rule(self, left: float, right: float) -> None:
        """Add a thin rule across the page, `left` and `right` mm away from the margins."""
        add_rule(self.document.add_paragraph(style="Sau bảng"), left, right)

    def table(self, columns: list[tuple[str, float, str]], *rows: list[str]) -> None:
        """Add a ruled table of columns (header, width mm, style); a row of one text runs across all."""
        widths = [width for _, width, _ in columns]
        table = self.document.add_table(rows=0, cols=len(columns))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        set_borders(table, "single")
        header = table.add_row()
        for cell, (text, _, _) in zip(header.cells, columns, strict=True):
            fill(cell, (text, "Bảng - đầu"))
        repeat_on_each_page(header)
        for texts in rows:
            row = table.add_row()
            keep_whole(row)
            if len(texts) == 1:
                fill(row.cells[0].merge(row.cells[-1]), (texts[0], "Bảng - nhóm"))
                continue
            for cell, text, (_, _, style) in zip(row.cells, texts, columns, strict=True):
                fill(cell, (text, style))
        set_widths(table, widths)
        set_cell_margins(table, 1.2)
        self.line("", "Sau bảng")

    def side_by_side(self, widths: list[float], rows: int = 1) -> Any:
        """Add a table without rules, as the heading and the signature are laid out."""
        table = self.document.add_table(rows=rows, cols=len(widths))
        set_borders(table, "nil")
        set_widths(table, widths)
        set_cell_margins(table, 0)
        return table

    def section(self, landscape: bool) -> None:
        """Begin an annex: a section of its own, whose pages are numbered from 1."""
        lay_out(self.document.add_section(WD_SECTION.NEW_PAGE), landscape)


def write(paragraph: Any, text: str) -> None:
    """Add text to a paragraph: **bold**, //italic//, the rest plain."""
    for position, part in enumerate(text.split("**")):
        for place, piece in enumerate(part.split("//")):
            if piece:
                run = paragraph.add_run(piece)
                run.bold = True if position % 2 else None
                run.italic = True if place % 2 else None


def fill(cell: Any, *lines: tuple[str, str]) -> None:
    """Put paragraphs (text, style) into a cell, one under the other."""
    for position, (text, style) in enumerate(lines):
        paragraph = cell.paragraphs[0] if position == 0 else cell.add_paragraph()
        paragraph.style = style
        write(paragraph, text)


def lay_out(section: Any, landscape: bool) -> None:
    """Set A4, the decree's margins, and a page number that the first page hides."""
    short, long = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    add_page_number(section)


def drop_thumbnail(document: Any) -> None:
    """Leave out the picture of an empty page that python-docx brings along."""
    package = document.part.package
    for name, relationship in list(package.rels.items()):
        if relationship.reltype.endswith("/thumbnail"):
            del package.rels[name]


def main() -> None:
    """Write the template beside this file."""
    page = Page()
    write_heading_block(page, fill)
    write_body(page)
    write_signature_block(page, fill)
    write_annexes(page)
    properties = page.document.core_properties
    properties.title = "{{ subject | replace('\n', ' ') }}"
    properties.author, properties.comments = "{{ issuer_in_text }}", ""
    properties.language = "vi-VN"
    drop_thumbnail(page.document)
    written = io.BytesIO()
    page.document.save(written)
    TEMPLATE.write_bytes(with_fixed_times(written.getvalue(), properties.created))


if __name__ == "__main__":
    main()
