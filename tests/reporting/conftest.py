"""The published file of the real build, read once; and one report written from it."""

from pathlib import Path

import pytest

from reporting.annual import write_annual_report
from reporting.content import Field, to_content
from reporting.evaluation import Evaluation, read_evaluation
from reporting.official import Formalities, read_formalities
from reporting.pdf import office_program

YEAR = 2024

# LibreOffice is optional: where it is not installed there is no PDF to look at.
collect_ignore = [] if office_program() else ["test_libreoffice.py"]


@pytest.fixture(scope="session")
def published(published_home: Path) -> Path:
    return published_home / "published" / "current.duckdb"


@pytest.fixture(scope="session")
def evaluation(published: Path) -> Evaluation:
    return read_evaluation(published, YEAR, None)


@pytest.fixture(scope="session")
def formalities(evaluation: Evaluation) -> Formalities:
    return read_formalities(
        evaluation.build.as_of_on,
        {plan.plan_code for plan in evaluation.plans},
        {target.admin_unit_code for target in evaluation.targets},
    )


@pytest.fixture(scope="session")
def content(evaluation: Evaluation, formalities: Formalities) -> Field:
    return to_content(evaluation, formalities)


@pytest.fixture(scope="session")
def report(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_annual_report(published, YEAR, None, tmp_path_factory.mktemp("report") / "report.docx")
