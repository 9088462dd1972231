"""Registered names and codes, handed in as data → the code that a typed name means, or why there is none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from rapidfuzz import fuzz, process

from ingestion.layouts import VocabularyName
from ingestion.normalising.scales import Scales
from ingestion.normalising.text import to_key, to_plain, to_spelling_key
from ingestion.normalising.words import Words

_MOST_SUGGESTIONS = 3
_MOST_KNOWN_NAMES = 12
# Of 100; below it two names share letters by chance. Nobody types a name much longer than the longest one.
_LEAST_LIKENESS = 75
_MOST_TYPED = 200


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
    # Of an administrative unit: its code in the official list of its time, and the labels of its successors.
    official_code: str | None = None
    successors: tuple[str, ...] = ()
    # Of a unit of measure: what it scales, and how many base units of that make one of it.
    dimension: str | None = None
    factor: Decimal | None = None
    # Of an indicator: its unit of measure, and the range in which its figures usually lie.
    measured_in: str | None = None
    plausible: tuple[float | None, float | None] = (None, None)

    def is_valid_on(self, on: date) -> bool:
        """Return whether the term exists on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


@dataclass(frozen=True)
class Unresolved:
    """Why a name means no single term: `rule`, and the labels that it may have meant.

    Of a unit dissolved before the day asked for, the candidates are its successors and `ended` is its last day.
    """

    rule: str
    candidates: tuple[str, ...] = ()
    ended: date | None = None


@dataclass(frozen=True)
class Vocabulary:
    """All terms of one kind; `unit_types` are the types before names of places, in full → shortened."""

    terms: tuple[Term, ...]
    unit_types: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def _by_code(self) -> Mapping[str, tuple[Term, ...]]:
        return _index((term.code, term) for term in self.terms)

    @cached_property
    def _by_key(self) -> Mapping[str, tuple[Term, ...]]:
        return _index((to_key(name), term) for name, term in self._names())

    @cached_property
    def _by_spelling(self) -> Mapping[str, tuple[Term, ...]]:
        return _index((self._to_spelling(name), term) for name, term in self._names())

    @cached_property
    def _by_shared_name(self) -> Mapping[str, tuple[Term, ...]]:
        """Return the terms by what several may bear: bare name, label without its dates, official code."""
        shared: list[tuple[str, Term]] = []
        for term in self.terms:
            names = (term.bare_name, _DATES.sub("", term.label), term.official_code)
            shared += [(self._to_spelling(name), term) for name in names if name]
        return _index(shared)

    @cached_property
    def _by_name_without_type(self) -> Mapping[str, tuple[Term, ...]]:
        return _index(
            (rest, term)
            for term in self.terms
            if term.bare_name and (rest := self._without_type(self._to_spelling(term.bare_name)))
        )

    @cached_property
    def _by_shortened_code(self) -> Mapping[str, tuple[Term, ...]]:
        codes = ((term.official_code, term) for term in self.terms if term.official_code)
        return _index((code.lstrip("0"), term) for code, term in codes)

    @cached_property
    def _type_pattern(self) -> re.Pattern[str]:
        forms = {to_spelling_key(form) for full, short in self.unit_types.items() for form in (full, *short)}
        longest_first = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        return re.compile(rf"({longest_first})(?:(?<=\.) ?|[ .]\s*)(?=\S)") if forms else re.compile(r"(?!)")

    @cached_property
    def _full_types(self) -> Mapping[str, str]:
        return {
            to_spelling_key(form): to_spelling_key(full)
            for full, short in self.unit_types.items()
            for form in (full, *short)
        }

    def find(
        self, typed: str, *, of: str | None = None, on: date | None = None, only_codes: bool = False
    ) -> Term | Unresolved:
        """Return the term that a code, label, alias or shared name means.

        A label or code stands for itself at any time; a name that several terms share means the one that exists
        `on` that day, and so does a code of an official list. `of` is the indicator whose methods are asked for.
        A name without the type of its unit (“Thái Nguyên”) is taken only if one unit ever bore it.
        """
        typed = typed.strip()
        if len(typed) > _MOST_TYPED:
            return Unresolved("term_unknown")
        found = self._fitting(self._by_code.get(typed, ()), of)
        if only_codes:
            return _single(found) if found else Unresolved("term_unknown")
        spelling = self._to_spelling(typed)
        for index, key in ((self._by_key, to_key(typed)), (self._by_spelling, spelling)):
            found = found or self._fitting(index.get(key, ()), of)
        if found:
            return _single(found)
        if namesakes := self._fitting(self._by_shared_name.get(spelling, ()), of):
            return _of_the_day(namesakes, on)
        if untyped := self._fitting(self._by_name_without_type.get(spelling, ()), of):
            return _single(_existing(untyped, on) or untyped, of=untyped)
        # A number cell loses the zeros before an official code: what is left asks, it names nothing.
        shortened = self._by_shortened_code.get(typed, ())
        return Unresolved("term_ambiguous", _labels(shortened)) if shortened else Unresolved("term_unknown")

    def named(self, typed: str) -> Term | None:
        """Return the term that a code, label or alias means at any time, None when it means none or several."""
        found = self.find(typed)
        return found if isinstance(found, Term) else None

    def term_of(self, code: str) -> Term | None:
        """Return the first term of a code."""
        return next(iter(self._by_code.get(code, ())), None)

    def suggestions(self, typed: str, *, of: str | None = None, with_codes: bool = False) -> tuple[str, ...]:
        """Return the labels nearest in spelling. They are offered to the officer, never taken."""
        if len(typed) > _MOST_TYPED:
            return ()
        best: dict[str, float] = {}
        for key, names in ((to_key(typed), self._keys), (to_plain(typed), self._plain_keys)):
            # Without its marks a name is likelier to be another one: of equals the one with marks comes first.
            for _, likeness, at in process.extract(
                key, names, scorer=fuzz.ratio, limit=4 * _MOST_SUGGESTIONS, score_cutoff=_LEAST_LIKENESS
            ):
                term = self._named[at]
                if term.of is None or term.of == of:
                    shown = likeness - (names is self._plain_keys)
                    label = _with_code(term) if with_codes else term.label
                    best[label] = max(best.get(label, 0), shown)
        return tuple(sorted(best, key=lambda label: -best[label]))[:_MOST_SUGGESTIONS]

    def known_names(
        self, *, of: str | None = None, with_codes: bool = False, near: Sequence[str] = ()
    ) -> str:
        """Return the labels of all terms that fit, in a sentence; of a long list those that are `near`, or some."""
        terms = self._fitting(self.terms, of)
        labels = tuple(map(_with_code, terms)) if with_codes else _labels(terms)
        if len(labels) > _MOST_KNOWN_NAMES and near:
            return f"{'; '.join(near)}; hoặc tên khác trong danh mục"
        return "; ".join(labels[:_MOST_KNOWN_NAMES]) + (" …" if len(labels) > _MOST_KNOWN_NAMES else "")

    def _names(self) -> Iterable[tuple[str, Term]]:
        return ((name, term) for term in self.terms for name in (term.label, *term.aliases) if name)

    @cached_property
    def _spoken(self) -> tuple[tuple[str, Term], ...]:
        bare = ((term.bare_name, term) for term in self.terms if term.bare_name)
        codes = ((term.code, term) for term in self.terms)
        return (*self._names(), *bare, *codes)

    @cached_property
    def _named(self) -> tuple[Term, ...]:
        return tuple(term for _, term in self._spoken)

    @cached_property
    def _keys(self) -> list[str]:
        return [to_key(name) for name, _ in self._spoken]

    @cached_property
    def _plain_keys(self) -> list[str]:
        return [to_plain(name) for name, _ in self._spoken]

    def _to_spelling(self, name: str) -> str:
        """Return the spelling of a name, the type before each place in it written in full."""
        places = to_spelling_key(name).split(",")
        return ", ".join(self._with_full_type(place.strip()) for place in places)

    def _with_full_type(self, place: str) -> str:
        found = self._type_pattern.match(place)
        return f"{self._full_types[found[1]]} {place[found.end() :]}" if found else place

    def _without_type(self, spelling: str) -> str:
        found = self._type_pattern.match(spelling)
        return spelling[found.end() :] if found else ""

    @staticmethod
    def _fitting(terms: Iterable[Term], of: str | None) -> tuple[Term, ...]:
        return tuple(term for term in terms if term.of is None or term.of == of)


@dataclass(frozen=True)
class Vocabularies:
    """The registered terms of every kind a form may name, and the words that stand beside figures."""

    by_name: Mapping[VocabularyName, Vocabulary] = field(default_factory=dict)
    words: Words = field(default_factory=Words)

    def __getitem__(self, name: VocabularyName) -> Vocabulary:
        """Return the terms of one kind. Raises KeyError when the line handed in none."""
        return self.by_name[name]

    @cached_property
    def scales(self) -> Scales:
        """Return the units of measure and words of magnitude that may stand behind a number."""
        return Scales(self.by_name.get("units_of_measure"), self.words.magnitudes)


# What a label says of the validity of a unit: "Tỉnh Thái Nguyên (đến 30/6/2025)".
_DATES = re.compile(r" \([^()]*\)$")


def _index(pairs: Iterable[tuple[str, Term]]) -> dict[str, tuple[Term, ...]]:
    index: dict[str, list[Term]] = defaultdict(list)
    for key, term in pairs:
        if term not in index[key]:
            index[key].append(term)
    return {key: tuple(terms) for key, terms in index.items()}


def _existing(terms: tuple[Term, ...], on: date | None) -> tuple[Term, ...]:
    return terms if on is None else tuple(term for term in terms if term.is_valid_on(on))


def _of_the_day(namesakes: tuple[Term, ...], on: date | None) -> Term | Unresolved:
    """Return the one of several namesakes that exists on a day; a single one stands for itself."""
    if on is None or len(namesakes) == 1:
        return _single(namesakes)
    if existing := _existing(namesakes, on):
        return _single(existing)
    ended = [term.valid_to for term in namesakes if term.valid_to is not None and term.valid_to < on]
    successors = tuple(dict.fromkeys(label for term in namesakes for label in term.successors))
    if len(ended) == len(namesakes) and successors:
        return Unresolved("admin_unit_dissolved", successors, max(ended))
    return Unresolved("admin_unit_not_valid", _labels(namesakes))


def _single(terms: tuple[Term, ...], of: tuple[Term, ...] | None = None) -> Term | Unresolved:
    """Return the only term; with `of`, the only one of these. Otherwise the terms are candidates."""
    if len({term.code for term in of or terms}) == 1:
        return terms[0]
    return Unresolved("term_ambiguous", _labels(terms if len(terms) > 1 else of or terms))


def _with_code(term: Term) -> str:
    return f"{term.code} ({term.label})"


def _labels(terms: Iterable[Term]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term.label for term in terms))
