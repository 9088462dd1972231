"""Registered names and codes, handed in as data → the code that a typed name means, or why there is none."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ingestion.layouts import VocabularyName
from ingestion.normalising.text import to_key

_MOST_SUGGESTIONS = 3
_MOST_KNOWN_NAMES = 12


@dataclass(frozen=True)
class Term:
    """One registered meaning: its code, its unique label, other names, and where or when it holds.

    `of` limits a term to one indicator (a method of it); `bare_name` is a name that several terms may share.
    """

    code: str
    label: str
    aliases: tuple[str, ...] = ()
    bare_name: str | None = None
    of: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def is_valid_on(self, on: date) -> bool:
        """Return whether the term exists on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


@dataclass(frozen=True)
class Unresolved:
    """Why a name means no single term: `rule`, and the labels that it may have meant."""

    rule: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """All terms of one kind."""

    terms: tuple[Term, ...]

    @cached_property
    def _by_code(self) -> Mapping[str, tuple[Term, ...]]:
        return _index((term.code, term) for term in self.terms)

    @cached_property
    def _by_key(self) -> Mapping[str, tuple[Term, ...]]:
        names = ((name, term) for term in self.terms for name in (term.label, *term.aliases))
        return _index((to_key(name), term) for name, term in names if name)

    @cached_property
    def _by_bare_name(self) -> Mapping[str, tuple[Term, ...]]:
        return _index((to_key(term.bare_name), term) for term in self.terms if term.bare_name)

    def find(
        self, typed: str, *, of: str | None = None, on: date | None = None, only_codes: bool = False
    ) -> Term | Unresolved:
        """Return the term that a code, label, alias or bare name means.

        A label or code stands for itself at any time; a bare name that several terms share means the one that
        exists `on` that day. `of` is the indicator whose methods are asked for.
        """
        typed = typed.strip()
        found = self._fitting(self._by_code.get(typed, ()), of)
        if not found and not only_codes:
            found = self._fitting(self._by_key.get(to_key(typed), ()), of)
        if found:
            return _single(found)
        namesakes = () if only_codes else self._fitting(self._by_bare_name.get(to_key(typed), ()), of)
        if len(namesakes) > 1 and on is not None:
            existing = tuple(term for term in namesakes if term.is_valid_on(on))
            return _single(existing) if existing else Unresolved("admin_unit_not_valid", _labels(namesakes))
        return _single(namesakes) if namesakes else Unresolved("term_unknown")

    def term_of(self, code: str) -> Term | None:
        """Return the first term of a code."""
        return next(iter(self._by_code.get(code, ())), None)

    def suggestions(self, typed: str, *, of: str | None = None) -> tuple[str, ...]:
        """Return the labels nearest in spelling. They are offered to the officer, never taken."""
        names = {to_key(name): term for term in self.terms for name in (term.label, *term.aliases, term.code)}
        close = difflib.get_close_matches(to_key(typed), names, n=2 * _MOST_SUGGESTIONS, cutoff=0.75)
        return _labels(self._fitting((names[key] for key in close), of))[:_MOST_SUGGESTIONS]

    def known_names(self, *, of: str | None = None) -> str:
        """Return the labels of all terms that fit, in a sentence; a long list is cut."""
        labels = _labels(self._fitting(self.terms, of))
        return "; ".join(labels[:_MOST_KNOWN_NAMES]) + (" …" if len(labels) > _MOST_KNOWN_NAMES else "")

    @staticmethod
    def _fitting(terms: Iterable[Term], of: str | None) -> tuple[Term, ...]:
        return tuple(term for term in terms if term.of is None or term.of == of)


@dataclass(frozen=True)
class Vocabularies:
    """The registered terms of every kind a form may name."""

    by_name: Mapping[VocabularyName, Vocabulary] = field(default_factory=dict)

    def __getitem__(self, name: VocabularyName) -> Vocabulary:
        """Return the terms of one kind. Raises KeyError when the line handed in none."""
        return self.by_name[name]


def _index(pairs: Iterable[tuple[str, Term]]) -> dict[str, tuple[Term, ...]]:
    index: dict[str, list[Term]] = defaultdict(list)
    for key, term in pairs:
        if term not in index[key]:
            index[key].append(term)
    return {key: tuple(terms) for key, terms in index.items()}


def _single(terms: tuple[Term, ...]) -> Term | Unresolved:
    if len({term.code for term in terms}) == 1:
        return terms[0]
    return Unresolved("term_ambiguous", _labels(terms))


def _labels(terms: Iterable[Term]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term.label for term in terms))
