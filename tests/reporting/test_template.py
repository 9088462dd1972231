"""The Word template is an official's to edit: a wrong field is named, values stay inert, bytes do not wander."""

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from reporting.content import Field
from reporting.evaluation import Evaluation, ReportError
from reporting.official import Review
from reporting.paper import TEMPLATE, fill_template

AS_OF = datetime.fromisoformat("2026-01-31T05:00:00")
SMALL = {"issuer_in_text": "Sở Tài chính", "subject": "Thử"}


def template_of(folder: Path, *paragraphs: str) -> Path:
    document: Any = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    path = folder / "mau.docx"
    document.save(str(path))
    return path


def text_of(document: bytes) -> str:
    opened: Any = Document(io.BytesIO(document))
    return "\n".join(paragraph.text for paragraph in opened.paragraphs)


@pytest.mark.parametrize("field", ["{{ nam_danh_gia }}", "{{ plan.tieu_de }}"])
def test_an_unknown_field_is_refused_by_name(tmp_path: Path, field: str) -> None:
    template = template_of(tmp_path, field)
    with pytest.raises(ReportError, match=r"mau\.docx.*trường không có: (nam_danh_gia|tieu_de)"):
        fill_template(template, {**SMALL, "plan": {"heading": "1."}}, [], AS_OF)


def test_a_field_written_wrongly_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="viết sai"):
        fill_template(template_of(tmp_path, "{{ subject | }}"), SMALL, [], AS_OF)


@pytest.mark.parametrize("damage", [b"", b"not a Word file"], ids=["empty", "other_format"])
def test_a_file_that_is_no_word_document_is_refused(tmp_path: Path, damage: bytes) -> None:
    template = tmp_path / "mau.docx"
    template.write_bytes(damage)
    with pytest.raises(ReportError, match="phải là tài liệu Word"):
        fill_template(template, SMALL, [], AS_OF)
    with pytest.raises(ReportError, match="phải là tài liệu Word"):
        fill_template(tmp_path / "absent.docx", SMALL, [], AS_OF)


@pytest.mark.parametrize(
    "value",
    [
        "{{ issuer_in_text }}",
        "{% for x in y %}",
        "<w:p/>",
        "a & b < c > d",
        "=HYPERLINK(1)",
        "{{ ''.__class__ }}",
    ],
)
def test_a_value_is_printed_as_it_is_and_never_taken_for_a_field(tmp_path: Path, value: str) -> None:
    filled = fill_template(template_of(tmp_path, "[{{ subject }}]"), {**SMALL, "subject": value}, [], AS_OF)
    assert text_of(filled) == f"[{value}]"


def test_control_characters_do_not_damage_the_file(tmp_path: Path) -> None:
    content = {**SMALL, "subject": "a\x0bb\x00c\x0cd"}
    assert text_of(fill_template(template_of(tmp_path, "{{ subject }}"), content, [], AS_OF)) == "a b c d"


def test_an_edited_template_is_what_is_filled(tmp_path: Path) -> None:
    document: Any = Document(str(TEMPLATE))
    document.paragraphs[-1].add_run(" Câu do người soạn thêm: {{ issuer_in_text }}.")
    edited = tmp_path / "edited.docx"
    document.save(str(edited))
    fields = re.findall(r"{{ (\w+)", zipfile.ZipFile(edited).read("word/document.xml").decode())
    content: dict[str, Any] = dict.fromkeys(fields, "x")
    lists = re.findall(r" in (\w+) %}", zipfile.ZipFile(edited).read("word/document.xml").decode())
    content |= {name: [] for name in lists}
    filled = fill_template(edited, {**content, "lacking": "", "issuer_in_text": "Sở Tài chính"}, [], AS_OF)
    assert "Câu do người soạn thêm: Sở Tài chính." in text_of(filled)


def test_a_remark_is_pinned_to_its_phrase_and_dated_by_the_as_of(tmp_path: Path) -> None:
    template = template_of(tmp_path, "Không liên quan", "Kính gửi: {{ subject }}")
    reviews = [Review("Bộ Tài chính", "Kiểm tra lại."), Review("không có trong văn bản", "Không gắn.")]
    filled = fill_template(template, {**SMALL, "subject": "Bộ Tài chính"}, reviews, AS_OF)
    opened: Any = Document(io.BytesIO(filled))
    (comment,) = opened.comments
    assert (comment.text, comment.author) == ("Kiểm tra lại.", "Sở Tài chính")
    assert comment.timestamp.isoformat().startswith("2026-01-31T12:00:00")


def test_no_time_of_this_machine_is_left_in_the_file(tmp_path: Path) -> None:
    filled = fill_template(template_of(tmp_path, "{{ subject }}"), SMALL, [Review("Thử", "Xem.")], AS_OF)
    with zipfile.ZipFile(io.BytesIO(filled)) as packed:
        assert {member.date_time for member in packed.infolist()} == {(2026, 1, 31, 12, 0, 0)}
        properties = packed.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", properties)) == {"2026-01-31T05:00:00Z"}


def test_every_field_of_the_report_is_explained_to_the_official(
    content: Field, evaluation: Evaluation
) -> None:
    explained = set(re.findall(r"`(\w+)`", (TEMPLATE.parent / "README.md").read_text(encoding="utf-8")))

    def names(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {name for part in value.values() for name in names(part)}
        return {name for part in value for name in names(part)} if isinstance(value, list) else set()

    assert names(content) <= explained
    assert evaluation.targets
