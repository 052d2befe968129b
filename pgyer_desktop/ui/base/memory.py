"""Has Python collect its garbage in the GUI thread only.

Python collects cycles in whichever thread happens to allocate, so a worker thread may destroy a QObject. Its timers
stay registered in the thread that it lived in, and Qt crashes when the next one is due (seen in
`QTimerInfoList::activateTimers`). PySide6 does not protect against that.

A collection holds the loop, the longer the more was allocated since the last one. So it comes often while much is going
on, such as while all builds are loaded, and seldom while nothing is.
"""

from __future__ import annotations

import gc
import time
from typing import Final

from PySide6.QtCore import QObject, QTimer

BUSY_MS: Final = 100
CALM_MS: Final = 1000
_FULL_SECONDS: Final = 30.0
"""Between two collections of everything, at least: they take longest, and Python puts them off too."""


class GuiThreadCollector(QObject):
    """Takes the place of the automatic collection while it lives. Make it in the GUI thread; end it with `stop()`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._full_at = time.monotonic()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start(CALM_MS)

    def stop(self) -> None:
        """Hand the work back to Python."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()

    @property
    def interval_ms(self) -> int:
        """Until it looks again: between `BUSY_MS` and `CALM_MS`."""
        return self._timer.interval()

    def _on_timeout(self) -> None:
        now = time.monotonic()
        generation = collect_if_due(oldest=2 if now - self._full_at >= _FULL_SECONDS else 1)
        if generation == 2:
            self._full_at = now
        self._timer.setInterval(min(self.interval_ms * 2, CALM_MS) if generation is None else BUSY_MS)


def collect_if_due(*, oldest: int = 2) -> int | None:
    """Collect the oldest generation whose threshold is reached, as Python would. Its number, or None."""
    for generation in range(oldest, -1, -1):
        threshold = gc.get_threshold()[generation]
        if threshold and gc.get_count()[generation] > threshold:
            gc.collect(generation)
            return generation
    return None
