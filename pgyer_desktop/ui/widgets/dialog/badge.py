"""One pill with a word, as a widget."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pgyer_desktop.ui.widgets.icon_cell import Tone, badge_size, paint_badge


class BadgeLabel(QWidget):
    """Shows its word as a pill; as wide as the word."""

    def __init__(self, name: str, parent: QWidget, tone: Tone = Tone.NEUTRAL) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._tone, self._word = tone, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_word(self, word: str, tone: Tone | None = None) -> None:
        """Show `word`, in another colour where one is given."""
        self._word = word
        self._tone = tone if tone is not None else self._tone
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size that shows the whole word."""
        return badge_size(self._word, self.font())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font while running."""
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the widget."""
        painter = QPainter(self)
        paint_badge(painter, self.rect(), self._word, self._tone, self.palette(), self.font())
