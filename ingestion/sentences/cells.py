"""Rules of cells: numbers, periods, dates, names → their sentences."""

from __future__ import annotations

from ingestion.sentences.sentence import Sentence

CELLS: dict[str, Sentence] = {
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
    "number_shown_scaled": Sentence(
        "số theo đơn vị tính của dòng, trong ô định dạng Số (Number)",
        "Ô định dạng hiện số rút gọn theo nghìn hoặc triệu: Excel lưu {found} nhưng hiện một số khác. "
        "Hãy đổi định dạng sang Số (Number) rồi ghi số theo đúng đơn vị tính.",
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
