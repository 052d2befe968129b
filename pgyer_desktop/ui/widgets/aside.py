"""The margins around something that is said now and then: they are there only while it shows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.widgets.layout import column

_CHANGES: Final = {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}


class Aside(QWidget):
    """Holds `inner`, and is hidden while that is."""

    def __init__(self, inner: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._inner = inner
        column(inner, inside=self, margins=(theme.SPACE_EDGE, theme.SPACE, theme.SPACE_EDGE, theme.SPACE))
        self.hide()
        inner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what it holds."""
        if watched is self._inner and event.type() in _CHANGES:
            self.setVisible(not self._inner.isHidden())
        return super().eventFilter(watched, event)
