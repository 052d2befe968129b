"""Finds the rows of a history that pass a query, in slices that leave the loop free.

What is searched is read once and held until the history changes, and so is what was found last: another letter looks
only there. Must not sort, group or show.
"""

from __future__ import annotations

import asyncio
import time
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import compress
from typing import TYPE_CHECKING, Final

from pgyer_desktop.core.history.match import condition_of, have_words
from pgyer_desktop.core.history.search import Query
from pgyer_desktop.ui.history.slices import SLICE_SECONDS, breathe

if TYPE_CHECKING:
    from pgyer_desktop.core.history.app_history import AppHistory

_SLICE_ROWS: Final = 2000


@dataclass(frozen=True, slots=True)
class _Haystacks:
    """The rows that pass the words of `query`, in the service's order, and what is searched of each."""

    generation: int
    query: Query
    ids: array[int]
    texts: Sequence[str]


class HistorySearch:
    """Searches one app's history."""

    def __init__(self, history: AppHistory) -> None:
        self._history = history
        self._all: _Haystacks | None = None
        self._found: _Haystacks | None = None

    async def find(self, query: Query, generation: int) -> array[int]:
        """The ids of the rows that pass, in the service's order. Raises `HistoryError`.

        `generation` is another number whenever the history has changed.
        """
        where, values = condition_of(query)
        read = partial(self._history.query, where=where, values=values)
        allowed = await asyncio.to_thread(read) if where else None
        if allowed is not None and not query.words and not query.not_words:
            return allowed
        found = self._found = await _narrowed(await self._around(query, generation), query)
        return found.ids if allowed is None else await _both(found.ids, set(allowed))

    async def _around(self, query: Query, generation: int) -> _Haystacks:
        """The smallest held set of rows that has all that pass."""
        for held in (self._found, self._all):
            if held is not None and held.generation == generation and query.narrows(held.query):
                return held
        ids, texts = await asyncio.to_thread(self._history.haystacks)
        held = self._all = _Haystacks(generation, Query(), ids, texts)
        return held


async def _narrowed(held: _Haystacks, query: Query) -> _Haystacks:
    ids, texts = array("q"), list[str]()
    deadline = time.perf_counter() + SLICE_SECONDS
    for start in range(0, len(held.ids), _SLICE_ROWS):
        some = held.texts[start : start + _SLICE_ROWS]
        passed = have_words(query, some)
        ids.extend(compress(held.ids[start : start + _SLICE_ROWS], passed))
        texts.extend(compress(some, passed))
        deadline = await breathe(deadline)
    return _Haystacks(held.generation, query, ids, texts)


async def _both(ids: array[int], allowed: set[int]) -> array[int]:
    found = array("q")
    deadline = time.perf_counter() + SLICE_SECONDS
    for start in range(0, len(ids), _SLICE_ROWS):
        found.extend(filter(allowed.__contains__, ids[start : start + _SLICE_ROWS]))
        deadline = await breathe(deadline)
    return found
