"""A number → that many ordinary workbooks of several departments, each with the answer it must get.

Synthetic: the indicator is a real one, its figures are made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from tests.ingestion.workbooks import workbook

Outcome = Literal["accepted", "waiting", "refused"]

# Of each 25 files: what the first one that says so becomes; those after it are duplicates, or refused again.
_PLAN: tuple[Outcome | Literal["again"], ...] = (
    *("accepted",) * 15,
    *("refused",) * 4,
    *("waiting",) * 3,
    *("again",) * 3,
)
# Each file, counted from the first, that is handed in once more says what the file so many before it said.
_BACK = 22


@dataclass(frozen=True)
class Handed:
    """One file to hand in. Files of equal `content` say the same; `figures` are its (period, value)."""

    department: str
    name: str
    data: bytes
    content: int
    outcome: Outcome
    figures: tuple[tuple[str, float], ...]


def many_workbooks(count: int, departments: Sequence[str]) -> list[Handed]:
    """Return files in the order in which they are handed in; the n-th is the same whatever the count."""
    made: list[Handed] = []
    for number in range(count):
        department = departments[number % len(departments)]
        planned = _PLAN[number % len(_PLAN)]
        name = f"so-lieu-thu-{number:04d}.xlsx"
        if planned != "again":
            made.append(a_workbook(number, department, name, planned))
        elif number % 3 == 0:  # the same bytes, by whoever it may be
            made.append(replace(made[number - _BACK], department=department, name=name))
        else:  # the same figures in other bytes, by the department that handed them in before
            made.append(copied_out(made[number - _BACK], name))
    return made


def copied_out(before: Handed, name: str) -> Handed:
    """Return a file that says the same in other bytes."""
    return replace(
        before, name=name, data=_to_bytes(before.content, before.figures, title=f"BẢN CHÉP {name}")
    )


def a_workbook(number: int, department: str, name: str, outcome: Outcome) -> Handed:
    """Return the file of a number; it says what no file of another number says."""
    figures = tuple(
        (str(2023 - row), round(number % 37 + row + number / 1000, 3)) for row in range(3 + number % 10)
    )
    if outcome == "waiting":  # far above what growth can be, and nobody says why
        figures = ((figures[0][0], 635.0 + number), *figures[1:])
    if outcome == "refused":
        return Handed(department, name, _refused(number, figures), number, outcome, figures)
    return Handed(department, name, _to_bytes(number, figures), number, outcome, figures)


def _refused(number: int, figures: Sequence[tuple[str, float]]) -> bytes:
    spoilt: Mapping[str, Any] | None = (
        {"Giá trị": "1.234"},
        {"Mã chỉ tiêu": f"khong_co_{number}"},
        {"Giá trị": "không rõ"},
        None,
    )[number % 4]
    if spoilt is None:  # the half of a file that stopped being copied
        whole = _to_bytes(number, figures)
        return whole[: len(whole) // 2]
    return _to_bytes(number, figures, spoilt=spoilt)


def _to_bytes(
    number: int,
    figures: Sequence[tuple[str, float]],
    title: str = "BIỂU SỐ LIỆU THỬ",
    spoilt: Mapping[str, Any] | None = None,
) -> bytes:
    def entitle(sheet: Any) -> None:
        sheet["A1"] = title

    return workbook(*_rows(number, figures, spoilt or {}), spoil=entitle)


def _rows(
    number: int, figures: Sequence[tuple[str, float]], spoilt: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    for row, (period, value) in enumerate(figures):
        yield {"Kỳ": period, "Giá trị": value, "Nguồn": f"Số liệu thử số {number}"} | (
            dict(spoilt) if row == 1 else {}
        )
