"""The dialog of an unexpected error: one at a time, its details as they are, Close first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from pgyer_desktop.shell.error_teller import QUIET_SECONDS, ErrorTeller
from pgyer_desktop.ui.help.crash_dialog import CrashDialog
from pgyer_desktop.ui.widgets.text.label import Label
from tests.ui.widgets.dialog.found import click, find, focused, shown

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

DETAILS = "Pgyer Desktop 1.0.0\n\nTraceback (most recent call last):\nKeyError: '<b>size</b>'"


def test_details_are_shown_and_copied_as_they_are(qtbot: QtBot) -> None:
    dialog = CrashDialog(DETAILS)
    shown(qtbot, dialog)
    details = find(dialog, QPlainTextEdit, "crashDetails")
    assert details.toPlainText() == DETAILS
    assert details.isReadOnly()
    assert details.font().family() == QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    assert details.accessibleName() == "Details"
    assert details.viewport().height() >= 10 * details.fontMetrics().lineSpacing()
    click(dialog, "crashCopyButton")
    assert QGuiApplication.clipboard().text() == DETAILS
    assert dialog.isVisible()


def test_close_is_what_enter_does(qtbot: QtBot) -> None:
    dialog = CrashDialog(DETAILS)
    shown(qtbot, dialog)
    assert find(dialog, QPushButton, "crashCloseButton").isDefault()
    QTest.keyClick(focused(dialog), Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_escape_closes_also_from_the_details(qtbot: QtBot) -> None:
    dialog = CrashDialog(DETAILS)
    shown(qtbot, dialog)
    find(dialog, QPlainTextEdit, "crashDetails").setFocus()
    QTest.keyClick(focused(dialog), Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_more_errors_are_counted_and_nothing_is_cut(qtbot: QtBot) -> None:
    dialog = CrashDialog(DETAILS)
    shown(qtbot, dialog)
    height = dialog.height()
    count = find(dialog, Label, "crashCount")
    assert not count.isVisible()
    for _ in range(7):
        dialog.add_another()
    qtbot.waitUntil(lambda: dialog.height() > height)
    assert count.isVisible()
    assert count.text().startswith("7 ")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def dialogs(window: QWidget) -> list[CrashDialog]:
    return [dialog for dialog in window.findChildren(CrashDialog) if dialog.isVisible()]


def test_one_dialog_at_a_time_and_the_same_error_not_again_for_a_while(qtbot: QtBot) -> None:
    window, clock = QWidget(), Clock()
    qtbot.addWidget(window)
    window.show()
    teller = ErrorTeller(window, clock=clock)
    teller.tell("one", DETAILS)
    teller.tell("two", DETAILS)
    (dialog,) = dialogs(window)
    dialog.reject()
    for _ in range(3):
        clock.now += QUIET_SECONDS - 1
        teller.tell("one", DETAILS)
    assert dialogs(window) == [], "each time it comes again it is to be quiet for longer"
    teller.tell("three", DETAILS)
    (dialog,) = dialogs(window)
    dialog.reject()
    clock.now += QUIET_SECONDS
    teller.tell("one", DETAILS)
    (dialog,) = dialogs(window)
    dialog.reject()


def test_nothing_opens_over_a_hidden_window(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    ErrorTeller(window).tell("one", DETAILS)
    assert dialogs(window) == []
