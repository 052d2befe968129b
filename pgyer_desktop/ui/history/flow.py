"""All builds of the open app at once: reads what is missing, and keeps the rows that match in the order that is wanted.

Works on the history file; the loop is never held for longer than a slice. Must not paint, and must not know which
widget shows its rows.
"""

from __future__ import annotations

import asyncio
import time
from array import array
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pgyer_desktop.core.base.error_messages import Remedy
from pgyer_desktop.core.base.words import translate
from pgyer_desktop.core.history.load import Progress
from pgyer_desktop.core.history.search import Parsed, Query, parse
from pgyer_desktop.core.history.store import Coverage, HistoryError
from pgyer_desktop.ui.base.slices import SLICE_SECONDS, breathe
from pgyer_desktop.ui.history.rows import HistoryRows
from pgyer_desktop.ui.history.search import HistorySearch
from pgyer_desktop.ui.history.version_groups import GroupedRows, grouped
from pgyer_desktop.ui.state.teller import Topic

if TYPE_CHECKING:
    from pgyer_desktop.core.changes.session import Session
    from pgyer_desktop.core.history.account_history import History
    from pgyer_desktop.core.history.store import Versions
    from pgyer_desktop.ui.state.window_state import WindowState

_SLICE_ROWS: Final = 1000
_REFRESH_MS: Final = 250
"""While pages arrive the rows are shown anew this often, not once a page."""


class HistoryFlow(QObject):
    """The state of the mode "All builds".

    Signals:
        rows_changed: other rows, or the same ones in another order; see `rows`.
        state_changed: see `on`, `loading`, `progress`, `coverage` and `parsed`.
    """

    rows_changed = Signal()
    state_changed = Signal()

    def __init__(self, state: WindowState) -> None:
        super().__init__(state.tasks)
        self._state = state
        self._teller = state.teller
        self._tasks = state.teller.tasks(self)
        self.on = False
        self.rows: HistoryRows | GroupedRows | None = None
        self.coverage = Coverage()
        self.progress: Progress | None = None
        """Of the load that is under way or was the last one; None before the first of this app."""
        self.latest_keys: frozenset[str] = frozenset()
        self.parsed = Parsed(Query(), ())
        self.grouped = False
        """Whether the rows stand under headings, one for each version."""
        self._closed: frozenset[str] = frozenset()
        self._order: tuple[str, bool] | None = None
        self._generation = 0
        self._search = HistorySearch()
        self._sorted: tuple[int, tuple[str, bool], array[int]] | None = None
        self._versions: tuple[int, Versions] | None = None
        self._summary: tuple[int, tuple[Coverage, frozenset[str], frozenset[str]]] | None = None
        self._about: tuple[Session, str] | None = None
        self._refresh_timer = QTimer(self)
        self._refresh_timer.setSingleShot(True)
        self._refresh_timer.setInterval(_REFRESH_MS)
        self._refresh_timer.timeout.connect(self._refresh)
        state.accounts.app_changed.connect(self._on_app_changed)
        state.accounts.session_changed.connect(self._on_app_changed)
        state.page.history_changed.connect(self._on_history_changed)

    @property
    def loading(self) -> bool:
        """Whether pages are being read."""
        return self._tasks.is_running("load")

    async def aclose(self) -> None:
        """Stop reading; what was read is kept."""
        self._refresh_timer.stop()
        await self._tasks.aclose()

    # What a person wants

    def set_on(self, *, on: bool) -> None:
        """Show all builds, or no longer. What is missing begins to be read."""
        if on == self.on:
            return
        self.on = on
        self._drop()
        self._begin()
        self.state_changed.emit()

    def set_filter(self, text: str) -> None:
        """Show only what `core.history.search` finds."""
        parsed = parse(text, now=datetime.now(UTC))
        if parsed == self.parsed:
            return
        before, self.parsed = self.parsed, parsed
        if parsed.query != before.query and self.on:
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
            self._show_groups(self.rows.toggled(row))

    def close_groups(self, *, closed: bool) -> None:
        """Close or open all groups."""
        if isinstance(self.rows, GroupedRows):
            self._show_groups(self.rows.all_closed(closed=closed))

    def load(self) -> None:
        """Read what is missing, or what may have changed where nothing is."""
        about = self._about
        if about is None or about[0].history is None or self.loading:
            return
        session, app_key = about
        loader = session.loader(app_key)
        if loader is None:
            return

        def on_progress(progress: Progress) -> None:
            if self._about == about:
                self.progress = progress
                self._refresh_soon()
                self.state_changed.emit()

        async def run() -> Coverage:
            known = await session.history.coverage(app_key) if session.history is not None else Coverage()
            return await (loader.refresh(on_progress) if known.complete else loader.load(on_progress))

        self._tasks.start("load", run, on_done=self._on_loaded, on_error=self._on_load_failed)
        self.state_changed.emit()

    def stop(self) -> None:
        """Read no further; what was read is kept."""
        self._tasks.cancel("load")
        self._refresh_soon()
        self.state_changed.emit()

    # What happens

    def _on_app_changed(self) -> None:
        session, app = self._state.accounts.session, self._state.accounts.app
        about = (session, app.app_key) if session is not None and app is not None else None
        if about != self._about:
            self._about = about
            self._drop()
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
        self._search.forget()
        self._sorted = None
        self._versions = None
        self._summary = None
        self._closed = frozenset()

    def _begin(self) -> None:
        if self.on and self._about is not None:
            self._refresh()
            self.load()

    def _on_loaded(self, coverage: Coverage) -> None:
        self.coverage = coverage
        self._generation += 1
        self._refresh()
        progress = self.progress
        if progress is not None and progress.failed and progress.error is not None:
            # The translation tool takes a number only.
            doing = replace(
                translate("history_flow", "%n page(s) could not be read.", "", 0), count=len(progress.failed)
            )
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
        about = self._about
        if not self.on or about is None or about[0].history is None:
            return
        history, app_key = about[0].history, about[1]
        self._tasks.start(
            "rows",
            lambda: self._find(history, app_key, self.parsed.query, self._order, self._generation),
            on_done=self._on_found,
            on_error=self._on_find_failed,
        )

    def _show_groups(self, rows: GroupedRows) -> None:
        self.rows, self._closed = rows, rows.closed
        self.rows_changed.emit()

    def _on_found(self, found: tuple[Coverage, frozenset[str], HistoryRows | GroupedRows]) -> None:
        self.coverage, self.latest_keys, self.rows = found
        self._state.page.know_latest(self.latest_keys)
        self.rows_changed.emit()
        self.state_changed.emit()

    def _on_find_failed(self, error: Exception) -> None:
        if isinstance(error, HistoryError):
            self._teller.warn(Topic.HISTORY, error.text, Remedy.RETRY)

    async def _find(
        self, history: History, app_key: str, query: Query, order: tuple[str, bool] | None, generation: int
    ) -> tuple[Coverage, frozenset[str], HistoryRows | GroupedRows]:
        coverage, latest, gaps = await self._summed_up(history, app_key, generation)
        ids: array[int] | None = None
        if not query.is_empty:
            ids = await self._search.find(history, app_key, query, generation)
        if order is not None:
            ids = await self._in_order(history, app_key, order, generation, ids)
        if self.grouped:
            return coverage, latest, await self._in_groups(history, app_key, generation, ids)
        # Between rows that are filtered or sorted nothing can be missing, and everything.
        shown_gaps = gaps if ids is None else frozenset[str]()
        return coverage, latest, HistoryRows(history, app_key, coverage.builds, ids, gap_keys=shown_gaps)

    async def _summed_up(
        self, history: History, app_key: str, generation: int
    ) -> tuple[Coverage, frozenset[str], frozenset[str]]:
        """What is known of the app, its latest builds, and those below which others may be missing."""
        held = self._summary
        if held is None or held[0] != generation:
            store, account = history.store, history.account_id

            def read() -> tuple[Coverage, frozenset[str], frozenset[str]]:
                coverage = store.coverage(account, app_key)
                gaps = store.gaps(account, app_key) if coverage.gaps else ()
                keys = frozenset(gap.upper for gap in gaps if gap.lower is not None)
                return coverage, store.latest_keys(account, app_key), keys

            held = self._summary = (generation, await asyncio.to_thread(read))
        return held[1]

    async def _in_groups(self, history: History, app_key: str, generation: int, ids: array[int] | None) -> GroupedRows:
        """These rows under headings; None: all, in the service's order."""
        held = self._versions
        if held is None or held[0] != generation:
            versions = await asyncio.to_thread(history.store.versions, history.account_id, app_key)
            held = self._versions = (generation, versions)
        versions = held[1]
        if ids is not None:
            sizes = await asyncio.to_thread(history.store.sizes, history.account_id, app_key)
            versions = await grouped(ids, versions, sizes)
        rows = HistoryRows(history, app_key, len(versions.ids), versions.ids)
        return GroupedRows(rows, versions.groups, self._closed)

    async def _in_order(
        self, history: History, app_key: str, order: tuple[str, bool], generation: int, kept: array[int] | None
    ) -> array[int]:
        """All ids sorted, or those of `kept`."""
        held = self._sorted
        if held is None or held[:2] != (generation, order):
            column, descending = order
            ids = await asyncio.to_thread(
                history.store.query, history.account_id, app_key, sort=column, descending=descending
            )
            held = self._sorted = (generation, order, ids)
        if kept is None:
            return held[2]
        wanted = set(kept)
        found = array("q")
        deadline = time.perf_counter() + SLICE_SECONDS
        for start in range(0, len(held[2]), _SLICE_ROWS):
            found.extend([row for row in held[2][start : start + _SLICE_ROWS] if row in wanted])
            deadline = await breathe(deadline)
        return found
