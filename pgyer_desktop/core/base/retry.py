"""Asks again, after a pause, what failed for a moment or does not show yet. Never anything but a read.

Only what is likely to pass by itself within seconds is repeated: a connection that broke off or could not be made in
time, and a service that says that it is busy. Everything else is told at once.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from pgyer_desktop.api.errors import ConnectionLostError, Delivery, HttpStatusError, PgyerError, TimeoutReachedError

ATTEMPTS = 3
_FIRST_PAUSE_SECONDS = 0.5
_BUSY = {429, 503}

_Result = TypeVar("_Result")


def may_pass(error: BaseException) -> bool:
    """Whether the same read may well succeed in a moment."""
    if isinstance(error, TimeoutReachedError):
        # An answer that was waited for in vain for half a minute has cost enough already.
        return error.delivery is Delivery.NOT_SENT
    if isinstance(error, HttpStatusError):
        return error.status in _BUSY
    return isinstance(error, ConnectionLostError)


async def again(
    read: Callable[[], Awaitable[_Result]],
    *,
    pauses: Sequence[float] | None = None,
    until: Callable[[_Result], bool] = lambda _result: True,
    on_wait: Callable[[PgyerError, int], None] = lambda _error, _attempt: None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> _Result:
    """Call `read`, and again after each of `pauses` (in seconds) while that may help. The last result or error counts.

    It is called again while the error is one that `may_pass`, or while `until` says no to the result. By default two
    pauses of random length, so that many programs that met the same trouble do not come back all at once. `on_wait` is
    told the error and the number of the attempt that comes next, before each pause. May be cancelled at any time.
    """
    if pauses is None:
        pauses = [random.uniform(0, _FIRST_PAUSE_SECONDS * 2**n) for n in range(ATTEMPTS - 1)]  # noqa: S311 - no secret
    for attempt, pause in enumerate(pauses, start=2):
        try:
            result = await read()
        except PgyerError as exc:
            if not may_pass(exc):
                raise
            on_wait(exc, attempt)
        else:
            if until(result):
                return result
        await sleep(pause)  # out here, where nothing holds the error and what hangs on it
    return await read()
