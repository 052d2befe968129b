"""Two windows on one profile, and a colleague's console: nothing is sent on ground that is no longer there."""

from __future__ import annotations

from pathlib import Path

import pytest

from pgyer_desktop.api.client import Client
from pgyer_desktop.core.accounts.accounts import Account
from pgyer_desktop.core.activity.journal import Journal
from pgyer_desktop.core.activity.outcome import Outcome, Write, WriteResult
from pgyer_desktop.core.activity.records import Ending, intent
from pgyer_desktop.core.base.words import Text
from pgyer_desktop.core.builds.apps import KnownApp
from pgyer_desktop.core.builds.icons import IconStore
from pgyer_desktop.core.changes.recheck import HeldBack, Look, look_at
from pgyer_desktop.core.changes.recorder import Recorder
from pgyer_desktop.core.changes.session import Session
from tests.core.changes.test_writes import _no_icon
from tests.helpers.sandbox import SandboxService

ACCOUNT = Account("account1", "Acme")


class Window:
    """What a window has of its own: a session, and its reading of the journal that both share."""

    def __init__(self, client: Client, path: Path, app: KnownApp) -> None:
        self.journal = Journal.open(path)
        icons = IconStore(None, _no_icon, icon_base="http://127.0.0.1:9")
        self.session = Session(client, icons, Recorder(self.journal, ACCOUNT))
        self.app = app

    async def sees(self, row: int) -> Look:
        view = await self.session.builds.read(self.app.app_key, 1)
        return look_at(view, view.builds[row])

    async def change(self, write: Write, seen: Look) -> WriteResult | HeldBack:
        assert seen.build is not None
        return await self.session.change(write, self.app, seen.build, page=1, seen=seen)


@pytest.fixture
def windows(client: Client, service: SandboxService, tmp_path: Path) -> tuple[Window, Window]:
    app = KnownApp(service.app_key("harbour"), "Harbour")
    one, other = (Window(client, tmp_path / "journal.jsonl", app) for _ in range(2))
    return one, other


def texts(held: WriteResult | HeldBack) -> list[str]:
    assert isinstance(held, HeldBack)
    assert all(isinstance(found, Text) for found in held.found)
    return [found.source for found in held.found]


async def test_what_the_other_window_promoted_holds_a_promotion_back(
    windows: tuple[Window, Window], service: SandboxService
) -> None:
    one, other = windows
    mine, theirs = await one.sees(4), await other.sees(5)
    done = await other.change(Write.SET_LATEST, theirs)
    assert isinstance(done, WriteResult)
    assert done.outcome is Outcome.DONE
    assert "was made the latest" in texts(await one.change(Write.SET_LATEST, mine))[0]
    assert len(service.sent("setNewestVersion")) == 1


async def test_a_change_that_the_other_window_is_still_at_holds_the_next_one_back(
    windows: tuple[Window, Window], service: SandboxService
) -> None:
    one, other = windows
    seen = await one.sees(5)
    assert seen.build is not None
    begun = intent(
        Write.DELETE,
        seen.build,
        account_id=ACCOUNT.id,
        account_name=ACCOUNT.name,
        app_key=one.app.app_key,
        app_name="Harbour",
        before=None,
    )
    await other.journal.record(begun)
    assert "not known yet" in texts(await one.change(Write.DELETE, seen))[0]
    assert not service.sent("buildDelete")
    await other.journal.end(Ending(begun.id, begun.when, Outcome.NOT_DONE))
    done = await one.change(Write.DELETE, await one.sees(5))
    assert isinstance(done, WriteResult)
    assert done.outcome is Outcome.DONE
    assert len(service.sent("buildDelete")) == 1


async def test_a_change_of_another_build_does_not_wait_for_it(
    windows: tuple[Window, Window], service: SandboxService
) -> None:
    one, other = windows
    seen, theirs = await one.sees(5), await one.sees(6)
    assert theirs.build is not None
    await other.journal.record(
        intent(
            Write.DELETE,
            theirs.build,
            account_id=ACCOUNT.id,
            account_name=ACCOUNT.name,
            app_key=one.app.app_key,
            app_name="Harbour",
            before=None,
        )
    )
    assert isinstance(await one.change(Write.DELETE, seen), WriteResult)
    assert len(service.sent("buildDelete")) == 1
