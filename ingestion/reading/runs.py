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

    @property
    def has_old_font(self) -> bool:
        """Return whether a run is in a font of TCVN3 or VNI."""
        return any(charset_of_font(font) for font, _ in self.runs)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag."""
        if name == "r":
            self._font, self._text = "", []
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
            self.runs.append((self._font, "".join(self._text)))
            self._text = None
