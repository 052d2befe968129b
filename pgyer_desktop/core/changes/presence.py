"""Whether a build is still there, by evidence: what the service lists counts, and what it leaves out only with care.

A description (`view`) shows that a build is there and never that it is gone: of one that is gone the service may
describe another. It is gone where the list holds a newer and an older neighbour of it, it is not between them, and
nothing moved meanwhile. Only reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pgyer_desktop.api.errors import KeyRejectedError, PgyerError, RateLimitedError
from pgyer_desktop.core.builds.order import Side, side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pgyer_desktop.api import Build, BuildPage, Client
    from pgyer_desktop.core.builds.pages import PageView

_ATTEMPTS: Final = 2
"""How often the list is gone through where it moves meanwhile."""
_MOST_PAGES: Final = 40
"""Of one time through: bisection needs twenty for a million of them."""


async def is_there(client: Client, app_key: str, build: Build, *, page: PageView | None = None) -> bool | None:
    """Whether the service has the build now; None where nothing that was read tells. Raises `PgyerError`.

    `page` is one that was read just now, where to look first.
    """
    if page is not None and page.build(build.build_key) is not None:
        return True
    if await is_described(client, app_key, build):
        return True
    return await Listed(client, app_key, build).find(page)


async def is_described(client: Client, app_key: str, build: Build) -> bool:
    """Whether the service describes this very build, which is there then; that it does not says nothing.

    Raises `PgyerError` only where everything else that is asked now would fail as well.
    """
    try:
        await client.view_build(app_key, build.build_key)
    except (RateLimitedError, KeyRejectedError):
        raise
    except PgyerError:
        return False
    return True


@dataclass(slots=True)
class _Span:
    """The pages between which a build must be."""

    newer: int = 0
    """The last page that is known to be newer than the build; 0: none is."""
    older: int = 0
    """The first page that is known to be older; 0: none is."""

    def narrowed(self, page: PageView | BuildPage, at: Side) -> int | None:
        """Which page to read after `page`; None: there is none between the two."""
        first = not self.newer and not self.older
        if at is Side.ABOVE:
            self.older = page.number
        else:
            self.newer = page.number
        if self.newer and self.older and self.older <= self.newer + 1:
            return None
        if first:  # mostly it is on the neighbouring page
            return self.newer + 1 if self.newer else self.older - 1
        if self.older:
            return (self.newer + self.older) // 2
        return max(self.newer + 1, (self.newer + max(page.page_count or 0, 1) + 1) // 2)


class Listed:
    """Looks for one build in the service's list."""

    def __init__(self, client: Client, app_key: str, build: Build) -> None:
        self._client = client
        self._app_key = app_key
        self._build = build
        self._neighbour: Build | None = None
        self._found = False
        self._counted = 0
        """How many pages there are at least, by what the pages say that were read since the list was begun."""

    async def find(self, page: PageView | None = None) -> bool | None:
        """Whether it is there; None where that is not certain. Raises `PgyerError`."""
        there: bool | None = None
        # A view without rows does not tell whether the service said so, or said nothing.
        start: PageView | BuildPage | None = page if page is not None and page.builds else None
        for _ in range(_ATTEMPTS):
            there = await self._by_pages(start or await self._page(1))
            if there is not None:
                break
            start = None
        if there is None:
            there = await self._by_key()
        return there

    async def _page(self, number: int) -> BuildPage:
        page = await self._client.list_builds(self._app_key, number)
        self._holds(page.builds)
        self._counted = max(self._counted, page.page_count or 0)
        return page

    def _holds(self, rows: Sequence[Build]) -> bool:
        """Whether these rows hold the build; else one of them is kept, to compare with."""
        if any(row.build_key == self._build.build_key for row in rows):
            self._found = True
        elif rows:
            self._neighbour = rows[len(rows) // 2]
        return self._found

    async def _by_pages(self, start: PageView | BuildPage) -> bool | None:
        """Go where the build must be, halving what is left."""
        page: PageView | BuildPage = start
        self._counted = page.page_count or 0
        span = _Span()
        for _ in range(_MOST_PAGES):
            if self._found or self._holds(page.builds):
                return True
            at = self._side(page)
            if at in {Side.AMONG, Side.UNKNOWN}:
                return False if at is Side.AMONG else None
            number = span.narrowed(page, at)
            if number is None:
                return await self._between(span.newer) if span.newer + 1 == span.older else None
            page = await self._page(number)
        return None

    def _side(self, page: PageView | BuildPage) -> Side:
        """Where the build must be, seen from a page without it; the ends of the list are neighbours, too."""
        if page.unreadable:
            return Side.UNKNOWN  # it may be the row that cannot be read
        if not page.builds and page.number > 1:
            return Side.ABOVE if page.number > self._counted else Side.UNKNOWN
        if not page.builds:
            return Side.AMONG if page.page_count is not None else Side.UNKNOWN
        at = side(self._build, page.builds)
        return Side.AMONG if at is Side.ABOVE and page.number == 1 else at

    async def _between(self, upper: int) -> bool | None:
        """Whether it stands where one page ends and the next begins; None where something moved meanwhile.

        Uploads change the first page, and what is deleted above changes the upper one.
        """
        numbers = [upper, upper + 1, upper] if upper == 1 else [1, upper, upper + 1, upper, 1]
        pages = [await self._page(number) for number in numbers]
        if self._found:
            return True
        keys = [[row.build_key for row in page.builds] for page in pages]
        if keys != keys[::-1] or any(page.unreadable for page in pages):
            return None
        middle = len(pages) // 2
        around = self._side(pages[middle - 1]), self._side(pages[middle])
        return False if around == (Side.BELOW, Side.ABOVE) else None

    async def _by_key(self) -> bool | None:
        """Ask for this build alone. What is left out tells only where the same question finds a neighbour alone.

        The same answer to both tells nothing: the question may not matter to the service, and its list be short.
        """
        own = await self._client.list_build(self._app_key, self._build.build_key)
        if self._holds(own.builds):
            return True
        neighbour = self._neighbour
        if neighbour is None or own.unreadable:
            return None
        other = await self._client.list_build(self._app_key, neighbour.build_key)
        only = [neighbour.build_key]
        alike = [row.build_key for row in own.builds] == only
        return False if [row.build_key for row in other.builds] == only and not other.unreadable and not alike else None
