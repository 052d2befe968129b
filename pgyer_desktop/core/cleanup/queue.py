"""Deletes many builds of one app: one after the other, each looked at first, sent once, and read afterwards.

Goes on after a failure, is polite to the service, can be paused and stopped between two builds, and ends in a report.
Where at most so many may go at once, it stops after each so many until somebody says that it may go on.
Queues of one account take turns build by build, and never ask at the same time (`Session.turns`).
Every delete goes through `Session.change`, so each is in the journal before it leaves. Must not decide what is to be
deleted, and never sends a delete a second time, whatever became of the first: a build has one turn.

What is the latest is never deleted here, even if it was chosen: what the service makes the latest afterwards is
nobody's choice, so that is done by itself and with its own question.

Requests for each build: three. One before the delete, because the latest may have moved since: the page, or `check`
where no row of that page is marked as the latest and it was read a moment ago. The delete. The page after it, which
shows that the build is gone, and where the next one is. A fourth (the build itself) where that page does not show it:
no newer neighbour stands on it, or no older one though there are pages behind it. And `check` once more where rows have
no flags. There is no pause of its own between two: they go one at a time, and wait when the service is busy. Moving on
to another page costs one read more, or a few where rows have moved.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from itertools import takewhile
from typing import TYPE_CHECKING, Final, TypeAlias

from pgyer_desktop.api.errors import (
    HttpStatusError,
    KeyRejectedError,
    MalformedReplyError,
    NotFoundError,
    PgyerError,
    RateLimitedError,
)
from pgyer_desktop.core.activity.journal import JournalError
from pgyer_desktop.core.activity.outcome import Outcome, Write, WriteResult
from pgyer_desktop.core.base.error_messages import explain, explain_write
from pgyer_desktop.core.base.retry import again
from pgyer_desktop.core.base.words import Text, translate
from pgyer_desktop.core.builds.order import uploaded
from pgyer_desktop.core.changes.recheck import HeldBack, Look, look_at
from pgyer_desktop.core.cleanup.pace import Pace, Progress
from pgyer_desktop.core.cleanup.queue_report import BatchReport, BatchRow, RowState
from pgyer_desktop.core.cleanup.retention import Seen, recheck

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from collections.abc import Set as AbstractSet

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.builds.apps import KnownApp
    from pgyer_desktop.core.builds.pages import PageView
    from pgyer_desktop.core.changes.session import Session
    from pgyer_desktop.core.cleanup.retention import FrozenPlan

Guard: TypeAlias = "Callable[[Look], Text | None]"
"""Asked immediately before each delete with what was just looked at, in which the build is there and the latest known.

Returns why the build must be kept after all, or None.
"""

_LOOKS: Final = 3
"""How often a build is looked at anew where something else has changed meanwhile, before it is kept."""
_MOST_UNREAD: Final = 5
"""So many builds in a row of which nothing could be read: then the rest fares no better."""
_MOST_PAGES: Final = 50
"""Pages that are searched for one build where its rows do not tell in which direction it is."""
_BUSY: Final = frozenset({429, 503})
_UNFINISHED: Final = frozenset({RowState.WAITING, RowState.UNDER_WAY})


class Phase(Enum):
    """What a batch is doing."""

    READY = "ready"
    """It has not begun."""
    RUNNING = "running"
    PAUSING = "pausing"
    """It pauses as soon as the delete under way has ended."""
    PAUSED = "paused"
    BETWEEN = "between"
    """It has deleted as many as may go at once, and waits for `Batch.go_on` (or `Batch.stop`)."""
    HOLDING = "holding"
    """It waits because the service is busy; see `Batch.waiting_until`."""
    STOPPING = "stopping"
    """It ends as soon as the delete under way has ended."""
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Manners:
    """How much a batch asks of the service, in seconds."""

    between: float = 0.0
    """From one delete's end to the next look. None is needed: one request at a time, and a rest when it is busy."""
    again: tuple[float, ...] = (0.5, 2.0)
    """Before a build that could not be looked at is looked at for the second and the third time."""
    busy: tuple[float, ...] = (30.0, 60.0, 120.0, 300.0)
    """How long to wait when the service says that it is busy, the first time, the second time in a row, …"""
    fresh: float = 5.0
    """How old the page may be on which a build is looked at; `Session.change` reads it again in any case."""


class Batch:
    """Deletes of many builds of `app`. Begins with `run`; belongs to one event loop.

    `builds` are deleted in their order, each once however often it stands there.
    The oldest first moves the fewest rows.
    `guard` has the last word on each. `page` is where to look first. `account_name` is for the report.
    `most` is how many deletes may be sent before it waits for `go_on`; None: no limit.
    """

    def __init__(
        self,
        session: Session,
        app: KnownApp,
        builds: Sequence[Build],
        *,
        guard: Guard | None = None,
        page: int = 1,
        account_name: str = "",
        most: int | None = None,
        manners: Manners | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._session = session
        self._app = app
        unique = {build.build_key: build for build in builds}
        self._rows = [BatchRow(place, build) for place, build in enumerate(unique.values())]
        self._finished = 0
        """Of the rows; counted along, because that is asked for several times with each change of a row."""
        self.rows_keys = frozenset(unique)
        """The keys of all its builds."""
        self._guard = guard
        self._page = max(page, 1)
        self._account_name = account_name
        self._manners = manners or Manners()
        self._now = now
        self._on_change: Callable[[BatchRow | None], None] = _ignore
        self._wake = asyncio.Event()
        self._running = self._paused = self._stopping = self._between = False
        self._pace = Pace(most)
        self._begun: datetime | None = None
        self._ended: datetime | None = None
        self._halted: Text | None = None
        self._silent = False
        """Whether the service had better not be asked anything more now."""
        self._unrecorded: Text | None = None
        self._waiting_until: datetime | None = None
        self._busy = 0
        self._unread = 0
        self._last_change: float | None = None
        self._view: PageView | None = None
        self._read_at = 0.0
        self._offered: frozenset[str] | None = None

    @property
    def rows(self) -> tuple[BatchRow, ...]:
        """Every build and what has become of it, in the order of the deletes."""
        return tuple(self._rows)

    @property
    def phase(self) -> Phase:
        """What it is doing."""
        if not self._running:
            return Phase.READY if self._begun is None else Phase.ENDED
        if self._stopping:
            return Phase.STOPPING
        if self._between:
            return Phase.BETWEEN
        if self._paused:
            busy = any(row.state is RowState.UNDER_WAY for row in self._rows)
            return Phase.PAUSING if busy else Phase.PAUSED
        return Phase.HOLDING if self._waiting_until is not None else Phase.RUNNING

    @property
    def waiting_until(self) -> datetime | None:
        """Until when (UTC) it waits because the service is busy; None where it does not."""
        return self._waiting_until

    @property
    def progress(self) -> Progress:
        """How far it has come, and how long the rest is likely to take."""
        return self._pace.progress(self._finished, len(self._rows))

    @property
    def view(self) -> PageView | None:
        """The page that was read last, as it is after the deletes so far; None where it could not be read."""
        return self._view

    @property
    def report(self) -> BatchReport:
        """How it stands, or ended. Also after `run` was cancelled."""
        return BatchReport(
            self._account_name,
            self._app.app_key,
            self._app.name,
            self._begun,
            self._ended,
            self.rows,
            self._halted,
            self._unrecorded,
        )

    def pause(self) -> None:
        """Begin no further delete until `resume`; the one under way comes to its end."""
        self._paused = True
        self._woken()

    def resume(self) -> None:
        """Go on after `pause`."""
        self._paused = False
        self._woken()

    def go_on(self) -> None:
        """Delete as many again as may go at once. Nothing that was read before counts: all is looked at anew."""
        if not self._between:
            return
        self._between = self._paused = False  # also where it was paused at its last delete: one word is enough
        self._pace.allow()
        self._view = self._offered = None
        self._woken()

    def limit(self, most: int) -> None:
        """Wait for `go_on` after so many deletes from now on, instead of the number that it was made with."""
        if self._pace.most != most:
            self._pace.most = most
            if self._between:
                self._pace.allow()  # so many are the next ones, whatever went before
            self._on_change(None)

    def stop(self) -> None:
        """Begin no further delete; the one under way comes to its end, then `run` returns.

        Before `run`, that ends at once. What has not begun can be done by another `run`.
        """
        self._stopping = True
        self._woken()

    def note_settled(self, result: WriteResult) -> bool:
        """Take note of how one of its deletes ended that was unknown, as somebody else has found out by reading.

        Whether there was one.
        """
        key = result.build.build_key
        row = next((row for row in self._rows if row.build.build_key == key and row.state is RowState.UNKNOWN), None)
        if row is None or result.write is not Write.DELETE:
            return False
        self._take_settled(row, result.outcome)
        return True

    async def run(self, on_change: Callable[[BatchRow | None], None] | None = None) -> BatchReport:
        """Give every build that waits its turn, and return the report.

        `on_change` is told each row that has changed, and None where only the phase has. What fails is told in the
        report, not raised. Where this is cancelled, the delete under way is in the journal as unknown unless it had
        ended, nothing else begins, and `report` says so. Raises RuntimeError while it runs already.
        """
        if self._running:
            raise RuntimeError("the batch runs already")
        self._running = True
        self._begun = self._begun or self._now()
        self._halted = self._unrecorded = self._ended = None
        self._silent = False
        self._busy = self._unread = 0
        self._pace.allow()
        self._on_change = on_change or _ignore
        try:
            self._on_change(None)
            await self._delete_all()
            await self._settle_all()
            await self._flush()
        except BaseException:
            self._halted = translate("batch", "It was interrupted. What had not begun was not deleted.")
            raise
        finally:
            self._running = self._stopping = self._paused = self._between = False
            self._waiting_until = None
            self._ended = self._now()
            self._on_change(None)
            self._on_change = _ignore
        return self.report

    # One after the other

    async def _delete_all(self) -> None:
        for place, row in enumerate(self._rows):
            if row.state is not RowState.WAITING:
                continue
            await self._take_turn(place)
            self._pace.note_turn()
            if self._halted is not None:
                return
            if self._stopping:
                if any(row.state is RowState.WAITING for row in self._rows):
                    self._halted = translate("batch", "It was stopped.")
                return

    async def _take_turn(self, place: int) -> None:
        """Delete one build, or find out why not. Ends without either where the batch is stopped or cannot go on."""

        # An error that comes out of it says that nothing was sent: what answers a delete is in its result.
        async def turn() -> None:
            while await self._may_go_on():
                busy = False
                try:
                    async with self._turn():
                        if not self._held_up:  # while it waited for its turn
                            busy = await self._delete(place)
                        if self._held_up and self._rows[place].state is RowState.WAITING:
                            continue
                except PgyerError as exc:
                    if not _is_busy(exc):
                        raise
                    if not await self._hold():
                        return
                    continue
                if busy:
                    await self._hold()
                return

        try:
            await again(turn, pauses=self._manners.again, sleep=self._rest)
        except JournalError as exc:
            self._halt(translate("batch", "Nothing more was sent. {reason}").fill(reason=exc.text))
        except PgyerError as exc:
            if not self._must_end(exc):
                doing = translate("batch", "It could not be looked at first, so nothing was sent.")
                self._set(place, RowState.NOT_DONE, explain(exc, doing=doing).text, error=exc)
                self._note_unread()

    async def _may_go_on(self) -> bool:
        """Wait as manners and whoever has paused it ask for. False: it was stopped."""
        await asyncio.sleep(0)  # builds that are kept are none to wait for, but others want their turn of the loop
        if self._last_change is not None:
            await self._rest(self._manners.between - (time.monotonic() - self._last_change))
        self._between = self._pace.at_limit and not self._stopping
        if self._between or self._paused:
            while (self._between or self._paused) and not self._stopping:
                self._wake.clear()
                self._on_change(None)
                await self._wake.wait()
            self._between = False
            self._pace.restart()
        return not self._stopping

    @property
    def _held_up(self) -> bool:
        """Whether somebody wants no further delete to begin now."""
        return self._paused or self._stopping

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """The account's turn, or none where the batch is paused or stopped while it waits: that is heard at once."""
        turn = asyncio.ensure_future(self._session.turns.acquire())
        try:
            while not (turn.done() or self._held_up):
                self._wake.clear()
                woken = asyncio.ensure_future(self._wake.wait())
                try:
                    await asyncio.wait({turn, woken}, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    woken.cancel()
            yield
        finally:
            if not turn.cancel():
                self._session.turns.release()

    async def _delete(self, place: int) -> bool:
        """Look, ask, delete. Whether the service said afterwards that it is busy.

        Raises `PgyerError` and `JournalError` where nothing was sent.
        """
        build = self._rows[place].build
        look = await self._look(build)
        if look is None:
            reason = translate("batch", "It was not found among the builds of this app any more.")
            self._set(place, RowState.GONE, reason)
            return False
        found: tuple[Text, ...] = ()
        view: PageView | None = look.view
        for _ in range(_LOOKS):
            if look.build is None:
                reason = translate("batch", "It was gone already: deleted by somebody else meanwhile.")
                self._set(place, RowState.GONE, reason)
                return False
            self._rows[place] = replace(self._rows[place], build=look.build)
            against = self._against(look.build, look)
            if against is not None:
                self._set(place, RowState.KEPT, against)
                return False
            if self._held_up:
                return False  # it still waits, and has its turn when it goes on
            ended = await self._send(place, look.build, look, view)
            if isinstance(ended, WriteResult):
                return self._take(place, ended)
            # Something has changed in this very moment, perhaps nothing that matters to this build.
            look, found, view = ended.now, ended.found, None
            self._note(look.view)
            if not look.view.latest.keys:
                self._offered = look.latest
        self._set(place, RowState.KEPT, found[0])
        return False

    def _against(self, build: Build, look: Look) -> Text | None:
        """Why this build must be kept, seen as in `look`."""
        if build.app_key and build.app_key != self._app.app_key:
            # A delete names no app: the key of another app's build would work as well.
            return translate("batch", "It belongs to another app.")
        if build.latest or (look.latest is not None and build.build_key in look.latest):
            return translate("batch", "It is the latest now. Make another build the latest first.")
        if any(entry.intent.build.build_key == build.build_key for entry in self._session.unsettled):
            return translate(
                "batch", "It is not known yet how its last change ended. It can be deleted once that is known."
            )
        return self._guard(look) if self._guard is not None else None

    async def _send(self, place: int, build: Build, look: Look, view: PageView | None) -> WriteResult | HeldBack:
        before = self._newest_entry()
        self._set(place, RowState.UNDER_WAY)
        try:
            page = look.view.number
            ended = await self._session.change(Write.DELETE, self._app, build, page=page, seen=look, view=view)
        except (PgyerError, JournalError):
            self._set(place, RowState.WAITING)
            raise
        except BaseException:
            self._cut_off(place, before)
            raise
        finally:
            self._last_change = time.monotonic()
        if isinstance(ended, HeldBack):
            self._set(place, RowState.WAITING)
        else:
            self._pace.note_sent()
        return ended

    def _take(self, place: int, result: WriteResult) -> bool:
        """Note how a delete ended, and what that means for those to come: whether the service is busy."""
        self._view = None
        if result.after is not None:
            self._note(result.after)
        state, reason = _judged(result)
        self._set(place, state, reason, error=result.error)
        errors = [error for error in (result.error, result.read_error) if error is not None]
        if any(self._must_end(error) for error in errors):
            return False
        if any(_is_busy(error) for error in errors):
            return True
        if result.after is None and result.read_error is not None:
            self._note_unread()
        else:
            self._busy = self._unread = 0
        return False

    # What ends it, and what makes it wait

    def _halt(self, why: Text, *, silent: bool = False) -> None:
        self._halted = why
        self._silent = silent

    def _must_end(self, error: PgyerError) -> bool:
        """End the batch if every further request would fail in the same way for a long time. Whether it was ended."""
        if isinstance(error, RateLimitedError):
            why = translate(
                "batch",
                "Pgyer has had too many requests within the hour ({code}). What had not begun was not deleted; wait a"
                " while before going on.",
            ).fill(code=str(error.code))
            self._halt(why, silent=True)
        elif isinstance(error, KeyRejectedError):
            doing = translate("batch", "What had not begun was not deleted.")
            self._halt(explain(error, doing=doing).text, silent=True)
        else:
            return False
        return True

    def _note_unread(self) -> None:
        self._unread += 1
        if self._unread >= _MOST_UNREAD:
            why = translate(
                "batch",
                "Pgyer could not be read for several builds in a row. What had not begun was not deleted; go on when it"
                " can be reached again.",
            )
            self._halt(why, silent=True)

    async def _hold(self) -> bool:
        """Wait because the service is busy. False: it has been for too long, or the batch was stopped."""
        if self._busy >= len(self._manners.busy):
            why = translate(
                "batch",
                "Pgyer was still busy after several pauses. What had not begun was not deleted; go on later.",
            )
            self._halt(why, silent=True)
            return False
        seconds = self._manners.busy[self._busy]
        self._busy += 1
        self._waiting_until = self._now() + timedelta(seconds=seconds)
        self._on_change(None)
        try:
            await self._rest(seconds)
        finally:
            self._waiting_until = None
            self._pace.restart()
            self._on_change(None)
        return not self._stopping

    async def _rest(self, seconds: float) -> None:
        """Let `seconds` go by, less where the batch is stopped."""
        end = time.monotonic() + seconds
        while not self._stopping and (left := end - time.monotonic()) > 0:
            self._wake.clear()
            try:
                await asyncio.wait_for(self._wake.wait(), left)
            except TimeoutError:
                return

    # Looking

    async def _look(self, build: Build) -> Look | None:
        """The build as it is, and the app's latest; None where it is not found. Raises `PgyerError`."""
        found = await self._find(build)
        if found is None:
            return None
        look = look_at(*found)
        if look.latest is not None:
            return look
        # Kept from one build to the next: `Session.change` asks again, and holds back what is based on an old answer.
        if self._offered is None:
            self._offered = await self._ask_latest()
        return replace(look, latest=self._offered)

    async def _ask_latest(self) -> frozenset[str]:
        try:
            offered = await self._session.check_update(self._app.app_key, version="", pgyer_build="", channel="")
        except NotFoundError:
            return frozenset()
        if not offered.build_key:
            raise MalformedReplyError("Pgyer", 200, "no build key")
        return frozenset({offered.build_key})

    async def _find(self, build: Build) -> tuple[PageView, Build] | None:
        """The page that the build is on now, and its row there. Raises `PgyerError`."""
        view = self._view
        if view is None or time.monotonic() - self._read_at > self._manners.fresh:
            view = await self._read(view.number if view is not None else self._page)
        for _ in range(2):  # uploads and deletes move rows, also while they are looked for
            found, sure = await self._search(build, view)
            if found is not None or sure:
                return found
            view = await self._read(view.number)
        return None

    async def _search(self, build: Build, view: PageView) -> tuple[tuple[PageView, Build] | None, bool]:
        """Find the build from `view` on; where it is not found, also whether one page showed that it is gone."""
        first, last = 1, view.page_count
        asked = 0
        while True:
            row = view.build(build.build_key)
            if row is not None:
                return (view, row), True
            side = _side(build, view)
            if side is None:
                return await self._sweep(build, view), True
            if side == 0:
                return None, True
            if side < 0:
                last = min(last, view.number - 1)
            else:
                first = max(first, view.number + 1)
            if first > last:
                return None, False
            # Mostly it is on the neighbouring page.
            number = (first + last) // 2 if asked else last if side < 0 else first
            asked += 1
            view = await self._read(number)
            # Past the end, the last page that has rows is read.
            last = min(last, view.page_count) if view.number == number else number - 1

    async def _sweep(self, build: Build, view: PageView) -> tuple[PageView, Build] | None:
        """Find a build when nothing tells in which direction it is: read the nearest pages first."""
        centre, count = view.number, view.page_count
        numbers = sorted((n for n in range(1, count + 1) if n != centre), key=lambda n: abs(n - centre))
        for number in numbers[:_MOST_PAGES]:
            view = await self._read(number)
            row = view.build(build.build_key)
            if row is not None:
                return view, row
        return None

    async def _read(self, number: int) -> PageView:
        view = await self._session.builds.read(self._app.app_key, number)
        self._note(view)
        return view

    def _note(self, view: PageView) -> None:
        self._view = view
        self._page = view.number
        self._read_at = time.monotonic()

    # The end

    async def _settle_all(self) -> None:
        """Read how the deletes ended whose result is unknown, as far as that can be read now."""
        for row in self._rows:
            if row.state is RowState.UNKNOWN and not self._silent and not await self._settle(row):
                return

    async def _settle(self, row: BatchRow) -> bool:
        """Read how one delete ended. False: nothing can be read."""
        key = row.build.build_key
        entry = next((entry for entry in self._session.unsettled if entry.intent.build.build_key == key), None)
        if entry is None:
            # Somebody else, such as the window, has found out meanwhile.
            self._take_settled(row, self._last_outcome(row.build))
            return True

        async def settle() -> WriteResult:
            async with self._session.turns:
                return await self._session.settle(entry)

        try:
            result = await again(settle, pauses=self._manners.again, sleep=self._rest)
        except PgyerError:
            return False
        self._take_settled(row, result.outcome)
        return True

    def _take_settled(self, row: BatchRow, outcome: Outcome) -> None:
        if outcome is Outcome.DONE:
            self._set(row.place, RowState.DELETED, error=row.error)
        elif outcome is not Outcome.UNKNOWN:
            self._set(row.place, RowState.NOT_DONE, _STILL_THERE, error=row.error)

    async def _flush(self) -> None:
        try:
            await self._session.journal.flush()
        except JournalError as exc:
            self._unrecorded = exc.text

    # The journal

    def _newest_entry(self) -> str:
        entries = self._session.journal.entries
        return entries[0].intent.id if entries else ""

    def _cut_off(self, place: int, before: str) -> None:
        """Note what the journal knows of a delete that was interrupted; without an intent, nothing was sent."""
        key = self._rows[place].build.build_key
        since = takewhile(lambda entry: entry.intent.id != before, self._session.journal.entries)
        entry = next((entry for entry in since if entry.intent.build.build_key == key), None)
        if entry is None:
            self._set(place, RowState.WAITING)
        elif entry.outcome is Outcome.DONE:
            self._set(place, RowState.DELETED)
        elif entry.outcome is Outcome.UNKNOWN:
            self._set(place, RowState.UNKNOWN, _INTERRUPTED)
        else:
            self._set(place, RowState.NOT_DONE, translate("batch", "It was interrupted and not deleted."))

    def _last_outcome(self, build: Build) -> Outcome:
        entries = self._session.journal.entries
        entry = next((entry for entry in entries if entry.intent.build.build_key == build.build_key), None)
        return entry.outcome if entry is not None else Outcome.UNKNOWN

    # Telling

    def _set(self, place: int, state: RowState, reason: Text | None = None, *, error: PgyerError | None = None) -> None:
        before = self._rows[place]
        self._rows[place] = replace(before, state=state, reason=reason, error=error)
        self._finished += (before.state in _UNFINISHED) - (state in _UNFINISHED)
        self._on_change(self._rows[place])

    def _woken(self) -> None:
        self._wake.set()
        self._on_change(None)


def guard_of(plan: FrozenPlan, pinned: Callable[[], AbstractSet[str]]) -> Guard:
    """The guard for running a frozen plan: each build is checked again as `retention.recheck` does.

    `pinned` tells the keys that are pinned at that moment. A build that the plan does not delete is kept.
    """
    rows = {row.build.build_key: row for row in plan.deletions}

    def guard(look: Look) -> Text | None:
        row = rows.get(look.build.build_key) if look.build is not None else None
        if row is None or look.view.app_key != plan.app_key:
            return translate("batch", "The plan does not delete it.")
        skip = recheck(row, Seen(look.build, look.latest, pinned()), app_key=plan.app_key)
        return skip.text if skip is not None else None

    return guard


_STILL_THERE: Final = translate("batch", "It was not deleted: Pgyer still has it.")
_INTERRUPTED: Final = translate(
    "batch", "It was interrupted, and it is not known yet whether it was deleted. That is found out by reading."
)


def _judged(result: WriteResult) -> tuple[RowState, Text | None]:
    """The state of a build whose delete ended so, and the reason to tell."""
    if result.outcome is Outcome.DONE:
        return RowState.DELETED, None
    if result.outcome is Outcome.CONTRADICTED:
        said = translate("batch", "Pgyer said that it was deleted, but still has it. Look again in a minute.")
        return RowState.NOT_DONE, said
    if result.outcome is Outcome.UNKNOWN:
        doing = translate("batch", "It is not known yet whether it was deleted.")
        error = result.error or result.read_error
        return RowState.UNKNOWN, explain_write(error, doing=doing, known=False).text if error is not None else doing
    doing = translate("batch", "It was not deleted.")
    return (
        RowState.NOT_DONE,
        explain_write(result.error, doing=doing, known=True).text if result.error is not None else doing,
    )


def _is_busy(error: PgyerError) -> bool:
    return isinstance(error, HttpStatusError) and error.status in _BUSY


def _side(build: Build, view: PageView) -> int | None:
    """Where the build must be, seen from a page without it: before (-1), behind (1), nowhere (0); None: not told.

    Pages go from the newest to the oldest. The service's own count tells, else the upload time.
    """
    if not view.builds:
        return 0 if view.number == 1 else None
    numbers = [float(row.pgyer_build) for row in view.builds if row.pgyer_build is not None]
    if build.pgyer_build is not None and numbers:
        return _compared(build.pgyer_build, numbers)
    own = uploaded(build)
    times = [moment for moment in map(uploaded, view.builds) if moment is not None]
    return _compared(own, times) if own is not None and times else None


def _compared(own: float, others: list[float]) -> int:
    # Uploads of the same second may stand on both sides of a page's end.
    if own >= max(others):
        return -1
    return 1 if own <= min(others) else 0


def _ignore(_row: BatchRow | None) -> None:
    """Do nothing: nobody wants to be told."""
