"""Heading, parts I to V, signature → the words and fields of a newly made annual_evaluation.docx."""

from typing import Any

from reporting.templates.word_parts import RIGHT, add_rule, keep_whole

TEXT, MIDDLE, NUMBER = "Bảng - chữ", "Bảng - giữa", "Bảng - số"


def write_heading_block(page: Any, fill: Any) -> None:
    """Write issuing body and quốc hiệu, number and date, title, addressees."""
    table = page.side_by_side([66, 99], rows=2)
    left, right = table.rows[0].cells
    fill(left, ("{{ superior }}", "Cơ quan cấp trên"), ("{{ issuer }}", "Cơ quan ban hành"), ("", "Sau bảng"))
    add_rule(left.paragraphs[-1], 22, 22)
    fill(
        right,
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Quốc hiệu"),
        ("Độc lập - Tự do - Hạnh phúc", "Tiêu ngữ"),
        ("", "Sau bảng"),
    )
    add_rule(right.paragraphs[-1], 19, 19)
    left, right = table.rows[1].cells
    fill(left, ("Số:          /{{ symbol }}", "Số, ký hiệu"))
    fill(right, ("{{ place }}, ngày      tháng      năm         ", "Địa danh, ngày tháng"))
    page.line("BÁO CÁO", "Tên loại")
    page.line("{{ subject }}", "Trích yếu")
    page.rule(58, 58)
    page.line("", "Sau bảng")
    table = page.side_by_side([62, 103])
    left, right = table.rows[0].cells
    fill(left, ("Kính gửi:", "Kính gửi"))
    left.paragraphs[0].alignment = RIGHT
    fill(
        right,
        ("{%p for recipient in recipients %}", "Kính gửi"),
        ("  - {{ recipient }}", "Kính gửi"),
        ("{%p endfor %}", "Kính gửi"),
    )


def write_body(page: Any) -> None:
    """Write parts I to V."""
    page.line("{{ opening }}")
    page.line("I. CĂN CỨ VÀ PHẠM VI ĐÁNH GIÁ", "Heading 1")
    page.line("1. Căn cứ", "Heading 2")
    page.lines("{%p for citation in citations %}", "- {{ citation }}", "{%p endfor %}")
    page.line("2. Phạm vi", "Heading 2")
    page.line(
        "Báo cáo đánh giá năm {{ year }} các chỉ tiêu của {% if documents|length > 1 %}những {% endif %}văn bản sau:"
    )
    page.lines("{%p for document in documents %}", "- {{ document }}", "{%p endfor %}")
    page.line("3. Thời điểm số liệu", "Heading 2")
    page.line(
        "Báo cáo sử dụng số liệu đã tiếp nhận, được duyệt và còn giá trị đến {{ as_of }}; số liệu tiếp "
        "nhận sau thời điểm này không được tính. Nguồn của từng số liệu nêu tại Phụ lục I; số liệu được "
        "công bố nhiều lần nêu tại Phụ lục II; phương pháp đánh giá nêu tại Phụ lục III."
    )
    page.line("II. KẾT QUẢ CHUNG", "Heading 1")
    page.line("{{ overall }}")
    page.line("{{ distribution_caption }}", "Tên bảng")
    page.table(
        [("Kết luận", 115, TEXT), ("Số chỉ tiêu", 50, NUMBER)],
        ["{%tr for group in distribution %}"],
        ["**{{ group.name }}**", "**{{ group.count }}**"],
        ["{%tr for row in group.rows %}"],
        ["    {{ row.verdict }}", "{{ row.count }}"],
        ["{%tr endfor %}"],
        ["{%tr endfor %}"],
        ["**Tổng số**", "**{{ total }}**"],
    )
    page.line("{{ coverage_caption }}", "Tên bảng")
    page.table(
        [
            ("Lĩnh vực", 40, TEXT),
            ("Số chỉ tiêu", 20, NUMBER),
            ("Đã kết luận", 20, NUMBER),
            ("Chi tiết kết luận", 85, TEXT),
        ],
        ["{%tr for document in coverage %}"],
        ["{{ document.title }}"],
        ["{%tr for sector in document.sectors %}"],
        ["{{ sector.name }}", "{{ sector.total }}", "{{ sector.assessed }}", "{{ sector.verdicts }}"],
        ["{%tr endfor %}"],
        ["{%tr endfor %}"],
    )
    write_results(page)
    write_consequences(page)


def write_results(page: Any) -> None:
    """Write part III: every document, every sector, every target."""
    page.line("III. KẾT QUẢ THEO TỪNG VĂN BẢN", "Heading 1")
    page.line(
        "Trong các bảng dưới đây: lộ trình là mức phải đạt vào năm {{ year }}; chênh lệch là thực hiện "
        "trừ lộ trình; nhịp độ là phần đã đi được so với phần phải đi được tính đến năm {{ year }} (bằng "
        "1 là đúng lộ trình). Ô để trống là không có số liệu hoặc không áp dụng."
    )
    page.lines("{%p for plan in plans %}")
    page.line("{{ plan.heading }}", "Heading 2")
    page.lines("{%p if plan.replaced %}", "{{ plan.replaced }}", "{%p endif %}")
    page.lines("{%p if plan.note %}", "{{ plan.note }}", "{%p endif %}", "{{ plan.standing }}")
    page.lines("{%p for sector in plan.sectors %}")
    page.line("{{ sector.heading }}", "Heading 3")
    page.line("{{ sector.standing }}")
    page.line("{{ sector.caption }}", "Tên bảng")
    page.table(
        [
            ("TT", 9, MIDDLE),
            ("Chỉ tiêu", 44, TEXT),
            ("Mục tiêu", 27, TEXT),
            ("Thực hiện", 18, NUMBER),
            ("Lộ trình", 17, NUMBER),
            ("Chênh lệch", 16, NUMBER),
            ("Nhịp độ", 13, NUMBER),
            ("Kết luận", 21, TEXT),
        ],
        ["{%tr for row in sector.rows %}"],
        [
            "{{ row.position }}",
            "{{ row.name }}",
            "{{ row.target }}",
            "{{ row.actual }}",
            "{{ row.path }}",
            "{{ row.gap }}",
            "{{ row.pace }}",
            "{% if row.is_pressing %}**{{ row.verdict }}**{% else %}{{ row.verdict }}{% endif %}",
        ],
        ["{%tr endfor %}"],
    )
    page.lines(
        "{%p for finding in sector.findings %}",
        "- **{{ finding.name }}: {{ finding.verdict }}.** {{ finding.grounds }}{% if finding.formula %} "
        "//Cách tính: {{ finding.formula }}.//{% endif %}",
        "{%p endfor %}",
        "{%p for group in sector.waiting %}",
        "- **{{ group.positions }}:** {{ group.reason }}",
        "{%p endfor %}",
        "{%p endfor %}",
        "{%p endfor %}",
    )


def write_consequences(page: Any) -> None:
    """Write parts IV and V: what is missing and from whom, and what to decide."""
    page.line("IV. KHÓ KHĂN, VƯỚNG MẮC VỀ SỐ LIỆU", "Heading 1")
    page.lines(
        "{%p if not lacking %}",
        "Các chỉ tiêu đến kỳ đánh giá đều có đủ số liệu để kết luận.",
        "{%p else %}",
        "{{ lacking }}",
        "{%p endif %}",
        "{%p if silent %}",
        "Cơ quan phụ trách trong bảng dưới đây được xếp theo chức năng, nhiệm vụ, do văn bản không phân "
        "công cho từng chỉ tiêu.",
    )
    page.line("{{ silent_caption }}", "Tên bảng")
    page.table(
        [
            ("Cơ quan phụ trách", 38, TEXT),
            ("Địa bàn", 30, TEXT),
            ("Số chỉ tiêu", 16, NUMBER),
            ("Chỉ tiêu", 81, TEXT),
        ],
        ["{%tr for row in silent %}"],
        ["{{ row.department }}", "{{ row.territory }}", "{{ row.count }}", "{{ row.names }}"],
        ["{%tr endfor %}"],
    )
    page.lines(
        "{%p endif %}",
        "{%p if doubts %}",
        "Một số nội dung của văn bản cần được làm rõ:",
        "{%p for doubt in doubts %}",
        "- {{ doubt }}",
        "{%p endfor %}",
        "{%p endif %}",
    )
    page.line("V. NỘI DUNG ĐỀ NGHỊ XEM XÉT", "Heading 1")
    page.lines(
        "{%p if not proposals %}",
        "Không có nội dung đề nghị xem xét.",
        "{%p endif %}",
        "{%p for proposal in proposals %}",
        "{{ loop.index }}. {{ proposal }}",
        "{%p endfor %}",
    )
    page.line(
        "Trên đây là kết quả đánh giá thực hiện các chỉ tiêu quy hoạch, kế hoạch năm {{ year }}, "
        "{{ issuer_in_text }} kính báo cáo./."
    ).paragraph_format.keep_with_next = True


def write_signature_block(page: Any, fill: Any) -> None:
    """Write “Nơi nhận” on the left and the signatory's office on the right."""
    page.line("", "Sau bảng").paragraph_format.keep_with_next = True
    table = page.side_by_side([82, 83])
    keep_whole(table.rows[0])
    left, right = table.rows[0].cells
    fill(
        left,
        ("**//Nơi nhận://**", "Nơi nhận"),
        ("- Như trên;", "Nơi nhận"),
        ("{%p for copy in copies %}", "Nơi nhận"),
        ("- {{ copy }};", "Nơi nhận"),
        ("{%p endfor %}", "Nơi nhận"),
        ("- {{ archive }}", "Nơi nhận"),
    )
    fill(right, ("{{ signatory }}", "Quyền hạn ký"), *[("", "Quyền hạn ký")] * 5)
