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
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QSpinBox,
    QTableView,
    QWidget,
)

from pgyer_desktop.api.errors import HttpStatusError
from pgyer_desktop.core.accounts.guards import Guards
from pgyer_desktop.core.base.keystore import MemoryStore
from pgyer_desktop.core.builds.keeping import USUAL_RULES, Rules
from pgyer_desktop.core.cleanup import plan_file
from pgyer_desktop.core.history.load import HistoryLoader
from pgyer_desktop.sandbox import DEMO_KEY
from pgyer_desktop.shell.program import Program
from pgyer_desktop.ui.changes.build_rows import BuildRows
from pgyer_desktop.ui.cleanup.clean_up_dialog import CleanUpDialog
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
    await until(lambda: dialog.model.plan is not None, seconds=60)
    return dialog


def rows(person: Person, dialog: CleanUpDialog) -> dict[str, tuple[bool, str]]:
    """Whether each build is to be deleted, and why, by its key."""
    table = person.find(QTableView, "cleanUpTable", dialog)
    found: dict[str, tuple[bool, str]] = {}
    for tab in ("cleanUpKeptTab", "cleanUpDeleteTab"):
        person.click(tab, dialog)
        model = table.model()
        for row in range(model.rowCount()):
            key = str(model.index(row, 0).data(Qt.ItemDataRole.UserRole))
            found[key] = tab == "cleanUpDeleteTab", str(model.index(row, model.columnCount() - 1).data())
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
        assert set(found) == set(before)
        assert {key for key, (delete, _) in found.items() if not delete} == {*before[:10], pinned}
        assert found[pinned][1] == "Pinned locally"
        assert "Latest" in found[person.latest[0]][1]
        # By hand: one more is kept.
        table = person.find(QTableView, "cleanUpTable", dialog)
        spared = before[-1]
        table.setCurrentIndex(table.model().index(table.model().rowCount() - 1, 0))
        QTest.keyClick(table, Qt.Key.Key_Space)
        assert rows(person, dialog)[spared] == (False, "Kept by hand; by the rules: Beyond the newest 10")
        # Saved, closed, opened again, run.
        file = tmp_path / "plan.pgyer-cleanup.json"
        person.click("cleanUpSave", dialog)
        choose(person, "planSaveDialog", file)
        await until(lambda: dialog.model.frozen is not None)
        assert "It runs as it was agreed on." in said(dialog)
        person.click("cleanUpNewPlan", dialog)
        assert rows(person, dialog)[spared][0] is False, "whoever goes on begins with what was saved"
        assert DEMO_KEY not in file.read_text(encoding="utf-8")
        doomed = {row.build.build_key for row in plan_file.load(file).deletions}
        assert doomed == set(before[10:]) - {pinned, spared}
        dialog.reject()
        dialog = await planned(person)
        person.click("cleanUpOpen", dialog)
        choose(person, "planOpenDialog", file)
        await until(lambda: dialog.model.frozen is not None)
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
        monkeypatch.undo()
        person.click("cleanUpNothingChange", dialog)  # read again
        await until(lambda: isinstance(dialog, CleanUpDialog) and dialog.model.plan is not None)
        assert "Not all builds" not in said(dialog)
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
        await until(lambda: dialog.model.frozen is not None)
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
        await until(lambda: dialog.model.plan is not None, seconds=60)
        number = tab_to(dialog, "cleanUpNewestNumber")
        QTest.keyClick(number, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(number, str(len(before) - 3))
        QTest.keyClick(tab_to(dialog, "cleanUpDays"), Qt.Key.Key_Space)
        await until(lambda: dialog.model.plan is not None and dialog.model.plan.totals.delete == 3)
        QTest.keyClick(tab_to(dialog, "cleanUpRun"), Qt.Key.Key_Space)
        question = await person.dialog("confirmDialog")
        assert not person.sees_in(question, "confirmText"), "three are not risky"
        asked = person.find(BuildRows, "confirmBuilds", question).rows
        assert all(row.build.icon for row in asked), "they look as in the plan"
        QTest.keyClick(tab_to(question, "confirmAccept"), Qt.Key.Key_Space)
        batch = await ended(person, 90)
        QTest.keyClick(batch, Qt.Key.Key_Escape)
        await until(lambda: not batch.isVisible())
        assert everything(program, service) == before[:-3]


async def test_choices_survive_a_cancelled_question_and_are_asked_about_before_the_plan_closes(
    start: Start, service: SandboxService
) -> None:
    async with start() as (program, person):
        await connect(person)
        guard(program, Guards(type_promotions=False, type_deletes=False, most_deletes=5))
        before = everything(program, service)
        dialog = await planned(person)
        keep_newest(person, dialog, 10)
        dialog.model.choose(before[-1], delete=False)
        chosen = rows(person, dialog)
        person.click("cleanUpRun", dialog)
        question = await person.dialog("confirmDialog")
        assert question.parentWidget() is dialog, "the plan cannot be used meanwhile"
        person.click("confirmCancel", question)
        await person.gone("confirmDialog")
        assert dialog.isVisible()
        assert rows(person, dialog) == chosen
        for answer in ("confirmCancel", "confirmAccept"):
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            question = await person.dialog("confirmDialog")
            assert "lose 1 choice?" in said(question)
            QTest.keyClick(question, Qt.Key.Key_Return)
            assert question.isVisible(), "Enter never surprises"
            assert dialog.isVisible()
            person.click(answer, question)
            await person.gone("confirmDialog")
        await until(lambda: not person.window.findChildren(CleanUpDialog))
        assert written(service)["buildDelete"] == 0
        dialog = await planned(person)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        await person.gone("cleanUpDialog")


async def test_the_limit_of_a_run_is_changed_from_the_plan(start: Start) -> None:
    async with start() as (program, person):
        await connect(person)
        guard(program, Guards(type_deletes=False, most_deletes=5))
        dialog = await planned(person)
        keep_newest(person, dialog, 10)
        assert "at most 5 in one run" in said(dialog)
        person.click("cleanUpChangeLimit", dialog)
        guards = await person.dialog("guardsDialog")
        assert guards.parentWidget() is dialog
        person.find(QSpinBox, "guardsMostDeletes", guards).setValue(500)
        person.click("guardsSave", guards)
        await person.gone("guardsDialog")
        assert "in one run" not in said(dialog)
        assert dialog.isVisible()
        # Whoever makes the account read-only there is told why nothing runs.
        guard(program, Guards(read_only=True))
        person.click("cleanUpRun", dialog)
        assert "read-only" in said(dialog)
        dialog.reject()


async def test_rules_are_remembered_per_app_and_a_policy_serves_other_apps(
    start: Start, service: SandboxService
) -> None:
    keys = MemoryStore()
    async with start(keys) as (program, person):
        await connect(person)
        dialog = await planned(person)
        keep_newest(person, dialog, 7)
        person.find(QAction, "cleanUpPolicySave", dialog).trigger()
        naming = await person.dialog("policyDialog")
        person.type_into("policyNameEdit", "Betas", naming)
        person.click("policySave", naming)
        await person.gone("policyDialog")
        dialog.reject()
        program.state.accounts.open_app(service.app_key("lantern"))
        await until(lambda: person.find(QAction, "actionCleanUp").isEnabled())
        dialog = await planned(person)
        assert dialog.rules == USUAL_RULES, "another app, other rules"
        policies = person.find(QComboBox, "cleanUpPolicy", dialog)
        policies.activated.emit(policies.findText("Betas"))
        assert dialog.rules == Rules(newest=7)
        person.find(QSpinBox, "cleanUpNewestNumber", dialog).setValue(8)
        dialog.reject()
    async with start(keys) as (program, person):
        await until(lambda: person.rows > 0 and person.find(QAction, "actionCleanUp").isEnabled())
        assert program.state.accounts.app is not None
        assert program.state.accounts.app.app_key == service.app_key("lantern")
        dialog = await planned(person)
        assert (dialog.rules, dialog.policy) == (Rules(newest=8), "")
        dialog.reject()
        program.state.accounts.open_app(service.app_key("harbour"))
        await until(lambda: person.find(QAction, "actionCleanUp").isEnabled())
        dialog = await planned(person)
        assert (dialog.rules, dialog.policy) == (Rules(newest=7), "Betas")
        dialog.reject()


async def test_the_program_ends_in_order_with_an_open_plan_and_its_question(start: Start) -> None:
    async with start() as (_program, person):
        await connect(person)
        dialog = await planned(person)
        dialog.model.choose_all(delete=False)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        await person.dialog("confirmDialog")
