"""forms/*.yaml → form layouts: where each thing stands in a workbook, and in which convention.

A layout is data: an unknown key is refused, and the version in force is chosen by date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

FORMS = Path(__file__).parent / "forms"

# The layouts are read anew for every file that is handed in; the loader in C is there wherever PyYAML has a wheel.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

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


# What a figure consists of where a form has no column for each part: the same parts, read the same way.
FIGURE_COLUMNS: tuple[Column, ...] = (
    Column(role="indicator_code", name="Chỉ tiêu", kind="term", vocabulary="indicators", required=True),
    Column(role="method_version", name="Phương pháp", kind="term", vocabulary="methods", required=False),
    Column(
        role="unit_of_measure",
        name="Đơn vị tính",
        kind="term",
        vocabulary="units_of_measure",
        required=True,
    ),
    Column(
        role="admin_unit_code",
        name="Đơn vị hành chính",
        kind="term",
        vocabulary="admin_units",
        required=True,
    ),
    Column(role="period", name="Kỳ", kind="period", required=True),
    Column(role="value", name="Giá trị", kind="number", required=True),
    Column(role="status_code", name="Trạng thái số liệu", kind="term", vocabulary="statuses", required=True),
    Column(
        role="source_authority_code",
        name="Cơ quan công bố",
        kind="term",
        vocabulary="source_authorities",
        required=True,
    ),
    Column(role="published_on", name="Ngày công bố", kind="publication_date", required=True),
    Column(role="source", name="Nguồn", kind="text", required=True),
    Column(role="note", name="Ghi chú", kind="text", required=False),
)


class Limits(_Layout):
    """How big a submitted file may be before anyone parses it."""

    file_bytes: Count
    uncompressed_bytes: Count
    compression_ratio: Count
    members: Count
    rows: Count
    columns: Count
    cell_text: Count


class _Version(_Layout):
    """What every form has, between two dates, both included."""

    version: str = Field(min_length=1)
    valid_from: date
    valid_to: date | None
    # How text cells write numbers: vi 1.234,5 · en 1,234.5 · technical 1234.5. Number cells have no convention.
    locale: Literal["vi", "en", "technical"]
    # Which days a month is: statistical 1st to last day · administrative 15th of the month before to 14th.
    calendar: Literal["statistical", "administrative"] = "statistical"
    approval: Literal["required", "not_required"]
    period_kinds: frozenset[PeriodKind] = Field(min_length=1)
    missing_signs: dict[MissingCode, tuple[str, ...]]
    qualifiers: dict[Qualifier, tuple[str, ...]]
    limits: Limits

    @property
    def requires_approval(self) -> bool:
        """Return whether another person must approve a submission of this form."""
        return self.approval == "required"

    def is_valid_on(self, on: date) -> bool:
        """Return whether this version is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class LongForm(_Version):
    """One figure a row, every part of it in a column of its own; read on the sheet of its name."""

    family: Literal["long"]
    locale: Literal["vi", "en"]
    sheet: str = Field(min_length=1, max_length=31)
    header_within_rows: Count
    columns: tuple[Column, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_each_column_once(self) -> Self:
        roles: list[str] = [column.role for column in self.columns]
        for names in (roles, [column.name for column in self.columns]):
            _require_once(self.version, names)
        return self

    @property
    def needs(self) -> str:
        """Return in words what a workbook must have to be read by this form."""
        return f"trang tính “{self.sheet}” có dòng tiêu đề {', '.join(self.column_names)}"

    @property
    def column_names(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(column.name for column in self.columns)


class HeaderColumn(_Layout):
    """One kind of column under a header: what it holds, and the wordings (`*`: any words) that name it.

    A value column has the status of its figures. Its period is that of its header; `period_of: title` takes the
    kind of period from the title of the table, and `years_before` counts back when the header names no year.
    """

    holds: Literal[
        "order",
        "value",
        "left_out",
        "indicator_name",
        "unit_of_measure",
        "admin_unit_code",
        "method_version",
        "note",
    ]
    headers: tuple[str, ...] = Field(min_length=1)
    status_code: str | None = None
    period_of: Literal["header", "title"] = "header"
    years_before: Annotated[int, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _gives_values_a_status(self) -> Self:
        if (self.holds == "value") != (self.status_code is not None):
            raise ValueError(f"{self.headers[0]}: a status belongs to a value column, and only to it")
        return self


class Surroundings(_Layout):
    """The wordings of what stands around a table: its unit, where it comes from, where it ends.

    `*` stands for any words. Lines of `not_title` are organisations and mottoes, no part of the title.
    """

    unit_of_measure: tuple[str, ...] = Field(min_length=1)
    attached_to: tuple[str, ...] = ()
    not_title: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    ditto: tuple[str, ...] = ()
    # The places that a table speaks of when it names none: the one of them that exists at the end of the period.
    province_in_force: tuple[str, ...] = ()


class _Table(_Version):
    """A table as people draw it: title rows, a header of several rows, notes below."""

    locale: Literal["vi", "en"]
    sheet: None = None
    header_within_rows: Count
    header_rows: Count
    source_authority_code: str = Field(min_length=1)
    around: Surroundings

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return how each part of a figure is read, once the table has said where it stands."""
        return FIGURE_COLUMNS


class WideForm(_Table):
    """One indicator a row, one value column for each period and status."""

    family: Literal["wide"]
    header: tuple[HeaderColumn, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_names_and_values(self) -> Self:
        if missing := {"indicator_name", "value"} - {column.holds for column in self.header}:
            raise ValueError(f"version {self.version}: no column holds {', '.join(sorted(missing))}")
        return self

    @property
    def needs(self) -> str:
        """Return in words what a workbook must have to be read by this form."""
        return f"bảng có các cột {'; '.join(self.column_names)}"

    @property
    def column_names(self) -> tuple[str, ...]:
        """Return the first wording of each column."""
        return tuple(column.headers[0].strip("* /") for column in self.header)


class YearLabel(_Layout):
    """Wordings of a year, `{year}` where its digits stand, and the status of the figures under them."""

    labels: tuple[str, ...] = Field(min_length=1)
    status_code: str = Field(min_length=1)

    @model_validator(mode="after")
    def _has_one_year(self) -> Self:
        if any(label.count("{year}") != 1 for label in self.labels):
            raise ValueError(f"{self.labels[0]}: a wording of a year names {{year}} once")
        return self


class YearbookForm(_Table):
    """Years across the header or down the first column; the indicator in the title, the header or the rows."""

    family: Literal["yearbook"]
    years: tuple[YearLabel, ...] = Field(min_length=1)
    names: tuple[str, ...] = ()
    # Wordings of the book's own name with `{year}`: they give the source and, to the year, the publication date.
    books: tuple[str, ...] = Field(min_length=1)
    # Words of a title after which it no longer names the indicator.
    title_ends: tuple[str, ...] = ()

    @property
    def needs(self) -> str:
        """Return in words what a workbook must have to be read by this form."""
        years = "; ".join(label.labels[0].replace("{year}", "2024") for label in self.years)
        return f"bảng có từ hai năm trở lên trên dòng tiêu đề hoặc ở cột đầu ({years})"

    @property
    def column_names(self) -> tuple[str, ...]:
        """Return the wordings of a year."""
        return tuple(label.labels[0] for label in self.years)


class CubeColumn(_Layout):
    """One column of a cube: what it holds and the names it may have; `codes` are its own code list."""

    holds: Role | Literal["left_out", "unit_exponent"]
    names: tuple[str, ...] = Field(min_length=1)
    codes: dict[str, str] = Field(default_factory=dict)

    @property
    def role(self) -> Role | None:
        """Return the part of a figure that the column holds, None for any other."""
        return None if self.holds == "left_out" or self.holds == "unit_exponent" else self.holds


class CubeForm(_Version):
    """One figure a row, each dimension and attribute in a column under its technical name."""

    family: Literal["cube"]
    locale: Literal["technical"]
    sheet: str = Field(min_length=1, max_length=31)
    header: tuple[CubeColumn, ...] = Field(min_length=1)
    constants: dict[Role, str] = Field(default_factory=dict)
    years: tuple[YearLabel, ...] = ()
    # A status of an observation that says why there is no figure.
    missing_statuses: dict[str, MissingCode] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _names_each_column_once(self) -> Self:
        _require_once(self.version, [name for column in self.header for name in column.names])
        return self

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return how each part of a figure is read."""
        return FIGURE_COLUMNS

    @property
    def needs(self) -> str:
        """Return in words what a workbook must have to be read by this form."""
        return f"tệp có các cột {', '.join(self.column_names)}"

    @property
    def column_names(self) -> tuple[str, ...]:
        """Return the first name of each column that is read."""
        return tuple(column.names[0] for column in self.header if column.holds != "left_out")


FormVersion = Annotated[LongForm | WideForm | YearbookForm | CubeForm, Field(discriminator="family")]


def _require_once(version: str, names: Sequence[str]) -> None:
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"version {version}: given twice: {', '.join(twice)}")


class FormFile(_Layout):
    """One file of forms/: a form and its versions, whose validities do not overlap."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name_vi: str = Field(min_length=1)
    # The place of the form among those that a file is held against; the first answers a file that fits none.
    order: Count = 1
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
    """Return every form of a folder, in their order. Raises ValueError naming the file and its fault."""
    forms = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            forms.append(FormFile.model_validate(yaml.load(path.read_text(encoding="utf-8"), _LOADER)))  # noqa: S506 - a safe loader
        except (ValueError, yaml.YAMLError) as error:
            raise ValueError(f"{path.name}: {error}") from error
    return tuple(sorted(forms, key=lambda form: (form.order, form.code)))


def forms_in_force(forms: Iterable[FormFile], on: date) -> tuple[Form, ...]:
    """Return the forms in force on a day, each in its version of that day."""
    return tuple(
        Form(form.code, form.name_vi, version)
        for form in forms
        for version in form.versions
        if version.is_valid_on(on)
    )
