"""A program that makes one change after the other until it is through or stopped, for tests that stop it hard.

    python -m tests.e2e.batch_writer API_URL PROFILE_DIR APP_KEY TIMES [queue]

Says "ready" once it is loaded, waits for the API key on standard input, and begins: TIMES builds of the app are each
made the latest, cleared and deleted; `queue`: the oldest are deleted in one queue. What becomes of it is in the
profile's journal and in the service.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from pgyer_desktop.api.client import Client, Reply
from pgyer_desktop.api.models import ApiKey
from pgyer_desktop.api.transport import ApiTransport
from pgyer_desktop.core.accounts.accounts import Account
from pgyer_desktop.core.accounts.profile import profile_in
from pgyer_desktop.core.activity.journal import Journal
from pgyer_desktop.core.activity.outcome import Outcome, Write, WriteResult
from pgyer_desktop.core.builds.apps import KnownApp
from pgyer_desktop.core.builds.icons import IconStore
from pgyer_desktop.core.changes.recheck import look_at
from pgyer_desktop.core.changes.recorder import Recorder
from pgyer_desktop.core.changes.session import Session
from pgyer_desktop.core.cleanup.queue import Batch

ACCOUNT = Account("account1", "Acme")
ORDER = (Write.SET_LATEST, Write.CLEAR_LATEST, Write.DELETE)
ROW = 3
"""Which row is changed. After its deletion the next build stands there."""


async def _no_icon(url: str) -> Reply:
    raise AssertionError(url)


def session_on(transport: ApiTransport, key: str, profile: Path) -> Session:
    """A session as the program makes it, on the journal of the profile in this folder."""
    journal = Journal.open(profile_in(profile).journal_file)
    icons = IconStore(None, _no_icon, icon_base="http://127.0.0.1:9")
    return Session(Client(transport, ApiKey(key)), icons, Recorder(journal, ACCOUNT))


async def write_batch(session: Session, app_key: str, times: int) -> None:
    """Make the changes, each on what is seen then. Raises RuntimeError where one is not done."""
    app = KnownApp(app_key, "App")
    for _ in range(times):
        build_key = ""
        for write in ORDER:
            view = await session.builds.read(app.app_key, 1)
            build = view.build(build_key) or view.builds[ROW]
            build_key = build.build_key
            ended = await session.change(write, app, build, page=1, seen=look_at(view, build))
            if not isinstance(ended, WriteResult) or ended.outcome is not Outcome.DONE or ended.unrecorded:
                raise RuntimeError(f"{write.value}: {ended}")


async def run_queue(session: Session, app_key: str, times: int) -> None:
    """Delete so many of the oldest builds, as the window does."""
    view = await session.builds.read(app_key, 99)  # the last page
    await Batch(session, KnownApp(app_key, "App"), view.builds[-times:][::-1], page=view.number).run()


async def _main(api_url: str, profile: Path, app_key: str, times: int, *, queue: bool) -> None:
    transport = ApiTransport(api_url)
    os.write(1, b"ready\n")
    key = sys.stdin.readline().strip()
    try:
        await (run_queue if queue else write_batch)(session_on(transport, key, profile), app_key, times)
    finally:
        await transport.aclose()


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), queue="queue" in sys.argv[5:]))
