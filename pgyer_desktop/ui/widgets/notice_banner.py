"""The inline banner that says what happened, to what, and what to do now.

Must not know any error and must not write sentences: it shows the words it is given.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from pgyer_desktop.ui.base import resources, theme
from pgyer_desktop.ui.widgets.announcement import alert
from pgyer_desktop.ui.widgets.buttons import icon_button
from pgyer_desktop.ui.widgets.layout import row, wide

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Severity(enum.Enum):
    """How much a notice matters. The value is the name of its icon."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class NoticeBanner(QFrame):
    """Icon, one sentence, at most one action, a close button. Hidden while empty; never takes the focus.

    Signals:
        action_triggered: the action button was pressed. arg: the notice's key.
        closed: the close button was pressed. arg: the notice's key.
    """

    action_triggered = Signal(str)
    closed = Signal(str)

    def __init__(self, parent: QWidget | None = None, name: str = "notice") -> None:
        """`name` begins the object names of the banner and its parts."""
        super().__init__(parent)
        self.setObjectName(f"{name}Banner")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._severity = Severity.INFO
        self._key: str | None = None

        self._icon = QLabel(self)
        self._icon.setFixedSize(theme.ICON_MEDIUM, theme.ICON_MEDIUM)
        self._text = QLabel(self)
        self._text.setObjectName(f"{name}Text")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setWordWrap(True)
        self._action = QPushButton(self)
        self._action.setObjectName(f"{name}Retry")
        self._action.setAutoDefault(False)
        self._action.clicked.connect(self._on_action_clicked)
        words = self.tr("Close this message")
        self._close = icon_button(f"{name}Close", "close", words, self, Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(self._on_close_clicked)

        row(
            self._icon,
            wide(self._text),
            self._action,
            self._close,
            inside=self,
            margins=(theme.SPACE_GROUP, theme.SPACE, theme.SPACE, theme.SPACE),
        )

        self.hide()

    def show_notice(self, *, text: str, severity: Severity, action_text: str | None = None, key: str = "") -> None:
        """Show a notice in place of the one before.

        Args:
            text: one or two sentences, plain text.
            severity: decides icon and colour.
            action_text: the action button's word; None: no button.
            key: what the notice is about; comes back with the signals.

        """
        self._key = key
        self._severity = severity
        self._text.setText(text)
        self._action.setText(action_text or "")
        self._action.setAccessibleName(action_text or "")
        self._action.setVisible(action_text is not None)
        self.setAccessibleName(text)
        self._update_colors()
        self.show()
        self.updateGeometry()
        alert(self)

    def clear(self) -> None:
        """Take the notice away."""
        self._key = None
        self._text.clear()
        self.setAccessibleName("")
        self.hide()

    def _on_action_clicked(self) -> None:
        if self._key is not None:
            self.action_triggered.emit(self._key)

    def _on_close_clicked(self) -> None:
        if (key := self._key) is not None:
            self.clear()
            self.closed.emit(key)

    def _tone(self) -> QColor:
        palette = self.palette()
        if self._severity is Severity.ERROR:
            return theme.danger(palette)
        if self._severity is Severity.WARNING:
            return theme.warning(palette)
        return theme.accent(palette)

    def _update_colors(self) -> None:
        self._icon.setPixmap(
            resources.tinted_pixmap(self._severity.value, theme.ICON_MEDIUM, self._tone(), self.devicePixelRatioF())
        )
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and screen while running."""
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange}:
            self._update_colors()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the widget."""
        palette = self.palette()
        window, tone = palette.color(palette.ColorRole.Window), self._tone()
        dark = theme.is_dark(palette)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.blend(tone, window, 0.16 if dark else 0.09))
        painter.setPen(QPen(theme.blend(tone, window, 0.4 if dark else 0.3), 1.0))
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(rect, theme.RADIUS, theme.RADIUS)
