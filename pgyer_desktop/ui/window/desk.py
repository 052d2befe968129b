"""What is in the main window: puts the parts in their places and connects their signals.

Loads all of them, so it comes after the window's first paint. Must not know how a part works, what a sentence says or
what the service answers; each has a room of its own.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pgyer_desktop.core.base.actions import ACTIONS_BY_ID, BUILD_ACTIONS, ActionId, Menu, why_not
from pgyer_desktop.core.base.error_messages import Notice, Remedy, Severity
from pgyer_desktop.core.base.names import name_of
from pgyer_desktop.core.builds.pages import described_by
from pgyer_desktop.ui.accounts.account_picker import AccountPicker
from pgyer_desktop.ui.accounts.app_picker import AppPicker
from pgyer_desktop.ui.accounts.flow import AccountFlow
from pgyer_desktop.ui.base import formatting, resources, theme
from pgyer_desktop.ui.base.actions import WindowActions
from pgyer_desktop.ui.base.i18n import Language, say
from pgyer_desktop.ui.builds.details_panel import DetailsPanel
from pgyer_desktop.ui.builds.model import BuildModel
from pgyer_desktop.ui.builds.page_bar import PageBar
from pgyer_desktop.ui.builds.table import BuildTable
from pgyer_desktop.ui.changes.flow import Ask, BuildFlow
from pgyer_desktop.ui.changes.promotion_card import PromotionCard
from pgyer_desktop.ui.checks.flow import BenchFlow
from pgyer_desktop.ui.cleanup.queue_flow import BatchFlow
from pgyer_desktop.ui.history.bar import HistoryBar
from pgyer_desktop.ui.history.export_flow import ExportFlow, Shown
from pgyer_desktop.ui.history.flow import HistoryFlow
from pgyer_desktop.ui.history.search_suggestions import SearchSuggestions
from pgyer_desktop.ui.state.workspace import Scene, Topic, app_title
from pgyer_desktop.ui.widgets.action_button import ActionButton
from pgyer_desktop.ui.widgets.hairline import Hairline
from pgyer_desktop.ui.widgets.notice_banner import NoticeBanner
from pgyer_desktop.ui.widgets.text.plain_text import plain_tooltip
from pgyer_desktop.ui.widgets.thin_progress import ThinProgress
from pgyer_desktop.ui.widgets.toast import Toast
from pgyer_desktop.ui.window.account_band import AccountBand
from pgyer_desktop.ui.window.closing import Closing, SessionManager
from pgyer_desktop.ui.window.notices import NoticeBoard
from pgyer_desktop.ui.window.scene_page import NoMatchesPage, ScenePage, WelcomePage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.accounts.profile import Profile
    from pgyer_desktop.core.accounts.settings import SettingsFile, WindowSettings
    from pgyer_desktop.core.activity.journal import Journal
    from pgyer_desktop.core.base.actions import Action
    from pgyer_desktop.core.base.words import Text
    from pgyer_desktop.ui.activity.window import ActivityWindow
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.cleanup.flow import CleanUpFlow
    from pgyer_desktop.ui.state.workspace import Workspace
    from pgyer_desktop.ui.window.main_window import MainWindow
    from pgyer_desktop.ui.window.update_watch import UpdateWatch

_MINUTE_MS = 60_000
_FILTER_ICON = "filterIcon"
_BUTTON_EDGE = theme.SPACE_EDGE - theme.SPACE
"""Flat buttons carry eight pixels of their own: so their words stand on the line of everything below."""


class Desk(QObject):
    """The pickers, the table, the details and all that can be done with them, in one window.

    Signals:
        demo_requested: the person wants to try the demo.
        language_chosen: arg: Language.
        restart_requested: the program is to end and start again.
        settings_changed: something to be remembered has changed.
    """

    demo_requested = Signal()
    language_chosen = Signal(object)
    restart_requested = Signal()
    settings_changed = Signal()

    def __init__(
        self,
        window: MainWindow,
        workspace: Workspace,
        icons: IconLoader,
        settings: SettingsFile,
        profile: Profile,
        journal: Journal,
        *,
        ask: Ask | None = None,
        updates: UpdateWatch | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._icons = icons
        self._settings = settings
        self._profile = profile
        self._journal, self._updates = journal, updates
        self._menu: QMenu | None = None
        self._shown_history: object = None

        self.window_actions = WindowActions(window)
        self._build_flow, self._batch_flow = BuildFlow(workspace, icons, window, ask), BatchFlow(workspace, window)
        self._account_flow = AccountFlow(workspace, icons, window)

        self._account_picker = AccountPicker(workspace, self.window_actions, window)
        self._app_picker = AppPicker(workspace, icons, self.window_actions, window)
        self._filter = QLineEdit(window)
        self._refresh_button = self._tool_button("refreshButton", "refresh")
        self._more_button = self._tool_button("moreButton", "more")
        self._progress = ThinProgress(window)
        self._banner = NoticeBanner(window)
        self._notices = NoticeBoard(self._banner)
        self._closing = Closing(workspace, window)
        self._model = BuildModel(self)
        self._table = BuildTable(self._model, icons, window)
        self._details = DetailsPanel(icons, window)
        self._details.set_actions(self.window_actions.by_id)
        self._page_bar = PageBar(window)
        self._history = HistoryFlow(workspace)
        self._history_bar = HistoryBar(window)
        self._export_flow = ExportFlow(window)
        self._all_builds_button = self._new_all_builds_button()
        self._activity_button = self._new_activity_button()
        self._activity: ActivityWindow | None = None  # made when it is first wanted
        self._welcome = WelcomePage(window)
        self._scene_page = ScenePage(workspace, window)
        self._no_matches = NoMatchesPage(window)
        self._lay_out()
        self._toast = Toast(self.center)
        self.window_actions.fill(window.menuBar())
        self.window_actions.menu(Menu.VIEW).addMenu(self._table.columns_menu(window))
        self._more_menu = self.window_actions.new_menu("moreMenu", self._more_actions(), window)

        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._on_minute)
        self._minute.start()

        self._clean_up_flow: CleanUpFlow | None = None  # made when it is first wanted
        self._bench_flow = BenchFlow(workspace, window, workspace.book)
        self._connect()
        self._restore(settings.value.window)
        self.retranslate()
        self._update_scene()

    async def aclose(self) -> None:
        """Stop what the window's own parts are doing."""
        self._batch_flow.stop()
        if self._clean_up_flow is not None:
            await self._clean_up_flow.aclose()
        await self._bench_flow.aclose()
        await self._build_flow.aclose()
        await self._account_flow.aclose()
        await self._history.aclose()
        await self._export_flow.aclose()
        if self._activity is not None:
            await self._activity.aclose()

    @property
    def hurried(self) -> bool:
        """Whether the window was left while a change was under way, which is to be cut off then."""
        return self._closing.hurried

    def insist(self) -> None:
        """Close also where a change that is under way does not end well: the program is told to end."""
        self._closing.insist()

    def may_close(self) -> bool:
        """Whether the window may close now; if not, it is said what it waits for."""
        return self._closing.may_close()

    def hold_log_out(self, manager: SessionManager) -> bool:
        """Hold the end of the session back while a change is under way. Whether the window can close at once."""
        return self._closing.hold_log_out(manager)

    @property
    def is_opening(self) -> bool:
        """Whether an account is being opened and nothing of it shows yet."""
        return self._workspace.scene is Scene.OPENING

    @property
    def is_calm(self) -> bool:
        """Whether builds show, and nothing that is true only now: no notice, no progress, no other page."""
        shown = self._pages.currentWidget() is self._builds_page and self._rows.currentWidget() is self._table
        asides = (self._notice_place, self._closing_place, self._promotion_place, self._progress, self._toast)
        return shown and self._model.rowCount() > 0 and all(aside.isHidden() for aside in asides)

    def remember(self) -> None:
        """Put the window's place and look into the settings. The caller saves them."""
        window = replace(
            self._settings.value.window,
            geometry=_text(self._window.saveGeometry()),
            splitter=_text(self._splitter.saveState()),
            details=self.window_actions.by_id[ActionId.SHOW_DETAILS].isChecked(),
            compact=self.window_actions.by_id[ActionId.COMPACT_ROWS].isChecked(),
            all_builds=self._history.on,
            grouped=self._history.grouped,
            columns=self._table.save_columns(),
        )
        self._settings.change(lambda settings: replace(settings, window=window))

    # Building

    def _tool_button(self, name: str, icon: str) -> QToolButton:
        button = QToolButton(self._window)
        button.setObjectName(name)
        button.setAutoRaise(True)
        button.setIcon(resources.icon(icon))
        button.setIconSize(QSize(theme.ICON_SMALL, theme.ICON_SMALL))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _new_all_builds_button(self) -> QToolButton:
        button = QToolButton(self._window)
        button.setObjectName("allBuildsButton")
        button.setDefaultAction(self.window_actions.by_id[ActionId.ALL_BUILDS])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _new_activity_button(self) -> ActionButton:
        button = ActionButton(self._window, flat=True)
        button.setObjectName("activityButton")
        button.set_action(self.window_actions.by_id[ActionId.ACTIVITY])
        return button

    def _lay_out(self) -> None:
        self._top = self._new_top()
        self._top_line = AccountBand(self._window)
        self._builds_page = self._new_builds_page()
        self._notice_place = self._new_notice_place()
        self._closing_place = _in_margins(self._closing.notice, self._window)
        self._promotion_card = PromotionCard(self._window)
        self._promotion_place = _in_margins(self._promotion_card, self._window)
        self._promotion_card.installEventFilter(self)
        self._pages = QStackedWidget(self._window)
        for page in (self._welcome, self._scene_page, self._builds_page):
            self._pages.addWidget(page)

        self.center = QWidget(self._window)
        """Everything below the menu bar."""
        layout = _tight(QVBoxLayout(self.center))
        layout.addWidget(self._top)
        layout.addWidget(self._top_line)
        layout.addWidget(self._progress)
        layout.addWidget(self._notice_place)
        layout.addWidget(self._closing_place)
        layout.addWidget(self._promotion_place)
        layout.addWidget(self._pages, 1)
        self._window.setCentralWidget(self.center)
        order = (
            self._account_picker,
            self._app_picker,
            self._filter,
            self._refresh_button,
            self._more_button,
            self._table,
        )
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _new_top(self) -> QWidget:
        self._filter.setObjectName("filterEdit")
        self._filter.setClearButtonEnabled(True)
        self._filter.setMinimumWidth(140)
        self._filter.setMaximumWidth(260)
        self._filter.addAction(resources.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._filter.findChildren(QToolButton)[-1].setObjectName(_FILTER_ICON)
        self._filter_problem = self._filter.addAction(
            resources.icon("warning"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._filter_problem.setVisible(False)
        SearchSuggestions(self._filter)
        bar = QWidget(self._window)
        row = QHBoxLayout(bar)
        row.setContentsMargins(_BUTTON_EDGE, theme.SPACE, _BUTTON_EDGE, theme.SPACE)
        row.setSpacing(theme.SPACE)
        row.addWidget(self._account_picker)
        row.addWidget(self._app_picker)
        row.addStretch(1)
        row.addWidget(self._filter, 2)
        row.addWidget(self._refresh_button)
        row.addWidget(self._more_button)
        return bar

    def _new_builds_page(self) -> QWidget:
        self._rows = QStackedWidget(self._window)
        self._rows.addWidget(self._table)
        self._rows.addWidget(self._no_matches)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self._window)
        self._splitter.setObjectName("mainSplitter")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(0)  # the panel paints the line; Qt makes the place to grab wider
        self._splitter.addWidget(self._rows)
        self._splitter.addWidget(self._details)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._splitter.setSizes([780, 320])
        bar = QHBoxLayout()
        bar.setContentsMargins(_BUTTON_EDGE, theme.SPACE_TIGHT, _BUTTON_EDGE, theme.SPACE_TIGHT)
        self._bars = QStackedWidget(self._window)
        self._bars.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bars.addWidget(self._page_bar)
        self._bars.addWidget(self._history_bar)
        bar.addWidget(self._all_builds_button)
        bar.addSpacing(theme.SPACE)
        bar.addWidget(self._bars, 1)
        bar.addWidget(self._activity_button)
        page = QWidget(self._window)
        column = _tight(QVBoxLayout(page))
        column.addWidget(self._splitter, 1)
        column.addWidget(Hairline(self._window))
        column.addLayout(bar)
        return page

    def _new_notice_place(self) -> QWidget:
        place = _in_margins(self._banner, self._window)
        self._banner.installEventFilter(self)
        return place

    def _more_actions(self) -> list[Action]:
        wanted = (
            ActionId.SHOW_DETAILS,
            ActionId.COMPACT_ROWS,
            ActionId.ACTIVITY,
            ActionId.MANAGE_ACCOUNTS,
            ActionId.SETTINGS,
            ActionId.ABOUT,
        )
        return [ACTIONS_BY_ID[action] for action in wanted]

    def _connect(self) -> None:
        self._connect_workspace()
        self._connect_flows()
        self._history.rows_changed.connect(self._on_history_rows)
        self._history.state_changed.connect(self._on_history_state)
        self._history.notice_raised.connect(self._notices.show_notice)
        self._history.notice_settled.connect(self._notices.settle)
        self._history_bar.load_requested.connect(self._history.load)
        self._history_bar.stop_requested.connect(self._history.stop)
        self._model.order_requested.connect(self._on_order_requested)
        self._table.group_toggle_requested.connect(self._history.toggle_group)
        self._export_flow.saved.connect(self._toast.show_text)
        self._export_flow.failed.connect(self._on_export_failed)
        self._notices.remedy_requested.connect(self._on_remedy)
        self._connect_updates()
        self._closing.waiting_changed.connect(self._on_waiting_changed)
        self._closing.over.connect(self._window.close)
        self.window_actions.requested.connect(self._on_action)
        self._welcome.primary_requested.connect(self._account_flow.connect_account)
        self._welcome.secondary_requested.connect(self.demo_requested)
        self._scene_page.action_requested.connect(self._on_action)
        self._scene_page.key_requested.connect(self._on_key_requested)
        self._no_matches.primary_requested.connect(self._filter.clear)
        # Whoever has chosen an app or an account goes on with its builds.
        self._app_picker.item_chosen.connect(self._focus_table)
        self._account_picker.item_chosen.connect(self._focus_table)
        self._filter.textChanged.connect(self._on_filter_changed)
        self._refresh_button.clicked.connect(self.window_actions.by_id[ActionId.REFRESH].trigger)
        self._more_button.clicked.connect(self._on_more_clicked)
        self._table.selection_changed.connect(self._on_selection_changed)
        self._table.menu_requested.connect(self._on_menu_requested)
        self._table.activated_build.connect(self._on_build_activated)
        self._table.columns_changed.connect(self.settings_changed)
        self._page_bar.page_requested.connect(self._workspace.go_to_page)
        self._splitter.splitterMoved.connect(self.settings_changed)

    def _connect_updates(self) -> None:
        updates = self._updates
        self.window_actions.by_id[ActionId.CHECK_FOR_UPDATES].setVisible(updates is not None)
        if updates is None:
            return
        updates.notice_raised.connect(self._notices.show_notice)
        updates.notice_settled.connect(self._notices.settle)
        updates.told.connect(self._toast.show_text)
        updates.looking_changed.connect(self._update_progress)
        updates.settings_changed.connect(self.settings_changed)
        self._notices.dismissed.connect(self._on_notice_dismissed)

    def _connect_workspace(self) -> None:
        workspace = self._workspace
        workspace.scene_changed.connect(self._update_scene)
        workspace.account_changed.connect(self._update_title)
        workspace.account_changed.connect(self._update_guards)
        workspace.accounts_changed.connect(self._update_title)
        workspace.app_changed.connect(self._on_app_changed)
        workspace.page_changed.connect(self._on_page_changed)
        workspace.loading_changed.connect(self._on_loading_changed)
        workspace.situation_changed.connect(self._on_situation_changed)
        workspace.icons_changed.connect(self._on_icons_changed)
        workspace.notice_raised.connect(self._notices.show_notice)
        workspace.notice_settled.connect(self._notices.settle)
        workspace.settings_changed.connect(self.settings_changed)

    def _connect_flows(self) -> None:
        self._build_flow.preparing_changed.connect(self._update_progress)
        self._batch_flow.finished.connect(self._refresh)
        self._bench_flow.succeeded.connect(self._toast.show_text)
        self._bench_flow.run_told.connect(self._toast.show_text)
        self._bench_flow.cases_changed.connect(self.settings_changed)
        self._build_flow.succeeded.connect(self._toast.show_text)
        self._build_flow.promoted.connect(self._promotion_card.show_promotion)
        self._promotion_card.return_requested.connect(self._build_flow.return_latest)
        self._build_flow.notice_raised.connect(self._notices.show_notice)
        self._account_flow.succeeded.connect(self._toast.show_text)

    def _restore(self, window: WindowSettings) -> None:
        if window.geometry:
            self._window.restoreGeometry(_bytes(window.geometry))
        if window.splitter:
            self._splitter.restoreState(_bytes(window.splitter))
        self._table.restore_columns(window.columns)
        self.window_actions.by_id[ActionId.SHOW_DETAILS].setChecked(window.details)
        self.window_actions.by_id[ActionId.COMPACT_ROWS].setChecked(window.compact)
        self.window_actions.by_id[ActionId.ALL_BUILDS].setChecked(window.all_builds)
        self.window_actions.by_id[ActionId.GROUP].setChecked(window.grouped)
        self._history.set_grouped(on=window.grouped)
        self._details.setVisible(window.details)
        self._table.set_compact(compact=window.compact)
        self._model.order_requested.emit()
        self._show_all_builds(on=window.all_builds)

    # What a person wants

    def _on_action(self, action: ActionId) -> None:
        if self._closing.waiting and action is not ActionId.QUIT:
            return
        selected = self._table.selection.builds
        of_others: dict[ActionId, Callable[[], object]] = {
            ActionId.COMPARE: self._compare,
            ActionId.RETURN_LATEST: self._build_flow.return_latest,
            ActionId.PIN: lambda: self._workspace.toggle_pins(selected),
        }
        if len(selected) > 1:
            of_others[ActionId.DELETE] = lambda: self._batch_flow.delete(selected)
        if action in of_others:
            of_others[action]()
            return
        if action in {a.id for a in BUILD_ACTIONS}:
            build = self._selected()
            if build is not None:
                self._build_flow.run(action, build)
            return
        {
            ActionId.ADD_ACCOUNT: self._account_flow.connect_account,
            ActionId.MANAGE_ACCOUNTS: self._account_flow.manage,
            ActionId.ADD_APP: self._account_flow.add_app,
            ActionId.SWITCH_APP: self._app_picker.open_popup,
            ActionId.UPDATE_CHECKS: self._bench_flow.open_bench,
            ActionId.CLEAN_UP: self._clean_up,
            ActionId.REFRESH: self._refresh,
            ActionId.FIND: self._find,
            ActionId.NEXT_PAGE: lambda: self._workspace.go_to_page(self._workspace.wanted_page + 1),
            ActionId.PREVIOUS_PAGE: lambda: self._workspace.go_to_page(self._workspace.wanted_page - 1),
            ActionId.ALL_BUILDS: self._on_all_builds_toggled,
            ActionId.GROUP: self._on_group_toggled,
            ActionId.EXPORT: self._export,
            ActionId.SHOW_DETAILS: self._on_details_toggled,
            ActionId.COMPACT_ROWS: self._on_compact_toggled,
            ActionId.ACTIVITY: self._show_activity,
            ActionId.SETTINGS: self._show_settings,
            ActionId.CHECK_FOR_UPDATES: self._check_for_updates,
            ActionId.ABOUT: self._show_about,
            ActionId.QUIT: self._window.close,
        }[action]()

    def _selected(self) -> Build | None:
        selection = self._workspace.situation().selection
        return selection[0] if len(selection) == 1 else None

    def _refresh(self) -> None:
        self._icons.reload()
        self._workspace.refresh()
        if self._history.on:
            self._history.load()

    def _find(self) -> None:
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def _check_for_updates(self) -> None:
        if self._updates is not None:
            self._updates.look()

    def _on_notice_dismissed(self, topic: Topic) -> None:
        if topic is Topic.UPDATES and self._updates is not None:
            self._updates.dismiss()

    def _on_remedy(self, topic: Topic, remedy: Remedy) -> None:
        account = self._workspace.account
        if topic is Topic.UPDATES:
            if self._updates is not None:
                self._updates.act(remedy)
        elif remedy in {Remedy.OPEN_ACCOUNT, Remedy.SESSION_KEY}:
            if account is not None and account.demo:
                self._account_flow.manage()
            elif account is not None:
                self._account_flow.replace_key(account.id)
        elif remedy is Remedy.STOP:
            self._workspace.stop_reading()
        elif topic is Topic.APPS:
            self._workspace.load_apps()
        else:
            if topic is Topic.WRITE:
                self._notices.settle(topic)
            self._icons.reload()
            self._workspace.retry()

    def _on_key_requested(self) -> None:
        account = self._workspace.account
        if account is not None:
            self._account_flow.replace_key(account.id)

    def _on_filter_changed(self, text: str) -> None:
        self._history.set_filter(text)
        if not self._history.on:
            self._model.set_filter(self._history.parsed.query)
        self._table.set_query(self._history.parsed.query)
        self._update_rows()

    def _on_more_clicked(self) -> None:
        corner = self._more_button.mapToGlobal(QPoint(self._more_button.width(), self._more_button.height()))
        self._more_menu.popup(corner - QPoint(self._more_menu.sizeHint().width(), 0))

    def _on_selection_changed(self) -> None:
        selection = self._table.selection
        self._workspace.select(selection.builds, selection.count)
        self._update_details()

    def _on_build_activated(self, build: Build) -> None:
        if self._details.isVisible():
            self._build_flow.run(ActionId.SHOW_QR, build)
        else:
            self.window_actions.by_id[ActionId.SHOW_DETAILS].trigger()

    def _on_menu_requested(self, place: QPoint) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = self.window_actions.new_menu("buildContextMenu", BUILD_ACTIONS, self._window)
        self._menu.popup(place)

    def _on_all_builds_toggled(self) -> None:
        self._show_all_builds(on=self.window_actions.by_id[ActionId.ALL_BUILDS].isChecked())
        self.settings_changed.emit()

    def _show_all_builds(self, *, on: bool) -> None:
        """Change between the service's pages and one list of all builds."""
        self._history.set_on(on=on)
        self._bars.setCurrentWidget(self._history_bar if on else self._page_bar)
        self._workspace.all_builds = on
        self._model.set_filter(self._history.parsed.query)
        if on:
            self._history.set_order(self._model.order)
        self.retranslate()
        self._on_page_changed()
        self._on_situation_changed()

    def _on_group_toggled(self) -> None:
        self._history.set_grouped(on=self.window_actions.by_id[ActionId.GROUP].isChecked())
        self.settings_changed.emit()

    def _export(self) -> None:
        from pgyer_desktop.core.history.export import About

        app, view = self._workspace.app, self._workspace.view
        if app is None:
            return
        situation = self._workspace.situation()
        rows = self._history.rows
        if self._history.on and rows is not None:
            coverage = self._history.coverage
            about = About(app, "all", coverage.complete, coverage.as_of, situation.latest_keys, situation.latest_known)
            self._export_flow.export(Shown(rows.each, about))
        elif view is not None:
            builds = [build for build in map(self._model.build_at, range(self._model.rowCount())) if build is not None]
            about = About(app, "page", False, view.as_of, situation.latest_keys, situation.latest_known)
            self._export_flow.export(Shown(lambda: builds, about))

    def _on_export_failed(self, text: Text) -> None:
        self._notices.show_notice(Topic.EXPORT, Notice(text, Severity.WARNING, Remedy.NONE))

    def _compare(self) -> None:
        from pgyer_desktop.ui.builds.compare_dialog import CompareDialog

        situation, app = self._workspace.situation(), self._workspace.app
        if app is not None and why_not(ActionId.COMPARE, situation) is None:
            first, second = situation.selection
            dialog = CompareDialog(self._window, first, second, app_title(app), self._icons)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _on_details_toggled(self) -> None:
        self._details.setVisible(self.window_actions.by_id[ActionId.SHOW_DETAILS].isChecked())
        self._update_details()
        self.settings_changed.emit()

    def _on_order_requested(self) -> None:
        self._history.set_order(self._model.order)

    def _on_compact_toggled(self) -> None:
        self._table.set_compact(compact=self.window_actions.by_id[ActionId.COMPACT_ROWS].isChecked())
        self.settings_changed.emit()

    def _clean_up(self) -> None:
        from pgyer_desktop.ui.cleanup.flow import CleanUpFlow

        if self._clean_up_flow is None:
            self._clean_up_flow = CleanUpFlow(self._workspace, self._batch_flow, self._window)
            self._clean_up_flow.saved.connect(self._toast.show_text)
        self._clean_up_flow.open_dialog()

    def _show_activity(self) -> None:
        from pgyer_desktop.ui.activity.window import ActivityWindow

        if self._activity is None:
            self._activity = ActivityWindow(self._current_journal, self._icons, self._window)
            self._window.closed.connect(self._activity.close)
        self._activity.show()
        self._activity.raise_()
        self._activity.activateWindow()

    def _current_journal(self) -> Journal:
        """The demo's changes are kept apart from those of real accounts."""
        session = self._workspace.session
        return session.journal if session is not None else self._journal

    def _show_settings(self) -> None:
        from pgyer_desktop.ui.window.settings_dialog import SettingsDialog

        dialog = SettingsDialog(
            Language(self._settings.value.language),
            changing=lambda: bool(self._workspace.changing) or self._batch_flow.running,
            compact=self.window_actions.by_id[ActionId.COMPACT_ROWS].isChecked(),
            folders=(self._profile.settings_dir, self._profile.cache_dir),
            updates=(self._updates.allowed, self._updates.host) if self._updates is not None else None,
            parent=self._window,
        )
        dialog.language_chosen.connect(self.language_chosen)
        dialog.restart_requested.connect(self.restart_requested)
        self._workspace.situation_changed.connect(dialog.update_restart)
        dialog.compact_chosen.connect(self._on_compact_chosen)
        dialog.updates_chosen.connect(self._on_updates_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_compact_chosen(self, compact: bool) -> None:
        self.window_actions.by_id[ActionId.COMPACT_ROWS].setChecked(compact)
        self._on_compact_toggled()

    def _on_updates_chosen(self, on: bool) -> None:
        if self._updates is not None:
            self._updates.allow(on=on)

    def _show_about(self) -> None:
        from pgyer_desktop.ui.window.about_dialog import AboutDialog

        dialog = AboutDialog(self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # What the workspace says

    def _update_scene(self) -> None:
        scene = self._workspace.scene
        has_account = scene is not Scene.WELCOME
        self._top.setVisible(has_account)
        self._top_line.setVisible(has_account)
        if scene is Scene.WELCOME:
            self._pages.setCurrentWidget(self._welcome)
            self._welcome.primary_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif scene is Scene.BUILDS:
            at_rest = self._window.focusWidget() is None or self._welcome.isVisible() or self._scene_page.isVisible()
            self._pages.setCurrentWidget(self._builds_page)
            if at_rest:
                self._focus_table()
        else:
            self._pages.setCurrentWidget(self._scene_page)
        self._update_title()

    def _focus_table(self) -> None:
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _update_guards(self) -> None:
        self._top_line.set_guards(self._workspace.guards)

    def _on_app_changed(self) -> None:
        self._promotion_card.show_promotion(None)
        self._filter.clear()
        self._update_title()
        self._update_details()

    def _on_page_changed(self) -> None:
        view = self._workspace.view
        if self._history.on:
            self._show_history()
        elif view is None:
            self._table.set_page((), frozenset())
            self._page_bar.set_pages(1, 1)
        else:
            self._table.set_page(view.builds, view.latest.keys, page_id=(view.app_key, view.number))
            self._page_bar.set_pages(view.number, view.page_count)
        self._update_rows()
        self._update_details()

    def _show_history(self) -> None:
        rows, app, view = self._history.rows, self._workspace.app, self._workspace.view
        latest = self._history.latest_keys
        if view is not None and view.latest.keys:
            latest = view.latest.keys  # read last, and of the whole app where it comes from `check`
        if rows is None or app is None:
            self._table.show_rows((), frozenset())
        elif rows is not self._shown_history:
            self._table.show_rows(rows, latest, page_id=(app.app_key, "all"))
        else:
            self._model.set_latest(latest)
        self._shown_history = rows

    def _on_history_rows(self) -> None:
        if self._history.on:
            self._show_history()
            self._update_rows()
            self._update_details()

    def _on_history_state(self) -> None:
        self._update_rows()
        self._update_progress()

    def _on_loading_changed(self, loading: bool) -> None:
        self._table.set_loading(loading=loading)
        self._page_bar.set_busy(busy=loading and self._workspace.view is not None)
        self._update_progress()

    def _update_progress(self) -> None:
        looking = self._updates is not None and self._updates.looking
        waiting = self._build_flow.preparing or self._closing.waiting or looking
        if self._workspace.loading or self._history.loading or waiting:
            self._progress.start()
        else:
            self._progress.stop()

    def _on_situation_changed(self) -> None:
        situation = self._workspace.situation()
        self.window_actions.update(situation)
        self._model.set_busy_keys(situation.busy_keys, situation.unsettled_keys, situation.failed_keys)
        self._model.set_pinned(self._workspace.pinned)
        refresh = self.window_actions.by_id[ActionId.REFRESH]
        self._refresh_button.setEnabled(refresh.isEnabled())
        self._refresh_button.setToolTip(refresh.toolTip())
        self._filter.setEnabled(situation.has_app)

    def _on_waiting_changed(self) -> None:
        """While the window waits to be closed, nothing new can be begun in it."""
        waiting = self._closing.waiting
        self._closing_place.setVisible(waiting)
        for part in (self._window.menuBar(), self._top, self._notice_place, self._pages):
            part.setDisabled(waiting)
        if not waiting:
            self._focus_table()
        for dialog in self._window.findChildren(QDialog) if waiting else ():
            if dialog.isVisible():
                dialog.reject()
        self._update_progress()

    def _on_icons_changed(self) -> None:
        self._icons.set_store(self._workspace.icons)

    def _update_rows(self) -> None:
        """Show the rows, or that none of them matches, and say under them what is shown."""
        view, model = self._workspace.view, self._model
        total = self._history.coverage.builds if self._history.on else model.total_count
        none_left = not self._history.parsed.query.is_empty and total > 0 and model.shown_count == 0
        self._no_matches.set_scope(all_builds=self._history.on)
        self._rows.setCurrentWidget(self._no_matches if none_left else self._table)
        mistakes = self._explain_filter()
        self._history_bar.set_state(
            self._history.coverage,
            model.shown_count,
            self._history.progress,
            loading=self._history.loading,
            remark=mistakes,
        )
        if view is None:
            self._page_bar.set_status("")
            return
        words = [mistakes] if mistakes else []
        if model.shown_count == model.total_count:
            words += [self.tr("%n build(s) on this page", "", model.total_count)]
        else:
            words += [
                self.tr("{shown} of %n build(s) on this page", "", model.total_count).replace(
                    "{shown}", self._window.locale().toString(model.shown_count)
                )
            ]
        if view.unreadable:
            words.append(self.tr("%n more could not be read", "", view.unreadable))
        words.append(self.tr("as of {time}").format(time=formatting.since(view.as_of)))
        elsewhere = self._latest_elsewhere()
        if elsewhere:
            words.append(elsewhere)
        self._page_bar.set_status(" · ".join(words))

    def _explain_filter(self) -> str:
        """Say what is wrong with the words in the field: there, to screen readers, and in what is returned."""
        problems = " ".join(say(problem.text) for problem in self._history.parsed.problems)
        self._filter.setAccessibleDescription(problems)
        self._filter_problem.setVisible(bool(problems))
        self._filter_problem.setToolTip(plain_tooltip(problems))
        return problems

    def _latest_elsewhere(self) -> str:
        """Which build is the latest, where it is not among the rows."""
        view, session = self._workspace.view, self._workspace.session
        if view is None or session is None or any(view.build(key) for key in view.latest.keys):
            return ""
        latest = session.builds.latest_seen(view.app_key)
        if latest is None and view.latest.offered is not None:
            latest = described_by(view.latest.offered)
        return self.tr("latest: {build}").format(build=name_of(latest)) if latest is not None else ""

    def _update_details(self) -> None:
        app = self._workspace.app
        build = self._selected()
        selection = self._table.selection
        if selection.count > 1:
            self._details.show_several(selection.builds, selection.count)
            return
        view = self._workspace.view
        latest = build is not None and view is not None and build.build_key in view.latest.keys
        self._details.show_build(build, latest=latest, app_name=app_title(app) if app is not None else "")

    def _update_title(self) -> None:
        workspace = self._workspace
        parts = [app_title(workspace.app)] if workspace.app is not None else []
        parts += [workspace.account.name] if workspace.account is not None else []
        parts.append("Pgyer Desktop")
        self._window.setWindowTitle(" – ".join(parts))

    def _on_minute(self) -> None:
        self._model.refresh_times()
        self._details.refresh_times()

    def show_toast(self, text: str) -> None:
        """Say that something succeeded."""
        self._toast.show_text(text)

    # Qt

    def retranslate(self) -> None:
        """Write all words of the window itself anew."""
        placeholder = self.tr("Find in all builds") if self._history.on else self.tr("Filter this page")
        self._filter.setPlaceholderText(placeholder)
        self._filter.setAccessibleName(placeholder)
        for button in self._filter.findChildren(QToolButton):  # Qt's own, for the icon and for clearing
            clears = button.objectName() != _FILTER_ICON
            button.setAccessibleName(self.tr("Clear filter") if clears else placeholder)
        self._filter.setToolTip(
            self.tr("Words of version, numbers, notes, file, key or date, and qualifiers such as size:>20MB")
        )
        refresh = self.tr("Refresh")
        self._refresh_button.setAccessibleName(refresh)
        self._refresh_button.setToolTip(self.window_actions.by_id[ActionId.REFRESH].toolTip())
        more = self.tr("More")
        self._more_button.setToolTip(more)
        self._more_button.setAccessibleName(more)
        self._update_rows()
        self._update_title()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the banners their margins only while they show."""
        if event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            if watched is self._banner:
                self._notice_place.setVisible(not self._banner.isHidden())
            elif watched is self._promotion_card:
                self._promotion_place.setVisible(not self._promotion_card.isHidden())
        return super().eventFilter(watched, event)


def _in_margins(widget: QWidget, parent: QWidget) -> QWidget:
    """A hidden place over the pages for something that is said now and then."""
    place = QWidget(parent)
    layout = QVBoxLayout(place)
    layout.setContentsMargins(theme.SPACE_EDGE, theme.SPACE, theme.SPACE_EDGE, theme.SPACE)
    layout.addWidget(widget)
    place.hide()
    return place


def _tight(layout: QVBoxLayout) -> QVBoxLayout:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    return layout


def _text(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode("ascii")


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii", "replace"))
