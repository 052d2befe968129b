"""What is painted over the whole width of a table, whatever the columns: headings of groups, gaps, and the edge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QPainter, QPalette, QPen, QPolygonF

from pgyer_desktop.ui.base import formatting, theme
from pgyer_desktop.ui.widgets.icon_cell import paint_line

if TYPE_CHECKING:
    from pgyer_desktop.ui.state.rows import Heading
    from pgyer_desktop.ui.widgets.row_inks import Inks

_ARROW: Final = 4.0
"""Half the long side of the triangle, in logical pixels."""
_LEAST_LABEL: Final = 16


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


def paint_edge(
    painter: QPainter, width: int, y: int, words: str, font: QFont, palette: QPalette, *, outlined: bool
) -> None:
    """Paint a line between two rows, on a viewport of this width, and `words` at its right end; "": the line alone.

    `outlined`: a row beside it has a ground of its own.
    """
    painter.save()
    ink = theme.accent(palette)
    right = width - theme.SPACE_EDGE
    label = edge_label(width, y, words, font)
    line_end = label.left() - 1 if words else right
    painter.fillRect(QRect(theme.SPACE_EDGE, y - 1, line_end - theme.SPACE_EDGE, 1), ink)
    if words:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, 1.0) if outlined else Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        radius = label.height() / 2
        painter.drawRoundedRect(QRectF(label).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(label, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextDontClip), words)
    painter.restore()


def edge_label(width: int, y: int, words: str, font: QFont) -> QRect:
    """Where the words of `paint_edge` stand."""
    room = QFontMetrics(font).horizontalAdvance(words) + 2 * theme.SPACE
    height = max(_LEAST_LABEL, QFontInfo(font).pixelSize() + theme.SPACE_TIGHT)
    return QRect(width - theme.SPACE_EDGE + theme.SPACE - room, y - height // 2, room, height)


def paint_gap(painter: QPainter, rect: QRect, inks: Inks) -> None:
    """Paint a dashed line under a row: others may be missing there."""
    painter.setPen(QPen(inks.soft, 1.0, Qt.PenStyle.DashLine))
    painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
