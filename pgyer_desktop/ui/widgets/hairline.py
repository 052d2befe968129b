"""The one line between two parts of a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.widgets.spoken.manner import DECORATION

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Hairline(QWidget):
    """A line one pixel high, as wide as its parent."""

    manner = DECORATION

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint in the palette of the moment, so that dark and light are followed."""
        QPainter(self).fillRect(event.rect(), theme.hairline(self.palette()))
