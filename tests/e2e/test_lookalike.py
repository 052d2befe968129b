"""The program against the second look-alike, which shares no code with its sandbox: `tests/lookalike`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QSpinBox

from pgyer_desktop.core.accounts.profile import profile_in
from pgyer_desktop.core.base.keystore import MemoryStore
from pgyer_desktop.options import Options
from pgyer_desktop.shell.program import Program
from tests.e2e import errands
from tests.e2e.person import Person
from tests.helpers.waiting import until
from tests.lookalike import Behaviour, BuildKeyField, Lookalike, Request, Successor, faults, furnished
from tests.lookalike.record import IN_FORM

WRITES = ("app/setNewestVersion", "app/cancelNewestVersion", "app/buildDelete")

NOBODY_TELLS = Behaviour(rows_say_latest=False, offers_newest_without_latest=False)

BEHAVIOURS = {
    "as it was seen": Behaviour(),
    "numbers are numbers": Behaviour(numbers_are_strings=False),
    "rows as documented": Behaviour(documented_only=True, numbers_are_strings=False, list_my_is_array=True),
    "rows say nothing of the latest": Behaviour(rows_say_latest=False),
    "nothing is offered without a latest": Behaviour(offers_newest_without_latest=False),
    "nobody tells what is the latest once none is": NOBODY_TELLS,
    "several are the latest": Behaviour(several_latest=True, upload_becomes_latest=False),
    "the newest follows": Behaviour(after_clear=Successor.NEWEST, after_delete=Successor.NEWEST),
    "the one before follows": Behaviour(after_clear=Successor.PREVIOUS, after_delete=Successor.PREVIOUS),
    "view describes another": Behaviour(view_of_gone_shows_another=True),
    "builds lists the asked one alone": Behaviour(builds_with_build_key=BuildKeyField.ONLY),
    "builds lists none where one is asked for": Behaviour(builds_with_build_key=BuildKeyField.EMPTY),
    "an older check": Behaviour(old_check=True, escapes_download_url=False),
    "seven a page": Behaviour(page_size=7),
}

Serve = Callable[[Behaviour], Lookalike]
Start = Callable[[Lookalike], AbstractAsyncContextManager[tuple[Program, Person]]]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a service that behaves like this; it ends with the test."""
    with ExitStack() as stack:
        yield lambda behaviour: stack.enter_context(Lookalike(furnished(behaviour)))


@pytest.fixture
def service(serve: Serve) -> Lookalike:
    return serve(Behaviour())


@pytest.fixture
def start(tmp_path: Path, qapp: object) -> Start:
    """Starts the program on a service, and closes it as a person does."""

    @asynccontextmanager
    async def started(service: Lookalike) -> AsyncIterator[tuple[Program, Person]]:
        options = Options(api_url=service.api_url, icon_url=service.icon_url)
        program = Program(options, profile_in(tmp_path / "profile"), MemoryStore())
        program.window.show()
        await program.prepare()
        program.start()
        try:
            yield program, Person(program.window)
        finally:
            program.window.close()
            await program.aclose()

    return started


def key_of(service: Lookalike) -> str:
    return service.world.accounts[0].key


def written(service: Lookalike) -> dict[str, list[str]]:
    """Which builds each change was sent for."""
    return {name: service.record.sent(name) for name in WRITES}


@pytest.mark.parametrize("behaviour", BEHAVIOURS.values(), ids=BEHAVIOURS.keys())
async def test_the_main_job_is_done_however_the_service_behaves(
    serve: Serve, start: Start, behaviour: Behaviour
) -> None:
    service = serve(behaviour)
    app = service.world.app("Kettle")
    async with start(service) as (program, person):
        await errands.connect(person, key_of(service))
        assert person.keys == [build.key for build in app.builds[: behaviour.page_size]]
        pages = await errands.turn_pages(person)
        assert [key for page in pages[:2] for key in page] == [
            build.key for build in app.builds[: 2 * behaviour.page_size]
        ]
        await until(lambda: person.latest == app.latest)
        promoted = await errands.set_latest(person, 3)
        assert promoted in app.latest
        await until(lambda: set(person.latest) == set(app.latest))
        cleared = await errands.clear_latest(person, 3)
        assert cleared == promoted
        doomed = await errands.delete(person, 5)
        assert doomed not in {build.key for build in app.builds}
        await until(lambda: not program.state.page.loading)
        assert person.notice == "" or (behaviour == NOBODY_TELLS and "latest could not be found out" in person.notice)
        assert person.keys == [build.key for build in app.builds[: behaviour.page_size]]
    assert written(service) == {WRITES[0]: [promoted], WRITES[1]: [promoted], WRITES[2]: [doomed]}
    assert [request for request in service.record.all if not properly_sent(request)] == []


def properly_sent(request: Request) -> bool:
    """Whether a request is one of the documented ones, with the key in its form and nowhere else."""
    if request.operation == "icon":
        return request.method == "GET" and not request.key_seen_in and "cookie" not in request.headers
    known = {*WRITES, "app/builds", "app/check", "app/listMy", "app/view"}
    return request.method == "POST" and request.operation in known and request.key_seen_in == {IN_FORM}


@pytest.mark.parametrize(
    "fault",
    [faults.LOST_REPLY, faults.gateway(504, carried_out=True), faults.CUT_SHORT, faults.garbage(carried_out=True)],
    ids=["lost reply", "gateway", "half a reply", "garbage"],
)
async def test_a_change_whose_reply_did_not_come_is_found_out_and_never_sent_again(
    service: Lookalike, start: Start, fault: faults.Fault
) -> None:
    app = service.world.app("Kettle")
    async with start(service) as (program, person):
        await errands.connect(person, key_of(service))
        service.script.fail(WRITES[0], fault)
        promoted = await errands.set_latest(person, 3)
        service.script.fail(WRITES[2], fault)
        doomed = await errands.delete(person, 5)
        await until(lambda: not program.state.page.loading)
        assert person.notice == ""
    assert app.latest == [promoted]
    assert written(service) == {WRITES[0]: [promoted], WRITES[1]: [], WRITES[2]: [doomed]}
    assert service.script.left() == 0


@pytest.mark.parametrize(
    "fault",
    [faults.LOST_REQUEST, faults.gateway(), faults.rate_limited(), faults.refused(1081), faults.redirected("/")],
    ids=["lost request", "gateway", "rate limit", "refusal", "redirect"],
)
async def test_a_change_that_was_not_made_is_said_not_to_be_and_never_sent_again(
    service: Lookalike, start: Start, fault: faults.Fault
) -> None:
    app = service.world.app("Kettle")
    before, count = list(app.latest), len(app.builds)
    async with start(service) as (_program, person):
        await errands.connect(person, key_of(service))
        shown = person.keys
        service.script.fail(WRITES[2], fault)
        doomed = await errands.ask("actionDelete", person, 5)
        await until(lambda: bool(person.notice))
        assert person.keys == shown
        assert person.latest == before
    assert len(app.builds) == count
    assert written(service) == {WRITES[0]: [], WRITES[1]: [], WRITES[2]: [doomed]}


@pytest.mark.parametrize("data", [[], None, {}, {"pageCount": "3", "total": "41", "list": []}, {"list": {"busy": 1}}])
async def test_a_reply_that_tells_of_no_rows_empties_nothing(service: Lookalike, start: Start, data: object) -> None:
    async with start(service) as (program, person):
        await errands.connect(person, key_of(service))
        await until(lambda: not program.state.page.loading and not program.state.tasks.is_running("prefetch"))
        shown, apps = person.keys, program.state.accounts.apps
        reads = {"app/builds": lambda: person.trigger("actionRefresh"), "app/listMy": program.state.accounts.load_apps}
        for operation, read in reads.items():
            service.script.fail(operation, faults.tells_of_no_rows(data))
            read()
            await until(lambda: "could not be understood" in person.notice)
            assert person.keys == shown
            assert program.state.accounts.apps == apps
            read()
            await until(lambda: person.notice == "" and not program.state.page.loading)
        assert person.keys == shown


async def test_a_connection_that_the_service_closed_meanwhile_costs_nothing(service: Lookalike, start: Start) -> None:
    async with start(service) as (program, person):
        service.script.fail("app/builds", faults.STALE_CONNECTION, times=3)
        service.script.fail("app/listMy", faults.STALE_CONNECTION, times=3)
        service.script.fail("app/view", faults.STALE_CONNECTION, times=3)
        await errands.connect(person, key_of(service))
        promoted = await errands.set_latest(person, 3)
        await errands.turn_pages(person)
        await until(lambda: not program.state.page.loading)
        assert person.notice == ""
    assert written(service) == {WRITES[0]: [promoted], WRITES[1]: [], WRITES[2]: []}


async def test_what_a_colleague_did_meanwhile_is_seen_before_a_change_is_sent(service: Lookalike, start: Start) -> None:
    app = service.world.app("Kettle")
    async with start(service) as (_program, person):
        await errands.connect(person, key_of(service))
        (before,) = person.latest
        theirs = app.builds[7].key
        person.select(3)
        mine = person.keys[3]
        person.trigger("actionSetLatest")
        dialog = await person.dialog("confirmDialog")
        service.world.promote(theirs)
        person.click("confirmAccept", dialog)
        again = await person.dialog("confirmDialog")
        assert written(service)[WRITES[0]] == []
        person.click("confirmCancel", again)
        await person.gone("confirmDialog")
        await until(lambda: person.latest == [theirs])
        assert before not in person.latest
    assert app.latest == [theirs] != [mine]
    assert written(service)[WRITES[0]] == []


async def test_a_build_that_a_colleague_deleted_is_not_deleted_again(service: Lookalike, start: Start) -> None:
    async with start(service) as (program, person):
        await errands.connect(person, key_of(service))
        doomed = person.keys[5]
        person.select(5)
        person.trigger("actionDelete")
        dialog = await person.dialog("confirmDialog")
        service.world.delete(doomed)
        person.click("confirmAccept", dialog)
        await until(lambda: doomed not in person.keys and not program.state.page.loading)
    assert written(service)[WRITES[2]] == []


async def test_odd_values_hurt_nothing(service: Lookalike, start: Start) -> None:
    odd: list[dict[str, object]] = [
        {"buildCreated": "0000-00-00 00:00:00"},
        {"buildCreated": "1天前", "buildFileSize": None},
        {"buildCreated": "", "buildFileSize": "", "buildBuildVersion": ""},
        {"buildVersion": None, "buildVersionNo": None, "buildUpdateDescription": []},
        {"buildIcon": None, "buildName": [], "buildDownloadCount": "many"},
        {"buildType": "3", "buildIsLastest": None, "buildIsPublishComplete": "2"},
    ]
    app = service.world.app("Kettle")
    for build, values in zip(app.builds[1:], odd, strict=False):
        build.odd = values
    async with start(service) as (program, person):
        await errands.connect(person, key_of(service))
        assert person.keys == [build.key for build in app.builds[:20]]
        for row in range(8):
            person.select(row)
        await until(lambda: not program.state.page.loading)
        assert person.notice == ""


async def test_apps_of_both_systems_open_with_their_icons_and_an_empty_one_says_so(
    service: Lookalike, start: Start
) -> None:
    async with start(service) as (program, person):
        await errands.connect(person, key_of(service))
        await errands.open_app(person, "ferry")
        assert person.keys == [build.key for build in service.world.app("渡轮时刻 Ferry").builds[:20]]
        assert person.find(QSpinBox, "pageNumber").maximum() == 2
        program.state.accounts.open_app(service.world.app("Empty shelf").key)
        await until(lambda: person.sees("scenePage") and not program.state.page.loading)
        assert person.notice == ""
        await until(lambda: len(service.record.of("icon")) >= 2)
    icons = [request.path for request in service.record.of("icon")]
    assert len(icons) == len(set(icons)), "an icon was asked for twice"
    assert all(properly_sent(request) for request in service.record.all)


@pytest.mark.parametrize("after", range(4))
async def test_all_builds_are_those_that_there_are_whatever_a_colleague_does_while_they_are_read(
    service: Lookalike, start: Start, after: int
) -> None:
    app = service.world.app("Kettle")

    def colleague() -> None:
        for number in range(25):
            service.world.upload(app, f"8.{number}")
        for row in (26, 40):
            service.world.delete(app.builds[row].key)

    async with start(service) as (program, person):
        await errands.connect(person, key_of(service))
        await until(lambda: not program.state.page.loading and not program.state.tasks.is_running("prefetch"))
        service.script.before("app/builds", colleague, skip=after)
        person.trigger("actionAllBuilds")
        await until(lambda: service.script.left() == 0 and person.keys == [build.key for build in app.builds])
        await until(lambda: person.latest == app.latest)
        assert person.notice == ""
