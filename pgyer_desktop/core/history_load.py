"""Reads all builds of an app into its history, politely, and knows whether it has them all."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from pgyer_desktop.api.errors import PgyerError
from pgyer_desktop.core.patience import patiently

if TYPE_CHECKING:
    from pgyer_desktop.api.client import Client
    from pgyer_desktop.api.models import BuildPage
    from pgyer_desktop.core.history_store import Coverage, HistoryStore


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load is."""

    pages_read: int = 0
    page_count: int | None = None
    builds: int = 0
    failed: tuple[int, ...] = ()
    waiting_until: datetime | None = None
    error: PgyerError | None = None


class HistoryLoader:
    """Loads one app."""

    def __init__(
        self,
        client: Client,
        store: HistoryStore,
        account_id: str,
        app_key: str,
        *,
        at_once: int = 6,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._client, self._store = client, store
        self._account, self._app_key = account_id, app_key
        self._slots = asyncio.Semaphore(at_once)
        self._now = now

    async def load(self, on_progress: Callable[[Progress], None]) -> Coverage:
        """Read all pages."""
        first = await self._page(1)
        count = max(first.page_count or 1, 1)
        progress = Progress(1, count, len(first.builds))
        on_progress(progress)
        pages = {1: first}

        async def one(number: int) -> None:
            nonlocal progress
            try:
                pages[number] = await self._page(number)
                progress = replace(
                    progress,
                    pages_read=progress.pages_read + 1,
                    builds=progress.builds + len(pages[number].builds),
                )
            except PgyerError as exc:
                progress = replace(progress, failed=(*progress.failed, number), error=exc)
            on_progress(progress)

        async with asyncio.TaskGroup() as group:
            for number in range(2, count + 1):
                group.create_task(one(number))
        if not progress.failed:
            again, last = await self._page(1), await self._page(count)
            same = _keys(again) == _keys(first) and _keys(last) == _keys(pages[count])
            if same and again.page_count == first.page_count:
                ordered = [pages[number] for number in sorted(pages)]
                for upper, lower in itertools.pairwise(ordered):
                    if upper.builds and lower.builds:
                        await asyncio.to_thread(
                            self._store.link,
                            self._account,
                            self._app_key,
                            upper.builds[-1].build_key,
                            lower.builds[0].build_key,
                        )
        return await asyncio.to_thread(self._store.coverage, self._account, self._app_key)

    async def refresh(self, on_progress: Callable[[Progress], None]) -> Coverage:
        """Read what can have changed."""
        return await self.load(on_progress)

    async def _page(self, number: int) -> BuildPage:
        async with self._slots:
            sent = self._now()
            page = await patiently(lambda: self._client.list_builds(self._app_key, number))
            await asyncio.to_thread(self._store.absorb, self._account, self._app_key, page, sent)
            return page


def _keys(page: BuildPage) -> list[str]:
    return [build.build_key for build in page.builds]


_FULL: Final = 20
