"""A page as text → what a browser without a screen finds on it: forms with their fields, links, the heading."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_WITHOUT_END = {"input", "img", "meta", "link", "br"}


@dataclass
class Form:
    """One form: where it goes and what it brings along."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """A parsed page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.labelled: list[str] = []
        self.controls: list[dict[str, str]] = []
        self.headings: list[tuple[str, str]] = []
        self.lang: str | None = None
        self._heading: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, found: list[tuple[str, str | None]]) -> None:
        """Note what an element is."""
        attributes = {name: value or "" for name, value in found}
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "html":
            self.lang = attributes.get("lang")
        if tag == "form":
            self.forms.append(Form(attributes.get("action", ""), attributes.get("method", "get")))
        if tag == "a":
            self.links.append(attributes.get("href", ""))
        if tag == "label":
            self.labelled.append(attributes.get("for", ""))
        if tag in ("input", "textarea", "select"):
            if attributes.get("type") != "hidden":
                self.controls.append(attributes)
            if self.forms and "name" in attributes:
                self.forms[-1].fields[attributes["name"]] = attributes.get("value", "")
        if tag in ("h1", "h2", "h3"):
            self._heading = tag
            self.headings.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        """Note where a heading ends."""
        if tag == self._heading:
            self._heading = None

    def handle_data(self, data: str) -> None:
        """Note what a heading says."""
        if self._heading:
            tag, said = self.headings[-1]
            self.headings[-1] = (tag, said + data)

    def form_to(self, ending: str) -> Form:
        """Return the form whose address ends so."""
        return next(form for form in self.forms if form.action.endswith(ending))
