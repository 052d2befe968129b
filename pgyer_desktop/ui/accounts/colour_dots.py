"""The colours of an account as dots, one of which is chosen.

Must not know what an account is painted in (see `theme.account_colour`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QStyle, QStyleOptionFocusRect, QWidget

from pgyer_desktop.core.accounts.guards import Colour
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.widgets.layout import row, stretch
from pgyer_desktop.ui.widgets.spoken.words import explain

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_DOT: Final = 16
_SIDE: Final = 24
_RING: Final = 2.0


class ColourDots(QWidget):
    """One dot for each colour. The arrow keys go from one to the next, Tab goes past them."""

    def __init__(self, name: str, label: str, chosen: Colour, parent: QWidget) -> None:
        """`name` is the object name, and begins those of the dots; `label` says what is painted."""
        super().__init__(parent)
        named(name, self, label)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        words = {
            Colour.NONE: self.tr("None"),
            Colour.RED: self.tr("Red"),
            Colour.ORANGE: self.tr("Orange"),
            Colour.GREEN: self.tr("Green"),
            Colour.BLUE: self.tr("Blue"),
            Colour.PURPLE: self.tr("Purple"),
        }
        self._dots = {colour: _Dot(colour, self) for colour in Colour}
        self._group = QButtonGroup(self)
        for colour, dot in self._dots.items():
            named(f"{name}{colour.name.capitalize()}", dot, f"{label}: {words[colour]}")
            explain(dot, words[colour])
            self._group.addButton(dot)
        self._dots[chosen].setChecked(True)
        row(*self._dots.values(), stretch(), inside=self, spacing=theme.SPACE_TIGHT)

    @property
    def chosen(self) -> Colour:
        """The colour of the dot that is checked."""
        return next((colour for colour, dot in self._dots.items() if dot.isChecked()), Colour.NONE)


class _Dot(QAbstractButton):
    """A dot in a colour; no colour is an empty circle. A ring says which one is chosen."""

    def __init__(self, colour: Colour, parent: QWidget) -> None:
        super().__init__(parent)
        self._colour = colour
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(_SIDE, _SIDE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return the size of dot and ring."""
        return QSize(_SIDE, _SIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint in the palette of the moment, so that dark and light are followed."""
        palette = self.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.4)
        inset = (_SIDE - _DOT) / 2
        dot = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        paint = theme.account_colour(self._colour, palette)
        if paint is None:
            painter.setPen(QPen(theme.secondary_text(palette), 1.0))
            painter.drawEllipse(dot.adjusted(0.5, 0.5, -0.5, -0.5))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(paint)
            painter.drawEllipse(dot)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            painter.setPen(QPen(theme.accent(palette), _RING))
            painter.drawEllipse(QRectF(self.rect()).adjusted(_RING, _RING, -_RING, -_RING))
        if self.hasFocus():
            option = QStyleOptionFocusRect()
            option.initFrom(self)
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, self)
