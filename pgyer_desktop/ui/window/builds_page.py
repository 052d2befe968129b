"""What stands in the window while an app is open: its builds, the details of the selected one, and the bar under them.

Shows one page, all builds, or what a search has found. Must not read any: it follows the state and the history flow.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from pgyer_desktop.core.accounts.settings import WindowSettings
from pgyer_desktop.core.base.actions import BUILD_ACTIONS, Action
from pgyer_desktop.core.base.names import name_of
from pgyer_desktop.core.base.words import translate
from pgyer_desktop.core.history.search import Query
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.builds.details_panel import DetailsPanel
from pgyer_desktop.ui.builds.model import BuildModel
from pgyer_desktop.ui.builds.page_list import PageList, PageRows
from pgyer_desktop.ui.builds.table import BuildTable
from pgyer_desktop.ui.history.export_flow import ExportFlow, Shown
from pgyer_desktop.ui.state.handlers import handles, handles_open
from pgyer_desktop.ui.state.open import app_title
from pgyer_desktop.ui.state.teller import Topic
from pgyer_desktop.ui.widgets.hairline import Hairline
from pgyer_desktop.ui.widgets.keys.splitter import Splitter
from pgyer_desktop.ui.widgets.layout import column, wide
from pgyer_desktop.ui.window.foot import Foot
from pgyer_desktop.ui.window.newness import Newness
from pgyer_desktop.ui.window.scene_page import NoMatchesPage

if TYPE_CHECKING:
    from pgyer_desktop.api import Build
    from pgyer_desktop.ui.base.actions import WindowActions
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.history.flow import HistoryFlow
    from pgyer_desktop.ui.history.search_field import SearchField
    from pgyer_desktop.ui.state.open import Open
    from pgyer_desktop.ui.state.window_state import WindowState


class BuildsPage(QWidget):
    """Table, details and bar."""

    def __init__(
        self,
        state: WindowState,
        icons: IconLoader,
        actions: WindowActions,
        history: HistoryFlow,
        search: SearchField,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._state = state
        self._icons = icons
        self._actions = actions
        self._history = history
        self._search = search
        self._shown_history: object = None
        """Where the person was when a search began: app, scroll position and selection."""
        self._menu: QMenu | None = None
        self._export_flow = ExportFlow(state.teller, window)
        self._model = BuildModel(self)
        self.newness = Newness(state, history, self._model)
        self.table = BuildTable(self._model, icons, window)
        self._page_list = PageList(self._model, self.table.show_rows)
        self.no_matches = NoMatchesPage(window)
        self._rows = QStackedWidget(window)
        self._details = DetailsPanel(icons, window)
        self._details.set_actions(actions.by_id)
        self.splitter = Splitter("mainSplitter", self.tr("Width of the details"), window)
        self._foot = Foot(actions, self)
        self._lay_out()
        self._connect()

    async def aclose(self) -> None:
        """Finish what is being written."""
        await self._export_flow.aclose()

    @property
    def has_rows(self) -> bool:
        """Whether there are rows, and they show."""
        return self._rows.currentWidget() is self.table and self._model.rowCount() > 0

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What one goes through part by part."""
        return self._rows, self._details, self._foot

    @property
    def look(self) -> WindowSettings:
        """How it is arranged now, to be restored."""
        by_id = self._actions.by_id
        return WindowSettings(
            splitter=bytes(self.splitter.saveState().toBase64().data()).decode("ascii"),
            details=by_id[Action.SHOW_DETAILS].isChecked(),
            compact=by_id[Action.COMPACT_ROWS].isChecked(),
            all_builds=self._history.listed,
            grouped=self._history.grouped,
            columns=self.table.columns.save(),
        )

    def restore(self, look: WindowSettings) -> None:
        """Look as it was left."""
        if look.splitter:
            self.splitter.restoreState(QByteArray.fromBase64(look.splitter.encode("ascii", "replace")))
        self.table.columns.restore(look.columns)
        wanted = {
            Action.SHOW_DETAILS: look.details,
            Action.COMPACT_ROWS: look.compact,
            Action.ALL_BUILDS: look.all_builds,
            Action.GROUP: look.grouped,
        }
        for action, on in wanted.items():
            self._actions.by_id[action].setChecked(on)
        self._history.set_grouped(on=look.grouped)
        self._details.setVisible(look.details)
        self.table.set_compact(compact=look.compact)
        self._history.set_order(self._model.order)
        self._show_all_builds(on=look.all_builds)

    def refresh_times(self) -> None:
        """Write relative times anew; for the owner to call each minute."""
        self._model.refresh_times()
        self._details.refresh_times()

    def follow_situation(self) -> None:
        """Mark the builds that are being changed, or were."""
        situation = self._state.situation.now()
        self._model.set_busy_keys(situation.busy_keys, situation.unsettled_keys, situation.failed_keys)
        self._model.set_pinned(self._state.accounts.pinned)

    # Actions

    @handles(Action.REFRESH)
    def refresh(self, *, asked: bool = True) -> None:
        """Read anew what shows. `asked`: a person wants to hear it."""
        self._foot.expect(asked=asked)
        self._icons.reload()
        self._state.page.refresh()
        if self._history.listed:
            self._history.load()

    @handles(Action.NEXT_PAGE)
    def next_page(self) -> None:
        """Go one page further."""
        self._state.page.go_to_page(self._state.page.wanted_page + 1)

    @handles(Action.PREVIOUS_PAGE)
    def previous_page(self) -> None:
        """Go one page back."""
        self._state.page.go_to_page(self._state.page.wanted_page - 1)

    @handles(Action.ALL_BUILDS)
    def toggle_all_builds(self) -> None:
        """Change between the service's pages and one list of all builds."""
        self._show_all_builds(on=self._actions.by_id[Action.ALL_BUILDS].isChecked())
        self._state.unsaved.note()

    @handles(Action.GROUP)
    def toggle_groups(self) -> None:
        """Put all builds under headings, or no longer."""
        self._history.set_grouped(on=self._actions.by_id[Action.GROUP].isChecked())
        self._state.unsaved.note()

    @handles(Action.SHOW_DETAILS)
    def toggle_details(self) -> None:
        """Show the details of the selected build, or no longer."""
        self._details.setVisible(self._actions.by_id[Action.SHOW_DETAILS].isChecked())
        self.update_details()
        self._state.unsaved.note()

    @handles(Action.COMPACT_ROWS)
    def toggle_compact(self) -> None:
        """Make rows lower, or no longer."""
        self.table.set_compact(compact=self._actions.by_id[Action.COMPACT_ROWS].isChecked())
        self._state.unsaved.note()

    @handles_open(Action.EXPORT)
    def export(self, opened: Open, selected: tuple[Build, ...]) -> None:
        """Write into a file what shows, or the builds that are selected where that is several of them.

        One is selected by every click, and nobody means it alone.
        """
        from pgyer_desktop.core.history.export import About

        situation, view, rows = self._state.situation.now(), self._state.page.view, self._history.rows
        known = situation.latest_keys, situation.latest_known
        if self._history.shows and rows is not None:
            coverage = self._history.coverage
            about = About(opened.app, "all", coverage.complete, coverage.as_of, *known)
            shown = Shown(rows.each, rows.build_count, about)
        elif self._history.shows:
            text = translate("builds_page", "The builds of {app} are still being read. Export them once they show.")
            self._state.teller.warn(Topic.EXPORT, text.fill(app=opened.title))
            return
        elif view is not None:
            builds = tuple(self._page_list.rows)
            about = About(opened.app, "page", False, view.as_of, *known)
            shown = Shown(lambda: builds, len(builds), about)
        else:
            return
        if 1 < len(selected) < shown.count:
            shown = Shown(lambda: selected, len(selected), replace(about, selection=True))
        self._export_flow.export(shown)

    def add_to_foot(self, widget: QWidget) -> None:
        """Have `widget` at the right of the foot, before the activity."""
        self._foot.add(widget)

    # Building

    def _lay_out(self) -> None:
        self._rows.addWidget(self.table)
        self._rows.addWidget(self.no_matches)
        self.splitter.setHandleWidth(0)  # the panel paints the line; Qt makes the place to grab wider
        self.splitter.addWidget(self._rows)
        self.splitter.addWidget(self._details)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setSizes([772, theme.at_font(328, self.font())])
        column(wide(self.splitter), Hairline(self), self._foot, inside=self, spacing=0)

    def _connect(self) -> None:
        state, history = self._state, self._history
        state.page.page_changed.connect(self._on_page_changed)
        state.page.loading_changed.connect(self._on_loading_changed)
        history.rows_changed.connect(self._on_history_rows)
        history.state_changed.connect(self.update_rows)
        self._foot.history.load_requested.connect(history.load)
        self._foot.history.stop_requested.connect(history.stop)
        self._model.order_requested.connect(lambda: history.set_order(self._model.order))
        self._model.order_requested.connect(self.newness.update_edge)
        self._search.textChanged.connect(self._on_search_changed)
        self._search.left.connect(self._end_search)
        self._foot.history.done.connect(self.table.setFocus)
        self.no_matches.clear_requested.connect(self._end_search)
        self.no_matches.rest_requested.connect(history.load)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._end_search)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.setEnabled(False)
        self.table.group_toggle_requested.connect(history.toggle_group)
        self.table.selection_changed.connect(self._on_selection_changed)
        self.table.menu_requested.connect(self._on_menu_requested)
        self.table.activated_build.connect(self._on_activated)
        self._details.picture_copied.connect(self._on_picture_copied)
        self.table.columns.changed.connect(state.unsaved.note)
        self.splitter.splitterMoved.connect(state.unsaved.note)
        self._foot.pages.page_requested.connect(state.page.go_to_page)
        state.changes.gone.connect(self.table.selection.leave)

    # What has changed

    def _show_all_builds(self, *, on: bool) -> None:
        self._history.set_on(on=on)
        if on:
            self._history.set_order(self._model.order)
        self._on_page_changed()

    def _on_search_changed(self, text: str) -> None:
        app = self._state.accounts.app
        if text.strip() and not self._history.searching and app is not None:
            self.table.selection.remember(app.app_key)
        self._history.set_filter(text)
        self._escape.setEnabled(self._history.searching)
        for part in (self.table, self._details):
            part.set_query(self._history.parsed.query)

    def _end_search(self) -> None:
        self._search.clear()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)  # what has it may be gone with the search

    def _on_selection_changed(self) -> None:
        selection = self.table.selection
        self._state.situation.select(selection.builds, selection.count)
        self.update_details()

    def _on_activated(self) -> None:
        wanted = Action.SHOW_QR if self._details.isVisible() else Action.SHOW_DETAILS
        self._actions.by_id[wanted].trigger()

    def _on_picture_copied(self, build: Build) -> None:
        self._state.teller.say(self.tr("The QR code of {build} has been copied.").format(build=name_of(build)))

    def _on_menu_requested(self, place: QPoint) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = self._actions.new_menu("buildContextMenu", BUILD_ACTIONS, self.window(), self.tr("Build"))
        self._menu.popup(place)

    def _on_loading_changed(self, loading: bool) -> None:
        self.table.set_loading(loading=loading)
        self._foot.pages.set_busy(busy=loading and self._state.page.view is not None)
        self._read_out()

    def _on_page_changed(self) -> None:
        view, history = self._state.page.view, self._history
        self.newness.follow_visit()
        kept = history.parsed if history.blocked and history.searching else None
        self._page_list.set_filter(kept.query if kept else Query(), kept.otherwise if kept else None)
        if self._history.shows:
            self._show_history()
        elif view is None:
            self._page_list.set_page((), frozenset())
            self._foot.pages.set_pages(1, 1)
        else:
            self._page_list.set_page(view.builds, view.latest.keys, page_id=(view.app_key, view.number))
            self._foot.pages.set_pages(view.number, view.page_count)
        self.update_rows()
        self.update_details()

    def _on_history_rows(self) -> None:
        if self._history.shows:
            self._show_history()
        else:
            self._on_page_changed()
        app = self._state.accounts.app
        if not self._history.searching and app is not None:
            self.table.selection.bring_back(app.app_key)
        self.update_rows()
        self.update_details()

    def _show_history(self) -> None:
        rows, app, view = self._history.rows, self._state.accounts.app, self._state.page.view
        latest = self._history.latest_keys
        if view is not None and view.latest.keys:
            latest = view.latest.keys  # read last, and of the whole app where it comes from `check`
        self._page_list.leave()
        if rows is None or app is None:
            self.table.show_rows(PageRows(()), frozenset())
        elif rows is not self._shown_history:
            self.table.show_rows(rows, latest, (app.app_key, "found" if self._history.searching else "all"))
        else:
            self._model.set_latest(latest)
        self._shown_history = rows

    def update_rows(self) -> None:
        """Show the rows, or that none of them matches, and say under them what is shown."""
        model, history, rows = self._model, self._history, self._page_list
        total = history.coverage.builds if history.shows else rows.total
        none_left = not history.parsed.query.is_empty and total > 0 and model.shown_count == 0
        reading = history.loading or not history.can_load
        self.no_matches.set_covered(everything=history.coverage.complete or history.blocked, loading=reading)
        self._foot.show_history(on=history.shows)
        if self._state.page.all_builds != history.shows:
            self._state.page.show_all_builds(on=history.shows)
        self._rows.setCurrentWidget(self.no_matches if none_left else self.table)
        otherwise = history.shows_otherwise if history.shows else rows.shows_otherwise
        mistakes = self._search.explain(history.parsed, otherwise=otherwise)
        to_page = self.tr("Esc returns to page {number}").format(number=self._state.page.wanted_page)
        returns_to = self.tr("Esc returns to the list") if history.listed else to_page
        self._foot.history.set_state(
            history.coverage,
            model.shown_count,
            history.progress,
            loading=history.loading,
            can_load=history.can_load,
            remark=mistakes,
            returns_to=returns_to if history.searching else "",
        )
        if history.blocked and history.searching:
            only = self.tr("Only this page is searched: the history cannot be used")
            mistakes = f"{mistakes} · {only}" if mistakes else only
        view, elsewhere = self._state.page.view, self.newness.latest_elsewhere
        self._foot.say_page(view, rows.rows.build_count, rows.total, mistakes, elsewhere)
        self._read_out()
        self.newness.update_edge()

    def _read_out(self) -> None:
        reading = self._state.page.loading, self._history.loading, self._history.finding
        self._foot.read_out(settled=not any(reading))

    def update_details(self) -> None:
        """Show the details of what is selected."""
        selection, view, app = self.table.selection, self._state.page.view, self._state.accounts.app
        if selection.count > 1:
            self._state.situation.show(None)
            self._details.show_several(selection.builds, selection.count)
            return
        app_name = app_title(app) if app is not None else ""
        selected = self._state.situation.now().selection
        if not selected:
            found = self.newness.latest
            self._state.situation.show(None if self._details.isHidden() else found)
            self._details.show_latest(found, app_name, new=self._model.is_new(found))
            return
        build = selected[0] if len(selected) == 1 else None
        latest = build is not None and view is not None and build.build_key in view.latest.keys
        self._details.show_build(build, latest=latest, app_name=app_name, new=self._model.is_new(build))
