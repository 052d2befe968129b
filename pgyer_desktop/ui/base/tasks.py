"""The only place that starts tasks: a scope per window, panel or dialog, its tasks kept under keys.

Reads of one key replace each other, so that an old page never overwrites a new one; writes of one key are started once,
so that a double click deletes once, and are never cancelled half-way. Must not know what a task does, and must not turn
an error into words: what the scope was told to expect is handed on, everything else reaches the loop's handler.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject
from shiboken6 import Shiboken

from pgyer_desktop.api import PgyerError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

T = TypeVar("T")


async def close_all(*parts: Callable[[], Awaitable[object]]) -> None:
    """Close parts one after the other, each of them whatever becomes of the others.

    What one raises reaches the loop's handler, as what a task raises does.
    """
    for part in parts:
        try:
            await part()
        except Exception as error:  # noqa: BLE001 - the next part has to be closed whatever it is
            what = getattr(part, "__qualname__", repr(part))
            asyncio.get_running_loop().call_exception_handler(
                {"message": f"A part could not be closed in order: {what}", "exception": error}
            )


class Policy(Enum):
    """What starting a task does while one of the same key runs."""

    LATEST_WINS = "latest wins"
    """Cancel the running one; its result is never delivered. For reads."""
    DROP_IF_RUNNING = "drop if running"
    """Do nothing. For writes, which the scope never cancels."""


@dataclass(eq=False, slots=True)
class _Running:
    """One task and its place in the scope."""

    key: str
    policy: Policy
    task: asyncio.Task[None] | None = None


class TaskScope(QObject):
    """Owns the tasks of one window, panel or dialog.

    Args:
        parent: the window, panel or dialog.
        expected: the errors that `on_error` is handed; everything else is a bug and goes to the loop's handler.
        on_error: what is done with them by tasks that have nothing of their own to do with them. None: as with bugs.

    """

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        expected: tuple[type[Exception], ...] = (PgyerError,),
        on_error: Callable[[Any], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._expected = expected
        self._on_error = on_error
        self._current: dict[str, _Running] = {}
        self._alive: set[_Running] = set()  # asyncio itself keeps only weak references
        self._closed = False

    def start(
        self,
        key: str,
        make: Callable[[], Coroutine[Any, Any, T]],
        *,
        policy: Policy = Policy.LATEST_WINS,
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[Any], None] | None = None,
        on_end: Callable[[], None] | None = None,
    ) -> bool:
        """Run what `make` makes. Needs a running loop; `make` is called in the loop's next turn, not here.

        `on_end` is called first and whatever happened: also after an error that nobody expected, and when cancelled.
        `on_done` gets its result, `on_error` one of the scope's expected errors, both when the key is free again, so
        they may start the next task. Without `on_error` it is the scope's own that gets it.

        Returns whether it was started: not after `aclose()`, nor while a write of this key runs, nor, for
        `DROP_IF_RUNNING`, while anything of this key runs.
        """
        if self._closed:
            return False
        loop = asyncio.get_running_loop()
        before = self._current.get(key)
        if before is not None:
            if Policy.DROP_IF_RUNNING in {policy, before.policy}:
                return False
            self._drop(before)
        running = _Running(key, policy)
        self._current[key] = running
        self._alive.add(running)
        running.task = loop.create_task(self._run(running, make, on_done, on_error, on_end), name=key)
        running.task.add_done_callback(lambda task: self._on_finished(running, task))
        return True

    def is_running(self, key: str) -> bool:
        """Whether the last task of this key is still under way."""
        return key in self._current

    def cancel(self, key: str) -> None:
        """Cancel the read of this key; nothing of it is delivered. A write goes on."""
        running = self._current.get(key)
        if running is not None and running.policy is Policy.LATEST_WINS:
            self._drop(running)

    def cancel_all(self) -> None:
        """Cancel every read."""
        for key in tuple(self._current):
            self.cancel(key)

    async def aclose(self, *, seconds: float | None = None) -> None:
        """Start nothing more, cancel the reads and wait for the writes to come to their end. May be called again.

        `seconds`: after so many a write is left to itself; None waits as long as it takes.
        """
        self._closed = True
        self.cancel_all()
        own = asyncio.current_task()
        waiting = [task for task in (running.task for running in self._alive) if task is not None and task is not own]
        if waiting:
            # `wait` leaves the tasks alone where this very wait is cancelled.
            await asyncio.wait(waiting, timeout=seconds)

    async def abandon(self) -> None:
        """Cancel even the writes, and wait until they have taken note of it. Only at the end of the program."""
        await self.aclose(seconds=0.0)
        left = [task for task in (running.task for running in self._alive) if task is not None]
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left)

    def _drop(self, running: _Running) -> None:
        del self._current[running.key]
        if running.task is not None:
            running.task.cancel()

    async def _run(
        self,
        running: _Running,
        make: Callable[[], Coroutine[Any, Any, T]],
        on_done: Callable[[T], None] | None,
        on_error: Callable[[Any], None] | None,
        on_end: Callable[[], None] | None,
    ) -> None:
        try:
            try:
                result = await make()
            finally:
                if on_end is not None:
                    on_end()
        except self._expected as error:
            if not self._is_wanted(running):
                return
            handle = on_error or self._on_error
            if handle is None:
                raise
            handle(error)
        else:
            if self._is_wanted(running) and on_done is not None:
                on_done(result)

    def _is_wanted(self, running: _Running) -> bool:
        """Whether the result is delivered: not if another task replaced it or the window is gone. Frees the key."""
        if self._current.get(running.key) is not running:
            return False
        del self._current[running.key]
        return bool(Shiboken.isValid(self))

    def _on_finished(self, running: _Running, task: asyncio.Task[None]) -> None:
        self._alive.discard(running)
        if self._current.get(running.key) is running:
            del self._current[running.key]
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            task.get_loop().call_exception_handler(
                {"message": f"The task {running.key!r} failed unexpectedly", "exception": error, "task": task}
            )
