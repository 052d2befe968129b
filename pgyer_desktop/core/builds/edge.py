"""The edge in a list of builds between what is newer and what is older than the latest.

Only where the list is in the service's order, and where exactly one build is known to be the latest. Must not read
anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pgyer_desktop.core.builds.pages import PageView

_ROUND: Final = 10


@dataclass(frozen=True, slots=True)
class Edge:
    """It lies above `row`, in which the latest stands."""

    row: int
    key: str
    """Of the latest."""
    newer: int
    exact: bool = True
    """Whether there are just as many that are newer, or at least as many."""


def edge_on(view: PageView) -> Edge | None:
    """Where it lies on a page; None where there is none between two rows, or nobody knows how many are newer."""
    if len(view.latest.keys) != 1:
        return None
    (key,) = view.latest.keys
    row = next((row for row, build in enumerate(view.builds) if build.build_key == key), 0)
    if row == 0:
        return None
    if view.number == 1:
        return Edge(row, key, row, exact=not view.unreadable)
    # The last page may be short, and a row that is kept on this one is none of the service's: rounded down.
    before = (view.number - 1) * (len(view.builds) // _ROUND * _ROUND) if view.number < view.page_count else 0
    return Edge(row, key, before, exact=False) if before else None
