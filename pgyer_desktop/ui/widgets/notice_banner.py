"""The inline banner that says what happened, to what, and what to do now.

Must not know any error and must not write sentences: it shows the words it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from pgyer_desktop.core.base.error_messages import Severity
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.widgets.buttons import icon_button, push_button
from pgyer_desktop.ui.widgets.layout import fill, row, wide
from pgyer_desktop.ui.widgets.spoken.announcement import announce
from pgyer_desktop.ui.widgets.spoken.manner import GROUP
from pgyer_desktop.ui.widgets.text.icon_label import IconLabel
from pgyer_desktop.ui.widgets.text.label import Ink, SaidAround, inked

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

__all__ = ["NoticeBanner", "NoticeBox", "Severity"]

_INKS: Final = {Severity.INFO: Ink.ACCENT, Severity.WARNING: Ink.WARNING, Severity.ERROR: Ink.DANGER}


class NoticeBox(QFrame):
    """Icon and sentence in a quiet box with an edge, and whatever a subclass puts behind them. Hidden at first.

    The margins around the box are its own, so that nothing is left of them while it is hidden.
    """

    manner = GROUP

    def __init__(
        self, name: str, parent: QWidget | None, *, selectable: bool = False, end: int = theme.SPACE_GROUP
    ) -> None:
        """`selectable`: what it says can be copied; `end` is the room behind what stands last."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._ink = Ink.ACCENT
        self._icon = IconLabel(self)
        self._text = SaidAround(self, selectable=selectable)
        margins = (theme.SPACE_EDGE + theme.SPACE_GROUP, 2 * theme.SPACE, theme.SPACE_EDGE + end, 2 * theme.SPACE)
        self._row = row(self._icon, wide(self._text), inside=self, margins=margins)
        self.hide()

    def _say(self, text: str, icon: str, ink: Ink) -> None:
        self._ink = ink
        self._text.setText(text)
        self._icon.show_icon(icon, ink)
        self.setAccessibleName(text)
        self.show()
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the box in its ink."""
        palette = self.palette()
        window, tone = palette.color(palette.ColorRole.Window), inked(palette, self._ink)
        dark = theme.is_dark(palette)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.blend(tone, window, 0.16 if dark else 0.09))
        painter.setPen(QPen(theme.blend(tone, window, 0.4 if dark else 0.3), 1.0))
        box = self.rect().adjusted(theme.SPACE_EDGE, theme.SPACE, -theme.SPACE_EDGE, -theme.SPACE)
        rect = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(rect, theme.RADIUS, theme.RADIUS)


class NoticeBanner(NoticeBox):
    """Icon, one sentence, at most one action, a close button. Hidden while empty; never takes the focus.

    Signals:
        action_triggered: the action button was pressed. arg: the notice's key.
        closed: the close button was pressed. arg: the notice's key.
    """

    action_triggered = Signal(str)
    closed = Signal(str)

    def __init__(self, parent: QWidget | None = None, name: str = "notice") -> None:
        """`name` begins the object names of the banner and its parts."""
        super().__init__(f"{name}Banner", parent, selectable=True, end=theme.SPACE)
        self._key: str | None = None
        self._text.setObjectName(f"{name}Text")
        self._action = push_button(f"{name}Retry", "", self)
        self._action.clicked.connect(self._on_action_clicked)
        words = self.tr("Close this message")
        close = icon_button(f"{name}Close", "close", words, self, Qt.FocusPolicy.TabFocus)
        close.clicked.connect(self._on_close_clicked)
        fill(self._row, self._action, close)

    def show_notice(
        self, *, text: str, severity: Severity, action_text: str | None = None, key: str = "", aloud: bool = True
    ) -> None:
        """Show a notice in place of the one before: one or two sentences, plain text, in icon and colour of `severity`.

        `action_text` None: no action button. `key` is what it is about; it comes back with the signals. Not `aloud`:
        it has been read out before.
        """
        self._key = key
        self._action.setText(action_text or "")
        self._action.setAccessibleName(action_text or "")
        self._action.setVisible(action_text is not None)
        self._say(text, severity.value, _INKS[severity])
        if aloud:
            announce(self, text, urgent=severity is Severity.ERROR)

    def focus_action(self) -> None:
        """Have the person go on with what can be done about it."""
        self._action.setFocus(Qt.FocusReason.OtherFocusReason)

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
