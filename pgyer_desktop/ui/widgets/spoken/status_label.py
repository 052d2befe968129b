"""A line that says how something stands, and is read out when that has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pgyer_desktop.ui.widgets.spoken.announcement import Standing
from pgyer_desktop.ui.widgets.text.elided_label import ElidedLabel
from pgyer_desktop.ui.widgets.text.label import Ink

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class StatusLabel(ElidedLabel):
    """One quiet line."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent=parent, ink=Ink.SOFT)
        self.setObjectName(name)
        self._standing = Standing(self)

    def set_status(self, words: str, said: str = "") -> None:
        """Show `words`, and have `said`, or them, read out where a person sees the line."""
        self.setText(words)
        if self.isVisible():
            self._standing.write(said or words)
