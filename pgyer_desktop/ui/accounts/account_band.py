"""The band under the top of the window: it has the account's colour, and says so where nothing can be changed.

Without a colour it is a hairline. Must not decide what the guard rails are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from pgyer_desktop.core.accounts.guards import Guards
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.widgets.dialog.link_button import LinkButton
from pgyer_desktop.ui.widgets.spoken.manner import SENTENCE

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPaintEvent, QResizeEvent

_BAND: Final = 4
"""Height of a band without words, in logical pixels."""


class AccountBand(QWidget):
    """The band, as wide as the window.

    Signals:
        guards_requested: show the guard rails that forbid changes.
    """

    guards_requested = Signal()

    manner = SENTENCE

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("accountBand")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._guards = Guards()
        self._words = self.tr("Read-only: nothing can be changed in this account.")
        self.link = LinkButton("accountBandGuards", self.tr("Guard rails…"), self)
        """Leads to what forbids changes; for whoever orders the Tab keys."""
        self.link.clicked.connect(self.guards_requested)
        self.link.hide()

    def set_guards(self, guards: Guards) -> None:
        """Show the colour and the words of these guard rails."""
        if guards != self._guards:
            self._guards = guards
            self.setAccessibleName(self.words)
            self._update()

    @property
    def words(self) -> str:
        """What it says; "" while it says nothing."""
        return self._words if self._guards.read_only else ""

    def sizeHint(self) -> QSize:
        """Return the height of its words, its band or its line."""
        if self.words:
            return QSize(0, max(self.fontMetrics().height() + theme.SPACE, self.link.sizeHint().height()))
        return QSize(0, _BAND if theme.account_colour(self._guards.paint, self.palette()) is not None else 1)

    def minimumSizeHint(self) -> QSize:
        """Return the same: it is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint in the palette of the moment, so that dark and light are followed."""
        painter = QPainter(self)
        color = self._ground()
        painter.fillRect(self.rect(), color)
        if self.words:
            painter.setPen(theme.on_fill(color))
            place = QRect(theme.SPACE_EDGE, 0, self.link.x() - theme.SPACE_GROUP - theme.SPACE_EDGE, self.height())
            words = self.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)

    def _ground(self) -> QColor:
        palette = self.palette()
        color = theme.account_colour(self._guards.paint, palette)
        if color is not None:
            return color
        return theme.secondary_text(palette) if self.words else theme.hairline(palette)

    def _update(self) -> None:
        self.link.setVisible(bool(self.words))
        self.link.set_ground(self._ground())
        self._place_link()
        self.updateGeometry()
        self.update()

    def _place_link(self) -> None:
        """Behind the words; where there is no room for them, they are cut and it is not."""
        size = self.link.sizeHint()
        behind = theme.SPACE_EDGE + self.fontMetrics().horizontalAdvance(self._words) + theme.SPACE_EDGE
        last = self.width() - theme.SPACE_EDGE - size.width()
        place = QRect(0, (self.height() - size.height()) // 2, size.width(), size.height())
        place.moveLeft(min(behind, last))
        self.link.setGeometry(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the link stand behind the words."""
        super().resizeEvent(event)
        self._place_link()

    def changeEvent(self, event: QEvent) -> None:
        """Follow font and palette while running."""
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.PaletteChange}:
            self._update()
        super().changeEvent(event)
