"""No number stands in the document that is not in the marts, a count of their rows, the law cited or a heading."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
from docx import Document

from reporting.official import Formalities
from reporting.paper import TEMPLATE

YEAR = 2024  # the year of the `report` fixture
NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")


def paragraphs_of(document: Any) -> Iterator[str]:
    """Yield the text of every paragraph, those in tables too; a merged cell once."""
    for part in document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
        yield "".join(node.text or "" for node in part.iter() if node.tag.endswith("}t"))


def numbers_in(texts: Iterable[str]) -> set[str]:
    return {found for text in texts for found in NUMBER.findall(text)}


def rounded(value: float) -> set[str]:
    """Return a mart number as it may be printed: with none to six decimals, trailing zeros dropped."""
    written = set()
    for decimals in range(7):
        text = f"{abs(value):,.{decimals}f}".translate(str.maketrans(",.", ".,"))
        written.add(text.rstrip("0").rstrip(",") if "," in text else text)
    return written


def marts_of(published: Path) -> tuple[set[str], set[str]]:
    """Return (numbers written from mart values, numbers inside mart and registry texts) for the reported year."""
    values: set[str] = set()
    texts: list[str] = []
    with duckdb.connect(str(published), read_only=True) as connection:
        for query in (
            f"from marts.mart_target_status where evaluation_year = {YEAR}",
            f"from marts.mart_progress_components where evaluation_year = {YEAR}",
            f"from marts.mart_sector_scorecard where evaluation_year = {YEAR}",
            f"""from marts.mart_observations where series_key in (
                select series_key from marts.mart_target_inputs
                inner join marts.mart_observations using (observation_key) where evaluation_year = {YEAR})""",
            f"""from marts.mart_provenance where observation_key in (
                select observation_key from marts.mart_target_inputs where evaluation_year = {YEAR})""",
            "from marts.mart_build_info",
            "from registry.plans",
            "from registry.targets",
            "select label_vi from registry.admin_units",
        ):
            for row in connection.execute(query).fetchall():
                for cell in row:
                    if isinstance(cell, bool) or cell is None:
                        continue
                    if isinstance(cell, int | float):
                        values |= rounded(cell)
                    elif isinstance(cell, str):
                        texts.append(cell)
                    else:
                        texts.append(cell.strftime("%d/%m/%Y"))
        for (at,) in connection.execute("select as_of_at from marts.mart_build_info").fetchall():
            texts.append((at + timedelta(hours=7)).strftime("%d/%m/%Y %H %M"))  # Vietnam time
        counted: set[int] = set()
        for group in (
            "verdict_code",
            "plan_code",
            "plan_code, sector_code",
            "responsible_department_code",
            "''",
        ):
            counts = f"""select count(*), count(*) filter (where actual_value is not null), count(distinct plan_code)
                from marts.mart_target_status
                where evaluation_year = {YEAR} and territory_view = 'as_reported' group by {group}"""
            counted |= {how_many for row in connection.execute(counts).fetchall() for how_many in row}
    return values | {f"{how_many:02d}" for how_many in counted}, numbers_in(texts)


def test_every_number_in_the_report_has_a_source(
    report: Path, published: Path, formalities: Formalities
) -> None:
    document: Any = Document(str(report))
    values, inside_texts = marts_of(published)
    law = numbers_in([*formalities.citations, formalities.obligation_vi or "", formalities.issuer.symbol])
    words = numbers_in(paragraphs_of(Document(str(TEMPLATE))))
    longest = max(len(table.rows) for table in document.tables)
    positions = {str(position) for position in range(longest + 1)}
    sources = values | inside_texts | law | words | positions
    strangers = {
        (number, text)
        for text in paragraphs_of(document)
        for number in numbers_in([text])
        if number not in sources and number.lstrip("0") not in sources
    }
    assert strangers == set()


def test_the_check_itself_notices_a_foreign_number(published: Path) -> None:
    values, inside_texts = marts_of(published)
    assert not {"12.345,6", "77,31"} & (values | inside_texts)
    assert {"5,74", "0,772", "8,69"} <= values | inside_texts
