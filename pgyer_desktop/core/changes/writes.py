"""Set latest, clear latest and delete: send once, read again, and say what the service shows.

Never repeats a request, whatever answers it. A lost reply is settled by reading, not by sending again. What was
accepted and does not show yet is read again for some seconds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from pgyer_desktop.api.errors import Delivery, PgyerError
from pgyer_desktop.core.activity.outcome import Write, WriteResult, judged
from pgyer_desktop.core.base.retry import again
from pgyer_desktop.core.builds.order import Side, side
from pgyer_desktop.core.builds.pages import LatestSource, described_by
from pgyer_desktop.core.changes.presence import is_described, is_there
from pgyer_desktop.core.changes.recheck import is_latest

if TYPE_CHECKING:
    from pgyer_desktop.api import Build, Client
    from pgyer_desktop.core.builds.pages import BuildReader, PageView


PAUSES_SECONDS: Final = (1.0, 2.0, 4.0)
"""Before each further read of what was accepted and does not show yet; after the last one it is contradicted."""

_Seen: TypeAlias = "tuple[PageView | None, PgyerError | None, bool | None]"
"""The page as it is, why it could not be read, and whether the change shows."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one build, and what it takes to make it."""

    write: Write
    client: Client
    reader: BuildReader
    app_key: str
    build: Build
    page: int
    """The page on screen, which is read again."""
    on_unseen: Callable[[], None]
    """Called when the change was accepted and does not show yet: it is read again."""

    async def make(self) -> WriteResult:
        """Send it, and read. Raises nothing of the service's: how it ended is in the result."""
        error = await self._send()
        self.reader.forget_ahead()
        if error is None or error.delivery is Delivery.UNKNOWN:  # else nothing should have been changed
            self.reader.forget_latest(self.app_key)
        after, read_error, shows = await self._look_until_it_shows(error)
        outcome = judged(self.write, error, seen=shows)
        latest = _only_latest(after, self.reader, self.app_key)
        return WriteResult(self.write, self.build, outcome, error, read_error, after, latest)

    async def _send(self) -> PgyerError | None:
        send = {
            Write.SET_LATEST: self.client.set_latest,
            Write.CLEAR_LATEST: self.client.clear_latest,
            Write.DELETE: self.client.delete_build,
        }[self.write]
        try:
            await send(self.build.build_key)
        except PgyerError as exc:
            return exc
        return None

    async def _look_until_it_shows(self, error: PgyerError | None) -> _Seen:
        """Look, and where the change was accepted and does not show, look again until it does or the time is over."""

        async def look() -> _Seen:
            try:
                after = await again(lambda: self.reader.read(self.app_key, self.page))
            except PgyerError as exc:
                return None, exc, None
            if self.write is Write.DELETE:
                return after, *await self._is_gone(after, error)
            marked, read_error = await _is_latest(self.client, after, self.app_key, self.build)
            return after, read_error, marked if self.write is Write.SET_LATEST or marked is None else not marked

        async def sleep(seconds: float) -> None:
            self.on_unseen()
            await asyncio.sleep(seconds)

        def settled(seen: _Seen) -> bool:
            return error is not None or seen[2] is not False

        return await again(look, pauses=PAUSES_SECONDS, until=settled, sleep=sleep)

    async def _is_gone(self, after: PageView, error: PgyerError | None) -> tuple[PgyerError | None, bool | None]:
        if after.build(self.build.build_key) is not None:
            return None, False
        if error is not None and error.delivery is Delivery.NOT_SENT:
            return None, True
        # Not on this page may only mean that it has moved to another.
        try:
            if error is None and _settles(after, self.build):
                return None, True
            if error is None:  # reply and page agree, unless this very build is described all the same
                return None, not await is_described(self.client, self.app_key, self.build)
            there = await is_there(self.client, self.app_key, self.build, page=after)
        except PgyerError as exc:
            return (None, True) if error is None else (exc, None)
        return None, None if there is None else not there


def _settles(page: PageView, build: Build) -> bool:
    """Whether a page without a build shows that it is gone: it would have to stand here, among these rows.

    Or under them, where the service itself counts no page behind this one.
    """
    if page.unreadable or not page.builds:
        return False
    at = side(build, page.builds)
    above, below = at is Side.ABOVE and page.number == 1, at is Side.BELOW and page.number == page.counted
    return at is Side.AMONG or above or below


async def _is_latest(
    client: Client, after: PageView, app_key: str, build: Build
) -> tuple[bool | None, PgyerError | None]:
    """Whether the service now calls `build` latest; None where it does not say."""
    if build.build_key in after.latest.keys:
        return True, None
    if after.latest.source is LatestSource.CHECK:
        return False, None
    row = after.build(build.build_key)
    if row is not None and row.latest is not None:
        return row.latest, None
    # Neither this row's flag nor `check` has said so yet: uploads may have moved the row to another page.
    try:
        return await is_latest(client, app_key, build), None
    except PgyerError as exc:
        return None, exc


def _only_latest(after: PageView | None, reader: BuildReader, app_key: str) -> Build | None:
    if after is None:
        return None
    marked = [row for row in after.builds if row.build_key in after.latest.keys]
    if marked:
        return marked[0] if len(marked) == 1 else None
    if after.latest.offered is not None:
        return described_by(after.latest.offered)
    return reader.latest_seen(app_key)
