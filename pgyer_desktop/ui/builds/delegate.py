"""How big the cells of the build table are, and what their tooltips say. `row_painter` paints them.

Must not load anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from pgyer_desktop.api import Build
from pgyer_desktop.core.builds.columns import COLUMNS, Kind
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.builds.listing.parts import ICON_SIDE, row_height
from pgyer_desktop.ui.builds.model import (
    BADGES_ROLE,
    BUILD_ROLE,
    GAP_ROLE,
    HEADING_ROLE,
    VERSION_COLUMN,
    gap_sentence,
)
from pgyer_desktop.ui.widgets.icon_cell import badge_size
from pgyer_desktop.ui.widgets.text.plain_text import plain_tooltip

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pgyer_desktop.ui.builds.header import BuildHeader
    from pgyer_desktop.ui.builds.model import Badge, BuildModel

_Index = QModelIndex | QPersistentModelIndex

COMPACT_ROW_HEIGHT: Final = 28
COMPACT_ICON_SIDE: Final = 20
_TOOLTIP: Final = int(Qt.ItemDataRole.ToolTipRole)


class BuildDelegate(QStyledItemDelegate):
    """Sizes and tooltips of the cells of `BuildTable`."""

    def __init__(self, view: QAbstractItemView, header: BuildHeader, model: BuildModel) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self._header = header
        self._font_key = ""
        self._metrics = (QFontMetrics(view.font()), QFontMetrics(view.font()))
        self.compact = False

    @property
    def row_height(self) -> int:
        """Logical pixels."""
        font = self._view.font()
        return max(COMPACT_ROW_HEIGHT, QFontMetrics(font).height()) if self.compact else row_height(font)

    @property
    def icon_side(self) -> int:
        """Logical pixels."""
        return COMPACT_ICON_SIDE if self.compact else ICON_SIDE

    def content_width(self, index: _Index) -> int:
        """Width that shows all of a cell, in logical pixels; a heading needs none, for it goes over the whole row."""
        if index.data(HEADING_ROLE) is not None:
            return 0
        return self.widest(index.column(), [(str(index.data()), index.data(BADGES_ROLE))])

    def widest(self, column: int, cells: Iterable[tuple[str, Sequence[Badge]]]) -> int:
        """Width that shows all of each cell of a column, by their texts and badges, in logical pixels."""
        font = self._view.font()
        if font.key() != self._font_key:
            self._font_key = font.key()
            self._metrics = (QFontMetrics(font), QFontMetrics(theme.tabular_font(font)))
        advance = self._metrics[_is_tabular(column)].horizontalAdvance
        around = 1 + sum(self._header.paddings(column))
        if column != VERSION_COLUMN:
            return around + max((advance(text) for text, _ in cells), default=0)
        around += self.icon_side + theme.SPACE_GROUP
        return around + max(
            (
                advance(text) + sum(theme.SPACE + badge_size(word, font).width() for word, _ in badges)
                for text, badges in cells
            ),
            default=0,
        )

    def is_cut(self, index: _Index, width: int) -> bool:
        """Whether a cell does not show all of its text at `width`."""
        build = index.data(BUILD_ROLE)
        value = COLUMNS[index.column()].value(build) if isinstance(build, Build) else None
        return self.content_width(index) > width or (isinstance(value, str) and "\n" in value.strip())

    def tooltip(self, index: _Index, width: int) -> str:
        """What hovering over a cell of `width` shows: where it says more than the cell, else nothing."""
        if index.data(GAP_ROLE):
            return plain_tooltip(gap_sentence())
        build = index.data(BUILD_ROLE)
        noted = index.column() == VERSION_COLUMN and isinstance(build, Build) and self._has_more(index, build)
        says_more = noted or COLUMNS[index.column()].kind in {Kind.TIME, Kind.SIZE}
        inner = self._header.content_rect(index.column(), QRect(0, 0, width, self.row_height)).width()
        return str(index.data(_TOOLTIP) or "") if says_more or self.is_cut(index, inner) else ""

    def _has_more(self, index: _Index, build: Build) -> bool:
        """Whether there is more to say of a version than its cell does."""
        edge = self._model.edge
        at_edge = edge is not None and edge.key == build.build_key and index.row() == edge.row
        return bool(build.notes.strip()) or (at_edge and self.compact)

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


def _is_tabular(column: int) -> bool:
    """Whether the figures of a column stand under each other."""
    kind = COLUMNS[column].kind
    return kind.right_aligned or kind is Kind.TIME
