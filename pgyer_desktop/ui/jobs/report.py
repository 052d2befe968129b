"""How one job stands or ended: the app, how far it is, what can be done with it, and what has become of each build.

Shows what it is given. Must not delete, pause or stop anything itself.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from pgyer_desktop.core.base.error_messages import joined
from pgyer_desktop.core.cleanup.queue_report import STATE_WORDS, RowState
from pgyer_desktop.ui.base import formatting, theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.builds.listing.rows import Column, ListedBuild
from pgyer_desktop.ui.builds.listing.view import BuildList
from pgyer_desktop.ui.jobs.bar import JobControls
from pgyer_desktop.ui.jobs.share_line import ShareLine
from pgyer_desktop.ui.widgets.build_heading import BuildHeading
from pgyer_desktop.ui.widgets.buttons import push_button
from pgyer_desktop.ui.widgets.hairline import Hairline
from pgyer_desktop.ui.widgets.icon_cell import Tone
from pgyer_desktop.ui.widgets.layout import column, row, wide
from pgyer_desktop.ui.widgets.text.elided_label import ElidedLabel
from pgyer_desktop.ui.widgets.text.label import Ink, Label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from pgyer_desktop.core.cleanup.queue_report import BatchRow
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.jobs.job import Job

_PILLS: Final = {
    RowState.NOT_DONE: Tone.DANGER,
    RowState.UNKNOWN: Tone.WARNING,
    RowState.KEPT: Tone.NEUTRAL,
    RowState.GONE: Tone.NEUTRAL,
}
"""What needs to be seen among many that were deleted."""
_ICON_SIDE: Final = 40
_LEAST_WIDTH: Final = 420


class JobReport(QWidget):
    """The right part of the window.

    Signals:
        copy_requested: the report is wanted as text.
    """

    copy_requested = Signal()

    def __init__(self, icons: IconLoader, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.job: Job | None = None
        """Which one shows."""
        self._heading = BuildHeading("job", icons, self, icon_side=_ICON_SIDE)
        self.controls = JobControls("job", self, flat=False)
        self._lead = named("jobsLead", Label(self))
        self._line = named("jobLine", ShareLine(self))
        columns = (Column.BUILD, Column.SIZE, Column.UPLOADED, Column.REASON)
        self._rows = BuildList(
            "jobsRows", self.tr("Builds"), columns, icons, self, reason_title=self.tr("What became of it")
        )
        self._freed = named("jobsFreed", ElidedLabel(parent=self, ink=Ink.SOFT))
        self._copy = push_button("jobsCopy", self.tr("Copy report"), self, "copy")
        self._copy.setAccessibleName(self._copy.text())
        self._copy.clicked.connect(self.copy_requested)
        edge = theme.SPACE_EDGE
        top = row(wide(self._heading), self.controls, spacing=theme.SPACE_GROUP)
        head = column(top, self._lead, self._line, spacing=theme.SPACE_GROUP, margins=edge)
        foot = row(wide(self._freed), self._copy, margins=(edge, theme.SPACE, edge, theme.SPACE))
        parts = (head, Hairline(self), wide(self._rows), Hairline(self), foot)
        column(*parts, inside=self, spacing=0, margins=(1, 0, 0, 0))

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What one goes through part by part."""
        return self.controls, self._rows, self._copy

    def focus_end(self) -> None:
        """Have the person go on with the first build that was not deleted, where there is one, else with the rows."""
        rows = self.job.batch.rows if self.job is not None else ()
        self._rows.stand_on(next((row.place for row in rows if row.state is RowState.NOT_DONE), 0))
        self._rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_job(self, job: Job | None) -> None:
        """Show this one; None: nothing."""
        self.job = job
        self._rows.set_rows(())
        if job is not None:
            self.update_job()

    def update_job(self, changed: BatchRow | None = None) -> None:
        """Say anew how it stands; `changed` is its one row that is another now; None: all may be."""
        job = self.job
        if job is None:
            return
        if changed is None or not self._rows.rows:
            self._rows.set_rows([_listed(one) for one in job.batch.rows], job.opened.title)
        else:
            self._rows.set_row(changed.place, _listed(changed))
            if changed.state is RowState.UNDER_WAY:
                self._rows.show_row(changed.place)
        report = job.batch.report
        begun = formatting.since(report.begun) if report.begun is not None else ""
        self._heading.set_build(report.rows[0].build if report.rows else None, job.opened.title)
        self._heading.set_words(job.opened.title, " · ".join(part for part in (job.opened.account.name, begun) if part))
        self._lead.setText(say(reduce(joined, report.sentences)) if job.over else job.words)
        self._line.set_share(job.share)
        self._line.setVisible(not job.over)
        counted = report.tally
        freed = self.tr("{size} freed").format(size=formatting.size(counted.freed)) if counted.deleted else ""
        self._freed.setText(freed)
        self.controls.show_job(job)
        self._copy.setEnabled(job.over)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line between the list and the report."""
        super().paintEvent(event)
        QPainter(self).fillRect(0, 0, 1, self.height(), theme.hairline(self.palette()))


def _listed(row: BatchRow) -> ListedBuild:
    """What has become of a build: in a word where that is all, else in a whole sentence with the word as a pill."""
    word = say(STATE_WORDS[row.state])
    tone = _PILLS.get(row.state)
    return ListedBuild(
        row.build,
        ((word, tone),) if tone is not None and row.reason is not None else (),
        say(row.reason) if row.reason is not None else word,
    )
