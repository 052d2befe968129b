"""What the rules of the actions look at, put together from all that is known, with the rows that are selected.

Must not decide what can be done: the actions' own rules do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pgyer_desktop.core.base.actions import Situation
from pgyer_desktop.core.builds.pages import LatestSource
from pgyer_desktop.core.changes.promotion import previous_latest

if TYPE_CHECKING:
    from pgyer_desktop.api import Build
    from pgyer_desktop.core.activity.records import NamedBuild
    from pgyer_desktop.ui.state.accounts import AccountState
    from pgyer_desktop.ui.state.changes import Changes
    from pgyer_desktop.ui.state.page import PageState


class SituationState(QObject):
    """Puts the situation together.

    Signals:
        changed: what can be done may have changed; see `now`.
    """

    changed = Signal()

    def __init__(self, accounts: AccountState, page: PageState, changes: Changes) -> None:
        super().__init__(page)
        self._accounts = accounts
        self._page = page
        self._changes = changes
        self._selection: tuple[Build, ...] = ()
        self._selected_count = 0
        self._shown: tuple[Build, ...] = ()
        self._previous: tuple[object, NamedBuild | None] = (None, None)
        page.page_changed.connect(self._on_page_changed)
        for signal in (
            accounts.account_changed,
            accounts.session_changed,
            accounts.app_changed,
            accounts.pins_changed,
            page.state_changed,
            changes.changed,
        ):
            signal.connect(self.changed)

    def now(self) -> Situation:
        """What the rules look at."""
        view, opened = self._page.view, self._accounts.open
        no_key = self._accounts.has_no_key
        previous = self._previous_latest()
        return Situation(
            has_account=self._accounts.session is not None,
            has_app=opened is not None,
            searchable=opened is not None or self._accounts.history is not None,
            opening=self._accounts.app is not None and self._accounts.session is None and not no_key,
            no_key=no_key,
            selection=self._selection,
            shown=self._shown if not self._selected_count else (),
            selected_count=self._selected_count,
            latest_keys=self._page.latest_keys,
            previous_latest=previous.build_key if previous is not None else "",
            previous_name=previous.name if previous is not None else "",
            latest_known=view is not None and view.latest.source is not LatestSource.UNKNOWN,
            busy_keys=self._changes.busy_keys,
            unsettled_keys=self._changes.unsettled_keys,
            failed_keys=self._changes.failed_keys,
            pinned=bool(self._selection) and {b.build_key for b in self._selection} <= self._accounts.pinned,
            queueing=self._changes.queues_here,
            stored=view is not None and view.stored,
            all_builds=self._page.all_builds,
            read_only=self._accounts.guards.read_only,
            page=self._page.wanted_page,
            page_count=view.page_count if view is not None else 1,
        )

    def select(self, builds: tuple[Build, ...], count: int | None = None) -> None:
        """Take note of the selected rows. `count`: how many they are, where that is too many to name them."""
        count = len(builds) if count is None else count
        if (builds, count) != (self._selection, self._selected_count):
            self._selection, self._selected_count = builds, count
            self.changed.emit()

    def show(self, build: Build | None) -> None:
        """Take note of the build that is shown while none is selected."""
        shown = (build,) if build is not None else ()
        if shown != self._shown:
            self._shown = shown
            self.changed.emit()

    def _previous_latest(self) -> NamedBuild | None:
        """Looked for anew only where something has changed: this is asked all the time."""
        opened = self._accounts.open
        if opened is None:
            return None
        about = (opened.session.journal.entries, opened.app_key, self._page.latest_keys)
        if about != self._previous[0]:
            found = previous_latest(about[0], opened.account.id, opened.app_key, about[2])
            self._previous = (about, found)
        return self._previous[1]

    def _on_page_changed(self) -> None:
        """Keep of the selection what is still there, as it has been read now."""
        view = self._page.view
        if view is None:
            self._selection, self._selected_count = (), 0
        elif self._selection:
            keys = {build.build_key: build for build in view.builds}
            everywhere = self._page.all_builds
            still_there = [build for build in self._selection if everywhere or build.build_key in keys]
            self._selection = tuple(keys.get(build.build_key, build) for build in still_there)
            self._selected_count = len(self._selection)
        self.changed.emit()
