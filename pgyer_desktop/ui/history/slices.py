"""Long work on the GUI's thread, in slices: between two of them the loop paints and listens."""

from __future__ import annotations

import asyncio
import time
from typing import Final

SLICE_SECONDS: Final = 0.006
"""How long one slice may hold the loop; less than half a frame."""


async def breathe(deadline: float) -> float:
    """Let the event loop run once if `deadline` (seconds of `time.perf_counter`) is over. Returns the next one."""
    if time.perf_counter() < deadline:
        return deadline
    await asyncio.sleep(0)
    return time.perf_counter() + SLICE_SECONDS
