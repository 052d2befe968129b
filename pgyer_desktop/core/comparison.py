"""Two builds of an app side by side: which is newer, how much bigger, and what changed in the notes.

Must not write numbers or times for people: that is the `ui`'s business.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pgyer_desktop.api.models import Build

_MOST_LINES: Final = 2000
"""Notes with more lines are compared as a whole: line by line would take seconds."""


class Change(Enum):
    """What became of a line from the older to the newer build."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the notes."""

    text: str
    change: Change


@dataclass(frozen=True, slots=True)
class Comparison:
    """`older` and `newer` by Pgyer's own count, else by time; as they were given where neither tells."""

    older: Build
    newer: Build
    ordered: bool
    """Whether it is known which is older."""
    older_notes: tuple[Line, ...]
    newer_notes: tuple[Line, ...]

    @property
    def growth(self) -> int | None:
        """Bytes by which the newer one is bigger; None where a size is not known."""
        if self.older.size is None or self.newer.size is None:
            return None
        return self.newer.size - self.older.size

    @property
    def growth_share(self) -> float | None:
        """`growth` as a share of the older one's size, 0.03 for 3 %; None where that says nothing."""
        if self.growth is None or not self.older.size:
            return None
        return self.growth / self.older.size


def compare(first: Build, second: Build) -> Comparison:
    """Compare two builds, given in any order."""
    order = _order(first, second)
    older, newer = (second, first) if order > 0 else (first, second)
    return Comparison(older, newer, order != 0, *compare_notes(older.notes, newer.notes))


def compare_notes(older: str, newer: str) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of both, each with what became of it."""
    before, after = older.strip().splitlines(), newer.strip().splitlines()
    if max(len(before), len(after)) > _MOST_LINES:
        same = before == after
        return (
            tuple(Line(text, Change.SAME if same else Change.REMOVED) for text in before),
            tuple(Line(text, Change.SAME if same else Change.ADDED) for text in after),
        )
    left: list[Line] = []
    right: list[Line] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        same = kind == "equal"
        left += [Line(text, Change.SAME if same else Change.REMOVED) for text in before[a:b]]
        right += [Line(text, Change.SAME if same else Change.ADDED) for text in after[c:d]]
    return tuple(left), tuple(right)


def _order(first: Build, second: Build) -> int:
    """Greater than 0 where the first is the newer one, less where it is the older one, 0 where nobody knows."""
    if first.pgyer_build is not None and second.pgyer_build is not None:
        return first.pgyer_build - second.pgyer_build
    if first.created is not None and second.created is not None:
        return (first.created > second.created) - (first.created < second.created)
    return 0
