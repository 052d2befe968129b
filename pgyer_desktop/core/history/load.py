"""Reads all builds of an app into its history, politely, and knows whether it has them all.

Pages shift while they are read: an upload pushes every row down, a delete pulls those below it up, and a row at the end
of a page can slip through between two reads. So the end of each page and the beginning of the next count as neighbours
only where that is certain, for one of these reasons:

- one reply shows both;
- the service's own count of uploads goes on without a gap (the store sees to these two);
- both were read while nothing moved: the first page and the last were the same before and after, and as many rows were
  read as there are;
- both were read again one after the other, and neither of them, nor the first page, had changed.

Only what is not certain after a pass is read again. The store is the only state: a load that was stopped, killed or cut
off goes on where it was. Must not decide what is latest, and never writes to the service.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pgyer_desktop.api.errors import PgyerError, RateLimitedError
from pgyer_desktop.core.base.retry import again
from pgyer_desktop.core.history.app_history import USUAL_PAGE, places
from pgyer_desktop.core.history.store import HistoryError

if TYPE_CHECKING:
    from pgyer_desktop.api import BuildPage, Client
    from pgyer_desktop.core.history.app_history import AppHistory, Coverage, Gap

AT_ONCE: Final = 6
"""Requests under way at the same time: several, so that it is quick, and few, so that nobody is in the way."""
_ROUNDS: Final = 60
"""Of repairs, at most; each closes gaps unless everything moves all the time."""
_FRUITLESS: Final = 12
"""Rounds in a row that may close nothing."""
_READERS_A_SLOT: Final = 4
"""Tasks for each request at once: while some wait for their page to be in the file, the others ask for more."""
_PAUSE_SECONDS: Final = 1.0
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load is, in pages of the service as it counts them."""

    pages_read: int = 0
    """As far as known those that were read earlier are among them."""
    page_count: int | None = None
    failed: tuple[int, ...] = ()
    """Pages that could not be read, in order. They are gaps, and the next load reads them."""
    waiting_until: datetime | None = None
    """Until when nothing is asked because the service wants it so; None: it is not waiting."""
    error: PgyerError | None = None
    """Why the last of `failed` could not be read."""


@dataclass(frozen=True, slots=True)
class _Read:
    """One page, and when it was asked for."""

    page: BuildPage
    when: datetime

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(build.build_key for build in self.page.builds)

    @property
    def places(self) -> tuple[float, ...]:
        return tuple(places(self.page))

    @property
    def is_numbered(self) -> bool:
        return all(build.pgyer_build is not None for build in self.page.builds)

    @property
    def is_open_below(self) -> bool:
        """Whether a row that could not be read comes behind the last that could."""
        return len(self.page.builds) in self.page.holes

    def same_as(self, other: _Read) -> bool:
        """Whether the same rows came at both times."""
        return self.keys == other.keys and self.page.page_count == other.page.page_count


class HistoryLoader:
    """Loads one app of one account. One at a time for an app."""

    def __init__(
        self,
        client: Client,
        history: AppHistory,
        *,
        at_once: int = AT_ONCE,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._client, self._history = client, history
        self._at_once = at_once
        self._slots = asyncio.Semaphore(at_once)
        self._now = now
        self._progress = Progress()
        self._told: Callable[[Progress], None] = lambda _progress: None
        self._waiting: list[_Read] = []
        self._writing = asyncio.Lock()
        self._broken: HistoryError | None = None
        self._refused: RateLimitedError | None = None
        self._resume = 0.0
        self._there = -1
        """How many builds there were in the last pass during which nothing moved."""

    async def run(self, on_progress: Callable[[Progress], None]) -> Coverage:
        """Refresh a history that is complete, and load one that is not. Raises as `load` does."""
        known = await self._coverage()
        return await (self.refresh(on_progress) if known.complete else self.load(on_progress))

    async def load(self, on_progress: Callable[[Progress], None]) -> Coverage:
        """Read what is missing; what can be shown first comes first. May be cancelled: what was read is kept.

        Raises `PgyerError` where not even the first page can be read, and `HistoryError` where the file cannot be
        written. Other pages that cannot be read are in the progress, and missing in what is returned.
        """
        self._told = on_progress
        first = await self._page(1)
        wanted = self._pages_around(await self._gaps(), first)
        wanted |= {_count(first)} if wanted - {1} else set()
        await self._pass(first, wanted)
        # What was known before and went where one page ends is in no page that was read: only their number tells.
        coverage = await self._coverage()
        if coverage.complete and coverage.builds != self._there and not self._progress.failed:
            first = await self._page(1)
            count = _count(first)
            last = first if count == 1 else await self._page(count)
            coverage = await self._coverage()
            if coverage.builds != (count - 1) * self._size(coverage) + len(last.keys):
                await self._pass(first, set(range(1, count + 1)))
        return await self._coverage()

    async def refresh(self, on_progress: Callable[[Progress], None]) -> Coverage:
        """Read what may have changed of a history that was complete: what is new, and where something went.

        Raises as `load` does.
        """
        self._told = on_progress
        first = await self._page(1)
        count = _count(first)
        self._tell(Progress(count, count))
        coverage = await self._coverage()
        last = first if count == 1 else await self._page(count)
        if coverage.gaps or not last.page.builds or len(last.page.builds) > self._size(coverage):
            return await self.load(on_progress)
        size = self._size(coverage)
        if (await self._coverage()).builds != (count - 1) * size + len(last.page.builds):
            await self._find_losses({1: first, count: last}, 1, count, size)
            await self._repair()
            if (await self._coverage()).builds != (count - 1) * size + len(last.page.builds):
                # Something moved meanwhile, or the places do not tell: then all of it.
                first = await self._page(1)
                await self._pass(first, set(range(1, _count(first) + 1)))
        return await self._coverage()

    async def _pass(self, first: _Read, wanted: set[int]) -> None:
        """Read these pages, and again what is not certain then."""
        passed = {1: first}
        count = _count(first)
        self._tell(Progress(count + 1 - len(wanted | {1}), count))
        # The last page comes before the others, and once more after them: whatever goes meanwhile changes it.
        if wanted - {1}:
            passed |= await self._pages({count} - {1})
        passed |= await self._pages(sorted(wanted - set(passed)))
        # Where a build has no number nobody knows where it belongs: nothing is certain then, nothing can be repaired.
        if not self._progress.failed and all(read.is_numbered for read in passed.values()):
            await self._certify(passed)
            await self._repair()

    # Which pages

    def _pages_around(self, gaps: Sequence[Gap], first: _Read) -> set[int]:
        """The pages in which the gaps should be, with the rows around them.

        How many rows are missing in each is guessed from the numbers that are, and from how many of them are rows
        elsewhere.
        """
        if not gaps:
            return set()
        count, size = _count(first), max(len(first.keys), 1)
        spans = [gap.place - gap.lower_place - 1 if gap.lower_place is not None else 0.0 for gap in gaps]
        numbers = first.places[0] - gaps[-1].place + 1 - sum(spans[:-1])
        share = min(gaps[-1].above / max(numbers, 1.0), 1.0)
        wanted: set[int] = set()
        missing = 0.0
        for gap, span in zip(gaps, spans, strict=True):
            above = gap.above + missing
            missing += span * share
            upper = max(round(above) - 1, 0) // size + 1
            lower = round(gap.above + missing) // size + 1 if gap.lower is not None else count
            wanted |= set(range(upper, min(lower, count) + 1))
        return wanted

    async def _find_losses(self, read: dict[int, _Read], upper: int, lower: int, size: int) -> None:
        """Find the rows that the service has deleted: read pages between two others, by bisection."""
        if lower - upper < 2 or await self._surplus(read[upper], size) == await self._surplus(read[lower], size):
            if lower - upper == 1:
                await self._certify_pair(read[upper], read[lower])
            return
        middle = (upper + lower) // 2
        read[middle] = await self._page(middle)
        if not read[middle].page.builds:
            return
        await self._find_losses(read, upper, middle, size)
        await self._find_losses(read, middle, lower, size)

    async def _surplus(self, read: _Read, size: int) -> int | None:
        """How many deleted rows the store still counts above a page; None where the page's first row is not known."""
        position = (await asyncio.to_thread(self._history.positions, read.keys[:1])).get(read.keys[0])
        return None if position is None else position - (read.page.number - 1) * size

    async def _certify_pair(self, upper: _Read, lower: _Read) -> None:
        """Link two pages if a second read gives the same, and the first page did not change meanwhile either."""
        first = await self._page(1)
        again = [await self._page(read.page.number) for read in (upper, lower)]
        same = all(one.same_as(before) for one, before in zip(again, (upper, lower), strict=True))
        if same and _joined(upper, lower) and (await self._page(1)).same_as(first):
            await self._link([(upper.keys[-1], lower.keys[0])], again[0].when)

    # Certainty

    async def _certify(self, passed: dict[int, _Read]) -> None:
        """Link the pages of a pass during which nothing moved."""
        last = max(passed)
        # The first page is read last: whatever came in the meantime stands there.
        ends = [await self._page(number) for number in dict.fromkeys((last, 1))]
        if not all(end.same_as(passed[end.page.number]) for end in ends):
            return
        pairs: list[tuple[str, str | None]] = [
            (passed[number].keys[-1], passed[number + 1].keys[0])
            for number, following in pairwise(sorted(passed))
            if following == number + 1 and _joined(passed[number], passed[following])
        ]
        coverage = await self._coverage()
        size = self._size(coverage)
        if last != _count(passed[1]) or not await self._is_bottom(passed[last], size):
            return
        if passed[last].keys and not passed[last].is_open_below:
            pairs.append((passed[last].keys[-1], None))
        # What came and went again within the pass is seen in nothing but the number of rows.
        there = self._there = (last - 1) * size + len(passed[last].keys)
        if there in {coverage.builds, len({key for read in passed.values() for key in read.keys})}:
            await self._link(pairs, ends[0].when)

    async def _is_bottom(self, read: _Read, size: int) -> bool:
        """Whether nothing comes below a page: it is not full, or the next one is empty."""
        if len(read.keys) < size or read.page.number == 1 == read.page.page_count:
            return True
        return not (await self._page(read.page.number + 1)).keys

    async def _repair(self) -> None:
        """Close the gaps that are left, one by one or many at once, as quiet as the service is."""
        at_once, fruitless, before = 32, 0, -1
        for _round in range(_ROUNDS):
            gaps = await self._gaps()
            if not gaps or fruitless > _FRUITLESS or self._progress.failed:
                return
            fruitless = fruitless + 1 if len(gaps) == before else 0
            before = len(gaps)
            first = await self._page(1)
            found = await _together(self._sandwich(gap, first) for gap in gaps[:at_once])
            after = await self._page(1)
            if after.same_as(first):
                pairs = [pair for pair in found if pair is not None]
                await self._link(pairs, first.when)
                at_once = min(at_once * 2, 256)
            else:
                at_once = max(1, at_once // 4)

    async def _sandwich(self, gap: Gap, first: _Read) -> tuple[str, str | None] | None:
        """The row above a gap and the row after it, if reading both pages twice gave the same; None: not certain.

        Where the row turns out to stand within a page, that reply has closed the gap already.
        """
        try:
            upper = await self._ending_at(gap, first)
            if upper is None:
                return None
            lower = await self._page(upper.page.number + 1)
            upper_again = await self._page(upper.page.number)
            lower_again = await self._page(lower.page.number)
        except PgyerError as exc:
            self._fail(-(-gap.above // max(len(first.page.builds), 1)), exc)
            return None
        if not upper_again.same_as(upper) or not lower_again.same_as(lower):
            return None
        if upper.is_open_below or 0 in lower.page.holes:
            return None
        return upper.keys[-1], lower.keys[0] if lower.keys else None

    async def _ending_at(self, gap: Gap, first: _Read) -> _Read | None:
        """The page that ends with the row above a gap, or above where it was if it is gone; None: no page does.

        It is sought from where it should be, in steps that grow: above it rows may be known that are gone, or may be
        unknown that are new.
        """
        top, bottom = 1, _count(first)
        number = min(-(-gap.above // max(len(first.page.builds), 1)), bottom)
        last_above: _Read | None = None
        below_found = False
        step = 1
        while top <= bottom:
            read = await self._page(number)
            if read.keys and gap.place <= read.places[-1]:
                if gap.place == read.places[-1]:
                    return read
                top, last_above = number + 1, read
                number = (top + bottom) // 2 if below_found else min(number + step, bottom)
            elif read.keys and gap.place <= read.places[0]:
                return None
            else:
                bottom, below_found = number - 1, True
                number = (top + bottom) // 2 if last_above is not None else max(number - step, 1)
            step *= 2
        return last_above

    # Reading and writing

    async def _pages(self, numbers: Iterable[int]) -> dict[int, _Read]:
        """These pages as far as they can be read, some at once; in this order."""
        found: dict[int, _Read] = {}
        waiting = iter(numbers)

        async def reader() -> None:
            for number in waiting:
                try:
                    found[number] = await self._page(number)
                except PgyerError as exc:
                    self._fail(number, exc)
                else:
                    self._tell(replace(self._progress, pages_read=self._progress.pages_read + 1))

        # A task for each of thousands of pages would hold the loop while they start.
        await _together(reader() for _ in range(self._at_once * _READERS_A_SLOT))
        return found

    async def _page(self, number: int) -> _Read:
        """Read one page and keep it. Raises `PgyerError`, and `HistoryError` where it could not be kept."""
        async with self._slots:
            while self._refused is None and (pause := self._resume - time.monotonic()) > 0:  # noqa: ASYNC110 - a pause
                await asyncio.sleep(pause)
            if self._refused is not None:
                raise self._refused
            self._tell(replace(self._progress, waiting_until=None))
            when = self._now()
            try:
                page = await again(
                    lambda: self._client.list_builds(self._history.app_key, number), on_wait=self._on_wait
                )
            except RateLimitedError as exc:
                # For an hour, as the service says: whatever is asked now makes it worse.
                self._refused = exc
                raise
        read = _Read(page, when)
        await self._keep(read)
        return read

    def _on_wait(self, error: PgyerError, attempt: int) -> None:
        """The service is busy, or the connection is bad: hold back all requests for a moment."""
        del error
        pause = _PAUSE_SECONDS * attempt
        self._resume = max(self._resume, time.monotonic() + pause)
        self._tell(replace(self._progress, waiting_until=self._now() + timedelta(seconds=pause)))

    async def _keep(self, read: _Read) -> None:
        """Write a page to the file, together with the pages that came while the last ones were written."""
        self._waiting.append(read)
        async with self._writing:
            if self._broken is not None:
                raise self._broken
            batch, self._waiting = self._waiting, []
            if not batch:
                return
            pages = [(one.page, one.when) for one in batch]
            try:
                await asyncio.to_thread(self._history.absorb_all, pages)
            except HistoryError as exc:
                self._broken = exc
                raise

    async def _link(self, pairs: list[tuple[str, str | None]], when: datetime) -> None:
        if pairs:
            await asyncio.to_thread(self._history.link, pairs, when)

    async def _gaps(self) -> tuple[Gap, ...]:
        return await asyncio.to_thread(self._history.gaps)

    async def _coverage(self) -> Coverage:
        return await asyncio.to_thread(self._history.coverage)

    def _size(self, coverage: Coverage) -> int:
        return coverage.page_size or USUAL_PAGE

    def _fail(self, number: int, error: PgyerError) -> None:
        failed = tuple(sorted({*self._progress.failed, number}))
        self._tell(replace(self._progress, failed=failed, error=error))

    def _tell(self, progress: Progress) -> None:
        if progress != self._progress:
            self._progress = progress
            self._told(progress)


def _joined(upper: _Read, lower: _Read) -> bool:
    """Whether no row that could not be read stands between the last row of one page and the first of the next."""
    return bool(upper.keys and lower.keys) and not upper.is_open_below and 0 not in lower.page.holes


async def _together(coroutines: Iterable[Coroutine[Any, Any, _T]]) -> list[_T]:
    """What all of them return. Where one fails the others are cancelled, and its error is raised as it is."""
    tasks: list[asyncio.Task[_T]] = []
    failed: list[BaseException] = []
    try:
        async with asyncio.TaskGroup() as group:
            tasks += [group.create_task(coroutine) for coroutine in coroutines]
    except* HistoryError as errors:
        failed += errors.exceptions
    if failed:
        raise failed[0]
    return [task.result() for task in tasks]


def _count(read: _Read) -> int:
    """How many pages the service says there are; at least the one that was read."""
    return max(read.page.page_count or 1, 1)
