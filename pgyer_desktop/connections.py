"""Makes sessions, for the real service or the embedded one of the demo; keeps their transports and closes them.

Part of the composition root. The HTTP library is loaded here at the first connection, in a thread, so that the window
is painted before.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from pgyer_desktop.api.client import Client
from pgyer_desktop.core.history import History
from pgyer_desktop.core.history_store import HistoryError
from pgyer_desktop.core.icons import IconStore
from pgyer_desktop.core.ledger import Ledger
from pgyer_desktop.core.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pgyer_desktop.api.models import ApiKey, AppPage
    from pgyer_desktop.api.transport import ApiTransport, AsgiApp, IconTransport
    from pgyer_desktop.core.accounts import Account
    from pgyer_desktop.core.history_store import HistoryStore
    from pgyer_desktop.core.journal import Journal

_log = logging.getLogger(__name__)

# They name this machine, but no request to them ever leaves the process.
DEMO_API = "http://localhost/apiv2"
DEMO_ICONS = "http://localhost/icons"


class _Route:
    """One way to a service: its two transports and the icons that came over it."""

    def __init__(self, api: ApiTransport, icon: IconTransport, icons: IconStore) -> None:
        self.api = api
        self.icon = icon
        self.icons = icons

    async def aclose(self) -> None:
        await self.icons.aclose()
        await self.icon.aclose()
        await self.api.aclose()


class Histories:
    """The history files of one run: of real accounts, and of the demo tried beside them."""

    def __init__(self, file: Path, demo_file: Path) -> None:
        self._files = {False: file, True: demo_file}
        self._stores: dict[bool, HistoryStore] = {}
        self._opening = asyncio.Lock()

    async def store(self, *, demo: bool) -> HistoryStore:
        """The store, opened when it is first needed."""
        async with self._opening:
            if demo not in self._stores:
                self._stores[demo] = await asyncio.to_thread(_open_history, self._files[demo])
            return self._stores[demo]

    async def forget(self, account_id: str) -> None:
        """Drop what is kept of a real account that has been removed."""
        store = await self.store(demo=False)
        try:
            await asyncio.to_thread(store.forget, account_id)
        except HistoryError as exc:
            # The account is gone either way: its builds can no longer be seen, only take room.
            _log.warning("The history of an account that was removed is still there: %s", exc)

    async def aclose(self) -> None:
        """Close the files."""
        for store in self._stores.values():
            await asyncio.to_thread(store.close)
        self._stores.clear()


def _open_history(file: Path) -> HistoryStore:
    from pgyer_desktop.core.history_store import HistoryStore

    return HistoryStore.open(file)


class Connections:
    """The routes of one run, made when they are first needed."""

    def __init__(
        self,
        api_url: str,
        icon_url: str,
        icons_dir: Path,
        demo_app: Callable[[], AsgiApp],
        journals: Callable[[Account], Journal],
        histories: Histories | None = None,
    ) -> None:
        """`journals` tells in which journal an account's changes are written down; `histories` keep what was read.

        They are closed with the connections. None: nothing is kept.
        """
        self._api_url = api_url
        self._icon_url = icon_url
        self._icons_dir = icons_dir
        self._demo_app = demo_app
        self._journals = journals
        self._histories = histories
        self._routes: dict[bool, _Route] = {}
        self._making = asyncio.Lock()

    async def connect(self, account: Account, key: ApiKey) -> Session:
        """A session for `account`. Sends nothing."""
        route = await self._route(demo=account.demo)
        history = None
        if self._histories is not None:
            history = History(await self._histories.store(demo=account.demo), account.id)
        return Session(Client(route.api, key), route.icons, Ledger(self._journals(account), account), history)

    async def verify(self, key: ApiKey) -> AppPage:
        """The first page of the apps of `key` on the real service. Raises `PgyerError`."""
        route = await self._route(demo=False)
        return await Client(route.api, key).list_apps()

    async def aclose(self) -> None:
        """Close every connection."""
        for route in self._routes.values():
            await route.aclose()
        if self._histories is not None:
            await self._histories.aclose()

    async def _route(self, *, demo: bool) -> _Route:
        async with self._making:
            if demo not in self._routes:
                self._routes[demo] = await asyncio.to_thread(self._new_route, demo=demo)
            return self._routes[demo]

    def _new_route(self, *, demo: bool) -> _Route:
        from pgyer_desktop.api.transport import ApiTransport, IconTransport

        app = self._demo_app() if demo else None
        api = ApiTransport(DEMO_API if demo else self._api_url, app=app)
        icon_base = DEMO_ICONS if demo else self._icon_url
        icon = IconTransport(icon_base, app=app)
        # The demo's icons are made on the spot; keeping them on disk would only fill it.
        icons = IconStore(None if demo else self._icons_dir, icon.get, icon_base=icon_base)
        return _Route(api, icon, icons)
