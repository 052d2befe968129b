"""Where a build stands in the service's list, told by the rows of a page: newest first, by its count or upload time.

Must not read anything.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.builds.pages import PageView


class Side(Enum):
    """Where a build must be, seen from the rows of a page."""

    ABOVE = "above"
    """It is newer than all of them."""
    AMONG = "among"
    """A newer and an older one are on the page: it is here or nowhere."""
    BELOW = "below"
    """It is older than all of them."""
    UNKNOWN = "unknown"
    """They do not tell: without counts and times, out of order, or another build has its place."""


def side(build: Build, rows: Sequence[Build]) -> Side:
    """Where `build`, which is none of them, must be seen from `rows`, in the order of the service's list."""
    own, others = _count(build), [found for found in map(_count, rows) if found is not None]
    if own is None or not others:
        own, others = uploaded(build), [found for found in map(uploaded, rows) if found is not None]
    if own is None or not others or own in others or any(upper < lower for upper, lower in pairwise(others)):
        return Side.UNKNOWN
    if own > others[0]:
        return Side.ABOVE
    return Side.BELOW if own < others[-1] else Side.AMONG


def with_rows(view: PageView, builds: Sequence[Build], seen_here: Mapping[str, int]) -> PageView:
    """`view` and those of `builds` that belong on it and are not listed there.

    Where a build stands between two pages, or its place is not told, it stays where it was seen last: `seen_here` has
    the rows of those that were seen on this page, by their keys.
    """
    rows, holes = list(view.builds), set(view.holes)
    for build in builds:
        if view.build(build.build_key) is not None:
            continue
        at = side(build, rows)
        inside = (
            not rows
            or at is Side.AMONG
            or (at is Side.ABOVE and view.number == 1)
            or (at is Side.BELOW and view.number >= view.page_count)
        )
        if inside or build.build_key in seen_here:
            row = _row_of(build, rows) if at is not Side.UNKNOWN else seen_here.get(build.build_key, 0)
            rows.insert(row, build)
            # What could not be read in this very place may stand in front of it or behind.
            holes = {hole + 1 for hole in holes if hole >= row} | {hole for hole in holes if hole <= row}
    return replace(view, builds=tuple(rows), holes=tuple(sorted(holes))) if len(rows) > len(view.builds) else view


def without_rows(view: PageView, keys: Collection[str]) -> PageView:
    """`view` without the rows of these builds."""
    left = [build for build in view.builds if build.build_key not in keys]
    if len(left) == len(view.builds):
        return view
    # What could not be read stays between the same neighbours.
    before = [sum(build.build_key not in keys for build in view.builds[:hole]) for hole in view.holes]
    return replace(view, builds=tuple(left), holes=tuple(dict.fromkeys(before)))


def _row_of(build: Build, rows: Sequence[Build]) -> int:
    """In front of the first row that is older."""
    older = (row for row, other in enumerate(rows) if side(build, (other,)) is Side.ABOVE)
    return next(older, len(rows))


def _count(build: Build) -> float | None:
    return float(build.pgyer_build) if build.pgyer_build is not None else None


def uploaded(build: Build) -> float | None:
    """When it was uploaded, in seconds since 1970; None where that is not known."""
    created = build.created
    return created.timestamp() if created is not None and created.tzinfo is not None else None
