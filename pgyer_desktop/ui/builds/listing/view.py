"""A list of builds on screen: its rows, their widths and heights, the keyboard, and the icons it needs now.

Must not read, change or load anything: it asks the icon loader for what is on screen and paints what that has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.builds.listing.cells import Cells
from pgyer_desktop.ui.builds.listing.header import ListHeader
from pgyer_desktop.ui.builds.listing.parts import ICON_SIDE, PLAIN, TABULAR, RowParts, row_height
from pgyer_desktop.ui.builds.listing.places import Places
from pgyer_desktop.ui.builds.listing.rows import Column, ListModel
from pgyer_desktop.ui.widgets.row_inks import HoveredRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.builds.listing.rows import ListedBuild

_MEASURED: Final = 400
"""Rows that widths are taken from: the others are cut where they need more."""
_LEAST: Final = {Column.SIZE: 64, Column.UPLOADED: 64, Column.UPLOADED_AT: 96, Column.DOWNLOADS: 64}
_LEAST_BUILD: Final = 120
_MOST_BUILD: Final = 0.5
"""As a share of the list, where a reason stands in it."""
_LEAST_REASON: Final = 120
_ENOUGH_BUILD: Final = 260
_ENOUGH_REASON: Final = 180
"""Where these two have less, columns go: the reason is what has to be read."""
_FIRST_TO_GO: Final = (Column.DOWNLOADS, Column.SIZE, Column.UPLOADED, Column.UPLOADED_AT)


class BuildList(QTableView):
    """Builds in rows, edge to edge. `set_up_in_text` makes it part of a dialog's text instead.

    Signals:
        check_requested: the person wants a build checked or not; `set_rows` or `set_row` shows it. args: key, whether.
        check_all_requested: the same of all rows. arg: whether.
    """

    check_requested = Signal(str, bool)
    check_all_requested = Signal(bool)

    def __init__(
        self,
        name: str,
        words: str,
        columns: Sequence[Column],
        icons: IconLoader,
        parent: QWidget | None,
        *,
        reason_title: str = "",
        checks: bool = False,
    ) -> None:
        """`name` is the object name, `words` the accessible one; `checks`: rows can have a check box."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self._icons = icons
        self._listed = ListModel(columns, reason_title, self)
        self._parts = RowParts(self, icons)
        self._places = Places(self._listed.columns[-1], checks)
        self._widths: Mapping[Column, int] = {}
        self._shared = False
        header = ListHeader(self, self._listed, self._places)
        self.setHorizontalHeader(header)
        self._cells = Cells(self, self._listed, self._places, self._parts, HoveredRow(self))
        self.setItemDelegate(self._cells)
        self.setModel(self._listed)
        self._set_up()
        self._listed.check_requested.connect(self.check_requested)
        header.check_all_requested.connect(self.check_all_requested)
        self._listed.dataChanged.connect(self._on_changed)
        self.verticalScrollBar().valueChanged.connect(self._ask_for_icons)
        icons.icon_ready.connect(self._on_icon_ready)

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(row_height(self.font()))
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalScrollBar().setSingleStep(row_height(self.font()))

    def set_up_in_text(self) -> None:
        """Lie on the ground of a dialog without header or margins; nothing can be selected, the keyboard scrolls."""
        self._places.inset = 0
        self.horizontalHeader().hide()
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.viewport().setAutoFillBackground(False)

    @property
    def rows(self) -> tuple[ListedBuild, ...]:
        """What shows, from the top."""
        return self._listed.rows

    def set_rows(self, rows: Sequence[ListedBuild], app_name: str = "") -> None:
        """Show these. Where only what is said of the same builds has changed, selection and place stay."""
        self._listed.app_name = app_name
        if self._listed.set_rows(rows):
            self.verticalScrollBar().setValue(0)
            self._measure()
        self._ask_for_icons()

    def set_reason_title(self, words: str) -> None:
        """Name the reasons anew."""
        self._listed.reason_title = words
        self.horizontalHeader().viewport().update()

    def set_row(self, place: int, row: ListedBuild) -> None:
        """Show this one in its place: another reason, or another check, of the same build."""
        self._listed.set_row(place, row)

    def show_row(self, place: int) -> None:
        """Have it in sight."""
        self.scrollTo(self._listed.index(place, 0))

    def stand_on(self, place: int) -> None:
        """Have the keyboard on this row, in sight and selected."""
        self.setCurrentIndex(self._listed.index(place, 0))

    def share_widths(self, widths: Mapping[Column, int], room: int = 0) -> None:
        """Take these widths, see `widths_for`, so that the columns of several lists stand below one another.

        `room` stays free at the right, where another one of them has a scroll bar.
        """
        self._shared, self._widths, self._places.room = True, widths, room
        self._place()

    def widths_for(self, rows: Sequence[ListedBuild], *others: tuple[Column, str]) -> dict[Column, int]:
        """What the columns need for these rows, and for other texts that are to stand in them."""
        self._parts.take_fonts()
        found: dict[Column, int] = {}
        for column in self._listed.columns:
            face = PLAIN if column in {Column.BUILD, Column.REASON} else TABULAR
            texts = {self._listed.text(row, column) for row in rows[:_MEASURED]}
            texts |= {text for of, text in others if of is column}
            if column is Column.BUILD:
                found[column] = self._build_width(rows[:_MEASURED])
            elif column is not Column.REASON:
                needed = max((self._parts.metrics[face].horizontalAdvance(text) for text in texts), default=0) + 1
                found[column] = max(needed, _LEAST[column], self._title_width(column))
        return found

    def _build_width(self, rows: Sequence[ListedBuild]) -> int:
        advance = self._parts.metrics[PLAIN].horizontalAdvance
        text = max(
            (advance(self._listed.text(row, Column.BUILD)) + self._parts.pills_width(row.pills) for row in rows),
            default=0,
        )
        return self._places.check_room + ICON_SIDE + theme.SPACE_GROUP + text + 2

    def _title_width(self, column: Column) -> int:
        if self.horizontalHeader().isHidden():
            return 0
        title = str(self._listed.headerData(self._listed.columns.index(column), Qt.Orientation.Horizontal))
        return self._parts.metrics[PLAIN].horizontalAdvance(title)

    def _measure(self) -> None:
        if not self._shared:
            self._widths = self.widths_for(self._listed.rows)
        self._place()

    def _place(self) -> None:
        """Share the width out among the columns, and give each row the height that its reason needs."""
        columns, width = self._listed.columns, self.viewport().width()
        if not self._widths:
            return
        around = QRect(0, 0, 1000, 1)
        sections: dict[Column, int] = {
            column: self._widths[column] + around.width() - self._places.content(column, around).width()
            for column in columns
            if column is not Column.REASON
        }
        wanted = sections.pop(Column.BUILD)
        build = width - sum(sections.values())
        with_reason = columns[-1] is Column.REASON
        if with_reason:
            enough_build, enough_reason, least_reason = (
                theme.at_font(least, self.font()) for least in (_ENOUGH_BUILD, _ENOUGH_REASON, _LEAST_REASON)
            )
            for column in _FIRST_TO_GO:
                if build < min(wanted, enough_build) + enough_reason:
                    build += sections.pop(column, 0)
            most = min(max(round(width * _MOST_BUILD), enough_build), build - least_reason)
            rest, build = build, min(wanted, max(_LEAST_BUILD, most))
            self.setColumnWidth(len(columns) - 1, max(0, rest - build))
        for place, column in enumerate(columns[1 : -1 if with_reason else None], 1):
            self.setColumnHidden(place, column not in sections)
            self.setColumnWidth(place, sections.get(column, 0))
        self.setColumnWidth(0, max(0, build))
        self._fit_heights(range(len(self._listed.rows)))

    def _fit_heights(self, places: range) -> None:
        columns = self._listed.columns
        if columns[-1] is not Column.REASON:
            return
        last = len(columns) - 1
        room = self._places.content(Column.REASON, QRect(0, 0, self.columnWidth(last), 1)).width()
        for place in places:
            reason = self._listed.rows[place].reason
            height = max(row_height(self.font()), self._parts.wrapped(reason, room)[1] + theme.SPACE_GROUP)
            if self.rowHeight(place) != height:
                self.setRowHeight(place, height)

    def _on_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        places = range(first.row(), last.row() + 1)
        if not self._shared:
            changed = self._listed.rows[places.start : places.stop]
            needed = {column: max(self._widths[column], width) for column, width in self.widths_for(changed).items()}
            if needed != self._widths:
                self._widths = needed
                self._place()
        self._fit_heights(places)
        self.horizontalHeader().viewport().update()

    def _on_icon_ready(self, _field: str) -> None:
        self.viewport().update()

    def _ask_for_icons(self) -> None:
        first = self.rowAt(0)
        if first < 0:
            return
        last = self.rowAt(self.viewport().height() - 1)
        shown = self._listed.rows[first : last + 2 if last >= 0 else None]
        fields = dict.fromkeys(row.build.icon for row in shown if row.build.icon)
        self._icons.request(tuple(fields), place=self.objectName())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Leave a second click on a check box alone where the first has moved another row under the mouse."""
        index = self.indexAt(event.position().toPoint())
        at_check = self._places.is_at_check(event.position().x(), self.visualRect(index.siblingAtColumn(0)))
        if index.isValid() and at_check and self._listed.rows[index.row()].build.build_key != self._cells.pressed:
            self._cells.pressed = ""
            return
        super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Check or clear the current row by the space bar, in whichever of its cells the keyboard is, or all rows."""
        row = self.currentIndex().row()
        if event.matches(QKeySequence.StandardKey.SelectAll) and self._places.checks:
            if self._listed.can_check:
                self.check_all_requested.emit(self._listed.all_checked is not True)
            return
        if event.key() == Qt.Key.Key_Space and self._places.checks and row >= 0:
            checked = self._listed.rows[row].checked
            if checked is not None:
                self.check_requested.emit(self._listed.rows[row].build.build_key, not checked)
            return
        super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Go to the first and the last row with Home and End, as in a list: cells are nothing to choose here."""
        ends = {QAbstractItemView.CursorAction.MoveHome: 0, QAbstractItemView.CursorAction.MoveEnd: len(self.rows) - 1}
        if action in ends and self.rows:
            return self._listed.index(ends[action], 0)
        return super().moveCursor(action, modifiers)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, and a line around the one where the keyboard is and that is not selected."""
        self._parts.take_fonts()
        super().paintEvent(event)
        row = self.currentIndex().row()
        if row < 0 or not self.hasFocus() or self.selectionModel().isRowSelected(row, self.rootIndex()):
            return
        painter = QPainter(self.viewport())
        painter.setPen(theme.accent(self.palette()))
        top, height = self.rowViewportPosition(row), self.rowHeight(row)
        painter.drawRect(QRect(0, top, self.viewport().width() - 1, height - 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew."""
        super().resizeEvent(event)
        self._place()
        self._ask_for_icons()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font while running."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and not self._shared:
            self._measure()
