"""Wordings of a form's YAML → whether a text is one of them.

`*` stands for any words or none, `\\*` for an asterisk, `{year}` for a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ingestion.normalising.text import to_key

YEAR = r"((?:19|20)\d\d)"


@lru_cache(maxsize=1_024)
def to_pattern(wording: str) -> re.Pattern[str]:
    """Return the pattern of the keys (`to_key`) of all texts with this wording; its group is the year."""
    pieces = (re.escape(to_key(piece.replace("\\*", "*"))) for piece in re.split(r"(?<!\\)\*", wording))
    return re.compile(re.sub(r"(?:\\ )?\\\{year\\\}", lambda _: f" ?{YEAR}", ".*".join(pieces)))


def is_worded(text: str, wordings: Iterable[str]) -> bool:
    """Return whether the whole text has one of the wordings."""
    key = to_key(text)
    return any(to_pattern(wording).fullmatch(key) for wording in wordings)


def find_year(text: str, wordings: Iterable[str]) -> str | None:
    """Return the year of a text that has one of the wordings with `{year}`."""
    key = to_key(text)
    found = (to_pattern(wording).fullmatch(key) for wording in wordings)
    return next((match.group(1) for match in found if match), None)


def after_wording(text: str, wordings: Iterable[str]) -> str | None:
    """Return what follows one of the wordings at the beginning of a text, without a colon between them.

    The longest wording counts: “Đơn vị tính - Unit: Ha” and “ĐVT: Ha” both say “Ha”.
    """
    for wording in sorted(wordings, key=len, reverse=True):
        words = r"\s+".join(re.escape(word) for word in wording.split())
        if found := re.match(rf"[(\s]*{words}(?!\w)\s*:?\s*", text, re.IGNORECASE):
            return text[found.end() :].strip()
    return None
