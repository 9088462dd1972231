"""A file that will not be read further → the rule it breaks. Known to the child process and to its parent."""

from __future__ import annotations

# The exit code of a child that lacks a library.
NOT_INSTALLED = 70


class Refusal(Exception):  # noqa: N818 - an answer about the file, not an error of the program
    """The file breaks `rule`; `found`, `sheet`, `cell` and `words` fill in the sentence of that rule."""

    def __init__(
        self,
        rule: str,
        found: str | None = None,
        *,
        sheet: str | None = None,
        cell: str | None = None,
        **words: str | int,
    ) -> None:
        super().__init__(rule)
        self.rule = rule
        self.found = found
        self.sheet = sheet
        self.cell = cell
        self.words = words
