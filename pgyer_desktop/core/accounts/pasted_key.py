"""Which part of what was typed or pasted is an API key: the field gets links, whole lines and other services' keys.

Must not keep a key, and must not ask Pgyer.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

KEY_LENGTH: Final = 32
"""Of every key that Pgyer was seen to give: that many hex digits."""

_RUN: Final = re.compile(r"[0-9a-f]+", re.IGNORECASE)
_BETWEEN_PIECES: Final = re.compile(r"[\s:_-]+")
_NAMED: Final = re.compile(r"api[\s_-]*key\W{0,12}$", re.IGNORECASE)
_NAMED_WITHIN: Final = 32
"""Characters in front of a key."""
_LEAST_IN_TEXT: Final = 16
"""Of hex digits that may be a key among other words: shorter runs are parts of words, dates and numbers."""
_MOST: Final = 128
"""Longer ones are somebody's data."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. Its `repr` shows no key."""

    keys: tuple[str, ...] = field(default=(), repr=False)
    """What may be the key, the likeliest first; none in a link or a word."""
    sure: bool = False
    """Whether there is one, and it has the length of a key."""
    in_pieces: bool = False
    """Whether the only one was put together from parts."""


def read_key(text: str) -> Reading:
    """What of `text` may be an API key. Full-width characters are plain ones, those without a width none."""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(ch for ch in plain if unicodedata.category(ch) != "Cf").strip()
    runs = list(_RUN.finditer(plain))
    whole = [run for run in runs if len(run[0]) == KEY_LENGTH]
    named = [run for run in whole if _NAMED.search(plain, max(0, run.start() - _NAMED_WITHIN), run.start())]
    keys = tuple({run[0].lower(): run[0] for run in (*named, *whole)}.values())
    if keys:
        return Reading(keys, sure=len(keys) == 1)
    joined = _BETWEEN_PIECES.sub("", plain)
    if _RUN.fullmatch(joined) and len(joined) <= _MOST:
        return Reading((joined,), in_pieces=joined != plain)
    if is_link(plain):
        return Reading()
    return Reading(tuple(dict.fromkeys(run[0] for run in runs if _LEAST_IN_TEXT <= len(run[0]) <= _MOST)))


def is_link(text: str) -> bool:
    """Whether `text` is, or begins with, an address."""
    return re.match(r"\s*(?:[a-z][a-z0-9+.-]*://|www\.)", text, re.IGNORECASE) is not None
