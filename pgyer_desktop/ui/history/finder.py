"""Finds the rows of one app's history: those that match, in the order that is wanted, perhaps under headings.

Keeps what was read until the history has changed, and never holds the loop for longer than a slice. Must not paint.
"""

from __future__ import annotations

import asyncio
import time
from array import array
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from pgyer_desktop.ui.history.rows import HistoryRows
from pgyer_desktop.ui.history.search import HistorySearch
from pgyer_desktop.ui.history.slices import SLICE_SECONDS, breathe
from pgyer_desktop.ui.history.version_groups import GroupedRows, grouped

if TYPE_CHECKING:
    from pgyer_desktop.core.history.app_history import AppHistory, Coverage, Versions
    from pgyer_desktop.core.history.search import Query

_SLICE_ROWS: Final = 1000
_Summary = tuple["Coverage", frozenset[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, and how it is to be shown."""

    query: Query
    order: tuple[str, bool] | None
    """The key of the column to sort by, and whether downwards; None: the service's order."""
    grouped: bool
    otherwise: Query | None = None
    """What is looked for where the first query finds nothing."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, and what is known of the app as a whole."""

    coverage: Coverage
    latest_keys: frozenset[str]
    rows: HistoryRows | GroupedRows
    otherwise: bool = False
    """Whether they are what the second query found."""


class HistoryFinder:
    """Looks into the history of one app."""

    def __init__(self, history: AppHistory) -> None:
        self._history = history
        self._search = HistorySearch(history)
        self._sorted: tuple[int, tuple[str, bool], array[int]] | None = None
        self._versions: tuple[int, Versions] | None = None
        self._summary: tuple[int, _Summary] | None = None

    async def find(self, wanted: Wanted, generation: int) -> Found:
        """Find the rows. Raises `HistoryError`. `generation` is another number whenever the history has changed."""
        coverage, latest, gaps = await self._summed_up(generation)
        ids = await self._passing(wanted.query, generation)
        otherwise = ids is not None and not ids and wanted.otherwise is not None
        if otherwise and wanted.otherwise is not None:
            ids = await self._passing(wanted.otherwise, generation)
        if wanted.order is not None:
            ids = await self._in_order(wanted.order, generation, ids)
        if wanted.grouped:
            return Found(coverage, latest, await self._in_groups(generation, ids), otherwise)
        # Between rows that are filtered or sorted nothing can be missing, and everything.
        shown_gaps = gaps if ids is None else frozenset[str]()
        rows = HistoryRows(self._history, coverage.builds, ids, gap_keys=shown_gaps)
        return Found(coverage, latest, rows, otherwise)

    async def _passing(self, query: Query, generation: int) -> array[int] | None:
        """The ids of the rows that pass, in the service's order; None: all."""
        return None if query.is_empty else await self._search.find(query, generation)

    async def _summed_up(self, generation: int) -> _Summary:
        """What is known of the app, its latest builds, and those below which others may be missing."""
        held = self._summary
        if held is None or held[0] != generation:
            held = self._summary = (generation, await asyncio.to_thread(self._history.summary))
        return held[1]

    async def _in_groups(self, generation: int, ids: array[int] | None) -> GroupedRows:
        """These rows under headings; None: all, in the service's order."""
        held = self._versions
        if held is None or held[0] != generation:
            held = self._versions = (generation, await asyncio.to_thread(self._history.versions))
        versions = held[1]
        if ids is not None:
            versions = await grouped(ids, versions, await asyncio.to_thread(self._history.sizes))
        rows = HistoryRows(self._history, len(versions.ids), versions.ids)
        return GroupedRows(rows, versions.groups, frozenset())

    async def _in_order(self, order: tuple[str, bool], generation: int, kept: array[int] | None) -> array[int]:
        """All ids sorted, or those of `kept`."""
        held = self._sorted
        if held is None or held[:2] != (generation, order):
            column, descending = order
            read = partial(self._history.query, sort=column, descending=descending)
            held = self._sorted = (generation, order, await asyncio.to_thread(read))
        if kept is None:
            return held[2]
        wanted = set(kept)
        found = array("q")
        deadline = time.perf_counter() + SLICE_SECONDS
        for start in range(0, len(held[2]), _SLICE_ROWS):
            found.extend([row for row in held[2][start : start + _SLICE_ROWS] if row in wanted])
            deadline = await breathe(deadline)
        return found
