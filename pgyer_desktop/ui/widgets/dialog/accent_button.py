"""Buttons of a page that stand out: the one thing to do there, and the one that cannot be undone.

Painted, not coloured by the palette: styles mix a button's own colour with others, and some take it from the system.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionButton, QStyleOptionFocusRect, QStylePainter

from pgyer_desktop.ui.base import resources, theme
from pgyer_desktop.ui.widgets.buttons import ActionButton

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

_CORNER: Final = 4.0
_WORDS: Final = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextShowMnemonic)


class AccentActionButton(ActionButton):
    """Filled with the platform's accent; where it cannot be pressed, the style's own button."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the widget."""
        if not self.isEnabled():
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        palette = self.palette()
        fill = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Accent)
        word = theme.on_fill(fill)
        if self.isDown():
            fill = theme.blend(word, fill, 0.16)
        elif self.underMouse():
            fill = theme.blend(word, fill, 0.08)
        painter = QStylePainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _CORNER, _CORNER)
        painter.setPen(theme.on_fill(fill))
        painter.drawText(self.rect(), _WORDS, self.text())
        paint_focus(self, painter, option)


class DangerActionButton(ActionButton):
    """Red words and a red icon, without a frame until it is pointed at."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, flat=True)

    def sizeHint(self) -> QSize:
        """Return the room for icon and words, and the same air on both sides."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        width = words + theme.ICON_SMALL + theme.SPACE + 2 * theme.SPACE
        return QSize(width, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the widget."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        if self.underMouse() and self.isEnabled():
            option.features &= ~QStyleOptionButton.ButtonFeature.Flat
        palette = self.palette()
        ink = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
        if self.isEnabled():
            ink = theme.danger_on_button(palette)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        side, place = theme.ICON_SMALL, self.rect().adjusted(theme.SPACE, 0, -theme.SPACE, 0)
        picture = resources.tinted_pixmap("trash", side, ink, self.devicePixelRatioF())
        painter.drawPixmap(place.x(), place.y() + (place.height() - side) // 2, picture)
        painter.setPen(ink)
        flags = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextShowMnemonic)
        painter.drawText(place.adjusted(side + theme.SPACE, 0, 0, 0), flags, self.text())
        paint_focus(self, painter, option)


def paint_focus(button: ActionButton, painter: QStylePainter, option: QStyleOptionButton) -> None:
    """Paint the style's sign of the focus, where the button has it."""
    if button.hasFocus():
        ring = QStyleOptionFocusRect()
        ring.initFrom(button)
        ring.rect = button.style().subElementRect(QStyle.SubElement.SE_PushButtonFocusRect, option, button)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, ring)
