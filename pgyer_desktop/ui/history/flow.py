"""All builds of the open app at once, listed or searched: reads what is missing, and keeps the rows that match.

Works on the history file; the loop is never held for longer than a slice. Must not paint, and must not know which
widget shows its rows.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pgyer_desktop.core.base.error_messages import Remedy
from pgyer_desktop.core.base.words import translate
from pgyer_desktop.core.history.app_history import Coverage
from pgyer_desktop.core.history.load import Progress
from pgyer_desktop.core.history.search import Parsed, Query, parse
from pgyer_desktop.core.history.store import HistoryError
from pgyer_desktop.ui.history.finder import Found, HistoryFinder, Wanted
from pgyer_desktop.ui.history.version_groups import GroupedRows
from pgyer_desktop.ui.state.teller import Topic

if TYPE_CHECKING:
    from pgyer_desktop.ui.history.rows import HistoryRows
    from pgyer_desktop.ui.state.open import Open
    from pgyer_desktop.ui.state.window_state import WindowState

_REFRESH_MS: Final = 250
"""While pages arrive the rows are shown anew this often, not once a page."""


class HistoryFlow(QObject):
    """The state of the list "All builds", and of the search, which looks through the same builds.

    Signals:
        rows_changed: other rows, or the same ones in another order; see `rows`.
        state_changed: see `listed`, `searching`, `loading`, `progress`, `coverage` and `parsed`.
    """

    rows_changed = Signal()
    state_changed = Signal()

    def __init__(self, state: WindowState) -> None:
        super().__init__(state.tasks)
        self._state = state
        self._teller = state.teller
        self._tasks = state.teller.tasks(self)
        self.listed = False
        """Whether all builds are listed, with or without words that are searched for."""
        self.searching = False
        """Whether there is something in the search field."""
        self.blocked = False
        """Whether the history could not be searched, so that only what shows can be."""
        self.rows: HistoryRows | GroupedRows | None = None
        self.coverage = Coverage()
        self.progress: Progress | None = None
        """Of the load that is under way or was the last one; None before the first of this app."""
        self.latest_keys: frozenset[str] = frozenset()
        self.parsed = Parsed(Query(), ())
        self.shows_otherwise = False
        """Whether the rows are those that `parsed.towards` finds, because `parsed.query` finds none."""
        self.grouped = False
        """Whether the rows stand under headings, one for each version."""
        self._closed: frozenset[str] = frozenset()
        self._order: tuple[str, bool] | None = None
        self._generation = 0
        self._opened: Open | None = None
        self._about: tuple[object, ...] | None = None
        """What the rows are of: the session, or none where what was kept is looked through without, and the app."""
        self._finder: HistoryFinder | None = None
        self._refresh_timer = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._refresh_timer.timeout.connect(self._refresh)
        state.accounts.app_changed.connect(self._on_app_changed)
        state.accounts.session_changed.connect(self._on_app_changed)
        state.page.history_changed.connect(self._on_history_changed)

    @property
    def on(self) -> bool:
        """Whether rows are wanted."""
        return self.listed or self.searching

    @property
    def shows(self) -> bool:
        """Whether what stands in the table is `rows`: until a search has found any, the page stays."""
        return self.listed or (self.searching and self.rows is not None)

    @property
    def loading(self) -> bool:
        """Whether pages are being read."""
        return self._tasks.is_running("load")

    @property
    def can_load(self) -> bool:
        """Whether what is missing can be read: the account is open."""
        return self._opened is not None

    @property
    def finding(self) -> bool:
        """Whether other rows are about to come."""
        return self._refresh_timer.isActive() or self._tasks.is_running("rows")

    async def aclose(self) -> None:
        """Stop reading; what was read is kept."""
        self._refresh_timer.stop()
        await self._tasks.aclose()

    # What a person wants

    def set_on(self, *, on: bool) -> None:
        """Show all builds, or no longer. What is missing begins to be read."""
        if on == self.listed:
            return
        self.listed = on
        self._drop()
        self._begin()
        self.state_changed.emit()

    def set_filter(self, text: str) -> None:
        """Show only what `core.history.search` finds."""
        parsed, searching = parse(text, now=datetime.now(UTC)), bool(text.strip())
        if (parsed, searching) == (self.parsed, self.searching):
            return
        before = self.parsed.query, self.parsed.otherwise, self.searching
        self.parsed, self.searching = parsed, searching
        if not self.on:
            self._give_up_rows(blocked=False)
        elif (parsed.query, parsed.otherwise, searching) != before:
            self._refresh()
        self.state_changed.emit()

    def set_order(self, order: tuple[str, bool] | None) -> None:
        """Sort by the column with this key, downwards or not; None: the service's order."""
        if order != self._order:
            self._order = order
            if self.on:
                self._refresh()

    def set_grouped(self, *, on: bool) -> None:
        """Put the rows under headings, one for each version, or no longer."""
        if on != self.grouped:
            self.grouped = on
            if self.on:
                self._refresh()

    def toggle_group(self, row: int) -> None:
        """Close or open the group to which a row of `rows` belongs."""
        if isinstance(self.rows, GroupedRows):
            self.rows = self.rows.toggled(row)
            self._closed = self.rows.closed
            self.rows_changed.emit()

    def open_groups(self) -> None:
        """Open all groups: a build in one of them is to be shown."""
        if isinstance(self.rows, GroupedRows):
            self._closed = frozenset()
            self.rows = self.rows.closing(self._closed)
            self.rows_changed.emit()

    def load(self) -> None:
        """Read what is missing, or what may have changed where nothing is."""
        opened = self._opened
        if opened is None or self.loading:
            return
        loader = opened.session.loader(opened.app_key)
        if loader is None:
            return

        def on_progress(progress: Progress) -> None:
            if self._opened is opened:
                self.progress = progress
                self._refresh_soon()
                self.state_changed.emit()

        self._tasks.start(
            "load", lambda: loader.run(on_progress), on_done=self._on_loaded, on_error=self._on_load_failed
        )
        self.state_changed.emit()

    def stop(self) -> None:
        """Read no further; what was read is kept."""
        self._tasks.cancel("load")
        self._refresh_soon()
        self.state_changed.emit()

    # What happens

    def _on_app_changed(self) -> None:
        accounts = self._state.accounts
        opened, history = accounts.open, accounts.history
        app = accounts.app if opened is not None or history is not None else None
        about = (accounts.session, app.app_key) if app is not None else None
        if about != self._about:
            self._opened, self._about = opened, about
            self._finder = HistoryFinder(history) if history is not None else None
            self._drop()
            # At once: rows of another app under this app's name would invite the wrong click.
            self.rows_changed.emit()
            self._begin()
            self.state_changed.emit()

    def _on_history_changed(self) -> None:
        self._generation += 1
        if self.on:
            self._refresh_soon()

    def _drop(self) -> None:
        for key in ("load", "rows"):
            self._tasks.cancel(key)
        self._refresh_timer.stop()
        self._generation += 1
        self.rows = None
        self.progress = None
        self.coverage = Coverage()
        self._closed = frozenset()

    def _begin(self) -> None:
        if self.listed and self._opened is not None:
            self._refresh()
            self.load()
        elif self.searching and not self.listed and self._about is not None:
            self._refresh()

    def _give_up_rows(self, *, blocked: bool) -> None:
        """Back to the page: nothing is searched for, or nothing can be searched but that."""
        self._tasks.cancel("rows")
        if not blocked:  # else what has been kept meanwhile is searched in a moment
            self._refresh_timer.stop()
        self.rows, self.blocked = None, blocked
        self.rows_changed.emit()

    def _on_loaded(self, coverage: Coverage) -> None:
        self.coverage = coverage
        self._generation += 1
        self._refresh()
        progress = self.progress
        if progress is not None and progress.failed and progress.error is not None:
            doing = translate("history_flow", "%n page(s) could not be read.", "", len(progress.failed))
            self._teller.fail(Topic.HISTORY, doing, progress.error)
        else:
            self._teller.settle(Topic.HISTORY)
        self.state_changed.emit()

    def _on_load_failed(self, error: Exception) -> None:
        self._generation += 1
        self._refresh()
        doing = translate("history_flow", "Not all builds could be read.")
        self._teller.fail(Topic.HISTORY, doing, error, Remedy.RETRY)
        self.state_changed.emit()

    # Rows

    def _refresh_soon(self) -> None:
        self._generation += 1
        if not self._refresh_timer.isActive():
            self._refresh_timer.start()

    def _refresh(self) -> None:
        """Find the rows anew. The ones that show stay until then."""
        finder = self._finder
        if not self.on or finder is None:
            if self.searching:
                self._give_up_rows(blocked=True)
            return
        grouped = self.grouped and self.listed
        wanted = Wanted(self.parsed.query, self._order, grouped, self.parsed.otherwise)
        self._tasks.start(
            "rows",
            lambda: finder.find(wanted, self._generation),
            on_done=self._on_found,
            on_error=self._on_find_failed,
        )

    def _on_found(self, found: Found) -> None:
        if not self.listed and (self._state.page.keeping_failed or not found.coverage.builds):
            # What shows could not be kept: a search must not lose what is before the person's eyes.
            self._give_up_rows(blocked=True)
            self.state_changed.emit()
            return
        self.blocked = False
        self.coverage, self.latest_keys, rows = found.coverage, found.latest_keys, found.rows
        self.shows_otherwise = found.otherwise
        self.rows = rows.closing(self._closed) if isinstance(rows, GroupedRows) else rows
        self._state.page.know_latest(self.latest_keys)
        self.rows_changed.emit()
        self.state_changed.emit()

    def _on_find_failed(self, error: HistoryError) -> None:
        self._teller.warn(Topic.HISTORY, error.text, Remedy.RETRY)
        if not self.listed:
            self._give_up_rows(blocked=True)
            self.state_changed.emit()
