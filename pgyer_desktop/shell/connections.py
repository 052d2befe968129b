"""Makes sessions, for the real service or the embedded one of the demo; keeps their transports and closes them.

Part of the composition root. The HTTP library is loaded here at the first request, in a thread, so that the window is
painted before, and what is known of the builds shows.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pgyer_desktop.api import Client
from pgyer_desktop.api.client import Limit
from pgyer_desktop.api.errors import ConnectionLostError, Delivery
from pgyer_desktop.core.builds.icons import IconStore
from pgyer_desktop.core.changes.recorder import Recorder
from pgyer_desktop.core.changes.session import LocalStore, Session
from pgyer_desktop.core.history.account_history import History
from pgyer_desktop.core.history.store import HistoryError, HistoryStore
from pgyer_desktop.ui.base.tasks import close_all

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pgyer_desktop.api import ApiKey, AppPage
    from pgyer_desktop.api.client import Reply
    from pgyer_desktop.api.transport import ApiTransport, AsgiApp, IconTransport
    from pgyer_desktop.core.accounts.accounts import Account
    from pgyer_desktop.core.activity.journal import Journal

_log = logging.getLogger(__name__)

# They name this machine, but no request to them ever leaves the process.
DEMO_API = "http://localhost/apiv2"
DEMO_ICONS = "http://localhost/icons"


class Route:
    """One way to a service. Its transports are made at the first request, so what is kept shows before that.

    It is the transport of `Client`: it posts, and hands on which host answers.
    """

    def __init__(
        self, api_base: str, icon_base: str, app: Callable[[], AsgiApp] | None, icons_dir: Path | None
    ) -> None:
        """`app` makes the look-alike that answers in this process; None: the service answers.

        `icons_dir` is None to keep no icons.
        """
        self._bases = api_base, icon_base
        self._app = app
        self._making = asyncio.Lock()
        self._made: tuple[ApiTransport, IconTransport] | None = None
        self._closed = False
        self.icons = IconStore(icons_dir, self._icon, icon_base=icon_base)

    @property
    def host(self) -> str:
        """The host that answers, for messages."""
        return urlsplit(self._bases[0]).hostname or self._bases[0]

    async def post(self, path: str, form: Mapping[str, str]) -> Reply:
        """As `ApiTransport.post`."""
        api, _ = await self._transports()
        return await api.post(path, form)

    async def aclose(self) -> None:
        """Close what was made."""
        await close_all(self.icons.aclose, self._close_transports)

    async def _close_transports(self) -> None:
        async with self._making:
            self._closed = True
            await close_all(*(transport.aclose for transport in reversed(self._made or ())))

    async def _icon(self, url: str) -> Reply:
        _, icon = await self._transports()
        return await icon.get(url)

    async def _transports(self) -> tuple[ApiTransport, IconTransport]:
        async with self._making:
            if self._closed:
                raise ConnectionLostError(self.host, "the program is closing", delivery=Delivery.NOT_SENT)
            if self._made is None:
                self._made = await asyncio.to_thread(self._new)
            return self._made

    def _new(self) -> tuple[ApiTransport, IconTransport]:
        from pgyer_desktop.api.transport import ApiTransport, IconTransport

        app = self._app() if self._app is not None else None
        return ApiTransport(self._bases[0], app=app), IconTransport(app=app)


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
                self._stores[demo] = await asyncio.to_thread(HistoryStore.open, self._files[demo])
            return self._stores[demo]

    async def forget(self, account_id: str) -> None:
        """Drop what is kept of a real account that has been removed."""
        store = await self.store(demo=False)
        try:
            await asyncio.to_thread(store.forget, account_id)
        except HistoryError as exc:
            # The account is gone either way: its builds can no longer be seen, only take room.
            _log.warning("The history of an account that was removed is still there: %s", exc)

    async def account_ids(self) -> tuple[str, ...]:
        """The real accounts that something is kept of, as far as that can be read."""
        store = await self.store(demo=False)
        try:
            return await asyncio.to_thread(store.accounts)
        except HistoryError as exc:
            _log.warning("The history does not say which accounts it is of: %s", exc)
            return ()

    async def aclose(self) -> None:
        """Close the files."""
        await close_all(*(partial(asyncio.to_thread, store.close) for store in self._stores.values()))
        self._stores.clear()


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
        self._routes: dict[bool, Route] = {}
        self._limits: defaultdict[str, Limit] = defaultdict(Limit)
        """For each account, whether the service wants to be left alone: also after it was left and opened again."""
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        """For each account, whose queue may ask: also where one runs on that was begun before it was opened again."""

    async def connect(self, account: Account, key: ApiKey) -> Session:
        """A session for `account`. Sends nothing."""
        local = await self.local_store(account)
        client = Client(self._route(demo=account.demo), key, self._limits[account.id])
        recorder = Recorder(self._journals(account), account)
        return Session(client, local.icons, recorder, local.history, self._turns[account.id])

    async def local_store(self, account: Account) -> LocalStore:
        """What can be had of `account` without its key. Sends nothing."""
        history = None
        if self._histories is not None:
            history = History(await self._histories.store(demo=account.demo), account.id)
        return LocalStore(history, self._route(demo=account.demo).icons)

    async def verify(self, key: ApiKey) -> AppPage:
        """The first page of the apps of `key` on the real service. Raises `PgyerError`."""
        return await Client(self._route(demo=False), key).list_apps()

    async def aclose(self) -> None:
        """Close every connection."""
        parts = (*self._routes.values(), self._histories)
        await close_all(*(part.aclose for part in parts if part is not None))

    def _route(self, *, demo: bool) -> Route:
        if demo not in self._routes:
            # The demo's icons are made on the spot; keeping them on disk would only fill it.
            self._routes[demo] = (
                Route(DEMO_API, DEMO_ICONS, self._demo_app, None)
                if demo
                else Route(self._api_url, self._icon_url, None, self._icons_dir)
            )
        return self._routes[demo]
