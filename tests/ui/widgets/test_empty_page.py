"""An empty page shows what it was told and offers what helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from pgyer_desktop.ui.base import resources
from pgyer_desktop.ui.widgets.empty_page import MAX_TEXT_WIDTH, EmptyPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_both_buttons_say_what_was_asked_for(qtbot: QtBot) -> None:
    page = EmptyPage()
    qtbot.addWidget(page)
    page.set_content("inbox", "No builds yet", "Upload one.", "Refresh", "Choose another app")
    page.show()
    with qtbot.waitSignal(page.primary_requested):
        QTest.mouseClick(page.primary_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.secondary_requested):
        QTest.mouseClick(page.secondary_button, Qt.MouseButton.LeftButton)


def test_what_is_not_given_is_not_shown(qtbot: QtBot) -> None:
    page = EmptyPage()
    qtbot.addWidget(page)
    page.set_picture(resources.app_icon())
    page.set_content("", "Nothing matches")
    page.show()
    assert not page.primary_button.isVisible()
    assert not page.secondary_button.isVisible()
    text = page.findChild(QLabel, "emptyText")
    assert text is not None
    assert not text.isVisible()


def test_lines_stay_short_in_a_wide_window_and_fit_a_narrow_one(qtbot: QtBot) -> None:
    page = EmptyPage()
    qtbot.addWidget(page)
    page.set_content("inbox", "No builds yet", "word " * 80, "Refresh")
    page.show()
    text = page.findChild(QLabel, "emptyText")
    assert text is not None
    page.resize(2400, 900)
    assert text.width() == MAX_TEXT_WIDTH
    assert abs(text.mapTo(page, text.rect().center()).x() - 1200) <= 1
    page.resize(320, 600)
    assert text.width() < 320


def test_enter_on_the_button_presses_it(qtbot: QtBot) -> None:
    page = EmptyPage()
    qtbot.addWidget(page)
    page.set_content("", "Welcome", "", "Connect an account")
    page.show()
    with qtbot.waitSignal(page.primary_requested):
        QTest.keyClick(page.primary_button, Qt.Key.Key_Return)
