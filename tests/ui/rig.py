"""The state of a window, or a whole window, on accounts that answer from memory."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pgyer_desktop.api.errors import HostNotFoundError, KeyRejectedError
from pgyer_desktop.api.models import ApiKey
from pgyer_desktop.core.accounts.accounts import AccountBook
from pgyer_desktop.core.accounts.profile import profile_in
from pgyer_desktop.core.accounts.settings import SettingsFile
from pgyer_desktop.core.activity.journal import Journal
from pgyer_desktop.core.base.keystore import KeyStore, MemoryStore
from pgyer_desktop.core.builds.icons import IconStore
from pgyer_desktop.core.changes.session import LocalStore, Session
from pgyer_desktop.core.history.account_history import History
from pgyer_desktop.core.history.store import HistoryStore
from pgyer_desktop.ui.base.i18n import Language, Translators, say
from pgyer_desktop.ui.base.icon_loader import IconLoader
from pgyer_desktop.ui.state.teller import Topic
from pgyer_desktop.ui.state.window_state import new_state
from pgyer_desktop.ui.window.content import WindowContent
from pgyer_desktop.ui.window.main_window import MainWindow
from tests.e2e.person import Person
from tests.helpers.recorders import new_recorder
from tests.helpers.waiting import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pgyer_desktop.api.client import Reply
    from pgyer_desktop.api.models import AppPage, Build
    from pgyer_desktop.core.accounts.accounts import Account
    from pgyer_desktop.core.activity.outcome import Write
    from pgyer_desktop.core.base.error_messages import Notice
    from pgyer_desktop.ui.changes.flow import Ask
    from tests.ui.stub_client import StubClient


_FOLDER = tempfile.TemporaryDirectory(prefix="pgyer-desktop-rig-")  # goes with the test run


def content_of(window: MainWindow) -> WindowContent:
    """What is in a window that was furnished as the program does."""
    assert isinstance(window.content, WindowContent)
    return window.content


async def _no_icon(_url: str) -> Reply:
    raise HostNotFoundError("icons.test")


def _new_icons() -> IconStore:
    return IconStore(None, _no_icon, icon_base="http://127.0.0.1:9")


class SlowStore(MemoryStore):
    """A keyring that answers when it is told to, or fails."""

    def __init__(self) -> None:
        super().__init__()
        self.answers = asyncio.Event()
        self.answers.set()
        self.waiting = 0
        self.error: Exception | None = None

    async def get(self, account_id: str) -> ApiKey | None:
        await self._wait()
        return await super().get(account_id)

    async def put(self, account_id: str, key: ApiKey) -> None:
        await self._wait()
        await super().put(account_id, key)

    async def remove(self, account_id: str) -> None:
        await self._wait()
        await super().remove(account_id)

    async def _wait(self) -> None:
        self.waiting += 1
        try:
            await self.answers.wait()
        finally:
            self.waiting -= 1
        if self.error is not None:
            raise self.error


class Rig:
    """The accounts, who answers for them, and the state over them."""

    def __init__(
        self,
        keys: KeyStore | None = None,
        settings: SettingsFile | None = None,
        history: HistoryStore | None = None,
    ) -> None:
        """`history` is one that somebody else closes."""
        self.settings = settings if settings is not None else SettingsFile(None)
        self.keys = keys if keys is not None else MemoryStore()
        self.clients: dict[ApiKey, StubClient] = {}
        self._own_history = history is None
        self.history = history or HistoryStore.open(Path(tempfile.mkdtemp(dir=_FOLDER.name)) / "history.sqlite3")
        self.book = AccountBook(self.settings, self.keys, self._verify)
        self.state = new_state(self.book, self._connect, self._find_stored)
        self.said: dict[Topic, str] = {}
        """The sentence about each topic that is not settled."""
        self.state.teller.notice_raised.connect(self._on_notice)
        self.state.teller.notice_settled.connect(lambda topic: self.said.pop(topic, None))

    async def add_account(self, name: str, client: StubClient, *, key: str = "") -> Account:
        """An account that was connected earlier."""
        api_key = self.accept(key or f"key-{len(self.clients) + 1}", client)
        return await self.book.add(name, await self.book.verify(api_key))

    def accept(self, key: str, client: StubClient) -> ApiKey:
        """Have `client` answer whoever comes with this key."""
        api_key = ApiKey(key)
        self.clients[api_key] = client
        return api_key

    @property
    def rows(self) -> list[str]:
        """The build keys that show."""
        view = self.state.page.view
        return [b.build_key for b in view.builds] if view is not None else []

    def write(self, write: Write, build: Build) -> bool:
        """Change a build of the open app, as a person does who has confirmed it."""
        opened = self.state.accounts.open
        return opened is not None and self.state.changes.write(opened, write, build)

    async def shows(self, *keys: str) -> None:
        """Wait until exactly these builds show and nothing is being read."""
        await until(lambda: self.rows == list(keys) and not self.state.page.loading)

    async def quiet(self) -> None:
        """Wait until no task of the state is under way."""
        tasks = self.state.tasks
        await until(lambda: not any(tasks.is_running(key) for key in ("open account", "apps", "page", "prefetch")))

    async def aclose(self) -> None:
        """Let everything end."""
        for client in self.clients.values():
            client.release()
        await self.state.aclose()
        if self._own_history:
            self.history.close()

    async def _verify(self, key: ApiKey) -> AppPage:
        client = self.clients.get(key)
        if client is None:
            raise KeyRejectedError(1002, "api key invalid")
        return await client.list_apps()

    async def _connect(self, account: Account, key: ApiKey) -> Session:
        return Session(self.clients[key], _new_icons(), new_recorder(account), History(self.history, account.id))

    async def _find_stored(self, account: Account) -> LocalStore:
        return LocalStore(History(self.history, account.id), _new_icons())

    def _on_notice(self, topic: Topic, notice: Notice) -> None:
        self.said[topic] = say(notice.text)


async def open_app(rig: Rig, client: StubClient) -> None:
    """Open an account that `client` speaks for, and wait until its first app shows and nothing is read any more."""
    await rig.add_account("Acme", client)
    rig.state.accounts.start()
    await until(lambda: bool(rig.rows))
    await rig.quiet()


@asynccontextmanager
async def opened(
    keys: KeyStore | None = None, settings: SettingsFile | None = None, history: HistoryStore | None = None
) -> AsyncIterator[Rig]:
    """A rig that is closed in order."""
    rig = Rig(keys, settings, history)
    try:
        yield rig
    finally:
        await rig.aclose()


@asynccontextmanager
async def windowed(
    rig: Rig, folder: Path, *, ask: Ask | None = None, language: Language = Language.ENGLISH
) -> AsyncIterator[tuple[MainWindow, Person, Translators]]:
    """A window over the rig; closed in order."""
    translators = Translators()
    translators.use(language)
    icons = IconLoader()
    journal = Journal.open(folder / "journal.jsonl")
    window = MainWindow()
    window.furnish(lambda: WindowContent(window, rig.state, icons, rig.settings, profile_in(folder), journal, ask=ask))
    rig.state.page.scene_changed.connect(window.show_content)
    rig.state.accounts.accounts_changed.connect(window.forget_picture)
    window.show()
    await asyncio.sleep(0.02)
    try:
        yield window, Person(window), translators
    finally:
        for client in rig.clients.values():
            client.release()
        window.close()
        await window.aclose()
        await rig.state.aclose()
        await icons.aclose()
        window.deleteLater()
        await asyncio.sleep(0.02)
        translators.use(Language.ENGLISH)
