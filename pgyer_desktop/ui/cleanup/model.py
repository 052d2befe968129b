"""A clean-up plan as a table model: every build of the app, kept or to delete, with the reasons.

Holds the plan and shows it. A choice by hand is asked of the plan, which may refuse; must not decide by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from pgyer_desktop.core.cleanup.retention import PlanError
from pgyer_desktop.ui.base import formatting
from pgyer_desktop.ui.base.i18n import say

if TYPE_CHECKING:
    from pgyer_desktop.core.cleanup.retention import FrozenPlan, Plan, Row

_Index = QModelIndex | QPersistentModelIndex
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_CHECKED: Final = int(Qt.ItemDataRole.CheckStateRole)
_TOOLTIP: Final = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_ALIGNMENT: Final = int(Qt.ItemDataRole.TextAlignmentRole)
KEY_ROLE: Final = int(Qt.ItemDataRole.UserRole)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
BUILD, SIZE, UPLOADED, REASON = range(4)


class CleanUpModel(QAbstractTableModel):
    """One build in each row; the ones to delete are checked.

    Signals:
        plan_changed: a row was changed by hand; see `plan`.
        refused: a row could not be changed. arg: Text.
    """

    plan_changed = Signal()
    refused = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.plan: Plan | None = None
        self._rows: tuple[Row, ...] = ()

    def show_plan(self, plan: Plan | None) -> None:
        """Show a plan whose rows can be changed; None: nothing."""
        self.beginResetModel()
        self.plan = plan
        self._rows = plan.rows if plan is not None else ()
        self.endResetModel()

    def show_frozen(self, frozen: FrozenPlan) -> None:
        """Show a plan that does not change any more."""
        self.beginResetModel()
        self.plan = None
        self._rows = frozen.rows
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many builds there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else 4

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return that a row can be changed, unless nobody may change it."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if index.column() == BUILD and self.plan is not None and not self._rows[index.row()].protected:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: _Index, role: int = _DISPLAY) -> object:
        """Return what stands in a cell, and whether the build is to be deleted."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        column = index.column()
        if role == _DISPLAY or (role == _TOOLTIP and column == REASON):
            return self._text(row, column)
        if role == KEY_ROLE:
            return row.build.build_key
        if role == _ALIGNMENT and column == SIZE:
            return _RIGHT
        return self._of_build(row, role) if column == BUILD else None

    def _of_build(self, row: Row, role: int) -> object:
        if role == _CHECKED:
            return Qt.CheckState.Checked if row.delete else Qt.CheckState.Unchecked
        if role == _ACCESSIBLE:
            state = self.tr("to delete") if row.delete else self.tr("kept")
            return f"{self._text(row, BUILD)}, {state}, {self._text(row, REASON)}"
        return None

    def setData(self, index: _Index, value: object, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        """Delete or keep a build by hand, where the plan allows it."""
        if role != _CHECKED or self.plan is None or not index.isValid():
            return False
        delete = Qt.CheckState(value) is Qt.CheckState.Checked
        try:
            self.plan = self.plan.with_choice(self._rows[index.row()].build.build_key, delete=delete)
        except PlanError as exc:
            self.refused.emit(exc.text)
            return False
        self._rows = self.plan.rows
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), 3))
        self.plan_changed.emit()
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """Return the columns' titles."""
        if orientation != Qt.Orientation.Horizontal or role != _DISPLAY:
            return None
        titles = (self.tr("Build"), self.tr("Size"), self.tr("Uploaded"), self.tr("Why"))
        return titles[section] if 0 <= section < len(titles) else None

    def _text(self, row: Row, column: int) -> str:
        if column == BUILD:
            return formatting.build_title(row.build)
        if column == SIZE:
            return formatting.size(row.build.size)
        if column == UPLOADED:
            return formatting.date_time(row.build.created)
        words = ", ".join(say(reason.text) for reason in row.reasons)
        if row.overruled:
            rules = ", ".join(say(reason.text) for reason in row.overruled)
            words = self.tr("{hand}; by the rules: {rules}").format(hand=words, rules=rules)
        return words
