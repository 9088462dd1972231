"""A template → the words that go with it: the guide sheet, and the help beside each cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ingestion.layouts import Column, FormVersion, MissingCode, Qualifier
from ingestion.normalising.numbers import to_number_text
from ingestion.normalising.publication_dates import SHAPES as DATE_SHAPES
from ingestion.normalising.vocabulary import Vocabularies
from ingestion.templates.content import Entry, LastFigure, Template, to_period_in_text

_MISSING: dict[MissingCode, str] = {
    "none": "không có hiện tượng phát sinh",
    "not_collected": "có phát sinh nhưng chưa thu thập được số liệu",
    "not_applicable": "chỉ tiêu không áp dụng với đơn vị hành chính hoặc kỳ này",
}
_QUALIFIED: dict[Qualifier, str] = {
    ">": "lớn hơn số ghi sau đó",
    ">=": "không nhỏ hơn số ghi sau đó",
    "<": "nhỏ hơn số ghi sau đó",
    "<=": "không lớn hơn số ghi sau đó",
    "~": "xấp xỉ số ghi sau đó",
}
# Code of a term → what its label alone does not say.
_TERMS = {
    "unstated": " (khi nguồn không nêu trạng thái)",
    "plan": " (số kế hoạch, không tính là kết quả thực hiện)",
}
_QUALIFIER_WORDS: dict[Qualifier, str] = {">": "trên ", "<": "dưới ", "~": "khoảng "}


class Line(NamedTuple):
    """One line of the guide: a heading, a paragraph, or what to write in a column (its name and how)."""

    text: str
    name: str = ""
    is_heading: bool = False


def to_guide(template: Template, vocabularies: Vocabularies) -> Iterator[Line]:
    """Yield the lines of the guide in formal Vietnamese."""
    layout = template.form.layout
    yield Line("I. PHẠM VI", is_heading=True)
    yield Line(
        f"1. Biểu do {template.department_name} ghi cho kỳ báo cáo {to_period_in_text(template.period)}, gồm "
        f"{len(template.entries)} dòng. Mỗi dòng là một chỉ tiêu của một đơn vị hành chính."
    )
    yield Line(
        f"2. Trên trang tính “{layout.sheet}”, các ô nền xám đã ghi sẵn và được khóa; chỉ ghi vào các ô nền vàng. "
        "Khi chọn một ô, lời nhắc bên cạnh cho biết cách ghi và số công bố gần nhất, nếu có."
    )
    yield Line(
        "3. Dòng chưa có số liệu để báo cáo thì để trống tất cả các ô nền vàng của dòng đó: dòng được coi là chưa "
        "báo cáo. Dòng đã ghi một ô thì phải ghi đủ các cột bắt buộc."
    )
    yield Line(
        "4. Trang tính được khóa không có mật khẩu, chỉ để tránh sửa nhầm. Khi cần thêm dòng (ví dụ một chỉ tiêu có "
        "hai lần công bố), chọn Xem lại > Bỏ bảo vệ Trang tính (Review > Unprotect Sheet), chép nguyên một dòng "
        "xuống ngay dưới bảng rồi ghi."
    )
    yield Line("II. CÁCH GHI TỪNG CỘT", is_heading=True)
    for column in template.open_columns:
        is_required = "" if column.required else " Không bắt buộc."
        yield Line(_to_manner(column, layout, vocabularies) + is_required, column.name)
    yield Line("III. CÁCH GHI SỐ", is_heading=True)
    yield Line("1. Dấu phẩy ngăn phần thập phân, dấu chấm phân nhóm nghìn: 1.234,5.")
    yield Line(
        "2. Ghi xong, đối chiếu số hiện trong ô. Nếu Excel hiện số khác với số đã ghi (ví dụ ghi 6,35 mà hiện 635) "
        "thì ghi lại dạng văn bản, có dấu nháy đơn ở đầu: '6,35."
    )
    yield Line(
        "3. Số ghi dạng văn bản có đúng ba chữ số sau một dấu, như 1.234, có thể hiểu theo hai cách nên sẽ bị hỏi "
        "lại; hãy ghi 1234 hoặc 1,2340."
    )
    yield Line(
        "4. Ghi theo đúng đơn vị tính của dòng. Với đơn vị % ghi 6,35, không ghi 0,0635 và không định dạng ô kiểu "
        "phần trăm."
    )
    yield Line("5. Không có số thì ghi một trong các dấu sau, không để trống ô Giá trị của dòng đã ghi:")
    for missing, signs in layout.missing_signs.items():
        yield Line(_MISSING[missing] + ".", _quoted(signs[:1]))
    yield Line("6. Từ hạn định trong nguồn là một phần của số liệu, ghi trước số, ví dụ trên 7,5:")
    for qualifier, words in layout.qualifiers.items():
        yield Line(_QUALIFIED[qualifier] + ".", _quoted(tuple(word for word in words if word[0].isalpha())))
    yield Line("IV. SAU KHI NỘP", is_heading=True)
    yield Line(
        "1. Mỗi tệp nhận được một phiếu trả lời: Tiếp nhận; Chờ giải trình (ghi lý do vào cột Ghi chú rồi nộp lại); "
        "Không tiếp nhận (phiếu nêu từng ô cần sửa, không có phần nào của tệp được nạp); Đã nhận trước đó."
    )
    if layout.requires_approval:
        yield Line("2. Số liệu được công bố sau khi có người duyệt; người duyệt không phải là người nộp.")
    yield Line(
        f"{3 if layout.requires_approval else 2}. Nộp lại tệp đã sửa là một lần nộp mới; số liệu đã nộp trước vẫn "
        "được lưu để đối chiếu."
    )


def to_value_help(entry: Entry, layout: FormVersion) -> str:
    """Return the message beside the cell of a value: what was published last, what may be written."""
    signs = ", ".join(_quoted(signs[:1]) for signs in layout.missing_signs.values())
    how = f"Ghi số theo đơn vị {entry.labels['unit_of_measure']}; không có số thì ghi {signs}."
    return how if entry.last is None else f"{_to_last(entry.last)}\n{how}"


def to_column_help(column: Column) -> str:
    """Return the message beside the other cells, empty where there is nothing to say."""
    match column.kind:
        case "term":
            return "Chọn trong danh sách."
        case "publication_date":
            return _to_dates()
    return {
        "source": "Văn bản hoặc địa chỉ trang đã công bố số liệu.",
        "note": "Giải trình khi số liệu khác thường.",
    }.get(column.role, "")


def _to_last(last: LastFigure) -> str:
    said = f"{to_period_in_text(last.period)}, "
    if last.value is None:
        return f"Số công bố gần nhất ({said}các nguồn mâu thuẫn): chưa chọn số nào."
    qualifier = _QUALIFIER_WORDS[last.qualifier] if last.qualifier else ""
    figure = f"{qualifier}{to_number_text(last.value)} {last.unit_of_measure}"
    return f"Số công bố gần nhất: {figure} ({said}{last.status.lower()}, công bố {last.published})."


def _to_manner(column: Column, layout: FormVersion, vocabularies: Vocabularies) -> str:
    match column.kind:
        case "number":
            return "Số liệu theo đơn vị tính của dòng; xem mục III."
        case "publication_date":
            return _to_dates()
    if column.vocabulary is not None:
        terms = vocabularies[column.vocabulary].terms
        labels = "; ".join(f"{term.label}{_TERMS.get(term.code, '')}" for term in terms)
        return f"Chọn trong danh sách: {labels}."
    return to_column_help(column)


def _to_dates() -> str:
    return f"Ghi một trong các dạng: {'; '.join(DATE_SHAPES)}."


def _quoted(signs: tuple[str, ...]) -> str:
    return ", ".join(f"“{sign}”" for sign in signs)
