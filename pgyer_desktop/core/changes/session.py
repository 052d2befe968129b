"""One connected account: everything that can be asked of the service with its key, and nothing about other accounts.

The key itself stays inside the client. A session is thrown away when the account, its key or the address changes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pgyer_desktop.api import Build
from pgyer_desktop.core.activity.outcome import Outcome, Write, WriteResult
from pgyer_desktop.core.base.retry import again
from pgyer_desktop.core.builds import apps
from pgyer_desktop.core.builds.pages import BuildReader
from pgyer_desktop.core.changes import recheck, settlement
from pgyer_desktop.core.changes.recheck import HeldBack
from pgyer_desktop.core.changes.writes import Change
from pgyer_desktop.core.history.load import HistoryLoader

if TYPE_CHECKING:
    from pgyer_desktop.api import Client, UpdateCheck
    from pgyer_desktop.core.activity.journal import Journal
    from pgyer_desktop.core.activity.records import Entry
    from pgyer_desktop.core.builds.apps import KnownApp
    from pgyer_desktop.core.builds.icons import IconStore
    from pgyer_desktop.core.builds.pages import PageView
    from pgyer_desktop.core.changes.recheck import Look
    from pgyer_desktop.core.changes.recorder import Recorder
    from pgyer_desktop.core.history.account_history import History


@dataclass(frozen=True, slots=True)
class LocalStore:
    """What can be had of an account without its key."""

    history: History | None
    """What was read of it, as far as it is on this computer; None where nothing is kept."""
    icons: IconStore


class Session:
    """What the window works with while an account is on."""

    def __init__(
        self,
        client: Client,
        icons: IconStore,
        recorder: Recorder,
        history: History | None = None,
        turns: asyncio.Lock | None = None,
    ) -> None:
        self._client = client
        self.turns = turns or asyncio.Lock()
        """Held by a queue while it asks anything for one build, so that those of one account take turns.

        It is fair: who has waited longest is next. Nothing else waits for it, reads of the window least of all.
        """
        self._recorder = recorder
        self.history = history
        """What is kept on this computer of what was read; None where nothing is."""
        self.builds = BuildReader(client)
        self.icons = icons

    @property
    def journal(self) -> Journal:
        """Where this account's changes are written down."""
        return self._recorder.journal

    def loader(self, app_key: str) -> HistoryLoader | None:
        """What reads all builds of an app into the history; None where nothing is kept."""
        if self.history is None:
            return None
        return HistoryLoader(self._client, self.history.of(app_key))

    async def list_apps(self, *, on_part: Callable[[apps.AppList], None] | None = None) -> apps.AppList:
        """All apps of the account; see `apps.list_apps`."""
        return await apps.list_apps(self._client, on_part=on_part)

    async def find_app(self, app_key: str) -> KnownApp:
        """The app with this key. Raises `PgyerError`."""
        return await apps.find_app(self._client, app_key)

    async def check_update(self, app_key: str, *, version: str, pgyer_build: str, channel: str) -> UpdateCheck:
        """What a device at that version is offered. Raises `PgyerError`."""
        return await self._client.check_update(app_key, version=version, pgyer_build=pgyer_build, channel=channel)

    @property
    def limited_at(self) -> float | None:
        """When the service last said that it had too many requests within the hour, by `time.monotonic`."""
        return self._client.limited_at

    @property
    def unsettled(self) -> tuple[Entry, ...]:
        """The changes of this account whose result is unknown, newest first."""
        return self._recorder.unsettled

    async def change(
        self,
        write: Write,
        app: KnownApp,
        build: Build,
        *,
        page: int,
        seen: Look,
        view: PageView | None = None,
        on_unseen: Callable[[], None] = lambda: None,
    ) -> WriteResult | HeldBack:
        """Make one change, once: look again, write down the intent, send, read, write down how it ended.

        `seen` is what the person decided on; where that is no longer so, nothing is sent. Raises `PgyerError` where it
        could not be looked at, and `JournalError` where the intent could not be written down: nothing was sent then.
        `view` may save reading the page where it was read just now; see `recheck.look`.
        """
        # Repeated as every read is: a connection that was kept too long is found out here, and not by the change.
        now = await again(
            lambda: recheck.look(
                self._client, self.builds, app.app_key, build, page=page, need_latest=seen.latest is not None, view=view
            )
        )
        # What another window on this profile has begun since is known from the journal only.
        await self._recorder.journal.reload()
        open_ends = (entry.intent.build.build_key for entry in self.unsettled)
        found = recheck.differences(seen, now, unsettled=build.build_key in open_ends)
        if found:
            return HeldBack(write, build, now, found)
        intent = await self._recorder.begin(write, now.build or build, app, now)
        result = WriteResult(write, build, Outcome.UNKNOWN)
        try:
            result = await self.write(write, app.app_key, build, page=page, on_unseen=on_unseen)
        finally:
            # Also where something unexpected went wrong: then it is not known how it ended.
            trouble = await self._recorder.end(intent, result)
        return replace(result, unrecorded=trouble)

    async def write(
        self,
        write: Write,
        app_key: str,
        build: Build,
        *,
        page: int,
        on_unseen: Callable[[], None] = lambda: None,
    ) -> WriteResult:
        """Send one change, once, and read afterwards; see `writes`. `change` is what people do."""
        return await Change(write, self._client, self.builds, app_key, build, page, on_unseen).make()

    async def find_build(self, app_key: str, build_key: str) -> Build | None:
        """The build with this key as the service has it now; None where it is gone. Raises `PgyerError`."""
        return await recheck.find(self._client, app_key, Build(build_key))

    async def settle(self, entry: Entry) -> WriteResult:
        """Find out by reading how a change ended, and write it down. Raises `PgyerError`; it stays unknown then.

        It also stays unknown where what was read does not tell; then there is nothing to write down.
        """
        result = await settlement.settle(self._client, entry.intent)
        if result.outcome is Outcome.UNKNOWN:
            return result
        trouble = await self._recorder.end(entry.intent, result, by_reading=True)
        return replace(result, unrecorded=trouble)
