"""The part of the history file that belongs to one account. It is shown at the next start, and without a network.

Works in threads and hands out values; the order of rows, filters and the screen are the business of others. Must not
read the service (see `load`).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from pgyer_desktop.api import BuildPage
from pgyer_desktop.core.builds.pages import Latest, LatestSource, PageView

if TYPE_CHECKING:
    from pgyer_desktop.api import Build
    from pgyer_desktop.core.history.store import Coverage, HistoryStore

_MOST_BETWEEN: Final = 100
_USUAL_PAGE: Final = 20
"""Rows of a page as long as no full one has been seen."""


class History:
    """What is known of one account's apps. `store` is shared with other accounts."""

    def __init__(self, store: HistoryStore, account_id: str) -> None:
        self.store = store
        self.account_id = account_id

    async def remember(self, view: PageView) -> None:
        """Keep a page that was read. Raises `HistoryError`."""
        if not view.stored:
            count = None if view.page_count < view.number else view.page_count
            page = BuildPage(view.number, count, view.builds, view.unreadable)
            await asyncio.to_thread(self.store.absorb, self.account_id, view.app_key, page, view.as_of)

    async def page(self, app_key: str, number: int) -> PageView | None:
        """Page `number` as it was when it was read last; None where nothing of it is known. Raises `HistoryError`."""
        return await asyncio.to_thread(self._page, app_key, number)

    async def coverage(self, app_key: str) -> Coverage:
        """What is known of an app. Raises `HistoryError`."""
        return await asyncio.to_thread(self.store.coverage, self.account_id, app_key)

    async def latest_keys(self, app_key: str) -> frozenset[str]:
        """The builds whose rows were marked latest when they were read last. Raises `HistoryError`."""
        return await asyncio.to_thread(self.store.latest_keys, self.account_id, app_key)

    async def doubt_latest(self, app_key: str, view: PageView) -> None:
        """Note that rows which are not in `view` may have lost or got the mark. Raises `HistoryError`."""
        keys = [build.build_key for build in view.builds]
        await asyncio.to_thread(self.store.doubt_latest, self.account_id, app_key, keys)

    async def between(self, app_key: str, first: str, second: str) -> tuple[Build, ...]:
        """The builds from one to the other, newest first, the newer one among them and the older one not.

        At most `_MOST_BETWEEN`; none where one of the two is not known. Raises `HistoryError`.
        """
        return await asyncio.to_thread(self._between, app_key, first, second)

    def _between(self, app_key: str, first: str, second: str) -> tuple[Build, ...]:
        places = self.store.positions(self.account_id, app_key, (first, second))
        if len(places) != 2:
            return ()
        top, bottom = sorted(places.values())
        return tuple(self.store.window(self.account_id, app_key, top, min(bottom - top, _MOST_BETWEEN)))

    def _page(self, app_key: str, number: int) -> PageView | None:
        coverage = self.store.coverage(self.account_id, app_key)
        if coverage.as_of is None:
            return None
        size = coverage.page_size or _USUAL_PAGE
        builds = tuple(self.store.window(self.account_id, app_key, (number - 1) * size, size))
        if not builds and number > 1:
            return None
        marked = frozenset(build.build_key for build in builds if build.latest)
        told = any(build.latest is not None for build in builds)
        latest = Latest(LatestSource.ROWS if told or not builds else LatestSource.UNKNOWN, marked)
        pages = max(coverage.page_count or 1, number)
        return PageView(app_key, number, pages, builds, latest, coverage.as_of, stored=True)
