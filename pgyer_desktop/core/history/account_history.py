"""The part of the history file that belongs to one account. It is shown at the next start, and without a network."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from pgyer_desktop.api import BuildPage
from pgyer_desktop.core.history.app_history import AppHistory

if TYPE_CHECKING:
    from pgyer_desktop.core.builds.pages import PageView
    from pgyer_desktop.core.history.store import HistoryStore


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
            page = BuildPage(view.number, count, view.builds, view.unreadable, view.holes)
            await asyncio.to_thread(self.of(view.app_key).absorb, page, view.as_of)
