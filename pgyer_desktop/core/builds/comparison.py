"""Two builds of an app side by side: which is newer, how much bigger, and what changed in the notes.

Must not write numbers or times for people: that is the `ui`'s business.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import takewhile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pgyer_desktop.api import Build

_MOST_WORK: Final = 2_000_000
"""Steps that comparing line by line may take at worst, some 20 ms; beyond, what differs is compared as a whole.

Lines alone say little: where the same few repeat, `SequenceMatcher` takes the cube of their number, 40 s for 2,000.
"""


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
    head = _alike(zip(before, after, strict=False))
    tail = _alike(zip(reversed(before[head:]), reversed(after[head:]), strict=False))
    start, end = _same(before[:head]), _same(before[len(before) - tail :])
    before, after = before[head : len(before) - tail], after[head : len(after) - tail]
    left: list[Line] = []
    right: list[Line] = []
    if _work(before, after) > _MOST_WORK:
        left = [Line(text, Change.REMOVED) for text in before]
        right = [Line(text, Change.ADDED) for text in after]
    else:
        for kind, a, b, c, d in SequenceMatcher(_is_blank, before, after, autojunk=False).get_opcodes():
            same = kind == "equal"
            left += [Line(text, Change.SAME if same else Change.REMOVED) for text in before[a:b]]
            right += [Line(text, Change.SAME if same else Change.ADDED) for text in after[c:d]]
    return (*start, *left, *end), (*start, *right, *end)


def _alike(pairs: Iterable[tuple[str, str]]) -> int:
    """How many pairs at the beginning are of the same lines."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _same(lines: list[str]) -> tuple[Line, ...]:
    return tuple(Line(text, Change.SAME) for text in lines)


def _is_blank(line: str) -> bool:
    """Whether a line is no landmark: blank ones stand everywhere."""
    return not line.strip()


def _work(before: list[str], after: list[str]) -> int:
    """Steps of `SequenceMatcher` at worst: a walk over all lines and all pairs of equal ones, for each match."""
    there = Counter(line for line in after if not _is_blank(line))
    pairs = sum(there[line] for line in before)
    return (len(before) + pairs) * min(len(before), len(after), pairs)


def _order(first: Build, second: Build) -> int:
    """Greater than 0 where the first is the newer one, less where it is the older one, 0 where nobody knows."""
    if first.pgyer_build is not None and second.pgyer_build is not None and first.pgyer_build != second.pgyer_build:
        return first.pgyer_build - second.pgyer_build
    if first.created is not None and second.created is not None:
        return (first.created > second.created) - (first.created < second.created)
    return 0
