"""The list of everything that one can go to, as the pickers' lists are: a field to type in, and what it finds.

Must not search: it shows what it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.widgets.dialog.link_button import LinkButton
from pgyer_desktop.ui.widgets.dialog.problem_line import ProblemLine
from pgyer_desktop.ui.widgets.layout import row, wide
from pgyer_desktop.ui.widgets.pickers.list import PickerModel
from pgyer_desktop.ui.widgets.pickers.popup import SearchPopup
from pgyer_desktop.ui.widgets.text.label import Ink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.ui.widgets.pickers.item import PickerItem


class GoToPopup(SearchPopup):
    """Shows what was found for what is typed. Enter waits for what is still being looked for.

    Signals:
        guards_requested: show the guard rails that forbid what was chosen.
    """

    guards_requested = Signal()

    def __init__(self, window: QWidget) -> None:
        model = PickerModel(window, searches=False)
        words = self.tr("Go to an app, a build, an action or a setting")
        super().__init__("goTo", model, window, (), words, "", with_icons=True)
        named("goToEdit", self.search)
        self.setAccessibleName(self.tr("Go to"))
        self._reason = ProblemLine("goToReason", self)
        self._rails = LinkButton("goToGuards", self.tr("Guard rails…"), self)
        self._rails.clicked.connect(self.guards_requested)
        self._rails.hide()
        self._footer.addLayout(row(wide(self._reason), self._rails, margins=(theme.SPACE, 0, theme.SPACE, 0)))
        self._looking = False
        self._moved = False
        self._enter_waits = False
        self.search.textChanged.connect(self._on_typed)

    def open_empty(self, window: QWidget) -> None:
        """Show it over `window` with nothing typed and nothing found yet."""
        self.set_items(())
        self._on_typed()
        self.open_over(window)

    def show_found(self, items: Sequence[PickerItem], *, more_to_come: bool) -> None:
        """Show what was found for what is typed now. `more_to_come`: more may be found of the same letters."""
        waiting = self._enter_waits and bool(items or not more_to_come)
        self._looking = False
        self._enter_waits = self._enter_waits and not waiting
        self.set_items(items, anew=not self._moved)
        if waiting:
            self._choose(self.view.currentIndex())
        elif not self._moved and (items or not more_to_come):
            self._tell_best()

    def refuse(self, reason: str, *, railed: bool = False) -> None:
        """Say under the list why what was chosen cannot be chosen now; `railed`: a guard rail forbids it."""
        self._reason.show_text(reason, Ink.WARNING)
        self._rails.setVisible(railed)
        self._footer_line.show()

    def _on_typed(self) -> None:
        self._looking, self._moved, self._enter_waits = True, False, False
        self._reason.clear()
        self._rails.hide()
        self._footer_line.hide()

    def _nothing_matches(self) -> str:
        """Say of what may be a build that only those are looked through that have been read."""
        words = super()._nothing_matches()
        if any(map(str.isdigit, self.search.text())):
            words += "\n\n" + self.tr("Builds are found once they have been read. “All builds” reads the rest.")
        return words

    def _move(self, key: int) -> None:
        self._moved = True
        super()._move(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have Enter wait until what is typed has been looked for: the row that shows is that of other letters."""
        if (
            watched is self.search
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and self._looking
            and not self._moved
        ):
            self._enter_waits = True
            return True
        return super().eventFilter(watched, event)
