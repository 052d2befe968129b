"""Rows and columns, written as what stands in them, in its order.

Between the parts may stand a number, which is a gap of so many pixels. Must not know what a part shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from pgyer_desktop.ui.base import theme

_Box = TypeVar("_Box", bound=QBoxLayout)
_ANYWHERE: Final = Qt.AlignmentFlag(0)


@dataclass(frozen=True, slots=True)
class Placed:
    """A part that takes `stretch` shares of the room that is left, or stands at one end of the room it gets."""

    what: QWidget | QLayout | None
    stretch: int = 0
    at: Qt.AlignmentFlag = _ANYWHERE


Part: TypeAlias = "QWidget | QLayout | Placed | int"
Margins: TypeAlias = "int | tuple[int, int, int, int]"
"""Of all sides, or left, top, right and bottom."""


def wide(what: QWidget | QLayout, shares: int = 1, *, at: Qt.AlignmentFlag = _ANYWHERE) -> Placed:
    """A part that takes the room that is left."""
    return Placed(what, shares, at)


def at_top(what: QWidget) -> Placed:
    """A part that is no taller than it has to be, at the top of its row."""
    return Placed(what, at=Qt.AlignmentFlag.AlignTop)


def stretch(shares: int = 0) -> Placed:
    """The room that is left where no part is `wide`, or its share of it."""
    return Placed(None, shares)


def row(*parts: Part, inside: QWidget | None = None, spacing: int = theme.SPACE, margins: Margins = 0) -> QHBoxLayout:
    """The parts side by side. They fill the widget `inside`, or are a part of another layout."""
    return _filled(QHBoxLayout(), parts, inside, spacing, margins)


def column(
    *parts: Part, inside: QWidget | None = None, spacing: int = theme.SPACE, margins: Margins = 0
) -> QVBoxLayout:
    """The parts one below the other; otherwise as `row`."""
    return _filled(QVBoxLayout(), parts, inside, spacing, margins)


def fill(layout: QBoxLayout, *parts: Part) -> None:
    """Add the parts behind what the layout has already."""
    for part in parts:
        if isinstance(part, int):
            layout.addSpacing(part)
            continue
        placed = part if isinstance(part, Placed) else Placed(part)
        if isinstance(placed.what, QWidget):
            layout.addWidget(placed.what, placed.stretch, placed.at)
        elif placed.what is not None:
            layout.addLayout(placed.what, placed.stretch)
        else:
            layout.addStretch(placed.stretch)


def _filled(layout: _Box, parts: tuple[Part, ...], inside: QWidget | None, spacing: int, margins: Margins) -> _Box:
    if inside is not None:
        inside.setLayout(layout)
    layout.setContentsMargins(*((margins,) * 4 if isinstance(margins, int) else margins))
    layout.setSpacing(spacing)
    fill(layout, *parts)
    return layout


class SideBySide(QWidget):
    """Parts in one row while all of them have the width that they want there, else one below the other.

    The last one takes the width that is left; `even`: all get the same. `under` stands below the row, and below the
    first part where there is none.
    """

    def __init__(
        self,
        parent: QWidget,
        *parts: QWidget,
        even: bool = False,
        under: QWidget | None = None,
        spacing: int = theme.SPACE,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._even = even
        self._under = under
        self._spacing = spacing
        self._beside: bool | None = None
        self._row = row(spacing=spacing)
        self._box = column(self._row, inside=self)
        self._turn(beside=True)

    def _fits_beside(self, width: int) -> bool:
        wanted = [part.sizeHint().width() for part in self._shown()]
        needed = max(wanted, default=0) * len(wanted) if self._even else sum(wanted)
        return needed + self._spacing * (len(wanted) - 1) <= width

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _height_at(self, width: int) -> int:
        heights = [part.sizeHint().height() for part in self._shown()]
        needed = max(heights, default=0)
        if not self._fits_beside(width):
            needed = sum(heights) + theme.SPACE * (len(heights) - 1)
        if self._under is None:
            return needed
        return needed + theme.SPACE + max(self._under.heightForWidth(width), self._under.sizeHint().height())

    def sizeHint(self) -> QSize:
        """Return the width of the row, and the height at the width that it has."""
        width = sum(part.sizeHint().width() for part in self._shown())
        return QSize(width, self._height_at(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Return the width of the widest part alone."""
        return QSize(max((part.minimumSizeHint().width() for part in self._shown()), default=0), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand as the width allows."""
        super().resizeEvent(event)
        self._fit()
        if self._height_at(event.oldSize().width()) != self._height_at(self.width()):
            self.updateGeometry()  # layouts remember the height at the width of before

    def event(self, event: QEvent) -> bool:
        """Stand anew where a part has other words."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        self._turn(beside=self._fits_beside(self.width()))
        # Layouts around it ask the layout in it, which knows nothing of the other way to stand.
        needed = self._height_at(self.width())
        self.setMinimumHeight(needed)
        if needed != self.height():  # they may still go by another width, such as that of a part not shown yet
            self.updateGeometry()

    def _turn(self, *, beside: bool) -> None:
        if beside == self._beside:
            return
        self._beside = beside
        # By `removeWidget` alone: items that are taken out of a layout here stay known to Python after they are gone.
        for part in (*self._parts, self._under):
            if part is not None:
                self._row.removeWidget(part)
                self._box.removeWidget(part)
        top, start = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        *first, last = self._parts
        under = [self._under] if self._under is not None else []
        if beside:
            left = [Placed(part, int(self._even), top if self._even else start) for part in first]
            fill(self._row, *left, Placed(last, 1, top))
            fill(self._box, *under)
        else:
            stacked = [part if self._even else Placed(part, at=start) for part in first]
            fill(self._box, stacked[0], *under, *stacked[1:], last)
        self._box.setSpacing(theme.SPACE if not beside or under else 0)
