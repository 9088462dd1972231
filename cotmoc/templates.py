"""A form, a department and a period → the template of the figures the department owes.

Who owes a figure: the department the registry names for the indicator and, once that one has ended, its successors; a
successor may also be asked for the years before. Places are the provinces in force on the last day of the period.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from cotmoc.calendar import to_day_text
from cotmoc.registry import Record, Registry
from cotmoc.succession import successors
from ingestion.layouts import Form, FormFile, LongForm, PeriodKind, Role, forms_in_force
from ingestion.normalising.periods import SHAPES, Period, to_period
from ingestion.normalising.text import to_plain
from ingestion.templates.content import LABEL_ROLES, Entry, LastFigure, Template
from ingestion.templates.workbook import to_workbook_bytes

# Period of a template → the frequencies of the indicators that have a figure for it. An instant has none: what
# happens on a day is nobody's regular report.
_FREQUENCIES: dict[PeriodKind, frozenset[str]] = {
    "year": frozenset({"month", "quarter", "half_year", "year"}),
    "half_year": frozenset({"month", "quarter", "half_year"}),
    "nine_months": frozenset({"month", "quarter"}),
    "quarter": frozenset({"month", "quarter"}),
    "month": frozenset({"month"}),
    "cumulative_to_date": frozenset({"month"}),
    "school_year": frozenset({"school_year"}),
    "instant": frozenset(),
}
_LEVEL = "province"

_PUBLISHED = """
    select
        indicator_code, admin_unit_code, coalesce(method_version, '') as method_version, period_start, period_end,
        value, qualifier, unit_of_measure, status_code, published_text, is_conflicting
    from marts.mart_observations
    where
        (is_current or is_conflicting)
        and period_kind = $kind
        and period_end <= $until
        and list_contains($indicators, indicator_code)
    qualify row_number() over (
        partition by indicator_code, admin_unit_code, coalesce(method_version, '')
        order by period_end desc, period_start desc, observation_key
    ) = 1
"""
_Series = tuple[str, str, str]


class NoTemplateError(ValueError):
    """There is nothing to make: the form, its period or what the department owes; the message says which."""


def make_template(
    registry: Registry,
    forms: Sequence[FormFile],
    current: Path,
    form_code: str,
    department: str,
    period: Period,
    on: date,
) -> Template:
    """Return the template of a department for a period, by the form in force on the day `on`.

    `current` is the published file; it may not exist, then no figure is shown as help. Raises NoTemplateError,
    UnknownDepartmentError, RegistryError.
    """
    form = _find_form(forms, form_code, on)
    if period.kind not in form.layout.period_kinds:
        shapes = "; ".join(SHAPES[kind] for kind in SHAPES if kind in form.layout.period_kinds)
        raise NoTemplateError(
            f"the form {form_code} takes no period like {period.text!r}; it takes: {shapes}"
        )
    _require_standing(registry, department, period)
    indicators = owed_indicators(registry, department, period)
    if not indicators:
        raise NoTemplateError(_nothing_owed(registry, department, period))
    last = _read_last(registry, current, [record["indicator_code"] for record in indicators], period)
    return Template(
        form=form,
        department_code=department,
        department_name=registry.department_name(department),
        period=period,
        entries=tuple(_to_entries(registry, indicators, period, last)),
    )


def write_template(
    registry: Registry,
    forms: Sequence[FormFile],
    current: Path,
    form_code: str,
    department: str,
    period: str,
    on: date,
) -> tuple[str, bytes]:
    """Return the name and the bytes of a department's template for a period written as the form writes it.

    Raises the errors of `make_template`; NoTemplateError also for what is no period.
    """
    found = to_period(period)
    if found is None:
        raise NoTemplateError(f"{period!r} is not a period; write {'; '.join(SHAPES.values())}")
    made = make_template(registry, forms, current, form_code, department, found, on)
    name = "-".join(re.findall(r"[0-9a-z]+", to_plain(f"{form_code} {department} {found.text}")))
    return f"{name}.xlsx", to_workbook_bytes(made, registry.vocabularies)


def _find_form(forms: Sequence[FormFile], code: str, on: date) -> Form:
    in_force = {form.code: form for form in forms_in_force(forms, on)}
    if code not in in_force:
        known = ", ".join(in_force) or "none"
        raise NoTemplateError(
            f"no form {code!r} is in force on {to_day_text(on)}; in force: {known} (`cotmoc forms`)"
        )
    form = in_force[code]
    if not isinstance(form.layout, LongForm):
        raise NoTemplateError(f"the form {code} is a table of the sender's own making: no template is made")
    if missing := LABEL_ROLES - {column.role for column in form.layout.columns}:
        raise NoTemplateError(
            f"the form {code} has no column for {', '.join(sorted(missing))}: no template is made"
        )
    return form


def _require_standing(registry: Registry, department: str, period: Period) -> None:
    """Raise when no such department is left to answer for the period."""
    registry.require_department(department)
    record = registry.departments[department]
    if not record["valid_to"] or date.fromisoformat(record["valid_to"]) >= period.end:
        return
    *_, answering = successors(registry, department, period.end)
    ended = (
        f"{record['name_vi']} ({department}) ended on {to_day_text(date.fromisoformat(record['valid_to']))}"
    )
    advice = (
        f"use --department {answering}"
        if answering != department
        else "the registry names no single successor"
    )
    raise NoTemplateError(f"{ended}, before the end of {period.text}: {advice}")


def owed_indicators(registry: Registry, department: str, period: Period) -> list[Record]:
    """Return the indicators of a department that have a figure for such a period, in the registry's order."""
    return [
        record
        for record in registry.records("indicators")
        # An indicator without a unit is a milestone: it is confirmed, not reported.
        if record["unit_of_measure"]
        and record["frequency"] in _FREQUENCIES[period.kind]
        and department in successors(registry, record["responsible_department_code"], date.max)
    ]


def _nothing_owed(registry: Registry, department: str, period: Period) -> str:
    name = f"{registry.department_name(department)} ({department})"
    kinds = [
        SHAPES[kind]
        for kind in SHAPES
        if owed_indicators(registry, department, Period(kind, period.start, period.end))
    ]
    if not kinds:
        return f"{name} owes no figures: no indicator counted in numbers names it as responsible"
    return f"{name} owes no figures for a period like {period.text!r}; it does for: {'; '.join(kinds)}"


def _to_entries(
    registry: Registry, indicators: Sequence[Record], period: Period, last: Mapping[_Series, LastFigure]
) -> Iterator[Entry]:
    """Yield an entry for each indicator, each method in force and each province in force."""
    units_of_measure = registry.vocabularies["units_of_measure"]
    places = [
        record
        for record in registry.records("admin_units")
        if record["level"] == _LEVEL and _is_in_force(record, period.end)
    ]
    methods = [record for record in registry.records("methods") if _is_in_force(record, period.end)]
    for indicator in indicators:
        code = indicator["indicator_code"]
        unit = units_of_measure.term_of(indicator["unit_of_measure"])
        versions = [record for record in methods if record["indicator_code"] == code]
        for place in places:
            for version in versions or [{"method_version": "", "name_vi": ""}]:
                labels: dict[Role, str] = {
                    "indicator_code": code,
                    "indicator_name": indicator["name_vi"],
                    "method_version": version["name_vi"],
                    "unit_of_measure": unit.label if unit else indicator["unit_of_measure"],
                    "admin_unit_code": place["label_vi"],
                    "period": period.text,
                }
                yield Entry(
                    labels={role: text for role, text in labels.items() if text},
                    low=_to_number(indicator["plausible_low"]),
                    high=_to_number(indicator["plausible_high"]),
                    last=last.get((code, place["admin_unit_code"], version["method_version"])),
                )


def _is_in_force(record: Record, on: date) -> bool:
    day = on.isoformat()
    return record["valid_from"] <= day and (not record["valid_to"] or day <= record["valid_to"])


def _to_number(text: str) -> float | None:
    return float(text) if text else None


def _read_last(
    registry: Registry, current: Path, indicators: Sequence[str], period: Period
) -> dict[_Series, LastFigure]:
    """Return the newest published figure of each series for such a period, none of it later than the period."""
    import duckdb

    from cotmoc.publishing import NothingPublishedError, read_only

    asked = {"kind": period.kind, "until": period.end, "indicators": list(indicators)}
    try:
        with read_only(current) as connection:
            cursor = connection.execute(_PUBLISHED, asked)
            names = [column[0] for column in cursor.description or ()]
            found = [dict(zip(names, record, strict=True)) for record in cursor.fetchall()]
    except (NothingPublishedError, duckdb.Error):
        # Without a publication, or with a damaged one, there is no help; `cotmoc doctor` names the damage.
        return {}
    return {
        (one["indicator_code"], one["admin_unit_code"], one["method_version"]): _to_last(
            registry, one, period
        )
        for one in found
    }


def _to_last(registry: Registry, found: Mapping[str, Any], period: Period) -> LastFigure:
    terms = registry.vocabularies
    unit = terms["units_of_measure"].term_of(found["unit_of_measure"])
    status = terms["statuses"].term_of(found["status_code"])
    return LastFigure(
        value=None if found["is_conflicting"] else found["value"],
        qualifier=found["qualifier"],
        unit_of_measure=unit.label if unit else found["unit_of_measure"],
        period=Period(period.kind, found["period_start"], found["period_end"]),
        status=status.label if status else found["status_code"],
        published=found["published_text"],
    )
