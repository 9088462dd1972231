"""Text as typed → text to keep (NFC), and a key under which two spellings of one name meet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
# Grave, acute, tilde, hook above, dot below: their place in a syllable has an old and a new way.
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_WORD = re.compile("(?:[^\\W\\d_][\u0300-\u036f]*)+")
# A syllable of consonants and y alone, its tone mark at the end as in a key.
_OPEN_Y = re.compile("^(qu|[bcdđghklmnprstvx]+)y([\u0300\u0301\u0303\u0309\u0323]?)$")
# Letters and marks of which nothing is seen: fillers, grapheme joiner, variation selectors.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10))))
# Small Cyrillic and Greek letters, as case folding leaves them, and the Latin ones they look like.
_LOOK_ALIKES = str.maketrans("авекмнорстухіјѕһԁԛԝαβεηικμνορτυχ", "abekmhopctyxijshdqwabehikmnoptyx")
_HYPHENS = re.compile("[\u2010-\u2015\u2212]")


def to_text(typed: str) -> str:
    """Return text in NFC with every run of white space as one space, without invisible characters."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", typed)).split())


# The cells of a form repeat the same few names.
@lru_cache(maxsize=16_384)
def to_key(typed: str) -> str:
    """Return the key of a name: case, white space, kind of hyphen and place of a tone mark do not matter.

    "Tỷ lệ hộ nghèo  " and "tỷ lệ hộ nghèo" are one name, so are "thuỷ sản" and "thủy sản".
    """
    letters = unicodedata.normalize("NFD", _HYPHENS.sub("-", to_text(typed)).casefold())
    return unicodedata.normalize("NFC", _WORD.sub(_with_tone_at_the_end, letters))


def _with_tone_at_the_end(word: re.Match[str]) -> str:
    letters = word.group()
    return _TONES.sub("", letters) + "".join(_TONES.findall(letters))


@lru_cache(maxsize=16_384)
def to_person_key(typed: str) -> str:
    """Return the key of a person's name: what tells two people apart to the eye, and nothing else.

    Full-width letters, letters of other alphabets that look Latin, invisible characters, dots and spaces do not matter.
    """
    plain = unicodedata.normalize("NFKC", typed).casefold().translate(_LOOK_ALIKES)
    kept = (
        letter
        for letter in unicodedata.normalize("NFD", plain)
        if letter not in _UNSEEN and unicodedata.category(letter)[0] in "LMN"
    )
    return to_key("".join(kept))


@lru_cache(maxsize=16_384)
def to_spelling_key(typed: str) -> str:
    """Return a key under which the two spellings with i and y at the end of an open syllable meet as well.

    "Tỷ lệ" and "tỉ lệ", "quý" and "quí", "Na Rì" and "Na Rỳ" are one spelling; "thúy" and "thúi" are two.
    """
    letters = unicodedata.normalize("NFD", to_key(typed))
    return unicodedata.normalize("NFC", _WORD.sub(_with_i_for_y, letters))


def to_plain(typed: str) -> str:
    """Return the key of a name without any mark over or under its letters: "Bắc Kạn" → "bac kan"."""
    letters = unicodedata.normalize("NFD", to_key(typed)).replace("đ", "d")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _with_i_for_y(word: re.Match[str]) -> str:
    return _OPEN_Y.sub(r"\1i\2", word.group())
