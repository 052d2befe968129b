"""The page of the open app that shows, and what is read for it: from the service, ahead, and from this computer.

Must not know what is being changed; who changes something hands it the page that was read after that.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pgyer_desktop.core.base.error_messages import explain_pause
from pgyer_desktop.core.base.retry import ATTEMPTS, again
from pgyer_desktop.core.base.words import translate
from pgyer_desktop.core.changes.recheck import Look, look_at
from pgyer_desktop.ui.state.teller import Teller, Topic, not_kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from pgyer_desktop.api import Build, PgyerError
    from pgyer_desktop.core.builds.pages import PageView
    from pgyer_desktop.ui.base.tasks import TaskScope
    from pgyer_desktop.ui.state.accounts import AccountState
    from pgyer_desktop.ui.state.open import Open
    from pgyer_desktop.ui.state.way_back import WayBack


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


class PageState(QObject):
    """What shows of the open app.

    Signals:
        page_changed: other rows, or the same rows read again; see `view`.
        page_read: the service has answered with a page of the open app, which shows now.
        loading_changed: arg: whether a page is being read.
        state_changed: another page is wanted, or other builds are known to be the latest; see `wanted_page` and
            `latest_keys`.
        scene_changed: see `scene`.
        history_changed: the history of the open app holds more than before, or knows more of it.
    """

    page_changed = Signal()
    page_read = Signal()
    loading_changed = Signal(bool)
    state_changed = Signal()
    scene_changed = Signal()
    history_changed = Signal()

    def __init__(self, accounts: AccountState, way_back: WayBack, tasks: TaskScope, teller: Teller) -> None:
        super().__init__(tasks)
        self._accounts = accounts
        self._way_back = way_back
        self._tasks = tasks
        self._teller = teller
        self.view: PageView | None = None
        """The page that shows, with the rows that are kept on it."""
        self.with_kept: Callable[[PageView], PageView] = lambda view: view
        """Adds the rows that stay although the service does not list them; set by who knows them."""
        self._read_view: PageView | None = None
        self.scene = Scene.WELCOME
        self.loading = False
        self.all_builds = False
        """Whether the window shows all builds rather than one page."""
        self.wanted_page = 1
        """The page that is shown or on its way."""
        self._failed_page: int | None = None
        self._latest_known: frozenset[str] = frozenset()
        self.keeping_failed = False
        """Whether the last page that was read could not be kept."""
        accounts.closed.connect(self._on_closed)
        accounts.stored_read.connect(self._take)
        accounts.app_opened.connect(self._on_app_opened)
        for changed in (accounts.account_changed, accounts.session_changed, accounts.apps_changed):
            changed.connect(self._update_scene)

    # What can be read

    @property
    def latest_keys(self) -> frozenset[str]:
        """The builds that are the latest, as far as the page tells or, among all builds, is known."""
        keys = self.view.latest.keys if self.view is not None else frozenset()
        return keys or self._latest_known if self.all_builds else keys

    def look(self, build: Build) -> Look | None:
        """What the screen tells about a build and the latest: what a person decides on. None without a page."""
        return look_at(self.view, build) if self.view is not None else None

    # What a person wants

    def go_to_page(self, number: int) -> None:
        """Show page `number`, at once if it was read ahead; what is on screen stays until it is there."""
        opened = self._accounts.open
        if opened is None:
            return
        self.wanted_page = max(1, number)
        ahead = opened.session.builds.read_ahead(opened.app_key, self.wanted_page)
        if ahead is not None:
            self._tasks.cancel("page")
            self.show_read(ahead)
        else:
            self._read(opened)

    def retry(self) -> None:
        """Read again the page that could not be read."""
        if self._failed_page is not None and self.view is not None:
            self.go_to_page(self._failed_page)
        else:
            self.refresh()

    def refresh(self) -> None:
        """Read the page again; where there is none yet, whatever is missing."""
        self._accounts.refresh()
        opened = self._accounts.open
        if opened is not None:
            opened.session.builds.forget_ahead()
            self._read(opened)

    def stop_reading(self) -> None:
        """Give up the page that is being read; what is on screen stays."""
        self._tasks.cancel("page")
        self._teller.settle(Topic.BUILDS)
        self._give_up_page()

    def show_all_builds(self, *, on: bool) -> None:
        """Know that all builds show rather than one page, or no longer."""
        self.all_builds = on
        self.state_changed.emit()

    # What others know

    def know_latest(self, keys: frozenset[str]) -> None:
        """Take note of the builds that are marked latest on whatever page of the open app."""
        if keys != self._latest_known:
            self._latest_known = keys
            shown = self.view.latest.keys if self.view is not None else frozenset()
            opened = self._accounts.open
            if opened is not None and self.all_builds and shown and not keys <= shown and not self.loading:
                self._read(opened)  # the latest has moved since the page was read that says which it is
            self.state_changed.emit()

    def stop_prefetch(self) -> None:
        """Read no further ahead: what is read now may be from before a change."""
        self._tasks.cancel("prefetch")

    def show_read(self, view: PageView) -> None:
        """Show a page that the service has just answered with, if it is one of the open app."""
        opened = self._accounts.open
        if opened is None or view.app_key != opened.app_key:
            return
        self._tasks.cancel("stored page")
        self._set_loading(loading=False)
        self._take(view)
        self._teller.settle(Topic.BUILDS)
        self._tell_about_latest(view)
        self._prefetch(opened, view)
        self._keep(opened, self.view or view)
        self.page_read.emit()

    def show_again(self, *, read: bool = False) -> None:
        """Show the page with other rows kept on it; `read`: and read it."""
        opened, view = self._accounts.open, self._read_view
        if opened is None or view is None:
            return
        self.view = self.with_kept(view)
        self._update_scene()
        self.page_changed.emit()
        if read and not self.loading:
            self._read(opened)

    def follow_queue(self, opened: Open, after: PageView) -> bool:
        """Show what a queue has read after a delete, or that a build is gone. Whether what shows is true now, or soon.

        It asks for nothing more: the queue itself reads again in a moment.
        """
        if after.number != self.wanted_page or self.loading:
            self.show_again()
            return self.all_builds or self.loading
        self._take(after)
        self._keep(opened, self.view or after)
        return True

    def follow_change(self, opened: Open, page: int, after: PageView, *, alone: bool) -> None:
        """Show what was read after a change that was begun on `page`.

        `alone`: no other change has ended since this one was begun.
        """
        if page != self.wanted_page:
            self._read(opened)
            return
        # A page read that began before the write would show what was before it.
        self._tasks.cancel("page")
        if alone or self.view is None or self.view.as_of <= after.as_of:
            self.show_read(after)
        if not alone:
            self._read(opened)  # what was read after this change may be from before the end of the other

    # What happens

    def _on_closed(self) -> None:
        for key in ("page", "prefetch"):
            self._tasks.cancel(key)
        self._drop_view()
        self.wanted_page = 1
        self._set_loading(loading=False)
        self.page_changed.emit()
        self._update_scene()

    def _on_app_opened(self, page: int, same: bool) -> None:
        opened = self._accounts.open
        if opened is None:
            return
        self.wanted_page = page
        if not same:
            # Rows of another app under this app's name would invite the wrong click.
            self._drop_view()
            self._teller.settle(Topic.BUILDS)
            self._teller.settle(Topic.LATEST)
            self.page_changed.emit()
        self._read(opened)
        if not same:
            self._show_stored(opened, page)

    def _drop_view(self) -> None:
        """Forget the rows that show, and what is known of them only."""
        self.view = self._read_view = None
        self._failed_page = None
        self._latest_known = frozenset()

    def _read(self, opened: Open) -> None:
        self._tasks.cancel("prefetch")
        self._failed_page = None
        number = self.wanted_page
        self._set_loading(loading=True)
        self._update_scene()
        self.state_changed.emit()

        def on_wait(error: PgyerError, attempt: int) -> None:
            if opened.session is self._accounts.session:
                self._teller.tell(Topic.BUILDS, explain_pause(error, attempt=attempt, attempts=ATTEMPTS))

        self._tasks.start(
            "page",
            lambda: again(lambda: opened.session.builds.read(opened.app_key, number), on_wait=on_wait),
            on_done=self.show_read,
            on_error=lambda error: self._on_page_failed(opened, error),
        )

    def _show_stored(self, opened: Open, number: int) -> None:
        """Show a page as it was read last, until the service has answered, or where it cannot be reached."""
        history = opened.history
        if history is None:
            return

        def on_done(view: PageView | None) -> None:
            if view is None or not opened.is_same(self._accounts.open):
                return
            if self.view is None or self._failed_page == number:
                self._failed_page = None
                self.wanted_page = number
                self._take(view)

        self._tasks.start(
            "stored page",
            lambda: history.page(number),
            on_done=on_done,
            on_error=self._teller.failure(Topic.HISTORY, not_kept()),
        )

    def _take(self, view: PageView) -> None:
        """Make this the page that is shown."""
        self._read_view = view
        self.view = self.with_kept(view)
        self.wanted_page = view.number
        account, app = self._accounts.account, self._accounts.app
        if account is not None and app is not None:
            self._way_back.remember_page(account, app, view)
        self._update_scene()
        self.page_changed.emit()

    def _keep(self, opened: Open, view: PageView) -> None:
        """Have the page in the history."""
        history = opened.session.history
        if history is None:
            return

        def on_done(_nothing: None) -> None:
            if self.keeping_failed:
                self.keeping_failed = False
                self._teller.settle(Topic.HISTORY)
            self.history_changed.emit()

        def on_error(error: Exception) -> None:
            self.keeping_failed = True
            self._teller.fail(Topic.HISTORY, not_kept(), error)

        self._tasks.start(
            f"keep {view.app_key} {view.number}", lambda: history.remember(view), on_done=on_done, on_error=on_error
        )

    def _on_page_failed(self, opened: Open, error: Exception) -> None:
        self._give_up_page()
        doing = translate("state", "The builds of {app} could not be read.").fill(app=opened.title)
        self._teller.fail(Topic.BUILDS, doing, error)
        if self.view is not None and self._failed_page is not None:
            self._show_stored(opened, self._failed_page)

    def _give_up_page(self) -> None:
        self._set_loading(loading=False)
        self._failed_page = self.wanted_page
        if self.view is not None:
            # The page that stays on screen is the one that counts; "Retry" is about the other.
            self.wanted_page = self.view.number
        self._update_scene()
        self.page_changed.emit()

    def _prefetch(self, opened: Open, view: PageView) -> None:
        if view.number < view.page_count:
            self._tasks.start(
                "prefetch",
                lambda: opened.session.builds.prefetch(view.app_key, view.number + 1),
                # Nobody asked for it: when it is asked for, it is read again and its trouble told.
                on_error=lambda _error: None,
            )

    def _tell_about_latest(self, view: PageView) -> None:
        if view.latest.error is None:
            self._teller.settle(Topic.LATEST)
        else:
            doing = translate("state", "It could not be found out which build is the latest.")
            self._teller.fail(Topic.LATEST, doing, view.latest.error)

    def _set_loading(self, *, loading: bool) -> None:
        if loading != self.loading:
            self.loading = loading
            self.loading_changed.emit(loading)

    def _update_scene(self) -> None:
        scene = self._found_scene()
        if scene is not self.scene:
            self.scene = scene
            self.scene_changed.emit()

    def _found_scene(self) -> Scene:
        accounts = self._accounts
        if accounts.account is None:
            return Scene.WELCOME
        if self.view is not None:
            return Scene.BUILDS if self.view.builds else Scene.NO_BUILDS
        if accounts.app is not None:
            return Scene.BUILDS if self._failed_page is None else Scene.BUILDS_UNKNOWN
        if accounts.has_no_key:
            return Scene.NO_KEY
        if accounts.apps_partial:
            return Scene.APPS_UNKNOWN
        return Scene.NO_APPS if accounts.listed.complete else Scene.OPENING
