"""Has a screen reader say how a job goes: that it begins, each quarter of it, and that it pauses, waits or stops.

Not how it ended: that is told as a notice or a toast. Must not change anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pgyer_desktop.core.cleanup.queue import Phase
from pgyer_desktop.ui.widgets.spoken.announcement import announce

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.ui.jobs.job import Job

_STEPS: Final = 4
"""So many times it says how far a job is."""
_SAME: Final = {Phase.PAUSING: Phase.PAUSED, Phase.READY: Phase.RUNNING}
"""Each is no news beside the other."""


class JobVoice:
    """Speaks on behalf of `widget`."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._told: dict[Job, tuple[Phase, int]] = {}

    def follow(self, job: Job) -> None:
        """Say what is news of it."""
        batch = job.batch
        if job.over or batch.phase is Phase.ENDED:
            self._told.pop(job, None)
            return
        phase = _SAME.get(batch.phase, batch.phase)
        if phase is Phase.RUNNING and batch.progress.done == batch.progress.total:
            return  # how it ended is about to be told
        step = batch.progress.done * _STEPS // max(1, batch.progress.total)
        if self._told.get(job) != (phase, step):
            self._told[job] = phase, step
            announce(self._widget, job.words)
