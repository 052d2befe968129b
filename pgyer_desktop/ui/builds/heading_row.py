"""How the heading of a group is painted in a table: over the whole row, whatever the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPolygonF

from pgyer_desktop.ui.base import formatting, theme
from pgyer_desktop.ui.widgets.icon_cell import paint_line

if TYPE_CHECKING:
    from pgyer_desktop.ui.state.rows import Heading
    from pgyer_desktop.ui.widgets.row_inks import Inks

_ARROW: Final = 4.0
"""Half the long side of the triangle, in logical pixels."""


def paint_heading(painter: QPainter, rect: QRect, heading: Heading, font: QFont, inks: Inks) -> None:
    """Paint version, number of builds and their size, and a triangle that points down where the group is open."""
    title, rest = formatting.heading_words(heading.version, heading.count, heading.size)
    middle = QPointF(rect.x() + theme.SPACE, rect.center().y() + 0.5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.soft)
    half = _ARROW / 2 + 0.5
    if heading.is_open:
        points = [QPointF(-_ARROW, -half), QPointF(_ARROW, -half), QPointF(0, half)]
    else:
        points = [QPointF(-half, -_ARROW), QPointF(half, 0), QPointF(-half, _ARROW)]
    painter.drawPolygon(QPolygonF([middle + point for point in points]))
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    place = rect.adjusted(2 * theme.SPACE + theme.SPACE_TIGHT, 0, 0, 0)
    width = paint_line(painter, place, title, bold, inks.text)
    paint_line(painter, place.adjusted(width + theme.SPACE_GROUP, 0, 0, 0), rest, font, inks.soft)


def paint_gap(painter: QPainter, rect: QRect, inks: Inks) -> None:
    """Paint a dashed line under a row: others may be missing there."""
    painter.setPen(QPen(inks.soft, 1.0, Qt.PenStyle.DashLine))
    painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
