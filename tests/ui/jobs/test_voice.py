"""What a screen reader is told of a queue: its steps, its pauses, and nothing twice."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from pgyer_desktop.core.cleanup.queue import Phase
from pgyer_desktop.ui.jobs.job import Job
from pgyer_desktop.ui.jobs.voice import JobVoice

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from pgyer_desktop.core.cleanup.queue import Batch
    from pgyer_desktop.ui.state.open import Open


def test_a_long_queue_is_told_by_its_quarters_and_by_what_it_waits_for(
    qapp: QApplication, english: None, heard: list[tuple[str, str]]
) -> None:
    progress = SimpleNamespace(done=0, total=200, seconds_left=None, next=50)
    batch = SimpleNamespace(phase=Phase.READY, progress=progress, waiting_until=None)
    job = Job(cast("Open", None), cast("Batch", batch))
    voice = JobVoice(QWidget())

    def go(phase: Phase, *, done: int) -> None:
        batch.phase, progress.done = phase, done
        voice.follow(job)

    go(Phase.READY, done=0)
    for done in range(120):
        go(Phase.RUNNING, done=done)
    go(Phase.PAUSING, done=119)
    go(Phase.PAUSED, done=120)
    go(Phase.RUNNING, done=120)
    go(Phase.BETWEEN, done=150)
    for done in range(150, 200):
        go(Phase.RUNNING, done=done)
    go(Phase.STOPPING, done=199)
    go(Phase.ENDED, done=200)
    job.over = True
    voice.follow(job)
    assert heard == [
        ("polite", "Deleting 0 of 200"),
        ("polite", "Deleting 50 of 200"),
        ("polite", "Deleting 100 of 200"),
        ("polite", "Paused at 119 of 200"),
        ("polite", "Deleting 120 of 200"),
        ("polite", "150 of 200 deleted"),
        ("polite", "Deleting 150 of 200"),
        ("polite", "Stopping after 199 of 200"),
    ]
