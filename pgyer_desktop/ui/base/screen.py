"""How much of its screen a window may take, so that its title bar and its buttons stay in reach.

A laptop of 1366x768 at 150 % has 910x464 to offer once its task bar is drawn. Must not know what is in a window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QWidget

_FRAME: Final = QSize(10, 40)
"""Logical pixels of edges and title bar, at least: before it shows, no window knows its frame."""


def screen_of(window: QWidget) -> QScreen:
    """Where the middle of `window` is: what Qt calls its screen lags behind. Before it shows: where its parent is."""
    parent = window.parentWidget()
    if not window.isVisible() and parent is not None:
        window = parent.window()
    return QGuiApplication.screenAt(window.frameGeometry().center()) or window.screen()


def room_for(window: QWidget, screen: QScreen | None = None) -> QSize:
    """Return the largest size that `window` may have on `screen`; None: the one that it is on."""
    frame = (window.frameGeometry().size() - window.size()).expandedTo(_FRAME)
    return (screen or screen_of(window)).availableGeometry().size() - frame


def fit_to_screen(window: QWidget, least: QSize, wanted: QSize, screen: QScreen | None = None) -> None:
    """Give `window` the size `wanted`, and `least` as the smallest, as far as the screen has room for them."""
    room = room_for(window, screen)
    window.setMinimumSize(least.boundedTo(room))
    window.resize(wanted.boundedTo(room))


def keep_on_screen(window: QWidget) -> None:
    """Move a window that shows so far that all of it is on its screen, its title bar first."""
    if window.windowState() & (Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen):
        return
    room, frame = screen_of(window).availableGeometry(), window.frameGeometry()
    x = max(room.left(), min(frame.left(), room.right() + 1 - frame.width()))
    y = max(room.top(), min(frame.top(), room.bottom() + 1 - frame.height()))
    if (x, y) != (frame.left(), frame.top()):
        window.move(x, y)
