"""The header of a list of builds: soft titles over a thin line, and a check box for all rows where they have one.

Must not sort or move columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPalette
from PySide6.QtWidgets import QHeaderView

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.builds.listing.cells import paint_check
from pgyer_desktop.ui.builds.listing.parts import LEFT, RIGHT
from pgyer_desktop.ui.builds.listing.places import CHECK_ROOM
from pgyer_desktop.ui.builds.listing.rows import Column
from pgyer_desktop.ui.widgets.row_inks import RowInks, RowKind
from pgyer_desktop.ui.widgets.text.plain_text import plain_tooltip

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QTableView

    from pgyer_desktop.ui.builds.listing.places import Places
    from pgyer_desktop.ui.builds.listing.rows import ListModel

_HEIGHT: Final = 32


class ListHeader(QHeaderView):
    """Titles left or right as their cells.

    Signals:
        check_all_requested: the person wants all rows checked or not. arg: whether.
    """

    check_all_requested = Signal(bool)

    def __init__(self, view: QTableView, model: ListModel, places: Places) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.setObjectName(f"{view.objectName()}Header")
        self._listed, self._places = model, places
        self._inks = RowInks()
        self.setSectionsClickable(False)
        self.setSectionsMovable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)
        self.setFixedHeight(_HEIGHT)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        if places.checks:
            keys = QKeySequence(QKeySequence.StandardKey.SelectAll).toString(QKeySequence.SequenceFormat.NativeText)
            self.setToolTip(plain_tooltip(self.tr("Check or clear all ({keys})").format(keys=keys)))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one title."""
        palette = self.palette()
        painter.save()
        painter.fillRect(rect, palette.color(QPalette.ColorRole.Base))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.hairline(palette))
        column = self._listed.columns[section]
        place = self._places.content(column, rect)
        if column is Column.BUILD and self._places.checks:
            if self._listed.can_check:
                inks = self._inks.of(palette, RowKind.PLAIN)
                paint_check(painter, place, palette, inks, self, checked=self._listed.all_checked)
            place = place.adjusted(CHECK_ROOM, 0, 0, 0)
        painter.setFont(theme.caption_font(self.font()))
        painter.setPen(theme.secondary_text(palette))
        title = str(self._listed.headerData(section, Qt.Orientation.Horizontal))
        title = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, RIGHT if column.right_aligned else LEFT, title)
        painter.restore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take a click on the check box."""
        super().mouseReleaseEvent(event)
        near = self._places.is_at_check(event.position().x(), self.viewport().rect())
        if near and self._listed.can_check and event.button() == Qt.MouseButton.LeftButton:
            self.check_all_requested.emit(self._listed.all_checked is not True)
