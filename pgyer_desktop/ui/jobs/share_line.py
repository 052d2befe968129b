"""How far something is, as a thin line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QWidget

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.widgets.spoken.manner import DECORATION

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QColor, QPaintEvent

THICKNESS: Final = 4
"""Logical pixels."""


def paint_share(painter: QPainter, rect: QRect, share: float, ground: QColor, ink: QColor) -> None:
    """Paint `share` of the whole, from 0 to 1, in `ink` over `ground`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    whole, radius = QRectF(rect), rect.height() / 2
    for color, width in ((ground, whole.width()), (ink, whole.width() * share)):
        painter.setBrush(color)
        painter.drawRoundedRect(QRectF(whole.x(), whole.y(), width, whole.height()), radius, radius)
    painter.restore()


class ShareLine(QWidget):
    """The line as a widget, as wide as it is made."""

    manner = DECORATION

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setFixedHeight(THICKNESS)

    def set_share(self, share: float) -> None:
        """`share` of the whole, from 0 to 1."""
        if share != self._share:
            self._share = share
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the widget."""
        palette = self.palette()
        ground = theme.blend(
            palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window), 0.2
        )
        paint_share(QPainter(self), self.rect(), self._share, ground, theme.accent(palette))
