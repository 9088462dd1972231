"""forms/*.yaml → form layouts: where each thing stands in a workbook, and in which convention.

A layout is data: an unknown key is refused, and the version in force is chosen by date.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

FORMS = Path(__file__).parent / "forms"

Role = Literal[
    "indicator_code",
    "indicator_name",
    "method_version",
    "unit_of_measure",
    "admin_unit_code",
    "period",
    "value",
    "status_code",
    "source_authority_code",
    "published_on",
    "source",
    "note",
]
VocabularyName = Literal[
    "indicators", "methods", "units_of_measure", "admin_units", "statuses", "source_authorities"
]
PeriodKind = Literal[
    "year",
    "half_year",
    "nine_months",
    "quarter",
    "month",
    "cumulative_to_date",
    "school_year",
    "instant",
]
MissingCode = Literal["none", "not_collected", "not_applicable"]
Qualifier = Literal[">", ">=", "<", "<=", "~"]


Count = Annotated[int, Field(gt=0)]


class _Layout(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Layout):
    """One column of a form: its header, what its cells mean, whether a cell may be blank."""

    role: Role
    name: str = Field(min_length=1)
    kind: Literal["text", "term", "number", "period", "publication_date"]
    required: bool
    vocabulary: VocabularyName | None = None
    # `code` takes the code alone; `any` also the registered label and its aliases.
    match: Literal["any", "code"] = "any"

    @model_validator(mode="after")
    def _names_a_vocabulary_only_for_terms(self) -> Self:
        if (self.kind == "term") != (self.vocabulary is not None):
            raise ValueError(f"column {self.name}: a vocabulary belongs to kind term, and only to it")
        return self


class Limits(_Layout):
    """How big a submitted file may be before anyone parses it."""

    file_bytes: Count
    uncompressed_bytes: Count
    compression_ratio: Count
    members: Count
    rows: Count
    columns: Count
    cell_text: Count


class FormVersion(_Layout):
    """The layout of a form between two dates, both included."""

    version: str = Field(min_length=1)
    valid_from: date
    valid_to: date | None
    # How text cells write numbers: vi 1.234,5 · en 1,234.5. Number cells have no convention.
    locale: Literal["vi", "en"]
    # Which days a month is: statistical 1st to last day · administrative 15th of the month before to 14th.
    calendar: Literal["statistical", "administrative"] = "statistical"
    approval: Literal["required", "not_required"]
    sheet: str = Field(min_length=1, max_length=31)
    header_within_rows: Count
    columns: tuple[Column, ...] = Field(min_length=1)
    period_kinds: frozenset[PeriodKind] = Field(min_length=1)
    missing_signs: dict[MissingCode, tuple[str, ...]]
    qualifiers: dict[Qualifier, tuple[str, ...]]
    limits: Limits

    @model_validator(mode="after")
    def _names_each_column_once(self) -> Self:
        roles: list[str] = [column.role for column in self.columns]
        for names in (roles, [column.name for column in self.columns]):
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise ValueError(f"version {self.version}: given twice: {', '.join(twice)}")
        return self

    @property
    def requires_approval(self) -> bool:
        """Return whether another person must approve a submission of this form."""
        return self.approval == "required"

    def is_valid_on(self, on: date) -> bool:
        """Return whether this version is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class FormFile(_Layout):
    """One file of forms/: a form and its versions, whose validities do not overlap."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name_vi: str = Field(min_length=1)
    versions: tuple[FormVersion, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_one_version_a_day(self) -> Self:
        ordered = sorted(self.versions, key=lambda version: version.valid_from)
        for earlier, later in pairwise(ordered):
            if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                raise ValueError(f"versions {earlier.version} and {later.version} are in force on one day")
        return self


@dataclass(frozen=True)
class Form:
    """A form in one of its versions."""

    code: str
    name_vi: str
    layout: FormVersion


def read_forms(folder: Path = FORMS) -> tuple[FormFile, ...]:
    """Return every form of a folder, by file name. Raises ValueError naming the file and its fault."""
    forms = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            forms.append(FormFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))))
        except (ValueError, yaml.YAMLError) as error:
            raise ValueError(f"{path.name}: {error}") from error
    return tuple(forms)


def forms_in_force(forms: Iterable[FormFile], on: date) -> tuple[Form, ...]:
    """Return the forms in force on a day, each in its version of that day."""
    return tuple(
        Form(form.code, form.name_vi, version)
        for form in forms
        for version in form.versions
        if version.is_valid_on(on)
    )
