"""Rule → the two sentences an officer reads: what is expected; what is wrong and how to put it right."""

from __future__ import annotations

from typing import NamedTuple


class Sentence(NamedTuple):
    """Templates: `{found}`, `{cell}`, `{sheet}` and the words a rule brings are filled in."""

    expected: str
    message: str


_ACCEPTED = "tệp .xlsx, .xls, .ods, .csv hoặc .px theo biểu mẫu"

SENTENCES: dict[str, Sentence] = {
    # --- the file
    "file_empty": Sentence(_ACCEPTED, "Tệp rỗng, không có nội dung. Hãy mở lại biểu, lưu lại rồi nộp lại."),
    "file_too_large": Sentence(
        "tệp không quá {limit}",
        "Tệp lớn quá mức cho phép ({limit}). Hãy bỏ hình ảnh và trang tính không cần thiết rồi nộp lại.",
    ),
    "file_damaged": Sentence(
        _ACCEPTED,
        "Tệp bị hỏng hoặc truyền chưa trọn vẹn. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi nộp lại.",
    ),
    "file_not_excel": Sentence(
        _ACCEPTED,
        "Nội dung là {found}, không phải bảng tính dù tên tệp có thể mang đuôi .xlsx, .xls hay .csv. "
        "Hãy nộp tệp bảng tính gốc, hoặc lập lại theo biểu mẫu.",
    ),
    "file_web_page": Sentence(
        _ACCEPTED,
        "Nội dung là {found}, dù tên tệp có thể mang đuôi .xls: một số phần mềm xuất ra như vậy. "
        "Hãy mở bằng Excel, chọn Lưu thành (Save As) .xlsx rồi nộp lại.",
    ),
    "file_other_spreadsheet": Sentence(
        _ACCEPTED,
        "Tệp ở định dạng {found}, chưa nhận được. "
        "Hãy mở bằng Excel, chọn Lưu thành (Save As) .xlsx rồi nộp lại.",
    ),
    "file_password_protected": Sentence(
        "tệp không đặt mật khẩu", "Tệp được bảo vệ bằng mật khẩu. Hãy bỏ mật khẩu rồi nộp lại."
    ),
    "file_has_macros": Sentence(
        "tệp không có macro",
        "Tệp chứa macro ({found}). Hãy lưu lại dạng .xlsx (không có macro) rồi nộp lại.",
    ),
    "file_has_external_links": Sentence(
        "tệp không liên kết đến tệp khác",
        "Tệp có liên kết đến sổ tính hoặc nguồn dữ liệu khác ({found}). "
        "Hãy dán giá trị (Paste Values), bỏ liên kết (Edit Links > Break Link) rồi nộp lại.",
    ),
    "file_has_embedded_objects": Sentence(
        "tệp không nhúng đối tượng",
        "Tệp nhúng đối tượng của chương trình khác ({found}). Hãy xóa đối tượng đó rồi nộp lại.",
    ),
    "file_has_unknown_member": Sentence(
        "các thành phần thông thường của tệp .xlsx hoặc .ods",
        "Tệp chứa thành phần lạ ({found}). Hãy chép số liệu sang biểu mẫu mới rồi nộp lại.",
    ),
    "file_has_too_many_members": Sentence(
        "tệp có không quá {limit} thành phần, mỗi thành phần một lần",
        "Tệp gồm {found} thành phần (hình ảnh, biểu đồ, trang tính…), quá {limit} hoặc có thành phần trùng tên. "
        "Hãy chép riêng số liệu sang biểu mẫu mới rồi nộp lại.",
    ),
    "file_has_dtd": Sentence(
        "XML không khai báo DTD",
        "Tệp chứa khai báo DTD ({found}), Excel không bao giờ ghi như vậy. "
        "Hãy chép số liệu sang biểu mẫu mới rồi nộp lại.",
    ),
    "file_expands_too_much": Sentence(
        "tệp sau khi giải nén không quá {limit} và không quá {ratio} lần cỡ tệp",
        "Tệp giải nén ra quá lớn. Hãy chép riêng số liệu sang biểu mẫu mới rồi nộp lại.",
    ),
    "file_too_heavy": Sentence(
        "tệp đọc được trong giới hạn bộ nhớ và thời gian",
        "Tệp đọc quá lâu hoặc quá tốn bộ nhớ nên đã dừng. "
        "Hãy chép riêng số liệu sang biểu mẫu mới rồi nộp lại.",
    ),
    # --- text files
    "text_damaged": Sentence(
        "văn bản {found} còn nguyên vẹn",
        "Tệp khai báo bảng mã {found} nhưng có byte không thuộc bảng mã đó: tệp bị hỏng. "
        "Hãy lưu lại dạng CSV UTF-8 rồi nộp lại.",
    ),
    "text_encoding_unclear": Sentence(
        "tệp CSV ghi bằng UTF-8",
        "Không rõ tệp ghi bằng bảng mã nào: {found} đều đọc ra tiếng Việt nhưng khác chữ. "
        "Hãy mở bằng Excel, chọn Lưu thành (Save As) CSV UTF-8 rồi nộp lại.",
    ),
    "text_encoding_unknown": Sentence(
        "tệp CSV ghi bằng UTF-8",
        "Không đọc được chữ trong tệp theo UTF-8, UTF-16, windows-1258, windows-1252, TCVN3 hay VNI. "
        "Hãy mở bằng Excel, chọn Lưu thành (Save As) CSV UTF-8 rồi nộp lại.",
    ),
    "text_recoded": Sentence(
        "tệp ghi bằng UTF-8",
        "Tệp ghi bằng bảng mã {found}, đã được chuyển sang Unicode. Hãy xem lại các tên gọi trong kết quả.",
    ),
    "text_converted": Sentence(
        "chữ Unicode",
        "Trang tính “{sheet}” có {count} ô ghi bằng {found} ({cells}), đã được chuyển sang Unicode. "
        "Hãy xem lại các tên gọi trong kết quả.",
    ),
    "text_letters_lost": Sentence(
        "chữ tiếng Việt đầy đủ",
        "“{found}” có chữ đã mất thành dấu hỏi do lưu sai bảng mã. "
        "Hãy mở tệp gốc, lưu lại dạng .xlsx hoặc CSV UTF-8 rồi nộp lại.",
    ),
    "text_garbled": Sentence(
        "chữ tiếng Việt đọc được",
        "“{found}” có chữ bị lỗi do đọc sai bảng mã và không phục hồi được. "
        "Hãy mở tệp gốc, lưu lại dạng .xlsx hoặc CSV UTF-8 rồi nộp lại.",
    ),
    "csv_separator_unknown": Sentence(
        "các cột cách nhau bằng dấu phẩy, chấm phẩy, TAB hoặc |",
        "Không tìm thấy dấu phân cách cột trong tệp CSV. "
        "Hãy lưu lại với dấu chấm phẩy, dấu phẩy, TAB hoặc | giữa các cột.",
    ),
    "csv_separator_unclear": Sentence(
        "một dấu phân cách cột",
        "Không rõ các cột cách nhau bằng {found}. "
        "Hãy thêm dòng đầu tiên “sep=;” (với dấu đã dùng), hoặc nộp dạng .xlsx.",
    ),
    "csv_quotes_broken": Sentence(
        'dấu ngoặc kép mở và đóng đủ, dấu ngoặc kép bên trong ghi thành hai ("")',
        "Dòng {row} có dấu ngoặc kép không đóng hoặc đóng sai chỗ. Hãy sửa, hoặc nộp dạng .xlsx.",
    ),
    "sdmx_csv_unreadable": Sentence(
        "SDMX-CSV 1.0 hoặc 2.0",
        "Dòng tiêu đề là của SDMX-CSV nhưng nội dung không theo chuẩn đó ({found}). "
        "Hãy xuất lại tệp từ nguồn rồi nộp lại.",
    ),
    "px_damaged": Sentence(
        "tệp PC-Axis đủ phần mô tả và đủ số liệu",
        "Tệp PC-Axis (.px) bị hỏng hoặc chưa trọn vẹn: {found}. Hãy tải lại tệp từ nguồn rồi nộp lại.",
    ),
    "department_unknown": Sentence(
        "một trong các mã đơn vị: {known}",
        "Không có đơn vị nào mang mã “{found}”. Hãy nộp vào thư mục của đúng đơn vị.",
    ),
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
    "unit_exponent_unknown": Sentence(
        "đơn vị và số mũ (UNIT_MULT) trong danh mục của biểu: {known}",
        "Đơn vị kèm số mũ “{found}” không có trong danh mục của biểu. Hãy ghi theo đơn vị đã đăng ký, số mũ 0.",
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
    # --- any cell
    "cell_error": Sentence(
        "giá trị, không phải lỗi công thức",
        "Ô mang lỗi {found} của Excel. Hãy sửa công thức hoặc ghi giá trị.",
    ),
    "formula_without_value": Sentence(
        "giá trị đã tính",
        "Công thức chưa được tính nên ô không có giá trị. "
        "Hãy mở bằng Excel, tính lại rồi dán giá trị (Paste Values).",
    ),
    "required_blank": Sentence(
        "nội dung của cột “{column}”", "Cột “{column}” không được để trống. Hãy điền ô này."
    ),
    # --- numbers
    "value_blank": Sentence(
        "số, hoặc một dấu: {signs}",
        "Ô Giá trị để trống. Hãy ghi số; nếu không có số thì ghi một trong các dấu: {signs}.",
    ),
    "number_ambiguous": Sentence(
        "{as_integer} nếu là phần nghìn, {as_decimal} nếu là phần thập phân; hoặc ô kiểu số",
        "Không rõ “{found}” là {as_integer} hay {as_decimal}. "
        "Hãy ghi vào ô kiểu số, hoặc ghi {as_integer} hay {as_decimal}.{hint}",
    ),
    "number_convention": Sentence(
        "{convention}",
        "“{found}” không theo cách ghi số của biểu; cần {convention}.{advice}",
    ),
    "number_unreadable": Sentence(
        "một số, hoặc một dấu: {signs}",
        "“{found}” không phải là số. Hãy ghi số; nếu không có số thì ghi một trong các dấu: {signs}.",
    ),
    "number_not_finite": Sentence(
        "một số cụ thể, hoặc một dấu: {signs}",
        "“{found}” không phải là một số cụ thể. Hãy sửa công thức hoặc ghi số; "
        "nếu không có số thì ghi một trong các dấu: {signs}.",
    ),
    "number_has_letters": Sentence(
        "{reading}, nếu đó là số muốn ghi",
        "“{found}” có chữ cái đứng ở chỗ của chữ số (O với 0, l hoặc I với 1). Nếu là {reading} thì hãy ghi lại "
        "bằng chữ số.",
    ),
    "number_is_range": Sentence(
        "một số",
        "“{found}” là một khoảng, không phải một số. Hãy ghi một số; nếu nguồn chỉ nêu khoảng thì ghi cận có căn cứ "
        "kèm từ hạn định (ví dụ “tối thiểu 8”) và nêu cả khoảng ở cột Ghi chú.",
    ),
    "number_in_other_unit": Sentence(
        "số theo đơn vị “{unit}”",
        "Giá trị “{found}” ghi theo “{reading}” nhưng đơn vị tính của dòng là “{unit}”. "
        "Hãy sửa giá trị hoặc đơn vị tính.",
    ),
    "number_magnitude_unclear": Sentence(
        "số theo đơn vị “{unit}”, không kèm chữ chỉ độ lớn",
        "Không rõ “{found}” là {as_decimal} {unit} hay {as_integer} {unit}. "
        "Hãy ghi {as_decimal} hoặc {as_integer}, không kèm chữ.",
    ),
    "number_parts_do_not_add": Sentence(
        "số theo đơn vị “{unit}”",
        "Các phần của “{found}” không ghép được thành một số (phần sau phải nhỏ hơn một đơn vị của phần trước). "
        "Hãy ghi một số theo đơn vị “{unit}”.",
    ),
    "number_sign_twice": Sentence(
        "một dấu: số âm, hoặc từ tăng, giảm",
        "“{found}” vừa có từ tăng, giảm vừa có dấu âm nên không rõ là tăng hay giảm. "
        "Hãy ghi số dương khi tăng, số âm khi giảm.",
    ),
    "number_direction_without_percent": Sentence(
        "mức đạt được theo đơn vị “{unit}”",
        "“{found}” nói tăng hay giảm bao nhiêu, nhưng đơn vị tính là “{unit}”. Hãy ghi mức đạt được của chỉ tiêu.",
    ),
    "number_direction_unclear": Sentence(
        "số dương hoặc số âm, không kèm từ tăng, giảm",
        "Chỉ tiêu “{indicator}” vốn đã là mức giảm nên không rõ “{found}” là số dương hay số âm. "
        "Hãy ghi số, bỏ từ tăng, giảm.",
    ),
    "number_contradicts_status": Sentence(
        "giá trị và trạng thái số liệu khớp nhau",
        "Từ chỉ trạng thái trong “{found}” không khớp với cột Trạng thái số liệu (“{status}”). "
        "Hãy sửa trạng thái hoặc bỏ từ đó.",
    ),
    "number_is_date": Sentence(
        "số",
        "Excel đã hiểu ô này là ngày tháng ({found}). "
        "Hãy đổi định dạng ô sang Số (Number) hoặc Văn bản (Text) rồi ghi lại.",
    ),
    "number_is_boolean": Sentence("số", "Ô ghi giá trị lôgic {found}, không phải là số. Hãy ghi số."),
    "number_shown_as_percent": Sentence(
        "{as_percent} trong ô định dạng Số (Number)",
        "Ô định dạng phần trăm: Excel lưu {found} và hiện {as_percent}%. "
        "Hãy đổi định dạng sang Số (Number) rồi ghi {as_percent}.",
    ),
    "percent_sign_without_percent_unit": Sentence(
        "số theo đơn vị “{unit}”",
        "Giá trị “{found}” có dấu % nhưng đơn vị tính là “{unit}”. Hãy sửa giá trị hoặc đơn vị tính.",
    ),
    # --- periods and dates
    "period_unreadable": Sentence(
        "{shapes}", "Không hiểu kỳ “{found}”. Hãy ghi theo một trong các dạng: {shapes}."
    ),
    "period_not_of_form": Sentence(
        "{shapes}", "Biểu này không nhận kỳ “{found}”. Các dạng được nhận: {shapes}."
    ),
    "period_without_year": Sentence(
        "kỳ có năm: {shapes}", "Kỳ “{found}” không có năm. Hãy ghi rõ năm, theo một trong các dạng: {shapes}."
    ),
    "period_of_several_years": Sentence(
        "một kỳ: {shapes}",
        "“{found}” gồm nhiều năm: số của cả giai đoạn hay bình quân nhiều năm là số dẫn xuất nên không nhận. "
        "Hãy ghi số từng năm; nếu là năm học thì ghi “năm học 2018-2019”.",
    ),
    "period_days_do_not_fit": Sentence(
        "ngày đầu và ngày cuối của kỳ theo lịch thường (từ ngày 01) hoặc lịch báo cáo hành chính (từ ngày 15 đến "
        "ngày 14)",
        "Các ngày ghi trong “{found}” không phải là ngày đầu và ngày cuối của kỳ theo lịch thường hay lịch báo cáo "
        "hành chính (15 đến 14). Hãy sửa kỳ hoặc sửa ngày.",
    ),
    "period_is_serial": Sentence(
        "kỳ ghi dạng văn bản: {shapes}",
        "“{found}” giống số thứ tự mà Excel dùng để lưu ngày, không phải là kỳ. "
        "Hãy ghi theo một trong các dạng: {shapes}.",
    ),
    "period_settled_later": Sentence(
        "năm {year}",
        "Kỳ được hiểu là năm ngân sách {year}, quyết toán đến ngày {on}; số liệu xếp vào năm {year}.",
    ),
    "period_is_date": Sentence(
        "kỳ ghi dạng văn bản: {shapes}",
        "Excel đã hiểu ô Kỳ là ngày tháng ({found}). "
        "Hãy đổi định dạng ô sang Văn bản (Text) rồi ghi lại, ví dụ 01/2024.",
    ),
    "publication_date_unreadable": Sentence(
        "{shapes}", "Không hiểu ngày công bố “{found}”. Hãy ghi theo một trong các dạng: {shapes}."
    ),
    "publication_date_without_year": Sentence(
        "{shapes}", "Ngày công bố “{found}” không có năm. Hãy ghi rõ năm, theo một trong các dạng: {shapes}."
    ),
    "publication_date_year_short": Sentence(
        "năm có bốn chữ số: {shapes}",
        "Năm trong “{found}” chỉ có hai chữ số. Hãy ghi đủ bốn chữ số. {advice}",
    ),
    "publication_date_impossible": Sentence(
        "ngày đứng trước tháng: {shapes}",
        "Không có ngày “{found}” (ghi theo thứ tự ngày, tháng, năm). Hãy ghi lại. {advice}",
    ),
    # --- names and codes
    "term_unknown": Sentence("{known}", "“{found}” không có trong danh mục của cột “{column}”. {advice}"),
    "term_ambiguous": Sentence(
        "một trong: {candidates}",
        "“{found}” có thể là: {candidates}. Hãy ghi rõ một trong các tên đó.",
    ),
    "admin_unit_not_valid": Sentence(
        "đơn vị hành chính tồn tại ngày {on}",
        "Không có đơn vị hành chính nào tên “{found}” vào ngày {on}; có thể là: {candidates}. "
        "Hãy ghi rõ một trong các tên đó.",
    ),
    "admin_unit_dissolved": Sentence(
        "đơn vị hành chính tồn tại ngày {on}: {candidates}",
        "“{found}” đã kết thúc hoạt động ngày {ended}, trước ngày {on}; đơn vị kế thừa: {candidates}. "
        "Hãy ghi đơn vị kế thừa, hoặc sửa kỳ.",
    ),
    "indicator_name_contradicts_code": Sentence(
        "“{expected_name}”",
        "Tên “{found}” là của chỉ tiêu {other_code}, không phải của mã {code} ({expected_name}). "
        "Hãy sửa mã hoặc tên.",
    ),
}
