"""Has Python collect its garbage in the GUI thread only.

Python collects cycles in whichever thread happens to allocate, so a worker thread may destroy a QObject. Its timers
stay registered in the thread that it lived in, and Qt crashes when the next one is due (seen in
`QTimerInfoList::activateTimers`). PySide6 does not protect against that.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS: Final = 2000


class GuiThreadCollector(QObject):
    """Takes the place of the automatic collection while it lives. Make it in the GUI thread; end it with `stop()`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(collect_if_due)
        self._timer.start()

    def stop(self) -> None:
        """Hand the work back to Python."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()


def collect_if_due() -> int | None:
    """Collect the oldest generation whose threshold is reached, as Python would. Its number, or None."""
    for generation in (2, 1, 0):
        threshold = gc.get_threshold()[generation]
        if threshold and gc.get_count()[generation] > threshold:
            gc.collect(generation)
            return generation
    return None
