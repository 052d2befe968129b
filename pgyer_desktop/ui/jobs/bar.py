"""The queues of deletes in the window's foot: how far the first one is, how many more there are, and what can be done.

Shows what it is given. Away while nothing runs. Must not change anything.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from pgyer_desktop.core.base.words import translate
from pgyer_desktop.core.cleanup.queue import Phase
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.jobs.share_line import ShareLine
from pgyer_desktop.ui.widgets.buttons import push_button
from pgyer_desktop.ui.widgets.layout import row, stretch
from pgyer_desktop.ui.widgets.spoken.words import explain

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QMoveEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QPushButton

    from pgyer_desktop.ui.jobs.job import Job
    from pgyer_desktop.ui.state.open import Open

_LINE_WIDTH: Final = 96
_MS: Final = 1000


class JobControls(QWidget):
    """The buttons for one job: pause or go on, the next so many, stop.

    Signals:
        pause_requested: arg: whether to pause, else to go on.
        next_requested: as many again may be deleted.
        stop_requested: no further delete is to begin.
        rest_requested: what the job has left is to be deleted after all.
    """

    pause_requested = Signal(bool)
    next_requested = Signal()
    stop_requested = Signal()
    rest_requested = Signal()

    def __init__(self, prefix: str, parent: QWidget, *, flat: bool) -> None:
        """`prefix` begins the object names."""
        super().__init__(parent)
        self._paused = False
        self._flat = flat
        self.beside: QWidget | None = None
        """Has the keyboard where none of these can be pressed any more."""
        self._pause = self._button(f"{prefix}Pause", flat=flat)
        self._next = self._button(f"{prefix}Next", flat=flat)
        self._stop = self._button(f"{prefix}Stop", flat=flat)
        self._rest = self._button(f"{prefix}Rest", flat=flat)
        self._clicked_at = 0.0
        self._offer: object = None
        """What the buttons are about: another job, or another turn of it, puts others in their places."""
        self._clicked_on: object = None
        """That at the last click."""
        self._pause.clicked.connect(partial(self._hand_on, lambda: self.pause_requested.emit(not self._paused)))
        self._next.clicked.connect(partial(self._hand_on, self.next_requested.emit))
        self._stop.clicked.connect(partial(self._hand_on, self.stop_requested.emit))
        self._rest.clicked.connect(partial(self._hand_on, self.rest_requested.emit))
        row(self._pause, self._next, self._stop, self._rest, inside=self, spacing=0 if flat else theme.SPACE)

    def _button(self, name: str, *, flat: bool) -> QPushButton:
        button = push_button(name, "", self)
        button.setFlat(flat)
        return button

    def _hand_on(self, wanted: Callable[[], None]) -> None:
        """Do what was clicked; not by the second click of a double click, where the first has put another there."""
        now = time.monotonic()
        is_second = now - self._clicked_at < QApplication.doubleClickInterval() / _MS
        if is_second and self._clicked_on != self._offer:
            return
        self._clicked_at, self._clicked_on = now, self._offer
        wanted()

    def show_job(self, job: Job) -> None:
        """Offer what can be done with it now."""
        phase, between = job.batch.phase, job.batch.phase is Phase.BETWEEN
        self._offer = id(job), between, job.over
        focused = _focused_in(self)
        self._paused = phase in {Phase.PAUSED, Phase.PAUSING}
        self.setVisible(not job.over or bool(job.rest))
        for button, words in (
            (self._pause, self.tr("Go on") if self._paused else self.tr("Pause")),
            (self._next, self.tr("Delete the next %n", "", job.batch.progress.next)),
            (self._stop, self.tr("Stop")),
            (self._rest, self.tr("Delete the rest…")),
        ):
            button.setText(words)
            if self._flat:  # styles make even words without a frame as wide as a button of a dialog
                button.setFixedWidth(button.fontMetrics().horizontalAdvance(words) + 2 * theme.SPACE_GROUP)
            button.setAccessibleName(words)
            button.setEnabled(phase is not Phase.STOPPING)
        self._pause.setVisible(not between and not job.over)
        self._next.setVisible(between)
        self._stop.setVisible(not job.over)
        self._rest.setVisible(bool(job.rest))
        if focused is not None and (focused.isHidden() or not focused.isEnabled()):
            # What is hidden or disabled loses the keyboard to whatever comes next, which may be far away.
            left = (one for one in (self._pause, self._next) if one.isEnabled() and not one.isHidden())
            heir = next(left, self.beside)
            if heir is not None:
                heir.setFocus(Qt.FocusReason.OtherFocusReason)


class JobsBar(QWidget):
    """Text, a thin line and text buttons, at the right of a foot.

    Where the foot is narrow, what else stands in it is shortened first, then the line goes, then the text but for the
    app and how far it is, then the app, and at last the rest is cut.

    Signals:
        jobs_requested: all jobs are wanted.
        appeared: it shows now, or no longer. arg: which.
        left: it is away now, and had the keyboard.
    """

    jobs_requested = Signal()
    appeared = Signal(bool)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("jobsBar")
        self.setAccessibleName(self.tr("Jobs"))
        self._words = ""
        self._shorter: tuple[str, ...] = ()
        self._text = push_button("jobsText", "", self)
        self._text.setFlat(True)
        self._text.clicked.connect(self.jobs_requested)
        self._line = named("jobsLine", ShareLine(self))
        self._line.setFixedWidth(_LINE_WIDTH)
        self.controls = JobControls("jobs", self, flat=True)
        self.controls.beside = self._text
        self._divider = _Divider(self)
        parts = (self._text, self._line, theme.SPACE, self.controls, theme.SPACE_TIGHT, self._divider)
        row(*parts, theme.SPACE_TIGHT, inside=self, spacing=0)
        # Not in the middle of the layout that has moved it.
        self._fit_soon = QTimer(self, singleShot=True, interval=0)
        self._fit_soon.timeout.connect(self._fit)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.hide()

    def show_jobs(self, jobs: tuple[Job, ...], opened: Open | None = None) -> None:
        """Show the first of these that run or wait, and its app where another than that one is `opened`."""
        hidden = self.isHidden()
        if not jobs:
            had_focus = _focused_in(self) is not None
            self.hide()
            if not hidden:
                self.appeared.emit(False)
                if had_focus:
                    self.left.emit()
            return
        first, *others = jobs
        words = first.words
        how_far = words.partition(" · ")[0]
        self._shorter = (how_far,)
        if not first.opened.is_same_app(opened):  # else it seems to be about the builds above it
            told = translate("jobs", "{app}: {how}")
            words, with_app = (say(told.fill(app=first.opened.title, how=how)) for how in (words, how_far))
            self._shorter = (with_app, how_far)
        if others:
            words = f"{words} · {self.tr('%n more', '', len(others))}"
        self._words = words
        self._text.setAccessibleName(words)
        self._text.setAccessibleDescription(self.tr("Show jobs"))
        progress = first.batch.progress
        self._line.set_share(progress.done / max(1, progress.total))
        self.controls.show_job(first)
        if hidden:
            self.show()
            self.appeared.emit(True)
        self._fit()

    def set_divided(self, *, divided: bool) -> None:
        """Have a line at the end, where something else follows."""
        self._divider.setVisible(divided)

    def _fit(self) -> None:
        """Show as much as the foot has room for."""
        foot = self.parentWidget()
        if self.isHidden() or foot is None:
            return
        room, metrics, words = self._room(foot), self._text.fontMetrics(), self._words
        self._write(words)
        wanted = self._width_without_line()
        self._line.setVisible(wanted + _LINE_WIDTH <= room)
        if wanted > room:
            width = max(self._least(), metrics.horizontalAdvance(words) - (wanted - room))
            fits = (one for one in self._shorter if metrics.horizontalAdvance(one) <= width)
            shorter = next(fits, self._shorter[-1])
            self._write(metrics.elidedText(shorter, Qt.TextElideMode.ElideLeft, width))  # the figures stay

    def _width_without_line(self) -> int:
        return self.sizeHint().width() - (0 if self._line.isHidden() else _LINE_WIDTH)

    def _least(self) -> int:
        """The width of the fewest words that still say something."""
        return self._text.fontMetrics().horizontalAdvance("…") * 4

    def minimumSizeHint(self) -> QSize:
        """Return what has to show in the narrowest foot."""
        words = self._text.fontMetrics().horizontalAdvance(self._text.text())
        width = self._width_without_line() - max(0, words - self._least())
        return QSize(width, self.sizeHint().height())

    def _write(self, words: str) -> None:
        if words != self._text.text():
            self._text.setText(words)
        told = self.tr("Show jobs")
        explain(self._text, told if words == self._words else f"{self._words}\n{told}")

    def _room(self, foot: QWidget) -> int:
        """The width that is left where everything else in the foot is as narrow as it can be."""
        layout = foot.layout()
        if layout is None:
            return foot.width()
        items = (layout.itemAt(place) for place in range(layout.count()))
        others = sum(item.minimumSize().width() for item in items if item is not None and item.widget() is not self)
        margins = layout.contentsMargins()
        return foot.width() - others - margins.left() - margins.right()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Fit anew: at the right of a foot it moves where that has another width, or has another width itself."""
        super().moveEvent(event)
        self._fit_soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew."""
        super().resizeEvent(event)
        self._fit_soon.start()

    def changeEvent(self, event: QEvent) -> None:
        """Fit anew in another font or style."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit_soon.start()


class JobsStrip(QWidget):
    """A foot of its own for the bar, where no builds show that have one. Away while nothing runs."""

    def __init__(self, bar: JobsBar, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("jobsStrip")
        self._bar = bar
        self._has_it: bool | None = None
        edge = theme.SPACE_EDGE - theme.SPACE
        self._row = row(stretch(1), inside=self, spacing=0, margins=(edge, theme.SPACE_TIGHT, edge, theme.SPACE_TIGHT))
        self.hide()
        bar.appeared.connect(lambda _on: self._update())

    def take(self, put_elsewhere: Callable[[QWidget], None] | None) -> None:
        """Have the bar in here, or, where builds show, put it into their foot."""
        if self._has_it == (put_elsewhere is None):
            return
        self._has_it = put_elsewhere is None
        focused, shown = _focused_in(self._bar), not self._bar.isHidden()
        self._bar.set_divided(divided=not self._has_it)
        (put_elsewhere or self._row.addWidget)(self._bar)
        self._bar.setVisible(shown)  # at once: what gets another parent is hidden until the next turn of the loop
        self._update()
        if focused is not None:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def _update(self) -> None:
        self.setVisible(self._has_it is True and not self._bar.isHidden())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line above it."""
        super().paintEvent(event)
        QPainter(self).fillRect(0, 0, self.width(), 1, theme.hairline(self.palette()))


def _focused_in(widget: QWidget) -> QWidget | None:
    """What in `widget` has the keyboard, or has it once the window is active."""
    focused = widget.window().focusWidget()
    return focused if widget.isAncestorOf(focused) else None


class _Divider(QWidget):
    """The line between the bar and what follows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(1, theme.SPACE_EDGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the widget."""
        QPainter(self).fillRect(event.rect(), theme.hairline(self.palette()))
