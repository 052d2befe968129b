"""The line under the builds: all builds or pages, what is said of them, what runs, and the activity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QToolButton, QWidget

from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.core.base.names import name_of
from pgyer_desktop.ui.base import formatting, theme
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.builds.page_bar import PageBar
from pgyer_desktop.ui.history.bar import HistoryBar
from pgyer_desktop.ui.widgets.buttons import ActionButton
from pgyer_desktop.ui.widgets.layout import row, wide
from pgyer_desktop.ui.widgets.spoken.announcement import Standing
from pgyer_desktop.ui.window.top_bar import BUTTON_EDGE

if TYPE_CHECKING:
    from pgyer_desktop.api import Build
    from pgyer_desktop.core.builds.pages import PageView
    from pgyer_desktop.ui.base.actions import WindowActions


class Foot(QWidget):
    """Holds `pages`, for one page, and `history`, for all builds and what was found; one of them shows."""

    def __init__(self, actions: WindowActions, parent: QWidget) -> None:
        super().__init__(parent)
        self.pages = PageBar(self)
        self.history = HistoryBar(self)
        self._standing = Standing(self)
        self._page_said = ""
        self._bars = QStackedWidget(self)
        self._bars.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bars.addWidget(self.pages)
        self._bars.addWidget(self.history)
        all_builds = named("allBuildsButton", QToolButton(self))
        all_builds.setDefaultAction(actions.by_id[Action.ALL_BUILDS])
        all_builds.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        all_builds.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        activity = named("activityButton", ActionButton(self, flat=True))
        activity.set_action(actions.by_id[Action.ACTIVITY])
        all_builds.setMinimumHeight(activity.sizeHint().height())  # Windows draws this kind much lower
        margins = (theme.SPACE_EDGE, theme.SPACE_TIGHT, BUTTON_EDGE, theme.SPACE_TIGHT)
        parts = (all_builds, theme.SPACE, wide(self._bars), activity)
        self._row = row(*parts, inside=self, spacing=0, margins=margins)

    def show_history(self, *, on: bool) -> None:
        """Show what is said of the history, or of the page."""
        self._bars.setCurrentWidget(self.history if on else self.pages)

    def read_out(self, *, settled: bool) -> None:
        """Have what it says read out where it is news. Not `settled`: more is being read, and it will change."""
        said = self.history.said if self._bars.currentWidget() is self.history else self._page_said
        self._standing.write(said, final=settled)

    def expect(self) -> None:
        """A person has asked what there is: it is read out even if it is what was said before."""
        self._standing.forget()

    def add(self, widget: QWidget) -> None:
        """Have `widget` at the right, before the activity."""
        self._row.insertWidget(self._row.count() - 1, widget)

    def say_page(
        self, view: PageView | None, shown: int, total: int, remark: str = "", elsewhere: Build | None = None
    ) -> None:
        """Say how many of a page's builds show, since when, and which is the latest where it is not among them."""
        if view is None:
            self._page_said = ""
            self.pages.set_status("")
            return
        words = [remark] if remark else []
        if shown == total:
            words += [self.tr("%n build(s) on this page", "", total)]
        else:
            of_all = self.tr("{shown} of %n build(s) on this page", "", total)
            words += [of_all.replace("{shown}", self.locale().toString(shown))]
        if view.unreadable:
            words.append(self.tr("%n more could not be read", "", view.unreadable))
        self._page_said = ". ".join([self.pages.place, *words] if self.pages.place else words)
        words.append(self.tr("as of {time}").format(time=formatting.since(view.as_of)))
        if elsewhere is not None:
            words.append(self.tr("latest: {build}").format(build=name_of(elsewhere)))
        self.pages.set_status(" · ".join(words))
