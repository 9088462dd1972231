"""A name that is not registered → the problem that says so and offers what is near in spelling."""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.cells import to_cell_name
from ingestion.layouts import VocabularyName
from ingestion.normalising.vocabulary import Vocabularies
from ingestion.problems import Problem, to_problem

_COLUMNS: dict[VocabularyName, str] = {"indicators": "Chỉ tiêu", "admin_units": "Đơn vị hành chính"}


def to_unknown(
    sheet: str,
    at: tuple[int, int],
    typed: str,
    vocabularies: Vocabularies,
    names: Sequence[VocabularyName],
) -> Problem:
    """Return the problem of a name that none of the vocabularies knows. Suggestions are offered, never taken."""
    near_of = {name: vocabularies[name].suggestions(typed) for name in names}
    near = list(dict.fromkeys(label for labels in near_of.values() for label in labels))
    return to_problem(
        "term_unknown",
        sheet=sheet,
        cell=to_cell_name(*at),
        found=typed,
        column="; ".join(_COLUMNS[name] for name in names if name in _COLUMNS),
        known="; ".join(vocabularies[name].known_names(near=near_of[name]) for name in names),
        advice=f"Gần giống: {'; '.join(near)}. Hãy ghi lại đúng tên trong danh mục."
        if near
        else "Hãy tra danh mục và ghi lại cho đúng.",
    )
