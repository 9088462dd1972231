"""dbt_project/seeds/*.csv → the registered names a form may use, and the frames a gate holds rows against."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ingestion.layouts import VocabularyName
from ingestion.normalising.vocabulary import Term, Vocabularies, Vocabulary
from ingestion.normalising.words import Words, read_words

if TYPE_CHECKING:
    import pandas as pd

    from expectations.answers import LandingRegistry

Record = Mapping[str, str]


class RegistryError(RuntimeError):
    """A seed is missing or lacks a column: the installation is incomplete."""


class UnknownDepartmentError(ValueError):
    """No department has this code."""


@dataclass(frozen=True)
class Registry:
    """The seeds of one folder; each is read when it is first asked for."""

    folder: Path

    def records(self, seed: str) -> Sequence[Record]:
        """Return the rows of a seed as column → text. Raises RegistryError naming the file."""
        path = self.folder / f"{seed}.csv"
        try:
            with path.open(encoding="utf-8", newline="") as file:
                return list(csv.DictReader(file))
        except OSError as error:
            raise RegistryError(
                f"the registry file {path} cannot be read: set COTMOC_REGISTRY to the seeds"
            ) from error

    @cached_property
    def departments(self) -> Mapping[str, Record]:
        """Return the departments by code."""
        return {record["department_code"]: record for record in self.records("departments")}

    def require_department(self, code: str) -> None:
        """Raise UnknownDepartmentError, naming the known ones, when no department has this code."""
        if code not in self.departments:
            raise UnknownDepartmentError(
                f"no department has the code {code!r}; known are: {', '.join(self.departments)}"
            )

    def department_name(self, code: str) -> str:
        """Return the Vietnamese name of a department, the code itself for an unknown one."""
        return self.departments[code]["name_vi"] if code in self.departments else code

    @cached_property
    def targets(self) -> Mapping[str, Record]:
        """Return the targets of all plans by code."""
        return {record["target_code"]: record for record in self.records("targets")}

    @cached_property
    def actual_statuses(self) -> frozenset[str]:
        """Return the codes of the statuses that a result may have; a plan is none."""
        return frozenset(one["status_code"] for one in self.records("statuses") if one["is_actual"] == "true")

    @cached_property
    def vocabularies(self) -> Vocabularies:
        """Return the names and codes that cells of a form may hold. Raises RegistryError."""
        words = read_words()
        try:
            by_name: dict[VocabularyName, Vocabulary] = {
                "indicators": self._vocabulary("indicators", "indicator_code"),
                "methods": self._vocabulary("methods", "method_version", of="indicator_code"),
                "units_of_measure": self._vocabulary("units_of_measure", "unit_of_measure"),
                "admin_units": self._admin_units(words),
                "statuses": self._vocabulary("statuses", "status_code", words=words.status_words),
                "source_authorities": self._vocabulary("source_authorities", "source_authority_code"),
            }
        except (KeyError, ValueError) as error:
            raise RegistryError(f"a registry file in {self.folder} lacks or garbles {error}") from error
        return Vocabularies(by_name, words)

    def _vocabulary(
        self,
        seed: str,
        code: str,
        *,
        label: str = "name_vi",
        of: str | None = None,
        words: Mapping[str, tuple[str, ...]] | None = None,
    ) -> Vocabulary:
        """Return the terms of a seed; `words` are further names by code."""
        return Vocabulary(
            tuple(
                Term(
                    code=record[code],
                    label=record[label],
                    aliases=(
                        *(name for name in record.get("aliases_vi", "").split("|") if name),
                        *(words or {}).get(record[code], ()),
                    ),
                    bare_name=record["name_vi"] if label != "name_vi" else None,
                    of=record[of] if of else None,
                    valid_from=_to_date(record.get("valid_from")),
                    valid_to=_to_date(record.get("valid_to")),
                    official_code=record.get("official_code") or None,
                    dimension=record.get("dimension"),
                    factor=Decimal(record["factor"]) if "factor" in record else None,
                    measured_in=record.get("unit_of_measure") if seed == "indicators" else None,
                    plausible=(
                        _to_float(record.get("plausible_low")),
                        _to_float(record.get("plausible_high")),
                    ),
                )
                for record in self.records(seed)
            )
        )

    def _admin_units(self, words: Words) -> Vocabulary:
        """Return the administrative units, each with the labels of its successors."""
        units = self._vocabulary("admin_units", "admin_unit_code", label="label_vi").terms
        keys = [record["admin_unit_key"] for record in self.records("admin_units")]
        return Vocabulary(
            tuple(
                replace(unit, successors=self._successors.get(key, ()))
                for unit, key in zip(units, keys, strict=True)
            ),
            words.unit_types,
        )

    @cached_property
    def _successors(self) -> Mapping[str, tuple[str, ...]]:
        """Return the labels of the units that followed each dissolved one, by its key."""
        label_of = {record["admin_unit_key"]: record["label_vi"] for record in self.records("admin_units")}
        followed: dict[str, tuple[str, ...]] = {}
        for record in self.records("admin_unit_lineage"):
            followed[record["old_key"]] = (
                *followed.get(record["old_key"], ()),
                label_of[record["new_key"]],
            )
        return followed

    @cached_property
    def _frames(self) -> Mapping[str, pd.DataFrame]:
        import pandas as pd

        seeds = ("indicators", "units_of_measure", "admin_units", "departments")
        frames = {
            seed: pd.DataFrame(
                [{key: value or None for key, value in record.items()} for record in self.records(seed)]
            )
            for seed in seeds
        }
        successors = {key: "; ".join(labels) for key, labels in self._successors.items()}
        frames["admin_units"]["successors_vi"] = frames["admin_units"]["admin_unit_key"].map(successors)
        return frames

    def landing_registry(
        self, department_code: str, published: pd.DataFrame | None = None
    ) -> LandingRegistry:
        """Return what the landing gate holds the rows of a department against; blank cells are missing."""
        from expectations.answers import LandingRegistry

        return LandingRegistry(**self._frames, department_code=department_code, published=published)


def _to_float(text: str | None) -> float | None:
    return float(text) if text else None


def _to_date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
