"""Reads again, by itself, how changes ended of which nobody knows it: soon, then ever more seldom, until it is known.

Each page that the service answers with is a reason to look at once. Must not tell anybody how a change ended.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from pgyer_desktop.api import PgyerError
from pgyer_desktop.api.errors import (
    ConnectionLostError,
    HttpStatusError,
    KeyRejectedError,
    RateLimitedError,
    RedirectedError,
    TransportError,
)
from pgyer_desktop.core.activity.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from pgyer_desktop.core.activity.records import Intent
    from pgyer_desktop.core.changes.session import Session
    from pgyer_desktop.ui.base.tasks import TaskScope
    from pgyer_desktop.ui.state.accounts import AccountState
    from pgyer_desktop.ui.state.page import PageState

FIRST_PAUSE_SECONDS: Final = 5.0
LONGEST_PAUSE_SECONDS: Final = 600.0
LIMIT_SECONDS: Final = 3600.0
"""How long the service is left alone once it has said that it had too many requests within the hour."""
_BUSY: Final = {429, 503}
"""Statuses that ask to be left alone."""
_LOOK: Final = "settle"
_REST: Final = "settle later"


class Settling(QObject):
    """Settles the changes of the account that is on, one after the other.

    `sleep` and `clock` (seconds) are how it waits and how it knows for how long.

    Signals:
        settled: it was found out how a change ended. args: WriteResult; the key of its app.
        looked: it was tried for all of them, or somebody said that no more is to be read; see `unknown` and `stopped`.
    """

    settled = Signal(object, str)
    looked = Signal()

    def __init__(self, accounts: AccountState, page: PageState, tasks: TaskScope) -> None:
        super().__init__(tasks)
        self._accounts = accounts
        self._tasks = tasks
        self.sleep: Callable[[float], Coroutine[Any, Any, None]] = asyncio.sleep
        self.clock: Callable[[], float] = time.monotonic
        self.stopped = False
        """Whether nothing is read by itself any more; the pages that a person asks for are looked at all the same."""
        self._pause = FIRST_PAUSE_SECONDS
        page.page_read.connect(self.look)
        accounts.closed.connect(self._on_closed)
        accounts.session_changed.connect(self.go_on)
        accounts.app_opened.connect(self._rest)

    @property
    def unknown(self) -> tuple[Intent, ...]:
        """The changes of the account that is on of which nobody knows how they ended, newest first."""
        session = self._accounts.session
        return tuple(entry.intent for entry in session.unsettled) if session is not None else ()

    def look(self) -> None:
        """Look at once, unless that is being done; where the service is to be left alone, only when that is over."""
        session = self._accounts.session
        if session is None or self._tasks.is_running(_LOOK):
            return
        self._tasks.cancel(_REST)
        if session.unsettled:
            self._tasks.start(_LOOK, lambda: self._look(session), on_done=lambda _nothing: self._rest())
        else:
            self.looked.emit()

    def go_on(self) -> None:
        """Begin with short pauses again: there is something new that is not known, or somebody wants to know it."""
        self.stopped = False
        self._pause = FIRST_PAUSE_SECONDS
        self._rest()

    def stop(self) -> None:
        """Read nothing more by itself."""
        self.stopped = True
        self._tasks.cancel(_REST)
        self.looked.emit()

    # How it is done

    def _on_closed(self) -> None:
        for key in (_LOOK, _REST):
            self._tasks.cancel(key)

    def _rest(self) -> None:
        """Let a pause go by before the next look."""
        session = self._accounts.session
        if session is None or not session.unsettled or self.stopped or self._tasks.is_running(_LOOK):
            return
        seconds = max(self._pause, self._held(session))
        self._tasks.start(_REST, lambda: self.sleep(seconds), on_done=lambda _nothing: self._on_rested())

    def _on_rested(self) -> None:
        self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
        self.look()

    async def _look(self, session: Session) -> None:
        for entry in session.unsettled:
            if self._held(session) > 0:
                break
            try:
                result = await session.settle(entry)
            except PgyerError as exc:
                if _speaks_against_all(exc):
                    break
                continue
            if result.outcome is not Outcome.UNKNOWN:
                self.settled.emit(result, entry.intent.app_key)
        self.looked.emit()

    def _held(self, session: Session) -> float:
        """For how many seconds more the service is to be left alone."""
        at = session.limited_at
        return max(0.0, at + LIMIT_SECONDS - self.clock()) if at is not None else 0.0


def _speaks_against_all(error: PgyerError) -> bool:
    """Whether reading about another change would fail as well; else it may be this one's app alone."""
    if isinstance(error, HttpStatusError):
        return error.status in _BUSY
    if isinstance(error, TransportError):
        return not isinstance(error, ConnectionLostError)
    return isinstance(error, RateLimitedError | KeyRejectedError | RedirectedError)
