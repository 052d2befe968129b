"""Which builds are selected in a table whose rows come and go: they are remembered by their keys.

Must not paint, and must not do anything to a build.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QObject, Signal

from pgyer_desktop.core.base.actions import MOST_SELECTED
from pgyer_desktop.ui.builds.model import VERSION_COLUMN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QTableView

    from pgyer_desktop.api import Build
    from pgyer_desktop.ui.builds.model import BuildModel

_Flag = QItemSelectionModel.SelectionFlag
_SELECT: Final = _Flag.ClearAndSelect | _Flag.Rows


class BuildSelection(QObject):
    """The selected builds of one view.

    Signals:
        changed: others are selected, or the same ones were read anew; see `builds` and `count`.
    """

    changed = Signal()

    def __init__(self, view: QTableView, model: BuildModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._kept: tuple[str, int, tuple[str, ...], str | None] | None = None
        self._keys: tuple[str, ...] = ()
        """Also of those that are not among the rows now: they may come back."""
        self._current: str | None = None
        self._restoring = False
        self.builds: tuple[Build, ...] = ()
        """From the top; none where there are more than `MOST_SELECTED`."""
        self.count = 0
        """How many are selected."""
        view.selectionModel().selectionChanged.connect(self._on_changed)
        view.selectionModel().currentChanged.connect(self._on_current_changed)

    @property
    def single(self) -> Build | None:
        """The selected build, where it is only one."""
        return self.builds[0] if self.count == 1 else None

    def select(self, key: str) -> None:
        """Select the build with this key, now or, if it is not among the rows, when it comes."""
        self._keys = (key,)
        self._current = key
        self.restore()

    def remember(self, of: str) -> None:
        """Keep what is selected and how far down the view is, to be brought back. `of`: whose builds they are."""
        self._kept = of, self._view.verticalScrollBar().value(), self._keys, self._current

    def bring_back(self, of: str) -> None:
        """Select and scroll as it was kept; once, and only builds of the same."""
        kept, self._kept = self._kept, None
        if kept is not None and kept[0] == of:
            _, scroll, self._keys, self._current = kept
            self.restore()
            self._view.verticalScrollBar().setValue(scroll)

    def leave(self, key: str) -> None:
        """A build is about to go for good: it is selected no longer, and the keyboard stands on its neighbour.

        That is not selected: whoever presses Del twice has not meant it.
        """
        if key == self._current:
            row = self._model.row_of(key)
            beside = (self._model.build_at(row + step) for step in (1, -1)) if row is not None else ()
            self._current = next((build.build_key for build in beside if build is not None), None)
        self._keys = tuple(one for one in self._keys if one != key)
        bar = self._view.verticalScrollBar()
        scroll = bar.value()
        self.restore()
        bar.setValue(scroll)  # the view goes to where the keyboard stands, but nobody has moved it

    def select_row(self, row: int) -> None:
        """Select one row, unless it is selected already, perhaps among others."""
        index = self._model.index(row, VERSION_COLUMN)
        selection = self._view.selectionModel()
        if not selection.isRowSelected(row):
            selection.setCurrentIndex(index, _SELECT)

    def stand_beside(self, row: int) -> None:
        """Have the keyboard go on where a row has gone that it stood on. Nothing is selected by it."""
        row = min(row, self._model.rowCount() - 1)
        if row >= 0:
            self._restoring = True  # the one that has gone may come back
            self._view.selectionModel().setCurrentIndex(self._model.index(row, VERSION_COLUMN), _Flag.NoUpdate)
            self._restoring = False

    def stand_on(self, keys: frozenset[str]) -> bool:
        """Have the keyboard go on with the uppermost of these, with nothing selected by it. Whether one is here."""
        rows = self._model.rows_of(set(keys)) if keys else {}
        if not rows:
            return False
        index = self._model.index(min(rows.values()), VERSION_COLUMN)
        self._view.selectionModel().setCurrentIndex(index, _Flag.NoUpdate)
        self._view.scrollTo(index)
        return True

    def restore(self) -> None:
        """Select the remembered builds, without forgetting those that are not there."""
        current = self._current or ""
        wanted = {*self._keys, current} - {""}
        rows = self._model.rows_of(wanted) if wanted else {}  # looked up in the file, where it is all builds
        selected = sorted(rows[key] for key in self._keys if key in rows)
        selection = self._view.selectionModel()
        self._restoring = True
        if not selected and current not in rows:
            selection.clear()
        else:
            # Also a row that the keyboard stands on without having selected it.
            place = rows[current] if current in rows else selected[0]
            selection.setCurrentIndex(self._model.index(place, VERSION_COLUMN), _Flag.NoUpdate)
            selection.select(self._ranges(selected), _SELECT)
        self._restoring = False
        self.tell()

    def tell(self) -> None:
        """Say what is selected, if that is news."""
        before = self.builds, self.count
        self.builds, self.count = self._found()
        if (self.builds, self.count) != before:
            self.changed.emit()

    def _found(self) -> tuple[tuple[Build, ...], int]:
        selection = self._view.selectionModel().selection()
        ranges = [selection.at(number) for number in range(selection.count())]
        # Where rows are selected one after the other the ranges do not overlap.
        count = sum(part.height() for part in ranges)
        if count > MOST_SELECTED:
            return (), count
        rows = sorted({row for part in ranges for row in range(part.top(), part.bottom() + 1)})
        builds = tuple(build for build in map(self._model.build_at, rows) if build is not None)
        return builds, len(builds)

    def _ranges(self, rows: Sequence[int]) -> QItemSelection:
        """Rows that follow each other are one range: a thousand ranges are slow to paint."""
        found = QItemSelection()
        if not rows:
            return found
        first = rows[0]
        last_column = self._model.columnCount() - 1
        for row, following in pairwise((*rows, rows[-1] + 2)):
            if following != row + 1:
                found.select(self._model.index(first, 0), self._model.index(row, last_column))
                first = following
        return found

    def _on_changed(self) -> None:
        if self._restoring:
            return
        self.tell()
        self._keys = tuple(build.build_key for build in self.builds)

    def _on_current_changed(self, current: QModelIndex) -> None:
        if not self._restoring:
            build = self._model.build_at(current.row())
            self._current = build.build_key if build is not None else None
