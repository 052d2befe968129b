"""What is new among the builds: since this person last looked at the app, and since what users get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pgyer_desktop.core.builds.edge import Edge, edge_on
from pgyer_desktop.core.builds.pages import described_by
from pgyer_desktop.core.builds.visits import Visit

if TYPE_CHECKING:
    from pgyer_desktop.api import Build
    from pgyer_desktop.core.builds.pages import PageView
    from pgyer_desktop.ui.builds.model import BuildModel
    from pgyer_desktop.ui.history.flow import HistoryFlow
    from pgyer_desktop.ui.state.rows import Rows
    from pgyer_desktop.ui.state.window_state import WindowState


class Newness(QObject):
    """Marks it in the model. What has been seen is remembered when the app is left."""

    def __init__(self, state: WindowState, history: HistoryFlow, model: BuildModel) -> None:
        super().__init__(model)
        self._state = state
        self._history = history
        self._model = model
        self._visit = Visit()
        state.accounts.app_changed.connect(self.follow_visit)

    def follow_visit(self) -> None:
        """Know which app is looked at now and, when it is left, how far it was seen."""
        accounts, view = self._state.accounts, self._state.page.view
        account_id = accounts.account.id if accounts.account is not None else ""
        app_key = accounts.app.app_key if accounts.app is not None else ""
        visit = self._visit
        if (account_id, app_key) != (visit.account_id, visit.app_key):
            if self.remember_visit():
                self._state.unsaved.note()
            visit = Visit(account_id, app_key, accounts.book.settings(account_id).seen_of(app_key))
        if view is not None and view.app_key == app_key:
            visit = visit.with_builds(view.builds)
        self._visit = visit
        self._model.set_seen(visit.before)

    def remember_visit(self) -> bool:
        """Have it remembered how far the app is seen that is looked at. Whether there was something to remember."""
        seen = self._visit.now
        if seen is None or seen == self._visit.before:
            return False
        self._state.accounts.book.remember(self._visit.account_id, lambda account: account.with_seen(seen))
        return True

    def update_edge(self) -> None:
        """Show where the rows that are newer than the latest end: in the service's order, and where all rows show."""
        history, view, model = self._history, self._state.page.view, self._model
        edge: Edge | None = None
        if model.order is None and history.parsed.query.is_empty:
            if not history.shows:
                edge = edge_on(view) if view is not None else None
            elif history.rows is not None and not history.grouped:
                edge = self._edge_among_all(history.rows)
        model.set_edge(edge)

    def _edge_among_all(self, rows: Rows) -> Edge | None:
        latest = self._state.page.latest_keys
        row = self._model.row_of(next(iter(latest))) if len(latest) == 1 else None
        if not row:
            return None
        exact = all(gap >= row for gap in rows.rows_of(rows.gap_keys).values())
        return Edge(row, next(iter(latest)), row, exact)

    @property
    def latest(self) -> Build | None:
        """The build that users get now, with as much as is known of it; None where it is not one, or nobody knows."""
        view, keys = self._state.page.view, self._state.page.latest_keys
        if view is None or len(keys) > 1:
            return None
        if not keys:
            return self.latest_elsewhere
        (key,) = keys
        row = self._model.row_of(key)
        known = (view.build(key), *self._told(view), self._model.build_at(row) if row is not None else None)
        return next((build for build in known if build is not None and build.build_key == key), None)

    @property
    def latest_elsewhere(self) -> Build | None:
        """The latest, where it is not among the rows of the page; None where it is, or nobody knows."""
        view = self._state.page.view
        if view is None or self._state.accounts.session is None or any(view.build(key) for key in view.latest.keys):
            return None
        return next((build for build in self._told(view) if build is not None), None)

    def _told(self, view: PageView) -> tuple[Build | None, Build | None]:
        """The latest as it was seen in a row before, and as the service offers it."""
        session, offered = self._state.accounts.session, view.latest.offered
        seen = session.builds.latest_seen(view.app_key) if session is not None else None
        return seen, described_by(offered) if offered is not None else None
