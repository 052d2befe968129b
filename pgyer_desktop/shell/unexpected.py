"""Takes every error that nobody handled, wherever it was raised, into the log and to the window.

Part of the composition root. Must not show anything itself, and must not keep an error: only what was written about it.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import Shiboken

from pgyer_desktop.shell.error_report import report_of

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

_log = logging.getLogger(__name__)


class UnexpectedErrors(QObject):
    """Listens at every place where Python and asyncio report errors, while it is entered as a context.

    Make it in the GUI thread. PySide reports what a slot or an override of a virtual method raises to `sys.excepthook`,
    and goes on. `KeyboardInterrupt`, `SystemExit` and cancelled tasks are no errors and are left alone.

    Signals:
        told: an error came up, in whatever thread. args: its mark, which is the same when it comes again, and its
            details without secrets. Always from the loop, never from where it was raised.
    """

    told = Signal(str, str)
    _arrived = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._times: dict[str, int] = {}
        # Queued also within one thread: the error may have come up in the middle of painting.
        self._arrived.connect(self.told, Qt.ConnectionType.QueuedConnection)

    @property
    def count(self) -> int:
        """How many there have been."""
        return sum(self._times.values())

    def take(self, error: BaseException, what: str = "Unexpected error") -> None:
        """Log an error and tell of it. May be called in any thread."""
        report = report_of(error)
        times = self._times[report.mark] = self._times.get(report.mark, 0) + 1
        if times == 1:
            _log.error("%s", what, exc_info=(type(error), error, error.__traceback__))
        elif str(times).strip("0") == "1":  # every tenth, hundredth …: what fails at each paint must not fill the log
            _log.error("%s, %s times now: %s", what, times, type(error).__name__)
        if Shiboken.isValid(self):
            self._arrived.emit(report.mark, report.details)

    def on_loop_error(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Take what a task or a callback of the loop raised: a loop's exception handler."""
        del loop
        error = context.get("exception")
        message = str(context.get("message") or "Unexpected error")
        if not isinstance(error, BaseException):
            _log.error("%s", message)
        elif isinstance(error, ConnectionError):
            # Ours are translated at the edge. What reaches the loop is from the end of a connection nobody waits for.
            _log.info("%s: %s", message, type(error).__name__)
        elif _is_error(error):
            self.take(error, message)

    def __enter__(self) -> Self:
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if kind is not None and error is not None and _is_error(error):
            # It ends the program and is about to be reported: into the log, and without secrets.
            return
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before

    def _on_exception(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or not _is_error(error):
            before = self._before[0]
            before(kind, error if error is not None else kind(), trace)
            return
        self.take(error if error.__traceback__ is not None else error.with_traceback(trace))

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        error = args.exc_value
        if error is not None and _is_error(error):
            self.take(error, f"Unexpected error in the thread {args.thread.name if args.thread else '?'}")

    def _on_unraisable(self, args: sys.UnraisableHookArgs) -> None:
        error = args.exc_value
        if error is not None and _is_error(error):
            self.take(error, args.err_msg or "Unexpected error where none can be raised")


def _is_error(error: BaseException) -> bool:
    return not isinstance(error, KeyboardInterrupt | SystemExit | asyncio.CancelledError | GeneratorExit)
