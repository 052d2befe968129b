"""The event loop of the program: qasync's, mended for Python 3.14. Nothing else of ours makes a loop for Qt.

qasync 0.28 takes back that its loop is the running one, and only then has Qt process its events a last time. Python
3.14 refuses a task's step while the task's loop is not the running one: the step is lost, the task never ends, and
`asyncio.Runner` waits for ever for it when it closes (https://github.com/CabbageDevelopment/qasync/issues/176). It also
asks `asyncio.iscoroutinefunction` at every callback, which 3.14 warns about each time.

Both are mended here and nothing else; `tests/ui/base/test_event_loop.py` says when qasync does without.
"""

from __future__ import annotations

import asyncio
import inspect
from asyncio import _get_running_loop, _set_running_loop
from typing import TYPE_CHECKING, TypeVarTuple

from PySide6.QtCore import QCoreApplication, QTimerEvent
from qasync import QEventLoop, _SimpleTimer

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextvars import Context

_Ts = TypeVarTuple("_Ts")


class _Timer(_SimpleTimer):  # type: ignore[misc]  # qasync ships no types
    """Runs what is due with its loop as the running one, whoever has Qt process events."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._loop = loop

    def timerEvent(self, event: QTimerEvent) -> None:
        before = _get_running_loop()
        _set_running_loop(self._loop)
        try:
            super().timerEvent(event)
        finally:
            _set_running_loop(before)


class QtEventLoop(QEventLoop):  # type: ignore[misc]  # qasync ships no types
    """One loop for Qt and asyncio, for `asyncio.Runner`. All callbacks pass through its timer."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._timer = _Timer(self)  # nothing is due yet: a loop's start is what asks for callbacks first
        self._timer.set_debug(self.get_debug())

    def call_later(
        self, delay: float, callback: Callable[[*_Ts], object], *args: *_Ts, context: Context | None = None
    ) -> asyncio.Handle:
        """As qasync's, without what Python 3.14 warns about. `call_soon` and `call_at` come by here too."""
        if not callable(callback) or inspect.iscoroutinefunction(callback):  # type: ignore[redundant-expr]
            raise TypeError(f"a function is wanted that can be called, not {callback!r}")
        handle = asyncio.Handle(callback, args, self, context)
        self._timer.add_callback(handle, delay)
        return handle
