"""An app's icon as a widget: the picture once it is there, until then the app's initial.

Must not load anything itself: it asks the icon loader and paints what that has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pgyer_desktop.ui.widgets.icon_cell import initial_of, paint_app_icon
from pgyer_desktop.ui.widgets.spoken.manner import DECORATION

if TYPE_CHECKING:
    from pgyer_desktop.api import Build
    from pgyer_desktop.ui.base.icon_loader import IconLoader


class BuildIcon(QWidget):
    """`side` logical pixels square. `place` is its name among those that ask the loader for icons."""

    manner = DECORATION

    def __init__(self, icons: IconLoader, side: int, place: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icons, self._place = icons, place
        self._field = self._name = self._seed = ""
        self.setFixedSize(side, side)
        icons.icon_ready.connect(self._on_icon_ready)

    def set_build(self, build: Build | None, app_name: str) -> None:
        """Show the icon of `build`, an upload of the app with this name; None: nothing."""
        if build is None:
            self._field = self._name = self._seed = ""
            self.update()
            return
        name = build.name or app_name or build.identifier
        self._field, self._name, self._seed = build.icon, name, build.identifier or name
        if build.icon:
            self._icons.request((build.icon,), place=self._place)
        self.update()

    def _on_icon_ready(self, field: str) -> None:
        if field == self._field:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the widget."""
        painter = QPainter(self)
        pixmap = self._icons.pixmap(self._field) if self._field else None
        paint_app_icon(painter, self.rect(), pixmap, initial_of(self._name), self.palette(), self._seed)
