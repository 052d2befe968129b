"""The thin bar that says that something is being fetched while the old content stays.

Must not block, dim or cover anything, and must not know what is awaited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.widgets.spoken.manner import WAITING

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent

DELAY_MS: Final = 200
"""A wait shorter than this shows nothing."""
_FRAME_MS: Final = 33
_SWEEP_MS: Final = 1400
_HEIGHT: Final = 2


class ThinProgress(QWidget):
    """An indeterminate bar two pixels high. Keeps its room while hidden, so that nothing jumps."""

    manner = WAITING

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("thinProgress")
        self.setFixedHeight(_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self._clock = QElapsedTimer()
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._delay.timeout.connect(self.show)
        self._frames = QTimer(self, interval=_FRAME_MS)
        self._frames.timeout.connect(self.update)
        self.setAccessibleName(self.tr("Loading"))
        self.hide()

    def start(self) -> None:
        """Something is awaited: show the bar once that has taken `DELAY_MS`. Again while running: nothing."""
        if not self.isHidden() or self._delay.isActive():
            return
        self._delay.start()

    def stop(self) -> None:
        """Nothing is awaited any more: hide at once."""
        self._delay.stop()
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw frames from now on."""
        self._clock.start()
        # People who asked for fewer animations get a bar that stands still.
        if self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self) > 0:
            self._frames.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw no frames that nobody sees."""
        self._frames.stop()
        super().hideEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the widget."""
        palette = self.palette()
        painter = QPainter(self)
        ground = theme.blend(theme.accent(palette), palette.color(QPalette.ColorRole.Window), 0.2)
        painter.fillRect(self.rect(), ground)
        width = float(self.width())
        if self._frames.isActive():
            share = (self._clock.elapsed() % _SWEEP_MS) / _SWEEP_MS
            length = width * 0.3
            bar = QRectF(-length + (width + length) * share, 0.0, length, float(self.height()))
        else:
            bar = QRectF(0.0, 0.0, width * 0.3, float(self.height()))
        painter.fillRect(bar, theme.accent(palette))
