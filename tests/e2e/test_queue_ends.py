"""How a queue of deletes ends when somebody quits, ends the session, removes the account or kills the program."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel

from pgyer_desktop.api.models import ApiKey
from pgyer_desktop.core.accounts.guards import Guards
from pgyer_desktop.core.activity.outcome import Outcome
from pgyer_desktop.core.base.keystore import MemoryStore
from pgyer_desktop.shell.program import Program
from tests.e2e.conftest import running
from tests.e2e.jobs import ended, states
from tests.e2e.person import Person
from tests.e2e.test_closing import FakeManager, as_qt
from tests.e2e.test_main_job import connect
from tests.helpers.waiting import until
from tests.lookalike import ANDROID, App, Lookalike, World
from tests.ui.rig import content_of

DELETE = "app/buildDelete"
CHOSEN = 6


@contextmanager
def busy_service() -> Iterator[Lookalike]:
    """A service with two accounts, whose first has two apps of fifty builds; each reply takes a while."""
    world = World()
    for name, apps in (("Workshop", ("Kettle", "Ladle")), ("Attic", ("Lamp",))):
        account = world.add_account(name)
        for app_name in apps:
            app = world.add_app(account, app_name, ANDROID, shortcut=app_name.lower())
            for number in range(50):
                world.upload(app, f"1.{number}")
    with Lookalike(world) as service:
        service.latency = 0.03
        yield service


async def opened(program: Program, person: Person, app: App) -> None:
    """Open this app and wait for its builds."""
    program.state.accounts.open_app(app.key)
    await until(lambda: person.rows == 20 and program.state.page.view is not None)
    await until(lambda: program.state.page.view is not None and program.state.page.view.app_key == app.key)


async def signed_in(program: Program, person: Person, service: Lookalike) -> None:
    """Connect the first account, without words to be typed."""
    await connect(person, key=service.world.accounts[0].key)
    account = program.state.accounts.account
    assert account is not None
    guards = Guards(type_promotions=False, type_deletes=False)
    program.book.remember(account.id, lambda kept: replace(kept, guards=guards))
    program.state.accounts.guards_edited()


async def begun(person: Person, service: Lookalike) -> None:
    """Have builds of the open app deleted, and wait until the first of them is with the service."""
    before = len(service.record.of(DELETE))
    person.select(4)
    person.select(4 + CHOSEN - 1, Qt.KeyboardModifier.ShiftModifier)
    person.trigger("actionDelete")
    person.click("confirmAccept", await person.dialog("confirmDialog"))
    await until(lambda: len(service.record.of(DELETE)) > before)


def no_loose_ends(program: Program, service: Lookalike) -> None:
    """Each delete that arrived has its one intent, and it is known how it ended."""
    sent = service.record.sent(DELETE)
    assert len(set(sent)) == len(sent), "sent twice"
    assert {entry.intent.build.build_key for entry in program.journal.entries} == set(sent)
    assert {entry.outcome for entry in program.journal.entries} <= {Outcome.DONE}


async def test_removing_the_account_stops_its_queue_and_leaves_nothing_of_it(tmp_path: Path, qapp: object) -> None:
    keys = MemoryStore()
    with busy_service() as service:
        async with running(service, tmp_path, keys) as (program, person):
            await signed_in(program, person, service)
            await begun(person, service)
            account = program.state.accounts.account
            assert account is not None
            content_of(program.window).flows.accounts.remove(account.id)
            question = await person.dialog("confirmDialog")
            told = " ".join(label.text() for label in question.findChildren(QLabel) if label.isVisible())
            assert "Builds of it are being deleted" in told
            person.click("confirmAccept", question)
            await until(lambda: person.sees("welcomePage"))
            sent = len(service.record.of(DELETE))
            await until(lambda: not person.sees("jobsBar"))
            await asyncio.sleep(0.4)
            assert len(service.record.of(DELETE)) <= sent
            assert sent < CHOSEN
            assert await program._histories.account_ids() == (), "nothing is kept of it again"
            view = await ended(person)
            assert "Deleted" in states(person, view)
            assert not person.sees_in(view, "jobRest"), "nobody can go on with it"
            no_loose_ends(program, service)


async def test_removing_another_account_leaves_the_queue_alone(tmp_path: Path, qapp: object) -> None:
    with busy_service() as service:
        async with running(service, tmp_path, MemoryStore()) as (program, person):
            await signed_in(program, person, service)
            verified = await program.book.verify(ApiKey(service.world.accounts[1].key))
            other = await program.book.add("Attic", verified)
            program.state.accounts.accounts_edited()
            await begun(person, service)
            content_of(program.window).flows.accounts.remove(other.id)
            question = await person.dialog("confirmDialog")
            assert "being deleted" not in " ".join(label.text() for label in question.findChildren(QLabel))
            person.click("confirmAccept", question)
            await ended(person)
            assert len(service.record.of(DELETE)) == CHOSEN
            no_loose_ends(program, service)


async def test_another_account_is_open_when_the_one_of_the_queue_is_removed(tmp_path: Path, qapp: object) -> None:
    with busy_service() as service:
        async with running(service, tmp_path, MemoryStore()) as (program, person):
            await signed_in(program, person, service)
            first = program.state.accounts.account
            assert first is not None
            verified = await program.book.verify(ApiKey(service.world.accounts[1].key))
            other = await program.book.add("Attic", verified)
            program.state.accounts.accounts_edited()
            await begun(person, service)
            program.state.accounts.switch_account(other.id)
            await until(lambda: program.state.accounts.account == other and person.rows == 20)
            content_of(program.window).flows.accounts.remove(first.id)
            person.click("confirmAccept", await person.dialog("confirmDialog"))
            await until(lambda: not person.sees("jobsBar"))
            assert len(service.record.of(DELETE)) < CHOSEN
            assert program.state.accounts.account == other
            no_loose_ends(program, service)


async def test_an_account_that_is_opened_again_knows_of_its_queue(tmp_path: Path, qapp: object) -> None:
    with busy_service() as service:
        async with running(service, tmp_path, MemoryStore()) as (program, person):
            await signed_in(program, person, service)
            first = program.state.accounts.account
            assert first is not None
            verified = await program.book.verify(ApiKey(service.world.accounts[1].key))
            other = await program.book.add("Attic", verified)
            program.state.accounts.accounts_edited()
            doomed = person.keys[4 : 4 + CHOSEN]
            await begun(person, service)
            person.click("jobsPause")
            program.state.accounts.switch_account(other.id)
            await until(lambda: program.state.accounts.account == other and person.rows == 20)
            program.state.accounts.switch_account(first.id)
            await until(lambda: person.rows == 20 and set(doomed) & set(person.keys) != set())
            assert not person.find(QAction, "actionCleanUp").isEnabled(), "one queue for an app"
            person.click("jobsPause")
            await until(lambda: not set(doomed) & set(person.keys), seconds=20)
            await ended(person)
            no_loose_ends(program, service)


async def test_what_is_pinned_meanwhile_is_kept_and_read_only_keeps_the_rest(tmp_path: Path, qapp: object) -> None:
    with busy_service() as service:
        async with running(service, tmp_path, MemoryStore()) as (program, person):
            await signed_in(program, person, service)
            doomed = person.keys[4 : 4 + CHOSEN]
            await begun(person, service)
            person.click("jobsPause")
            await until(lambda: not program.state.changes.under_way)
            second = doomed[-2]  # the oldest goes first
            person.select(person.keys.index(second))
            person.trigger("actionPin")
            person.click("jobsPause")
            await until(lambda: len(service.record.of(DELETE)) == 3)
            account = program.state.accounts.account
            assert account is not None
            program.book.remember(account.id, lambda kept: replace(kept, guards=Guards(read_only=True)))
            view = await ended(person)
            told = states(person, view)
            assert told[1] == "Kept: It has been pinned meanwhile."
            assert told[-1] == "Kept: The account has been made read-only meanwhile."
            assert second in {build.key for build in service.world.app("Kettle").builds}
            assert len(service.record.of(DELETE)) <= 4


@pytest.mark.parametrize("how", ["signal", "log-out"])
async def test_told_to_end_it_begins_no_further_delete(tmp_path: Path, qapp: object, how: str) -> None:
    manager = FakeManager()
    with busy_service() as service:
        async with running(service, tmp_path, MemoryStore()) as (program, person):
            await signed_in(program, person, service)
            await begun(person, service)
            if how == "signal":
                program.window.end()
            else:
                program.window.on_log_out(as_qt(manager))
                assert manager.cancelled
                person.click("confirmAccept", await person.dialog("confirmDialog"))
            sent = len(service.record.of(DELETE))
            await until(lambda: program.window.over)
        assert len(service.record.of(DELETE)) <= sent + 1
        assert len(service.record.of(DELETE)) < CHOSEN
        no_loose_ends(program, service)


async def test_a_log_out_between_two_deletes_is_held_back_too(tmp_path: Path, qapp: object) -> None:
    manager = FakeManager()
    with busy_service() as service:
        async with running(service, tmp_path, MemoryStore()) as (program, person):
            await signed_in(program, person, service)
            await begun(person, service)
            person.click("jobsPause")
            await until(lambda: not program.state.changes.under_way)
            program.window.on_log_out(as_qt(manager))
            assert manager.cancelled
            question = await person.dialog("confirmDialog")
            assert question.accessibleName() == "Stop deleting and quit?"
            question.reject()
            await person.gone("confirmDialog")
            assert person.sees("jobsBar")
            person.click("jobsStop")
            await until(lambda: not person.sees("jobsBar"))


async def test_quitting_while_two_apps_are_cleaned_names_both_and_ends_both(tmp_path: Path, qapp: object) -> None:
    with busy_service() as service:
        kettle, ladle = service.world.accounts[0].apps
        async with running(service, tmp_path, MemoryStore()) as (program, person):
            await signed_in(program, person, service)
            for app in (kettle, ladle):
                await opened(program, person, app)
                await begun(person, service)
            person.window.close()
            question = await person.dialog("confirmDialog")
            told = question.findChild(QLabel, "confirmLead")
            assert told is not None
            assert "Kettle" in told.text()
            assert "Ladle" in told.text()
            person.click("confirmAccept", question)
            sent = len(service.record.of(DELETE))
            await until(lambda: program.window.over)
        assert len(service.record.of(DELETE)) <= sent + 1
        no_loose_ends(program, service)


async def test_the_queue_that_waits_for_the_other_stops_at_once(tmp_path: Path, qapp: object) -> None:
    with busy_service() as service:
        kettle, ladle = service.world.accounts[0].apps
        async with running(service, tmp_path, MemoryStore()) as (program, person):
            await signed_in(program, person, service)
            for app in (kettle, ladle):
                await opened(program, person, app)
                await begun(person, service)
            service.script.before(DELETE, lambda: time.sleep(1.0))
            await until(lambda: not service.script.left())
            (under_way,) = program.state.changes.under_way
            first, second = content_of(program.window).flows.batches.under_way
            waiting = second if under_way.build_key in first.batch.rows_keys else first
            waiting.batch.stop()
            await until(lambda: waiting.over, seconds=0.5)
            assert program.state.changes.under_way == (under_way,), "the other's delete is still with the service"
            await until(lambda: not person.sees("jobsBar"), seconds=30)
            no_loose_ends(program, service)
