"""Text → how much of it can be Vietnamese: a word is a syllable of the spelling, or it is not.

The spelling knows some thirty onsets and a hundred and sixty rhymes, so a wrong reading of bytes hardly ever gives
syllables. Spelling rules between the parts (c or k) are left out: names such as Kạn or Pác do not keep them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_ONSETS = "b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x"
_RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong
    ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh uêt ui um un ung uơ uôc uôi uôm uôn uông uôt up ut
    uy uya uych uyên uyêt uynh uyt uyp uyu
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu ynh yt
"""
_SYLLABLE = re.compile(f"(?:{_ONSETS})?(?:{'|'.join(sorted(_RHYMES.split(), key=len, reverse=True))})")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
# A tone stands on a vowel, on its breve, circumflex or horn.
_MISPLACED = re.compile("(?<![aeiouy\u0302\u0306\u031b])[\u0300\u0301\u0303\u0309\u0323]")
# Sharp and heavy: no other tone ends in a stop.
_TONES_OF_STOPS = ("\u0301", "\u0323")
# What may belong to a word in any reading: letters, marks, and the signs that old encodings use for letters.
_WORD = re.compile(
    "[^\\W\\d_\u0080-\u024f\u1ea0-\u1eff]*[\u0080-\u024f\u0300-\u036f\u1ea0-\u1eff\u20ab]+"
    "(?:[^\\W\\d_]|[\u0080-\u024f\u0300-\u036f\u1ea0-\u1eff\u20ab])*"
)


class Spelling(NamedTuple):
    """Of the words with a letter beyond ASCII: how many there are, and how many are Vietnamese syllables."""

    words: int
    syllables: int

    @property
    def share(self) -> float:
        """Return the share of syllables; 1 where there is nothing to doubt."""
        return self.syllables / self.words if self.words else 1.0


def spelling_of(text: str) -> Spelling:
    """Return how the words of a text that have letters beyond ASCII are spelt."""
    words = _WORD.findall(text)
    return Spelling(len(words), sum(map(is_syllable, words)))


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Return whether a word is one syllable of Vietnamese spelling, in any case."""
    letters = unicodedata.normalize("NFD", word.casefold())
    tones = _TONES.findall(letters)
    bare = unicodedata.normalize("NFC", _TONES.sub("", letters))
    if len(tones) > 1 or _MISPLACED.search(letters) or not _SYLLABLE.fullmatch(bare):
        return False
    return not bare.endswith(("c", "ch", "p", "t")) or (bool(tones) and tones[0] in _TONES_OF_STOPS)
