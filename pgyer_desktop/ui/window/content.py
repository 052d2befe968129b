"""What is in the main window: makes the parts and the flows, hands them what they work with, and connects them.

Loads all of them, so it comes after the window's first paint. Must not know how a part works, what a sentence says or
what the service answers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog

from pgyer_desktop.core.base.actions import Action, Menu
from pgyer_desktop.ui.accounts.flow import AccountFlow
from pgyer_desktop.ui.base.actions import WindowActions
from pgyer_desktop.ui.base.tasks import close_all
from pgyer_desktop.ui.builds.flow import BuildFlow
from pgyer_desktop.ui.changes.flow import Ask, ChangeFlow
from pgyer_desktop.ui.changes.promotion_card import PromotionCard
from pgyer_desktop.ui.checks.check_update_flow import CheckUpdateFlow
from pgyer_desktop.ui.checks.flow import ChecksFlow
from pgyer_desktop.ui.goto.arrival import Arrival
from pgyer_desktop.ui.goto.flow import GoToFlow
from pgyer_desktop.ui.help.flow import HelpFlow
from pgyer_desktop.ui.history.flow import HistoryFlow
from pgyer_desktop.ui.jobs.flow import BatchFlow
from pgyer_desktop.ui.sharing.flow import SharingFlow
from pgyer_desktop.ui.state.handlers import Handlers
from pgyer_desktop.ui.state.open import app_title
from pgyer_desktop.ui.state.page import Scene
from pgyer_desktop.ui.widgets.keys.window_keys import WindowKeys
from pgyer_desktop.ui.widgets.notice_banner import NoticeBanner
from pgyer_desktop.ui.window.builds_page import BuildsPage
from pgyer_desktop.ui.window.center import Center
from pgyer_desktop.ui.window.closing import Closing
from pgyer_desktop.ui.window.flow import WindowFlow
from pgyer_desktop.ui.window.notices import NoticeBoard, Remedies
from pgyer_desktop.ui.window.top_bar import TopBar

if TYPE_CHECKING:
    from pgyer_desktop.core.accounts.profile import Profile
    from pgyer_desktop.core.accounts.settings import SettingsFile, WindowSettings
    from pgyer_desktop.core.activity.journal import Journal
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.help.update_watch import UpdateWatch
    from pgyer_desktop.ui.state.window_state import WindowState
    from pgyer_desktop.ui.window.main_window import MainWindow

_MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Flows:
    """What leads a person through the tasks of each wing."""

    accounts: AccountFlow
    builds: BuildFlow
    history: HistoryFlow
    changes: ChangeFlow
    batches: BatchFlow
    check_update: CheckUpdateFlow
    checks: ChecksFlow
    sharing: SharingFlow
    goto: GoToFlow
    window: WindowFlow
    help: HelpFlow

    async def aclose(self) -> None:
        """Stop what they are doing; no further delete is begun."""
        self.batches.stop()
        parts = (self.goto, self.window, self.checks, self.changes, self.accounts, self.history)
        await close_all(*(part.aclose for part in parts))


class WindowContent(QObject):
    """The parts of one window, put together.

    Signals:
        demo_requested: the person wants to try the demo.
    """

    demo_requested = Signal()

    def __init__(
        self,
        window: MainWindow,
        state: WindowState,
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
        self._state = state
        self._icons = icons
        self._settings = settings
        self._updates = updates
        self._here: tuple[str, str] | None = None
        """Account and app that were open last."""
        self.actions = WindowActions(window)
        self.handlers = Handlers(state)
        changes = ChangeFlow(state, icons, window, ask)
        batches = BatchFlow(state, changes, icons, window)
        self.flows = Flows(
            AccountFlow(state, icons, window),
            BuildFlow(state.accounts, icons, window),
            HistoryFlow(state),
            changes,
            batches,
            CheckUpdateFlow(state.teller, window),
            ChecksFlow(state, window),
            SharingFlow(state, window),
            GoToFlow(state, icons, self.actions, settings, window),
            WindowFlow(window, state, self.actions, icons, settings, profile, journal, changes, batches, updates),
            HelpFlow(state.teller, self.actions, profile.log_dir, window),
        )
        self._top = TopBar(state, icons, self.actions, window)
        self.builds = BuildsPage(state, icons, self.actions, self.flows.history, self._top.search, window)
        banner = NoticeBanner(window)
        self._arrival = Arrival(state, self.actions, self.flows.history, self.builds.table, self._top.search)
        self._notices = NoticeBoard(banner)
        self._remedies = Remedies(
            self._notices, state, icons, self.flows.accounts, self.flows.history, updates, batches.show_jobs
        )
        self.closing = Closing(state, window, batches.ask_to_quit)
        self._promotion = PromotionCard(window)
        self.center = Center(state, self._top, self.builds, (banner, self.closing.notice, self._promotion), window)
        self.center.add_jobs(batches.bar)
        window.setCentralWidget(self.center)
        WindowKeys(window)
        self.actions.fill(window.menuBar())
        columns = self.builds.table.columns
        for menu in (columns.menu(window), columns.sort_menu(window)):
            self.actions.add_menu(Menu.VIEW, menu)
        self.actions.by_id[Action.CHECK_FOR_UPDATES].setVisible(updates is not None)
        minute = QTimer(self, interval=_MINUTE_MS)
        minute.timeout.connect(self.builds.refresh_times)
        minute.start()
        flows = self.flows
        self.handlers.register(flows.accounts, flows.builds, flows.changes, flows.batches, flows.check_update)
        self.handlers.register(flows.checks, flows.sharing, flows.goto, flows.window, flows.help)
        self.handlers.register(self._top.app_picker, self._top.search, self.builds, self.center)
        self._connect_state()
        self._connect_parts()
        self._restore(settings.value.window)
        self._update_title()
        self.center.update_scene()

    async def aclose(self) -> None:
        """Stop what the window's own parts are doing."""
        await close_all(self.flows.aclose, self._arrival.aclose, self.builds.aclose)

    @property
    def is_opening(self) -> bool:
        """Whether an account is being opened and nothing of it shows yet."""
        return self._state.page.scene is Scene.OPENING

    @property
    def is_calm(self) -> bool:
        """Whether builds show, and nothing that is true only now."""
        return self.center.is_calm

    def remember(self) -> None:
        """Put the window's place and look into the settings. The caller saves them."""
        geometry = bytes(self._window.saveGeometry().toBase64().data()).decode("ascii")
        window = replace(self.builds.look, geometry=geometry)
        self._settings.change(lambda settings: replace(settings, window=window))

    def leave(self) -> None:
        """As `remember`, at the end: the app that is open is left too."""
        self.builds.newness.remember_visit()
        self.remember()

    # Putting together

    def _connect_state(self) -> None:
        state = self._state
        state.page.scene_changed.connect(self._update_title)
        state.page.loading_changed.connect(self._update_progress)
        state.accounts.account_changed.connect(self._update_title)
        state.accounts.accounts_changed.connect(self._update_title)
        state.accounts.app_changed.connect(self._on_app_changed)
        state.accounts.icons_changed.connect(self._on_icons_changed)
        state.situation.changed.connect(self._on_situation_changed)
        state.teller.notice_raised.connect(self._notices.show_notice)
        state.teller.notice_settled.connect(self._notices.settle)
        state.teller.succeeded.connect(self.center.toast.show_text)
        state.teller.declined.connect(self.center.toast.show_reason)
        state.teller.taken_back.connect(self.center.toast.take_back)

    def _connect_parts(self) -> None:
        flows, center = self.flows, self.center
        self.actions.requested.connect(self._on_action)
        center.welcome.primary_requested.connect(flows.accounts.connect_account)
        center.welcome.secondary_requested.connect(self.demo_requested)
        center.scene_page.action_requested.connect(self._on_action_of_scene)
        center.scene_page.key_requested.connect(flows.accounts.replace_key_of_current)
        flows.changes.preparing_changed.connect(self._update_progress)
        flows.changes.promoted.connect(self._promotion.show_promotion)
        flows.changes.guards_requested.connect(flows.accounts.guard_current)
        center.guards_requested.connect(flows.accounts.guard_current)
        flows.batches.gone.connect(lambda: self.builds.refresh(asked=False))
        flows.window.guards_requested.connect(flows.accounts.guard)
        flows.batches.bar.left.connect(center.focus_table)
        flows.batches.left_some.connect(center.go_on_after_queue)
        flows.history.state_changed.connect(self._update_progress)
        flows.goto.build_chosen.connect(self._arrival.show_build)
        flows.goto.place_chosen.connect(center.focus_table)
        flows.goto.setting_chosen.connect(flows.window.show_setting)
        self._promotion.return_requested.connect(lambda: self.handlers.run(Action.RETURN_LATEST))
        self.closing.waiting_changed.connect(self._on_waiting_changed)
        self.closing.over.connect(self._window.close)
        if self._updates is not None:
            self._updates.looking_changed.connect(self._update_progress)

    def _restore(self, window: WindowSettings) -> None:
        if window.geometry:
            self._window.restoreGeometry(QByteArray.fromBase64(window.geometry.encode("ascii", "replace")))
            self._window.stay_on_screen()
        self.builds.restore(window)

    # What happens

    def _on_action(self, action: Action) -> None:
        if not self.closing.waiting or action is Action.QUIT:
            self.handlers.run(action)

    def _on_action_of_scene(self, action: Action) -> None:
        """Where there is no app, refreshing reads what is missing instead."""
        if action is Action.REFRESH:
            self.builds.refresh()
        else:
            self.handlers.run(action)

    def _on_situation_changed(self) -> None:
        self.actions.update(self._state.situation.now())
        self._top.follow_situation()
        self.builds.follow_situation()

    def _on_app_changed(self) -> None:
        accounts = self._state.accounts
        here = (accounts.account.id, accounts.app.app_key) if accounts.account and accounts.app else None
        if here is None or here != self._here:  # and not the same app under another name
            self._promotion.show_promotion(None)
            self._top.search.clear()
        self._here = here
        self._update_title()
        self.builds.update_details()

    def _on_icons_changed(self) -> None:
        self._icons.set_store(self._state.accounts.icons)

    def _on_waiting_changed(self) -> None:
        """While the window waits to be closed, nothing new can be begun in it."""
        waiting = self.closing.waiting
        if waiting:
            self.flows.batches.stop()
        self._window.menuBar().setDisabled(waiting)
        self.center.set_waiting(waiting=waiting)
        for dialog in self._window.findChildren(QDialog) if waiting else ():
            if dialog.isVisible():
                dialog.reject()
        self._update_progress()

    def _update_progress(self) -> None:
        looking = self._updates is not None and self._updates.looking
        reading = self._state.page.loading or self.flows.history.loading
        waiting = self.flows.changes.preparing or self.closing.waiting
        self.center.set_progress(under_way=reading or waiting or looking)

    def _update_title(self) -> None:
        accounts = self._state.accounts
        parts = [app_title(accounts.app)] if accounts.app is not None else []
        parts += [accounts.account.name] if accounts.account is not None else []
        parts.append("Pgyer Desktop")
        self._window.setWindowTitle(" – ".join(parts))
