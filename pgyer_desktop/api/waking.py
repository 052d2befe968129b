"""Notices that the machine has slept: its wall clock went on, the one that only counts did not.

A connection that was kept open before has often been forgotten by what stands in between: what is sent on it vanishes,
and no answer comes. Must not look at anything but the two clocks.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

JUMP_SECONDS: Final = 3.0
"""A network forgets no connection within this, and a clock that is corrected all the time moves by less."""


class WakeWatch:
    """Compares the two clocks each time it is asked.

    On Windows both go on during sleep; there a connection that was kept is simply too old afterwards.
    """

    def __init__(self, wall: Callable[[], float] = time.time, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._wall = wall
        self._monotonic = monotonic
        self._apart = self._now_apart()

    def woke(self) -> bool:
        """Whether the machine has slept, or its clock was set, since this was asked the last time."""
        before, self._apart = self._apart, self._now_apart()
        return abs(self._apart - before) > JUMP_SECONDS

    def _now_apart(self) -> float:
        return self._wall() - self._monotonic()
