"""The window of the jobs: what runs and what ran since the program was started, with the report of each.

Shows what it is given. Must not delete, pause or stop anything itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QListWidget,
    QSplitter,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from pgyer_desktop.core.cleanup.queue_report import STATE_WORDS, RowState, as_markdown
from pgyer_desktop.ui.base import formatting, theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.base.screen import fit_to_screen, keep_on_screen
from pgyer_desktop.ui.cleanup.jobs_bar import JobControls
from pgyer_desktop.ui.widgets.buttons import push_button
from pgyer_desktop.ui.widgets.empty_page import EmptyPage
from pgyer_desktop.ui.widgets.layout import column, row, stretch, wide
from pgyer_desktop.ui.widgets.spoken.manner import WINDOW
from pgyer_desktop.ui.widgets.text.label import Label
from pgyer_desktop.ui.widgets.text.plain_text import plain_tooltip

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from pgyer_desktop.core.cleanup.queue_report import BatchRow
    from pgyer_desktop.ui.cleanup.job import Job

_BAD: Final = frozenset({RowState.NOT_DONE, RowState.UNKNOWN})


class JobsWindow(QWidget):
    """A window that does not block the main window. The newest job stands first.

    Signals:
        pause_requested: args: Job, whether to pause, else to go on.
        next_requested: arg: Job of which as many again may be deleted.
        stop_requested: arg: Job.
    """

    manner = WINDOW

    pause_requested = Signal(object, bool)
    next_requested = Signal(object)
    stop_requested = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("jobsView")
        self.setWindowTitle(self.tr("Jobs"))
        self.setAccessibleName(self.tr("Jobs"))
        self._jobs: tuple[Job, ...] = ()
        self._shown: Job | None = None
        self._list = named("jobsList", QListWidget(self), self.tr("Jobs"))
        self._lead = named("jobsLead", Label(self))
        self._rows = _new_rows(self)
        self._rows.setHeaderLabels([self.tr("Build"), self.tr("Size"), self.tr("Uploaded"), self.tr("State")])
        self._rows.setAccessibleName(self.tr("Builds"))
        self._controls = JobControls("job", self, flat=False)
        self._copy = push_button("jobsCopy", self.tr("Copy report"), self, "copy")
        self._copy.setAccessibleName(self._copy.text())
        nothing = named("jobsNothing", EmptyPage(self))
        nothing.set_content(
            "trash",
            self.tr("Nothing has run yet"),
            self.tr("When several builds are deleted, this shows how far it is, and afterwards what became of each."),
        )
        splitter = named("jobsSplitter", QSplitter(Qt.Orientation.Horizontal, self))
        splitter.setChildrenCollapsible(False)
        side = QWidget(self)
        edge = theme.SPACE_EDGE
        foot = row(self._controls, stretch(), self._copy, spacing=theme.SPACE)
        column(self._lead, wide(self._rows), foot, inside=side, margins=(edge, edge, edge, edge))
        splitter.addWidget(self._list)
        splitter.addWidget(side)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([260, 660])
        self._pages = QStackedWidget(self)
        self._pages.addWidget(splitter)
        self._pages.addWidget(nothing)
        column(wide(self._pages), inside=self, spacing=0)
        fit_to_screen(self, QSize(640, 400), QSize(960, 580))
        self._list.currentRowChanged.connect(self._on_chosen)
        self._copy.clicked.connect(self._on_copy)
        self._controls.pause_requested.connect(lambda paused: self.pause_requested.emit(self._shown, paused))
        self._controls.next_requested.connect(lambda: self.next_requested.emit(self._shown))
        self._controls.stop_requested.connect(lambda: self.stop_requested.emit(self._shown))
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.close)
        self._pages.setCurrentIndex(1)

    @property
    def shown(self) -> Job | None:
        """The job whose builds show."""
        return self._shown

    def set_jobs(self, jobs: tuple[Job, ...]) -> None:
        """Show these, the newest first, and the newest of them."""
        self._jobs = jobs
        self._list.clear()
        self._list.addItems([_told(job) for job in jobs])
        self._list.setCurrentRow(0 if jobs else -1)
        self._pages.setCurrentIndex(0 if jobs else 1)

    def update_job(self, job: Job, changed: BatchRow | None = None) -> None:
        """Say anew how `job` stands; `changed` is its one row that is another now; None: all may be."""
        item = self._list.item(self._jobs.index(job)) if job in self._jobs else None
        if item is not None:
            item.setText(_told(job))
        if job is not self._shown:
            return
        for one in (changed,) if changed is not None else job.batch.rows if job.over else ():
            self._write_row(one)
        self._write_job(job)

    def _on_chosen(self, place: int) -> None:
        self._shown = self._jobs[place] if 0 <= place < len(self._jobs) else None
        self._rows.clear()
        if self._shown is None:
            return
        rows = self._shown.batch.rows
        self._rows.addTopLevelItems([QTreeWidgetItem() for _ in rows])
        for one in rows:
            self._write_row(one)
        self._write_job(self._shown)

    def _on_copy(self) -> None:
        if self._shown is not None:
            QGuiApplication.clipboard().setText(as_markdown(self._shown.batch.report, say=say, zone=None))

    def _write_job(self, job: Job) -> None:
        told = " ".join(say(text) for text in job.batch.report.sentences) if job.over else job.words
        self._lead.setText(told)
        self._controls.show_job(job)
        self._copy.setEnabled(job.over)

    def _write_row(self, row: BatchRow) -> None:
        item = self._rows.topLevelItem(row.place)
        if item is None:
            return
        state = say(STATE_WORDS[row.state])
        told = f"{state}: {say(row.reason)}" if row.reason is not None else state
        build = row.build
        texts = (
            formatting.build_title(build),
            formatting.size(build.size),
            formatting.date_time(build.created),
            told,
        )
        for place, text in enumerate(texts):
            item.setText(place, text)
            item.setData(place, int(Qt.ItemDataRole.AccessibleTextRole), ", ".join(texts))
        item.setToolTip(3, plain_tooltip(told))
        color = theme.danger(self.palette()) if row.state in _BAD else theme.secondary_text(self.palette())
        item.setForeground(3, color)
        if row.state is RowState.UNDER_WAY:
            self._rows.scrollToItem(item)

    def showEvent(self, event: QShowEvent) -> None:
        """Stay on the screen."""
        super().showEvent(event)
        keep_on_screen(self)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette while running."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._shown is not None:
            for one in self._shown.batch.rows:
                self._write_row(one)


def _told(job: Job) -> str:
    return f"{job.title}\n{job.words}"


def _new_rows(parent: QWidget) -> QTreeWidget:
    """Build, size, time, and what has become of it, whole."""
    rows = named("jobsRows", QTreeWidget(parent))
    rows.setColumnCount(4)
    rows.setRootIsDecorated(False)
    rows.setWordWrap(True)
    rows.setAllColumnsShowFocus(True)
    rows.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    header = rows.header()
    header.setStretchLastSection(True)
    header.setSectionsMovable(False)
    for place in range(3):
        header.setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
    return rows
