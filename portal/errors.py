"""What a request cannot have → a plain page that says why, and what to do."""

from __future__ import annotations

from cotmoc.denials import Wanted


class PageError(Exception):
    """An answer other than the page asked for: its status, a heading, a sentence."""

    def __init__(self, status: int, heading: str, sentence: str, wait_seconds: int | None = None) -> None:
        super().__init__(f"{status} {heading}")
        self.status, self.heading, self.sentence, self.wait_seconds = status, heading, sentence, wait_seconds


class DeniedError(PageError):
    """Something that this person may not see or do; what was wanted and why not is logged."""

    def __init__(self, wanted: Wanted, why: str, status: int = 403, submission_id: str | None = None) -> None:
        if status == 404:
            heading, sentence = (
                "Không tìm thấy",
                "Không có nội dung này, hoặc tài khoản không được quyền xem. Hãy kiểm tra lại địa chỉ.",
            )
        else:
            heading, sentence = (
                "Không có quyền thực hiện",
                "Tài khoản không được cấp quyền thực hiện việc này. Nếu cần, hãy liên hệ quản trị hệ thống.",
            )
        super().__init__(status, heading, sentence)
        self.wanted, self.why, self.submission_id = wanted, why, submission_id


class SignInNeededError(Exception):
    """Nobody is signed in: the sign-in page first, then what was asked for."""


def busy() -> PageError:
    """Return the answer when too much waits already."""
    return PageError(
        503,
        "Hệ thống đang bận",
        "Nhiều tệp đang được kiểm tra cùng lúc. Tệp chưa được nộp; hãy thử lại sau ít phút.",
        30,
    )


def form_expired() -> PageError:
    """Return the answer to a form that was not made for this browser, or too long ago."""
    return PageError(
        403,
        "Biểu mẫu đã hết hiệu lực",
        "Phiên làm việc đã thay đổi. Hãy quay lại, tải lại trang rồi thử lại.",
    )


def too_large(limit_bytes: int) -> PageError:
    """Return the answer to a request that is larger than a form takes."""
    return PageError(
        413,
        "Tệp quá lớn",
        f"Tệp vượt quá {limit_bytes // 1_048_576} MB nên không được nhận. "
        "Hãy bỏ hình ảnh và trang tính không cần thiết rồi nộp lại.",
    )
