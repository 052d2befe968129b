"""How far a batch of deletes has come, how long the rest is likely to take, and when it stops for a word of a person.

Only counts. Must not wait, ask or send.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_ENOUGH: Final = 3
"""Turns that must have ended before anything is said of the time that is left: the first opens connections."""
_RECENT: Final = 20
"""Turns that count: the network of a minute ago is another one."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch has come."""

    done: int
    """Builds that had their turn, however it ended."""
    total: int
    seconds_left: float | None
    """How long the rest is likely to take by itself, at the pace of the last turns; None where that is not known yet.

    Without what nobody can know: how long a person lets it wait, and whether the service will be busy.
    """
    next: int
    """So many are done at most until it stops for a word again, or ends."""


class Pace:
    """How long turns take, waits for a person and for a busy service left out, and how many are left until a stop."""

    def __init__(self, most: int | None, *, clock: Callable[[], float] = time.monotonic) -> None:
        """`most` is how many deletes may be sent before it stops; None: no limit."""
        if most is not None and most < 1:
            raise ValueError("a batch that may send nothing never ends")
        self.most = most
        self._clock = clock
        self._turns: deque[float] = deque(maxlen=_RECENT)
        self._since = clock()
        self._sent = 0

    @property
    def at_limit(self) -> bool:
        """Whether nothing more may be sent without a word."""
        return self.most is not None and self._sent >= self.most

    def restart(self) -> None:
        """Time goes from now on: what has gone by since the last turn was somebody's choice, or waiting."""
        self._since = self._clock()

    def allow(self) -> None:
        """Somebody has said that as many again may be sent."""
        self._sent = 0

    def note_sent(self) -> None:
        """A delete has left, whatever becomes of it."""
        self._sent += 1

    def note_turn(self) -> None:
        """A build has had its turn."""
        now = self._clock()
        self._turns.append(now - self._since)
        self._since = now

    def progress(self, done: int, total: int) -> Progress:
        """How far it is with `done` of `total`."""
        left = total - done
        seconds = None
        if len(self._turns) >= _ENOUGH or not left:
            seconds = left * sum(self._turns) / max(len(self._turns), 1)
        until_stop = left if self.most is None else min(left, self.most - (0 if self.at_limit else self._sent))
        return Progress(done, total, seconds, until_stop)
