"""What the window is about right now: which account, which app, which page, and what is being read or changed.

Holds no widget and paints nothing. Views call its intents and follow its signals; `core` does the work.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pgyer_desktop.api import PgyerError
from pgyer_desktop.core.accounts.guards import Guards
from pgyer_desktop.core.activity.journal import JournalError
from pgyer_desktop.core.activity.outcome import Write, WriteResult
from pgyer_desktop.core.base.actions import Situation
from pgyer_desktop.core.base.error_messages import Notice, Remedy, Severity, explain, explain_keystore, explain_pause
from pgyer_desktop.core.base.keystore import KeyStoreError
from pgyer_desktop.core.base.names import short
from pgyer_desktop.core.base.retry import ATTEMPTS, again
from pgyer_desktop.core.base.words import translate
from pgyer_desktop.core.builds.apps import AppList, KnownApp, merged
from pgyer_desktop.core.builds.pages import LatestSource, PageView
from pgyer_desktop.core.changes.promotion import previous_latest
from pgyer_desktop.core.changes.recheck import HeldBack, Look, look_at
from pgyer_desktop.core.changes.reports import accepted_not_visible, not_sent
from pgyer_desktop.core.history.store import HistoryError
from pgyer_desktop.ui.base.tasks import Policy, TaskScope

if TYPE_CHECKING:
    from pgyer_desktop.api import ApiKey, Build
    from pgyer_desktop.core.accounts.accounts import Account, AccountBook
    from pgyer_desktop.core.builds.icons import IconStore
    from pgyer_desktop.core.changes.session import LocalStore, Session


class Scene(Enum):
    """What stands in the middle of the window."""

    WELCOME = "welcome"
    """No account yet."""
    OPENING = "opening"
    """An account is being opened: its key or its apps are on their way."""
    NO_KEY = "no key"
    """The account's key cannot be had."""
    NO_APPS = "no apps"
    APPS_UNKNOWN = "apps unknown"
    """The list of apps failed, and no app is open."""
    BUILDS = "builds"
    """The table, full or still loading."""
    NO_BUILDS = "no builds"
    BUILDS_UNKNOWN = "builds unknown"
    """The app's first page failed, so there is nothing to show."""


class Topic(Enum):
    """What a notice is about. A newer notice of a topic replaces the older one, and its success clears it."""

    KEY = "key"
    APPS = "apps"
    BUILDS = "builds"
    LATEST = "latest"
    WRITE = "write"
    UNSEEN = "unseen"
    """A change was accepted and does not show yet."""
    SETTINGS = "settings"
    JOURNAL = "journal"
    HISTORY = "history"
    EXPORT = "export"
    LOG = "log"
    CRASH = "crash"
    UPDATES = "updates"
    """Newer releases of this program."""


_OF_THE_PROGRAM = frozenset(
    {Topic.SETTINGS, Topic.JOURNAL, Topic.HISTORY, Topic.EXPORT, Topic.LOG, Topic.CRASH, Topic.UPDATES}
)
"""These have nothing to do with the account that is on."""


Connect = Callable[["Account", "ApiKey"], Awaitable["Session"]]
FindKept = Callable[["Account"], Awaitable["LocalStore"]]


class Workspace(QObject):
    """The state of one main window.

    Signals:
        accounts_changed: an account was added, renamed or removed.
        account_changed: another account is on (or none); see `account`.
        apps_changed: the list of apps grew or changed; see `apps`.
        app_changed: another app is open (or none); see `app`.
        scene_changed: see `scene`.
        page_changed: other rows, or the same rows read again; see `view`.
        loading_changed: arg: whether a page is being read.
        situation_changed: what can be done may have changed; see `situation()`.
        notice_raised: args: Topic, Notice.
        notice_settled: arg: Topic whose trouble is over.
        write_finished: arg: WriteResult.
        queued_write_done: a change that belongs to a queue was made and seen. arg: build key.
        write_held_back: a change was not sent, because what it was decided on has changed. arg: HeldBack.
        write_settled: it was found out how an earlier change ended. arg: WriteResult.
        icons_changed: icons come from elsewhere now, or from nowhere; see `icons`.
        session_changed: another session is on, or none; see `session`.
        history_changed: the history of the open app holds more than before, or knows more of it.
        settings_changed: something to be remembered has changed.
    """

    accounts_changed = Signal()
    account_changed = Signal()
    apps_changed = Signal()
    app_changed = Signal()
    scene_changed = Signal()
    page_changed = Signal()
    loading_changed = Signal(bool)
    situation_changed = Signal()
    notice_raised = Signal(object, object)
    notice_settled = Signal(object)
    write_finished = Signal(object)
    queued_write_done = Signal(str)
    write_held_back = Signal(object)
    write_settled = Signal(object)
    icons_changed = Signal()
    session_changed = Signal()
    history_changed = Signal()
    settings_changed = Signal()

    def __init__(
        self,
        book: AccountBook,
        connect: Connect,
        find_kept: FindKept,
        parent: QObject | None = None,
    ) -> None:
        """`find_kept` tells what there is of an account before it has a session."""
        super().__init__(parent)
        self.book = book
        self._connect = connect
        self._find_kept = find_kept
        self.tasks = TaskScope(expected=(PgyerError, KeyStoreError, JournalError, HistoryError), parent=self)
        self.account: Account | None = None
        self.session: Session | None = None
        self.icons: IconStore | None = None
        self.app: KnownApp | None = None
        self.view: PageView | None = None
        self.scene = Scene.WELCOME
        self.loading = False
        self.apps_loading = False
        self._listed = AppList()
        self._selection: tuple[Build, ...] = ()
        self._selected_count = 0
        self._previous: tuple[object, str] = (None, "")
        self._busy: dict[str, Build] = {}
        self._failed: frozenset[str] = frozenset()
        self._wanted_page = 1
        self._failed_page: int | None = None
        self._writes_ended = 0
        self._wanted_app = ""
        self.all_builds = False
        """Whether the window shows all builds rather than one page; a matter of what can be done, no more."""
        self._latest_known: frozenset[str] = frozenset()

    # What can be read

    @property
    def apps(self) -> tuple[KnownApp, ...]:
        """The account's apps as far as known: listed, added by key and, until the list has been read, recent ones."""
        if self.account is None:
            return ()
        settings = self.book.settings(self.account.id)
        known = merged(self._listed.apps, settings.added)
        return known if self._listed.complete else merged(known, settings.recent)

    @property
    def recent_apps(self) -> tuple[KnownApp, ...]:
        """Those of `apps` that were opened before, the last one first."""
        if self.account is None:
            return ()
        apps = {app.app_key: app for app in self.apps}
        return tuple(apps[r.app_key] for r in self.book.settings(self.account.id).recent if r.app_key in apps)

    @property
    def apps_partial(self) -> bool:
        """Whether the list of apps is known not to be whole, because reading it failed."""
        return self._listed.error is not None

    @property
    def wanted_page(self) -> int:
        """The page that is shown or on its way."""
        return self._wanted_page

    @property
    def changing(self) -> tuple[Build, ...]:
        """The builds that are being changed right now, of whatever account. `situation_changed` tells when."""
        return tuple(self._busy.values())

    def situation(self) -> Situation:
        """What the actions' rule looks at."""
        view = self.view
        return Situation(
            has_account=self.session is not None,
            has_app=self.app is not None and self.session is not None,
            opening=self.app is not None and self.session is None,
            selection=self._selection,
            selected_count=self._selected_count,
            latest_keys=self._latest_keys(),
            previous_latest=self._previous_latest(),
            latest_known=view is not None and view.latest.source is not LatestSource.UNKNOWN,
            busy_keys=frozenset(self._busy),
            unsettled_keys=self._unsettled_keys(),
            failed_keys=self._failed,
            kept=view is not None and view.stored,
            all_builds=self.all_builds,
            read_only=self.guards.read_only,
            page=self._wanted_page,
            page_count=view.page_count if view is not None else 1,
        )

    def _previous_latest(self) -> str:
        """Looked for anew only where something has changed: this is asked all the time."""
        session, app, account = self.session, self.app, self.account
        if session is None or app is None or account is None:
            return ""
        about = (session.journal.entries, app.app_key, self._latest_keys())
        if about != self._previous[0]:
            found = previous_latest(about[0], account.id, app.app_key, about[2])
            self._previous = (about, found.build_key if found is not None else "")
        return self._previous[1]

    @property
    def guards(self) -> Guards:
        """The guard rails of the account that is on."""
        return self.book.settings(self.account.id).guards if self.account is not None else Guards()

    @property
    def pinned(self) -> frozenset[str]:
        """Keys of the builds that no clean-up may delete."""
        return frozenset(self.book.settings(self.account.id).pinned) if self.account is not None else frozenset()

    def toggle_pins(self, builds: Sequence[Build]) -> None:
        """Pin these builds, or no longer where all of them are."""
        if self.account is None or not builds:
            return
        keys = tuple(build.build_key for build in builds)
        pin = not set(keys) <= self.pinned
        self.book.remember(self.account.id, lambda account: account.with_pinned(keys, pinned=pin))
        self.settings_changed.emit()
        self.situation_changed.emit()

    def guards_edited(self) -> None:
        """Follow the guard rails that have been changed."""
        self.settings_changed.emit()
        self.account_changed.emit()
        self.situation_changed.emit()

    def _latest_keys(self) -> frozenset[str]:
        keys = self.view.latest.keys if self.view is not None else frozenset()
        return keys or self._latest_known if self.all_builds else keys

    # Intents

    def know_latest(self, keys: frozenset[str]) -> None:
        """Take note of the builds that are marked latest on whatever page of the open app."""
        if keys != self._latest_known:
            self._latest_known = keys
            shown = self.view.latest.keys if self.view is not None else frozenset()
            if self.all_builds and shown and not keys <= shown and not self.loading:
                self._read_page()  # the latest has moved since the page was read that says which it is
            self.situation_changed.emit()

    def start(self, *, app_key: str = "") -> None:
        """Come back to where the person was, or to `app_key`."""
        account = self.book.last_used
        if account is None:
            self._set_scene(Scene.WELCOME)
        else:
            self.open_account(account.id, app_key=app_key)

    def open_account(self, account_id: str, *, app_key: str = "") -> None:
        """Make an account the one that is on, and open the app with this key where one is given."""
        self.switch_account(account_id)
        self._wanted_app = app_key

    def switch_account(self, account_id: str) -> None:
        """Make another account the one that is on; opening the same one again gets its key again."""
        account = self.book.account(account_id)
        if account is None:
            return
        # Where the account has not been opened yet, what it is to open still counts.
        wanted = self._wanted_app if self.account is not None and self.account.id == account.id else ""
        self._leave_account()
        self._wanted_app = wanted
        self.account = account
        self.book.remember_current(account.id)
        self.settings_changed.emit()
        self.account_changed.emit()
        self._set_scene(Scene.OPENING)
        self.tasks.start("open account", lambda: self._open(account), on_done=self._on_opened, on_error=self._on_no_key)

    def account_removed(self) -> None:
        """Go on after the account that was on has been removed: with the first other one, or the welcome page."""
        self.accounts_changed.emit()
        self.settings_changed.emit()
        if self.account is None or self.book.account(self.account.id) is not None:
            return
        self._leave_account()
        self.account_changed.emit()
        self.start()

    def accounts_edited(self) -> None:
        """Show a new name, or a key's new place."""
        if self.account is not None:
            self.account = self.book.account(self.account.id)
        self.accounts_changed.emit()
        self.settings_changed.emit()

    def load_apps(self) -> None:
        """Read the account's apps again."""
        session, account = self.session, self.account
        if session is None or account is None:
            return
        before = self._listed

        def on_part(part: AppList) -> None:
            # While the list is read again, what it held before stays.
            if self.session is session and not before.complete:
                self._on_apps(AppList(merged(part.apps, before.apps)))

        self.apps_loading = True
        self.apps_changed.emit()
        self.tasks.start("apps", lambda: session.list_apps(on_part=on_part), on_done=self._on_apps_ended)

    def open_app(self, app_key: str, *, page: int = 1) -> None:
        """Show an app's builds."""
        app = next((app for app in self.apps if app.app_key == app_key), None)
        if app is None or self.session is None:
            return
        self._open_app(app, page=page)

    def add_app(self, app: KnownApp) -> None:
        """Remember an app that was found by its key, and open it."""
        if self.account is None:
            return
        if all(known.app_key != app.app_key for known in self._listed.apps):
            self.book.remember(self.account.id, lambda a: a.with_added(app))
            self.settings_changed.emit()
        self.apps_changed.emit()
        self._open_app(app, page=1)

    def go_to_page(self, number: int) -> None:
        """Show page `number`, at once if it was read ahead; what is on screen stays until it is there."""
        if self.app is None or self.session is None:
            return
        self._wanted_page = max(1, number)
        ahead = self.session.builds.read_ahead(self.app.app_key, self._wanted_page)
        if ahead is not None:
            self.tasks.cancel("page")
            self._on_page(ahead)
        else:
            self._read_page()

    def retry(self) -> None:
        """Read again the page that could not be read."""
        if self._failed_page is not None and self.view is not None:
            self.go_to_page(self._failed_page)
        else:
            self.refresh()

    def refresh(self) -> None:
        """Read the page again; where there is none yet, whatever is missing."""
        if self.session is None:
            if self.account is not None:
                self.switch_account(self.account.id)
            return
        self.session.builds.forget_ahead()
        if self._listed.error is not None or self.app is None:
            self.load_apps()
        if self.app is not None:
            self._read_page()

    def stop_reading(self) -> None:
        """Give up the page that is being read; what is on screen stays."""
        self.tasks.cancel("page")
        self.notice_settled.emit(Topic.BUILDS)
        self._give_up_page()

    def select(self, builds: tuple[Build, ...], count: int | None = None) -> None:
        """Take note of the selected rows. `count`: how many they are, where that is too many to name them."""
        count = len(builds) if count is None else count
        if (builds, count) != (self._selection, self._selected_count):
            self._selection, self._selected_count = builds, count
            self.situation_changed.emit()

    def look(self, build: Build) -> Look | None:
        """What the screen tells about a build and the latest: what a person decides on. None without a page."""
        return look_at(self.view, build) if self.view is not None else None

    def write(self, write: Write, build: Build, *, seen: Look | None = None) -> bool:
        """Make a change that has been confirmed. False where one of the same build is under way: nothing is sent.

        `seen` is what the person decided on; None: what is on screen.
        """
        session, app = self.session, self.app
        seen = seen or self.look(build)
        if session is None or app is None or seen is None or build.build_key in self._busy or self.guards.read_only:
            return False
        page = self._wanted_page
        ended_before = self._writes_ended

        def on_unseen() -> None:
            self.notice_raised.emit(Topic.UNSEEN, accepted_not_visible(write, build))

        async def change() -> WriteResult | HeldBack:
            try:
                return await session.change(write, app, build, page=page, seen=seen, on_unseen=on_unseen)
            finally:
                # Also where something unexpected went wrong, of which neither of the two below hears.
                self._busy.pop(build.build_key, None)
                self.notice_settled.emit(Topic.UNSEEN)
                self.situation_changed.emit()

        def on_done(result: WriteResult | HeldBack) -> None:
            if isinstance(result, HeldBack):
                self._on_held_back(session, result)
            else:
                alone = self._writes_ended == ended_before
                self._writes_ended += 1
                self._on_written(session, app.app_key, page, result, alone=alone)

        def on_error(error: Exception) -> None:
            if isinstance(error, PgyerError | JournalError):
                self.notice_raised.emit(Topic.WRITE, not_sent(write, build, error))

        started = self.tasks.start(
            f"write {build.build_key}",
            change,
            policy=Policy.DROP_IF_RUNNING,
            on_done=on_done,
            on_error=on_error,
        )
        if started:
            # What it reads from now on may be from before the change.
            self.tasks.cancel("prefetch")
            self._busy[build.build_key] = build
            self._failed -= {build.build_key}
            self.situation_changed.emit()
        return started

    def set_failed(self, keys: frozenset[str], *, among: frozenset[str]) -> None:
        """Note which of a queue's builds could not be deleted, until they are changed; `among` are all of its keys."""
        failed = (self._failed - among) | keys
        if failed != self._failed:
            self._failed = failed
            self.situation_changed.emit()

    def set_changing(self, builds: Sequence[Build], *, among: frozenset[str]) -> None:
        """Note which of a queue's builds are being changed now; `among` are the keys of all of them."""
        now = {key: build for key, build in self._busy.items() if key not in among}
        now |= {build.build_key: build for build in builds}
        if now != self._busy:
            self._busy = now
            self.situation_changed.emit()

    async def aclose(self, *, in_a_hurry: bool = False) -> None:
        """Stop reading, and wait for changes that are under way; in a hurry they are cut off and recorded as unknown.

        Those are settled at the next start.
        """
        if in_a_hurry:
            await self.tasks.abandon()
        else:
            await self.tasks.aclose()

    # Accounts

    async def _open(self, account: Account) -> Session | None:
        await self._show_known(account)
        key = await self.book.key(account.id)
        return None if key is None else await self._connect(account, key)

    async def _show_known(self, account: Account) -> None:
        """Show the page to come back to as it was read last. That needs no key, for which the system may ask first."""
        place = self._place_to_open(account)
        if place is None:
            return
        app, page = place
        try:
            kept = await self._find_kept(account)
            self._take_icons(kept.icons)
            view = await kept.history.page(app.app_key, page) if kept.history is not None else None
        except HistoryError as error:
            self._on_history_error(error)
            return
        if view is None or not view.builds:
            return
        self.app = app
        self._take(view)
        self.app_changed.emit()
        await asyncio.sleep(0)  # painted before the keyring and the HTTP library are loaded, which keep Python busy

    def _take_icons(self, icons: IconStore | None) -> None:
        self.icons = icons
        self.icons_changed.emit()

    def _place_to_open(self, account: Account) -> tuple[KnownApp, int] | None:
        """The app that was asked for or was open before, and its page. None where there is none."""
        if self._wanted_app:
            known = {app.app_key: app for app in self.apps}
            return known.get(self._wanted_app, KnownApp(self._wanted_app)), 1
        settings = self.book.settings(account.id)
        return (settings.recent[0], settings.last_page) if settings.recent else None

    def _on_opened(self, session: Session | None) -> None:
        account = self.account
        if account is None:
            return
        if session is None:
            self._end_without_key()
            return
        self.session = session
        self._take_icons(session.icons)
        self.session_changed.emit()
        self.notice_settled.emit(Topic.KEY)
        self._tell_about_history(session)
        self.accounts_edited()
        place = self._place_to_open(account)
        self._wanted_app = ""
        if place is not None:
            app, page = place
            self._open_app(app, page=page)
        self.situation_changed.emit()
        self.load_apps()

    def _tell_about_history(self, session: Session) -> None:
        """What is wrong with the history's file, once."""
        store = session.history.store if session.history is not None else None
        if store is not None and store.problem is not None:
            self.notice_raised.emit(Topic.HISTORY, Notice(store.problem, Severity.WARNING, Remedy.NONE))
            store.problem = None

    def _end_without_key(self) -> None:
        self.app = None
        self._drop_view()
        self._set_scene(Scene.NO_KEY)
        self.app_changed.emit()
        self.page_changed.emit()
        self.situation_changed.emit()

    def _on_no_key(self, error: Exception) -> None:
        self._end_without_key()
        if isinstance(error, KeyStoreError):
            self.notice_raised.emit(Topic.KEY, explain_keystore(error))
        elif isinstance(error, PgyerError):
            doing = translate("workspace", "The account could not be opened.")
            self.notice_raised.emit(Topic.KEY, explain(error, doing=doing))

    def _leave_account(self) -> None:
        for key in ("open account", "apps", "page", "kept", "prefetch", "settle"):
            self.tasks.cancel(key)
        self.account = None
        self.session = None
        self._take_icons(None)
        self.app = None
        self._drop_view()
        self._listed = AppList()
        self.apps_loading = False
        self._wanted_page = 1
        self._wanted_app = ""
        self._set_loading(loading=False)
        for topic in Topic:
            if topic not in _OF_THE_PROGRAM:
                self.notice_settled.emit(topic)
        self.session_changed.emit()
        self.apps_changed.emit()
        self.app_changed.emit()
        self.page_changed.emit()
        self.situation_changed.emit()

    # Apps

    def _on_apps(self, apps: AppList) -> None:
        self._listed = apps
        self._refresh_open_app()
        self.apps_changed.emit()
        if self.app is None and self.apps:
            self._open_app(self.apps[0], page=1)

    def _on_apps_ended(self, apps: AppList) -> None:
        self.apps_loading = False
        if apps.error is not None:
            # A list that was whole before is worth more than the part of it that could be read now.
            kept = merged(apps.apps, self._listed.apps)
            apps = AppList(kept, complete=False, error=apps.error)
        self._on_apps(apps)
        if apps.error is None:
            self.notice_settled.emit(Topic.APPS)
            if self.app is None:
                self._set_scene(Scene.NO_APPS)
            return
        doing = translate("workspace", "The list of apps could not be read.")
        if apps.apps:
            doing = translate("workspace", "The list of apps could not be read to its end.")
        self.notice_raised.emit(Topic.APPS, explain(apps.error, doing=doing))
        if self.app is None:
            self._set_scene(Scene.APPS_UNKNOWN)

    def _refresh_open_app(self) -> None:
        """Give the open app the name and icon that the list has for it now."""
        if self.app is None or self.account is None:
            return
        listed = next((app for app in self._listed.apps if app.app_key == self.app.app_key), None)
        if listed is not None and listed != self.app:
            self.app = listed
            self.app_changed.emit()
            if self.view is not None:
                self._remember_app()

    def _open_app(self, app: KnownApp, *, page: int) -> None:
        self.tasks.cancel("prefetch")
        same = self.app is not None and self.app.app_key == app.app_key
        self.app = app
        self._wanted_page = page
        if not same:
            # Rows of another app under this app's name would invite the wrong click.
            self._drop_view()
            self.notice_settled.emit(Topic.BUILDS)
            self.notice_settled.emit(Topic.LATEST)
            self.page_changed.emit()
        self._set_scene(Scene.BUILDS)
        self.app_changed.emit()
        self.situation_changed.emit()
        self._read_page()
        if not same:
            self._show_kept(page)

    # Pages

    def _drop_view(self) -> None:
        """Forget the rows that show, and what is known of them only."""
        self.view = None
        self._latest_known = frozenset()
        self._selection, self._selected_count = (), 0

    def _read_page(self) -> None:
        session, app = self.session, self.app
        if session is None or app is None:
            return
        self.tasks.cancel("prefetch")
        self._failed_page = None
        number = self._wanted_page
        self._set_loading(loading=True)
        if self.view is None:
            self._set_scene(Scene.BUILDS)
        self.situation_changed.emit()

        def on_wait(error: PgyerError, attempt: int) -> None:
            if session is self.session:
                self.notice_raised.emit(Topic.BUILDS, explain_pause(error, attempt=attempt, attempts=ATTEMPTS))

        self.tasks.start(
            "page",
            lambda: again(lambda: session.builds.read(app.app_key, number), on_wait=on_wait),
            on_done=self._on_page,
            on_error=self._on_page_failed,
        )

    def _show_kept(self, number: int) -> None:
        """Show a page as it was read last, until the service has answered, or where it cannot be reached."""
        session, app = self.session, self.app
        if session is None or app is None or session.history is None:
            return
        history = session.history

        def on_done(view: PageView | None) -> None:
            here = self.session is session and self.app is not None and self.app.app_key == app.app_key
            if view is None or not here or (self.view is not None and not self.view.stored and self.loading):
                return
            if self.view is None or self._failed_page == number:
                self._failed_page = None
                self._wanted_page = number
                self._take(view)

        self.tasks.start(
            "kept", lambda: history.page(app.app_key, number), on_done=on_done, on_error=self._on_history_error
        )

    def _on_page(self, view: PageView) -> None:
        if self.app is None or view.app_key != self.app.app_key:
            return
        self.tasks.cancel("kept")
        self._set_loading(loading=False)
        self._take(view)
        self.notice_settled.emit(Topic.BUILDS)
        self._tell_about_latest(view)
        self._prefetch(view)
        self._keep(view)
        self._settle()

    def _take(self, view: PageView) -> None:
        """Make this the page that is shown."""
        self.view = view
        self._wanted_page = view.number
        self._name_app(view)
        self._remember_app()
        keys = {build.build_key: build for build in view.builds}
        self._selection = tuple(
            keys.get(build.build_key, build) for build in self._selection if self.all_builds or build.build_key in keys
        )
        self._selected_count = len(self._selection)
        self._set_scene(Scene.BUILDS if view.builds else Scene.NO_BUILDS)
        self.page_changed.emit()
        self.situation_changed.emit()

    def _keep(self, view: PageView) -> None:
        """Have the page in the history."""
        history = self.session.history if self.session is not None else None
        if history is not None:
            self.tasks.start(
                f"keep {view.app_key} {view.number}",
                lambda: history.remember(view),
                on_done=lambda _nothing: self.history_changed.emit(),
                on_error=self._on_history_error,
            )

    def _on_history_error(self, error: Exception) -> None:
        if isinstance(error, HistoryError):
            doing = translate("workspace", "What was read is not kept on this computer.")
            text = translate("workspace", "{doing} {reason}", "two sentences").fill(doing=doing, reason=error.text)
            self.notice_raised.emit(Topic.HISTORY, Notice(text, Severity.WARNING, Remedy.NONE))

    def _on_page_failed(self, error: Exception) -> None:
        self._give_up_page()
        if isinstance(error, PgyerError) and self.app is not None:
            doing = translate("workspace", "The builds of {app} could not be read.").fill(app=app_title(self.app))
            self.notice_raised.emit(Topic.BUILDS, explain(error, doing=doing))
        if self._failed_page is not None:
            self._show_kept(self._failed_page)

    def _give_up_page(self) -> None:
        self._set_loading(loading=False)
        if self.view is not None:
            # The page that stays on screen is the one that counts; "Retry" is about the other.
            self._failed_page = self._wanted_page
            self._wanted_page = self.view.number
            self.page_changed.emit()
        else:
            self._set_scene(Scene.BUILDS_UNKNOWN)
        self.situation_changed.emit()

    def _prefetch(self, view: PageView) -> None:
        session = self.session
        if session is None or view.number >= view.page_count:
            return
        self.tasks.start(
            "prefetch",
            lambda: session.builds.prefetch(view.app_key, view.number + 1),
            # Nobody asked for it: when it is asked for, it is read again and its trouble told.
            on_error=lambda _error: None,
        )

    def _tell_about_latest(self, view: PageView) -> None:
        error = view.latest.error
        if error is None:
            self.notice_settled.emit(Topic.LATEST)
            return
        doing = translate("workspace", "Which build is the latest could not be found out.")
        self.notice_raised.emit(Topic.LATEST, explain(error, doing=doing))

    # Writes

    def _on_held_back(self, session: Session, held: HeldBack) -> None:
        self.situation_changed.emit()
        if session is self.session and self.app is not None and self.app.app_key == held.now.view.app_key:
            self._on_page(held.now.view)
            self.write_held_back.emit(held)

    def _on_written(self, session: Session, app_key: str, page: int, result: WriteResult, *, alone: bool) -> None:
        """`alone`: no other change has ended since this one was begun."""
        history = session.history
        if history is not None and result.after is not None:
            after = result.after
            self.tasks.start(
                f"doubt {app_key}", lambda: history.doubt_latest(app_key, after), on_error=self._on_history_error
            )
        self.write_finished.emit(result)
        self.situation_changed.emit()
        if session is not self.session or self.app is None or self.app.app_key != app_key:
            return
        if page == self._wanted_page and result.after is not None:
            # A page read that began before the write would show what was before it.
            self.tasks.cancel("page")
            if alone or self.view is None or self.view.as_of <= result.after.as_of:
                self._on_page(result.after)
            if not alone:
                self._read_page()  # what was read after this change may be from before the end of the other
        elif result.after is not None:
            self._read_page()

    # Changes of which nobody knows how they ended

    def _unsettled_keys(self) -> frozenset[str]:
        if self.session is None or self.app is None:
            return frozenset()
        app_key = self.app.app_key
        return frozenset(
            entry.intent.build.build_key for entry in self.session.unsettled if entry.intent.app_key == app_key
        )

    def _settle(self) -> None:
        """Reading works again: find out how each ended, one after the other."""
        session = self.session
        if session is None or not session.unsettled or self.tasks.is_running("settle"):
            return
        entry = session.unsettled[0]

        def on_done(result: WriteResult) -> None:
            if session is self.session:
                self.write_settled.emit(result)
                self.situation_changed.emit()
                self._settle()

        self.tasks.start(
            "settle",
            lambda: session.settle(entry),
            on_done=on_done,
            # It stays marked, and the next page that can be read tries again.
            on_error=lambda _error: None,
        )

    # Bookkeeping

    def _name_app(self, view: PageView) -> None:
        """An app that was opened by its key alone gets its name from its builds."""
        if self.app is None or self.app.name or not view.builds:
            return
        newest = view.builds[0]
        self.app = KnownApp(
            self.app.app_key, newest.name, newest.identifier, newest.icon, newest.platform, self.app.shortcut
        )
        self.app_changed.emit()

    def _remember_app(self) -> None:
        if self.account is None or self.app is None:
            return
        before = self.recent_apps
        self.book.remember_opened(self.account.id, self.app, self._wanted_page)
        self.settings_changed.emit()
        if self.recent_apps != before:
            self.apps_changed.emit()

    def _set_scene(self, scene: Scene) -> None:
        if scene is not self.scene:
            self.scene = scene
            self.scene_changed.emit()

    def _set_loading(self, *, loading: bool) -> None:
        if loading != self.loading:
            self.loading = loading
            self.loading_changed.emit(loading)


def app_title(app: KnownApp) -> str:
    """What an app is called in sentences and titles, also where it has no name."""
    return short(app.name or app.identifier or app.app_key)
