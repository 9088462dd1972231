"""The three annexes → the words and fields of a newly made annual_evaluation.docx."""

from typing import Any

from reporting.templates.template_text import MIDDLE, NUMBER, TEXT

ATTACHED = (
    "(Kèm theo Báo cáo số        /{{ symbol }} ngày      tháng      năm         của {{ issuer_in_text }})"
)


def write_annexes(page: Any) -> None:
    """Write the three annexes: figures, other published values, method."""
    page.section(landscape=True)
    page.line("Phụ lục I", "Tên phụ lục")
    page.line("SỐ LIỆU SỬ DỤNG TRONG BÁO CÁO", "Tên phụ lục")
    page.line(ATTACHED, "Kèm theo")
    page.line("", "Sau bảng")
    page.table(
        [
            ("TT", 9, MIDDLE),
            ("Chỉ tiêu", 52, TEXT),
            ("Năm", 12, MIDDLE),
            ("Giá trị", 32, NUMBER),
            ("Trạng thái", 20, TEXT),
            ("Nguồn công bố", 41, TEXT),
            ("Ngày công bố", 22, MIDDLE),
            ("Hồ sơ gửi", 40, TEXT),
            ("Trang tính, ô", 24, TEXT),
        ],
        ["{%tr for territory in territories %}"],
        ["{{ territory.name }}"],
        ["{%tr for row in territory.rows %}"],
        [
            "{{ row.position }}",
            "{{ row.name }}",
            "{{ row.year }}",
            "{{ row.value }}",
            "{{ row.status }}",
            "{{ row.source }}",
            "{{ row.published }}",
            "{{ row.submission }}",
            "{{ row.cell }}",
        ],
        ["{%tr endfor %}"],
        ["{%tr endfor %}"],
    )
    page.line("Hồ sơ đã gửi các số liệu trên", "Tên bảng")
    page.table(
        [
            ("Hồ sơ gửi", 40, TEXT),
            ("Tệp", 78, TEXT),
            ("Cơ quan gửi", 44, TEXT),
            ("Người gửi", 34, TEXT),
            ("Ngày tiếp nhận", 22, MIDDLE),
            ("Người duyệt", 34, TEXT),
        ],
        ["{%tr for file in files %}"],
        [
            "{{ file.submission }}",
            "{{ file.file }}",
            "{{ file.sender }}",
            "{{ file.submitted_by }}",
            "{{ file.received }}",
            "{{ file.approved_by }}",
        ],
        ["{%tr endfor %}"],
    )
    page.section(landscape=True)
    page.line("Phụ lục II", "Tên phụ lục")
    page.line("SỐ LIỆU ĐƯỢC CÔNG BỐ NHIỀU LẦN VỚI GIÁ TRỊ KHÁC NHAU", "Tên phụ lục")
    page.line(ATTACHED, "Kèm theo")
    page.line(
        "Số được dùng là số có trạng thái cao nhất; cùng trạng thái thì theo thẩm quyền của cơ quan công "
        "bố, sau đó theo ngày công bố mới nhất."
    )
    page.line("", "Sau bảng")
    page.table(
        [
            ("TT", 9, MIDDLE),
            ("Chỉ tiêu", 55, TEXT),
            ("Địa bàn", 36, TEXT),
            ("Năm", 14, MIDDLE),
            ("Số đã công bố khác", 30, NUMBER),
            ("Nguồn, ngày công bố", 39, TEXT),
            ("Số được dùng", 30, NUMBER),
            ("Nguồn, ngày công bố", 39, TEXT),
        ],
        ["{%tr if not revisions %}"],
        ["Không có số liệu nào được công bố nhiều lần với giá trị khác nhau."],
        ["{%tr endif %}"],
        ["{%tr for row in revisions %}"],
        [
            "{{ row.position }}",
            "{{ row.name }}",
            "{{ row.territory }}",
            "{{ row.year }}",
            "{{ row.other }}",
            "{{ row.other_source }}",
            "{{ row.used }}",
            "{{ row.used_source }}",
        ],
        ["{%tr endfor %}"],
    )
    write_method(page)


def write_method(page: Any) -> None:
    """Write annex III: the method in plain words, the provisional thresholds, the data."""
    page.section(landscape=False)
    page.line("Phụ lục III", "Tên phụ lục")
    page.line("PHƯƠNG PHÁP ĐÁNH GIÁ, NGƯỠNG ÁP DỤNG VÀ DỮ LIỆU", "Tên phụ lục")
    page.line(ATTACHED, "Kèm theo")
    page.line("1. Phương pháp", "Heading 2")
    page.lines(
        "a) Mỗi chỉ tiêu được đánh giá theo văn bản đã giao chỉ tiêu đó, trên địa bàn đã giao. Chỉ số "
        "liệu cả năm được dùng để kết luận cho năm; số liệu quý, 6 tháng, 9 tháng hoặc lũy kế chưa hết "
        "năm không thay thế số liệu cả năm.",
        "b) Chỉ tiêu mức cuối kỳ: lộ trình đi từ mức của năm gốc đến mục tiêu, tăng đều theo đường thẳng "
        "hoặc theo cùng một tốc độ hằng năm. Nhịp độ bằng phần thay đổi đã có chia cho phần thay đổi mà "
        "lộ trình yêu cầu.",
        "c) Chỉ tiêu tăng trưởng bình quân: lấy bình quân nhân của tốc độ tăng các năm từ đầu kỳ; thiếu "
        "một năm thì chưa kết luận. Nhịp độ so mức tăng đã tích lũy với mức tăng phải tích lũy.",
        "d) Chỉ tiêu lũy kế: so tổng các năm đã qua với phần mục tiêu chia đều cho từng năm.",
        "đ) Chỉ tiêu phải giữ hằng năm: từng năm được so với ngưỡng; số năm vi phạm ngưỡng được ghi kèm.",
        "e) Khi nhiều nguồn ngang hàng công bố số khác nhau trong cùng thời gian, số liệu được ghi là "
        "mâu thuẫn và không chọn số nào. Không có số liệu không bị coi là không đạt và không được tính "
        "bằng không.",
    )
    page.line("2. Ngưỡng và dung sai (tạm thời, chưa được cấp có thẩm quyền quy định)", "Heading 2")
    page.lines(
        "{%p if not thresholds %}",
        "Không có kết luận nào trong báo cáo phụ thuộc vào ngưỡng hoặc dung sai.",
        "{%p endif %}",
        "{%p for threshold in thresholds %}",
        "- {{ threshold }}",
        "{%p endfor %}",
    )
    page.line("3. Dữ liệu", "Heading 2")
    page.lines(
        "- Thời điểm số liệu: {{ as_of }}, giờ Việt Nam.",
        "- Hồ sơ số liệu được tính: {{ submissions }}; số liệu được tính: {{ observations }}; sự kiện "
        "cuối cùng trong sổ tiếp nhận: {{ sequence }}.",
    )
    page.lines(
        "- Mã băm danh mục chỉ tiêu, mục tiêu, ngưỡng: {{ fingerprint }}.",
        style="Thân bài - trái",
    )
