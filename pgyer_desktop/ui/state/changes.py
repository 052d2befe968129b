"""What is being changed: sends confirmed changes, knows which are under way and of which nobody saw the end.

Must not ask anybody anything and must not tell how a change ended: it says it to whoever does.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pgyer_desktop.api import PgyerError
from pgyer_desktop.core.activity.journal import JournalError
from pgyer_desktop.core.activity.outcome import Outcome, Write
from pgyer_desktop.core.builds.order import with_rows, without_rows
from pgyer_desktop.core.changes.recheck import HeldBack
from pgyer_desktop.core.changes.reports import accepted_not_visible, not_sent
from pgyer_desktop.ui.base.tasks import Policy
from pgyer_desktop.ui.state.settling import Settling
from pgyer_desktop.ui.state.teller import Teller, Topic, not_kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.activity.outcome import WriteResult
    from pgyer_desktop.core.builds.pages import PageView
    from pgyer_desktop.core.changes.recheck import Look
    from pgyer_desktop.core.changes.session import Session
    from pgyer_desktop.ui.base.tasks import TaskScope
    from pgyer_desktop.ui.state.accounts import AccountState
    from pgyer_desktop.ui.state.open import Open
    from pgyer_desktop.ui.state.page import PageState


class Changes(QObject):
    """The changes of this window.

    Signals:
        changed: other builds are being changed, could not be deleted, or are not known to be changed.
        finished: a change has ended. arg: WriteResult.
        held_back: a change was not sent, because what it was decided on has changed. arg: HeldBack.
        settled: it was found out how an earlier change ended. arg: WriteResult.
        gone: a build was seen to be gone, and is about to leave what shows. arg: build key.
        queues_unwanted: queues of an account are to begin no further change. arg: the account's id.
        queued_done: a change that belongs to a queue was made and seen. arg: build key.
    """

    changed = Signal()
    finished = Signal(object)
    held_back = Signal(object)
    settled = Signal(object)
    gone = Signal(str)
    queues_unwanted = Signal(str)
    queued_done = Signal(str)

    def __init__(self, accounts: AccountState, page: PageState, tasks: TaskScope, teller: Teller) -> None:
        super().__init__(tasks)
        self._accounts = accounts
        self._page = page
        self._tasks = tasks
        self._teller = teller
        self._busy: dict[str, tuple[str, Build]] = {}
        """The app and the build that are being changed, by the build's key."""
        self._gone: dict[str, float] = {}
        """When it was seen that a build of this run is gone, by its key and `time.monotonic`."""
        self.queues: tuple[Open, ...] = ()
        """On which apps queues work now."""
        self.failed_keys: frozenset[str] = frozenset()
        """Builds that were to be deleted with others and were not, because it failed."""
        self._ended = 0
        self._seen_on: dict[str, tuple[int, int]] = {}
        """Page and row of each build of which nobody knows whether it was deleted, as it was seen last."""
        page.with_kept = lambda view: self._with_unknown(self._without_gone(view))
        self.settling = Settling(accounts, page, tasks)
        """Finds out how changes ended of which nobody knows it."""
        self.settling.settled.connect(self._on_settled)

    @property
    def under_way(self) -> tuple[Build, ...]:
        """The builds that are being changed right now, of whatever account."""
        return tuple(build for _app_key, build in self._busy.values())

    @property
    def busy_keys(self) -> frozenset[str]:
        """The keys of those that are of the open app."""
        opened = self._accounts.open
        here = opened.app_key if opened is not None else ""
        return frozenset(key for key, (app_key, _build) in self._busy.items() if app_key == here)

    @property
    def queues_here(self) -> bool:
        """Whether a queue works on the open app."""
        return any(one.is_same_app(self._accounts.open) for one in self.queues)

    def set_queues(self, opened: tuple[Open, ...]) -> None:
        """Note on which apps queues work now."""
        self.queues = opened
        self.changed.emit()

    @property
    def unsettled_keys(self) -> frozenset[str]:
        """Builds of the open app of which nobody knows how their last change ended."""
        opened = self._accounts.open
        if opened is None:
            return frozenset()
        intents = (entry.intent for entry in opened.session.unsettled)
        return frozenset(intent.build.build_key for intent in intents if intent.app_key == opened.app_key)

    def write(self, opened: Open, write: Write, build: Build, *, seen: Look | None = None) -> bool:
        """Make a change that has been confirmed. False where one of the same build is under way: nothing is sent.

        `seen` is what the person decided on; None: what is on screen.
        """
        seen = seen or self._page.look(build)
        if seen is None or build.build_key in self._busy or self._accounts.guards.read_only:
            return False
        page = self._page.wanted_page
        ended_before = self._ended

        def on_unseen() -> None:
            self._teller.tell(Topic.UNSEEN, accepted_not_visible(write, build), about=build.build_key)

        def on_end() -> None:
            self._busy.pop(build.build_key, None)
            self._teller.settle(Topic.UNSEEN)
            self.changed.emit()

        def on_done(result: WriteResult | HeldBack) -> None:
            if isinstance(result, HeldBack):
                self._on_held_back(opened, result)
            else:
                alone = self._ended == ended_before
                self._ended += 1
                self._on_written(opened, page, result, alone=alone)

        def on_error(error: Exception) -> None:
            if isinstance(error, PgyerError | JournalError):
                self._teller.tell(Topic.WRITE, not_sent(write, build, error), about=build.build_key)

        started = self._tasks.start(
            f"write {build.build_key}",
            partial(opened.session.change, write, opened.app, build, page=page, seen=seen, on_unseen=on_unseen),
            policy=Policy.DROP_IF_RUNNING,
            on_done=on_done,
            on_error=on_error,
            on_end=on_end,
        )
        if started:
            self._page.stop_prefetch()
            self._busy[build.build_key] = (opened.app_key, build)
            self.failed_keys -= {build.build_key}
            self.changed.emit()
        return started

    def set_failed(self, keys: frozenset[str], *, among: frozenset[str]) -> None:
        """Note which of a queue's builds could not be deleted, until they are changed; `among` are all of its keys."""
        failed = (self.failed_keys - among) | keys
        if failed != self.failed_keys:
            self.failed_keys = failed
            self.changed.emit()

    def set_under_way(self, opened: Open, builds: Sequence[Build], *, among: frozenset[str]) -> None:
        """Note which of a queue's builds are being changed now; `among` are the keys of all of them."""
        now = {key: found for key, found in self._busy.items() if key not in among}
        now |= {build.build_key: (opened.app_key, build) for build in builds}
        if now != self._busy:
            self._busy = now
            self.changed.emit()

    def note_unknown(self) -> None:
        """Note that nobody knows how a queue's change ended."""
        self.settling.go_on()
        self.changed.emit()

    def note_deleted(self, opened: Open, build: Build, after: PageView | None) -> bool:
        """Note that a queue has deleted this build, as was seen: it shows nowhere any more.

        `after` was read after that. Returns whether what shows is true now without being read.
        """
        self.queued_done.emit(build.build_key)
        self._bury(opened.session, opened.app_key, build.build_key)
        if not opened.is_same_app(self._accounts.open):
            return True
        if after is not None:
            return self._page.follow_queue(opened, after)
        self._page.show_again()
        return False

    def _on_held_back(self, opened: Open, held: HeldBack) -> None:
        self.changed.emit()
        if opened.is_same(self._accounts.open):
            self._page.show_read(held.now.view)
            self.held_back.emit(held)

    def _on_written(self, opened: Open, page: int, result: WriteResult, *, alone: bool) -> None:
        after = result.after
        history = opened.history if self._accounts.book.account(opened.account.id) is not None else None
        if history is not None and after is not None:
            keys = [build.build_key for build in after.builds]
            self._tasks.start(
                f"doubt {opened.app_key}",
                lambda: asyncio.to_thread(history.doubt_latest, keys),
                on_error=self._teller.failure(Topic.HISTORY, not_kept()),
            )
        if result.outcome is Outcome.UNKNOWN:
            self.settling.go_on()
        if result.write is Write.DELETE and result.outcome is Outcome.DONE:
            self._bury(opened.session, opened.app_key, result.build.build_key)
        self.finished.emit(result)
        self.changed.emit()
        if after is not None and opened.is_same(self._accounts.open):
            self._page.follow_change(opened, page, after, alone=alone)

    def _on_settled(self, result: WriteResult, app_key: str) -> None:
        session, key = self._accounts.session, result.build.build_key
        if session is not None and result.write is Write.DELETE and result.outcome is Outcome.DONE:
            self._bury(session, app_key, key)
        self.settled.emit(result)
        self.changed.emit()
        self._seen_on.pop(key, None)
        opened = self._accounts.open
        if result.write is Write.DELETE and opened is not None and opened.app_key == app_key:
            self._page.show_again(read=True)

    def _bury(self, session: Session, app_key: str, key: str) -> None:
        """Show a build nowhere any more that is gone, also not of what is kept on this computer."""
        self._gone[key] = time.monotonic()
        self.gone.emit(key)
        history = session.history
        if history is not None and self._accounts.book.account(history.account_id) is None:
            return  # it has been removed, and nothing is kept of it any more

        def on_done(_nothing: None) -> None:
            opened = self._accounts.open
            if opened is not None and opened.app_key == app_key:
                self._page.history_changed.emit()

        if history is not None:
            self._tasks.start(
                f"bury {key}",
                lambda: asyncio.to_thread(history.of(app_key).bury, [key], datetime.now(UTC)),
                on_done=on_done,
                on_error=self._teller.failure(Topic.HISTORY, not_kept()),
            )

    def _without_gone(self, view: PageView) -> PageView:
        """`view` without the builds that were seen to be gone after it was read."""
        left = without_rows(view, [key for key, when in self._gone.items() if when > view.read_at])
        return left if left.builds or view.page_count == 1 else view

    def _with_unknown(self, view: PageView) -> PageView:
        """`view` and the builds that belong on it of which nobody knows whether they were deleted."""
        opened, before = self._accounts.open, self._page.view
        if opened is None or view.app_key != opened.app_key:
            return view
        unknown = {
            intent.build.build_key: intent.build
            for intent in self.settling.unknown
            if intent.write is Write.DELETE and intent.app_key == view.app_key
        }
        for shown in (before, view):
            if shown is not None and shown.app_key == view.app_key:
                places = {build.build_key: (shown.number, row) for row, build in enumerate(shown.builds)}
                self._seen_on |= {key: place for key, place in places.items() if key in unknown}
        here = {key: row for key, (number, row) in self._seen_on.items() if number == view.number}
        return with_rows(view, tuple(unknown.values()), here)
