"""python-docx objects → the finish that python-docx has no word for: rules, widths, page numbers, styles."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Times New Roman"

CENTRE, LEFT, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)

# name, base, size pt, bold, italic, alignment, first line mm, space before pt, space after pt
STYLES: tuple[tuple[str, str, float, bool, bool, Any, float, float, float], ...] = (
    ("Cơ quan cấp trên", "Normal", 13, False, False, CENTRE, 0, 0, 0),
    ("Cơ quan ban hành", "Normal", 13, True, False, CENTRE, 0, 0, 0),
    ("Quốc hiệu", "Normal", 13, True, False, CENTRE, 0, 0, 0),
    ("Tiêu ngữ", "Normal", 14, True, False, CENTRE, 0, 0, 0),
    ("Số, ký hiệu", "Normal", 13, False, False, CENTRE, 0, 6, 0),
    ("Địa danh, ngày tháng", "Normal", 14, False, True, CENTRE, 0, 6, 0),
    ("Tên loại", "Normal", 14, True, False, CENTRE, 0, 18, 0),
    ("Trích yếu", "Normal", 14, True, False, CENTRE, 0, 0, 0),
    ("Kính gửi", "Normal", 14, False, False, LEFT, 0, 0, 0),
    ("Thân bài", "Normal", 14, False, False, JUSTIFY, 10, 6, 0),
    ("Thân bài - trái", "Normal", 14, False, False, LEFT, 10, 6, 0),
    ("Tên bảng", "Normal", 13, True, False, CENTRE, 0, 8, 4),
    ("Ghi chú bảng", "Normal", 12, False, True, JUSTIFY, 0, 3, 3),
    ("Bảng - đầu", "Normal", 11, True, False, CENTRE, 0, 2, 2),
    ("Bảng - nhóm", "Normal", 11, True, False, LEFT, 0, 2, 2),
    ("Bảng - chữ", "Normal", 11, False, False, LEFT, 0, 1, 1),
    ("Bảng - giữa", "Normal", 11, False, False, CENTRE, 0, 1, 1),
    ("Bảng - số", "Normal", 11, False, False, RIGHT, 0, 1, 1),
    ("Sau bảng", "Normal", 6, False, False, LEFT, 0, 0, 0),
    ("Nơi nhận", "Normal", 11, False, False, LEFT, 0, 0, 0),
    ("Quyền hạn ký", "Normal", 14, True, False, CENTRE, 0, 0, 0),
    ("Tên phụ lục", "Normal", 14, True, False, CENTRE, 0, 0, 0),
    ("Kèm theo", "Normal", 14, False, True, CENTRE, 0, 0, 0),
)
# Headings keep Word's own names, so that the navigation pane and an accessible PDF have an outline.
HEADINGS: tuple[tuple[str, bool, bool, float], ...] = (
    ("Heading 1", True, False, 12),
    ("Heading 2", True, False, 8),
    ("Heading 3", True, True, 8),
)


def define_styles(document: Any) -> None:
    """Give the document its styles: Times New Roman, black, the decree's sizes, Vietnamese proofing."""
    normal = document.styles["Normal"]
    _set_font(normal, 14, False, False)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    for name, base, size, bold, italic, alignment, first_line, before, after in STYLES:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles[base]
        _set_font(style, size, bold, italic)
        _set_spacing(style, alignment, first_line, before, after)
    for name, bold, italic, before in HEADINGS:
        style = document.styles[name]
        _set_font(style, 14, bold, italic)
        _set_spacing(style, JUSTIFY, 10, before, 0)
        style.paragraph_format.keep_with_next = True
    for name in ("Tên bảng", "Bảng - đầu", "Bảng - nhóm"):
        document.styles[name].paragraph_format.keep_with_next = True


def _set_font(style: Any, size: float, bold: bool, italic: bool) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, italic
    font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "vi-VN")


def _set_spacing(style: Any, alignment: Any, first_line: float, before: float, after: float) -> None:
    paragraph = style.paragraph_format
    paragraph.alignment = alignment
    paragraph.first_line_indent = Mm(first_line)
    paragraph.space_before, paragraph.space_after = Pt(before), Pt(after)
    paragraph.widow_control = True


def add_rule(paragraph: Any, left: float, right: float) -> None:
    """Turn an empty paragraph into a thin rule, `left` and `right` mm away from its edges."""
    shape = paragraph.paragraph_format
    shape.left_indent, shape.right_indent = Mm(left), Mm(right)
    shape.space_before, shape.space_after = Pt(3), Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(3)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def add_page_number(section: Any) -> None:
    """Put the page number, Arabic, 13 points, in the middle of the top margin; the section counts from 1."""
    section.header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.style = "Normal"
    paragraph.alignment = CENTRE
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", None), (None, "PAGE"), ("separate", None), ("text", "2"), ("end", None)):
        run._r.append(_field_part(kind, text))
    section.first_page_header.is_linked_to_previous = False
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(numbering, "w:cols", "w:titlePg", "w:docGrid")


def _field_part(kind: str | None, text: str | None) -> Any:
    if kind == "text":
        part = OxmlElement("w:t")
        part.text = text
    elif kind is None:
        part = OxmlElement("w:instrText")
        part.set(qn("xml:space"), "preserve")
        part.text = text
    else:
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
    return part


def set_borders(table: Any, line: str) -> None:
    """Rule a table with `line`: single, or nil for a table that only lays text out."""
    borders = OxmlElement("w:tblBorders")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        border = OxmlElement(f"w:{edge}")
        for name, value in (("val", line), ("sz", "4"), ("space", "0"), ("color", "000000")):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def set_widths(table: Any, widths: list[float]) -> None:
    """Fix the columns of a table at `widths` mm, whatever is written into them."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        start = 0
        for cell in row._tr.tc_lst:
            span = cell.grid_span
            cell.width = Mm(sum(widths[start : start + span]))
            start += span


def set_cell_margins(table: Any, width: float) -> None:
    """Keep `width` mm between the text of a cell and its left and right rule."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(Mm(width).twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def repeat_on_each_page(row: Any) -> None:
    """Make a row the header that a table repeats on every page."""
    _row_property(row, "w:tblHeader")


def keep_whole(row: Any) -> None:
    """Forbid a page break inside a row."""
    _row_property(row, "w:cantSplit")


def _row_property(row: Any, name: str) -> None:
    flag = OxmlElement(name)
    flag.set(qn("w:val"), "1")
    row._tr.get_or_add_trPr().append(flag)
