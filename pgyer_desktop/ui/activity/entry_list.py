"""The list of what was changed: two lines in each row, the build's icon before them, the outcome as a badge behind.

Must not load anything: it asks the icon loader for what is on screen and paints what that has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pgyer_desktop.core.activity.names import outcome_words
from pgyer_desktop.core.activity.records import Entry
from pgyer_desktop.ui.activity.model import CAPTION_ROLE, ENTRY_ROLE, ActivityModel, outcome_tone
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.widgets.icon_cell import (
    badge_size,
    initial_of,
    line_heights,
    paint_app_icon,
    paint_badge,
    paint_line,
)
from pgyer_desktop.ui.widgets.row_inks import HoveredRow, RowInks, kind_of_row

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from pgyer_desktop.ui.base.icon_loader import IconLoader

_Index = QModelIndex | QPersistentModelIndex

ICON_SIDE: Final = 28
_LEAST_HEIGHT: Final = 40
_PLACE: Final = "activity"


class EntryList(QListView):
    """The list of entries, newest first. The selection stays on its record while others are added.

    Signals:
        selected_changed: the selected `Entry`, or None; also when it was recorded how the selected one ended.
    """

    selected_changed = Signal(object)

    def __init__(self, model: ActivityModel, icons: IconLoader, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("activityList")
        self.setAccessibleName(self.tr("Changes"))
        self._entries = model
        self._icons = icons
        self._selected_id: str | None = None
        self._told: Entry | None = None
        self._restoring = False
        self._scroll_before = 0
        self.hovered = HoveredRow(self)
        self.setItemDelegate(_Delegate(self, icons))
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.modelAboutToBeReset.connect(self._on_rows_leaving)
        model.modelReset.connect(self._on_rows_replaced)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.verticalScrollBar().valueChanged.connect(self._ask_for_icons)
        icons.icon_ready.connect(self._on_icon_ready)

    @property
    def selected(self) -> Entry | None:
        """The selected entry."""
        rows = self.selectionModel().selectedRows()
        return self._entries.entry_at(rows[0].row()) if rows else None

    def select_first(self) -> None:
        """Select the newest entry that matches, where none is selected."""
        if self.selected is None and self._entries.rowCount():
            self.setCurrentIndex(self._entries.index(0))

    def _on_rows_leaving(self) -> None:
        self._restoring = True
        self._scroll_before = self.verticalScrollBar().value()

    def _on_rows_replaced(self) -> None:
        row = self._entries.row_of(self._selected_id) if self._selected_id is not None else None
        if row is not None:
            self.selectionModel().setCurrentIndex(
                self._entries.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        # Whoever reads further down is not moved; whoever is at the top sees what is new.
        self.verticalScrollBar().setValue(self._scroll_before)
        self._restoring = False
        self._tell()
        self._ask_for_icons()

    def _on_selection_changed(self) -> None:
        if self._restoring:
            return
        entry = self.selected
        self._selected_id = entry.intent.id if entry is not None else None
        self._tell()

    def _tell(self) -> None:
        entry = self.selected
        if entry != self._told:
            self._told = entry
            self.selected_changed.emit(entry)

    def _ask_for_icons(self) -> None:
        first = self.indexAt(self.viewport().rect().topLeft()).row()
        if first < 0:
            return
        height = max(1, self.sizeHintForRow(0))
        last = min(self._entries.rowCount(), first + self.viewport().height() // height + 2)
        entries = (self._entries.entry_at(row) for row in range(first, last))
        fields = dict.fromkeys(e.intent.build.icon for e in entries if e is not None and e.intent.build.icon)
        self._icons.request(tuple(fields), place=_PLACE)

    def _on_icon_ready(self, _field: str) -> None:
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the icons of what is on screen now."""
        super().resizeEvent(event)
        self._ask_for_icons()


class _Delegate(QStyledItemDelegate):
    """Paints the rows of `EntryList`."""

    def __init__(self, view: EntryList, icons: IconLoader) -> None:
        super().__init__(view)
        self._view = view
        self._icons = icons
        self._inks = RowInks()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, Entry):
            return
        kind = kind_of_row(self._view, option, hovered=index.row() == self._view.hovered.row)
        inks = self._inks.of(option.palette, kind)
        painter.save()
        if inks.ground is not None:
            painter.fillRect(option.rect, inks.ground)
        rect = option.rect.adjusted(theme.SPACE_EDGE, 0, -theme.SPACE_EDGE, 0)
        self._paint_icon(painter, QRect(rect.x(), rect.center().y() - ICON_SIDE // 2, ICON_SIDE, ICON_SIDE), entry)
        rect = rect.adjusted(ICON_SIDE + theme.SPACE_GROUP, 0, 0, 0)
        word = say(outcome_words(entry))
        pill = badge_size(word, option.font)
        paint_badge(
            painter,
            QRect(rect.right() + 1 - pill.width(), rect.y(), pill.width(), rect.height()),
            word,
            outcome_tone(entry),
            option.palette,
            option.font,
            selected=kind.is_selected,
        )
        rect = rect.adjusted(0, 0, -pill.width() - theme.SPACE_GROUP, 0)
        caption = theme.caption_font(option.font)
        upper, lower = line_heights(option.font)
        first = QRect(rect.x(), rect.y() + (rect.height() - upper - lower) // 2, rect.width(), upper)
        paint_line(painter, first, str(index.data()), option.font, inks.text)
        second = QRect(rect.x(), first.y() + upper, rect.width(), lower)
        paint_line(painter, second, str(index.data(CAPTION_ROLE)), caption, inks.soft)
        painter.restore()

    def _paint_icon(self, painter: QPainter, place: QRect, entry: Entry) -> None:
        build = entry.intent.build
        name = build.name or entry.intent.app_name or build.identifier
        pixmap = self._icons.pixmap(build.icon) if build.icon else None
        paint_app_icon(painter, place, pixmap, initial_of(name), self._view.palette(), build.identifier or name)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002 - Qt's signature
        """Return two lines with air around them: as high as a row of the table of builds."""
        return QSize(0, max(_LEAST_HEIGHT, sum(line_heights(option.font)) + theme.SPACE))
