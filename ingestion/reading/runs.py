"""The elements of a rich string in XML → its runs, each with the font it names."""

from __future__ import annotations

from collections.abc import Mapping

from ingestion.reading.legacy_fonts import charset_of_font


class RunReader:
    """Handlers that follow one string, shared or inline: `r` with `rFont` and `t`."""

    def __init__(self) -> None:
        self.runs: list[tuple[str, str]] = []
        self._font = ""
        self._text: list[str] | None = None
        self._in_text = False
        # The text so far, a raised number behind a digit in brackets: “5,2” with a small “1” is no 5,21.
        self._marked: list[str] = []
        self._is_raised = self.has_mark = False

    @property
    def marked(self) -> str:
        """Return the whole text with each raised number behind a digit in brackets, as a footnote mark."""
        return "".join(self._marked)

    @property
    def has_old_font(self) -> bool:
        """Return whether a run is in a font of TCVN3 or VNI."""
        return any(charset_of_font(font) for font, _ in self.runs)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag."""
        if name == "r":
            self._font, self._text, self._is_raised = "", [], False
        elif name == "vertAlign":
            self._is_raised = attributes.get("val") == "superscript"
        elif name == "rFont":
            self._font = attributes.get("val", "")
        elif name == "t":
            self._in_text = True

    def text(self, text: str) -> None:
        """Take characters."""
        if self._in_text and self._text is not None:
            self._text.append(text)

    def end(self, name: str) -> None:
        """Take a closing tag."""
        if name == "t":
            self._in_text = False
        elif name == "r" and self._text is not None:
            text = "".join(self._text)
            self.runs.append((self._font, text))
            is_mark = self._is_raised and text.strip().isdecimal() and self.marked.rstrip()[-1:].isdecimal()
            self.has_mark = self.has_mark or is_mark
            self._marked.append(f" ({text.strip()})" if is_mark else text)
            self._text = None
