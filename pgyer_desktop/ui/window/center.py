"""Everything below the menu bar: the bar at the top, what is said now and then, and the page that shows.

Decides by the scene which page that is. Must not know what a page shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from shiboken6 import Shiboken

from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.ui.accounts.account_band import AccountBand
from pgyer_desktop.ui.jobs.bar import JobsStrip
from pgyer_desktop.ui.state.handlers import handles
from pgyer_desktop.ui.state.page import Scene
from pgyer_desktop.ui.widgets.keys.parts import Parts
from pgyer_desktop.ui.widgets.layout import column, wide
from pgyer_desktop.ui.widgets.spoken.manner import PART
from pgyer_desktop.ui.widgets.thin_progress import ThinProgress
from pgyer_desktop.ui.widgets.toast import Toast
from pgyer_desktop.ui.window.scene_page import ScenePage, WelcomePage

if TYPE_CHECKING:
    from pgyer_desktop.ui.jobs.bar import JobsBar
    from pgyer_desktop.ui.state.window_state import WindowState
    from pgyer_desktop.ui.widgets.notice_banner import NoticeBanner
    from pgyer_desktop.ui.window.builds_page import BuildsPage
    from pgyer_desktop.ui.window.top_bar import TopBar


class Center(QWidget):
    """The window's middle. `notice`, `closing` and `promotion` show now and then, between bar and page.

    Signals:
        guards_requested: show the guard rails of the account that is on.
    """

    guards_requested = Signal()

    manner = PART

    def __init__(
        self,
        state: WindowState,
        top: TopBar,
        builds: BuildsPage,
        asides: tuple[NoticeBanner, QWidget, QWidget],
        window: QWidget,
    ) -> None:
        """`asides` are said now and then: the notice, what closing waits for, and a promotion."""
        super().__init__(window)
        self._state = state
        self._top = top
        self._builds = builds
        self._band = AccountBand(window)
        self._band.guards_requested.connect(self.guards_requested)
        self._progress = ThinProgress(window)
        self._asides = asides
        self._jobs: JobsStrip | None = None
        self._left: list[QWidget] = []
        """What has had the focus in this turn of the loop."""
        self.welcome = WelcomePage(window)
        self.scene_page = ScenePage(state, window)
        self._pages = QStackedWidget(window)
        for page in (self.welcome, self.scene_page, builds):
            self._pages.addWidget(page)
        self._parts = Parts(window, self._all_parts)
        self._lay_out()
        self.toast = Toast(self, self._pages)  # never over what is told of a promotion
        state.page.scene_changed.connect(self.update_scene)
        state.accounts.account_changed.connect(self._update_guards)
        top.place_chosen.connect(self.focus_table)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]  # there is one

    @property
    def is_calm(self) -> bool:
        """Whether builds show, and nothing that is true only now: no notice, no progress, no other page."""
        shown = self._pages.currentWidget() is self._builds and self._builds.has_rows
        return shown and all(part.isHidden() for part in (*self._asides, self._progress, self.toast))

    def add_jobs(self, bar: JobsBar) -> None:
        """Have `bar` at the bottom, whatever page shows."""
        layout = self.layout()
        if layout is not None:
            self._jobs = JobsStrip(bar, self)
            layout.addWidget(self._jobs)

    def opened_popup(self) -> QWidget | None:
        """The list of everything that one can go to, where it has been made: it opens from no button."""
        return self.window().findChild(QWidget, "goToPopup")

    def update_scene(self) -> None:
        """Show the page for what there is."""
        scene = self._state.page.scene
        if self._jobs is not None:
            self._jobs.take(self._builds.add_to_foot if scene is Scene.BUILDS else None)
        self._top.setVisible(scene is not Scene.WELCOME)
        self._band.setVisible(scene is not Scene.WELCOME)
        if scene is Scene.WELCOME:
            self._pages.setCurrentWidget(self.welcome)
            self.welcome.primary_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif scene is Scene.BUILDS:
            at_rest = self.window().focusWidget() is None or self.welcome.isVisible() or self.scene_page.isVisible()
            self._pages.setCurrentWidget(self._builds)
            if at_rest:
                self.focus_table()
        else:
            self._pages.setCurrentWidget(self.scene_page)

    def focus_table(self) -> None:
        """Have the person go on with the builds."""
        self._builds.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on_after_queue(self, failed: frozenset[str], among: frozenset[str]) -> None:
        """Have whoever waits for a queue go on with the first build that failed, else with the way to the report.

        `among` are all of its builds. Nobody is interrupted who does something else, or has selected something else.
        """
        table, focused = self._builds.table, self.window().focusWidget()
        waits = focused is table and {build.build_key for build in table.selection.builds} <= among
        if waits and not table.selection.stand_on(failed):
            self._asides[0].focus_action()

    @handles(Action.NEXT_PART)
    def next_part(self) -> None:
        """Have the person go on in the next part of the window."""
        self._parts.go(1)

    @handles(Action.PREVIOUS_PART)
    def previous_part(self) -> None:
        """Have the person go on in the part before."""
        self._parts.go(-1)

    def set_progress(self, *, under_way: bool) -> None:
        """Show that something is awaited, or no longer."""
        if under_way:
            self._progress.start()
        else:
            self._progress.stop()

    def set_waiting(self, *, waiting: bool) -> None:
        """Let nothing new be begun, or everything again."""
        for part in (self._top, self._band, self._asides[0], self._pages):
            part.setDisabled(waiting)
        if not waiting:
            self.focus_table()

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        window = self.window()
        if before is None or not Shiboken.isValid(before) or before.window() is not window:
            return
        if now is None or now.window() is window:
            if not self._left:
                QTimer.singleShot(0, self, self._go_on_if_gone)
            self._left.append(before)

    def _go_on_if_gone(self) -> None:
        """Where what had the focus is no more, go on with the builds: Qt takes whatever happens to come next.

        On its way the focus may have been on something else that is still there.
        """
        left, self._left = self._left, []
        gone = any(not Shiboken.isValid(one) or not one.isVisible() or not one.isEnabled() for one in left)
        table = self._builds.table
        if gone and self.window().isActiveWindow() and table.isVisible() and table.isEnabled():
            self.focus_table()

    def _all_parts(self) -> tuple[QWidget, ...]:
        *above, below = self._asides
        page = self._pages.currentWidget()
        pages = self._builds.parts if page is self._builds else (page,)
        return self._top, self._band, *above, *pages, below

    def _update_guards(self) -> None:
        self._band.set_guards(self._state.accounts.guards)

    def _lay_out(self) -> None:
        *above, below = self._asides
        # What is told of a promotion stands under the table, which would jump away from under the pointer else.
        column(self._top, self._band, self._progress, *above, wide(self._pages), below, inside=self, spacing=0)
