"""Offers the qualifiers that can be typed next, in a list under the field.

Must not judge what is typed (see `core.history.search`), and never takes the focus from the field.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from pgyer_desktop.core.history.search import Suggestion, suggestions
from pgyer_desktop.ui.base.i18n import say

_SUGGESTION: Final = int(Qt.ItemDataRole.UserRole) + 1
_LEAST_WIDTH: Final = 320


class SearchSuggestions(QObject):
    """Belongs to `field`; what is chosen replaces the word at the cursor."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self.setObjectName("filterSuggestions")
        self._field = field
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        # Not the field's own completer, which would replace all of the text.
        self._completer.setWidget(field)
        self._popup = QListView()  # the completer owns it from now on
        self._completer.setPopup(self._popup)
        self._popup.setObjectName("searchSuggestions")
        self._completer.activated[QModelIndex].connect(self._on_chosen)  # type: ignore[index]  # an overloaded signal
        field.textEdited.connect(self._on_edited)

    def _on_edited(self, text: str) -> None:
        found = suggestions(text, self._field.cursorPosition())
        self._model.clear()
        for suggestion in found:
            item = QStandardItem(f"{suggestion.insert}   {say(suggestion.title)}")
            item.setData(suggestion, _SUGGESTION)
            item.setAccessibleText(f"{suggestion.insert}, {say(suggestion.title)}")
            self._model.appendRow(item)
        popup = self._popup
        if not found:
            popup.hide()
            return
        place = self._field.rect()
        place.setWidth(max(place.width(), _LEAST_WIDTH, popup.sizeHintForColumn(0) + 2 * popup.frameWidth() + 24))
        self._completer.complete(place)

    def _on_chosen(self, index: QModelIndex) -> None:
        suggestion = index.data(_SUGGESTION)
        if not isinstance(suggestion, Suggestion):
            return
        text = self._field.text()
        changed = text[: suggestion.start] + suggestion.insert + text[suggestion.end :]
        self._field.setText(changed)
        self._field.setCursorPosition(suggestion.start + len(suggestion.insert))
        self._on_edited(changed)
