"""The ring around what has the focus, for whoever uses the keyboard: the same on every control and in every style.

Styles show the focus of flat buttons, lists and texts hardly or not at all. Must not take focus or mouse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QFocusFrame, QWidget
from shiboken6 import Shiboken

from pgyer_desktop.ui.base import theme

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH: Final = 2
_REACH: Final = WIDTH + 1
"""Logical pixels around the control: the ring, and between them a line of the ground, for controls of its colour."""
_CORNER: Final = 4.0
_PLACES: Final = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ParentChange,
    QEvent.Type.ZOrderChange,
}


class FocusRing(QFocusFrame):
    """Of one window; around one control of it, or hidden. A `QFocusFrame` because screen readers pass those over."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._around: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.hide()

    def show_around(self, widget: QWidget | None) -> None:
        """Be around `widget`, which is in the window, or nowhere."""
        if widget is not self._around:
            for one in filter(Shiboken.isValid, self._watched):
                one.removeEventFilter(self)
            self._around = widget
            self._watched = list(_up_to_window(widget)) if widget is not None else []
            for one in self._watched:
                one.installEventFilter(self)
        self._place()

    def _place(self) -> None:
        widget, window = self._around, self.window()
        # Parts that are being taken away are asked for nothing: mapping from what has left the window ends the program.
        if widget is None or not all(Shiboken.isValid(one) and window.isAncestorOf(one) for one in self._watched):
            self.hide()
            return
        if not widget.isVisible():
            self.hide()
            return
        place = _in_window(widget, window).adjusted(-_REACH, -_REACH, _REACH, _REACH)
        for above in self._watched[1:]:
            # What scrolls shows no more than its window on the page.
            area = above.parentWidget()
            if isinstance(area, QAbstractScrollArea) and area.viewport() is above:
                place &= _in_window(above, window).adjusted(-_REACH, -_REACH, _REACH, _REACH)
        place &= window.rect()
        if place.isEmpty():
            self.hide()
            return
        self.setGeometry(place)
        self.show()
        self.raise_()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow what it is around."""
        if event.type() in _PLACES:
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ring, and within it a line of the ground."""
        palette = self.window().palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self.rect()).adjusted(WIDTH / 2, WIDTH / 2, -WIDTH / 2, -WIDTH / 2)
        ground = QRectF(self.rect()).adjusted(WIDTH + 0.5, WIDTH + 0.5, -WIDTH - 0.5, -WIDTH - 0.5)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Window), 1.0))
        painter.drawRoundedRect(ground, _CORNER - WIDTH / 2, _CORNER - WIDTH / 2)
        painter.setPen(QPen(theme.accent(palette), WIDTH))
        painter.drawRoundedRect(ring, _CORNER, _CORNER)


def _up_to_window(widget: QWidget) -> Iterator[QWidget]:
    one: QWidget | None = widget
    while one is not None and not one.isWindow():
        yield one
        one = one.parentWidget()


def _in_window(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
