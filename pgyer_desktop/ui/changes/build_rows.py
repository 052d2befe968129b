"""The builds that a question is about, as part of its text, with their sum under the sizes.

The rows are those of every list of builds; see `ui.builds.listing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.builds.listing.parts import ICON_SIDE, RIGHT, row_height
from pgyer_desktop.ui.builds.listing.rows import Column
from pgyer_desktop.ui.builds.listing.view import BuildList
from pgyer_desktop.ui.widgets.icon_cell import paint_line
from pgyer_desktop.ui.widgets.spoken.manner import SENTENCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.builds.listing.rows import ListedBuild

_MOST_SHOWN: Final = 6
"""Rows that show at once; the rest scrolls. It is half a row more, so that one sees that there are more."""
_COLUMNS: Final = (Column.BUILD, Column.SIZE, Column.UPLOADED_AT)


class BuildRows(BuildList):
    """The list. Nothing in it can be chosen; the keyboard scrolls it where it has more than it shows."""

    def __init__(
        self, name: str, words: str, rows: Sequence[ListedBuild], app_name: str, icons: IconLoader, parent: QWidget
    ) -> None:
        """`name` is the object name, `words` the accessible one."""
        super().__init__(name, words, _COLUMNS, icons, parent)
        self.set_up_in_text()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.scrolls = len(rows) > _MOST_SHOWN + 1
        """Whether it has more than it shows."""
        if not self.scrolls:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        height = row_height(self.font())
        self.setFixedHeight(_MOST_SHOWN * height + height // 2 if self.scrolls else len(rows) * height)
        self.set_rows(rows, app_name)

    def sizeHint(self) -> QSize:
        """Return a modest width: the dialog decides it."""
        return QSize(160, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """Return next to no width: names are cut where there is none."""
        return QSize(40, self.minimumHeight())


def align(lists: Sequence[BuildRows], total: str) -> None:
    """Have the columns of all lists of a question stand below one another, and the sum fit under the sizes."""
    every = [row for one in lists for row in one.rows]
    widths = lists[0].widths_for(every, (Column.SIZE, total))
    bar = lists[0].style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
    some_scroll = any(one.scrolls for one in lists)
    for one in lists:
        room = theme.SPACE + (0 if one.scrolls else bar) if some_scroll else 0
        one.share_widths(widths, room)


class Total(QWidget):
    """The sum, under the sizes of a list."""

    manner = SENTENCE

    def __init__(self, words: str, total: str, above: BuildRows, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("confirmTotal")
        self.setAccessibleName(f"{words}: {total}")
        self._words, self._total, self._above = words, total, above
        self.setFixedHeight(max(28, self.fontMetrics().height()))

    def paintEvent(self, _event: object) -> None:
        """Paint the widget."""
        painter = QPainter(self)
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        size = _COLUMNS.index(Column.SIZE)
        left, width = self._above.columnViewportPosition(size), self._above.columnWidth(size)
        painter.setPen(ink)
        painter.setFont(theme.tabular_font(self.font()))
        painter.drawText(QRect(left, 0, width, self.height()), RIGHT, self._total)
        before = ICON_SIDE + theme.SPACE_GROUP
        paint_line(painter, QRect(before, 0, left - before, self.height()), self._words, self.font(), ink)
