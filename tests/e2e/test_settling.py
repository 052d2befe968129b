"""What became of a delete is read again by itself until it is known, on a service of which nobody knows what it says.

Over sockets, against the second look-alike. Nothing is waited for: the pauses are handed out by the tests.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QWidget

from pgyer_desktop.core.activity.outcome import Outcome, Write
from pgyer_desktop.core.activity.records import intent
from pgyer_desktop.core.base.keystore import MemoryStore
from pgyer_desktop.shell.program import Program
from pgyer_desktop.ui.builds.model import BADGES_ROLE
from tests.e2e import errands
from tests.e2e.conftest import running
from tests.e2e.jobs import ended, states
from tests.e2e.person import Person
from tests.helpers.waiting import until
from tests.lookalike import App, Behaviour, Lookalike, faults, furnished

DELETE = "app/buildDelete"
CARRIED_OUT = {
    "lost reply": faults.LOST_REPLY,
    "gateway": faults.gateway(504, carried_out=True),
    "refused": faults.refused(1081, carried_out=True),
    "not found": faults.refused(1009, carried_out=True),
}


class Pauses:
    """Stands for the clock of the program's own reads."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self.now = 0.0
        self._over = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.asked.append(seconds)
        over = self._over
        await over.wait()

    def pass_by(self) -> None:
        """Let the pause under way be over."""
        self.now += self.asked[-1]
        self._over.set()
        self._over = asyncio.Event()


Running = tuple[Program, Person, Pauses]
Start = Callable[[Lookalike], AbstractAsyncContextManager[Running]]
Serve = Callable[..., Lookalike]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a service; it ends with the test."""
    with ExitStack() as stack:
        yield lambda **behaviour: stack.enter_context(Lookalike(furnished(Behaviour(**behaviour))))


@pytest.fixture
def start(tmp_path: Path, qapp: object) -> Start:
    """Starts the program on a service, always on the same profile and keyring, and closes it as a person does."""
    keys = MemoryStore()

    @asynccontextmanager
    async def started(service: Lookalike) -> AsyncIterator[Running]:
        pauses = Pauses()

        def on_prepared(program: Program) -> None:
            program.state.changes.settling.sleep = pauses.sleep

        async with running(service, tmp_path, keys, on_prepared=on_prepared) as (program, person):
            yield program, person, pauses

    return started


async def connect(service: Lookalike, program: Program, person: Person) -> App:
    await errands.connect(person, service.world.accounts[0].key)
    await until(lambda: not program.state.page.loading and not program.state.tasks.is_running("prefetch"))
    return service.world.app("Kettle")


def without_order(app: App) -> None:
    """No row says any more where it stands, so that nothing can be told from what is missing."""
    for upload in app.builds:
        upload.odd = {"buildBuildVersion": "", "buildCreated": "1天前"}


def with_an_unreadable_row(app: App, row: int = 32) -> None:
    """One row is without a key, and may be any build."""
    app.builds[row].odd = {"buildKey": ""}


def with_order(app: App) -> None:
    for upload in app.builds:
        upload.odd = {}


def marked(person: Person, key: str) -> bool:
    """Whether the row of a build says that it is not known what became of it."""
    badges = person.index(person.keys.index(key)).data(BADGES_ROLE)
    return "Unknown" in [word for word, _tone in badges]


def button(person: Person) -> str:
    return person.find(QAbstractButton, "noticeRetry").text() if person.sees("noticeRetry") else ""


def toast(person: Person) -> str:
    return person.find(QWidget, "toast").accessibleName() if person.sees("toast") else ""


async def lose(
    service: Lookalike,
    person: Person,
    fault: faults.Fault,
    row: int,
    spoil: Callable[[App], object] = without_order,
) -> str:
    """Delete a build so that nobody knows what became of it. Its key."""
    service.script.before(DELETE, lambda: spoil(service.world.app("Kettle")))
    service.script.fail(DELETE, fault)
    doomed = await errands.ask("actionDelete", person, row)
    await until(lambda: "It is not known whether" in person.notice)
    return doomed


def known_as(program: Program, outcome: Outcome) -> Callable[[], bool]:
    return lambda: program.journal.entries[0].outcome is outcome


@pytest.mark.parametrize("another", [False, True])
@pytest.mark.parametrize("fault", CARRIED_OUT.values(), ids=CARRIED_OUT)
async def test_a_delete_that_was_made_is_told_as_made_and_never_as_nothing_changed(
    serve: Serve, start: Start, fault: faults.Fault, *, another: bool
) -> None:
    service = serve(view_of_gone_shows_another=another)
    async with start(service) as (program, person, pauses):
        await connect(service, program, person)
        service.script.fail(DELETE, fault)
        doomed = await errands.delete(person, 5)
        await until(lambda: "has been deleted" in toast(person))
        assert person.notice == ""
        assert known_as(program, Outcome.DONE)()
        assert pauses.asked == []
    assert service.record.sent(DELETE) == [doomed]


@pytest.mark.parametrize("fault", CARRIED_OUT.values(), ids=CARRIED_OUT)
async def test_while_it_is_unknown_the_row_stays_marked_and_is_read_again_ever_more_seldom(
    serve: Serve, start: Start, fault: faults.Fault
) -> None:
    service = serve(view_of_gone_shows_another=True)
    async with start(service) as (program, person, pauses):
        app = await connect(service, program, person)
        shown = person.keys
        doomed = await lose(service, person, fault, 5)
        assert button(person) == "Stop"
        assert "Nothing was changed" not in person.notice
        for number in range(10):
            if number:
                pauses.pass_by()
            await until(lambda number=number: len(pauses.asked) == number + 1)  # type: ignore[misc]
            assert person.keys[:20] == shown[:20]
            assert marked(person, doomed)
            assert not person.find(QAction, "actionDelete").isEnabled()
        assert pauses.asked == [5, 10, 20, 40, 80, 160, 320, 600, 600, 600]
        with_order(app)
        pauses.pass_by()
        await until(lambda: doomed not in person.keys)
        await until(lambda: "Now it is known" in toast(person))
        assert known_as(program, Outcome.DONE)()
        assert person.notice == ""
        await until(lambda: not program.state.tasks.is_running("settle"))
        assert not program.state.tasks.is_running("settle later")
        assert len(pauses.asked) == 10
    assert service.record.sent(DELETE) == [doomed]


@pytest.mark.parametrize("spoil", [without_order, with_an_unreadable_row])
@pytest.mark.parametrize("row", [0, 7, 19])
async def test_a_row_stays_on_its_page_wherever_it_stood_and_after_others_were_looked_at(
    serve: Serve, start: Start, row: int, spoil: Callable[[App], object]
) -> None:
    service = serve(view_of_gone_shows_another=True)
    async with start(service) as (program, person, pauses):
        app = await connect(service, program, person)
        person.click("pageNext")
        await until(lambda: app.builds[20].key in person.keys and not program.state.page.loading)
        await until(lambda: not program.state.tasks.is_running("prefetch"))
        shown = person.keys
        doomed = await lose(service, person, faults.LOST_REPLY, row, spoil)
        for _ in range(2):
            here = set(person.keys)
            assert doomed in here
            assert [key for key in person.keys if key in shown] == [key for key in shown if key in here]
            assert len(here) >= 20
            assert marked(person, doomed)
            await until(lambda: not program.state.page.loading)
            person.trigger("actionRefresh")
            await until(lambda: not program.state.page.loading)
        person.click("pageFirst")
        await until(lambda: person.keys == [build.key for build in app.builds[:20]])
        person.click("pageNext")
        await until(lambda: doomed in person.keys)
        await until(lambda: bool(pauses.asked))


async def test_a_row_stays_among_all_builds_too(serve: Serve, start: Start) -> None:
    service = serve(view_of_gone_shows_another=True)
    async with start(service) as (program, person, pauses):
        app = await connect(service, program, person)
        person.trigger("actionAllBuilds")
        await until(lambda: person.rows == len(app.builds))
        await until(lambda: not program.state.page.loading)
        shown = person.keys
        doomed = await lose(service, person, faults.LOST_REPLY, 5, lambda app: with_an_unreadable_row(app, 12))
        await until(lambda: bool(pauses.asked))
        assert person.keys == shown
        assert marked(person, doomed)
        with_order(app)
        pauses.pass_by()
        await until(lambda: person.keys == [key for key in shown if key != doomed])
        assert person.notice == ""


async def test_a_delete_that_was_not_made_is_told_so_and_its_row_is_marked_no_more(serve: Serve, start: Start) -> None:
    service = serve(view_of_gone_shows_another=True)
    async with start(service) as (program, person, pauses):
        await connect(service, program, person)
        service.script.fail("app/builds", faults.gateway(), times=4, skip=1)
        doomed = await lose(service, person, faults.LOST_REQUEST, 5, with_order)
        await until(lambda: bool(pauses.asked))
        assert marked(person, doomed)
        pauses.pass_by()
        await until(lambda: "was not deleted" in toast(person))
        assert doomed in person.keys
        assert not marked(person, doomed)
        assert known_as(program, Outcome.NOT_DONE)()
    assert service.record.sent(DELETE) == [doomed]


async def test_whoever_says_stop_is_not_read_for_any_more_until_they_ask(serve: Serve, start: Start) -> None:
    service = serve(view_of_gone_shows_another=True)
    async with start(service) as (program, person, pauses):
        app = await connect(service, program, person)
        doomed = await lose(service, person, faults.LOST_REPLY, 5)
        await until(lambda: bool(pauses.asked))
        person.click("noticeRetry")
        await until(lambda: button(person) == "Read again")
        assert "It is not known whether" in person.notice
        assert "by itself" not in person.notice
        assert not program.state.tasks.is_running("settle later")
        assert marked(person, doomed)
        with_order(app)
        asked = len(pauses.asked)
        person.click("noticeRetry")
        await until(lambda: doomed not in person.keys)
        assert person.notice == ""
        assert len(pauses.asked) <= asked + 1
    assert service.record.sent(DELETE) == [doomed]


async def test_after_a_rate_limit_nothing_is_read_by_itself_until_its_hour_is_over(serve: Serve, start: Start) -> None:
    service = serve(view_of_gone_shows_another=True)
    async with start(service) as (program, person, pauses):
        await connect(service, program, person)
        service.script.fail("app/builds", faults.rate_limited(), times=1, skip=1)
        doomed = await lose(service, person, faults.LOST_REPLY, 5, with_order)
        await until(lambda: bool(pauses.asked))
        (pause,) = pauses.asked
        assert 3590 < pause <= 3600
        limited = program.state.accounts.session
        assert limited is not None
        service.record.forget()
        program.state.changes.settling.look()  # as a page that somebody asked for makes it do
        await until(lambda: len(pauses.asked) == 2)
        assert service.record.all == ()
        began = limited.limited_at or 0.0
        program.state.changes.settling.clock = lambda: began + 3601
        pauses.pass_by()
        await until(lambda: doomed not in person.keys)
        assert known_as(program, Outcome.DONE)()
    assert service.record.sent(DELETE) == []


async def test_an_app_whose_list_makes_no_sense_keeps_no_other_change_unknown(serve: Serve, start: Start) -> None:
    service = serve(view_of_gone_shows_another=True)
    ferry = service.world.app("渡轮时刻 Ferry")
    doomed = await killed_while_deleting(service, start, made=True)
    await killed_while_deleting(service, start, made=True, app=ferry, first=False)

    def senseless(reply: faults.Reply) -> faults.Reply:
        of_ferry = ferry.identifier in reply.body.decode()
        return dataclasses.replace(reply, body=b'{"code": 0, "data": []}') if of_ferry else reply

    service.script.fail("app/builds", faults.altered(senseless), times=60)
    async with start(service) as (program, _person, _pauses):
        assert program.journal.entries[0].intent.app_key == ferry.key, "it is looked at first"
        await until(lambda: program.journal.entries[1].outcome is Outcome.DONE)
        assert program.journal.entries[1].intent.build.build_key == doomed
        assert program.journal.entries[0].outcome is Outcome.UNKNOWN


async def test_after_a_rate_limit_its_hour_counts_when_the_account_is_opened_again(serve: Serve, start: Start) -> None:
    service = serve(view_of_gone_shows_another=True)
    async with start(service) as (program, person, pauses):
        await connect(service, program, person)
        service.script.fail("app/builds", faults.rate_limited(), times=1, skip=1)
        await lose(service, person, faults.LOST_REPLY, 5, with_order)
        await until(lambda: bool(pauses.asked))
        account = program.state.accounts.account
        assert account is not None
        program.state.accounts.switch_account(account.id)
        await until(lambda: program.state.accounts.session is not None and len(pauses.asked) > 1)
        assert 3590 < pauses.asked[-1] <= 3600


@pytest.mark.parametrize("another", [False, True])
@pytest.mark.parametrize("made", [True, False])
async def test_a_delete_that_a_kill_cut_off_is_settled_at_the_next_start(
    serve: Serve, start: Start, *, made: bool, another: bool
) -> None:
    service = serve(view_of_gone_shows_another=another)
    doomed = await killed_while_deleting(service, start, made=made)
    async with start(service) as (program, person, _pauses):
        await until(known_as(program, Outcome.DONE if made else Outcome.NOT_DONE))
        await until(lambda: person.rows > 0 and (doomed in person.keys) is not made)
        assert person.notice == ""
    assert service.record.sent(DELETE) == []


async def test_a_delete_that_a_kill_cut_off_and_that_cannot_be_settled_stays_marked_and_is_read_again(
    serve: Serve, start: Start
) -> None:
    service = serve(view_of_gone_shows_another=True)
    doomed = await killed_while_deleting(service, start, made=True)
    app = service.world.app("Kettle")
    without_order(app)
    async with start(service) as (program, person, pauses):
        await until(lambda: "It is not known whether" in person.notice)
        assert button(person) == "Stop"
        await until(lambda: bool(pauses.asked) and doomed in person.keys)
        assert marked(person, doomed)
        with_order(app)
        pauses.pass_by()
        await until(lambda: doomed not in person.keys)
        assert person.notice == ""
        assert known_as(program, Outcome.DONE)()
    assert service.record.sent(DELETE) == []


async def killed_while_deleting(
    service: Lookalike, start: Start, *, made: bool, app: App | None = None, first: bool = True
) -> str:
    """Leave a profile as a program does that is killed between its request and the reply. The build's key.

    `app` is another than the one that is open; `first`: the profile is new.
    """
    async with start(service) as (program, person, _pauses):
        if first:
            await connect(service, program, person)
        await until(lambda: program.state.page.view is not None and not program.state.page.loading)
        open_app, app = service.world.app("Kettle"), app or service.world.app("Kettle")
        opened, view = program.state.accounts.open, program.state.page.view
        assert opened is not None
        assert view is not None
        doomed = view.builds[5]
        if app is not open_app:
            doomed = dataclasses.replace(doomed, build_key=app.builds[5].key)
        await program.journal.record(
            intent(
                Write.DELETE,
                doomed,
                account_id=opened.account.id,
                account_name=opened.account.name,
                app_key=app.key,
                app_name=app.name,
                before=None,
            )
        )
    if made:
        service.world.delete(doomed.build_key)
    service.record.forget()
    return doomed.build_key


async def test_a_queue_s_delete_that_is_not_known_is_read_again_and_its_report_says_so_then(
    serve: Serve, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "pgyer_desktop.core.cleanup.queue.Manners.__init__.__defaults__", (0.0, (0.0, 0.0), (0.05,), 60.0)
    )
    service = serve(view_of_gone_shows_another=True)
    async with start(service) as (program, person, pauses):
        app = await connect(service, program, person)
        doomed = person.keys[5:8]
        service.script.before(DELETE, lambda: without_order(app), skip=1)
        service.script.fail(DELETE, faults.refused(1081, carried_out=True), skip=1)
        person.select(5)
        person.select(7, Qt.KeyboardModifier.ShiftModifier)
        person.trigger("actionDelete")
        person.click("confirmAccept", await person.dialog("confirmDialog"))
        view = await ended(person)
        assert [state.split(":")[0] for state in states(person, view)] == ["Deleted", "Not known yet", "Deleted"]
        await until(lambda: doomed[1] in person.keys and bool(pauses.asked))
        assert marked(person, doomed[1])
        with_order(app)
        pauses.pass_by()
        await until(lambda: states(person, view)[1] == "Deleted")
        await until(lambda: doomed[1] not in person.keys)
        view.close()
    assert sorted(service.record.sent(DELETE)) == sorted(doomed)


async def test_a_toast_about_a_build_goes_when_a_notice_says_otherwise(serve: Serve, start: Start) -> None:
    service = serve()
    async with start(service) as (program, person, _pauses):
        await connect(service, program, person)
        promoted = await errands.set_latest(person, 3)
        await until(lambda: "is the latest now" in person.find(QWidget, "promotionCard").accessibleName())
        service.script.fail("app/cancelNewestVersion", faults.refused(1081))
        assert await errands.ask("actionClearLatest", person, 3) == promoted
        await until(lambda: "is still the latest" in person.notice)
        assert "is the latest now" not in toast(person)
        assert not person.sees("promotionCard")
        await errands.clear_latest(person, 3)
        await until(lambda: "no longer the latest" in toast(person))
        assert person.notice == "", "nor does a notice stay whose build has got what it was refused"
