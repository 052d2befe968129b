"""A button that looks like a link, because it leads out of the program."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionFocusRect, QWidget

from pgyer_desktop.ui.base import resources, theme
from pgyer_desktop.ui.widgets.spoken.manner import LINK

_WORDS: Final = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextShowMnemonic)


class LinkButton(QPushButton):
    """A button whose words are in the accent colour and underlined while hovered, aligned with the text above."""

    manner = LINK

    def __init__(self, name: str, words: str, parent: QWidget, *, picture: str = "") -> None:
        """`picture` names an icon that stands behind the words."""
        super().__init__(words, parent)
        self.setObjectName(name)
        self._picture = picture
        self._ground: QColor | None = None
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_ground(self, ground: QColor | None) -> None:
        """Say what is painted behind the words, where that is no window's ground; they are underlined there."""
        self._ground = ground
        self.update()

    def _ink(self) -> QColor:
        palette = self.palette()
        if not self.isEnabled():
            return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
        return theme.on_fill(self._ground) if self._ground is not None else theme.accent(palette)

    def sizeHint(self) -> QSize:
        """Return the size of the words."""
        metrics = self.fontMetrics()
        picture = theme.SPACE_TIGHT + theme.ICON_SMALL if self._picture else 0
        return QSize(self._words_width() + picture + 2, metrics.height() + theme.SPACE_TIGHT)

    def _words_width(self) -> int:
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text()).width()

    def minimumSizeHint(self) -> QSize:
        """Return the size of the words: they are not cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the widget."""
        painter = QPainter(self)
        font = self.font()
        font.setUnderline(self.isEnabled() and (self._ground is not None or self.underMouse()))
        painter.setFont(font)
        ink = self._ink()
        painter.setPen(ink)
        painter.drawText(self.rect(), _WORDS, self.text())
        if self._picture:
            side = theme.ICON_SMALL
            picture = resources.tinted_pixmap(self._picture, side, ink, self.devicePixelRatioF())
            left = self._words_width() + theme.SPACE_TIGHT
            painter.drawPixmap(left, (self.height() - side) // 2, picture)
        if self.hasFocus():
            option = QStyleOptionFocusRect()
            option.initFrom(self)
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, self)
