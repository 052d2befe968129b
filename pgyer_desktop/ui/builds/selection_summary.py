"""What is said of several selected builds in the place of one build's details: how many, how big, and what can be done.

Must not decide what can be done: its buttons are the program's actions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from pgyer_desktop.core.base.actions import MOST_SELECTED, Action
from pgyer_desktop.ui.base import formatting, theme
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.widgets.buttons import ActionButton
from pgyer_desktop.ui.widgets.layout import column, stretch
from pgyer_desktop.ui.widgets.text.label import Ink, Label, Size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction

    from pgyer_desktop.api import Build

ACTIONS: Final = (Action.COMPARE, Action.DELETE)


class SelectionSummary(QWidget):
    """The summary of two or more selected builds."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("selectionSummary")
        self._title = named("selectionTitle", Label(self, Size.TITLE))
        self._size = named("selectionSize", Label(self, ink=Ink.SOFT))
        self._span = named("selectionSpan", Label(self, ink=Ink.SOFT))
        self._buttons = {id_: ActionButton(self) for id_ in ACTIONS}
        for id_, button in self._buttons.items():
            button.setObjectName(id_.value.id.replace("action", "selection", 1))
        column(
            self._title,
            self._size,
            self._span,
            theme.SPACE,
            *self._buttons.values(),
            stretch(),
            inside=self,
            spacing=theme.SPACE_TIGHT,
            margins=theme.SPACE_EDGE,
        )
        self.show_selection((), 0)

    def set_actions(self, actions: Mapping[Action, QAction]) -> None:
        """Take the buttons' words, rules and reasons from these actions."""
        for id_, button in self._buttons.items():
            button.set_action(actions.get(id_))

    def show_selection(self, builds: tuple[Build, ...], count: int) -> None:
        """Say that these are selected; `builds` is empty where `count` is too great to name them."""
        self._title.setText(self.tr("%n build(s) selected", "", count))
        sizes = [build.size for build in builds if build.size is not None]
        unknown = len(builds) - len(sizes)
        words = self.tr("{size} in all").format(size=formatting.size(sum(sizes))) if sizes else ""
        if sizes and unknown:
            more = self.tr("without %n build(s) of unknown size", "", unknown)
            words = f"{words}, {more}"
        if count > MOST_SELECTED:
            words = self.tr("At most {most} can be worked on together.").format(most=MOST_SELECTED)
        self._size.setText(words)
        first, last = (builds[0], builds[-1]) if builds else (None, None)
        span = ""
        if first is not None and last is not None:
            span = self.tr("{first} to {last}", "from the upper to the lower row").format(
                first=formatting.build_title(first), last=formatting.build_title(last)
            )
        self._span.setText(span)
        for label in (self._size, self._span):
            label.setVisible(bool(label.text()))
