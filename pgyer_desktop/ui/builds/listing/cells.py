"""Paints the cells of a list of builds, and takes clicks on their check boxes.

Must not load anything: an icon that is not there is a placeholder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pgyer_desktop.core.base.names import short
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.builds.listing.parts import ICON_SIDE, LEFT, PLAIN, RIGHT, TABULAR, row_height
from pgyer_desktop.ui.builds.listing.rows import Column
from pgyer_desktop.ui.widgets.row_inks import Inks, RowInks, RowKind, kind_of_row

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QAbstractItemView, QWidget

    from pgyer_desktop.ui.builds.listing.parts import RowParts
    from pgyer_desktop.ui.builds.listing.places import Places
    from pgyer_desktop.ui.builds.listing.rows import ListedBuild, ListModel
    from pgyer_desktop.ui.widgets.row_inks import HoveredRow

    _Index = QModelIndex | QPersistentModelIndex

_LEAST_TITLE: Final = 32
"""What the version keeps when pills want its room."""
_State = QStyle.StateFlag
_Role = QPalette.ColorRole


class Cells(QStyledItemDelegate):
    """The delegate of a list of builds."""

    def __init__(
        self, view: QAbstractItemView, model: ListModel, places: Places, parts: RowParts, hovered: HoveredRow
    ) -> None:
        super().__init__(view)
        self._view, self._model, self._places, self._parts, self._hovered = view, model, places, parts, hovered
        self._inks = RowInks()
        self.pressed = ""
        """The build on whose check box the mouse was pressed last."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the height of a row whose reason is short; the list shares the width out."""
        return QSize(0, row_height(self._view.font()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell."""
        parts = self._parts
        kind = kind_of_row(self._view, option, hovered=index.row() == self._hovered.row)
        inks = self._inks.of(option.palette, kind)
        row, column = self._model.rows[index.row()], self._model.columns[index.column()]
        place = self._places.content(column, option.rect)
        painter.save()
        if inks.ground is not None:
            painter.fillRect(option.rect, inks.ground)
        text = self._model.text(row, column)
        if column is Column.BUILD:
            self._paint_build(painter, place, option, row, text, inks, kind)
        elif column is Column.REASON:
            painter.setFont(parts.fonts[PLAIN])
            painter.setPen(inks.soft)
            painter.drawText(place, parts.wrapped(text, place.width())[0], text)
        else:
            painter.setFont(parts.fonts[TABULAR])
            painter.setPen(inks.soft)
            words = parts.elided(text, place.width(), TABULAR)
            painter.drawText(place, RIGHT if column.right_aligned else LEFT, words)
        painter.restore()

    def _paint_build(
        self,
        painter: QPainter,
        place: QRect,
        option: QStyleOptionViewItem,
        row: ListedBuild,
        title: str,
        inks: Inks,
        kind: RowKind,
    ) -> None:
        parts, build = self._parts, row.build
        if row.checked is not None:
            paint_check(painter, place, option.palette, inks, self._view, checked=row.checked)
        x = place.x() + self._places.check_room
        parts.paint_icon(painter, x, place, ICON_SIDE, build, option.palette, self._model.app_name)
        x += ICON_SIDE + theme.SPACE_GROUP
        line = place.adjusted(x - place.x(), 0, 0, 0)
        room = max(_LEAST_TITLE, line.width() - parts.pills_width(row.pills))
        words = parts.elided(title, room, PLAIN)
        version = short(build.version)
        strong = words[: len(version)] if version and title.startswith(version) else words
        painter.setFont(parts.fonts[PLAIN])
        for piece, ink in ((strong, inks.text), (words[len(strong) :], inks.soft)):
            if piece:
                painter.setPen(ink)
                painter.drawText(x, line.y(), room, line.height(), LEFT, piece)
                x += parts.metrics[PLAIN].horizontalAdvance(piece)
        parts.paint_pills(painter, line, x + theme.SPACE, row.pills, option.palette, selected=kind.is_selected)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """Take a click on the check box, or near it: whoever clicks there does not want to select."""
        if not isinstance(event, QMouseEvent) or self._model.rows[index.row()].checked is None or index.column() != 0:
            return False
        at_check = self._places.is_at_check(event.position().x(), option.rect)
        if event.button() != Qt.MouseButton.LeftButton or not at_check:
            return False
        row = self._model.rows[index.row()]
        key = row.build.build_key
        if event.type() == QEvent.Type.MouseButtonPress:
            self.pressed = key
        elif event.type() == QEvent.Type.MouseButtonRelease and key == self.pressed:
            state = Qt.CheckState.Unchecked if row.checked else Qt.CheckState.Checked
            model.setData(index, state, int(Qt.ItemDataRole.CheckStateRole))
        return True


def paint_check(
    painter: QPainter, place: QRect, palette: QPalette, inks: Inks, view: QWidget, *, checked: bool | None
) -> None:
    """Paint the style's check box at the left of `place`; `checked` is None for some of what it stands for."""
    style = view.style()
    option = QStyleOptionViewItem()
    option.initFrom(view)
    width = style.pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, None, view)
    height = style.pixelMetric(QStyle.PixelMetric.PM_IndicatorHeight, None, view)
    option.rect = QRect(place.x(), place.y() + (place.height() - height) // 2, width, height)
    mark = _State.State_NoChange if checked is None else _State.State_On if checked else _State.State_Off
    option.state = _State.State_Enabled | _State.State_Active | mark
    option.palette = _seen(palette, inks)
    style.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck, option, painter, view)


def _seen(palette: QPalette, inks: Inks) -> QPalette:
    """Colours in which a check box has an edge: some styles take a darker window's for it, which is unseen in dark."""
    if not theme.is_dark(palette):
        return palette
    lighter = QPalette(palette)
    lighter.setColor(_Role.Window, inks.soft)
    return lighter
