"""A second look-alike of Pgyer, so that the program is not only tested against the one it ships.

The sandbox in `pgyer_desktop` was written beside the program, by the same people with the same understanding of the
service; a mistake in that understanding is in both, and no test would see it. This one was written from the description
of the service alone. It shares no code with the program or the sandbox, neither way, and a test keeps it so.

`python -m tests.lookalike` runs it by itself; `Lookalike` is a context manager for tests. What nobody knows about the
real service is a switch in `Behaviour`.
"""

from __future__ import annotations

from tests.lookalike.behaviour import Behaviour, BuildKeyField, Successor
from tests.lookalike.clock import Clock
from tests.lookalike.record import Request
from tests.lookalike.server import Lookalike
from tests.lookalike.stock import ANDROID, IOS, Account, App, Build
from tests.lookalike.world import World, furnished

__all__ = [
    "ANDROID",
    "IOS",
    "Account",
    "App",
    "Behaviour",
    "Build",
    "BuildKeyField",
    "Clock",
    "Lookalike",
    "Request",
    "Successor",
    "World",
    "furnished",
]
