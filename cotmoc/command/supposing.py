"""whatif: what the verdicts of a target would be, had its coming years come out as supposed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from cotmoc.command.inputs import AsJson, AsOf
from cotmoc.command.output import progress, tell, tell_json, tell_table
from cotmoc.settings import settings

Record = dict[str, Any]


def add_to(app: typer.Typer) -> None:
    """Add the command of this topic."""
    app.command()(whatif)


def whatif(
    target: Annotated[str, typer.Option(metavar="TARGET", help="The target, by code.")],
    value: Annotated[
        list[str],
        typer.Option(metavar="YEAR=V", help="A supposed figure, in the target's unit; may be repeated."),
    ],
    more: Annotated[
        list[str] | None, typer.Argument(metavar="[YEAR=V]...", help="Further supposed figures.")
    ] = None,
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """Show the verdict and the pace the rest needs, if the coming years came out so; stores nothing."""
    from cotmoc.registry import Registry
    from cotmoc.supposing import suppose, to_values

    found = settings()
    values = to_values([*value, *(more or ())])
    with progress("whatif") as on_progress:
        supposed = suppose(found.places, Registry(found.registry), target, values, as_of, on_progress)
    if json:
        tell_json({"target": dict(supposed.target), "values": supposed.values, "years": supposed.years})
        return
    years, registered = supposed.years, supposed.target
    tell(f"{target}: {registered['name_vi']} ({registered['plan_code']})")
    if registered["wording_vi"]:
        tell(f"  “{registered['wording_vi']}”")
    tell_table(
        ("year", "figure", "actual", "path", "pace", "needed a year", "verdict"),
        (
            [
                record["evaluation_year"],
                "supposed" if record["is_supposed"] else "",
                *(
                    _shown(record[name])
                    for name in ("actual_value", "path_value", "pace", "required_per_year")
                ),
                record["figure_verdict_name_vi"] or record["verdict_name_vi"],
            ]
            for record in years
        ),
        numbers=("year", "actual", "path", "pace", "needed a year"),
    )
    for record in years:
        if record["is_supposed"]:
            said = record["figure_reason_vi"] if record["figure_verdict_code"] else record["reason_vi"]
            tell(f"  {record['evaluation_year']}: {said}")
    for note in _takes_precedence(years):
        tell(f"  {note}")


def _takes_precedence(years: Sequence[Record]) -> Iterator[str]:
    """Yield what stands above the figures, once for each reason with the years it holds for."""
    above = [record for record in years if record["verdict_code"] in {"superseded", "basis_ceased"}]
    for reason in dict.fromkeys(record["reason_vi"] for record in above):
        held = ", ".join(str(record["evaluation_year"]) for record in above if record["reason_vi"] == reason)
        yield f"Lưu ý, năm {held}: {reason} Các dòng trên chỉ xét theo số liệu giả định."


def _shown(value: object) -> str:
    from reporting.vietnamese import number

    return number(value, 4) if isinstance(value, float) else ""
