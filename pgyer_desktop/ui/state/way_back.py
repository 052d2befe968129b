"""Where a person comes back to in an account: the app that was open last, and its page.

Must not open anything and must not know what is on: it is told of which account and app it is asked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pgyer_desktop.core.builds.apps import KnownApp
from pgyer_desktop.core.history.store import HistoryError
from pgyer_desktop.ui.state.teller import Teller, Topic, not_kept

if TYPE_CHECKING:
    from pgyer_desktop.core.accounts.accounts import Account, AccountBook
    from pgyer_desktop.core.builds.icons import IconStore
    from pgyer_desktop.core.builds.pages import PageView
    from pgyer_desktop.core.changes.session import LocalStore
    from pgyer_desktop.core.history.account_history import History
    from pgyer_desktop.ui.state.unsaved import Unsaved

FindStored = Callable[["Account"], Awaitable["LocalStore"]]


@dataclass(frozen=True, slots=True)
class Place:
    """A page of an app."""

    app: KnownApp
    page: int


class WayBack(QObject):
    """Remembers what is open, and finds it again.

    Signals:
        app_named: an app that was opened by its key alone has got a name. arg: KnownApp.
        remembered: another place is remembered. arg: the account's recent apps as they were before.
    """

    app_named = Signal(object)
    remembered = Signal(object)

    def __init__(self, book: AccountBook, find_stored: FindStored, teller: Teller, unsaved: Unsaved) -> None:
        """`find_stored` tells what there is of an account before it has a session."""
        super().__init__(teller)
        self._book = book
        self._find_stored = find_stored
        self._teller = teller
        self._unsaved = unsaved
        self.wanted_app = ""
        """The key of the app that was asked for and is to be opened instead."""
        self.stored: History | None = None
        """What is kept of the account that is on, as it was found before the account has a session."""

    def place(self, account: Account, apps: Iterable[KnownApp]) -> Place | None:
        """The app that was asked for or was open before, and its page. None where there is none.

        `apps`: those that are known of the account.
        """
        if self.wanted_app:
            known = {app.app_key: app for app in apps}
            return Place(known.get(self.wanted_app, KnownApp(self.wanted_app)), 1)
        settings = self._book.settings(account.id)
        return Place(settings.recent[0], settings.last_page) if settings.recent else None

    async def read_stored(
        self, account: Account, place: Place, *, on_icons: Callable[[IconStore | None], None]
    ) -> PageView | None:
        """The page as it was read last; None where it has no builds. Before that its icons are handed to `on_icons`."""
        try:
            stored = await self._find_stored(account)
            on_icons(stored.icons)
            self.stored = stored.history
            self.tell_about(stored.history)
            view = await stored.history.of(place.app.app_key).page(place.page) if stored.history is not None else None
        except HistoryError as error:
            self._teller.fail(Topic.HISTORY, not_kept(), error)
            return None
        return view if view is not None and view.builds else None

    def tell_about(self, history: History | None) -> None:
        """Tell what is wrong with the history's file, once."""
        if history is not None and history.store.problem is not None:
            self._teller.warn(Topic.HISTORY, history.store.problem)
            history.store.problem = None

    def remember_page(self, account: Account, app: KnownApp, view: PageView) -> None:
        """Note that this page of the app shows, to come back to it."""
        if not app.name and view.builds:
            # An app that was opened by its key alone gets its name from its builds.
            newest = view.builds[0]
            app = KnownApp(app.app_key, newest.name, newest.identifier, newest.icon, newest.platform, app.shortcut)
            self.app_named.emit(app)
        self._remember(account, Place(app, view.number))

    def remember_listed(self, account: Account, app: KnownApp) -> None:
        """Note the name and icon that the list has for the app, where it is the one to come back to."""
        settings = self._book.settings(account.id)
        if settings.recent and settings.recent[0].app_key == app.app_key:
            self._remember(account, Place(app, settings.last_page))

    def _remember(self, account: Account, place: Place) -> None:
        before = self._book.settings(account.id).recent
        self._book.remember_opened(account.id, place.app, place.page)
        self._unsaved.note()
        self.remembered.emit(before)
