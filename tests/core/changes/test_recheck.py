"""What cannot be compared is not taken for unchanged."""

from __future__ import annotations

import pytest

from pgyer_desktop.api.client import Client
from pgyer_desktop.api.errors import HttpStatusError
from pgyer_desktop.core.activity import records
from pgyer_desktop.core.activity.outcome import Outcome, Write, WriteResult
from pgyer_desktop.core.builds.apps import KnownApp
from pgyer_desktop.core.builds.icons import IconStore
from pgyer_desktop.core.changes.recheck import Look, look_at
from pgyer_desktop.core.changes.session import Session
from tests.core.changes.test_writes import _no_icon
from tests.helpers.recorders import new_recorder
from tests.helpers.sandbox import SandboxService


@pytest.fixture
def session(client: Client) -> Session:
    return Session(client, IconStore(None, _no_icon, icon_base="http://127.0.0.1:9"), new_recorder())


async def seen(session: Session, app_key: str) -> Look:
    view = await session.builds.read(app_key, 1)
    return look_at(view, view.builds[5])


async def test_where_the_latest_was_seen_and_cannot_be_read_again_nothing_is_sent(
    service: SandboxService, session: Session
) -> None:
    app = KnownApp(service.app_key("millpond"))
    look = await seen(session, app.app_key)
    assert look.build is not None
    for _ in range(2):  # with the page, and once more for itself
        service.fail_next("/app/check", status=502)
    with pytest.raises(HttpStatusError):
        await session.change(Write.SET_LATEST, app, look.build, page=1, seen=look)
    assert not service.sent("setNewestVersion")
    assert session.journal.entries == ()


async def test_where_the_latest_was_not_known_before_it_need_not_be_known_now(
    service: SandboxService, session: Session
) -> None:
    app = KnownApp(service.app_key("millpond"))
    service.fail_next("/app/check", status=502)
    look = await seen(session, app.app_key)
    assert look.build is not None
    assert look.latest is None
    service.fail_next("/app/check", status=502)
    service.forget_requests()
    ended = await session.change(Write.SET_LATEST, app, look.build, page=1, seen=look)
    assert isinstance(ended, WriteResult)
    assert ended.outcome is Outcome.DONE
    asked = [request.operation for request in service.requests]
    before = asked[: asked.index("setNewestVersion")]
    assert before.count("check") == 1, "with the page, and not once more for itself"


async def test_a_build_is_found_by_its_key_as_it_is_now_unless_it_is_gone(
    service: SandboxService, session: Session
) -> None:
    app_key = service.app_key("millpond")
    build = (await session.builds.read(app_key, 1)).builds[5]
    found = await session.find_build(app_key, build.build_key)
    assert found is not None
    assert (found.build_key, found.version) == (build.build_key, build.version)
    await session.write(Write.DELETE, app_key, build, page=1)
    assert await session.find_build(app_key, build.build_key) is None


async def test_the_journal_names_what_was_the_latest_before_a_change(service: SandboxService, session: Session) -> None:
    """For *Return to previous latest*, and for who reads the journal."""
    app = KnownApp(service.app_key("harbour"))
    view = await session.builds.read(app.app_key, 1)
    rows = {row.build_key: row for row in view.builds}
    known, unknown = next(iter(rows)), "elsewhere"
    looks = [
        Look(view, view.builds[5], frozenset({known, unknown})),
        Look(view, view.builds[5], frozenset({known}), rows[known]),
        Look(view, view.builds[5], frozenset()),
        Look(view, view.builds[5], None),
    ]
    recorder = new_recorder()
    found = [(await recorder.begin(Write.SET_LATEST, view.builds[5], app, look)).before for look in looks]
    several, one, none, nobody_knows = found
    assert several is not None
    assert one is not None
    assert {(build.build_key, build.name) for build in several} == {
        (unknown, unknown),
        (known, records.named(rows[known]).name),
    }
    assert [build.build_key for build in one] == [known]
    assert none == ()
    assert nobody_knows is None
