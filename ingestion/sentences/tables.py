"""Rules of sheets and tables, of templates, earlier versions and locked periods → their sentences."""

from __future__ import annotations

from ingestion.sentences.sentence import Sentence

TABLES: dict[str, Sentence] = {
    # --- the sheet
    "sheet_missing": Sentence(
        "trang tính “{expected_sheet}”",
        "Không có trang tính “{expected_sheet}”; tệp có: {found}. Hãy đặt tên trang tính đúng như biểu mẫu.",
    ),
    "sheet_too_large": Sentence(
        "không quá {rows} dòng và {columns} cột",
        "Vùng có dữ liệu của trang tính kéo đến ô {found}, quá {rows} dòng hoặc {columns} cột. "
        "Hãy xóa các ô thừa ở xa rồi nộp lại.",
    ),
    "cell_text_too_long": Sentence(
        "không quá {limit} ký tự trong một ô",
        "Ô có quá {limit} ký tự. Hãy rút gọn nội dung.",
    ),
    "header_not_found": Sentence(
        "dòng tiêu đề có các cột: {columns}",
        "Không tìm thấy dòng tiêu đề trong {within} dòng đầu. Hãy dùng đúng biểu mẫu.",
    ),
    "header_repeated": Sentence(
        "một bảng trên một trang tính",
        "Dòng tiêu đề xuất hiện lần thứ hai. Hãy gộp thành một bảng hoặc tách thành hai tệp.",
    ),
    "column_missing": Sentence(
        "cột “{column}”", "Thiếu cột “{column}” trong dòng tiêu đề. Hãy thêm cột này như trong biểu mẫu."
    ),
    "column_unknown": Sentence(
        "một trong các cột: {columns}",
        "Cột “{found}” không có trong biểu. Hãy bỏ cột này hoặc sửa tên cho đúng.",
    ),
    "column_twice": Sentence(
        "mỗi cột một lần", "Cột “{found}” xuất hiện hai lần trong dòng tiêu đề. Hãy bỏ một cột."
    ),
    "outside_table": Sentence(
        "ô trống ngoài bảng", "Có nội dung “{found}” nằm ngoài các cột của bảng. Hãy xóa ô này."
    ),
    "sheet_hidden": Sentence(
        "trang tính hiện (không ẩn)", "Trang tính “{sheet}” đang bị ẩn. Hãy bỏ ẩn (Unhide) rồi nộp lại."
    ),
    "column_hidden": Sentence(
        "cột hiện (không ẩn)", "Cột {column} của bảng đang bị ẩn. Hãy bỏ ẩn (Unhide), kiểm tra rồi nộp lại."
    ),
    "row_hidden": Sentence(
        "dòng hiện (không ẩn)",
        "Dòng {row} có số liệu nhưng đang bị ẩn. Hãy bỏ ẩn (Unhide), hoặc xóa dòng nếu không nộp.",
    ),
    "cells_merged": Sentence(
        "mỗi ô một giá trị", "Vùng {found} trong bảng bị gộp ô. Hãy bỏ gộp (Unmerge) và điền từng ô."
    ),
    "no_rows": Sentence(
        "ít nhất một dòng số liệu", "Bảng không có dòng số liệu nào. Hãy điền số liệu rồi nộp lại."
    ),
    # --- tables as people draw them
    "form_not_found": Sentence(
        "một trong các biểu: {forms}",
        "Không nhận ra biểu nào trong tệp (các trang tính: {found}). Các biểu đang nhận: {forms}. "
        "Hãy dùng một trong các biểu đó hoặc lấy mẫu để điền.",
    ),
    "period_of_column_missing": Sentence(
        "kỳ của cột, ví dụ “Thực hiện năm 2024”",
        "Cột “{found}” không nêu rõ kỳ và tiêu đề biểu cũng không. "
        "Hãy ghi kỳ có năm vào tiêu đề cột hoặc tiêu đề biểu.",
    ),
    "publication_date_of_table_missing": Sentence(
        "dòng “(Kèm theo Báo cáo số … ngày … tháng … năm …)” hoặc dòng địa danh, ngày tháng năm",
        "Biểu không nêu ngày công bố. Hãy ghi dòng “(Kèm theo Báo cáo số … ngày … tháng … năm …)” "
        "hoặc dòng “…, ngày … tháng … năm …” phía trên bảng.",
    ),
    "source_of_table_missing": Sentence(
        "tiêu đề biểu, hoặc dòng “(Kèm theo Báo cáo số … ngày …)”",
        "Phía trên bảng không có tiêu đề hay văn bản kèm theo để làm nguồn. "
        "Hãy ghi tiêu đề biểu, hoặc dòng “(Kèm theo Báo cáo số … ngày …)” phía trên bảng.",
    ),
    "place_of_table_unknown": Sentence(
        "tên một đơn vị hành chính trong tiêu đề biểu, hoặc cột “Đơn vị hành chính”",
        "Không rõ số liệu kỳ {period} là của đơn vị hành chính nào (có thể là: {candidates}). "
        "Hãy ghi tên đơn vị trong tiêu đề biểu, ví dụ “trên địa bàn tỉnh …”.",
    ),
    "unit_of_row_missing": Sentence(
        "đơn vị tính ở cột ĐVT, hoặc dòng “Đơn vị tính: …” phía trên",
        "Không có đơn vị tính cho dòng này. Hãy ghi ở cột ĐVT hoặc ở dòng “Đơn vị tính: …”.",
    ),
    "units_contradict": Sentence(
        "một đơn vị tính cho mỗi số liệu",
        "Đơn vị tính của dòng là “{found}” nhưng tên chỉ tiêu hoặc tiêu đề cột ghi “{other}”. "
        "Hãy ghi thống nhất một đơn vị tính.",
    ),
    "unit_exponent_unknown": Sentence(
        "đơn vị và số mũ (UNIT_MULT) trong danh mục của biểu: {known}",
        "Đơn vị kèm số mũ “{found}” không có trong danh mục của biểu. Hãy ghi theo đơn vị đã đăng ký, số mũ 0.",
    ),
    "year_of_column_unreadable": Sentence(
        "năm ở tiêu đề cột, ví dụ 2024 hoặc Sơ bộ 2024",
        "Cột có số liệu nhưng tiêu đề “{found}” không nêu năm. Hãy ghi năm thành chữ, ví dụ 2024.",
    ),
    "book_of_table_missing": Sentence(
        "tên niên giám, ví dụ “Niên giám thống kê tỉnh … năm 2024”; hoặc cột “Chỉ tiêu”",
        "Bảng xếp theo năm nhưng không nêu lấy từ niên giám thống kê nào. Hãy ghi tên niên giám phía trên bảng; "
        "nếu là bảng của sở, ngành thì đặt tên cột đầu là “Chỉ tiêu”.",
    ),
    "year_of_row_unreadable": Sentence(
        "năm ở đầu dòng, ví dụ 2024 hoặc Sơ bộ 2024",
        "Dòng có số liệu nhưng “{found}” ở đầu dòng không phải là năm. Hãy ghi năm, ví dụ 2024 hoặc Sơ bộ 2024.",
    ),
    "indicator_of_table_unknown": Sentence(
        "một chỉ tiêu có trong danh mục ở tiêu đề bảng, tiêu đề cột hoặc tên dòng",
        "Không rõ số liệu này của chỉ tiêu nào: tiêu đề bảng, tiêu đề cột và tên dòng phải cùng nêu đúng một chỉ tiêu "
        "có trong danh mục. Hãy ghi rõ tên chỉ tiêu.",
    ),
    "row_after_end": Sentence(
        "dòng số liệu nằm trên phần chú thích, chữ ký",
        "Dòng “{found}” có số liệu nhưng nằm dưới phần chú thích, chữ ký. Hãy chuyển lên trong bảng.",
    ),
    "parts_left_out": Sentence(
        "chỉ các dòng chỉ tiêu và các cột số liệu được nhận",
        "Các phần sau không phải số liệu nên được bỏ qua: {parts}.",
    ),
    "cells_not_filled": Sentence(
        "số liệu của các ô này, nếu có", "{count} ô số liệu để trống (ô {cells}), được coi là chưa báo cáo."
    ),
    "footnotes_kept": Sentence(
        "tên và số không kèm dấu chú thích",
        "Ở các ô {cells} dấu chú thích được tách khỏi tên hoặc số. Lời chú thích trong tệp: {footnotes}.",
    ),
    "sheets_left_out": Sentence(
        "bảng số liệu trên trang tính",
        "Các trang tính sau không có bảng số liệu của biểu nên được bỏ qua: {found}.",
    ),
    # --- a template that was filled in
    "template_unreadable": Sentence(
        "trang tính ẩn “{sheet}” còn nguyên như trong mẫu",
        "Trang tính ẩn “{sheet}” của mẫu đã bị sửa nên không biết tệp lập từ mẫu nào. "
        "Hãy lấy mẫu mới, chép số liệu sang rồi nộp lại.",
    ),
    "template_of_other_form": Sentence(
        "mẫu của biểu {wanted}",
        "Tệp lập từ mẫu của biểu {found}; biểu đang có hiệu lực là {wanted}. "
        "Hãy lấy mẫu mới, chép số liệu sang rồi nộp lại.",
    ),
    "template_of_other_department": Sentence(
        "mẫu lập cho {wanted}",
        "Mẫu này lập cho {found}, không phải cho {wanted}. "
        "Hãy nộp dưới tên đơn vị của mẫu, hoặc dùng mẫu lập cho {wanted}.",
    ),
    "rows_not_filled": Sentence(
        "số liệu của các dòng này, nếu có",
        "{count} dòng của mẫu chưa ghi gì (dòng {rows}), được coi là chưa báo cáo.",
    ),
    # --- earlier versions of the same figures
    "follows_earlier_version": Sentence(
        "hồ sơ {found} là lần nộp trước",
        "Tệp này là lần nộp thứ {version} của các số liệu đã có trong hồ sơ {found} (nộp ngày {received_on}); "
        "từng dòng số liệu nộp lại thay cho dòng cũ khi hồ sơ này được chấp nhận.",
    ),
    "earlier_figure_kept": Sentence(
        "số liệu của dòng này, nếu có thay đổi",
        "Hồ sơ {submission} (ô {earlier_cell}) đã có {indicator}, {admin_unit}, kỳ {period}: {found}. "
        "Tệp này không có số liệu đó, số cũ vẫn giữ nguyên. "
        "Muốn bỏ số cũ thì phải rút hồ sơ {submission}, có nêu lý do.",
    ),
    "earlier_figure_replaced_by_sign": Sentence(
        "{previous} như hồ sơ {submission}, hoặc dấu này nếu đúng là không có số",
        "Ghi “{found}” thay cho {previous} của hồ sơ {submission} (ô {earlier_cell}): "
        "khi hồ sơ này được chấp nhận, số cũ thôi hiệu lực.",
    ),
    # --- locked periods
    "period_locked": Sentence(
        "kỳ chưa khóa sổ, hoặc ngoại lệ còn hiệu lực cấp cho đơn vị",
        "Kỳ {found} đã khóa sổ từ ngày {locked_on} ({locked_period}). {exception}"
        "Hãy đề nghị quản trị hệ thống cấp ngoại lệ có thời hạn rồi nộp lại.",
    ),
}
