"""The dialog keeps the cases that were typed, asks nothing by itself, and says what each answer changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from pgyer_desktop.api.models import Build
from pgyer_desktop.core.base.words import Text
from pgyer_desktop.core.checks.cases import MAX_CASES, CheckCase, Result
from pgyer_desktop.ui.checks.checks_dialog import UpdateChecksDialog
from pgyer_desktop.ui.checks.table import ChecksTable
from pgyer_desktop.ui.widgets.text.label import Label
from tests.ui.widgets.dialog.found import button, click, edit, find, focused, shown, type_into

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

OLD, CURRENT, BETA = CheckCase("Old", "1.0"), CheckCase("Current", "1.4.6", "46"), CheckCase("Beta", "", "", "beta")
CASES = (OLD, CURRENT, BETA)
WHEN = datetime(2026, 5, 1, 12, tzinfo=UTC)
OFFERED = Build(build_key="b" * 32, version="1.4.6", build_number="146", pgyer_build=46)
NEWER = Build(build_key="c" * 32, version="1.5.0", build_number="150", pgyer_build=50)


def answer(case: CheckCase, build: Build = OFFERED, *, new: bool = True, minutes: int = 0) -> Result:
    return Result(case, WHEN + timedelta(minutes=minutes), build, new, False)


pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def dialog(qtbot: QtBot) -> UpdateChecksDialog:
    dialog = UpdateChecksDialog("Harbour", CASES, latest=OFFERED)
    shown(qtbot, dialog)
    return dialog


@pytest.fixture
def kept(dialog: UpdateChecksDialog) -> list[tuple[CheckCase, ...]]:
    """What the dialog wanted to be kept, one after the other."""
    kept: list[tuple[CheckCase, ...]] = []
    dialog.cases_changed.connect(kept.append)
    return kept


def table(dialog: UpdateChecksDialog) -> ChecksTable:
    return find(dialog, ChecksTable, "checksTable")


def cells(dialog: UpdateChecksDialog, row: int) -> list[str]:
    model = table(dialog).model()
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


def words(dialog: UpdateChecksDialog, name: str) -> str:
    return find(dialog, Label, name).text()


def asked(dialog: UpdateChecksDialog) -> QDialog:
    """The question about one case that stands over the dialog."""
    (found,) = (child for child in dialog.findChildren(QDialog, "checkCaseDialog") if child.isVisible())
    return found


def change_first(dialog: UpdateChecksDialog, name: str, text: str) -> None:
    """Write something else of the first case."""
    click(dialog, "checksEdit")
    question = asked(dialog)
    edit(question, name).setText(text)
    click(question, "caseSaveButton")


def test_it_begins_with_the_cases_in_their_order_and_asks_nothing(qtbot: QtBot, dialog: UpdateChecksDialog) -> None:
    with qtbot.assertNotEmitted(dialog.run_requested, wait=50):
        pass
    assert [cells(dialog, row)[0] for row in range(3)] == ["Old", "Current", "Beta"]
    assert table(dialog).selected_row == 0
    assert focused(dialog) is table(dialog)
    assert not button(dialog, "checksCopy").isEnabled()
    assert button(dialog, "checksCopy").toolTip() == "Nothing has been checked yet."
    assert words(dialog, "checksStatus") == ""
    assert not button(dialog, "checksStop").isVisible()


def test_without_cases_it_says_what_to_do_and_cannot_run(qtbot: QtBot) -> None:
    dialog = UpdateChecksDialog("Harbour")
    shown(qtbot, dialog)
    assert "Add one for each kind of device" in words(dialog, "checksEmpty")
    assert focused(dialog) is button(dialog, "checksAdd")
    assert not button(dialog, "checksRun").isEnabled()
    assert button(dialog, "checksRun").toolTip() == "Add a case first."
    with qtbot.assertNotEmitted(dialog.run_requested, wait=20):
        QTest.keyClick(table(dialog), Qt.Key.Key_Return)


def test_a_case_is_added_from_the_latest_build(
    qtbot: QtBot, dialog: UpdateChecksDialog, kept: list[tuple[CheckCase, ...]]
) -> None:
    click(dialog, "checksAdd")
    question = asked(dialog)
    qtbot.waitUntil(question.isActiveWindow)
    type_into(question, "caseNameEdit", "Current")
    assert not button(question, "caseSaveButton").isEnabled()  # the name is taken
    type_into(question, "caseNameEdit", "A current phone")
    click(question, "caseFillButton")
    assert (edit(question, "caseVersionEdit").text(), edit(question, "caseBuildEdit").text()) == ("1.4.6", "46")
    click(question, "caseSaveButton")
    assert kept == [(*CASES, CheckCase("A current phone", "1.4.6", "46"))]
    assert dialog.cases == kept[0]
    assert table(dialog).selected_row == 3


def test_f2_edits_the_selected_case_and_cancel_keeps_it(
    qtbot: QtBot, dialog: UpdateChecksDialog, kept: list[tuple[CheckCase, ...]]
) -> None:
    table(dialog).select(1)
    QTest.keyClick(table(dialog), Qt.Key.Key_F2)
    question = asked(dialog)
    qtbot.waitUntil(question.isActiveWindow)
    type_into(question, "caseVersionEdit", "9.9")
    click(question, "caseCancelButton")
    assert kept == []
    dialog.activateWindow()  # as a window manager does
    qtbot.waitUntil(lambda: dialog.isActiveWindow() and focused(dialog) is table(dialog))
    QTest.keyClick(table(dialog), Qt.Key.Key_F2)
    question = asked(dialog)
    qtbot.waitUntil(question.isActiveWindow)
    type_into(question, "caseVersionEdit", "1.4.5")
    QTest.keyClick(edit(question, "caseVersionEdit"), Qt.Key.Key_Return)
    assert kept == [(OLD, replace(CURRENT, version="1.4.5"), BETA)]
    assert table(dialog).selected_row == 1


def test_what_was_removed_can_be_put_back_where_it_was(
    dialog: UpdateChecksDialog, kept: list[tuple[CheckCase, ...]]
) -> None:
    table(dialog).select(1)
    QTest.keyClick(table(dialog), Qt.Key.Key_Delete)
    assert kept == [(OLD, BETA)]
    assert words(dialog, "checksStatus") == "Current was removed."
    click(dialog, "checksUndo")
    assert kept[-1] == dialog.cases == CASES
    assert table(dialog).selected_row == 1
    assert not button(dialog, "checksUndo").isVisible()


def test_the_last_case_that_is_removed_leaves_the_focus_where_one_goes_on(qtbot: QtBot) -> None:
    dialog = UpdateChecksDialog("Harbour", (OLD,))
    shown(qtbot, dialog)
    click(dialog, "checksRemove")
    assert dialog.cases == ()
    assert focused(dialog) is button(dialog, "checksAdd")
    assert words(dialog, "checksEmpty")


def test_no_more_cases_than_there_may_be(qtbot: QtBot) -> None:
    dialog = UpdateChecksDialog("Harbour", (CheckCase(f"Case {number}") for number in range(MAX_CASES)))
    shown(qtbot, dialog)
    assert not button(dialog, "checksAdd").isEnabled()
    assert str(MAX_CASES) in button(dialog, "checksAdd").toolTip()
    click(dialog, "checksRemove")
    assert button(dialog, "checksAdd").isEnabled()


def test_a_run_is_shown_as_it_goes_and_cannot_be_disturbed(qtbot: QtBot, dialog: UpdateChecksDialog) -> None:
    with qtbot.waitSignal(dialog.run_requested):
        click(dialog, "checksRun")
    button(dialog, "checksRun").setFocus()
    dialog.set_running(running=True)
    assert focused(dialog) is button(dialog, "checksStop")
    assert words(dialog, "checksStatus") == "0 of 3 cases checked"
    for name in ("checksAdd", "checksEdit", "checksRemove", "checksRun"):
        assert not button(dialog, name).isEnabled(), name
        assert button(dialog, name).toolTip() == "Stop the checks first."
    dialog.set_asking(OLD)
    dialog.set_result(answer(OLD))
    assert words(dialog, "checksStatus") == "1 of 3 cases checked"
    assert cells(dialog, 0)[2] == "First check"
    with qtbot.waitSignal(dialog.stop_requested):
        click(dialog, "checksStop")
    dialog.set_running(running=False)
    assert focused(dialog) is button(dialog, "checksRun")
    assert button(dialog, "checksEdit").isEnabled()


def test_it_says_what_changed_what_did_not_and_what_could_not_be_checked(dialog: UpdateChecksDialog) -> None:
    dialog.set_result(answer(OLD, NEWER, minutes=9), answer(OLD))
    dialog.set_result(answer(CURRENT, new=False, minutes=9), answer(CURRENT, new=False))
    failed = Result(BETA, WHEN, error=Text("test", "Pgyer cannot be reached."))
    dialog.set_result(failed, answer(BETA))
    assert [cells(dialog, row)[2] for row in range(2)] == ["Changed", "Unchanged"]
    assert "1.5.0" in cells(dialog, 0)[1]
    status = words(dialog, "checksStatus")
    assert status.startswith("1 case could not be checked · 1 case changed · as of ")
    assert cells(dialog, 2)[2] == "–"
    table(dialog).select(2)
    assert words(dialog, "checksDetail") == "Pgyer cannot be reached."
    table(dialog).select(0)
    assert "1.5.0" in words(dialog, "checksDetail")


def test_nothing_changed_is_said_only_where_everything_was_compared(dialog: UpdateChecksDialog) -> None:
    dialog.set_result(answer(OLD), answer(OLD))
    assert words(dialog, "checksStatus").startswith("Nothing changed · as of ")
    dialog.set_result(answer(CURRENT))
    assert "Nothing changed" not in words(dialog, "checksStatus")


def test_a_renamed_case_keeps_its_answer_and_another_question_has_none(dialog: UpdateChecksDialog) -> None:
    dialog.set_result(answer(OLD))
    change_first(dialog, "caseNameEdit", "Very old")
    assert "1.4.6" in cells(dialog, 0)[1]
    change_first(dialog, "caseVersionEdit", "0.9")
    assert "1.4.6" not in cells(dialog, 0)[1]


def test_the_results_are_copied_as_text(qtbot: QtBot, dialog: UpdateChecksDialog) -> None:
    dialog.set_result(answer(OLD, NEWER), answer(OLD))
    with qtbot.waitSignal(dialog.copy_requested) as copied:
        click(dialog, "checksCopy")
    (text,) = copied.args
    assert "Harbour" in text
    assert "Old" in text
    assert "1.5.0" in text


def test_names_of_cases_are_no_markup_and_show_whole_in_the_tooltip(qtbot: QtBot) -> None:
    dialog = UpdateChecksDialog("<b>Harbour</b>", (CheckCase("<img src=x> & co"),))
    shown(qtbot, dialog)
    assert cells(dialog, 0)[0] == "<img src=x> & co"
    tooltip = str(table(dialog).model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole))
    assert "<img" not in tooltip
    assert "&lt;img" in tooltip
    click(dialog, "checksRemove")
    assert words(dialog, "checksStatus") == "<img src=x> & co was removed."
    assert find(dialog, Label, "checksStatus").textFormat() is Qt.TextFormat.PlainText


def test_the_usual_cases_are_one_click_and_are_asked_at_once(qtbot: QtBot) -> None:
    dialog = UpdateChecksDialog("Harbour", latest=OFFERED)
    shown(qtbot, dialog)
    with qtbot.waitSignal(dialog.case_run_requested) as asked:
        click(dialog, "checksUsual")
    assert [case.question for case in dialog.cases] == [("", "", ""), ("1.0", "", ""), ("1.4.6", "46", "")]
    assert asked.args == [dialog.cases]
    assert not button(dialog, "checksUsual").isVisible()
