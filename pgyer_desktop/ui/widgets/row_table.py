"""A table whose rows are what one goes through: each is one thing, and is read out as one sentence.

Must not know what is in a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QAbstractSlider, QTableView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_Move = QAbstractItemView.CursorAction
_Step = QAbstractSlider.SliderAction


class RowTable(QTableView):
    """Home and End go to the first and the last row, Left and Right scroll, and the keyboard stays in one column.

    That is the one whose cells say the whole row, whatever cell was clicked.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)

    def spoken_column(self) -> int:
        """The column whose cells say the whole row. It has to be one that shows."""
        return 0

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Return where a key leads."""
        current, model = self.currentIndex(), self.model()
        count = model.rowCount()
        if count and action in {_Move.MoveHome, _Move.MoveEnd}:
            row = 0 if action == _Move.MoveHome else count - 1
            return model.index(row, self.spoken_column())
        if current.isValid() and action in {_Move.MoveLeft, _Move.MoveRight}:
            back = (action == _Move.MoveLeft) != (self.layoutDirection() == Qt.LayoutDirection.RightToLeft)
            self.horizontalScrollBar().triggerAction(_Step.SliderSingleStepSub if back else _Step.SliderSingleStepAdd)
            return current
        return super().moveCursor(action, modifiers)

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Stay in the column that says the row, before anybody is told of another."""
        column = self.spoken_column()
        if current.isValid() and current.column() != column:
            stays = self.model().index(current.row(), column)
            self.selectionModel().setCurrentIndex(stays, QItemSelectionModel.SelectionFlag.NoUpdate)
        else:
            super().currentChanged(current, previous)
