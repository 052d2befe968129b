"""The short message that something succeeded, or why it cannot be done now, over the bottom of a window.

Must not carry errors or actions: it goes away by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from pgyer_desktop.ui.base import resources, theme
from pgyer_desktop.ui.widgets.layout import row, wide
from pgyer_desktop.ui.widgets.spoken.announcement import announce
from pgyer_desktop.ui.widgets.spoken.manner import SENTENCE

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QMouseEvent, QPaintEvent

SHOWN_MS: Final = 4000
"""How long a toast stays, in milliseconds, unless the pointer is on it."""
_MAX_WIDTH: Final = 560


class Toast(QFrame):
    """A pill at the bottom centre of its parent, or of a part of it, which it follows.

    Goes after four seconds or at a click, stays while hovered, never takes the focus.
    """

    manner = SENTENCE

    def __init__(self, parent: QWidget, part: QWidget | None = None) -> None:
        """`part` lies directly in `parent`."""
        super().__init__(parent)
        self.setObjectName("toast")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._icon_name = "check"
        self._icon = QLabel(self)
        self._icon.setFixedSize(theme.ICON_MEDIUM, theme.ICON_MEDIUM)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setObjectName("toastText")
        row(
            self._icon,
            wide(self._text),
            inside=self,
            margins=(theme.SPACE_GROUP, theme.SPACE, theme.SPACE_EDGE, theme.SPACE),
        )
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self._over = part or parent
        self._over.installEventFilter(self)
        self._update_colors()
        self.hide()

    def show_text(self, text: str, icon: str = "check") -> None:
        """Show `text`, plain, in place of what showed before."""
        self._icon_name = icon
        self._text.setText(text)
        self.setAccessibleName(text)
        self._update_colors()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        announce(self, text)

    def show_reason(self, text: str) -> None:
        """Show why something cannot be done now."""
        self.show_text(text, "info")

    def take_back(self) -> None:
        """Go away at once: what it says is no longer so."""
        self._timer.stop()
        self.hide()

    def _place(self) -> None:
        over = self._over
        room = min(_MAX_WIDTH, over.width() - 2 * theme.SPACE_WIDE)
        self._text.setWordWrap(False)
        size = self.sizeHint()
        if size.width() > room:
            self._text.setWordWrap(True)
            size.setWidth(max(1, room))
            size.setHeight(self.heightForWidth(size.width()))
        corner = QPoint((over.width() - size.width()) // 2, max(0, over.height() - size.height() - theme.SPACE_WIDE))
        self.setGeometry(QRect(corner if over is self.parentWidget() else over.pos() + corner, size))

    def _colors(self) -> tuple[QColor, QColor]:
        """Background and text: the window's own colours swapped, so that it is seen over everything."""
        palette = self._over.palette()
        window, text = palette.color(QPalette.ColorRole.Window), palette.color(QPalette.ColorRole.WindowText)
        ground = theme.blend(text, window, 0.84)
        return ground, theme.readable(window, ground)

    def _update_colors(self) -> None:
        _ground, ink = self._colors()
        palette = QPalette(self._text.palette())
        palette.setColor(QPalette.ColorRole.WindowText, ink)
        self._text.setPalette(palette)
        self._icon.setPixmap(resources.tinted_pixmap(self._icon_name, theme.ICON_MEDIUM, ink, self.devicePixelRatioF()))
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size and the colours of what it lies over."""
        if watched is self._over:
            if event.type() in {QEvent.Type.Resize, QEvent.Type.Move} and self.isVisible():
                self._place()
            elif event.type() == QEvent.Type.PaletteChange:
                self._update_colors()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the pointer is on it."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Start counting anew."""
        if self.isVisible():
            self._timer.start()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go away."""
        self.take_back()
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the widget."""
        ground, _ink = self._colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS + 2, theme.RADIUS + 2)
