"""Many deletes: the queue with its progress, then the report. One window. The question comes before it.

Must not delete anything: it says what was asked for, and shows the rows it is given.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QHeaderView,
    QProgressBar,
    QTreeWidget,
    QTreeWidgetItem,
)

from pgyer_desktop.core.cleanup.queue import Phase
from pgyer_desktop.core.cleanup.queue_report import STATE_WORDS, RowState
from pgyer_desktop.ui.base import formatting, theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.layout import fill, wide
from pgyer_desktop.ui.widgets.text.label import Ink, Label
from pgyer_desktop.ui.widgets.text.plain_text import plain_tooltip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.core.cleanup.queue_report import BatchReport, BatchRow

_WIDTH: Final = 640
_HEIGHT: Final = 520
_BAD: Final = frozenset({RowState.NOT_DONE, RowState.UNKNOWN})


class Stage(Enum):
    """Which of the two it shows."""

    QUEUE = "queue"
    REPORT = "report"


class BatchDialog(Dialog):
    """Queue and report of many deletes. While deletes are under way, closing it stops the queue first.

    Signals:
        pause_requested: arg: whether to pause, else to go on.
        stop_requested: no further delete is to begin.
        copy_requested: the report is wanted as text.
    """

    pause_requested = Signal(bool)
    stop_requested = Signal()
    copy_requested = Signal()

    def __init__(
        self,
        account_name: str,
        app_name: str,
        rows: Sequence[BatchRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("batchDialog", parent, width=560)
        self._account_name, self._app_name = account_name, app_name
        self._rows = tuple(rows)
        self.stage = Stage.QUEUE
        self._phase = Phase.READY
        self._report: BatchReport | None = None
        self._waiting = ""
        self._lead = named("batchLead", Label(self))
        self._list = _new_list(self)
        self._bar = named("batchProgress", QProgressBar(self))
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setMaximum(max(1, len(self._rows)))
        self._status = named("batchStatus", Label(self, ink=Ink.SOFT))
        fill(self.body, self._lead, wide(self._list), self._bar, self._status)
        self._copy = self.add_copy("batchCopy", self.tr("Copy report"))
        self._copy.setAutoDefault(False)
        self._copy.clicked.connect(self.copy_requested)
        self._pause = self.add_button("batchPause", "", QDialogButtonBox.ButtonRole.ActionRole)
        self._pause.setAutoDefault(False)
        self._pause.clicked.connect(lambda: self.pause_requested.emit(self._phase is not Phase.PAUSED))
        self._cancel = self.add_button("batchCancel", "", QDialogButtonBox.ButtonRole.RejectRole)
        self._cancel.setDefault(True)
        self.leave_size_to_person(least=QSize(480, 360), first=QSize(_WIDTH, _HEIGHT))
        self._fill()
        self._write()
        self._cancel.setFocus()

    def set_row(self, row: BatchRow) -> None:
        """Show what has become of a build."""
        self._rows = (*self._rows[: row.place], row, *self._rows[row.place + 1 :])
        item = self._list.topLevelItem(row.place)
        if item is not None:
            self._write_row(item, row)
            if row.state is RowState.UNDER_WAY:
                self._list.scrollToItem(item)
        self._write_status()

    def set_phase(self, phase: Phase, waiting: str = "") -> None:
        """Say what the queue is doing; `waiting` is until when it waits for the service."""
        self._phase = phase
        self._waiting = waiting
        self._write_status()
        self._update_buttons()

    def show_report(self, report: BatchReport) -> None:
        """Say how it ended."""
        self._report = report
        self._rows = report.rows
        self.stage = Stage.REPORT
        self._phase = Phase.ENDED
        self._write()

    def _fill(self) -> None:
        self._list.addTopLevelItems([QTreeWidgetItem() for _ in self._rows])
        self._list.setHeaderLabels([self.tr("Build"), self.tr("Size"), self.tr("Uploaded"), self.tr("State")])
        self._list.setAccessibleName(self.tr("Builds"))
        header = self._list.header()
        header.setStretchLastSection(True)
        header.setSectionsMovable(False)
        for column in range(3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)

    def _write_row(self, item: QTreeWidgetItem, row: BatchRow) -> None:
        state = say(STATE_WORDS[row.state])
        reason = say(row.reason) if row.reason is not None else ""
        told = f"{state}: {reason}" if reason else state
        texts = (
            formatting.build_title(row.build),
            formatting.size(row.build.size),
            formatting.date_time(row.build.created),
            told,
        )
        for column, text in enumerate(texts):
            item.setText(column, text)
        item.setToolTip(3, plain_tooltip(told))
        color = theme.danger(self.palette()) if row.state in _BAD else theme.secondary_text(self.palette())
        item.setForeground(3, color)

    def _write_status(self) -> None:
        finished = sum(1 for row in self._rows if row.state not in {RowState.WAITING, RowState.UNDER_WAY})
        self._bar.setValue(finished)
        words = self.tr("{done} of %n build(s)", "", len(self._rows)).replace("{done}", str(finished))
        states = {
            Phase.PAUSING: self.tr("pauses after the one under way"),
            Phase.PAUSED: self.tr("paused"),
            Phase.STOPPING: self.tr("stops after the one under way"),
            Phase.HOLDING: self.tr("Pgyer is busy; goes on at {time}").format(time=self._waiting),
        }
        if self._phase in states:
            words = f"{words} · {states[self._phase]}"
        self._status.setText(words)

    def _update_buttons(self) -> None:
        running = self.stage is Stage.QUEUE
        self._status.setVisible(running)
        self._pause.setVisible(running)
        self._pause.setEnabled(self._phase is not Phase.STOPPING)
        self._pause.setText(self.tr("Go on") if self._phase in {Phase.PAUSED, Phase.PAUSING} else self.tr("Pause"))
        self._copy.setVisible(self.stage is Stage.REPORT)
        self._cancel.setText(self.tr("Stop") if running else self.tr("Close"))
        self._cancel.setEnabled(self._phase is not Phase.STOPPING)

    def _write(self) -> None:
        count = len(self._rows)
        sizes = [row.build.size for row in self._rows if row.build.size is not None]
        heading = self.tr("Deleting %n build(s)", "", count)
        if self.stage is Stage.REPORT:
            heading = self.tr("What became of %n build(s)", "", count)
        self.set_titles(self.tr("Delete builds"), heading)
        lead = self.tr("{app} in account {account}: {size} in all. Deleting cannot be undone.").format(
            app=self._app_name, account=self._account_name, size=formatting.size(sum(sizes))
        )
        if self._report is not None:
            lead = " ".join(say(text) for text in self._report.sentences)
        self._lead.setText(lead)
        for row in self._rows:
            item = self._list.topLevelItem(row.place)
            if item is not None:
                self._write_row(item, row)
        self._write_status()
        self._update_buttons()

    def reject(self) -> None:
        """Close; while deletes are under way stop them instead."""
        if self.stage is Stage.QUEUE:
            self.stop_requested.emit()
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Do as "Stop" does while deletes are under way."""
        if self.stage is Stage.QUEUE:
            event.ignore()
            self.stop_requested.emit()
            return
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette while running."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._write()


def _new_list(parent: QWidget) -> QTreeWidget:
    """Build, size, time, and what has become of it."""
    rows = named("batchList", QTreeWidget(parent))
    rows.setColumnCount(4)
    rows.setRootIsDecorated(False)
    rows.setUniformRowHeights(True)
    rows.setAllColumnsShowFocus(True)
    rows.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return rows
