"""A clean-up is planned on the whole history, agreed on, saved, and run exactly as it was agreed on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QDialog,
    QFileDialog,
    QLabel,
    QSpinBox,
    QTableView,
    QWidget,
)

from pgyer_desktop.api.errors import HttpStatusError
from pgyer_desktop.core.accounts.guards import Guards
from pgyer_desktop.core.cleanup import plan_file
from pgyer_desktop.core.history.load import HistoryLoader
from pgyer_desktop.sandbox import DEMO_KEY
from pgyer_desktop.shell.program import Program
from pgyer_desktop.ui.cleanup.clean_up_dialog import CleanUpDialog
from pgyer_desktop.ui.cleanup.model import KEY_ROLE, REASON
from tests.e2e.conftest import Start
from tests.e2e.jobs import ended, states
from tests.e2e.person import Person
from tests.e2e.test_batch import guard
from tests.e2e.test_main_job import connect, written
from tests.helpers.sandbox import SandboxService
from tests.helpers.waiting import until


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "pgyer_desktop.core.cleanup.queue.Manners.__init__.__defaults__", (0.0, (0.0, 0.0), (0.05,), 5.0)
    )


async def planned(person: Person) -> CleanUpDialog:
    """Open the plan of the open app."""
    person.trigger("actionCleanUp")
    dialog = await person.dialog("cleanUpDialog")
    assert isinstance(dialog, CleanUpDialog)
    await until(lambda: dialog.model.rowCount() > 0, seconds=60)
    return dialog


def rows(person: Person, dialog: CleanUpDialog) -> dict[str, tuple[bool, str]]:
    """Whether each build is to be deleted, and why, by its key."""
    model = person.find(QTableView, "cleanUpTable", dialog).model()
    found: dict[str, tuple[bool, str]] = {}
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        delete = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        found[index.data(KEY_ROLE)] = delete, str(model.index(row, REASON).data())
    return found


def choose(person: Person, name: str, file: Path) -> None:
    """Choose a file in the dialog with this name."""
    chooser = person.find(QFileDialog, name)
    chooser.setDirectory(str(file.parent))
    chooser.selectFile(file.name)
    chooser.accept()


def said(dialog: QDialog) -> str:
    """All words that show."""
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def keep_newest(person: Person, dialog: CleanUpDialog, count: int) -> None:
    """Choose this one rule."""
    assert not person.find(QCheckBox, "cleanUpNewestOfVersion", dialog).isChecked()
    person.find(QCheckBox, "cleanUpDays", dialog).setChecked(False)
    person.find(QSpinBox, "cleanUpNewestNumber", dialog).setValue(count)


def everything(program: Program, service: SandboxService) -> list[str]:
    app = program.state.accounts.app
    assert app is not None
    return list(service.build_keys(app.app_key))


async def test_every_build_is_in_the_plan_with_its_reason_and_only_what_was_agreed_on_is_deleted(
    start: Start, service: SandboxService, tmp_path: Path
) -> None:
    async with start() as (program, person):
        await connect(person)
        guard(program, Guards(type_promotions=False, type_deletes=False, most_deletes=500))
        before = everything(program, service)
        person.select(15)
        pinned = person.keys[15]
        person.trigger("actionPin")
        assert "pinned" in person.table.model().index(15, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        dialog = await planned(person)
        keep_newest(person, dialog, 10)
        found = rows(person, dialog)
        assert list(found) == before
        assert {key for key, (delete, _) in found.items() if not delete} == {*before[:10], pinned}
        assert found[pinned][1] == "Pinned locally"
        assert "Latest" in found[person.latest[0]][1]
        # By hand: one more is kept.
        table = person.find(QTableView, "cleanUpTable", dialog)
        spared = before[-1]
        table.setCurrentIndex(table.model().index(len(before) - 1, 0))
        QTest.keyClick(table, Qt.Key.Key_Space)
        assert rows(person, dialog)[spared] == (False, "Kept by hand; by the rules: No rule keeps it")
        # Saved, closed, opened again, run.
        file = tmp_path / "plan.pgyer-cleanup.json"
        person.click("cleanUpSave", dialog)
        choose(person, "planSaveDialog", file)
        await until(file.exists)
        assert DEMO_KEY not in file.read_text(encoding="utf-8")
        doomed = {row.build.build_key for row in plan_file.load(file).deletions}
        assert doomed == set(before[10:]) - {pinned, spared}
        dialog.reject()
        dialog = await planned(person)
        person.click("cleanUpOpen", dialog)
        choose(person, "planOpenDialog", file)
        await until(lambda: dialog.frozen is not None)
        # Since then one of them was promoted by a colleague, and another one deleted.
        promoted, gone = before[-2], before[-3]
        service.answer("setNewestVersion", {"_api_key": DEMO_KEY, "buildKey": promoted})
        service.answer("buildDelete", {"_api_key": DEMO_KEY, "buildKey": gone})
        service.forget_requests()
        person.click("cleanUpRun", dialog)
        question = await person.dialog("confirmDialog")
        assert person.find(QTableView, "confirmBuilds", question).model().rowCount() == len(doomed)
        person.click("confirmAccept", question)
        batch = await ended(person)
        told = [state.split(":")[0] for state in states(person, batch)]
        assert told.count("Deleted") == len(doomed) - 2
        assert sorted(set(told)) == ["Deleted", "Gone already", "Kept"]
        batch.close()
        assert set(everything(program, service)) == set(before) - doomed | {promoted}
        assert written(service)["buildDelete"] == len(doomed) - 2


async def test_it_refuses_to_plan_on_an_incomplete_history(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    async with start() as (_program, person):
        await connect(person)
        whole = HistoryLoader._page

        async def not_the_last(self: HistoryLoader, number: int) -> object:
            if number == 3:
                raise HttpStatusError("pgyer.test", 502)
            return await whole(self, number)

        monkeypatch.setattr(HistoryLoader, "_page", not_the_last)
        person.trigger("actionCleanUp")
        dialog = await person.dialog("cleanUpDialog")
        await until(lambda: "Not all builds" in said(dialog))
        assert not person.find(QAbstractButton, "cleanUpRun", dialog).isEnabled()
        assert not person.find(QAbstractButton, "cleanUpSave", dialog).isEnabled()
        dialog.reject()


async def test_a_plan_of_another_app_is_read_and_not_run(start: Start, service: SandboxService, tmp_path: Path) -> None:
    async with start() as (program, person):
        await connect(person)
        guard(program, Guards(type_promotions=False, type_deletes=False))
        dialog = await planned(person)
        keep_newest(person, dialog, 10)
        frozen = dialog.model.plan
        assert frozen is not None
        other = replace(frozen.freeze("x", "Acme", "other-app", "Lantern", frozen.made), account_name="Acme")
        plan_file.save(tmp_path / "other.pgyer-cleanup.json", other)
        person.click("cleanUpOpen", dialog)
        choose(person, "planOpenDialog", tmp_path / "other.pgyer-cleanup.json")
        await until(lambda: dialog.frozen is not None)
        assert not person.find(QAbstractButton, "cleanUpRun", dialog).isEnabled()
        dialog.reject()
        assert written(service)["buildDelete"] == 0
        guard(program, Guards(read_only=True))
        assert not person.find(QAction, "actionCleanUp").isEnabled()


def tab_to(dialog: QDialog, name: str) -> QWidget:
    """Press Tab until the widget with this name has the keyboard."""
    for _ in range(30):
        focused = dialog.focusWidget()
        assert focused is not None
        if focused.objectName() == name:
            return focused
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    raise AssertionError(f"{name} cannot be reached with Tab")


async def test_it_is_planned_and_run_without_the_mouse(start: Start, service: SandboxService) -> None:
    async with start() as (program, person):
        await connect(person)
        guard(program, Guards(most_deletes=500))
        before = everything(program, service)
        person.window.activateWindow()
        await until(person.window.isActiveWindow)
        person.table.setFocus()
        QTest.keyClick(
            person.table, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
        dialog = await person.dialog("cleanUpDialog")
        assert isinstance(dialog, CleanUpDialog)
        await until(lambda: dialog.model.rowCount() > 0, seconds=60)
        number = tab_to(dialog, "cleanUpNewestNumber")
        QTest.keyClick(number, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(number, str(len(before) - 3))
        QTest.keyClick(tab_to(dialog, "cleanUpDays"), Qt.Key.Key_Space)
        await until(lambda: dialog.model.plan is not None and dialog.model.plan.totals.delete == 3)
        QTest.keyClick(tab_to(dialog, "cleanUpRun"), Qt.Key.Key_Space)
        question = await person.dialog("confirmDialog")
        assert not person.sees_in(question, "confirmText"), "three are not risky"
        QTest.keyClick(tab_to(question, "confirmAccept"), Qt.Key.Key_Space)
        batch = await ended(person, 90)
        QTest.keyClick(batch, Qt.Key.Key_Escape)
        await until(lambda: not batch.isVisible())
        assert everything(program, service) == before[:-3]
