"""A widget that shows badges: rounded boxes with one word in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.widgets.icon_cell import Tone, badge_size, paint_badge
from pgyer_desktop.ui.widgets.spoken.manner import PICTURE

if TYPE_CHECKING:
    from collections.abc import Sequence


class Badges(QWidget):
    """Badges in a row, as wide as their words. Where there is no room, the last ones are shortened."""

    manner = PICTURE

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._badges: Sequence[tuple[str, Tone]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_badges(self, *badges: tuple[str, Tone]) -> None:
        """Show these words, each in its colour."""
        self._badges = badges
        self.setAccessibleName(", ".join(word for word, _ in badges))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size that shows the whole words."""
        sizes = [badge_size(word, self.font()) for word, _ in self._badges]
        width = sum(size.width() for size in sizes) + theme.SPACE_TIGHT * (len(sizes) - 1)
        return QSize(max(width, 0), max((size.height() for size in sizes), default=0))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font while running."""
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the widget."""
        painter = QPainter(self)
        x = 0
        for word, tone in self._badges:
            place = QRect(x, 0, max(0, self.width() - x), self.height())
            paint_badge(painter, place, word, tone, self.palette(), self.font())
            x += badge_size(word, self.font()).width() + theme.SPACE_TIGHT
