"""The rows of a list of builds as values, and as a model of whichever columns are wanted.

Shows what it is given: a check that the person makes is only asked for. Must not decide, read or load anything.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from pgyer_desktop.ui.base import formatting
from pgyer_desktop.ui.widgets.text.plain_text import plain_tooltip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pgyer_desktop.api import Build
    from pgyer_desktop.ui.widgets.icon_cell import Tone

_Index = QModelIndex | QPersistentModelIndex
KEY_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The build's key."""
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_CHECKED: Final = int(Qt.ItemDataRole.CheckStateRole)
_TOOLTIP: Final = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_ALIGNMENT: Final = int(Qt.ItemDataRole.TextAlignmentRole)


class Column(enum.Enum):
    """What a list can show of a build. `BUILD` has to be there, and comes first."""

    BUILD = "build"
    """Check box, icon, version and number, pills."""
    SIZE = "size"
    UPLOADED = "uploaded"
    """The day."""
    UPLOADED_AT = "uploaded at"
    """Day and time."""
    DOWNLOADS = "downloads"
    REASON = "reason"
    """Why, or what has become of it: whole, in as many lines as that takes. Comes last."""

    @property
    def right_aligned(self) -> bool:
        """Whether it has figures that stand under each other."""
        return self in {Column.SIZE, Column.DOWNLOADS}


@dataclass(frozen=True, slots=True)
class ListedBuild:
    """One row."""

    build: Build
    pills: tuple[tuple[str, Tone], ...] = ()
    """Their words are read out too."""
    reason: str = ""
    checked: bool | None = None
    """None: there is nothing to check, it is so."""


class ListModel(QAbstractTableModel):
    """One build in each row.

    Signals:
        check_requested: args: key of the build, whether it is to be checked.
    """

    check_requested = Signal(str, bool)

    def __init__(self, columns: Sequence[Column], reason_title: str, parent: QObject) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.reason_title = reason_title
        self.app_name = ""
        """For the letter on an icon that is not there."""
        self.rows: tuple[ListedBuild, ...] = ()
        """What shows, from the top."""

    @property
    def can_check(self) -> bool:
        """Whether there is a row that can be checked."""
        return any(row.checked is not None for row in self.rows)

    @property
    def all_checked(self) -> bool | None:
        """Whether all that can be checked is, or nothing of it; None for some of it."""
        found = {row.checked for row in self.rows} - {None}
        return None if len(found) > 1 else True in found

    def set_rows(self, rows: Sequence[ListedBuild]) -> bool:
        """Show these. Whether they are other builds; where they are the same, nothing is selected or scrolled anew."""
        before, after = self.rows, tuple(rows)
        if [row.build.build_key for row in before] != [row.build.build_key for row in after]:
            self.beginResetModel()
            self.rows = after
            self.endResetModel()
            return True
        self.rows = after
        changed = [place for place, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
        if changed:
            last = self.index(changed[-1], len(self.columns) - 1)
            self.dataChanged.emit(self.index(changed[0], 0), last)
        return False

    def set_row(self, place: int, row: ListedBuild) -> None:
        """Show this one in its place."""
        if self.rows[place] != row:
            self.rows = (*self.rows[:place], row, *self.rows[place + 1 :])
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))

    def text(self, row: ListedBuild, column: Column) -> str:
        """What stands in a cell."""
        if column is Column.REASON:
            return row.reason
        return _WRITTEN[column](row.build)

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many builds there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return whether a row can be checked."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if index.isValid() and index.column() == 0 and self.rows[index.row()].checked is not None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: _Index, role: int = _DISPLAY) -> object:
        """Return what stands in a cell, its key, whether it is checked, and how it is read out."""
        if not index.isValid():
            return None
        row, column, asked = self.rows[index.row()], self.columns[index.column()], int(role)
        if asked == _DISPLAY:
            return self.text(row, column)
        if asked == KEY_ROLE:
            return row.build.build_key
        if asked == _TOOLTIP:
            return self._tooltip(row, column)
        if asked == _ALIGNMENT:
            side = Qt.AlignmentFlag.AlignRight if column.right_aligned else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return self._of_build(row, asked) if column is Column.BUILD else None

    def _of_build(self, row: ListedBuild, role: int) -> object:
        if role == _CHECKED and row.checked is not None:
            return Qt.CheckState.Checked if row.checked else Qt.CheckState.Unchecked
        if role == _ACCESSIBLE:
            # The row's first cell says all of it, so that it is read out as one sentence.
            told = formatting.row_sentence(row.build, datetime.now(UTC), states=tuple(word for word, _ in row.pills))
            return f"{told}, {row.reason}" if row.reason else told
        return None

    def _tooltip(self, row: ListedBuild, column: Column) -> str:
        if column is Column.SIZE:
            return plain_tooltip(formatting.exact_size(row.build.size))
        if column in {Column.UPLOADED, Column.UPLOADED_AT}:
            return plain_tooltip(formatting.exact_upload(row.build))
        return "" if column is Column.DOWNLOADS else plain_tooltip(self.text(row, column))

    def setData(self, index: _Index, value: object, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        """Ask for a check; the row shows it once whoever decides has given it so."""
        if int(role) != _CHECKED or not index.isValid():
            return False
        row = self.rows[index.row()]
        if row.checked is not None:
            self.check_requested.emit(row.build.build_key, Qt.CheckState(value) is Qt.CheckState.Checked)
        return row.checked is not None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """Return a column's title."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns) or int(role) != _DISPLAY:
            return None
        column = self.columns[section]
        return self.reason_title if column is Column.REASON else _title(column)


def _day(build: Build) -> str:
    created = build.created
    return formatting.date(created, datetime.now(UTC)) if created else formatting.odd_time(build.created_text)


def _moment(build: Build) -> str:
    created = build.created
    return formatting.date_time(created) if created else formatting.odd_time(build.created_text)


_WRITTEN: Final[dict[Column, Callable[[Build], str]]] = {
    Column.BUILD: formatting.build_title,
    Column.SIZE: lambda build: formatting.size(build.size),
    Column.DOWNLOADS: lambda build: formatting.number(build.downloads),
    Column.UPLOADED: _day,
    Column.UPLOADED_AT: _moment,
}


def _title(column: Column) -> str:
    if column is Column.BUILD:
        return QCoreApplication.translate("listing", "Build")
    if column is Column.SIZE:
        return QCoreApplication.translate("listing", "Size")
    if column is Column.DOWNLOADS:
        return QCoreApplication.translate("listing", "Downloads")
    return QCoreApplication.translate("listing", "Uploaded")
