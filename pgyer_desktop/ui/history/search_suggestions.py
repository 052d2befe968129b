"""Offers the qualifiers that can be typed next, in a list under the field.

Must not judge what is typed (see `core.history.search`), and never takes the focus from the field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QObject
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from pgyer_desktop.core.history.search import suggestions
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.widgets.pickers.item import PickerItem
from pgyer_desktop.ui.widgets.pickers.list import KEY_ROLE, PickerDelegate, PickerModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pgyer_desktop.core.history.search import Suggestion

_LEAST_WIDTH: Final = 320


class SearchSuggestions(QObject):
    """Belongs to `field`; what is chosen replaces the word at the cursor."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self.setObjectName("filterSuggestions")
        self._field = field
        self._offered: Sequence[Suggestion] = ()
        self._model = PickerModel(self, searches=False)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        # Not the field's own completer, which would replace all of the text.
        self._completer.setWidget(field)
        self._popup = QListView()  # the completer owns it from now on
        self._completer.setPopup(self._popup)
        self._popup.setObjectName("searchSuggestions")
        self._popup.setAccessibleName(self.tr("Suggestions"))
        self._popup.setItemDelegate(PickerDelegate(self._popup, with_icons=False))
        self._popup.setMouseTracking(True)
        self._popup.installEventFilter(self)
        self._completer.activated[QModelIndex].connect(self._on_chosen)  # type: ignore[index]  # an overloaded signal
        field.textEdited.connect(self._on_edited)
        field.textChanged.connect(self._on_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have the list give the keyboard to the field only while it shows.

        X tells that a list has it some milliseconds later, when Esc may have closed it; the field would take the focus
        from where Esc has led.
        """
        if watched is self._popup and event.type() in {QEvent.Type.Show, QEvent.Type.Hide}:
            shows = event.type() == QEvent.Type.Show
            self._popup.setFocusProxy(self._field if shows else None)  # type: ignore[arg-type]  # None is Qt's "none"
        return super().eventFilter(watched, event)

    def _on_changed(self, text: str) -> None:
        """Offer nothing where the search has been ended: the list would take the keyboard back to the field."""
        if not text:
            self._popup.hide()

    def _on_edited(self, text: str) -> None:
        found = suggestions(text, self._field.cursorPosition())
        items = [PickerItem(each.insert, each.insert, say(each.title)) for each in found]
        self._offered = found
        self._model.set_items(items)
        popup = self._popup
        if not found:
            popup.hide()
            return
        place = self._field.rect()
        metrics = QFontMetrics(theme.caption_font(popup.font()))
        widest = max(metrics.horizontalAdvance(item.subtitle) for item in items)
        edges = 2 * (theme.SPACE_GROUP + popup.frameWidth()) + popup.verticalScrollBar().sizeHint().width()
        place.setWidth(max(place.width(), _LEAST_WIDTH, widest + edges))
        self._completer.complete(place)

    def _on_chosen(self, index: QModelIndex) -> None:
        key = index.data(KEY_ROLE)
        suggestion = next((each for each in self._offered if each.insert == key), None)
        if suggestion is None:
            return
        text = self._field.text()
        changed = text[: suggestion.start] + suggestion.insert + text[suggestion.end :]
        self._field.setText(changed)
        self._field.setCursorPosition(suggestion.start + len(suggestion.insert))
        self._on_edited(changed)
