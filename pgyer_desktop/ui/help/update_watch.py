"""Looks for newer releases of this program: by itself where the person allowed it, or when asked to, and says so.

Asks for leave once, looks at most once a day, and opens a page only when its button is pressed. Must not parse the feed
or compare versions (`core.base.releases`), nor send anything itself: it is given the function that fetches.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pgyer_desktop import __version__
from pgyer_desktop.core.base.error_messages import Notice, Remedy, Severity, explain_feed
from pgyer_desktop.core.base.releases import due, is_newer, read_release
from pgyer_desktop.core.base.words import Text, translate
from pgyer_desktop.ui.base.tasks import TaskScope
from pgyer_desktop.ui.state.browser import open_outside
from pgyer_desktop.ui.state.teller import Topic

if TYPE_CHECKING:
    from pgyer_desktop.api import PgyerError
    from pgyer_desktop.core.accounts.settings import SettingsFile
    from pgyer_desktop.core.base.releases import Feed, Release
    from pgyer_desktop.ui.state.teller import Teller
    from pgyer_desktop.ui.state.unsaved import Unsaved

Fetch = Callable[[str], Awaitable[bytes]]
"""Reads an address once. Raises `PgyerError`."""

_HOUR_MS: Final = 3_600_000
"""How often it is seen whether a day has passed, for a program that stays open for weeks."""
_LOOK: Final = "look for a release"

_log = logging.getLogger(__name__)


class UpdateWatch(QObject):
    """One per run, and only where there is a feed. Close with `aclose()`.

    Signals:
        looking_changed: see `looking`.
    """

    looking_changed = Signal()

    def __init__(
        self,
        settings: SettingsFile,
        feed: Feed,
        fetch: Fetch,
        teller: Teller,
        unsaved: Unsaved,
        *,
        running: str = __version__,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        """`running` is the version of this program, `now` the time with its zone."""
        super().__init__(parent)
        self._settings = settings
        self._feed = feed
        self._fetch = fetch
        self._teller = teller
        self._unsaved = unsaved
        self._running = running
        self._now = now
        self._tasks = TaskScope(self)
        self._by_hand = False
        self._shown = Remedy.NONE  # what the notice offers that was raised last
        self._found: Release | None = None
        self._timer = QTimer(self, interval=_HOUR_MS)
        self._timer.timeout.connect(self._look_if_due)

    @property
    def host(self) -> str:
        """The host that is asked."""
        return self._feed.host

    @property
    def allowed(self) -> bool:
        """Whether it looks by itself."""
        return self._settings.value.updates.allowed is True

    @property
    def looking(self) -> bool:
        """Whether an answer is under way that a person waits for."""
        return self._by_hand and self._tasks.is_running(_LOOK)

    def start(self) -> None:
        """Ask for leave where that has not been answered, else look if it is time to; then every day."""
        self._timer.start()
        if self._may_ask():
            self._raise(self._question(), Severity.INFO, Remedy.ALLOW)
        else:
            self._look_if_due()

    def look(self) -> None:
        """Look because a person wants to know, also where looking by itself is not allowed. Always answers."""
        if self._shown is Remedy.RETRY:
            self._settle()
        self._look(by_hand=True)

    def allow(self, *, on: bool) -> None:
        """Look by itself from now on, or no longer."""
        self._remember(allowed=on)
        if self._shown is Remedy.ALLOW:
            self._settle()
        if on:
            self._look_if_due()
        elif not self._by_hand:
            self._tasks.cancel(_LOOK)

    def act(self, remedy: Remedy) -> None:
        """Do what the notice's button says."""
        if remedy is Remedy.ALLOW:
            self.allow(on=True)
        elif remedy is Remedy.RETRY:
            self.look()
        elif remedy is Remedy.OPEN_RELEASE and self._found is not None:
            self._open(self._found)

    def dismiss(self) -> None:
        """Handle that the notice was closed: that answers the question with no, or silences that version."""
        if self._shown is Remedy.ALLOW:
            self._remember(allowed=False)
        elif self._shown is Remedy.OPEN_RELEASE and self._found is not None:
            self._remember(skipped=self._found.version)
        self._shown = Remedy.NONE

    async def aclose(self) -> None:
        """Give up what is being read, and look no more."""
        self._timer.stop()
        await self._tasks.aclose()

    def _may_ask(self) -> bool:
        """Whether to ask for leave: not before there is an account, nor where the answer could not be remembered."""
        value = self._settings.value
        return value.updates.allowed is None and bool(value.accounts) and self._settings.folder is not None

    def _look_if_due(self) -> None:
        if due(self._settings.value.updates, self._now()):
            self._look(by_hand=False)

    def _look(self, *, by_hand: bool) -> None:
        if self._tasks.is_running(_LOOK):
            self._by_hand = self._by_hand or by_hand
        elif self._tasks.start(_LOOK, self._ask, on_done=self._on_answered, on_error=self._on_failed):
            self._by_hand = by_hand
            # Before it is sent: what fails, or ends the program, is not tried again within the day either.
            self._remember(last_look=self._now())
        self.looking_changed.emit()

    async def _ask(self) -> Release:
        return read_release(await self._fetch(self._feed.address), self._feed)

    def _on_answered(self, release: Release) -> None:
        by_hand = self._over()
        if not is_newer(release.version, self._running):
            if self._shown is Remedy.OPEN_RELEASE:
                self._settle()
            if by_hand:
                self._teller.say(self.tr("You have the newest version, {version}").format(version=self._running))
        elif by_hand or release.version != self._settings.value.updates.skipped:
            self._found = release
            self._raise(self._news(release), Severity.INFO, Remedy.OPEN_RELEASE)

    def _on_failed(self, error: PgyerError) -> None:
        _log.info("The release feed could not be read: %s", error)
        if self._over():
            notice = explain_feed(error)
            self._raise(notice.text, notice.severity, notice.remedy)

    def _over(self) -> bool:
        """End a look at the feed. Returns whether a person waits for its answer."""
        by_hand, self._by_hand = self._by_hand, False
        self.looking_changed.emit()
        return by_hand

    def _open(self, release: Release) -> None:
        # What is told in its place, at once or later, is about the release too: closing that silences it as well.
        if open_outside(release.link, self, partial(self._teller.tell_unopened, topic=Topic.UPDATES)):
            self._teller.settle(Topic.UPDATES)

    def _question(self) -> Text:
        return translate(
            "updates",
            "Look once a day for a newer version of this program? Only {host} is asked, and only the"
            " version in use is sent. You can change this in the settings.",
        ).fill(host=self._feed.host)

    def _news(self, release: Release) -> Text:
        text = translate("updates", "Version {version} of this program is available; this one is {running}.")
        if release.published is not None:
            text = translate(
                "updates", "Version {version} of this program, of {day}, is available; this one is {running}."
            ).fill(day=release.published.isoformat())
        text = text.fill(version=release.version, running=self._running)
        if not release.notes:
            return text
        return translate("messages", "{first} {second}", "two sentences").fill(first=text, second=release.notes)

    def _raise(self, text: Text, severity: Severity, remedy: Remedy) -> None:
        self._shown = remedy
        self._teller.tell(Topic.UPDATES, Notice(text, severity, remedy))

    def _settle(self) -> None:
        self._shown = Remedy.NONE
        self._teller.settle(Topic.UPDATES)

    def _remember(self, **changes: Any) -> None:
        self._settings.change(lambda settings: replace(settings, updates=replace(settings.updates, **changes)))
        self._unsaved.note()
