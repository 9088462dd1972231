"""How the result looks: names, fonts, colours (never alone: a word, a border or a comment stands with each)."""

from __future__ import annotations

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from ingestion.problems import Severity
from ingestion.receipts import ReceiptState

AUTHOR = "Cột Mốc"
RESULT_SHEET = "Kết quả kiểm tra"
FIGURES_SHEET = "So với số đã công bố"
RESULT_SHEETS = (RESULT_SHEET, FIGURES_SHEET)

_FONT = "Times New Roman"
TITLE = Font(_FONT, size=15, bold=True)
STRONG = Font(_FONT, size=12, bold=True)
PLAIN = Font(_FONT, size=11)
HEADING = Font(_FONT, size=11, bold=True)
LINK = Font(_FONT, size=11, underline="single", color="FF0B5394")

_RED, _AMBER, _BLUE, _GREEN = "FFF8CBAD", "FFFFE699", "FFDDEBF7", "FFE2EFDA"
_SEVERITY_COLOURS: dict[Severity, str] = {"error": _RED, "warning": _AMBER, "note": _BLUE}
_STATE_COLOURS: dict[ReceiptState, str] = {
    "accepted": _GREEN,
    "waiting": _AMBER,
    "refused": _RED,
    "duplicate": _BLUE,
}
FILL_COLOURS = frozenset(_SEVERITY_COLOURS.values())

# The line around a marked cell tells the severities apart on a black-and-white print.
_EDGES: dict[Severity, Side] = {
    "error": Side("medium", color="FFC00000"),
    "warning": Side("mediumDashed", color="FFBF8F00"),
    "note": Side("dotted", color="FF2F5597"),
}
_THIN = Side("thin", color="FF7F7F7F")
GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
HEADING_FILL = PatternFill("solid", fgColor="FFD9D9D9")
SEVERITY_FILLS = {
    severity: PatternFill("solid", fgColor=colour) for severity, colour in _SEVERITY_COLOURS.items()
}
STATE_FILLS = {state: PatternFill("solid", fgColor=colour) for state, colour in _STATE_COLOURS.items()}
FRAMES = {severity: Border(left=edge, right=edge, top=edge, bottom=edge) for severity, edge in _EDGES.items()}

TOP_LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True)
TOP_CENTRE = Alignment(horizontal="center", vertical="top", wrap_text=True)
TOP_RIGHT = Alignment(horizontal="right", vertical="top", wrap_text=True)


def write_text(cell: Cell, text: str) -> None:
    """Put text into a cell as text: whatever it begins with, it is never a formula, also not when edited."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text)
    cell.data_type = "s"
    cell.quotePrefix = True
