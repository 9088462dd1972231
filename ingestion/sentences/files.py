"""Rules of whole files and of their text → their sentences."""

from __future__ import annotations

from ingestion.sentences.sentence import Sentence

_ACCEPTED = "tệp .xlsx, .xls, .ods, .csv hoặc .px theo biểu mẫu"

FILES: dict[str, Sentence] = {
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
    "sdmx_csv_row_not_published": Sentence(
        "dòng được phép công bố: ACTION khác D, CONF_STATUS là F hoặc để trống",
        "Dòng này ghi {column} là {found} nên không phải số liệu để công bố. Hãy bỏ dòng này.",
    ),
    "csv_row_too_long": Sentence(
        "không quá {fields} cột như dòng tiêu đề",
        "Dòng {row} có {found} cột, nhiều hơn dòng tiêu đề: có thể dấu phẩy thập phân đã cắt một số làm hai. "
        "Hãy đặt số trong ngoặc kép hoặc nộp dạng .xlsx.",
    ),
    "px_notes_left_out": Sentence("", "Chú thích trong tệp không thuộc số liệu nên bỏ qua: “{found}”."),
    "px_note_of_status": Sentence(
        "trạng thái ghi ở tên năm, ví dụ “Sơ bộ 2023”, hoặc ở chiều “Trạng thái số liệu”",
        "Chú thích trong tệp nói có số liệu sơ bộ hoặc ước: “{found}”, nhưng không rõ là số nào. "
        "Hãy ghi trạng thái ở tên năm rồi nộp lại.",
    ),
    "px_damaged": Sentence(
        "tệp PC-Axis đủ phần mô tả và đủ số liệu",
        "Tệp PC-Axis (.px) bị hỏng hoặc chưa trọn vẹn: {found}. Hãy tải lại tệp từ nguồn rồi nộp lại.",
    ),
    "department_unknown": Sentence(
        "một trong các mã đơn vị: {known}",
        "Không có đơn vị nào mang mã “{found}”. Hãy nộp vào thư mục của đúng đơn vị.",
    ),
}
