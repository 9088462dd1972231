"""Evaluation → the annexes' fields: figures with source and cell, other published values, thresholds."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from reporting.evaluation import Figure, Target
from reporting.sentences import place_of, value_of
from reporting.vietnamese import local_day, lower_first, sentence

Field = dict[str, Any]


def territories(figures: Sequence[Figure]) -> list[Field]:
    """Return the figures that went into the verdicts, by territory."""
    used = [figure for figure in figures if figure.is_used]
    return [
        {
            "name": group[0].admin_unit_name_vi,
            "rows": [_figure_row(position, figure) for position, figure in enumerate(group, 1)],
        }
        for group in (tuple(found) for _, found in groupby(used, lambda figure: figure.admin_unit_code))
    ]


def _figure_row(position: int, figure: Figure) -> Field:
    return {
        "position": str(position),
        "name": _indicator(figure),
        "year": str(figure.year),
        "value": value_of(figure),
        "status": figure.status_name_vi + (" (mâu thuẫn)" if figure.is_conflicting else ""),
        "source": place_of(figure),
        "published": figure.published_text,
        "submission": figure.submission_id,
        "cell": f"{figure.sheet}, {figure.cell}",
    }


def files(figures: Sequence[Figure]) -> list[Field]:
    """Return the files that the figures used were read from: who sent them and who approved them."""
    sent = {figure.submission_id: figure for figure in figures if figure.is_used}
    return [
        {
            "submission": submission,
            "file": figure.file_name,
            "sender": figure.sender_vi or "",
            "submitted_by": figure.submitted_by,
            "received": local_day(figure.submitted_at),
            "approved_by": figure.approved_by or "không phải duyệt",
        }
        for submission, figure in sorted(sent.items())
    ]


def _indicator(figure: Figure) -> str:
    """Return the indicator's name, with its method where the series has one."""
    if figure.method_name_vi is None:
        return figure.indicator_name_vi
    return f"{figure.indicator_name_vi} ({lower_first(figure.method_name_vi)})"


def revisions(figures: Sequence[Figure]) -> list[Field]:
    """Return every other published value of a series in use, beside the value in use."""
    return [
        {
            "position": str(position),
            "name": _indicator(used),
            "territory": used.admin_unit_name_vi,
            "year": str(used.year),
            "other": value_of(other),
            "other_source": f"{other.authority_name_vi}, {other.published_text}",
            "used": value_of(used),
            "used_source": f"{used.authority_name_vi}, {used.published_text}",
        }
        for position, (other, used) in enumerate(_revised(figures), 1)
    ]


def _revised(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Yield (another published figure, the figure in use) where they differ."""
    in_use = {figure.series_key: figure for figure in figures if figure.is_used}
    for figure in figures:
        used = in_use.get(figure.series_key)
        if used is not None and not figure.is_used and figure.value != used.value:
            yield figure, used


def thresholds(targets: Sequence[Target]) -> list[str]:
    """Return the provisional policy sentences that any verdict of the report rests on, each once."""
    found: dict[str, None] = {}
    for target in targets:
        for part in target.policies_vi.split(". "):
            if part.strip():
                found.setdefault(sentence(part))
    return list(found)
