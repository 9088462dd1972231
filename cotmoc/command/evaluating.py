"""build · verdicts · trace · report: from landed rows to answers."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from cotmoc.command.inputs import AsJson, AsOf
from cotmoc.command.output import Branches, progress, tell, tell_json, tell_table, tell_tree
from cotmoc.settings import settings


class TerritoryView(StrEnum):
    """Whose targets are shown: every target, or those of units that exist today."""

    AS_REPORTED = "as_reported"
    CURRENT_BOUNDARIES = "current_boundaries"


class TableFormat(StrEnum):
    """How a table is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def add_to(app: typer.Typer) -> None:
    """Add the commands of this topic."""
    app.command()(build)
    app.command()(verdicts)
    app.command()(trace)
    app.command()(changes)
    app.command()(report)


def build(
    as_of: AsOf = None,
    docs: Annotated[bool, typer.Option("--docs", help="Write dbt's documentation page too.")] = False,
    json: AsJson = False,
) -> None:
    """Build the marts from what has landed, put them through the gate and publish them."""
    from cotmoc.build import build as build_marts
    from cotmoc.build import write_docs

    with progress("build") as on_progress:
        summary = build_marts(settings().places, as_of, on_progress)
        if docs:
            on_progress("documentation")
            write_docs(settings().places)
    if json:
        tell_json(_summary_record(summary))
        return
    tell(f"published {summary.version}, as of {summary.as_of_on}")
    tell(
        f"submissions counted {summary.submissions_counted}, refused {summary.submissions_refused}; "
        f"rows {summary.rows_in}; silent units {len(summary.silent_units)}"
        + (f" ({', '.join(summary.silent_units)})" if summary.silent_units else "")
    )
    tell("newest verdicts: " + ", ".join(f"{code} {count}" for code, count in summary.verdicts.items()))
    tell(f"verdicts changed: {len(summary.changes)}")
    for change in summary.changes:
        tell(
            f"  {change.target_code} {change.evaluation_year}: {change.before or '–'} → {change.after or '–'}"
            f" ({change.cause}) {change.cause_vi}"
        )


def verdicts(
    plan: Annotated[str | None, typer.Option(metavar="PLAN", help="Only targets of this plan.")] = None,
    year: Annotated[int | None, typer.Option(metavar="YEAR", help="Only this evaluation year.")] = None,
    unit: Annotated[
        str | None, typer.Option(metavar="UNIT", help="Only this administrative unit, by code.")
    ] = None,
    view: Annotated[TerritoryView, typer.Option(help="Territory view.")] = TerritoryView.AS_REPORTED,
    as_of: AsOf = None,
    table_format: Annotated[TableFormat, typer.Option("--format", help="Form.")] = TableFormat.TABLE,
    json: AsJson = False,
) -> None:
    """Print the evaluation: one row for each target and year."""
    from cotmoc import answers

    with progress("verdicts"):
        frame = answers.verdicts(settings().places, plan, year, unit, str(view), as_of)
    if json or table_format is TableFormat.JSON:
        tell_json(answers.records(frame))
    elif table_format is TableFormat.CSV:
        typer.echo(frame.to_csv(index=False), nl=False)
    else:
        shown = {
            "target_code": "target",
            "evaluation_year": "year",
            "actual_value": "actual",
            "path_value": "path",
            "target_value": "goal",
            "pace": "pace",
            "verdict_name_vi": "verdict",
            "reason_vi": "reason",
        }
        numbers = ("year", "actual", "path", "goal", "pace")
        rows = ([_rounded(record[name]) for name in shown] for record in answers.records(frame))
        tell_table(tuple(shown.values()), rows, numbers=numbers)


def trace(
    target: Annotated[str, typer.Option(metavar="TARGET", help="The target, by code.")],
    year: Annotated[int, typer.Option(metavar="YEAR", help="The evaluation year.")],
    view: Annotated[TerritoryView, typer.Option(help="Territory view.")] = TerritoryView.AS_REPORTED,
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """Lead from a verdict back to the plan's words, the formula and the submitted cells."""
    from cotmoc import answers

    with progress("trace"):
        found = answers.trace(settings().places, target, year, as_of, str(view))
    if json:
        tell_json(found)
        return
    status, plan = found["status"], found["plan"]
    confirmed = [_confirmation_branch(row) for row in found["confirmations"]]
    tell_tree(
        f"{target} {year}: {status['verdict_name_vi']} – {status['reason_vi']}",
        [
            (
                f"document: {status['plan_document_vi']}, {plan['title_vi']}",
                [(f"“{status['wording_vi'] or status['target_name_vi']}” ({_place(found['target'])})", [])],
            ),
            (
                f"kind: {status['kind']}, target {status['target_text_vi'] or 'confirmed by a person'}",
                [
                    (f"{part['method']}: {part['status']}; {part['formula_text']}", [])
                    for part in found["components"]
                ],
            ),
            ("inputs", confirmed or [_input_branch(row) for row in found["inputs"]]),
        ],
    )


def _place(target: dict[str, Any]) -> str:
    return (
        f"section {target['source_section']}" if target["source_section"] else str(target["source_url"] or "")
    )


def _input_branch(row: dict[str, Any]) -> tuple[str, Branches]:
    """Return a figure with, under it, where it was read and who answers for it."""
    part = "" if row["part_role"] == "own" else f", {row['part_role']} of {row['admin_unit_code']}"
    return (
        f"{row['input_year']} {row['input_role']}{part}: {row['qualifier'] or ''}{_shown(row['value'])}"
        f" {row['unit_of_measure']}, {row['status_code']}, {row['source_authority_code']},"
        f" published {row['published_text'] or row['published_on']}",
        [
            (f"{row['file_name']}, sheet “{row['sheet']}”, cell {row['cell']}: “{row['raw_text']}”", []),
            (f"{row['raw_file']}, submission {row['submission_id']}", []),
            (
                f"submitted by {row['submitted_by'] or 'the drop folder of ' + row['department_code']},"
                f" approved by {row['approved_by'] or 'nobody (not required)'}",
                [],
            ),
            (f"source: {row['source']}", []),
        ],
    )


def _confirmation_branch(row: dict[str, Any]) -> tuple[str, Branches]:
    return (
        f"{row['confirmation_id']}: {row['confirmed_by']} on {row['confirmed_at']}",
        [(f"{row['evidence_file_name']}, {row['raw_file']}", [])],
    )


def changes(
    earlier: Annotated[
        str, typer.Option("--from", metavar="INSTANT", help="The earlier as-of: a date or an instant.")
    ],
    later: Annotated[
        str | None, typer.Option("--to", metavar="INSTANT", help="The later one (default: the last event's).")
    ] = None,
    json: AsJson = False,
) -> None:
    """Say which verdicts and figures changed between two instants, and why."""
    from cotmoc import answers
    from cotmoc.build import changes_between

    with progress("changes") as on_progress:
        found = answers.records(changes_between(settings().places, earlier, later, on_progress))
    if json:
        tell_json(found)
        return
    shown = [record for record in found if record["territory_view"] == "as_reported"]
    for record in shown:
        before, after = record["verdict_before_name_vi"] or "–", record["verdict_after_name_vi"] or "–"
        moved = f"{before} → {after}" if record["is_verdict_changed"] else f"{after} (figure only)"
        tell(f"{record['target_code']} {record['evaluation_year']}: {moved}. {record['cause_vi']}")
    tell(f"changed between {earlier} and {later or 'now'}: {len(shown)}")


def report(
    year: Annotated[int, typer.Option(metavar="YEAR", help="The evaluation year.")],
    plan: Annotated[str | None, typer.Option(metavar="PLAN", help="Only this plan.")] = None,
    as_of: AsOf = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Where the .docx goes.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Write the annual evaluation report (.docx, and .pdf where LibreOffice is installed)."""
    from cotmoc.reports import write_report

    with progress("report"):
        path = write_report(settings().places, year, plan, as_of, out)
    if json:
        tell_json({"path": str(path)})
    else:
        tell(str(path))


def _summary_record(summary: Any) -> dict[str, Any]:
    record = asdict(summary)
    return record | {"changes": [change._asdict() for change in summary.changes]}


def _rounded(value: object) -> str:
    from reporting.vietnamese import number

    return number(value, 4) if isinstance(value, float) else _shown(value)


def _shown(value: object) -> str:
    return format(value, ".12g") if isinstance(value, float) else "" if value is None else str(value)
