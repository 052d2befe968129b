"""Reads an app's builds page by page and finds out which is latest, without ever guessing.

Latest comes from the rows' own flag; where the rows lack it, from `check`. It is never inferred from numbers or order.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from pgyer_desktop.api import Build, PgyerError
from pgyer_desktop.api.errors import MalformedReplyError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pgyer_desktop.api import BuildPage, Client, UpdateCheck

AHEAD_LIFETIME = timedelta(seconds=60)
"""A page read ahead is shown at once if it is younger than this, and read again if it is older."""

_STEPS_BACK = 3


class LatestSource(Enum):
    """Where the knowledge of what is latest comes from."""

    ROWS = "rows"
    CHECK = "check"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Latest:
    """Which builds the service calls latest: on this page for `ROWS`, of the whole app for `CHECK`."""

    source: LatestSource
    keys: frozenset[str] = frozenset()
    offered: UpdateCheck | None = None
    error: PgyerError | None = None
    """Why it is unknown."""


@dataclass(frozen=True, slots=True)
class PageView:
    """A page as it was read at `as_of` (UTC)."""

    app_key: str
    number: int
    page_count: int
    builds: tuple[Build, ...]
    latest: Latest
    as_of: datetime
    unreadable: int = 0
    holes: tuple[int, ...] = ()
    """As in `BuildPage`."""
    stored: bool = False
    """Whether it comes from the history on this computer, as it was then, and not from the service."""
    counted: int | None = None
    """How many pages there are by the service's own count; None where it did not say. `page_count` is never None."""
    read_at: float = field(default=-math.inf, compare=False)
    """When the service had answered, by `time.monotonic`, which nobody sets."""

    def is_younger(self, seconds: float) -> bool:
        """Whether the service has answered with it less than so long ago."""
        return time.monotonic() - self.read_at < seconds

    def build(self, build_key: str) -> Build | None:
        """The row with this key."""
        return next((b for b in self.builds if b.build_key == build_key), None)


class BuildReader:
    """Reads pages for one account, keeps the page read ahead, and remembers what was last seen as latest."""

    def __init__(self, client: Client, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._client = client
        self._now = now
        self._ahead: dict[tuple[str, int], PageView] = {}
        self._latest_seen: dict[str, Build] = {}

    async def read(self, app_key: str, number: int) -> PageView:
        """Page `number` (from 1) as the service has it now; where it is past the end, the last page that has rows.

        Raises `PgyerError` where the page cannot be read, also where a reply tells neither of builds nor of pages, and
        another one that the page is there. Not finding out what is latest is no error: the view says so.
        """
        page = await self._client.list_builds(app_key, number)
        tells_nothing = not page.builds and page.page_count is None
        for _ in range(_STEPS_BACK):
            if page.builds or page.number <= 1:
                break
            page = await self._client.list_builds(app_key, _step_back(page))
        else:
            if not page.builds and page.number > 1:
                page = await self._client.list_builds(app_key, 1)
        if tells_nothing and (page.page_count or 0) >= number:
            raise MalformedReplyError("Pgyer", 200, "no list in the reply")
        read_at = time.monotonic()
        latest = await self._latest(app_key, page)
        count = _page_count(page)
        view = PageView(
            app_key,
            page.number,
            count,
            page.builds,
            latest,
            self._now(),
            page.unreadable,
            page.holes,
            counted=page.page_count,
            read_at=read_at,
        )
        self._ahead.pop((app_key, view.number), None)
        self._remember_latest(view)
        return view

    def read_ahead(self, app_key: str, number: int) -> PageView | None:
        """The page if `prefetch` has read it lately. Each is handed out once."""
        view = self._ahead.pop((app_key, number), None)
        # A clock that was set back meanwhile would keep it for ever.
        return view if view is not None and timedelta() <= self._now() - view.as_of < AHEAD_LIFETIME else None

    async def prefetch(self, app_key: str, number: int) -> None:
        """Read page `number` so that `read_ahead` has it. Raises `PgyerError`, which the caller may ignore."""
        view = await self.read(app_key, number)
        self._ahead[app_key, view.number] = view

    def forget_ahead(self) -> None:
        """Drop what was read ahead, because a write or a reload made it old."""
        self._ahead.clear()

    def forget_latest(self, app_key: str) -> None:
        """Drop what was last seen as latest, because a write may have changed it."""
        self._latest_seen.pop(app_key, None)

    def latest_seen(self, app_key: str) -> Build | None:
        """The row that was last seen flagged as the only latest of the app."""
        return self._latest_seen.get(app_key)

    async def find_latest(self, app_key: str) -> UpdateCheck:
        """Ask the service which build of the app is offered to clients. Raises `PgyerError`."""
        return await self._client.check_update(app_key)

    async def _latest(self, app_key: str, page: BuildPage) -> Latest:
        if any(build.latest is not None for build in page.builds):
            return Latest(LatestSource.ROWS, frozenset(b.build_key for b in page.builds if b.latest))
        if not page.builds:
            return Latest(LatestSource.ROWS)
        try:
            offered = await self.find_latest(app_key)
        except PgyerError as exc:
            return Latest(LatestSource.UNKNOWN, error=exc)
        if not offered.build_key:
            return Latest(LatestSource.UNKNOWN)
        return Latest(LatestSource.CHECK, frozenset({offered.build_key}), offered)

    def _remember_latest(self, view: PageView) -> None:
        marked = [b for b in view.builds if b.build_key in view.latest.keys]
        seen = self._latest_seen.get(view.app_key)
        if len(marked) == 1:
            self._latest_seen[view.app_key] = marked[0]
        elif seen is not None and view.build(seen.build_key) is not None:
            del self._latest_seen[view.app_key]


def _step_back(page: BuildPage) -> int:
    """Where to look after page `page.number` turned out to be past the end."""
    if page.page_count is not None and 1 <= page.page_count < page.number:
        return page.page_count
    return page.number - 1


def _page_count(page: BuildPage) -> int:
    """The service's count, corrected by what was seen: a page with rows exists, whatever the count says."""
    return max(page.page_count or 0, page.number, 1)


def described_by(offered: UpdateCheck) -> Build | None:
    """The build that an answer of `check` is about, as far as the answer describes it; None where it names none."""
    if not offered.build_key:
        return None
    return Build(
        build_key=offered.build_key,
        name=offered.name,
        version=offered.version,
        build_number=offered.build_number,
        pgyer_build=offered.pgyer_build,
        size=offered.size,
        icon=offered.icon,
        notes=offered.notes,
    )
