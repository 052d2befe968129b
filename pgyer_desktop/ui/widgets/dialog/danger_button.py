"""The button for what cannot be undone: the platform's own button with red words."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStyleOptionFocusRect, QStylePainter, QWidget

from pgyer_desktop.ui.base import theme


class DangerButton(QPushButton):
    """A button with red words. It is never the default one, so Enter elsewhere does not press it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self.setDefault(False)

    def _heavier(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def sizeHint(self) -> QSize:
        """Return the platform's size with room for the heavier words."""
        hint = super().sizeHint()
        more = QFontMetrics(self._heavier()).horizontalAdvance(self.text())
        more -= self.fontMetrics().horizontalAdvance(self.text())
        return QSize(hint.width() + max(0, more) + 2 * theme.SPACE_TIGHT, hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the widget."""
        # Not by palette: some of the platforms' styles take the words' colour from the system.
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        palette = self.palette()
        ink = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
        if self.isEnabled():
            ink = theme.danger_on_button(palette)
        painter.setFont(self._heavier())
        painter.setPen(ink)
        place = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextShowMnemonic)
        painter.drawText(place, flags, self.text())
        if self.hasFocus():
            ring = QStyleOptionFocusRect()
            ring.initFrom(self)
            ring.rect = self.style().subElementRect(QStyle.SubElement.SE_PushButtonFocusRect, option, self)
            painter.drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, ring)
