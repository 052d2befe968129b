"""What the Help menu does: the keys, the log's folder, a report of a problem, and which program this is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.ui.state.browser import open_outside
from pgyer_desktop.ui.state.handlers import handles

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.ui.base.actions import WindowActions
    from pgyer_desktop.ui.state.teller import Teller


class HelpFlow(QObject):
    """What happens when somebody wants help."""

    def __init__(self, teller: Teller, actions: WindowActions, log_dir: Path, window: QWidget) -> None:
        super().__init__(window)
        self._teller = teller
        self._actions = actions
        self._log_dir = log_dir
        self._window = window

    @handles(Action.SHORTCUTS)
    def show_shortcuts(self) -> None:
        """List the keys."""
        from pgyer_desktop.ui.help.shortcuts_dialog import ShortcutsDialog

        ShortcutsDialog(self._actions, self._window).show_once()

    @handles(Action.ACCESSIBILITY)
    def show_accessibility(self) -> None:
        """Say for whom the program was tried."""
        from pgyer_desktop.ui.help.accessibility_dialog import AccessibilityDialog

        AccessibilityDialog(self._window).show_once()

    @handles(Action.LOG_FOLDER)
    def open_log_folder(self) -> None:
        """Open the log's folder in the file manager."""
        open_outside(self._log_dir, self._window, self._teller.tell_unopened)

    @handles(Action.REPORT)
    def report(self) -> None:
        """Say what a report of a problem needs, and copy it."""
        from pgyer_desktop.ui.help.about_dialog import ReportDialog

        dialog = ReportDialog(self._window)
        dialog.log_requested.connect(self.open_log_folder)
        dialog.show_once()

    @handles(Action.ABOUT)
    def show_about(self) -> None:
        """Say which program this is."""
        from pgyer_desktop.ui.help.about_dialog import AboutDialog

        AboutDialog(self._window).show_once()
