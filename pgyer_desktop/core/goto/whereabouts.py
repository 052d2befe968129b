"""On which page of the service's list a build stands, as far as the history can tell without asking anybody."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pgyer_desktop.core.history.app_history import AppHistory


async def page_of(history: AppHistory, build_key: str) -> int | None:
    """The page that `build_key` stood on when it was read last. Raises `HistoryError`.

    None where that is not certain: builds may be missing above it, or nobody knows how long a page is.
    """
    return await asyncio.to_thread(_page_of, history, build_key)


def _page_of(history: AppHistory, build_key: str) -> int | None:
    coverage, _latest, above_gaps = history.summary()
    places = history.positions({build_key, *above_gaps})
    place = places.get(build_key)
    if place is None or coverage.page_size is None:
        return None
    if any(places.get(key, place) < place for key in above_gaps):
        return None
    return place // coverage.page_size + 1
