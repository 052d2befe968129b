"""The field for what is to be found among the builds: offers what can be typed and says what is wrong with it.

Must not search.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.ui.base import resources, theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.history.search_suggestions import SearchSuggestions
from pgyer_desktop.ui.state.handlers import handles
from pgyer_desktop.ui.widgets.buttons import dress_search
from pgyer_desktop.ui.widgets.spoken.words import explain
from pgyer_desktop.ui.widgets.text.plain_text import plain_tooltip

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.core.history.search import Parsed


class SearchField(QLineEdit):
    """One line, with an icon in front and a warning behind.

    Signals:
        left: Esc was pressed: the search is over.
    """

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("filterEdit")
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(140)
        self.setMaximumWidth(theme.at_font(260, self.font()))
        dress_search(self)
        self._problem = self.addAction(resources.icon("warning"), QLineEdit.ActionPosition.TrailingPosition)
        self._problem.setVisible(False)
        self._hint = self.tr("Words of version, numbers, notes, file, key or date, and qualifiers such as size:>20MB")
        explain(self, self._hint)
        SearchSuggestions(self)
        placeholder = self.tr("Find in all builds")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)

    @handles(Action.FIND)
    def begin(self) -> None:
        """Have the person type in it."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends the search, also one that was not begun."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def explain(self, parsed: Parsed, *, otherwise: bool = False) -> str:
        """Say what is wrong with the words in the field: there, to screen readers, and in what is returned.

        `otherwise`: no build has the last word, and what shows was found without it.
        """
        problems = " ".join(say(problem.text) for problem in parsed.problems)
        if otherwise and parsed.towards is not None:
            problems = f"{problems} {say(parsed.towards.problem.text)}".strip()
        self.setAccessibleDescription(problems or self._hint)
        self._problem.setVisible(bool(problems))
        self._problem.setToolTip(plain_tooltip(problems))
        return problems
