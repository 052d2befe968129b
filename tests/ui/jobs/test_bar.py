"""The bar of the jobs stands in whatever foot there is, as wide as that allows, and loses nobody's keyboard."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from pgyer_desktop.core.cleanup.pace import Progress
from pgyer_desktop.core.cleanup.queue import Phase
from pgyer_desktop.ui.jobs.bar import JobsBar, JobsStrip

if TYPE_CHECKING:
    from pgyer_desktop.ui.jobs.job import Job


@dataclass
class _Batch:
    phase: Phase = Phase.RUNNING
    progress: Progress = field(default_factory=lambda: Progress(12, 37, 20.0, 25))


@dataclass
class _Open:
    """What the bar asks of where a job works."""

    title: str = "Lantern"
    here: bool = True

    def is_same_app(self, _other: object) -> bool:
        return self.here


@dataclass
class _Job:
    """What the bar asks of a job."""

    opened: _Open = field(default_factory=_Open)
    batch: _Batch = field(default_factory=_Batch)
    words: str = "Deleting 12 of 37 · 20 s left"
    over: bool = False
    rest: tuple[object, ...] = ()


def shown(*jobs: _Job) -> tuple[Job, ...]:
    return cast("tuple[Job, ...]", jobs)


@pytest.fixture
def foot(qapp: object) -> QWidget:
    """A foot with a status that can be shortened and a button behind the bar."""
    foot = QWidget()
    foot.setObjectName("foot")
    status = QLabel("20 builds on this page · as of 10:32", foot)
    status.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    layout = QHBoxLayout(foot)
    layout.setContentsMargins(8, 4, 8, 4)
    layout.setSpacing(0)
    layout.addWidget(status, 1)
    layout.addWidget(QPushButton("Activity", foot))
    return foot


def stand(foot: QWidget) -> JobsBar:
    bar = JobsBar(foot)
    layout = foot.layout()
    assert isinstance(layout, QHBoxLayout)
    layout.insertWidget(1, bar)
    return bar


def resize(foot: QWidget, width: int) -> None:
    foot.resize(width, 40)
    for _ in range(3):
        QCoreApplication.processEvents()


def test_narrow_it_first_loses_the_line_then_the_time_left_then_words_and_gets_all_back(foot: QWidget) -> None:
    bar = stand(foot)
    foot.resize(1000, 40)
    foot.show()
    bar.show_jobs(shown(_Job()))
    text, line = bar.findChild(QPushButton, "jobsText"), bar.findChild(QWidget, "jobsLine")
    assert text is not None
    assert line is not None
    whole = bar.sizeHint().width()
    activity = foot.findChildren(QPushButton)[0].sizeHint().width()
    assert (text.text(), line.isVisible()) == (_Job().words, True)
    resize(foot, whole + activity)
    assert (text.text(), line.isVisible()) == (_Job().words, False)
    without_line = whole - line.width() + activity + 16
    time_left = text.fontMetrics().horizontalAdvance(" · 20 s left")
    resize(foot, without_line - time_left // 2)
    assert text.text() == "Deleting 12 of 37"
    resize(foot, without_line - 2 * time_left)
    assert text.text().startswith("…")
    assert text.text().endswith("37")
    assert text.accessibleName() == _Job().words, "who hears it hears all of it"
    assert "20 s left" in text.toolTip()
    assert bar.sizeHint().width() + activity <= foot.width()
    resize(foot, 1000)
    assert (text.text(), line.isVisible()) == (_Job().words, True)
    bar.show_jobs(())
    assert not bar.isVisible()


def test_the_second_click_of_a_double_click_does_nothing_to_the_next_job(
    foot: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar = stand(foot)
    first, second = _Job(), _Job(words="Deleting 1 of 9")
    wanted: list[str] = []
    bar.controls.stop_requested.connect(lambda: wanted.append("stop"))
    bar.controls.pause_requested.connect(lambda _on: wanted.append("pause"))
    bar.controls.next_requested.connect(lambda: wanted.append("next"))
    foot.resize(1000, 40)
    foot.show()
    bar.show_jobs(shown(first, second))
    stop = bar.findChild(QPushButton, "jobsStop")
    assert stop is not None
    bar.controls.stop_requested.connect(lambda: bar.show_jobs(shown(second)))  # it waited, and ends at once
    stop.click()
    stop.click()
    assert wanted == ["stop"]
    monkeypatch.setattr("pgyer_desktop.ui.jobs.bar.time.monotonic", lambda: time.time() + 1e6)
    stop.click()
    assert wanted == ["stop", "stop"], "later it is meant"


def test_beside_another_app_it_names_its_own_until_there_is_no_room(foot: QWidget) -> None:
    bar, job = stand(foot), _Job(_Open(here=False))
    foot.resize(1000, 40)
    foot.show()
    bar.show_jobs(shown(job))
    text = bar.findChild(QPushButton, "jobsText")
    assert text is not None
    assert text.text() == text.accessibleName() == f"Lantern: {job.words}"
    seen = []
    for width in range(1000, 200, -10):
        resize(foot, width)
        if text.text() not in seen:
            seen.append(text.text())
    assert seen[:3] == [f"Lantern: {job.words}", "Lantern: Deleting 12 of 37", "Deleting 12 of 37"]
    assert "Lantern" in text.toolTip()
    job.opened.here = True
    resize(foot, 1000)
    bar.show_jobs(shown(job))
    assert text.text() == job.words


def test_where_no_builds_show_it_has_a_foot_of_its_own(foot: QWidget) -> None:
    window = QWidget()
    window.resize(800, 600)
    column = QHBoxLayout(window)
    bar = stand(foot)
    strip = JobsStrip(bar, window)
    column.addWidget(foot)
    column.addWidget(strip)
    window.show()
    strip.take(None)
    assert not strip.isVisible(), "nothing runs"
    bar.show_jobs(shown(_Job()))
    assert strip.isVisible()
    assert bar.isVisible()
    assert bar.parentWidget() is strip
    layout = foot.layout()
    assert layout is not None
    strip.take(layout.addWidget)
    assert not strip.isVisible()
    assert bar.isVisible()
    bar.show_jobs(())
    strip.take(None)
    assert not strip.isVisible()


def test_the_keyboard_stays_in_the_bar_while_its_buttons_come_and_go(foot: QWidget) -> None:
    bar, job = stand(foot), _Job()
    foot.resize(1000, 40)
    foot.show()
    foot.activateWindow()
    bar.show_jobs(shown(job))
    pause, following, stop, text = (
        cast("QPushButton", bar.findChild(QPushButton, name))
        for name in ("jobsPause", "jobsNext", "jobsStop", "jobsText")
    )
    pause.setFocus(Qt.FocusReason.TabFocusReason)
    job.batch.phase = Phase.BETWEEN
    bar.show_jobs(shown(job))
    assert foot.focusWidget() is following
    stop.setFocus(Qt.FocusReason.TabFocusReason)
    job.batch.phase = Phase.STOPPING
    bar.show_jobs(shown(job))
    assert foot.focusWidget() is text
    left: list[None] = []
    bar.left.connect(lambda: left.append(None))
    bar.show_jobs(())
    assert left == [None]
