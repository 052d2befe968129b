"""The main window itself, which is there at once. What is in it, and takes time to load, is `desk`.

Must not import at the top what the first paint does not need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QMainWindow

from pgyer_desktop.ui import first_view

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.core.journal import Journal
    from pgyer_desktop.core.profile import Profile
    from pgyer_desktop.core.settings import SettingsFile
    from pgyer_desktop.ui.build_flow import Ask
    from pgyer_desktop.ui.closing import SessionManager
    from pgyer_desktop.ui.desk import Desk
    from pgyer_desktop.ui.icon_loader import IconLoader
    from pgyer_desktop.ui.update_watch import UpdateWatch
    from pgyer_desktop.ui.workspace import Workspace

_PICTURE_MS: Final = 300
"""How long the picture of how it was left stays at most, once the parts are there."""


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
        self.setMinimumSize(640, 420)
        self.resize(1100, 720)
        self._first_view_file = first_view_file
        self._desk: Desk | None = None
        self._painted = False
        self._picture: QWidget | None = None
        self.over = False
        """Whether it was closed."""
        if first_view_file is not None:
            first_view.restore(self, first_view_file)

    def furnish(
        self,
        workspace: Workspace,
        icons: IconLoader,
        settings: SettingsFile,
        profile: Profile,
        journal: Journal,
        *,
        ask: Ask | None = None,
        updates: UpdateWatch | None = None,
    ) -> Desk:
        """Put everything into the window. Once."""
        from pgyer_desktop.ui.desk import Desk

        picture = self.takeCentralWidget()
        self._desk = Desk(self, workspace, icons, settings, profile, journal, ask=ask, updates=updates)
        if picture is not None:
            self._leave(picture)
            workspace.scene_changed.connect(self._on_scene_changed)
        workspace.accounts_changed.connect(self._on_accounts_changed)
        return self._desk

    def _leave(self, picture: QWidget) -> None:
        """Leave the picture over the parts while there is nothing in them yet, so that nothing flashes up between."""
        picture.setParent(self)
        picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        picture.setGeometry(self.rect())
        picture.show()
        picture.raise_()
        self._picture = picture
        QTimer.singleShot(_PICTURE_MS, self._drop_picture)

    def _on_scene_changed(self) -> None:
        if self._desk is not None and not self._desk.is_opening:
            self._drop_picture()

    def _drop_picture(self) -> None:
        if self._picture is not None:
            self._picture.hide()
            self._picture.deleteLater()
            self._picture = None

    @property
    def desk(self) -> Desk:
        """What is in the window.

        Raises:
            RuntimeError: it is not furnished yet.

        """
        if self._desk is None:
            raise RuntimeError("the window has not been furnished")
        return self._desk

    @property
    def hurried(self) -> bool:
        """Whether it was left while a change was under way, which is to be cut off then."""
        return self._desk is not None and self._desk.hurried

    def end(self) -> bool:
        """Close because the program is told to end: also where a change that is under way does not end well."""
        if self._desk is not None:
            self._desk.insist()
        return self.close()

    def on_log_out(self, manager: SessionManager) -> None:
        """Hold the end of the session back while a change is under way, and close once it has ended."""
        if self._desk is None or self._desk.hold_log_out(manager):
            self.close()

    async def aclose(self) -> None:
        """Stop what the parts in the window are doing."""
        if self._desk is not None:
            await self._desk.aclose()

    def come_forward(self) -> None:
        """Show over the others, because the person has asked for it."""
        self.setWindowState((self.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
        self.show()
        self.raise_()
        self.activateWindow()

    def _on_accounts_changed(self) -> None:
        # It may show what an account that is gone had; when the window is closed there will be another one.
        if self._first_view_file is not None:
            first_view.forget(self._first_view_file)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language while running."""
        if event.type() == QEvent.Type.LanguageChange and self._desk is not None:
            self._desk.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the window, and say so the first time."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window and say that the program ends, unless a change is under way."""
        if self._desk is not None:
            if not self._desk.may_close():
                event.ignore()
                return
            self._desk.remember()
            if self._first_view_file is not None and self._desk.is_calm and self.isVisible():
                first_view.keep(self, self._first_view_file)
        super().closeEvent(event)
        self.over = True
        self.closed.emit()
