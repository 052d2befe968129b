"""A service with builds that come and go between any two replies, for tests of loading a whole history."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable

from pgyer_desktop.api.client import Client, Reply
from pgyer_desktop.api.errors import PgyerError
from pgyer_desktop.api.models import ApiKey, Build, BuildPage


class _NoTransport:
    host = "pgyer.test"

    async def post(self, path: str, form: object) -> Reply:
        raise AssertionError((path, form))


class ShiftingClient(Client):
    """`size` builds, twenty a page, newest first. `holes`: the share of numbers that are missing from the start."""

    def __init__(self, size: int, *, seed: int = 0, holes: float = 0.0, per_page: int = 20) -> None:
        super().__init__(_NoTransport(), ApiKey("never-sent"))
        self.dice = random.Random(seed)  # noqa: S311 - no secret is made of it
        self.per_page = per_page
        self.serials = [n for n in range(size, 0, -1) if self.dice.random() >= holes or n == size]
        self.next = size + 1
        self.always = set(self.serials)
        """Those that were there the whole time."""
        self.ever = set(self.serials)
        self.reads = 0
        self.asked: list[int] = []
        self.under_way = self.most_under_way = 0
        self.restless = 0.0
        """How likely something comes or goes before and after each reply."""
        self.quiet_after: int | None = None
        """After so many reads nothing moves any more."""
        self.fail: Callable[[int], PgyerError | None] = lambda _number: None
        self.numbered = True
        self.silent = range(0)
        """Pages that never come."""

    async def list_builds(self, app_key: str, page: int = 1) -> BuildPage:
        self.reads += 1
        self.asked.append(page)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            await asyncio.sleep(0)
            if page in self.silent:
                await asyncio.Event().wait()
            error = self.fail(page)
            if error is not None:
                raise error
            self.shift()
            start = (page - 1) * self.per_page
            rows = tuple(self.build(n) for n in self.serials[start : start + self.per_page])
            count = -(-len(self.serials) // self.per_page)
            self.shift()
            await asyncio.sleep(0)
        finally:
            self.under_way -= 1
        return BuildPage(page, count, rows)

    def build(self, serial: int) -> Build:
        """The build with this number."""
        return Build(f"key{serial}", version=f"1.{serial}", pgyer_build=serial if self.numbered else None, latest=False)

    def shift(self) -> None:
        """Perhaps something comes or goes."""
        moves = self.quiet_after is None or self.reads < self.quiet_after
        while moves and self.dice.random() < self.restless:
            if self.dice.random() < 0.5 and len(self.serials) > 3:
                self.delete(self.dice.randrange(len(self.serials)))
            else:
                self.upload()

    def upload(self) -> None:
        self.serials.insert(0, self.next)
        self.ever.add(self.next)
        self.next += 1

    def delete(self, place: int) -> None:
        self.always.discard(self.serials.pop(place))
