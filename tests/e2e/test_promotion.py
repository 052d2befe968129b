"""A promotion shows what it changes, is verified, and can be taken back in one action, also from the keyboard."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QTextEdit, QWidget

from pgyer_desktop.core.changes import writes
from pgyer_desktop.sandbox import DEMO_KEY
from tests.e2e.conftest import Start
from tests.e2e.test_main_job import connect, written
from tests.helpers.sandbox import SandboxService
from tests.helpers.waiting import until


async def test_it_is_seen_told_with_its_time_and_taken_back(start: Start, service: SandboxService) -> None:
    async with start() as (program, person):
        await connect(person)
        (before,) = person.latest
        target = next(key for key in person.keys if key != before)
        assert not person.find(QAction, "actionReturnLatest").isEnabled()
        person.select(person.keys.index(target))
        person.trigger("actionSetLatest")
        dialog = await person.dialog("confirmDialog")
        facts = person.find(QTextEdit, "confirmFacts", dialog).toPlainText()
        assert "Size" in facts
        assert "Age" in facts
        person.click("confirmAccept", dialog)
        top = person.table.mapTo(person.window, QPoint(0, 0))
        await until(lambda: person.sees("promotionCard"))
        assert person.table.mapTo(person.window, QPoint(0, 0)) == top, "the table does not jump"
        assert "latest" not in person.find(QWidget, "toast").accessibleName(), "the card says it"
        told = person.find(QWidget, "promotionCard").accessibleName()
        assert "verified at" in told
        assert person.build(person.keys.index(before)).version in told
        assert person.notice == "", "nothing went wrong"
        person.click("promotionReturn")
        person.click("confirmAccept", await person.dialog("confirmDialog"))
        await until(lambda: person.latest == [before])
        app = program.state.accounts.app
        assert app is not None
        assert service.latest_keys(app.app_key) == (before,)
        assert len(program.journal.entries) == 2


async def test_it_is_made_and_taken_back_without_the_mouse(start: Start, service: SandboxService) -> None:
    async with start() as (_program, person):
        await connect(person)
        (before,) = person.latest
        row = person.keys.index(before)
        person.window.activateWindow()
        person.table.setFocus()
        person.select(row)
        QTest.keyClick(person.table, Qt.Key.Key_Down)
        target = person.keys[row + 1]
        for wanted, shortcut in ((target, "L"), (before, "B")):
            modifiers = Qt.KeyboardModifier.ControlModifier
            if shortcut == "B":
                modifiers |= Qt.KeyboardModifier.ShiftModifier
            person.window.activateWindow()
            await until(person.window.isActiveWindow)
            QTest.keyClick(person.table, Qt.Key[f"Key_{shortcut}"], modifiers)
            dialog = await person.dialog("confirmDialog")
            if shortcut == "L":  # the version goes down
                field = person.find(QLineEdit, "confirmText", dialog)
                QTest.keyClicks(field, person.build(person.keys.index(wanted)).version)
                QTest.keyClick(field, Qt.Key.Key_Return)
            else:
                assert not person.sees_in(dialog, "confirmText"), "nothing is typed to go back"
                QTest.keyClick(person.find(QAbstractButton, "confirmAccept", dialog), Qt.Key.Key_Return)
            await until(lambda wanted=wanted: person.latest == [wanted])  # type: ignore[misc]  # binds the loop's value
        assert written(service)["setNewestVersion"] == 2


async def test_what_was_accepted_and_does_not_show_yet_is_read_again_and_then_verified(
    start: Start, service: SandboxService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writes, "PAUSES_SECONDS", (0.3, 0.3, 0.3))
    async with start() as (program, person):
        await connect(person)
        app = program.state.accounts.app
        assert app is not None
        (before,) = person.latest
        target = next(key for key in person.keys if key != before)
        # It says that it did it, and does it half a second later.
        service.fail_next("setNewestVersion", body='{"code":0,"message":""}')
        person.select(person.keys.index(target))
        person.trigger("actionSetLatest")
        person.click("confirmAccept", await person.dialog("confirmDialog"))
        await until(lambda: "does not show it yet" in person.notice)
        await asyncio.sleep(0.1)
        service.answer("setNewestVersion", {"_api_key": DEMO_KEY, "buildKey": target})
        await until(lambda: person.latest == [target])
        assert person.notice == ""
        assert person.sees("promotionCard")


async def test_what_was_accepted_and_never_shows_is_contradicted_in_the_end(
    start: Start, service: SandboxService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writes, "PAUSES_SECONDS", (0.05, 0.05))
    async with start() as (_program, person):
        await connect(person)
        (before,) = person.latest
        target = next(key for key in person.keys if key != before)
        service.fail_next("setNewestVersion", body='{"code":0,"message":""}')
        person.select(person.keys.index(target))
        person.trigger("actionSetLatest")
        person.click("confirmAccept", await person.dialog("confirmDialog"))
        await until(lambda: "does not show that" in person.notice)
        assert person.latest == [before]
        assert not person.sees("promotionCard")
        assert written(service)["setNewestVersion"] == 1
