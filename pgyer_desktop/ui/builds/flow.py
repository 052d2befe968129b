"""What can be done with selected builds on this computer alone: compare two, and pin some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.ui.state.handlers import handles_open

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.api import Build
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.state.accounts import AccountState
    from pgyer_desktop.ui.state.open import Open


class BuildFlow(QObject):
    """What happens when builds are to be compared or pinned."""

    def __init__(self, accounts: AccountState, icons: IconLoader, window: QWidget) -> None:
        super().__init__(window)
        self._accounts = accounts
        self._icons = icons
        self._window = window

    @handles_open(Action.COMPARE)
    def compare(self, opened: Open, builds: tuple[Build, ...]) -> None:
        """Show two builds side by side."""
        from pgyer_desktop.ui.builds.compare_dialog import CompareDialog

        first, second = builds
        CompareDialog(self._window, first, second, opened.title, self._icons).show_once()

    @handles_open(Action.PIN)
    def pin(self, _opened: Open, builds: tuple[Build, ...]) -> None:
        """Pin these builds, or no longer where all of them are."""
        self._accounts.toggle_pins(builds)
