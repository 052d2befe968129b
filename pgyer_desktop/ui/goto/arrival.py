"""Shows a build wherever it stands: opens its app and the page that it is on, or all builds, and selects it there.

Must not ask the service: it has pages shown, which are read as if a person had turned to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.core.base.words import translate
from pgyer_desktop.core.goto.whereabouts import page_of
from pgyer_desktop.ui.state.teller import Topic

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit

    from pgyer_desktop.core.history.store import HistoryError
    from pgyer_desktop.ui.base.actions import WindowActions
    from pgyer_desktop.ui.builds.table import BuildTable
    from pgyer_desktop.ui.history.flow import HistoryFlow
    from pgyer_desktop.ui.state.window_state import WindowState


class Arrival(QObject):
    """Knows which build is to be shown until it shows, or the person has gone elsewhere."""

    def __init__(
        self,
        state: WindowState,
        actions: WindowActions,
        history: HistoryFlow,
        table: BuildTable,
        search: QLineEdit,
    ) -> None:
        super().__init__(table)
        self._state = state
        self._actions = actions
        self._history = history
        self._table = table
        self._search = search
        self._tasks = state.teller.tasks(self)
        self._wanted: tuple[str, str] | None = None
        """The key of the app and of the build."""
        self._page: int | None = None
        """Where it should stand, while that page is on its way."""
        state.page.page_changed.connect(self._on_rows)
        state.page.page_read.connect(self._on_page_read)
        state.accounts.app_changed.connect(self._on_app_changed)
        history.rows_changed.connect(self._on_rows)
        history.state_changed.connect(self._on_history_state)

    async def aclose(self) -> None:
        """Go nowhere any more."""
        await self._tasks.aclose()

    def show_build(self, app_key: str, build_key: str) -> None:
        """Show this build as soon as it is there."""
        self._search.clear()
        opened = self._state.accounts.app
        self._wanted, self._page = None, None
        if opened is None or opened.app_key != app_key:
            self._state.accounts.open_app(app_key)
        now = self._state.accounts.open
        if now is None or now.app_key != app_key:
            return
        self._wanted = (app_key, build_key)
        if self._reveal() or self._history.listed:
            return
        history = now.history
        if history is None:
            self._show_all_builds()
        else:
            self._tasks.start(
                "page", lambda: page_of(history, build_key), on_done=self._on_page_known, on_error=self._on_no_history
            )

    def _reveal(self) -> bool:
        """Select the build, if it is among the rows that show."""
        if self._wanted is None or not self._table.reveal(self._wanted[1]):
            return False
        self._wanted, self._page = None, None
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _show_all_builds(self) -> None:
        """Look among all builds: they are kept here, wherever they stand in the service's list."""
        self._page = None
        if not self._history.listed:
            self._actions.by_id[Action.ALL_BUILDS].trigger()

    # What happens

    def _on_page_known(self, page: int | None) -> None:
        if self._wanted is None or self._history.listed:
            return
        if page is None:
            self._show_all_builds()
        else:
            self._page = page
            self._state.page.go_to_page(page)

    def _on_no_history(self, _error: HistoryError) -> None:
        self._show_all_builds()

    def _on_rows(self) -> None:
        self._reveal()

    def _on_page_read(self) -> None:
        view = self._state.page.view
        if self._wanted is None or self._page is None or view is None or self._history.listed:
            return
        if view.number == self._page:
            self._show_all_builds()  # it has moved to another page meanwhile
        else:
            self._wanted, self._page = None, None  # the person has turned elsewhere

    def _on_history_state(self) -> None:
        """All builds show, and it is not among them, unless its group is closed."""
        history = self._history
        rows = history.rows
        if self._wanted is None or not history.listed or history.loading or rows is None or self._reveal():
            return
        if rows.build_count != history.coverage.builds:
            return  # those that were searched for before are about to go
        history.open_groups()
        if self._wanted is not None:
            self._wanted = None
            gone = translate("goto", "This build is no longer known.")
            self._state.teller.warn(Topic.OTHER, gone)

    def _on_app_changed(self) -> None:
        app = self._state.accounts.app
        if self._wanted is not None and (app is None or app.app_key != self._wanted[0]):
            self._wanted, self._page = None, None
