"""Whether a delete was made is told by the list, whatever the service says of a build that is gone. Over sockets."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, replace
from itertools import product

import pytest

from pgyer_desktop.api.client import Client, Reply
from pgyer_desktop.api.errors import PgyerError, RateLimitedError
from pgyer_desktop.api.models import ApiKey, Build
from pgyer_desktop.api.transport import ApiTransport
from pgyer_desktop.core.activity.outcome import Outcome, Write, WriteResult
from pgyer_desktop.core.activity.records import Entry, intent
from pgyer_desktop.core.builds.apps import KnownApp
from pgyer_desktop.core.builds.icons import IconStore
from pgyer_desktop.core.changes.presence import is_there
from pgyer_desktop.core.changes.recheck import HeldBack, look_at
from pgyer_desktop.core.changes.session import Session
from tests.helpers.recorders import new_recorder
from tests.lookalike import App, Behaviour, BuildKeyField, Lookalike, faults, furnished
from tests.lookalike import Build as Upload

DELETE = "app/buildDelete"
GONE = (False, True)
"""Whether `view` of a build that is gone describes another."""
CARRIED_OUT = {
    "lost reply": faults.LOST_REPLY,
    "half a reply": faults.CUT_SHORT,
    "gateway": faults.gateway(504, carried_out=True),
    "garbage": faults.garbage(carried_out=True),
    "refused": faults.refused(1081, carried_out=True),
    "not found": faults.refused(1009, carried_out=True),
    "key rejected": faults.refused(1002, carried_out=True),
    "unknown code": faults.refused(4242, carried_out=True),
}
NOT_CARRIED_OUT = {
    "lost request": faults.LOST_REQUEST,
    "gateway": faults.gateway(504),
    "garbage": faults.garbage(),
    "refused": faults.refused(1081),
    "not found": faults.refused(1009),
    "rate limit": faults.rate_limited(),
}
PLACES = {"top": 0, "middle": 7, "last of a page": 19, "first of a page": 20, "inside another page": 33, "bottom": 46}


async def _no_icon(url: str) -> Reply:
    raise AssertionError(url)


@dataclass
class Stage:
    """A service, an app of it, and an account's session."""

    service: Lookalike
    client: Client
    session: Session
    app: App

    @property
    def known(self) -> KnownApp:
        return KnownApp(self.app.key, self.app.name)

    async def row(self, upload: Upload) -> Build:
        return await self.client.view_build(self.app.key, upload.key)

    async def delete(self, upload: Upload, page: int = 1) -> WriteResult | HeldBack:
        """Delete a build as a person does who has seen this page."""
        view = await self.session.builds.read(self.app.key, page)
        build = view.build(upload.key)
        assert build is not None
        self.service.record.forget()
        ended = await self.session.change(Write.DELETE, self.known, build, page=page, seen=look_at(view, build))
        assert self.service.record.sent(DELETE) == [upload.key]
        return ended

    async def killed_while_deleting(self, upload: Upload) -> Entry:
        """What a later start finds in the journal."""
        build = await self.row(upload)
        began = intent(
            Write.DELETE, build, account_id="account1", account_name="Acme", app_key=self.app.key, app_name="A",
            before=None,
        )  # fmt: skip
        await self.session.journal.record(began)
        entry = self.session.journal.entry(began.id)
        assert entry is not None
        return entry


Begin = Callable[..., Stage]


@pytest.fixture
async def begin() -> AsyncIterator[Begin]:
    """A session on a service that behaves like this."""
    services, clients = ExitStack(), AsyncExitStack()

    def made(behaviour: Behaviour | None = None, app: str = "Kettle") -> Stage:
        service = services.enter_context(Lookalike(furnished(behaviour)))
        transport = ApiTransport(service.api_url)
        clients.push_async_callback(transport.aclose)
        client = Client(transport, ApiKey(service.world.accounts[0].key))
        icons = IconStore(None, _no_icon, icon_base="http://127.0.0.1:9")
        return Stage(service, client, Session(client, icons, new_recorder()), service.world.app(app))

    async with clients:
        yield made
    services.close()


def outcome(ended: WriteResult | HeldBack) -> Outcome:
    assert isinstance(ended, WriteResult)
    return ended.outcome


@pytest.mark.parametrize("another", GONE)
@pytest.mark.parametrize("fault", CARRIED_OUT.values(), ids=CARRIED_OUT)
async def test_a_delete_that_was_made_is_told_as_made_whatever_answered_it(
    begin: Begin, fault: faults.Fault, *, another: bool
) -> None:
    stage = begin(Behaviour(view_of_gone_shows_another=another))
    stage.service.script.fail(DELETE, fault)
    assert outcome(await stage.delete(stage.app.builds[5])) is Outcome.DONE


@pytest.mark.parametrize("another", GONE)
@pytest.mark.parametrize("fault", NOT_CARRIED_OUT.values(), ids=NOT_CARRIED_OUT)
async def test_a_delete_that_was_not_made_is_told_as_not_made(
    begin: Begin, fault: faults.Fault, *, another: bool
) -> None:
    stage = begin(Behaviour(view_of_gone_shows_another=another))
    stage.service.script.fail(DELETE, fault)
    assert outcome(await stage.delete(stage.app.builds[5])) is Outcome.NOT_DONE


@pytest.mark.parametrize("another", GONE)
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
async def test_wherever_it_stood_a_lost_delete_is_settled(begin: Begin, place: int, *, another: bool) -> None:
    stage = begin(Behaviour(view_of_gone_shows_another=another))
    stage.service.script.fail(DELETE, faults.LOST_REPLY)
    assert outcome(await stage.delete(stage.app.builds[place], page=place // 20 + 1)) is Outcome.DONE


@pytest.mark.parametrize("another", GONE)
@pytest.mark.parametrize(("place", "made"), list(product(PLACES.values(), [True, False])))
async def test_wherever_it_stood_a_delete_that_was_cut_off_is_settled_later(
    begin: Begin, place: int, *, made: bool, another: bool
) -> None:
    stage = begin(Behaviour(view_of_gone_shows_another=another))
    doomed = stage.app.builds[place]
    entry = await stage.killed_while_deleting(doomed)
    if made:
        stage.service.world.delete(doomed.key)
    for number in range(25):  # so it stands on another page now
        stage.service.world.upload(stage.app, f"9.{number}")
    result = await stage.session.settle(entry)
    assert result.outcome is (Outcome.DONE if made else Outcome.NOT_DONE)
    assert stage.session.unsettled == ()
    assert stage.service.record.sent(DELETE) == []


@pytest.mark.parametrize("another", GONE)
async def test_in_a_list_of_many_pages_few_are_read(begin: Begin, *, another: bool) -> None:
    stage = begin(Behaviour(view_of_gone_shows_another=another, page_size=2))
    doomed = stage.app.builds[31]
    entry = await stage.killed_while_deleting(doomed)
    stage.service.world.delete(doomed.key)
    stage.service.record.forget()
    assert (await stage.session.settle(entry)).outcome is Outcome.DONE
    assert len(stage.service.record.all) <= 12


@pytest.mark.parametrize("another", GONE)
async def test_the_only_build_of_an_app_is_settled_too(begin: Begin, *, another: bool) -> None:
    stage = begin(Behaviour(view_of_gone_shows_another=another))
    for upload in stage.app.builds[1:]:
        stage.service.world.delete(upload.key)
    stage.service.script.fail(DELETE, faults.LOST_REPLY)
    assert outcome(await stage.delete(stage.app.builds[0])) is Outcome.DONE


# What is not certain stays unknown


def without_order(app: App) -> None:
    """No row says any more where it stands."""
    for upload in app.builds:
        upload.odd = {"buildBuildVersion": "", "buildCreated": "1天前"}


FIELDS = {
    BuildKeyField.IGNORED: None,
    BuildKeyField.EMPTY: None,
    BuildKeyField.ONLY: False,
    BuildKeyField.ONLY_IF_THERE: False,
}


@pytest.mark.parametrize(("field", "there"), FIELDS.items())
async def test_where_no_place_is_told_only_a_question_that_finds_a_neighbour_alone_settles_it(
    begin: Begin, field: BuildKeyField, *, there: bool | None
) -> None:
    stage = begin(Behaviour(view_of_gone_shows_another=True, builds_with_build_key=field))
    without_order(stage.app)
    doomed = stage.app.builds[5]
    build = await stage.row(doomed)
    stage.service.world.delete(doomed.key)
    assert await is_there(stage.client, stage.app.key, build) is there


async def test_an_empty_answer_to_that_question_counts_however_it_is_written(begin: Begin) -> None:
    only = BuildKeyField.ONLY
    stage = begin(Behaviour(view_of_gone_shows_another=True, builds_with_build_key=only, empty_data_is_array=True))
    without_order(stage.app)
    build = await stage.row(stage.app.builds[5])
    stage.service.world.delete(build.build_key)
    assert await is_there(stage.client, stage.app.key, build) is False


@pytest.mark.parametrize("field", [BuildKeyField.ONLY, BuildKeyField.ONLY_IF_THERE])
async def test_a_list_asked_for_one_build_that_holds_it_shows_that_it_is_there(
    begin: Begin, field: BuildKeyField
) -> None:
    stage = begin(Behaviour(builds_with_build_key=field))
    without_order(stage.app)
    build = await stage.row(stage.app.builds[30])
    stage.service.script.fail("app/view", faults.gateway(), times=1)
    assert await is_there(stage.client, stage.app.key, build) is True


@pytest.mark.parametrize("fault", CARRIED_OUT.values(), ids=CARRIED_OUT)
async def test_an_error_whose_build_is_missing_without_proof_is_unknown_and_not_a_failure(
    begin: Begin, fault: faults.Fault
) -> None:
    stage = begin(Behaviour(view_of_gone_shows_another=True))
    without_order(stage.app)
    stage.service.script.fail(DELETE, fault)
    assert outcome(await stage.delete(stage.app.builds[5])) is Outcome.UNKNOWN
    (entry,) = stage.session.unsettled
    endings = len(entry.endings)
    assert (await stage.session.settle(entry)).outcome is Outcome.UNKNOWN
    (entry,) = stage.session.unsettled
    assert len(entry.endings) == endings, "what is not known is not written down again and again"


@pytest.mark.parametrize("fault", CARRIED_OUT.values(), ids=CARRIED_OUT)
async def test_an_error_after_which_nothing_can_be_read_is_unknown(begin: Begin, fault: faults.Fault) -> None:
    stage = begin()
    stage.service.script.fail(DELETE, fault)
    stage.service.script.fail("app/builds", faults.gateway(), times=9, skip=2)
    assert outcome(await stage.delete(stage.app.builds[5])) is Outcome.UNKNOWN


async def test_a_success_that_the_page_bears_out_is_one_though_no_place_is_told(begin: Begin) -> None:
    stage = begin(Behaviour(view_of_gone_shows_another=True))
    without_order(stage.app)
    assert outcome(await stage.delete(stage.app.builds[5])) is Outcome.DONE


async def test_a_row_that_cannot_be_read_may_be_the_one(begin: Begin) -> None:
    stage = begin(Behaviour(view_of_gone_shows_another=True))
    doomed = stage.app.builds[5]
    build = await stage.row(doomed)
    stage.service.world.delete(doomed.key)
    stage.app.builds[8].odd = {"buildKey": ""}
    assert await is_there(stage.client, stage.app.key, build) is None


@pytest.mark.parametrize("left", [1, 2])
async def test_a_row_that_cannot_be_read_may_be_the_one_in_answers_about_one_build_too(begin: Begin, left: int) -> None:
    stage = begin(Behaviour(view_of_gone_shows_another=True))
    there = stage.app.builds[0]
    build = await stage.row(there)
    for upload in stage.app.builds[1 + left :]:
        stage.service.world.delete(upload.key)
    there.odd = {"buildKey": ""}
    assert await is_there(stage.client, stage.app.key, build) is None


async def test_a_question_that_is_answered_alike_for_two_builds_settles_nothing(begin: Begin) -> None:
    stage = begin(Behaviour(view_of_gone_shows_another=True))
    doomed = stage.app.builds[1]
    build = await stage.row(doomed)
    for upload in stage.app.builds[1:]:
        stage.service.world.delete(upload.key)
    without_order(stage.app)
    assert await is_there(stage.client, stage.app.key, build) is None


@pytest.mark.parametrize("place", [20, 33])
@pytest.mark.parametrize("data", [[], {"list": []}, {"list": [], "pageCount": 3}], ids=str)
async def test_a_page_without_rows_is_no_end_of_a_list_that_is_longer(begin: Begin, data: object, place: int) -> None:
    stage = begin()
    build = await stage.row(stage.app.builds[place])

    def second_emptied(reply: faults.Reply) -> faults.Reply:
        second = json.loads(reply.body)["data"]["currentPage"] == 2
        return replace(reply, body=json.dumps({"code": 0, "data": data}).encode()) if second else reply

    stage.service.script.fail("app/view", faults.gateway())
    stage.service.script.fail("app/builds", faults.altered(second_emptied), times=60)
    assert await is_there(stage.client, stage.app.key, build) is not False


async def test_a_first_page_that_tells_neither_of_rows_nor_of_pages_proves_no_delete(begin: Begin) -> None:
    stage = begin()
    stage.service.script.fail(DELETE, faults.refused(1081))
    stage.service.script.fail("app/view", faults.gateway(), times=9)
    stage.service.script.fail("app/builds", faults.tells_of_no_rows({"list": []}), times=9, skip=2)
    assert outcome(await stage.delete(stage.app.builds[5])) is Outcome.UNKNOWN


@pytest.mark.parametrize("page_size", [20, 5])
async def test_while_rows_move_from_page_to_page_nothing_is_claimed(begin: Begin, page_size: int) -> None:
    stage = begin(Behaviour(view_of_gone_shows_another=True, page_size=page_size))
    world, app = stage.service.world, stage.app
    there = app.builds[20]
    build = await stage.row(there)
    stage.service.script.fail("app/view", faults.gateway())

    def hide() -> None:
        """Move the build to the page that is not asked for, as long as it can be done."""
        asked = int(stage.service.record.of("app/builds")[-1].fields.get("page", "0"))
        place = app.builds.index(there)
        if place // page_size + 1 == asked and place % page_size == 0:
            world.delete(app.builds[1].key)
        elif place // page_size + 1 == asked and place % page_size == page_size - 1:
            world.upload(app, "9.9")

    for number in range(60):
        stage.service.script.before("app/builds", hide, skip=number)
    assert await is_there(stage.client, app.key, build) is not False


async def test_a_rate_limit_ends_the_search_at_once(begin: Begin) -> None:
    stage = begin()
    build = await stage.row(stage.app.builds[5])
    stage.service.record.forget()
    stage.service.script.fail("", faults.rate_limited(), times=9)
    with pytest.raises(RateLimitedError):
        await is_there(stage.client, stage.app.key, build)
    assert len(stage.service.record.all) == 1


async def test_a_list_that_cannot_be_read_says_why(begin: Begin) -> None:
    stage = begin()
    build = await stage.row(stage.app.builds[5])
    stage.service.script.fail("", faults.gateway(), times=9)
    with pytest.raises(PgyerError):
        await is_there(stage.client, stage.app.key, build)


# Before a change, and for other changes


async def test_a_build_that_somebody_deleted_meanwhile_is_told_as_gone_though_view_describes_another(
    begin: Begin,
) -> None:
    stage = begin(Behaviour(view_of_gone_shows_another=True))
    view = await stage.session.builds.read(stage.app.key, 1)
    build = view.builds[5]
    stage.service.world.delete(build.build_key)
    ended = await stage.session.change(Write.DELETE, stage.known, build, page=1, seen=look_at(view, build))
    assert isinstance(ended, HeldBack)
    assert ended.now.build is None
    assert stage.service.record.sent(DELETE) == []


@pytest.mark.parametrize("write", [Write.SET_LATEST, Write.CLEAR_LATEST])
async def test_a_build_that_is_gone_is_not_the_latest_though_view_describes_another(begin: Begin, write: Write) -> None:
    stage = begin(Behaviour(view_of_gone_shows_another=True))
    view = await stage.session.builds.read(stage.app.key, 1)
    build = view.builds[5]
    began = intent(
        write, build, account_id="account1", account_name="Acme", app_key=stage.app.key, app_name="A", before=None
    )
    await stage.session.journal.record(began)
    entry = stage.session.journal.entry(began.id)
    assert entry is not None
    stage.service.world.delete(build.build_key)
    result = await stage.session.settle(entry)
    assert result.outcome is (Outcome.NOT_DONE if write is Write.SET_LATEST else Outcome.DONE)
