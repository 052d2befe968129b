"""One thing that can be picked, and how well it answers a search.

Must not know widgets: matching is plain text work and is tested as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QIcon

NO_SYMBOL: Final = "-"


@dataclass(frozen=True, slots=True)
class PickerItem:
    """A row of a picker.

    Attributes:
        key: names the item; the same key may stand in several sections.
        title: the first line, and what the button shows.
        subtitle: the second line, in the secondary colour; may be empty.
        search_text: what a search looks at besides the title, words separated by spaces.
        section: the heading it stands under; items of one section follow each other. Empty: no heading.
        icon: its picture; None: a placeholder with its initial.
        symbol: one of our icons in place of a picture, for what is no app; `NO_SYMBOL` leaves the place empty.
        aside: a few words at the end of the row, such as a shortcut.
        refused: whether it cannot be chosen now; its subtitle says why.

    """

    key: str
    title: str
    subtitle: str = ""
    search_text: str = ""
    section: str = ""
    icon: QIcon | None = None
    symbol: str = ""
    aside: str = ""
    refused: bool = False


def matching(items: Iterable[PickerItem], query: str) -> list[PickerItem]:
    """The items that hold every word of `query`, in any order and case, best first; each key once.

    Best are those whose title starts with the query, then those with a word of the title starting with its first word,
    then the rest; within each the order given is kept. An empty query matches everything.
    """
    words = query.casefold().split()
    phrase = " ".join(words)
    ranked: list[tuple[int, PickerItem]] = []
    seen: set[str] = set()
    for item in items:
        if item.key in seen:
            continue
        title = item.title.casefold()
        text = f"{title} {item.search_text.casefold()}"
        if all(word in text for word in words):
            seen.add(item.key)
            ranked.append((_rank(title, words, phrase), item))
    ranked.sort(key=lambda pair: pair[0])
    return [item for _, item in ranked]


def _rank(title: str, words: list[str], phrase: str) -> int:
    if not words or title.startswith(phrase):
        return 0
    if any(part.startswith(words[0]) for part in title.split()):
        return 1
    return 2 if words[0] in title else 3
