"""The one QApplication, which never ends the loop by itself.

Must not decide what ends: whoever closes the parts in order does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Callable


class Application(QApplication):
    """Passes requests to quit on to `on_quit`: Qt itself would end the event loop before everything is closed."""

    on_quit: Callable[[], bool] | None = None
    """Asked when the dock's menu, the end of the session or Qt itself wants the program to quit. Whether it will."""

    def event(self, event: QEvent) -> bool:
        """Hand on a request to quit."""
        if event.type() == QEvent.Type.Quit:
            # macOS stops a log-out where it is refused.
            event.setAccepted(self.on_quit is None or self.on_quit())
            return True
        return super().event(event)
