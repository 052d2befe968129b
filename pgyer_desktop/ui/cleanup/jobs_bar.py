"""The queues of deletes in the window's foot: how far the first one is, how many more there are, and what can be done.

Shows what it is given. Away while nothing runs. Must not change anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from pgyer_desktop.core.cleanup.queue import Phase
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.widgets.buttons import push_button
from pgyer_desktop.ui.widgets.layout import row
from pgyer_desktop.ui.widgets.spoken.manner import DECORATION
from pgyer_desktop.ui.widgets.spoken.words import explain

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QPushButton

    from pgyer_desktop.ui.cleanup.job import Job

_LINE: Final = QSize(96, 4)
_NARROW: Final = 1000
"""A window of fewer logical pixels has no room for the line."""


class JobControls(QWidget):
    """The buttons for one job: pause or go on, the next so many, stop.

    Signals:
        pause_requested: arg: whether to pause, else to go on.
        next_requested: as many again may be deleted.
        stop_requested: no further delete is to begin.
    """

    pause_requested = Signal(bool)
    next_requested = Signal()
    stop_requested = Signal()

    def __init__(self, prefix: str, parent: QWidget, *, flat: bool) -> None:
        """`prefix` begins the object names."""
        super().__init__(parent)
        self._paused = False
        self._pause = self._button(f"{prefix}Pause", flat=flat)
        self._next = self._button(f"{prefix}Next", flat=flat)
        self._stop = self._button(f"{prefix}Stop", flat=flat)
        self._pause.clicked.connect(lambda: self.pause_requested.emit(not self._paused))
        self._next.clicked.connect(self.next_requested)
        self._stop.clicked.connect(self.stop_requested)
        row(self._pause, self._next, self._stop, inside=self, spacing=0 if flat else theme.SPACE)

    def _button(self, name: str, *, flat: bool) -> QPushButton:
        button = push_button(name, "", self)
        button.setFlat(flat)
        return button

    def show_job(self, job: Job) -> None:
        """Offer what can be done with it now."""
        phase, between = job.batch.phase, job.batch.phase is Phase.BETWEEN
        self._paused = phase in {Phase.PAUSED, Phase.PAUSING}
        self.setVisible(not job.over)
        for button, words in (
            (self._pause, self.tr("Go on") if self._paused else self.tr("Pause")),
            (self._next, self.tr("Delete the next %n", "", job.batch.progress.next)),
            (self._stop, self.tr("Stop")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
            button.setEnabled(phase is not Phase.STOPPING)
        self._pause.setVisible(not between)
        self._next.setVisible(between)


class JobsBar(QWidget):
    """Text, a thin line and text buttons.

    Signals:
        jobs_requested: all jobs are wanted.
    """

    jobs_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("jobsBar")
        self.setAccessibleName(self.tr("Jobs"))
        self._text = push_button("jobsText", "", self)
        self._text.setFlat(True)
        explain(self._text, self.tr("Show jobs"))
        self._text.clicked.connect(self.jobs_requested)
        self._line = named("jobsLine", _Line(self))
        self.controls = JobControls("jobs", self, flat=True)
        row(self._text, self._line, theme.SPACE_TIGHT, self.controls, inside=self, spacing=theme.SPACE_TIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.hide()

    def show_jobs(self, jobs: tuple[Job, ...]) -> None:
        """Show the first of these that run or wait."""
        if not jobs:
            self.hide()
            return
        first, *others = jobs
        words = first.words
        if others:
            words = f"{words} · {self.tr('%n more', '', len(others))}"
        self._text.setText(words)
        self._text.setAccessibleName(words)
        progress = first.batch.progress
        self._line.set_share(progress.done / max(1, progress.total))
        self._line.setVisible(self.window().width() >= _NARROW)
        self.controls.show_job(first)
        self.show()


class _Line(QWidget):
    """How far something is, as a thin line."""

    manner = DECORATION

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setFixedSize(_LINE)

    def set_share(self, share: float) -> None:
        """`share` of the whole, from 0 to 1."""
        if share != self._share:
            self._share = share
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the widget."""
        painter, palette = QPainter(self), self.palette()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        ground = theme.blend(
            palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window), 0.2
        )
        radius = _LINE.height() / 2
        for color, width in ((ground, float(self.width())), (theme.accent(palette), self.width() * self._share)):
            painter.setBrush(color)
            painter.drawRoundedRect(QRectF(0.0, 0.0, width, float(self.height())), radius, radius)
