"""What was done is known, what is not is said: other people's changes, lost replies, restarts."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel

from pgyer_desktop.core.activity.outcome import Outcome
from pgyer_desktop.core.base.keystore import MemoryStore
from pgyer_desktop.sandbox import DEMO_KEY
from pgyer_desktop.shell.program import Program
from pgyer_desktop.ui.base.i18n import say
from tests.e2e.conftest import Start
from tests.e2e.person import Person
from tests.e2e.test_main_job import connect, written
from tests.helpers.sandbox import SandboxService
from tests.helpers.waiting import until


def others_set_latest(service: SandboxService, build_key: str) -> None:
    """A colleague promotes a build in the web console."""
    reply = service.answer("setNewestVersion", {"_api_key": DEMO_KEY, "buildKey": build_key})
    assert reply["code"] == 0
    service.forget_requests()


def others_delete(service: SandboxService, build_key: str) -> None:
    """A colleague deletes a build in the web console."""
    reply = service.answer("buildDelete", {"_api_key": DEMO_KEY, "buildKey": build_key})
    assert reply["code"] == 0
    service.forget_requests()


async def connected(program: Program, person: Person) -> None:
    """Connect, and wait until nothing is being read any more that a fault could hit instead."""
    await connect(person)
    tasks = program.state.tasks
    await until(lambda: not any(tasks.is_running(key) for key in ("apps", "page", "prefetch")))


def not_latest(person: Person) -> list[str]:
    return [key for key in person.keys if key not in person.latest]


async def test_a_promotion_by_somebody_else_meanwhile_is_said_and_asked_again(
    start: Start, service: SandboxService
) -> None:
    async with start() as (program, person):
        await connected(program, person)
        mine, theirs = not_latest(person)[:2]
        person.select(person.keys.index(mine))
        person.trigger("actionSetLatest")
        dialog = await person.dialog("confirmDialog")
        others_set_latest(service, theirs)
        person.click("confirmAccept", dialog)
        await until(lambda: dialog_text_has(person, "Meanwhile"))
        assert written(service)["setNewestVersion"] == 0
        assert person.latest == [theirs]
        person.click("confirmAccept", await person.dialog("confirmDialog"))
        await until(lambda: person.latest == [mine])
        assert written(service)["setNewestVersion"] == 1


async def test_a_build_that_somebody_else_deleted_meanwhile_is_not_deleted_again(
    start: Start, service: SandboxService
) -> None:
    async with start() as (program, person):
        await connected(program, person)
        doomed = not_latest(person)[-1]
        person.select(person.keys.index(doomed))
        person.trigger("actionDelete")
        dialog = await person.dialog("confirmDialog")
        others_delete(service, doomed)
        person.click("confirmAccept", dialog)
        await until(lambda: bool(person.notice))
        assert "Meanwhile this build was deleted" in person.notice
        assert written(service)["buildDelete"] == 0
        assert doomed not in person.keys


async def test_where_it_cannot_be_looked_at_first_nothing_is_sent(start: Start, service: SandboxService) -> None:
    async with start() as (program, person):
        await connected(program, person)
        doomed = not_latest(person)[-1]
        person.select(person.keys.index(doomed))
        person.trigger("actionDelete")
        dialog = await person.dialog("confirmDialog")
        service.fail_next("builds", status=502, body=b"<html>", content_type="text/html")
        person.click("confirmAccept", dialog)
        await until(lambda: bool(person.notice))
        assert "Nothing was sent" in person.notice
        assert written(service)["buildDelete"] == 0
        assert doomed in person.keys


async def test_what_is_not_known_is_marked_held_back_and_settled_by_reading(
    start: Start, service: SandboxService
) -> None:
    async with start() as (program, person):
        await connected(program, person)
        doomed = not_latest(person)[-1]
        await lose_everything_after_a_delete(person, service, doomed)
        assert "It is not known whether" in person.notice
        (entry,) = program.journal.entries
        assert entry.outcome is Outcome.UNKNOWN
        person.select(person.keys.index(doomed))
        action = person.find(QAction, "actionDelete")
        assert not action.isEnabled()
        assert "not known yet" in action.toolTip()
        person.trigger("actionRefresh")
        await until(lambda: doomed not in person.keys)
        await until(lambda: program.journal.entries[0].outcome is Outcome.DONE)
        assert written(service)["buildDelete"] == 1


async def test_a_change_that_was_cut_off_is_settled_at_the_next_start(start: Start, service: SandboxService) -> None:
    keys = MemoryStore()
    async with start(keys) as (program, person):
        await connected(program, person)
        doomed = not_latest(person)[-1]
        await lose_everything_after_a_delete(person, service, doomed)
        assert program.journal.entries[0].outcome is Outcome.UNKNOWN
    async with start(keys) as (program, person):
        await until(lambda: program.journal.entries[0].outcome is Outcome.DONE)
        await until(lambda: person.rows > 0 and doomed not in person.keys)
    assert written(service)["buildDelete"] == 1


async def test_the_journal_holds_intent_and_ending_of_every_change_and_no_key(
    start: Start, service: SandboxService
) -> None:
    async with start() as (program, person):
        await connected(program, person)
        (before,) = person.latest
        target = not_latest(person)[0]
        person.select(person.keys.index(target))
        person.trigger("actionSetLatest")
        person.click("confirmAccept", await person.dialog("confirmDialog"))
        await until(lambda: person.latest == [target])
        (entry,) = program.journal.entries
        assert entry.outcome is Outcome.DONE
        assert entry.intent.build.build_key == target
        assert entry.intent.account_name == "Acme"
        assert entry.intent.before is not None
        assert [named.build_key for named in entry.intent.before] == [before]
    text = program.journal.path.read_text(encoding="utf-8")
    assert target in text
    assert DEMO_KEY not in text


async def lose_everything_after_a_delete(person: Person, service: SandboxService, doomed: str) -> None:
    """The delete arrives, its reply does not, and nothing can be read afterwards."""
    person.select(person.keys.index(doomed))
    person.trigger("actionDelete")
    dialog = await person.dialog("confirmDialog")
    service.fail_next("buildDelete", drop_reply=True)
    service.forget_requests()
    person.click("confirmAccept", dialog)
    await until(lambda: bool(service.sent("builds")))  # the look before
    service.fail_next("builds", status=503, body=b"<html>", content_type="text/html")
    await until(lambda: bool(person.notice))


def dialog_text_has(person: Person, words: str) -> bool:
    dialog = person._dialog("confirmDialog")
    return dialog is not None and any(words in label.text() for label in dialog.findChildren(QLabel))


async def test_a_read_that_breaks_off_is_repeated_and_says_so(start: Start, service: SandboxService) -> None:
    async with start() as (program, person):
        await connected(program, person)
        shown = person.keys
        told: list[str] = []
        program.state.teller.notice_raised.connect(lambda _topic, notice: told.append(say(notice.text)))
        service.publish_build(service.app_key("harbour"), version="9.9.9")
        service.fail_next("builds", drop_reply=True)
        person.trigger("actionRefresh")
        await until(lambda: person.keys != shown)
        assert len(told) == 1
        assert "Trying again (2 of 3)" in told[0]
        assert person.notice == ""


async def test_repeating_a_read_can_be_stopped(start: Start, service: SandboxService) -> None:
    async with start() as (program, person):
        await connected(program, person)
        shown = person.keys
        for _ in range(3):
            service.fail_next("builds", drop_reply=True)
        person.trigger("actionRefresh")
        await until(lambda: "Trying again" in person.notice)
        person.click("noticeRetry")
        assert person.notice == ""
        assert not program.state.page.loading
        assert person.keys == shown
