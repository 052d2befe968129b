"""How well a few letters name something: "setl", "s l" and "latest" all name "Set latest…", "sqyd" names 山雀阅读.

Works on texts alone. Must not know what they are the names of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import Final, TypeAlias

from pgyer_desktop.core.goto.pinyin import initial
from pgyer_desktop.core.history.plain import plain, plain_signs

MOST_LETTERS: Final = 80
"""Of what was typed; nothing here has a longer name."""
_LEAST_INSIDE: Final = 3
"""Letters that are looked for inside words, too: of fewer there are some everywhere."""
_HAN: Final = "\u3400-\u9fff\uf900-\ufaff"
_WORD: Final = re.compile(f"[{_HAN}]|[^\\W_{_HAN}]+")
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_Words: TypeAlias = tuple[tuple[str, ...], ...]
"""Each word with the ways in which it can be written."""


@dataclass(frozen=True, slots=True)
class Letters:
    """What was typed, in plain characters and casefolded."""

    phrase: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A name, ready to be compared with letters."""

    title: str
    words: _Words
    also: tuple[str, ...]


def typed(text: str) -> Letters:
    """What was typed, ready to be compared with names."""
    words = tuple(plain(text[:MOST_LETTERS]).split())
    return Letters(" ".join(words), words)


def name(title: str, also: str = "") -> Name:
    """A name that shows, and words separated by spaces that it can be found by as well."""
    title, also = plain_signs(title), plain_signs(also)
    written = title.casefold()
    words = _WORD.findall(_HUMP.sub(" ", title))
    return Name(
        " ".join(written.split()),
        tuple(_ways(word.casefold()) for word in words),
        tuple(dict.fromkeys([*also.casefold().split(), *_WORD.findall(also.casefold())])),
    )


def rank(letters: Letters, of: Name) -> int | None:
    """How well `letters` name it, 0 for best; None where they do not. No letters name everything."""
    if of.title.startswith(letters.phrase):
        return 0
    if all(_begins(word, of) for word in letters.words):
        return 1
    if all(fits(word, of) for word in letters.words):
        return 2
    return 3 if all(fits(word, of) or _is_beside(word, of) for word in letters.words) else None


def fits(word: str, of: Name) -> bool:
    """Whether `word` is made of the first letters of some words of the name, in their order."""
    reached = {0}
    for ways in of.words:
        reached |= {
            at + length
            for at in reached
            for way in ways
            if word.startswith(way[0], at)  # most words do not begin so
            for length in range(1, _shared(word[at:], way) + 1)
        }
        if len(word) in reached:
            return True
    return False


def _begins(word: str, of: Name) -> bool:
    """Whether a word of the name begins so; Chinese has no spaces, and any character may begin a word."""
    return any(way.startswith(word) for ways in of.words for way in ways) or (not word.isascii() and word in of.title)


def _is_beside(word: str, of: Name) -> bool:
    inside = len(word) >= _LEAST_INSIDE
    return (inside and word in of.title) or any(
        other.startswith(word) or (inside and not word.isalnum() and word in other) for other in of.also
    )


def _shared(one: str, other: str) -> int:
    """How many letters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _ways(word: str) -> tuple[str, ...]:
    letter = initial(word) if len(word) == 1 else ""
    return (word, letter) if letter else (word,)
