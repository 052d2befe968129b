"""The check asks what was typed, and says what Pgyer answered without saying more than that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit, QWidget

from pgyer_desktop.api.models import Build, UpdateCheck
from pgyer_desktop.ui.checks.check_update_dialog import CheckUpdateDialog
from pgyer_desktop.ui.widgets.dialog.problem_line import ProblemLine
from pgyer_desktop.ui.widgets.text.label import Label
from tests.ui.widgets.dialog.found import button, click, edit, find, focused, shown, type_into

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

BUILD = Build(build_key="a" * 32, version="1.4.5", build_number="145", pgyer_build=45)
ANSWER = UpdateCheck(
    build_key="b" * 32,
    name="Harbour",
    version="1.4.6",
    build_number="146",
    pgyer_build=46,
    has_new_version=True,
    forced=False,
    notes="Faster start.",
    size=10_571_264,
    link="https://www.pgyer.com/harbour",
    version_sent=True,
)


@pytest.fixture
def dialog(qtbot: QtBot) -> CheckUpdateDialog:
    dialog = CheckUpdateDialog("Harbour", BUILD)
    shown(qtbot, dialog)
    return dialog


def headline(dialog: CheckUpdateDialog) -> str:
    return find(dialog, QWidget, "checkResult").accessibleName()


def facts(dialog: CheckUpdateDialog) -> str:
    return find(dialog, QTextEdit, "checkFacts").toPlainText()


def test_it_begins_with_what_the_build_has_and_asks_nothing_by_itself(qtbot: QtBot) -> None:
    dialog = CheckUpdateDialog("Harbour", BUILD)
    with qtbot.assertNotEmitted(dialog.check_requested, wait=50):
        shown(qtbot, dialog)
    assert edit(dialog, "checkVersionEdit").text() == "1.4.5"
    assert edit(dialog, "checkBuildEdit").text() == "45"
    assert edit(dialog, "checkChannelEdit").text() == ""
    assert not find(dialog, QWidget, "checkResult").isVisible()


def test_for_the_app_as_such_nothing_is_filled_in(qtbot: QtBot) -> None:
    dialog = CheckUpdateDialog("Harbour")
    shown(qtbot, dialog)
    with qtbot.waitSignal(dialog.check_requested) as asked:
        click(dialog, "checkAskButton")
    assert asked.args == ["", "", ""]


def test_enter_asks_what_was_typed(qtbot: QtBot, dialog: CheckUpdateDialog) -> None:
    type_into(dialog, "checkVersionEdit", " 1.3 ")
    type_into(dialog, "checkBuildEdit", "x1y2")
    type_into(dialog, "checkChannelEdit", "beta")
    with qtbot.waitSignal(dialog.check_requested) as asked:
        QTest.keyClick(edit(dialog, "checkChannelEdit"), Qt.Key.Key_Return)
    assert asked.args == ["1.3", "12", "beta"]
    assert dialog.isVisible()


def test_while_busy_nothing_is_asked_twice(qtbot: QtBot, dialog: CheckUpdateDialog) -> None:
    dialog.check_requested.connect(lambda *_: dialog.set_busy(busy=True))
    click(dialog, "checkAskButton")
    assert not button(dialog, "checkAskButton").isEnabled()
    with qtbot.assertNotEmitted(dialog.check_requested):
        QTest.keyClick(focused(dialog), Qt.Key.Key_Return)
        click(dialog, "checkAskButton")
    assert dialog.isVisible()
    dialog.set_busy(busy=False)
    assert button(dialog, "checkAskButton").isEnabled()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (ANSWER, "1.4.6 (146) is offered"),
        (replace(ANSWER, forced=True), "1.4.6 (146) is offered, forced update"),
        (replace(ANSWER, has_new_version=False), "No update: this device has what Pgyer offers"),
        (replace(ANSWER, has_new_version=None), "Pgyer offers 1.4.6 (146) and does not say whether it is new"),
        (replace(ANSWER, version_sent=False, has_new_version=False), "Latest on Pgyer: 1.4.6 (146)"),
        (UpdateCheck(build_key="", version_sent=True), "Pgyer names no build for this app"),
    ],
)
def test_the_headline_says_what_the_answer_means(dialog: CheckUpdateDialog, answer: UpdateCheck, words: str) -> None:
    click(dialog, "checkAskButton")
    dialog.show_answer(answer)
    assert headline(dialog) == words
    assert find(dialog, Label, "checkHeadline").text() == words


def test_every_field_that_helps_is_shown(dialog: CheckUpdateDialog) -> None:
    click(dialog, "checkAskButton")
    dialog.show_answer(replace(ANSWER, forced=True, force_version="1.4.0", force_build_number="140"))
    words = facts(dialog)
    for word in ("Harbour", "1.4.6", "146", "#46", "10.6 MB", "Yes", "1.4.0 (140)"):
        assert word in words
    assert find(dialog, QTextEdit, "checkNotes").toPlainText() == "Faster start."
    assert find(dialog, QTextEdit, "checkLink").toPlainText() == "https://www.pgyer.com/harbour"
    assert find(dialog, QWidget, "checkForced").isVisible()
    assert find(dialog, Label, "checkAsked").text() == "Asked for version 1.4.5, Pgyer build #45"


def test_what_the_answer_does_not_say_takes_no_room(dialog: CheckUpdateDialog) -> None:
    dialog.show_answer(UpdateCheck(build_key="b" * 32, version="1.4.6", version_sent=True, has_new_version=True))
    assert facts(dialog).split() == ["Version", "1.4.6"]
    for name in ("checkNotes", "checkLink", "checkCopyButton", "checkForced", "checkSameBuild"):
        assert not find(dialog, QWidget, name).isVisible()


def test_it_says_when_the_answer_is_the_very_build_that_was_selected(dialog: CheckUpdateDialog) -> None:
    dialog.show_answer(replace(ANSWER, build_key=BUILD.build_key, has_new_version=False))
    assert find(dialog, Label, "checkSameBuild").isVisible()
    dialog.show_answer(ANSWER)
    assert not find(dialog, Label, "checkSameBuild").isVisible()


def test_the_link_is_copied_by_the_owner(qtbot: QtBot, dialog: CheckUpdateDialog) -> None:
    dialog.show_answer(ANSWER)
    with qtbot.waitSignal(dialog.copy_link_requested) as asked:
        click(dialog, "checkCopyButton")
    assert asked.args == ["https://www.pgyer.com/harbour"]
    assert button(dialog, "checkCopyButton").text() == "Copied"


def test_a_problem_takes_the_place_of_an_answer_to_another_question(dialog: CheckUpdateDialog) -> None:
    dialog.show_answer(ANSWER)
    dialog.show_problem("Pgyer could not be reached.")
    assert find(dialog, ProblemLine, "checkProblem").text == "Pgyer could not be reached."
    assert not find(dialog, QWidget, "checkResult").isVisible()
    dialog.show_answer(ANSWER)
    assert find(dialog, ProblemLine, "checkProblem").text == ""


def test_long_notes_scroll_and_leave_the_buttons_on_the_screen(qtbot: QtBot, dialog: CheckUpdateDialog) -> None:
    dialog.show_answer(replace(ANSWER, notes="\n".join(f"Change {n}." for n in range(200))))
    qtbot.wait(20)
    assert dialog.height() < 640


class Sizes(QObject):
    """Every size that a window takes while it shows."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.seen: list[tuple[int, int]] = []
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent):
            self.seen.append((event.size().width(), event.size().height()))
        return False


@pytest.mark.parametrize("notes", ["", "A map.", "\n".join(f"Change {n}, {'which is long ' * 20}" for n in range(9))])
def test_an_answer_has_the_window_take_one_size_and_not_several(qtbot: QtBot, notes: str) -> None:
    """It would jump before people's eyes, and Windows logs a warning of each size that does not come to be."""
    dialog = CheckUpdateDialog("Harbour")
    shown(qtbot, dialog)
    qtbot.wait(20)
    sizes = Sizes(dialog)
    dialog.show_answer(replace(ANSWER, notes=notes))
    qtbot.wait(50)
    assert len(sizes.seen) == 1
    dialog.show_problem("Pgyer could not be reached. " * 8)
    qtbot.wait(50)
    assert len(sizes.seen) == 2


def test_it_is_no_taller_than_the_window_behind_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 400)
    window.show()
    dialog = CheckUpdateDialog("Harbour", parent=window)
    shown(qtbot, dialog)
    with qtbot.waitSignal(dialog.check_requested):
        dialog.check()
    dialog.show_answer(replace(ANSWER, notes="A line of many.\n" * 60))
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.height() <= window.height()
    assert button(dialog, "checkCloseButton").isVisible()
