"""Many builds are deleted in one queue: each confirmed, each once, and what became of each is said."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QSplitterHandle, QTableView, QWidget

from pgyer_desktop.core.accounts.guards import Guards
from pgyer_desktop.shell.program import Program
from pgyer_desktop.ui.jobs.window import JobsWindow
from tests.e2e.conftest import Start
from tests.e2e.jobs import ended, jobs, states
from tests.e2e.person import Person
from tests.e2e.test_main_job import connect, written
from tests.helpers.keys import press
from tests.helpers.sandbox import SandboxService
from tests.helpers.waiting import until

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "pgyer_desktop.core.cleanup.queue.Manners.__init__.__defaults__", (0.0, (0.0, 0.0), (0.05,), 5.0)
    )


async def asked(person: Person, first: int, last: int) -> QWidget:
    """Select these rows and ask to delete them."""
    person.select(first)
    person.select(last, SHIFT)
    person.trigger("actionDelete")
    return await person.dialog("confirmDialog")


async def begun(person: Person, first: int, last: int) -> JobsWindow:
    """Select these rows, have them deleted, and look at the job."""
    person.click("confirmAccept", await asked(person, first, last))
    return await jobs(person)


def words(person: Person) -> str:
    """What the foot says."""
    return person.find(QPushButton, "jobsText").text()


def guard(program: Program, guards: Guards) -> None:
    account = program.state.accounts.account
    assert account is not None
    program.book.remember(account.id, lambda kept: replace(kept, guards=guards))
    program.state.accounts.guards_edited()


async def test_each_is_listed_confirmed_once_deleted_and_reported(
    start: Start, service: SandboxService, heard: list[tuple[str, str]]
) -> None:
    async with start() as (program, person):
        await connect(person)
        app = program.state.accounts.app
        assert app is not None
        doomed = person.keys[5:10]
        assert not set(doomed) & set(person.latest)
        before = set(service.build_keys(app.app_key))
        question = await asked(person, 5, 9)
        assert question.accessibleName() == "Delete 5 builds?"
        assert not person.sees_in(question, "confirmText"), "five that are not pinned are not risky"
        assert person.find(QTableView, "confirmBuilds", question).model().rowCount() == 5
        person.click("confirmAccept", question)
        view = await ended(person)
        assert states(person, view) == ["Deleted"] * 5
        said = [words for _, words in heard]
        steps = [words.split(" · ")[0] for words in said if words.startswith("Deleting ")]
        assert steps == ["Deleting 0 of 5", "Deleting 2 of 5", "Deleting 3 of 5", "Deleting 4 of 5"], "each quarter"
        assert sum("5 builds deleted" in words for words in said) == 1, said
        person.click("jobsCopy", view)
        assert "Deleted" in QGuiApplication.clipboard().text()
        view.close()
        assert before - set(service.build_keys(app.app_key)) == set(doomed)
        assert written(service)["buildDelete"] == 5
        assert len(program.journal.entries) == 5
        await until(lambda: not set(doomed) & set(person.keys))


async def test_what_is_gone_leaves_the_list_and_the_selection_at_once(start: Start, service: SandboxService) -> None:
    async with start() as (program, person):
        await connect(person)
        chosen = person.keys[5:10]
        service.fail_next("buildDelete", delay=1.2)
        view = await begun(person, 5, 9)
        await until(lambda: "Under way" in states(person, view))
        person.window.resize(900, 430)
        bar = person.table.verticalScrollBar()
        await until(lambda: bar.maximum() > 400)
        # Qt goes to what was clicked once that can be no double click any more.
        await asyncio.sleep(QGuiApplication.styleHints().mouseDoubleClickInterval() / 1000 + 0.15)
        bar.setValue(0)
        person.click("jobsPause")
        await until(lambda: "Deleted" in states(person, view))
        assert chosen[-1] not in person.keys, "the oldest goes first"
        assert bar.value() == 0, "who reads elsewhere in the list goes on reading there"
        selected = program.state.situation.now().selection
        assert [build.build_key for build in selected] == chosen[:-1]
        assert person.rows == 20, "what follows has moved up"
        person.click("jobsStop")
        await ended(person)


async def test_after_a_row_goes_its_neighbour_has_the_keyboard_and_is_not_selected(
    start: Start, service: SandboxService
) -> None:
    async with start() as (program, person):
        await connect(person)
        gone, below = person.keys[3:5]
        person.select(3)
        person.trigger("actionDelete")
        person.click("confirmAccept", await person.dialog("confirmDialog"))
        await until(lambda: gone not in person.keys)
        assert person.table.currentIndex().data(Qt.ItemDataRole.UserRole) == below
        assert program.state.situation.now().selection == ()


async def test_in_the_list_of_all_builds_they_leave_at_once_as_well(start: Start, service: SandboxService) -> None:
    async with start() as (program, person):
        await connect(person)
        person.trigger("actionAllBuilds")
        await until(lambda: person.rows > 40)
        chosen = person.keys[30:33]
        person.select(30)
        service.fail_next("buildDelete", delay=0.3)
        view = await begun(person, 30, 32)
        await until(lambda: "Under way" in states(person, view))
        person.click("jobsPause")
        await until(lambda: "Deleted" in states(person, view))
        selected = program.state.situation.now().selection
        assert [build.build_key for build in selected] == chosen[:-1]
        await until(lambda: chosen[-1] not in person.keys, seconds=1)
        person.click("jobsStop")
        await ended(person)


async def test_a_failure_and_the_latest_do_not_stop_the_others(start: Start, service: SandboxService) -> None:
    async with start() as (program, person):
        await connect(person)
        guard(program, Guards(type_promotions=False, type_deletes=False))
        (latest,) = person.latest
        row = person.keys.index(latest)
        service.fail_next("buildDelete", code=1200, message="not now")
        question = await asked(person, row, row + 3)
        assert question.accessibleName() == "Delete 3 builds?", "the latest stays"
        assert "is the latest and stays." in person.find(QLabel, "confirmStays0", question).text()
        person.click("confirmAccept", question)
        view = await ended(person)
        told = sorted(state.split(":")[0] for state in states(person, view))
        assert told == ["Deleted", "Deleted", "Not deleted"]
        assert person.find(QLabel, "jobsFreed", view).text().endswith(" MB freed")
        (failed,) = program.state.situation.now().failed_keys
        await until(lambda: person.rows > 0 and failed in person.keys)
        badges = person.find(QTableView, "buildTable").model().index(person.keys.index(failed), 0)
        assert person.sees_in(view, "jobRest"), "what failed can be tried again"
        assert "not deleted" in str(badges.data(Qt.ItemDataRole.AccessibleTextRole))
        assert latest in service.build_keys(program.state.accounts.app.app_key)  # type: ignore[union-attr]  # one is open
        view.close()


async def test_after_a_queue_the_keyboard_is_on_the_first_row_that_failed_or_the_way_to_the_report(
    start: Start, service: SandboxService
) -> None:
    async with start() as (program, person):
        await connect(person)
        guard(program, Guards(type_promotions=False, type_deletes=False))
        person.window.activateWindow()
        chosen = person.keys[5:10]
        service.fail_next("buildDelete", code=1200, message="not now")  # the last row: the oldest goes first
        person.click("confirmAccept", await asked(person, 5, 9))
        await until(lambda: person.sees("noticeBanner"))
        await until(lambda: not set(chosen[:-1]) & set(person.keys))
        assert person.window.focusWidget() is person.table
        assert person.table.currentIndex().data(Qt.ItemDataRole.UserRole) == chosen[-1]
        # Stopped by whoever stood on the button: nothing has failed.
        service.fail_next("buildDelete", delay=0.4)
        person.click("confirmAccept", await asked(person, 5, 9))
        await until(lambda: person.sees("jobsStop"))
        person.find(QPushButton, "jobsStop").setFocus()
        person.click("jobsStop")
        await until(lambda: not person.sees("jobsBar"))
        await until(lambda: person.window.focusWidget() is person.find(QPushButton, "noticeRetry"))
        # Whoever does something else meanwhile goes on with that.
        person.select(12)
        service.fail_next("buildDelete", code=1200, message="not now")
        person.click("confirmAccept", await asked(person, 5, 9))
        person.find(QLineEdit, "filterEdit").setFocus()
        await ended(person)
        assert person.window.focusWidget() is person.find(QLineEdit, "filterEdit")


async def test_in_jobs_the_keyboard_goes_to_the_first_row_that_failed(start: Start, service: SandboxService) -> None:
    async with start() as (program, person):
        await connect(person)
        guard(program, Guards(type_promotions=False, type_deletes=False))
        service.fail_next("buildDelete", delay=0.4)
        view = await begun(person, 5, 9)
        await until(view.isActiveWindow)
        person.find(QWidget, "jobsList", view).setFocus()
        for keys, name in (("F6", "jobPause"), ("F6", "jobsRows"), ("F6", "jobsList"), ("Shift+F6", "jobsRows")):
            press(keys, view)
            assert view.focusWidget().objectName() == name, "the parts of Jobs"
        await until(lambda: "Deleted" in states(person, view))
        service.fail_next("buildDelete", code=1200, message="not now")
        await ended(person)
        rows = person.find(QTableView, "jobsRows", view)
        assert view.focusWidget() is rows
        assert [state.split(":")[0] for state in states(person, view)][rows.currentIndex().row()] == "Not deleted"
        view.close()


async def test_guard_rails_limit_a_run_and_read_only_forbids_it(start: Start, service: SandboxService) -> None:
    async with start() as (program, person):
        await connect(person)
        guard(program, Guards(type_promotions=False, type_deletes=False, most_deletes=3))
        question = await asked(person, 5, 9)
        assert "at most 3 builds" in " ".join(one.text() for one in question.findChildren(QLabel) if one.isVisible())
        person.click("confirmAccept", question)
        await until(lambda: person.sees("jobsNext"), seconds=60)
        assert words(person) == "3 of 5 deleted"
        assert written(service)["buildDelete"] == 3
        person.click("jobsNext")
        await ended(person)
        assert written(service)["buildDelete"] == 5
        assert not person.sees("jobsBar"), "nothing runs"
        guard(program, Guards(read_only=True))
        person.select(5)
        person.select(9, SHIFT)
        assert not person.find(QAction, "actionDelete").isEnabled()


async def test_an_account_that_is_made_read_only_meanwhile_deletes_no_further_build(
    start: Start, service: SandboxService
) -> None:
    async with start() as (program, person):
        await connect(person)
        guard(program, Guards(type_promotions=False, type_deletes=False))
        service.fail_next("buildDelete", delay=0.3)
        view = await begun(person, 5, 12)
        await until(lambda: "Under way" in states(person, view))
        guard(program, Guards(read_only=True))
        await ended(person)
        assert written(service)["buildDelete"] == 1, "what was under way is finished"
        view.close()


async def test_it_is_paused_and_stopped_and_nothing_is_begun_after_that(start: Start, service: SandboxService) -> None:
    async with start() as (program, person):
        await connect(person)
        guard(program, Guards(type_promotions=False, type_deletes=False))
        service.fail_next("buildDelete", delay=0.3)
        view = await begun(person, 5, 12)
        await until(lambda: "Under way" in states(person, view))
        assert words(person) == "Deleting 0 of 8"
        focused = [view.focusWidget()]
        while len(focused) < 5:
            QTest.keyClick(focused[-1], Qt.Key.Key_Tab)
            focused.append(view.focusWidget())
        names = [one.objectName() for one in focused if not isinstance(one, QSplitterHandle)]
        assert names == ["jobsList", "jobPause", "jobStop", "jobsRows"], "as it is read"
        assert person.find(QLineEdit, "filterEdit").isEnabled(), "nothing is locked"
        person.click("jobsPause")
        await until(lambda: "Deleted" in states(person, view))
        assert words(person) == "Paused at 1 of 8"
        paused = written(service)["buildDelete"]
        person.click("jobsStop")
        await ended(person)
        assert written(service)["buildDelete"] == paused == 1
        assert states(person, view).count("Waiting") == 7
        assert "1 build deleted. 7 builds not begun." in person.notice
        assert "“Delete the rest…” in Jobs asks about them again." in person.notice
        person.click("jobRest", view)
        question = await person.dialog("confirmDialog")
        assert question.accessibleName() == "Delete 7 builds?"
        person.click("confirmAccept", question)
        await until(lambda: written(service)["buildDelete"] == 8, seconds=20)
        await ended(person)
        assert not person.sees_in(view, "jobRest"), "nothing is left"
        assert "Delete the rest" not in person.notice


async def test_another_app_opens_while_one_is_cleaned_and_has_its_own_queue(
    start: Start, service: SandboxService
) -> None:
    async with start() as (program, person):
        await connect(person)
        guard(program, Guards(type_promotions=False, type_deletes=False, most_deletes=1))
        first = program.state.accounts.app
        assert first is not None
        before = len(service.build_keys(first.app_key))
        await begun(person, 5, 6)
        await until(lambda: person.sees("jobsNext"))
        assert not person.find(QAction, "actionCleanUp").isEnabled(), "one queue for an app"
        other = next(one for one in program.state.accounts.apps if one.app_key != first.app_key)
        program.state.accounts.open_app(other.app_key)
        await until(lambda: program.state.page.view is not None and program.state.page.view.app_key == other.app_key)
        await until(lambda: person.rows > 4)
        guard(program, Guards(type_promotions=False, type_deletes=False))
        count = len(service.build_keys(other.app_key))
        await begun(person, 2, 3)
        await until(lambda: len(service.build_keys(other.app_key)) == count - 2, seconds=60)
        person.click("jobsNext")
        await until(lambda: not person.sees("jobsBar"), seconds=60)
        assert len(service.build_keys(first.app_key)) == before - 2


async def test_whatever_page_shows_the_queue_can_be_seen_and_stopped(start: Start, service: SandboxService) -> None:
    async with start() as (program, person):
        await connect(person)
        guard(program, Guards(type_promotions=False, type_deletes=False, most_deletes=1))
        await begun(person, 5, 6)
        await until(lambda: person.sees("jobsNext"))
        program.state.accounts.open_app(service.app_key("newquay"))
        await until(lambda: person.sees("scenePage"))
        assert words(person) == "Harbour: 1 of 2 deleted"
        assert person.sees("jobsBar")
        program.state.accounts.open_app(service.app_key("harbour"))
        await until(lambda: person.sees("buildTable"))
        assert words(person) == "1 of 2 deleted"
        person.trigger("actionAllBuilds")
        await until(lambda: person.rows > 40)
        assert person.sees("jobsBar")
        program.state.accounts.open_app(service.app_key("newquay"))
        await until(lambda: person.sees("scenePage"))
        person.click("jobsStop")
        await until(lambda: not person.sees("jobsBar") and not person.sees("jobsStrip"))


async def test_quitting_asks_and_ends_the_one_under_way_and_begins_no_other(
    start: Start, service: SandboxService
) -> None:
    async with start() as (program, person):
        await connect(person)
        guard(program, Guards(type_promotions=False, type_deletes=False))
        service.fail_next("buildDelete", delay=0.6)
        view = await begun(person, 5, 12)
        await until(lambda: "Under way" in states(person, view))
        person.window.close()
        question = await person.dialog("confirmDialog")
        assert question.accessibleName() == "Stop deleting and quit?"
        assert "8 builds left" in person.find(QLabel, "confirmLead", question).text()
        person.click("confirmAccept", question)
        await until(lambda: not person.window.isVisible())
    assert written(service)["buildDelete"] == 1
    assert [entry.outcome.value for entry in program.journal.entries] == ["done"]
