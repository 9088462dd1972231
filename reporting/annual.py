"""Published DuckDB file + year → the annual evaluation report as a Word document."""

from pathlib import Path

from reporting.content import to_content
from reporting.evaluation import read_evaluation
from reporting.official import read_formalities
from reporting.paper import TEMPLATE, fill_template


def write_annual_report(
    published: Path, year: int, plan: str | None, out: Path, template: Path = TEMPLATE
) -> Path:
    """Write the report of `year` for one plan document, or for all, to `out` and return its path.

    The published file says everything, its own as-of instant included, so the same file gives the same
    bytes. The document arrives whole: it is written under another name first. Raises ReportError when
    there is nothing to report or the template cannot be used.
    """
    evaluation = read_evaluation(published, year, plan)
    formalities = read_formalities(
        evaluation.build.as_of_on,
        {target.plan_code for target in evaluation.targets},
        {target.admin_unit_code for target in evaluation.targets},
    )
    document = fill_template(
        template, to_content(evaluation, formalities), formalities.reviews, evaluation.build.as_of_at
    )
    out.parent.mkdir(parents=True, exist_ok=True)
    arriving = out.with_name(f"{out.name}.part")
    arriving.write_bytes(document)
    return arriving.replace(out)
