"""Repeats a read that failed for a moment, with growing pauses, and says so. Never anything but a read.

Only what is likely to pass by itself within seconds is repeated: a connection that broke off or could not be made in
time, and a service that says that it is busy. Everything else is told at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from pgyer_desktop.api.errors import (
    ConnectionLostError,
    Delivery,
    HttpStatusError,
    PgyerError,
    TimeoutReachedError,
)

if TYPE_CHECKING:
    from tenacity import RetryCallState

ATTEMPTS = 3
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 8.0
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


async def patiently(
    read: Callable[[], Awaitable[_Result]],
    *,
    on_wait: Callable[[PgyerError, int], None] | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> _Result:
    """What `read` returns, at the latest at its third attempt.

    `on_wait` is told the error and the number of the attempt that comes next, before each pause. Raises the last
    error. May be cancelled at any time.
    """
    from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_random_exponential

    def told(state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome is not None else None
        if on_wait is not None and isinstance(error, PgyerError):
            on_wait(error, state.attempt_number + 1)

    async def attempt() -> _Result:
        return await read()  # the library awaits only what is written as a coroutine function

    retrying = AsyncRetrying(
        retry=retry_if_exception(may_pass),
        stop=stop_after_attempt(ATTEMPTS),
        # With jitter, so that many programs that met the same trouble do not come back all at once.
        wait=wait_random_exponential(multiplier=_FIRST_PAUSE_SECONDS, max=_LONGEST_PAUSE_SECONDS),
        before_sleep=told,
        sleep=sleep,
        reraise=True,
    )
    return await retrying(attempt)
