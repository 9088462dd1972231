"""Word template + fields → the finished document: filled in, remarks in the margin, the same bytes again.

The template is a Word file that an official may edit. A field it names that does not exist is refused
with the name of the field. Values are printed as they are: nothing in them is taken for a field, a tag or
markup.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from reporting.evaluation import ReportError
from reporting.official import Review
from reporting.vietnamese import in_vietnam

TEMPLATE = Path(__file__).parent / "templates" / "annual_evaluation.docx"

# Characters that XML cannot hold, and those that the filler would take for tabs and page breaks.
_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ufffe\uffff]")


def fill_template(
    template: Path, content: Mapping[str, Any], reviews: Iterable[Review], as_of: datetime
) -> bytes:
    """Return the Word document as bytes; equal arguments give equal bytes.

    `as_of` (UTC) stands in for every time stamp of the file. Raises ReportError for a template that
    cannot be read, breaks the rules of its fields, or names a field that does not exist.
    """
    try:
        document = DocxTemplate(str(template))
        document.render(dict(content), _fields())
    except UndefinedError as error:
        raise ReportError(_unknown_field(template, str(error), content)) from error
    except TemplateError as error:
        raise ReportError(f"Mẫu báo cáo {template.name} có trường viết sai: {error}.") from error
    except (OpcError, KeyError, ValueError, zipfile.BadZipFile, OSError) as error:
        raise ReportError(
            f"Không mở được mẫu báo cáo {template.name}; tệp phải là tài liệu Word (.docx)."
        ) from error
    local = in_vietnam(as_of).replace(microsecond=0)
    for review in reviews:
        _pin(document.docx, review, str(content["issuer_in_text"]), local)
    properties = document.docx.core_properties
    properties.created = properties.modified = as_of.replace(microsecond=0, tzinfo=None)
    properties.last_modified_by = str(content["issuer_in_text"])
    properties.revision = 1
    written = io.BytesIO()
    document.docx.save(written)
    return with_fixed_times(written.getvalue(), local)


def with_fixed_times(document: bytes, at: datetime) -> bytes:
    """Return the same Word file with every member stamped `at`, so that the clock leaves no trace in it."""
    stamp = max((1980, 1, 1, 0, 0, 0), (at.year, at.month, at.day, at.hour, at.minute, at.second))
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            member = zipfile.ZipInfo(name, stamp)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            target.writestr(member, source.read(name))
    return packed.getvalue()


def _fields() -> SandboxedEnvironment:
    """Return the rules of the template's fields: unknown ones are errors, values are escaped."""
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True, finalize=_printable)


def _printable(value: Any) -> Any:
    return _UNPRINTABLE.sub(" ", value) if isinstance(value, str) else value


def _unknown_field(template: Path, message: str, content: Mapping[str, Any]) -> str:
    """Return the sentence that names the unknown field and the fields there are."""
    found = re.search(r"no attribute '([^']+)'|'([^']+)' is undefined", message)
    field = next((name for name in found.groups() if name), message) if found else message
    known = ", ".join(sorted(content))
    return f"Mẫu báo cáo {template.name} dùng trường không có: {field}. Các trường có thể dùng: {known}."


def _pin(document: Any, review: Review, author: str, at: datetime) -> None:
    """Put a remark into the margin beside the first paragraph that holds the phrase."""
    for paragraph in _paragraphs(document):
        if review.anchor_vi and review.anchor_vi in paragraph.text:
            comment = document.add_comment(paragraph.runs, text=review.remark_vi, author=author, initials="")
            comment._comment_elm.set(qn("w:date"), at.isoformat())
            return


def _paragraphs(document: Any) -> Iterable[Any]:
    """Yield the paragraphs of the body and of its tables' cells."""
    yield from document.paragraphs
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs
