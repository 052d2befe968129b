"""The build table's header: flat, quiet, says how the rows are sorted; keeps widths that fit the window.

Widths that a person chose are kept; a narrow window takes from them, down to what the cells need, and a wide one gives
them back. Must not know builds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QHeaderView, QWidget

from pgyer_desktop.core.builds.columns import COLUMNS, Kind
from pgyer_desktop.ui.base import resources, theme

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADER_HEIGHT: Final = 32
LEAST_WIDTH: Final = 48
WIDEST: Final = 480
_TEXT_KEEPS: Final = 140
"""Longer texts may be cut in a narrow window; their tooltip has all of them."""
_ARROW: Final = 12


class BuildHeader(QHeaderView):
    """Header over `core.builds.columns.COLUMNS`; the last visible column fills what is left."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("buildTableHeader")
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorClearable(True)
        self.setSortIndicatorShown(True)
        self.setMinimumSectionSize(LEAST_WIDTH)
        self.setStretchLastSection(True)
        self.setFixedHeight(HEADER_HEIGHT)
        self.setMouseTracking(True)
        self.natural = {number: column.width for number, column in enumerate(COLUMNS)}
        """Widths by column that a person chose, or those at the start."""

    def shown(self) -> list[int]:
        """Visible columns from left to right."""
        order = (self.logicalIndex(place) for place in range(self.count()))
        return [column for column in order if not self.isSectionHidden(column)]

    def is_first(self, column: int) -> bool:
        """Whether it is the leftmost visible column."""
        return all(self.isSectionHidden(self.logicalIndex(place)) for place in range(self.visualIndex(column)))

    def is_last(self, column: int) -> bool:
        """Whether it is the rightmost visible column."""
        after = range(self.visualIndex(column) + 1, self.count())
        return all(self.isSectionHidden(self.logicalIndex(place)) for place in after)

    def paddings(self, column: int) -> tuple[int, int]:
        """Room left and right of a cell's content: the window's edge at the ends."""
        left = theme.SPACE_EDGE if self.is_first(column) else theme.SPACE
        return left, theme.SPACE_EDGE if self.is_last(column) else theme.SPACE

    def content_rect(self, column: int, rect: QRect) -> QRect:
        """The part of a cell that holds its content: numbers of a stretched column stay by their neighbours."""
        rect = QRect(rect)
        if COLUMNS[column].kind.right_aligned and self.is_last(column):
            rect.setWidth(min(rect.width(), self.natural[column] + theme.SPACE))
        return rect

    def title_width(self, column: int) -> int:
        """Width that shows the title and the arrow."""
        text = str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")
        return (
            QFontMetrics(self._font()).horizontalAdvance(text)
            + 1
            + theme.SPACE_TIGHT
            + _ARROW
            + sum(self.paddings(column))
        )

    def fit(self, available: int, needed: Mapping[int, int]) -> None:
        """Give every visible column its width within `available`; `needed` is what their cells would like to have.

        A narrow window takes from the columns, a wide one gives to those that nobody has sized and that would cut.
        """
        columns = self.shown()
        widths = {column: self.natural[column] for column in columns}
        spare = available - sum(widths.values())
        if spare < 0:
            least = {column: self._least(column, needed.get(column, 0)) for column in columns}
            slack = sum(widths[column] - least[column] for column in columns)
            for column in columns:
                room = widths[column] - least[column]
                widths[column] -= min(room, int(room * -spare / slack) + 1) if slack > 0 else 0
        for column in columns:
            if spare > 0 and widths[column] == COLUMNS[column].width:
                more = min(spare, max(0, min(needed.get(column, 0), WIDEST) - widths[column]))
                widths[column] += more
                spare -= more
        for column, width in widths.items():
            if self.sectionSize(column) != width and not (self.is_last(column) and self.sectionSize(column) > width):
                self.resizeSection(column, width)

    def _least(self, column: int, needed: int) -> int:
        if COLUMNS[column].kind is Kind.TEXT:
            needed = min(needed, _TEXT_KEEPS)
        return min(self.natural[column], max(LEAST_WIDTH, needed))

    def _font(self) -> QFont:
        font = theme.caption_font(self.font())
        font.setWeight(QFont.Weight.Medium)
        return font

    def sizeHint(self) -> QSize:
        """Return the header's height."""
        return QSize(super().sizeHint().width(), HEADER_HEIGHT)

    def paintEvent(self, event: object) -> None:
        """Paint the sections, and the same ground behind the last of them."""
        painter = QPainter(self.viewport())
        self._paint_ground(painter, self.viewport().rect())
        painter.end()
        super().paintEvent(event)  # type: ignore[arg-type]  # a QPaintEvent: Qt calls this

    def _paint_ground(self, painter: QPainter, rect: QRect) -> None:
        palette = self.palette()
        painter.fillRect(rect, palette.color(QPalette.ColorRole.Base))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.hairline(palette))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's signature
        """Paint one title, and the arrow where it sorts."""
        column = logicalIndex
        painter.save()
        self._paint_ground(painter, rect)
        palette = self.palette()
        sorts = self.sortIndicatorSection() == column
        right = COLUMNS[column].kind.right_aligned
        before, after = self.paddings(column)
        inner = self.content_rect(column, rect).adjusted(before, 0, -after, 0)
        font = self._font()
        metrics = QFontMetrics(font)
        title = str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")
        room = inner.width() - (theme.SPACE_TIGHT + _ARROW if sorts else 0)
        words = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(words) + 1
        ink = palette.color(QPalette.ColorRole.Text) if sorts else theme.secondary_text(palette)
        text = QRect(inner.right() + 1 - width if right else inner.x(), inner.y(), width, inner.height())
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
        if sorts:
            ascending = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            ratio = painter.device().devicePixelRatio()
            arrow = resources.tinted_pixmap("chevron-up" if ascending else "chevron-down", _ARROW, ink, ratio)
            x = text.x() - theme.SPACE_TIGHT - _ARROW if right else text.right() + 1 + theme.SPACE_TIGHT
            painter.drawPixmap(x, inner.y() + (inner.height() - _ARROW) // 2, arrow)
        if not self.is_last(column):
            line = QRect(rect.right(), rect.y() + (rect.height() - 12) // 2, 1, 12)
            painter.fillRect(line, theme.hairline(palette))
        painter.restore()
