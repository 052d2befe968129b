"""How a row of the build table is painted: icon, version, pills, quiet columns, the whole row for hover and selection.

Colours come from the palette at every paint. Must not load anything: an icon that is not there is a placeholder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from pgyer_desktop.api.models import Build
from pgyer_desktop.core.columns import COLUMNS, Kind
from pgyer_desktop.core.search import Query
from pgyer_desktop.core.search_match import marks
from pgyer_desktop.ui import theme
from pgyer_desktop.ui.build_model import (
    BADGES_ROLE,
    BUILD_ROLE,
    GAP_ROLE,
    HEADING_ROLE,
    VERSION_COLUMN,
    gap_sentence,
)
from pgyer_desktop.ui.heading_row import paint_gap, paint_heading
from pgyer_desktop.ui.version_groups import Heading
from pgyer_desktop.ui.widgets.icon_cell import badge_size, initial_of, paint_app_icon, paint_badge
from pgyer_desktop.ui.widgets.plain_text import plain_tooltip
from pgyer_desktop.ui.widgets.row_inks import Inks, RowInks, RowKind, kind_of_row

if TYPE_CHECKING:
    from pgyer_desktop.ui.build_header import BuildHeader
    from pgyer_desktop.ui.icon_loader import IconLoader

_Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT: Final = 40
COMPACT_ROW_HEIGHT: Final = 28
ICON_SIDE: Final = 28
COMPACT_ICON_SIDE: Final = 20
_LEAST_VERSION: Final = 32
"""What the version keeps when pills want its room."""
_SEARCHED: Final = frozenset({Kind.TEXT, Kind.SERIAL, Kind.PLATFORM})
"""Columns that words are looked for in; what looks alike in a size was not found there."""
_TOOLTIP: Final = int(Qt.ItemDataRole.ToolTipRole)


class BuildDelegate(QStyledItemDelegate):
    """Paints the cells of `BuildTable`."""

    def __init__(self, view: QAbstractItemView, header: BuildHeader, icons: IconLoader) -> None:
        super().__init__(view)
        self._view = view
        self._header = header
        self._icons = icons
        self._inks = RowInks()
        self.query = Query()
        """What of it stands in a cell is marked."""
        self.compact = False
        self.hovered_row = -1

    @property
    def row_height(self) -> int:
        """Logical pixels."""
        return COMPACT_ROW_HEIGHT if self.compact else ROW_HEIGHT

    @property
    def icon_side(self) -> int:
        """Logical pixels."""
        return COMPACT_ICON_SIDE if self.compact else ICON_SIDE

    def content_width(self, index: _Index) -> int:
        """Width that shows all of a cell, in logical pixels; a heading needs none, for it goes over the whole row."""
        if index.data(HEADING_ROLE) is not None:
            return 0
        font = _cell_font(self._view.font(), index.column())
        width = QFontMetrics(font).horizontalAdvance(str(index.data())) + 1
        width += sum(self._header.paddings(index.column()))
        if index.column() == VERSION_COLUMN:
            width += self.icon_side + theme.SPACE_GROUP
            width += sum(theme.SPACE + badge_size(word, font).width() for word, _ in index.data(BADGES_ROLE))
        return width

    def is_cut(self, index: _Index, width: int) -> bool:
        """Whether a cell does not show all of its text at `width`."""
        build = index.data(BUILD_ROLE)
        value = COLUMNS[index.column()].value(build) if isinstance(build, Build) else None
        return self.content_width(index) > width or (isinstance(value, str) and "\n" in value.strip())

    def tooltip(self, index: _Index, width: int) -> str:
        """What hovering over a cell of `width` shows: where it says more than the cell, else nothing."""
        says_more = COLUMNS[index.column()].kind in {Kind.TIME, Kind.SIZE}
        inner = self._header.content_rect(index.column(), QRect(0, 0, width, self.row_height)).width()
        if index.data(GAP_ROLE):
            return plain_tooltip(gap_sentence())
        return str(index.data(_TOOLTIP)) if says_more or self.is_cut(index, inner) else ""

    def _kind_of_row(self, option: QStyleOptionViewItem, row: int) -> RowKind:
        return kind_of_row(self._view, option, hovered=row == self.hovered_row)

    def _paint_version(
        self,
        painter: QPainter,
        rect: QRect,
        index: _Index,
        option: QStyleOptionViewItem,
        inks: Inks,
        *,
        selected: bool,
    ) -> None:
        build = index.data(BUILD_ROLE)
        if not isinstance(build, Build):
            return
        side = self.icon_side
        place = QRect(rect.x(), rect.y() + (rect.height() - side) // 2, side, side)
        name = build.name or build.identifier
        paint_app_icon(
            painter, place, self._icons.pixmap(build.icon), initial_of(name), option.palette, build.identifier or name
        )
        rect = rect.adjusted(side + theme.SPACE_GROUP, 0, 0, 0)
        badges = index.data(BADGES_ROLE)
        for_badges = sum(theme.SPACE + badge_size(word, option.font).width() for word, _ in badges)
        metrics = QFontMetrics(option.font)
        text = str(index.data())
        width = min(metrics.horizontalAdvance(text) + 1, max(_LEAST_VERSION, rect.width() - for_badges))
        words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        place = QRect(rect.x(), rect.y(), width, rect.height())
        self._paint_marks(painter, place, words, metrics, inks, right=False)
        painter.setPen(inks.text)
        painter.drawText(
            place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine), words
        )
        x = rect.x() + width + theme.SPACE
        for word, tone in badges:
            pill = QRect(x, rect.y(), max(0, rect.right() + 1 - x), rect.height())
            paint_badge(painter, pill, word, tone, option.palette, option.font, selected=selected)
            x += badge_size(word, option.font).width() + theme.SPACE

    def _paint_text(self, painter: QPainter, rect: QRect, index: _Index, font: QFont, inks: Inks) -> None:
        painter.setFont(font)
        right = COLUMNS[index.column()].kind.right_aligned
        flags = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        metrics = QFontMetrics(font)
        words = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, rect.width())
        if COLUMNS[index.column()].kind in _SEARCHED:
            self._paint_marks(painter, rect, words, metrics, inks, right=right)
        painter.setPen(inks.soft)
        painter.drawText(rect, int(flags | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), words)

    def _paint_marks(
        self, painter: QPainter, rect: QRect, words: str, metrics: QFontMetrics, inks: Inks, *, right: bool
    ) -> None:
        """The ground behind what was searched for."""
        if self.query.is_empty:
            return
        found = marks(self.query, words)
        if not found:
            return
        left = rect.right() + 1 - metrics.horizontalAdvance(words) if right else rect.x()
        ground = inks.ground if inks.ground is not None else self._view.palette().color(QPalette.ColorRole.Base)
        color = theme.mark(inks.text, ground)
        height = metrics.height()
        for start, end in found:
            x = left + metrics.horizontalAdvance(words[:start])
            width = metrics.horizontalAdvance(words[start:end])
            painter.fillRect(QRect(x, rect.y() + (rect.height() - height) // 2, width, height), color)

    def _paint_focus(self, painter: QPainter, option: QStyleOptionViewItem, column: int) -> None:
        """A line around the row that the keyboard is on but that is not selected."""
        painter.setPen(theme.accent(option.palette))
        rect = option.rect
        painter.drawLine(rect.left(), rect.top(), rect.right(), rect.top())
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        if self._header.is_first(column):
            painter.drawLine(rect.left(), rect.top(), rect.left(), rect.bottom())
        if self._header.is_last(column):
            painter.drawLine(rect.right(), rect.top(), rect.right(), rect.bottom())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell, and its part of the row's ground."""
        column = index.column()
        kind = self._kind_of_row(option, index.row())
        inks = self._inks.of(option.palette, kind)
        painter.save()
        if inks.ground is not None:
            painter.fillRect(option.rect, inks.ground)
        is_current = index.row() == self._view.currentIndex().row()
        if is_current and not kind.is_selected and self._view.hasFocus():
            self._paint_focus(painter, option, column)
        left, right = self._header.paddings(column)
        rect = self._header.content_rect(column, option.rect).adjusted(left, 0, -right, 0)
        heading = index.data(HEADING_ROLE)
        if isinstance(heading, Heading):
            # Each cell paints its part of the whole row.
            painter.setClipRect(option.rect)
            row = QRect(0, option.rect.y(), self._view.viewport().width(), option.rect.height())
            paint_heading(painter, row.adjusted(theme.SPACE, 0, -theme.SPACE, 0), heading, option.font, inks)
        elif column == VERSION_COLUMN:
            painter.setFont(option.font)
            self._paint_version(painter, rect, index, option, inks, selected=kind is RowKind.SELECTED)
        else:
            self._paint_text(painter, rect, index, _cell_font(option.font, column), inks)
        if index.data(GAP_ROLE):
            paint_gap(painter, option.rect, inks)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002 - Qt's signature
        """Return the size that shows everything."""
        return QSize(self.content_width(index), self.row_height)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """Show the tooltip where there is one."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), self.tooltip(index, option.rect.width()), view.viewport(), option.rect)
        return True


def _cell_font(font: QFont, column: int) -> QFont:
    kind = COLUMNS[column].kind
    return theme.tabular_font(font) if kind.right_aligned or kind is Kind.TIME else font
