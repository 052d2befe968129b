"""The line under the builds: all builds or pages, what is said of them, what runs, and the activity."""

from __future__ import annotations

from datetime import UTC, datetime
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
from pgyer_desktop.ui.widgets.spoken.words import describe
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
        self._page_as_of: datetime | None = None
        self._asked_at: datetime | None = None
        self._bars = QStackedWidget(self)
        self._bars.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bars.addWidget(self.pages)
        self._bars.addWidget(self.history)
        all_builds = named("allBuildsButton", QToolButton(self))
        all_builds.setDefaultAction(actions.by_id[Action.ALL_BUILDS])
        describe(all_builds, "")
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
        listed = self._bars.currentWidget() is self.history
        said, as_of = (self.history.said, self.history.as_of) if listed else (self._page_said, self._page_as_of)
        if settled and self._asked_at is not None and as_of is not None and as_of > self._asked_at:
            self._asked_at = None
            self._standing.forget()
        self._standing.write(said, final=settled)

    def expect(self, *, asked: bool) -> None:
        """Where a person has asked what there is: once it has been read, it is said even if it was said before."""
        if asked:
            self._asked_at = datetime.now(UTC)

    def add(self, widget: QWidget) -> None:
        """Have `widget` at the right, before the activity."""
        self._row.insertWidget(self._row.count() - 1, widget)

    def say_page(
        self, view: PageView | None, shown: int, total: int, remark: str = "", elsewhere: Build | None = None
    ) -> None:
        """Say how many of a page's builds show, since when, and which is the latest where it is not among them."""
        if view is None:
            self._page_said, self._page_as_of = "", None
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
        self._page_said = formatting.read_on(self.pages.place, *words)
        self._page_as_of = view.as_of
        words.append(self.tr("as of {time}").format(time=formatting.since(view.as_of)))
        if elsewhere is not None:
            words.append(self.tr("latest: {build}").format(build=name_of(elsewhere)))
        self.pages.set_status(" · ".join(words))
