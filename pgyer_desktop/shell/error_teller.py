"""Tells the person of unexpected errors: in one dialog at a time, and never in a flood.

Must not catch or log them: that has been done when they come here.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.ui.help.crash_dialog import CrashDialog

QUIET_SECONDS: Final = 600.0
"""The same error is told again only after it has not come up for this long."""


class ErrorTeller(QObject):
    """Opens the dialog over `window`, while that is on screen."""

    def __init__(self, window: QWidget, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(window)
        self._window = window
        self._clock = clock
        self._seen: dict[str, float] = {}
        self._dialog: CrashDialog | None = None

    def tell(self, mark: str, details: str) -> None:
        """Tell of an error. `mark` is the same when the same one comes again."""
        from pgyer_desktop.ui.help.crash_dialog import CrashDialog

        now = self._clock()
        before = self._seen.get(mark)
        self._seen[mark] = now
        if self._dialog is not None:
            self._dialog.add_another()
            return
        if not self._window.isVisible() or (before is not None and now - before < QUIET_SECONDS):
            return
        self._dialog = CrashDialog(details, self._window)
        self._dialog.finished.connect(self._on_finished)
        self._dialog.show_once()

    def _on_finished(self) -> None:
        self._dialog = None
