"""The main window itself, which is there at once. What is in it takes time to load, and is handed in.

Must not import at the top what the first paint does not need.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from PySide6.QtCore import QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QMainWindow

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.screen import fit_to_screen, keep_on_screen
from pgyer_desktop.ui.window import first_view

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QPaintEvent, QSessionManager, QShowEvent
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.ui.window.closing import Closing

_LEAST: Final = QSize(640, 420)
_FIRST: Final = QSize(1100, 720)
_PICTURE_MS: Final = 300
"""How long the picture of how it was left stays at most, once the parts are there."""


class Content(Protocol):
    """What the window asks of whatever is in it."""

    @property
    def is_opening(self) -> bool:
        """Whether there is nothing to show yet."""

    @property
    def is_calm(self) -> bool:
        """Whether it shows what a person would expect to find again."""

    @property
    def closing(self) -> Closing:
        """Whether something speaks against closing now; then it asks for it again by itself."""

    def remember(self) -> None:
        """Put how it was left into the settings."""

    def leave(self) -> None:
        """As `remember`, when it is closed."""

    async def aclose(self) -> None:
        """Stop what is being done."""


_Content = TypeVar("_Content", bound=Content)


class MainWindow(QMainWindow):
    """The one window of a run: first empty or with a picture of how it was left, then furnished.

    Signals:
        closed: the window was closed; the program ends.
        painted: it has been painted for the first time.
    """

    closed = Signal()
    painted = Signal()

    def __init__(self, first_view_file: Path | None = None) -> None:
        """`first_view_file`: where the picture of how it was left is kept; None: nowhere."""
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Pgyer Desktop")
        fit_to_screen(self, _LEAST, theme.size_at_font(_FIRST, self.font()))
        self._first_view_file = first_view_file
        self._content: Content | None = None
        self._painted = False
        self._picture: QWidget | None = None
        self.over = False
        """Whether it was closed."""
        if first_view_file is not None:
            first_view.restore(self, first_view_file)
            self.stay_on_screen()

    def stay_on_screen(self) -> None:
        """Be no larger than the screen, and nowhere beyond it: where it was left, there may have been another one."""
        if not self.isMaximized() and not self.isFullScreen():
            fit_to_screen(self, _LEAST, self.size())
            keep_on_screen(self)

    def furnish(self, make: Callable[[], _Content]) -> _Content:
        """Put into the window what `make` makes with it as the parent. Once."""
        picture = self.takeCentralWidget()
        self.setLocale(QLocale())  # the language is known by now; what is in the window has its numbers from here
        self._content = content = make()
        if picture is not None:
            self._leave(picture)
        return content

    def _leave(self, picture: QWidget) -> None:
        """Leave the picture over the parts while there is nothing in them yet, so that nothing flashes up between."""
        picture.setParent(self)
        picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        picture.setGeometry(self.rect())
        picture.show()
        picture.raise_()
        self._picture = picture
        QTimer.singleShot(_PICTURE_MS, self._drop_picture)

    def show_content(self) -> None:
        """Take the picture away once there is something in its place; to be called when that may have changed."""
        if self._content is not None and not self._content.is_opening:
            self._drop_picture()

    def _drop_picture(self) -> None:
        if self._picture is not None:
            self._picture.hide()
            self._picture.deleteLater()
            self._picture = None

    @property
    def content(self) -> Content:
        """What is in the window.

        Raises:
            RuntimeError: it is not furnished yet.

        """
        if self._content is None:
            raise RuntimeError("the window has not been furnished")
        return self._content

    @property
    def hurried(self) -> bool:
        """Whether it was left while a change was under way, which is to be cut off then."""
        return self._content is not None and self._content.closing.hurried

    def end(self) -> bool:
        """Close because the program is told to end: also where a change that is under way does not end well."""
        if self._content is not None:
            self._content.closing.insist()
        return self.close()

    def on_log_out(self, manager: QSessionManager) -> None:
        """Hold the end of the session back while a change is under way, and close once it has ended."""
        if self._content is None or self._content.closing.hold_log_out(manager):
            self.close()

    async def aclose(self) -> None:
        """Stop what the parts in the window are doing."""
        if self._content is not None:
            await self._content.aclose()

    def come_forward(self) -> None:
        """Show over the others, because the person has asked for it."""
        self.setWindowState((self.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
        self.show()
        self.raise_()
        self.activateWindow()

    def forget_picture(self) -> None:
        """Delete the kept picture: it may show what an account that is gone had. Closing keeps another one."""
        if self._first_view_file is not None:
            first_view.forget(self._first_view_file)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the window, and say so the first time."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.painted.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Be on the screen with the frame too, which is known only now."""
        super().showEvent(event)
        if not event.spontaneous():
            self.stay_on_screen()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window and say that the program ends, unless a change is under way."""
        if self._content is not None:
            if not self._content.closing.may_close():
                event.ignore()
                return
            try:
                self._content.leave()
                if self._first_view_file is not None and self._content.is_calm and self.isVisible():
                    first_view.keep(self, self._first_view_file)
            except Exception as error:  # noqa: BLE001 - whatever it is, the window closes and everything after it
                sys.excepthook(type(error), error, error.__traceback__)
        super().closeEvent(event)
        self.over = True
        self.closed.emit()
