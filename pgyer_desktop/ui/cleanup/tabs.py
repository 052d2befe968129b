"""Tabs over a list: the name of what it shows is underlined, the other ones are quiet.

Buttons, so that scripts and screen readers find each by its name. Must not know what they show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QStyleOptionFocusRect

from pgyer_desktop.ui.base import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

_HEIGHT: Final = 36
_LINE: Final = 2


class Tab(QAbstractButton):
    """One of several; the arrow keys go from one to the next, as within all buttons of which one is chosen."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size that the words need when they are chosen."""
        metrics = QFontMetrics(_strong(self.font()))
        return QSize(metrics.horizontalAdvance(self.text()) + 1, max(_HEIGHT, metrics.height() + theme.SPACE_GROUP))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the words, and the line under what is chosen."""
        painter, palette = QPainter(self), self.palette()
        chosen = self.isChecked()
        plain = palette.color(QPalette.ColorRole.WindowText)
        painter.setFont(_strong(self.font()) if chosen else self.font())
        painter.setPen(plain if chosen or self.underMouse() else theme.secondary_text(palette))
        line = QRect(0, self.height() - _LINE, self.width(), _LINE)
        words = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
        painter.drawText(self.rect().adjusted(0, 0, 0, -_LINE), words, self.text())
        if chosen:
            painter.fillRect(line, theme.accent(palette))
        if self.hasFocus():
            option = QStyleOptionFocusRect()
            option.initFrom(self)
            option.rect = self.rect().adjusted(0, theme.SPACE_TIGHT, 0, -_LINE - theme.SPACE_TIGHT)
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, self)


def _strong(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong
