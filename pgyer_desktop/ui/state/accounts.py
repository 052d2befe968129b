"""Which account is on and which of its apps is open, what apps it has, and where their icons come from.

Opens accounts and reads the list of apps. Must not know what is shown of an app, nor what is changed in it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pgyer_desktop.core.accounts.guards import Guards
from pgyer_desktop.core.base.error_messages import Remedy, joined
from pgyer_desktop.core.base.words import Text, translate
from pgyer_desktop.core.builds.apps import AppList, KnownApp, merged
from pgyer_desktop.ui.state.open import Open
from pgyer_desktop.ui.state.teller import Teller, Topic, explained

if TYPE_CHECKING:
    from pgyer_desktop.api import ApiKey, Build
    from pgyer_desktop.core.accounts.accounts import Account, AccountBook
    from pgyer_desktop.core.accounts.guards import Guards
    from pgyer_desktop.core.accounts.settings import AccountSettings
    from pgyer_desktop.core.builds.icons import IconStore
    from pgyer_desktop.core.changes.session import Session
    from pgyer_desktop.core.history.app_history import AppHistory
    from pgyer_desktop.ui.base.tasks import TaskScope
    from pgyer_desktop.ui.state.unsaved import Unsaved
    from pgyer_desktop.ui.state.way_back import WayBack

Connect = Callable[["Account", "ApiKey"], Awaitable["Session"]]


class AccountState(QObject):
    """The account that is on.

    Signals:
        accounts_changed: an account was added, renamed or removed.
        account_changed: another account is on (or none), or its guard rails are others; see `account` and `guards`.
        session_changed: another session is on, or none; see `session`.
        closed: no app is open any more.
        apps_changed: the list of apps grew or changed; see `apps`.
        app_opened: an app is to be shown. args: its page; whether it is the app that was open already.
        app_changed: another app is open (or none), or it has another name; see `app`.
        stored_read: the page to come back to, as it was read last, before the account has a session. arg: PageView.
        pins_changed: other builds are pinned; see `pinned`.
        icons_changed: icons come from elsewhere now, or from nowhere; see `icons`.
    """

    accounts_changed = Signal()
    account_changed = Signal()
    session_changed = Signal()
    closed = Signal()
    apps_changed = Signal()
    app_opened = Signal(int, bool)
    app_changed = Signal()
    stored_read = Signal(object)
    pins_changed = Signal()
    icons_changed = Signal()

    def __init__(
        self,
        book: AccountBook,
        connect: Connect,
        way_back: WayBack,
        tasks: TaskScope,
        teller: Teller,
        unsaved: Unsaved,
    ) -> None:
        super().__init__(tasks)
        self.book = book
        self._connect = connect
        self._way_back = way_back
        self._tasks = tasks
        self._teller = teller
        self._unsaved = unsaved
        self.account: Account | None = None
        self.session: Session | None = None
        self.app: KnownApp | None = None
        self.icons: IconStore | None = None
        self.has_no_key = False
        """Whether the account's key could not be had."""
        self.apps_loading = False
        self.listed = AppList()
        """The apps as far as the list has been read."""
        way_back.app_named.connect(self._on_app_named)
        way_back.remembered.connect(self._on_remembered)

    # What can be read

    @property
    def open(self) -> Open | None:
        """The account that is connected and the app that is open in it."""
        if self.account is None or self.session is None or self.app is None:
            return None
        return Open(self.account, self.session, self.app)

    @property
    def history(self) -> AppHistory | None:
        """What is kept on this computer of the app that is open, also before the account has a session, or without."""
        kept = self.session.history if self.session is not None else self._way_back.stored
        return kept.of(self.app.app_key) if kept is not None and self.app is not None else None

    @property
    def apps(self) -> tuple[KnownApp, ...]:
        """The account's apps as far as known: listed, added by key and, until the list has been read, recent ones."""
        return self.listed.all_known(self._settings.added, self._settings.recent)

    @property
    def recent_apps(self) -> tuple[KnownApp, ...]:
        """Those of `apps` that were opened before, the last one first."""
        return self.listed.known_recent(self._settings.added, self._settings.recent)

    @property
    def apps_partial(self) -> bool:
        """Whether the list of apps is known not to be whole, because reading it failed."""
        return self.listed.error is not None

    @property
    def guards(self) -> Guards:
        """The guard rails of the account that is on."""
        return self._settings.guards

    @property
    def pinned(self) -> frozenset[str]:
        """Keys of the builds that no clean-up may delete."""
        return frozenset(self._settings.pinned)

    @property
    def _settings(self) -> AccountSettings:
        """What is remembered of the account that is on; nothing without one."""
        return self.book.settings(self.account.id if self.account is not None else "")

    # What a person wants

    def start(self, *, app_key: str = "") -> None:
        """Come back to where the person was, or to `app_key`."""
        account = self.book.last_used
        if account is not None:
            self.open_account(account.id, app_key=app_key)

    def open_account(self, account_id: str, *, app_key: str = "") -> None:
        """Make an account the one that is on, and open the app with this key where one is given."""
        self.switch_account(account_id)
        self._way_back.wanted_app = app_key

    def switch_account(self, account_id: str) -> None:
        """Make another account the one that is on; opening the same one again gets its key again."""
        account = self.book.account(account_id)
        if account is None:
            return
        # Where the account has not been opened yet, what it is to open still counts.
        wanted = self._way_back.wanted_app if self.account is not None and self.account.id == account.id else ""
        self._leave_for(account)
        self._way_back.wanted_app = wanted
        self.book.remember_current(account.id)
        self._unsaved.note()
        self.account_changed.emit()
        self._tasks.start(
            "open account", lambda: self._open(account), on_done=self._on_opened, on_error=self._on_no_key
        )

    def account_removed(self) -> None:
        """Go on after the account that was on has been removed: with the first other one, or the welcome page."""
        self.accounts_changed.emit()
        self._unsaved.note()
        if self.account is None or self.book.account(self.account.id) is not None:
            return
        other = self.book.last_used
        if other is not None:
            self.switch_account(other.id)
        else:
            self._leave_for(None)
            self.account_changed.emit()

    def demo_added(self) -> None:
        """Show that there is the demo's account now."""
        self.accounts_changed.emit()

    def accounts_edited(self) -> None:
        """Show a new name, or a key's new place."""
        if self.account is not None:
            self.account = self.book.account(self.account.id)
        self.accounts_changed.emit()
        self._unsaved.note()

    def guards_edited(self) -> None:
        """Follow the guard rails that have been changed."""
        self._teller.settle(Topic.RAILS)
        self._unsaved.note()
        self.account_changed.emit()

    def toggle_pins(self, builds: Sequence[Build]) -> None:
        """Pin these builds, or no longer where all of them are."""
        if self.account is None or not builds:
            return
        keys = tuple(build.build_key for build in builds)
        pin = not set(keys) <= self.pinned
        self.book.remember(self.account.id, lambda account: account.with_pinned(keys, pinned=pin))
        self._unsaved.note()
        self.pins_changed.emit()

    def refresh(self) -> None:
        """Read what is missing: the key, or the list of apps."""
        if self.session is not None:
            if self.apps_partial or self.app is None:
                self.load_apps()
        elif self.account is not None:
            self.switch_account(self.account.id)

    def load_apps(self) -> None:
        """Read the account's apps again."""
        session = self.session
        if session is None:
            return
        before = self.listed

        def on_part(part: AppList) -> None:
            # While the list is read again, what it held before stays.
            if self.session is session and not before.complete:
                self._on_apps(AppList(merged(part.apps, before.apps)))

        self.apps_loading = True
        self.apps_changed.emit()
        self._tasks.start("apps", lambda: session.list_apps(on_part=on_part), on_done=self._on_apps_ended)

    def open_app(self, app_key: str) -> None:
        """Show an app's builds."""
        app = next((app for app in self.apps if app.app_key == app_key), None)
        if app is not None and self.session is not None:
            self._open_app(app, page=1)

    def add_app(self, app: KnownApp) -> None:
        """Remember an app that was found by its key, and open it."""
        if self.account is None:
            return
        if all(known.app_key != app.app_key for known in self.listed.apps):
            self.book.remember(self.account.id, lambda a: a.with_added(app))
            self._unsaved.note()
        self.apps_changed.emit()
        self._open_app(app, page=1)

    # Opening an account

    async def _open(self, account: Account) -> Session | None:
        await self._show_known(account)
        key = await self.book.key(account.id)
        return None if key is None else await self._connect(account, key)

    async def _show_known(self, account: Account) -> None:
        """Show the page to come back to as it was read last. That needs no key, for which the system may ask first."""
        place = self._way_back.place(account, self.apps)
        if place is None:
            return
        view = await self._way_back.read_stored(account, place, on_icons=self._take_icons)
        if view is None:
            return
        self.app = place.app
        self.stored_read.emit(view)
        self.app_changed.emit()
        await asyncio.sleep(0)  # painted before the keyring and the HTTP library are loaded, which keep Python busy

    def _on_opened(self, session: Session | None) -> None:
        account = self.account
        if account is None:
            return
        if session is None:
            self._end_without_key()
            if self.app is not None:
                text = translate("state", "The key of {account} is not here.").fill(account=account.name)
                self._teller.warn(Topic.KEY, joined(text, _earlier()), Remedy.SESSION_KEY)
            return
        self.session = session
        self._take_icons(session.icons)
        self.session_changed.emit()
        self._teller.settle(Topic.KEY)
        self._way_back.tell_about(session.history)
        self.accounts_edited()
        place = self._way_back.place(account, self.apps)
        self._way_back.wanted_app = ""
        if place is not None:
            self._open_app(place.app, page=place.page)
        self.load_apps()

    def _on_no_key(self, error: Exception) -> None:
        self._end_without_key()
        notice = explained(error, translate("state", "The account could not be opened."))
        if self.app is not None:
            notice = replace(notice, text=joined(notice.text, _earlier()))
        self._teller.tell(Topic.KEY, notice)

    def _end_without_key(self) -> None:
        """Say that the account has no key. What was read of it earlier stays, and nothing can be done with it."""
        self.has_no_key = True
        if self.app is None:
            self.closed.emit()
        self.session_changed.emit()
        self.app_changed.emit()

    def _leave_for(self, account: Account | None) -> None:
        for key in ("open account", "apps"):
            self._tasks.cancel(key)
        self.account, self.session, self.app = account, None, None
        self.has_no_key = False
        self._take_icons(None)
        self.listed = AppList()
        self.apps_loading = False
        self._way_back.wanted_app, self._way_back.stored = "", None
        self._teller.settle_account()
        self.closed.emit()
        self.session_changed.emit()
        self.apps_changed.emit()
        self.app_changed.emit()

    def _take_icons(self, icons: IconStore | None) -> None:
        self.icons = icons
        self.icons_changed.emit()

    # Apps

    def _open_app(self, app: KnownApp, *, page: int) -> None:
        same = self.app is not None and self.app.app_key == app.app_key
        self.app = app
        self.app_opened.emit(page, same)
        self.app_changed.emit()

    def _on_apps(self, apps: AppList) -> None:
        self.listed = apps
        self._refresh_open_app()
        if self.app is None and self.apps:
            self._open_app(self.apps[0], page=1)
        self.apps_changed.emit()

    def _on_apps_ended(self, apps: AppList) -> None:
        self.apps_loading = False
        if apps.error is not None:
            # A list that was whole before is worth more than the part of it that could be read now.
            now_and_before = merged(apps.apps, self.listed.apps)
            apps = AppList(now_and_before, complete=False, error=apps.error)
        self._on_apps(apps)
        if apps.error is None:
            self._teller.settle(Topic.APPS)
            return
        doing = translate("state", "The list of apps could not be read.")
        if apps.apps:
            doing = translate("state", "The list of apps could not be read to its end.")
        self._teller.fail(Topic.APPS, doing, apps.error)

    def _refresh_open_app(self) -> None:
        """Give the open app the name and icon that the list has for it now."""
        account, app = self.account, self.app
        if account is None or app is None:
            return
        listed = next((one for one in self.listed.apps if one.app_key == app.app_key), None)
        if listed is None or listed == app:
            return
        self.app = listed
        self.app_changed.emit()
        self._way_back.remember_listed(account, listed)

    def _on_app_named(self, app: KnownApp) -> None:
        self.app = app
        self.app_changed.emit()

    def _on_remembered(self, recent_before: tuple[KnownApp, ...]) -> None:
        if self.recent_apps != self.listed.known_recent(self._settings.added, recent_before):
            self.apps_changed.emit()


def _earlier() -> Text:
    return translate("state", "What was read earlier shows, and nothing can be changed.")
