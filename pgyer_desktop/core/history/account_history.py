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
    from array import array
    from collections.abc import Collection, Iterator, Sequence

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.history.store import Coverage, HistoryStore, Versions

_MOST_BETWEEN: Final = 100
_USUAL_PAGE: Final = 20
"""Rows of a page as long as no full one has been seen."""


class History:
    """What is known of one account's apps. `store` is shared with other accounts."""

    def __init__(self, store: HistoryStore, account_id: str) -> None:
        self.store = store
        self.account_id = account_id

    def of(self, app_key: str) -> AppHistory:
        """What is known of one of them."""
        return AppHistory(self.store, self.account_id, app_key)

    async def remember(self, view: PageView) -> None:
        """Keep a page that was read. Raises `HistoryError`."""
        if not view.stored:
            count = None if view.page_count < view.number else view.page_count
            page = BuildPage(view.number, count, view.builds, view.unreadable)
            await asyncio.to_thread(self.store.absorb, self.account_id, view.app_key, page, view.as_of)


class AppHistory:
    """What is known of one app. All raise `HistoryError`; what is not `async` reads in the thread that asks."""

    def __init__(self, store: HistoryStore, account_id: str, app_key: str) -> None:
        self._store = store
        self._about = (account_id, app_key)

    async def page(self, number: int) -> PageView | None:
        """Page `number` as it was when it was read last; None where nothing of it is known."""
        return await asyncio.to_thread(self._page, number)

    async def coverage(self) -> Coverage:
        """How much is known."""
        return await asyncio.to_thread(self._store.coverage, *self._about)

    async def doubt_latest(self, view: PageView) -> None:
        """Note that rows which are not in `view` may have lost or got the mark."""
        keys = [build.build_key for build in view.builds]
        await asyncio.to_thread(self._store.doubt_latest, *self._about, keys)

    async def between(self, first: str, second: str) -> tuple[Build, ...]:
        """The builds from one to the other, newest first, the newer one among them and the older one not.

        At most `_MOST_BETWEEN`; none where one of the two is not known.
        """
        return await asyncio.to_thread(self._between, first, second)

    async def all_builds(self) -> tuple[Build, ...]:
        """Every build that is known, in the service's order."""
        return await asyncio.to_thread(lambda: tuple(self.each(self.query())))

    def summary(self) -> tuple[Coverage, frozenset[str], frozenset[str]]:
        """How much is known, the builds that are marked latest, and those below which others may be missing."""
        coverage = self._store.coverage(*self._about)
        gaps = self._store.gaps(*self._about) if coverage.gaps else ()
        upper = frozenset(gap.upper for gap in gaps if gap.lower is not None)
        return coverage, self._store.latest_keys(*self._about), upper

    def query(
        self, *, sort: str = "", descending: bool = False, where: str = "", values: Sequence[object] = ()
    ) -> array[int]:
        """The ids of rows; see `HistoryStore.query`."""
        return self._store.query(*self._about, sort=sort, descending=descending, where=where, values=values)

    def versions(self) -> Versions:
        """All rows by their versions."""
        return self._store.versions(*self._about)

    def sizes(self) -> dict[int, int]:
        """Bytes of the builds by the ids of their rows, as far as known."""
        return self._store.sizes(*self._about)

    def haystacks(self, most: int | None = None) -> tuple[array[int], list[str]]:
        """The ids of all rows, or of the newest `most`, and what is searched of each."""
        return self._store.haystacks(*self._about, most)

    def positions(self, keys: Collection[str]) -> dict[str, int]:
        """Where these builds stand in the service's order."""
        return self._store.positions(*self._about, keys)

    def row_ids(self, keys: Collection[str]) -> dict[str, int]:
        """The ids of these builds' rows."""
        return self._store.row_ids(*self._about, keys)

    def window(self, start: int, count: int) -> list[Build]:
        """Some builds that follow each other in the service's order."""
        return self._store.window(*self._about, start, count)

    def builds(self, ids: Sequence[int]) -> list[Build]:
        """The builds in these rows."""
        return self._store.builds(ids)

    def each(self, ids: Sequence[int]) -> Iterator[Build]:
        """The builds in these rows, some at a time."""
        return self._store.each(ids)

    def _between(self, first: str, second: str) -> tuple[Build, ...]:
        places = self.positions((first, second))
        if len(places) != 2:
            return ()
        top, bottom = sorted(places.values())
        return tuple(self.window(top, min(bottom - top, _MOST_BETWEEN)))

    def _page(self, number: int) -> PageView | None:
        coverage = self._store.coverage(*self._about)
        if coverage.as_of is None:
            return None
        size = coverage.page_size or _USUAL_PAGE
        builds = tuple(self.window((number - 1) * size, size))
        if not builds and number > 1:
            return None
        marked = frozenset(build.build_key for build in builds if build.latest)
        told = any(build.latest is not None for build in builds)
        latest = Latest(LatestSource.ROWS if told or not builds else LatestSource.UNKNOWN, marked)
        pages = max(coverage.page_count or 1, number)
        return PageView(self._about[1], number, pages, builds, latest, coverage.as_of, stored=True)
