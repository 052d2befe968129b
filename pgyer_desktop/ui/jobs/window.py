"""The window of the jobs: what runs and what ran since the program was started, with the report of each.

Shows what it is given. Must not delete, pause or stop anything itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from pgyer_desktop.core.cleanup.queue_report import as_markdown
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.base.screen import fit_to_screen, keep_on_screen
from pgyer_desktop.ui.jobs.job_list import JobList
from pgyer_desktop.ui.jobs.report import JobReport
from pgyer_desktop.ui.widgets.empty_page import EmptyPage
from pgyer_desktop.ui.widgets.keys.parts import Parts, part_keys
from pgyer_desktop.ui.widgets.keys.splitter import Splitter
from pgyer_desktop.ui.widgets.keys.window_keys import WindowKeys
from pgyer_desktop.ui.widgets.layout import column, wide
from pgyer_desktop.ui.widgets.spoken.manner import WINDOW

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from pgyer_desktop.core.cleanup.queue_report import BatchRow
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.jobs.job import Job


class JobsWindow(QWidget):
    """A window that does not block the main window. The newest job stands first.

    Signals:
        pause_requested: args: Job, whether to pause, else to go on.
        next_requested: arg: Job of which as many again may be deleted.
        stop_requested: arg: Job.
        rest_requested: arg: Job of which what it has left is to be deleted.
    """

    manner = WINDOW

    pause_requested = Signal(object, bool)
    next_requested = Signal(object)
    stop_requested = Signal(object)
    rest_requested = Signal(object)

    def __init__(self, icons: IconLoader, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("jobsView")
        self.setWindowTitle(self.tr("Jobs"))
        self.setAccessibleName(self.tr("Jobs"))
        self._list = JobList(icons, self)
        self._report = JobReport(icons, self)
        nothing = named("jobsNothing", EmptyPage(self))
        nothing.set_content(
            "trash",
            self.tr("Nothing has run yet"),
            self.tr("When several builds are deleted, this shows how far it is, and afterwards what became of each."),
        )
        splitter = Splitter("jobsSplitter", self.tr("Width of the list"), self)
        splitter.setHandleWidth(0)
        splitter.addWidget(self._list)
        splitter.addWidget(self._report)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([theme.at_font(260, self.font()), 700])
        self._pages = QStackedWidget(self)
        self._pages.addWidget(splitter)
        self._pages.addWidget(nothing)
        column(wide(self._pages), inside=self, spacing=0)
        fit_to_screen(self, QSize(640, 400), theme.size_at_font(QSize(960, 580), self.font()))
        self._list.currentRowChanged.connect(self._on_chosen)
        self._report.copy_requested.connect(self._on_copy)
        controls = self._report.controls
        controls.pause_requested.connect(lambda paused: self.pause_requested.emit(self.shown, paused))
        controls.next_requested.connect(lambda: self.next_requested.emit(self.shown))
        controls.stop_requested.connect(lambda: self.stop_requested.emit(self.shown))
        controls.rest_requested.connect(lambda: self.rest_requested.emit(self.shown))
        self._ended: set[Job] = set()
        """Those whose end has been seen."""
        WindowKeys(self)
        part_keys(self, Parts(self, lambda: (self._list, *self._report.parts)))
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.close)
        self._pages.setCurrentIndex(1)

    @property
    def shown(self) -> Job | None:
        """The job whose builds show."""
        return self._report.job

    def set_jobs(self, jobs: tuple[Job, ...]) -> None:
        """Show these, the newest first, and the newest of them."""
        self._list.set_jobs(jobs)
        self._pages.setCurrentIndex(0 if jobs else 1)
        self._begin()

    def update_job(self, job: Job, changed: BatchRow | None = None) -> None:
        """Say anew how `job` stands; `changed` is its one row that is another now; None: all may be."""
        self._list.update_job(job)
        if job is not self.shown:
            return
        focused: QWidget | None = self.focusWidget()
        in_report = focused is not None and self._report.isAncestorOf(focused)
        ends = job.over and job not in self._ended
        self._report.update_job(changed)
        if ends:
            self._ended.add(job)
            if in_report:  # the buttons that stop and pause are gone now
                self._report.focus_end()

    def _on_chosen(self, place: int) -> None:
        jobs = self._list.jobs
        self._report.show_job(jobs[place] if 0 <= place < len(jobs) else None)

    def _on_copy(self) -> None:
        if self.shown is not None:
            QGuiApplication.clipboard().setText(as_markdown(self.shown.batch.report, say=say, zone=None))

    def showEvent(self, event: QShowEvent) -> None:
        """Stay on the screen."""
        super().showEvent(event)
        keep_on_screen(self)
        self._begin()

    def _begin(self) -> None:
        """Have the keyboard at the list, where nothing else has it; on the empty page there is nothing to do."""
        focused: QWidget | None = self.focusWidget()
        if self._list.jobs and (focused is None or not focused.isVisible()):
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
