"""A label that shows one icon: ours in the colour of an ink, or a picture in its own colours.

Must not know what it stands for.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QWidget

from pgyer_desktop.ui.base import resources, theme
from pgyer_desktop.ui.widgets.spoken.manner import DECORATION
from pgyer_desktop.ui.widgets.text.label import Ink, inked


class IconLabel(QLabel):
    """Follows palette and screen while running."""

    manner = DECORATION

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon: str | QIcon | None = None
        self._ink = Ink.PLAIN
        self._side = 0

    def show_icon(self, icon: str | QIcon, ink: Ink = Ink.PLAIN, *, side: int = theme.ICON_MEDIUM) -> None:
        """Show an icon of `resources` by its name, or a picture, `side` logical pixels square."""
        self._icon, self._ink, self._side = icon, ink, side
        self.setFixedSize(side, side)
        self._paint_anew()

    def _paint_anew(self) -> None:
        ratio = self.devicePixelRatioF()
        if isinstance(self._icon, QIcon):
            self.setPixmap(self._icon.pixmap(QSize(self._side, self._side), ratio))
        elif self._icon is not None:
            self.setPixmap(resources.tinted_pixmap(self._icon, self._side, inked(self.palette(), self._ink), ratio))

    def changeEvent(self, event: QEvent) -> None:
        """Paint it for the palette and the screen of now."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange}:
            self._paint_anew()
