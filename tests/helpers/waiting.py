"""Waiting for something to become true, in async tests."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable


async def until(true: Callable[[], bool], *, seconds: float = 20.0) -> None:
    """Let the loop run until `true()` holds. Fails, naming the place in the test, after `seconds`."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            __tracebackhide__ = True
            raise AssertionError(f"it did not become true within {seconds} s")
        await asyncio.sleep(0.01)
