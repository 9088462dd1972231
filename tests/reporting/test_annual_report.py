"""The report says what the marts say, in the form of the decree, and the same marts give the same bytes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from docx import Document

from reporting.annual import write_annual_report
from reporting.evaluation import Evaluation, ReportError, read_evaluation

Rows = list[tuple[Any, ...]]
YEAR = 2024  # the year of the `report` fixture


@pytest.fixture(scope="session")
def ask(published: Path) -> Callable[[str], Rows]:
    def answer(query: str) -> Rows:
        with duckdb.connect(str(published), read_only=True) as connection:
            return connection.execute(query).fetchall()

    return answer


@pytest.fixture(scope="session")
def document(report: Path) -> Any:
    return Document(str(report))


def tables_headed(document: Any, *header: str) -> list[list[list[str]]]:
    """Return the rows (without the header) of every table whose first cells read as `header`."""
    found = []
    for table in document.tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        if rows[0][: len(header)] == list(header):
            found.append(rows[1:])
    return found


def vietnamese(value: float | None, decimals: int) -> str:
    """Return the number as the report should print it, by another way than the report's own."""
    if value is None:
        return ""
    text = f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    text = text.rstrip("0").rstrip(",") if "," in text else text
    return "0" if text == "-0" else text


STATUS = f"""
select * from marts.mart_target_status
where territory_view = 'as_reported' and evaluation_year = {YEAR}
"""


def test_equal_marts_give_equal_bytes(published: Path, report: Path, tmp_path: Path) -> None:
    again = write_annual_report(published, YEAR, None, tmp_path / "elsewhere" / "again.docx")
    assert again.read_bytes() == report.read_bytes()
    assert [path.name for path in again.parent.iterdir()] == ["again.docx"]


def test_every_target_of_the_year_stands_in_a_table_with_its_verdict(
    document: Any, ask: Callable[[str], Rows]
) -> None:
    printed = [
        (row[1], row[-1]) for table in tables_headed(document, "TT", "Chỉ tiêu", "Mục tiêu") for row in table
    ]
    expected = ask(f"select target_name_vi, verdict_name_vi from ({STATUS})")
    assert sorted(printed) == sorted(expected)
    assert len(printed) == 57


def test_the_figures_of_a_table_are_those_of_the_marts(document: Any, ask: Callable[[str], Rows]) -> None:
    printed = {
        tuple(row[1:]) for table in tables_headed(document, "TT", "Chỉ tiêu", "Mục tiêu") for row in table
    }
    signs = {">": "trên ", "<": "dưới ", "~": "khoảng ", None: ""}
    for name, wanted, target, actual, qualifier, path, gap, pace, verdict in ask(
        f"""
        select
            target_name_vi, target_text_vi, target_value, actual_value, actual_qualifier, path_value, gap_value, pace,
            verdict_name_vi
        from ({STATUS})
        """
    ):
        decimals = 3 if target is not None and 0 < abs(target) < 1 else 2
        gap_text = vietnamese(gap, decimals)
        expected = (
            name,
            wanted or "định tính",
            signs[qualifier if actual is not None else None] + vietnamese(actual, decimals),
            vietnamese(path, decimals),
            gap_text if gap_text in ("", "0") or gap_text.startswith("-") else f"+{gap_text}",
            vietnamese(pace, 3),
            verdict,
        )
        assert expected in printed


def test_each_judged_target_tells_its_reason_and_arithmetic(
    document: Any, ask: Callable[[str], Rows]
) -> None:
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    judged = ask(
        f"""
        select status.target_name_vi, status.verdict_name_vi, status.reason_vi, formulas.formula_text
        from ({STATUS}) as status
        inner join marts.mart_progress_components as formulas
            using (target_code, evaluation_year, territory_view)
        where status.actual_value is not null and status.verdict_code <> 'insufficient_data'
            and formulas.method = 'cot_moc'
        """
    )
    assert len(judged) == 9
    for name, verdict, reason, formula in judged:
        assert f"- {name}: {verdict}. {reason}" in text
        assert f"Cách tính: {formula}." in text


def test_the_growth_of_bac_kan_is_told_with_its_path_and_what_the_rest_needs(document: Any) -> None:
    (line,) = (
        paragraph.text
        for paragraph in document.paragraphs
        if paragraph.text.startswith("- Tốc độ tăng trưởng kinh tế (GRDP) bình quân: ")
    )
    assert "Cần đẩy nhanh" in line
    for figure in ("5,74%", "7,5%", "0,772", "8,69%"):
        assert figure in line


def test_counts_agree_with_the_scorecard(document: Any, ask: Callable[[str], Rows]) -> None:
    printed = {
        (row[0], int(row[1]), int(row[2]))
        for table in tables_headed(document, "Lĩnh vực")
        for row in table
        if row[1].isdigit()
    }
    expected = ask(
        "select sector_name_vi, targets_total, targets_assessed from marts.mart_sector_scorecard"
        f" where evaluation_year = {YEAR}"
    )
    assert printed == set(expected)
    ((verdicts,),) = [[table] for table in tables_headed(document, "Kết luận", "Số chỉ tiêu")]
    by_name = {row[0].strip(): int(row[1]) for row in verdicts}
    assert by_name["Tổng số"] == by_name["Đã kết luận"] + by_name["Chưa kết luận được"]
    counted = ask(f"select verdict_name_vi, count(*) from ({STATUS}) group by all")
    assert {name: by_name[name] for name, _ in counted} == dict(counted)
    assert by_name["Đã kết luận"] == sum(assessed for _, _, assessed in expected)


def test_every_silent_target_is_laid_to_a_department(document: Any, ask: Callable[[str], Rows]) -> None:
    (silent,) = tables_headed(document, "Cơ quan phụ trách")
    named = sorted(name for row in silent for name in row[3].split("; "))
    assert named == sorted(
        name for (name,) in ask(f"select target_name_vi from ({STATUS}) where verdict_code = 'no_data'")
    )
    assert all(int(row[2]) == len(row[3].split("; ")) for row in silent)
    ended = {
        name for (name,) in ask("select name_vi from registry.departments where valid_to < date '2026-01-31'")
    }
    assert not ended & {row[0] for row in silent}


def test_the_annex_lists_every_figure_used_with_its_cell(document: Any, ask: Callable[[str], Rows]) -> None:
    (annex,) = (table for table in tables_headed(document, "TT", "Chỉ tiêu", "Năm") if len(table[0]) == 9)
    printed = sorted((row[7], row[8]) for row in annex if row[0].isdigit())
    used = ask(
        f"""
        select distinct cells.submission_id, cells.sheet || ', ' || cells.cell
        from marts.mart_target_inputs as inputs
        inner join marts.mart_provenance as cells using (observation_key)
        where inputs.territory_view = 'as_reported' and inputs.evaluation_year = {YEAR}
        """
    )
    assert printed == sorted(used)
    assert len(printed) == 28


def test_the_annex_names_file_sender_and_approver_of_each_submission(
    document: Any, ask: Callable[[str], Rows]
) -> None:
    (files,) = tables_headed(document, "Hồ sơ gửi", "Tệp")
    sent = ask(
        f"""
        select distinct submission_id, file_name, submitted_by, approved_by
        from marts.mart_provenance
        inner join marts.mart_target_inputs using (observation_key)
        where territory_view = 'as_reported' and evaluation_year = {YEAR}
        """
    )
    assert sorted((row[0], row[1], row[3], row[5]) for row in files) == sorted(sent)


def test_a_revised_figure_stands_beside_the_one_in_use(document: Any) -> None:
    (revised,) = (table for table in tables_headed(document, "TT", "Chỉ tiêu", "Địa bàn"))
    assert any(row[3] == "2021" and row[4] == "3,73%" and row[6] == "4,41%" for row in revised)
    assert any(row[3] == "2024" and row[4] == "7,4%" and row[6] == "6,35%" for row in revised)


def test_the_page_is_that_of_the_decree(document: Any) -> None:
    for section in document.sections:
        assert {round(section.page_width.mm), round(section.page_height.mm)} == {210, 297}
        assert (round(section.top_margin.mm), round(section.bottom_margin.mm)) == (20, 20)
        assert (round(section.left_margin.mm), round(section.right_margin.mm)) == (30, 15)
        assert section.different_first_page_header_footer
        assert "PAGE" in section.header._element.xml
        assert "PAGE" not in section.first_page_header._element.xml
    used = {paragraph.style.name for paragraph in document.paragraphs}
    assert {document.styles[name].font.name for name in used} == {"Times New Roman"}
    sizes = {name: document.styles[name].font.size.pt for name in ("Thân bài", "Bảng - chữ", "Nơi nhận")}
    assert sizes == {"Thân bài": 14, "Bảng - chữ": 11, "Nơi nhận": 11}


def test_the_blocks_of_an_administrative_report_are_there_in_order(document: Any) -> None:
    heading, addressees, *_, signature = (
        [cell.text for row in table.rows for cell in row.cells]
        for table in document.tables
        if "single" not in table._tbl.tblPr.xml
    )
    assert heading[0].split("\n")[:3] == ["ỦY BAN NHÂN DÂN", "TỈNH THÁI NGUYÊN", "SỞ TÀI CHÍNH"]
    assert heading[1].startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc")
    assert heading[2].startswith("Số:") and heading[2].endswith("/BC-STC")
    assert heading[3].startswith("Thái Nguyên, ngày") and not any(sign.isdigit() for sign in heading[3])
    assert addressees[0] == "Kính gửi:"
    assert [line.strip() for line in addressees[1].split("\n")] == [
        "- Bộ Tài chính;",
        "- Tỉnh ủy;",
        "- Hội đồng nhân dân tỉnh;",
        "- Ủy ban nhân dân tỉnh.",
    ]
    assert signature[0].startswith("Nơi nhận:\n- Như trên;")
    assert signature[0].endswith("- Lưu: VT, TH.")
    assert signature[1].startswith("GIÁM ĐỐC")
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert sum(text.endswith("./.") for text in texts) == 1
    heads = [text for text in texts if text.split(".")[0] in {"I", "II", "III", "IV", "V"}]
    assert [head.split(".")[0] for head in heads] == ["I", "II", "III", "IV", "V"]


def test_what_must_be_checked_before_signing_stands_in_the_margin_not_in_the_text(document: Any) -> None:
    remarks = " ".join(comment.text for comment in document.comments)
    assert "112/2025/QH15" in remarks
    assert "112/2025/QH15" not in "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert document.core_properties.title.endswith("quy hoạch, kế hoạch của tỉnh năm\u00a02024")


def test_nothing_of_the_template_is_left_unfilled(document: Any) -> None:
    text = document.element.xml
    assert "{{" not in text and "{%" not in text
    assert ">None<" not in text and "nan" not in {word.strip(".,;") for word in text.split()}


def test_one_plan_makes_a_report_of_its_own(published: Path, tmp_path: Path) -> None:
    path = write_annual_report(published, YEAR, "tn_2030", tmp_path / "tn.docx")
    text = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    assert "Quy hoạch tỉnh Thái Nguyên thời kỳ 2021-2030" in text
    assert "Bắc Kạn" not in text
    evaluation = read_evaluation(published, YEAR, "tn_2030")
    assert (
        {target.plan_code for target in evaluation.targets}
        == {"tn_2030"}
        == {score.plan_code for score in evaluation.scores}
    )


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2025, 2026])
def test_every_year_with_targets_can_be_reported(published: Path, tmp_path: Path, year: int) -> None:
    document: Any = Document(str(write_annual_report(published, year, None, tmp_path / f"{year}.docx")))
    rows = [row for table in tables_headed(document, "TT", "Chỉ tiêu", "Mục tiêu") for row in table]
    assert len(rows) == len(read_evaluation(published, year, None).targets)


def test_a_year_or_plan_without_targets_is_refused_with_what_there_is(
    published: Path, tmp_path: Path
) -> None:
    with pytest.raises(ReportError, match="2021 to 2026"):
        write_annual_report(published, 2040, None, tmp_path / "none.docx")
    with pytest.raises(ReportError, match="bk_2030, tn_2030"):
        write_annual_report(published, YEAR, "no_such_plan", tmp_path / "none.docx")
    with pytest.raises(ReportError, match="cotmoc build"):
        write_annual_report(tmp_path / "absent.duckdb", YEAR, None, tmp_path / "none.docx")
    assert not (tmp_path / "none.docx").exists()


def test_the_reading_order_keeps_a_part_behind_its_whole(evaluation: Evaluation) -> None:
    codes = [target.target_code for target in evaluation.targets]
    whole = codes.index("bk_grdp_growth_avg")
    assert set(codes[whole + 1 : whole + 4]) == {
        "bk_grdp_growth_agri",
        "bk_grdp_growth_ind_con",
        "bk_grdp_growth_services",
    }
