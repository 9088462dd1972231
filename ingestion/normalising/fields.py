"""The cells of one data row → the fields of a landed row, or everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from ingestion.cells import Cell
from ingestion.layouts import Column, FormVersion, MissingCode, Role
from ingestion.normalising.numbers import Missing, Number
from ingestion.normalising.periods import SHAPES as PERIOD_SHAPES
from ingestion.normalising.periods import Period, to_date_text, to_period, why_no_period
from ingestion.normalising.publication_dates import SHAPES as DATE_SHAPES
from ingestion.normalising.publication_dates import (
    PublicationDate,
    to_publication_date,
    why_no_publication_date,
)
from ingestion.normalising.text import to_key, to_text
from ingestion.normalising.values import Around, Flaw, to_value
from ingestion.normalising.vocabulary import Term, Unresolved, Vocabularies
from ingestion.problems import Problem, to_problem
from ingestion.rows import Row
from ingestion.tables.rows import TableRow

_MISSING_WORDS: dict[MissingCode, str] = {
    "none": "không phát sinh",
    "not_collected": "có phát sinh nhưng chưa thu thập được",
    "not_applicable": "không áp dụng",
}


@dataclass
class RowReader:
    """Reads figures by the conventions of their form; problems gather in `problems`."""

    layout: FormVersion
    vocabularies: Vocabularies
    problems: list[Problem] = field(default_factory=list)

    def read(self, row: TableRow) -> Row | None:
        """Return the landed row, None when a field could not be read; every problem of it is recorded."""
        before = len(self.problems)
        cells = self._usable_cells(row)
        texts = {role: to_text(cell.as_found) for role, cell in cells.items()}
        indicator = self._term(row, "indicator_code", texts)
        of = indicator.code if indicator else None
        method = self._term(row, "method_version", texts, of=of) if indicator else None
        unit = self._term(row, "unit_of_measure", texts)
        period = self._period(row, cells.get("period"))
        place = self._term(row, "admin_unit_code", texts, on=period.end if period else None)
        status = self._term(row, "status_code", texts)
        authority = self._term(row, "source_authority_code", texts)
        published = self._published(row, cells.get("published_on"))
        number = self._number(row, cells.get("value"), Around(indicator, unit, status))
        self._check_indicator_name(row, indicator, texts.get("indicator_name"))
        if (
            len(self.problems) > before
            or row.told
            or indicator is None
            or unit is None
            or place is None
            or period is None
            or status is None
            or authority is None
            or published is None
            or number is None
        ):
            return None
        self._tell_settlement(row, period)
        figure = number if isinstance(number, Number) else None
        return Row(
            row_number=row.number,
            sheet=row.sheet,
            cell=row.cell_name("value"),
            raw_text=(row.as_typed or cells["value"]).as_found,
            indicator_code=indicator.code,
            method_version=method.code if method else None,
            unit_of_measure=unit.code,
            admin_unit_code=place.code,
            period_kind=period.kind,
            period_start=period.start,
            period_end=period.end,
            period_text=period.text,
            value=figure.value if figure else None,
            value_decimals=figure.decimals if figure else None,
            missing_code=number.code if isinstance(number, Missing) else None,
            qualifier=figure.qualifier if figure else None,
            status_code=status.code,
            source_authority_code=authority.code,
            published_on=published.last_day,
            published_precision=published.precision,
            published_text=published.text,
            source=texts["source"],
            note=texts.get("note") or None,
        )

    def _column(self, role: Role) -> Column:
        return next(column for column in self.layout.columns if column.role == role)

    def _note(self, row: TableRow, role: Role, rule: str, found: str | None = None, **words: object) -> None:
        self.problems.append(
            to_problem(
                rule,
                sheet=row.sheet,
                cell=row.cell_name(role),
                found=found,
                **words,
            )
        )

    def _usable_cells(self, row: TableRow) -> dict[Role, Cell]:
        """Return the cells that hold something readable; record what is blank, in error or not calculated."""
        usable: dict[Role, Cell] = {}
        for column in self.layout.columns:
            cell = row.cells.get(column.role)
            if cell is None:
                if column.required and column.role not in row.told:
                    self._note_blank(row, column)
            elif cell.kind == "error":
                self._note(row, column.role, "cell_error", cell.as_found)
            elif cell.kind == "uncalculated":
                self._note(row, column.role, "formula_without_value")
            else:
                usable[column.role] = cell
        return usable

    def _note_blank(self, row: TableRow, column: Column) -> None:
        if column.kind == "number":
            self._note(row, column.role, "value_blank", signs=self._signs())
        else:
            self._note(row, column.role, "required_blank", column=column.name)

    def _term(
        self,
        row: TableRow,
        role: Role,
        texts: Mapping[Role, str],
        *,
        of: str | None = None,
        on: date | None = None,
    ) -> Term | None:
        typed, column = texts.get(role), self._column(role)
        if not typed or column.vocabulary is None:
            return None
        vocabulary = self.vocabularies[column.vocabulary]
        found = vocabulary.find(typed, of=of, on=on, only_codes=column.match == "code")
        if isinstance(found, Term):
            return found
        self._note_unresolved(row, column, typed, found, of, on)
        return None

    def _note_unresolved(
        self,
        row: TableRow,
        column: Column,
        typed: str,
        found: Unresolved,
        of: str | None,
        on: date | None,
    ) -> None:
        if column.vocabulary is None:
            return
        vocabulary = self.vocabularies[column.vocabulary]
        only_codes = column.match == "code"
        is_unknown = found.rule == "term_unknown"
        near = vocabulary.suggestions(typed, of=of, with_codes=only_codes) if is_unknown else ()
        advice = (
            f"Gần giống: {'; '.join(near)}. Hãy ghi lại đúng tên trong danh mục."
            if near
            else "Hãy tra danh mục và ghi lại cho đúng."
        )
        self._note(
            row,
            column.role,
            found.rule,
            typed,
            column=column.name,
            candidates="; ".join(found.candidates),
            known=vocabulary.known_names(of=of, with_codes=only_codes, near=near) or "để trống",
            advice=advice,
            on="" if on is None else f"{on:%d/%m/%Y}",
            ended="" if found.ended is None else f"{found.ended:%d/%m/%Y}",
        )

    def _period(self, row: TableRow, cell: Cell | None) -> Period | None:
        if cell is None:
            return None
        kinds = [kind for kind in PERIOD_SHAPES if kind in self.layout.period_kinds]
        shapes = "; ".join(PERIOD_SHAPES[kind] for kind in kinds)
        if cell.kind in ("date", "month"):
            self._note(row, "period", "period_is_date", cell.as_found, shapes=shapes)
            return None
        period = to_period(cell.as_found, self.layout.calendar)
        if period is None:
            self._note(row, "period", why_no_period(cell.as_found), cell.as_found, shapes=shapes)
        elif period.kind not in self.layout.period_kinds:
            self._note(row, "period", "period_not_of_form", cell.as_found, shapes=shapes)
            return None
        return period

    def _tell_settlement(self, row: TableRow, period: Period) -> None:
        if period.settled_on is not None:
            on = to_date_text(period.settled_on)
            self._note(row, "period", "period_settled_later", year=period.text, on=on)
            self.problems[-1] = replace(self.problems[-1], severity="note")

    def _published(self, row: TableRow, cell: Cell | None) -> PublicationDate | None:
        if cell is None:
            return None
        typed = cell.as_found
        if isinstance(cell.value, datetime):
            # Typed "12/2024", Excel keeps 1 December and shows a month: the month is what was meant.
            typed = f"{cell.value:%m/%Y}" if cell.kind == "month" else f"{cell.value:%Y-%m-%d}"
        published = to_publication_date(typed)
        if published is None:
            rule, offer = why_no_publication_date(typed)
            advice = f"Nếu là ngày {offer} thì hãy ghi {offer}." if offer else ""
            shapes = "; ".join(DATE_SHAPES)
            self._note(row, "published_on", rule, cell.as_found, shapes=shapes, advice=advice)
        return published

    def _number(self, row: TableRow, cell: Cell | None, around: Around) -> Number | Missing | None:
        if cell is None:
            return None
        read = to_value(cell, around, self.layout, self.vocabularies)
        if isinstance(read, Flaw):
            self._note(row, "value", read.rule, cell.as_found, **{"signs": self._signs(), **read.words})
            return None
        return read

    def _check_indicator_name(self, row: TableRow, indicator: Term | None, name: str | None) -> None:
        """Record a name that is registered for another indicator: then the code or the name is a slip."""
        if indicator is None or not name or to_key(name) == to_key(indicator.label):
            return
        meant = self.vocabularies["indicators"].find(name)
        if isinstance(meant, Term) and meant.code != indicator.code:
            self._note(
                row,
                "indicator_name",
                "indicator_name_contradicts_code",
                name,
                other_code=meant.code,
                code=indicator.code,
                expected_name=indicator.label,
            )

    def _signs(self) -> str:
        words = {
            "none": "không phát sinh",
            "not_collected": "chưa thu thập được",
            "not_applicable": "không áp dụng",
        }
        return "; ".join(f"{signs[0]} ({words[code]})" for code, signs in self.layout.missing_signs.items())
