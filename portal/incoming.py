"""The body of a request → its fields and at most one file, counted while it comes, and proved to be from our form."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from portal.errors import PageError, form_expired, too_large
from portal.service import Service
from portal.sessions import is_form_token

FORM_TOKEN = "form_token"  # noqa: S105 - the name of a field
_MOST_FIELDS = 5_200
# What is too much is still read up to this many times the limit: a browser that is cut off shows no answer.
_DRAINED = 4


@dataclass
class Incoming:
    """The fields of a form, and the file if one came."""

    fields: dict[str, str]
    file: UploadFile | None = None

    def text(self, name: str, most: int = 2_000) -> str:
        """Return a field without blanks around it, cut to so many characters; empty when it did not come."""
        return self.fields.get(name, "").strip()[:most]


@dataclass
class _Counted:
    """The stream of a body that stops at a limit."""

    request: Request
    most_bytes: int
    read: int = field(default=0)
    is_over: bool = field(default=False)

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        async for chunk in self.request.stream():
            self.read += len(chunk)
            if self.read > self.most_bytes:
                self.is_over = True
                if self.read > self.most_bytes * _DRAINED:
                    return
                continue
            yield chunk


async def read_form(request: Request, service: Service, cookie: str | None, file_bytes: int = 0) -> Incoming:
    """Return what a form brought. Raises PageError when it is too large, unreadable or not from our page."""
    _require_same_origin(request)
    most = service.rules.uploads.fields_bytes + file_bytes
    counted = _Counted(request, most)
    try:
        form = await _parse(request, counted, takes_file=bool(file_bytes))
    except (MultiPartException, ValueError) as error:
        if counted.is_over:
            raise too_large(file_bytes or most) from error
        raise PageError(
            400, "Yêu cầu không đọc được", "Dữ liệu gửi lên không đúng dạng. Hãy tải lại trang rồi thử lại."
        ) from error
    if counted.is_over:
        await form.close()
        raise too_large(file_bytes or most)
    fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    files = [value for _, value in form.multi_items() if isinstance(value, UploadFile) and value.filename]
    if cookie is None or not is_form_token(service.secret, cookie, fields.get(FORM_TOKEN, "")):
        await form.close()
        raise form_expired()
    return Incoming(fields, files[0] if files else None)


async def _parse(request: Request, counted: _Counted, *, takes_file: bool) -> FormData:
    kind, _ = parse_options_header(request.headers.get("content-type", ""))
    if kind == b"multipart/form-data":
        parser = MultiPartParser(
            request.headers, counted.chunks(), max_files=1 if takes_file else 0, max_fields=_MOST_FIELDS
        )
        return await parser.parse()
    if kind == b"application/x-www-form-urlencoded":
        return await FormParser(request.headers, counted.chunks()).parse()
    raise ValueError("neither of the two kinds a form is sent as")


def _require_same_origin(request: Request) -> None:
    """Raise when a browser says that the form stands on a page of somebody else."""
    origin = request.headers.get("origin")
    is_foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if is_foreign or request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise form_expired()
