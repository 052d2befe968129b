"""What is asked and planned holds for what it was about, whatever is opened or closed meanwhile."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QSpinBox

from pgyer_desktop.core.base.keystore import MemoryStore
from tests.e2e.conftest import running
from tests.e2e.person import Person
from tests.e2e.test_clean_up import planned, said
from tests.e2e.test_main_job import connect
from tests.e2e.test_queue_ends import DELETE, busy_service, opened, signed_in
from tests.helpers.waiting import until
from tests.lookalike import ANDROID, Lookalike, World
from tests.lookalike.behaviour import Behaviour
from tests.lookalike.faults import gateway


async def test_a_plan_is_not_run_in_the_name_of_another_app(tmp_path: Path, qapp: object) -> None:
    """As when a key is kept at last, whose dialog was left, and its account opens under the plan."""
    with busy_service() as service:
        _kettle, ladle = service.world.accounts[0].apps
        async with running(service, tmp_path, MemoryStore()) as (program, person):
            await signed_in(program, person, service)
            dialog = await planned(person)
            person.find(QCheckBox, "cleanUpDays", dialog).setChecked(False)
            await opened(program, person, ladle)
            person.click("cleanUpRun", dialog)
            await asyncio.sleep(0.3)
            assert "This plan is of Kettle." in said(dialog)
            assert not service.record.of(DELETE)
            dialog.reject()


@pytest.mark.parametrize("action", ["actionSetLatest", "actionDelete"])
async def test_an_answer_to_a_question_about_what_is_no_longer_open_is_told_to_do_nothing(
    tmp_path: Path, qapp: object, action: str
) -> None:
    with busy_service() as service:
        _kettle, ladle = service.world.accounts[0].apps
        async with running(service, tmp_path, MemoryStore()) as (program, person):
            await signed_in(program, person, service)
            person.select(5)
            if action == "actionDelete":
                person.select(8, Qt.KeyboardModifier.ShiftModifier)
            person.trigger(action)
            question = await person.dialog("confirmDialog")
            await opened(program, person, ladle)
            person.click("confirmAccept", question)
            await until(lambda: person.notice != "")
            assert person.notice.startswith("Nothing was changed: Kettle is no longer open.")
            assert not service.record.of(DELETE)
            assert not service.record.of("app/setNewestVersion")


async def test_a_plan_that_is_closed_while_its_question_is_prepared_is_not_asked_about(
    tmp_path: Path, qapp: object
) -> None:
    with service_without_marks() as service:
        service.script.fail("app/check", gateway(502))
        async with running(service, tmp_path, MemoryStore()) as (program, person):
            await connect(person, key=service.world.accounts[0].key)
            await until(lambda: not service.script.left(), seconds=20)
            dialog = await planned(person)
            person.find(QCheckBox, "cleanUpDays", dialog).setChecked(False)
            assert not program.state.page.latest_keys
            service.latency = 0.4
            person.click("cleanUpRun", dialog)
            dialog.reject()
            await person.gone("cleanUpDialog")
            await asyncio.sleep(1.0)
            assert person._dialog("confirmDialog") is None
            person.select(5)
            person.trigger("actionDelete")
            (await person.dialog("confirmDialog")).reject()


def service_without_marks() -> Lookalike:
    world = World(Behaviour(rows_say_latest=False))
    app = world.add_app(world.add_account("Workshop"), "Kettle", ANDROID, shortcut="kettle")
    for number in range(50):
        world.upload(app, f"1.{number}")
    return Lookalike(world)


@pytest.mark.parametrize("count", [0, 30])
async def test_an_app_that_offers_no_build_can_be_cleaned_up(tmp_path: Path, qapp: object, count: int) -> None:
    world = World(Behaviour(upload_becomes_latest=False, offers_newest_without_latest=False))
    app = world.add_app(world.add_account("Workshop"), "Kettle", ANDROID, shortcut="kettle")
    for number in range(count):
        world.upload(app, f"1.{number}")
    with Lookalike(world) as service:
        async with running(service, tmp_path, MemoryStore()) as (_program, person):
            await connect_to(person, service, rows=min(count, 20))
            dialog = await planned(person)
            if not count:
                assert "There are no builds" in said(dialog)
            else:
                person.find(QCheckBox, "cleanUpDays", dialog).setChecked(False)
                person.find(QSpinBox, "cleanUpNewestNumber", dialog).setValue(10)
                assert dialog.model.totals is not None
                assert dialog.model.totals.delete == 20
            problem = dialog.findChild(QLabel, "cleanUpProblem")
            assert problem is None or not problem.isVisible()
            dialog.reject()


async def connect_to(person: Person, service: Lookalike, *, rows: int) -> None:
    person.click("connectAccountButton")
    dialog = await person.dialog("accountDialog")
    person.type_into("apiKeyEdit", service.world.accounts[0].key, dialog)
    person.click("accountSaveButton", dialog)
    await person.gone("accountDialog")
    await until(lambda: person.rows == rows)
    await asyncio.sleep(0.2)
