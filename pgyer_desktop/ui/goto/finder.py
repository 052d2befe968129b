"""Finds what letters name among places and builds, in slices that leave the loop free.

Must not know how it is shown, and must not go anywhere.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pgyer_desktop.core.goto.letters import typed
from pgyer_desktop.core.goto.numbers import WORST, about_builds, ranked
from pgyer_desktop.core.goto.places import in_order
from pgyer_desktop.core.history.store import HistoryError
from pgyer_desktop.ui.base.slices import SLICE_SECONDS, breathe
from pgyer_desktop.ui.state.open import app_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.builds.apps import KnownApp
    from pgyer_desktop.core.goto.letters import Letters
    from pgyer_desktop.core.goto.numbers import AppNumbers
    from pgyer_desktop.core.goto.places import Place, Places
    from pgyer_desktop.core.history.account_history import History

_log = logging.getLogger(__name__)

MOST_BUILDS: Final = 20
"""That are offered for what was typed."""
_MOST_AGAIN: Final = 3
"""Builds that are offered again before anything is typed."""
_SLICE_PLACES: Final = 100
_SLICE_ROWS: Final = 2000


@dataclass(frozen=True, slots=True)
class FoundBuild:
    """A build with the app that it belongs to."""

    app: KnownApp
    build: Build

    @property
    def id(self) -> str:
        """Names it among the builds of an account."""
        return f"{self.app.app_key}/{self.build.build_key}"


@dataclass(frozen=True, slots=True)
class Found:
    """What letters name; of the builds the best ones, and how many there are."""

    letters: Letters
    places: Sequence[Place]
    builds: Sequence[FoundBuild]
    builds_in_all: int


class GoToFinder:
    """Looks among `places` and, once they have been read, among `numbers`: those of the open app first."""

    def __init__(self, places: Places, history: History | None, gone_to: Sequence[tuple[KnownApp, str]]) -> None:
        """`gone_to`: builds that were gone to, by their app and key, the last one first."""
        self.places = places
        self.numbers: Sequence[AppNumbers] = ()
        self._history = history
        self._gone_to = gone_to

    async def find(self, text: str) -> Found:
        """What `text` names; where the history cannot be read, no builds."""
        letters = typed(text)
        found: list[tuple[int, Place]] = []
        deadline = time.perf_counter() + SLICE_SECONDS
        for number, pair in enumerate(self.places.ranked(letters)):
            if pair is not None:
                found.append(pair)
            if number % _SLICE_PLACES == 0:
                deadline = await breathe(deadline)
        places = in_order(found)
        if not letters.words:
            again = await asyncio.to_thread(_read, self._again(_MOST_AGAIN))
            return Found(letters, places, again, len(again))
        hits, in_all = await self._hits(letters, deadline)
        builds = await asyncio.to_thread(_read, self._builds(hits)) if hits else []
        return Found(letters, places, self._last_used_first(hits, builds), in_all)

    async def _hits(self, letters: Letters, deadline: float) -> tuple[list[tuple[int, KnownApp, int]], int]:
        """Rank, app and row of the best builds, and how many there are."""
        best: list[list[tuple[int, KnownApp, int]]] = [[] for _ in range(WORST + 1)]
        in_all = 0
        for numbers in self.numbers:
            words = about_builds(letters, app_title(numbers.app))
            for start in range(0, len(numbers.ids) if words else 0, _SLICE_ROWS):
                for worst, row in ranked(words, numbers, start, start + _SLICE_ROWS):
                    in_all += 1
                    if len(best[worst]) < MOST_BUILDS:
                        best[worst].append((worst, numbers.app, row))
                deadline = await breathe(deadline)
        return [hit for hits in best for hit in hits][:MOST_BUILDS], in_all

    def _builds(self, hits: Sequence[tuple[int, KnownApp, int]]) -> Iterator[FoundBuild]:
        for _, app, row in hits:
            if self._history is not None:
                yield from (FoundBuild(app, build) for build in self._history.of(app.app_key).builds([row]))

    def _again(self, most: int) -> Iterator[FoundBuild]:
        """Builds that were gone to and are still there."""
        for app, key in self._gone_to:
            if most == 0 or self._history is None:
                return
            history = self._history.of(app.app_key)
            for build in history.builds(list(history.row_ids((key,)).values())):
                most -= 1
                yield FoundBuild(app, build)

    def _last_used_first(
        self, hits: Sequence[tuple[int, KnownApp, int]], builds: Sequence[FoundBuild]
    ) -> Sequence[FoundBuild]:
        if len(hits) != len(builds):  # one went while it was looked for
            return builds
        order = {f"{app.app_key}/{key}": number for number, (app, key) in enumerate(self._gone_to)}
        pairs = sorted(zip(hits, builds, strict=True), key=lambda pair: (pair[0][0], order.get(pair[1].id, len(order))))
        return [build for _, build in pairs]


def _read(builds: Iterator[FoundBuild]) -> list[FoundBuild]:
    """As many of them as can be read. In a thread."""
    found: list[FoundBuild] = []
    try:
        found.extend(builds)
    except HistoryError as exc:
        _log.warning("Builds to go to cannot be read: %s", exc)
    return found
