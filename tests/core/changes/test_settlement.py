"""A change of which nobody knows how it ended is settled by what the service says of that very build."""

from __future__ import annotations

import json

import pytest

from pgyer_desktop.api.client import Client
from pgyer_desktop.api.errors import HttpStatusError, MalformedReplyError
from pgyer_desktop.api.models import Build
from pgyer_desktop.core.activity.outcome import Outcome, Write, WriteResult
from pgyer_desktop.core.activity.records import Intent, intent
from pgyer_desktop.core.builds.pages import BuildReader
from pgyer_desktop.core.changes.settlement import settle
from pgyer_desktop.sandbox import DEMO_KEY
from tests.helpers.sandbox import SandboxService

OPERATIONS = {
    Write.SET_LATEST: "setNewestVersion",
    Write.CLEAR_LATEST: "cancelNewestVersion",
    Write.DELETE: "buildDelete",
}


async def row(client: Client, app_key: str, at: int) -> Build:
    return (await BuildReader(client).read(app_key, 1)).builds[at]


def lost(write: Write, build: Build, app_key: str) -> Intent:
    return intent(
        write, build, account_id="account1", account_name="Acme", app_key=app_key, app_name="App", before=None
    )


async def settled(
    service: SandboxService, client: Client, slug: str, at: int, write: Write, *, arrived: bool
) -> WriteResult:
    """How `write` on row `at` ended, of which only the service knows whether it arrived."""
    app_key = service.app_key(slug)
    build = await row(client, app_key, at)
    if arrived:
        assert service.answer(OPERATIONS[write], {"_api_key": DEMO_KEY, "buildKey": build.build_key})["code"] == 0
    return await settle(client, lost(write, build, app_key))


# One latest; none, where `check` names the newest; two, where it names the newer; rows and `view` that do not say it;
# one build.
PLACES = [("harbour", 0), ("harbour", 5), ("kitefield", 0), ("tworivers", 5), ("millpond", 5), ("firstlight", 0)]
MARKED = {"harbour": 1, "tworivers": 3, "millpond": 2, "firstlight": 0}


@pytest.mark.parametrize("arrived", [True, False])
@pytest.mark.parametrize(("slug", "at"), PLACES[:-1])
async def test_a_set_is_settled_by_whether_the_build_is_the_latest(
    service: SandboxService, client: Client, slug: str, at: int, *, arrived: bool
) -> None:
    result = await settled(service, client, slug, at, Write.SET_LATEST, arrived=arrived)
    assert result.outcome is (Outcome.DONE if arrived else Outcome.NOT_DONE)


@pytest.mark.parametrize("arrived", [True, False])
@pytest.mark.parametrize(("slug", "at"), MARKED.items())
async def test_a_clear_is_settled_by_whether_the_build_is_still_the_latest(
    service: SandboxService, client: Client, slug: str, at: int, *, arrived: bool
) -> None:
    result = await settled(service, client, slug, at, Write.CLEAR_LATEST, arrived=arrived)
    assert result.outcome is (Outcome.DONE if arrived else Outcome.NOT_DONE)


@pytest.mark.parametrize("arrived", [True, False])
@pytest.mark.parametrize(("slug", "at"), PLACES)
async def test_a_delete_is_settled_by_whether_the_build_is_gone(
    service: SandboxService, client: Client, slug: str, at: int, *, arrived: bool
) -> None:
    result = await settled(service, client, slug, at, Write.DELETE, arrived=arrived)
    assert result.outcome is (Outcome.DONE if arrived else Outcome.NOT_DONE)


async def test_what_is_the_latest_now_is_told_with_it(service: SandboxService, client: Client) -> None:
    result = await settled(service, client, "harbour", 5, Write.SET_LATEST, arrived=False)
    assert result.latest is not None
    assert (result.latest.build_key,) == service.latest_keys(service.app_key("harbour"))


async def test_a_build_that_is_only_offered_is_not_told_as_the_latest(service: SandboxService, client: Client) -> None:
    assert (await settled(service, client, "firstlight", 0, Write.CLEAR_LATEST, arrived=True)).latest is None


@pytest.mark.parametrize("write", Write)
async def test_a_build_that_somebody_else_has_deleted_is_not_the_latest(
    service: SandboxService, client: Client, write: Write
) -> None:
    app_key = service.app_key("harbour")
    build = await row(client, app_key, 0)
    service.answer("buildDelete", {"_api_key": DEMO_KEY, "buildKey": build.build_key})
    result = await settle(client, lost(write, build, app_key))
    assert result.outcome is (Outcome.NOT_DONE if write is Write.SET_LATEST else Outcome.DONE)


@pytest.mark.parametrize("write", Write)
async def test_where_it_cannot_be_read_it_stays_unknown(service: SandboxService, client: Client, write: Write) -> None:
    app_key = service.app_key("harbour")
    build = await row(client, app_key, 0)
    service.fail_next("/app/view", status=502)
    service.fail_next("/app/builds", status=502)
    with pytest.raises(HttpStatusError):
        await settle(client, lost(write, build, app_key))


@pytest.mark.parametrize("write", Write)
async def test_a_reply_about_another_build_says_nothing_and_the_list_is_asked(
    service: SandboxService, client: Client, write: Write
) -> None:
    app_key = service.app_key("harbour")
    build, other = await row(client, app_key, 0), await row(client, app_key, 1)
    asked = {"_api_key": DEMO_KEY, "appKey": app_key, "buildKey": other.build_key}
    service.fail_next("/app/view", body=json.dumps(service.answer("view", asked)))
    if write is Write.DELETE:
        assert (await settle(client, lost(write, build, app_key))).outcome is Outcome.NOT_DONE
    else:  # it is there, but whether it is the latest nobody has said
        with pytest.raises(MalformedReplyError):
            await settle(client, lost(write, build, app_key))
