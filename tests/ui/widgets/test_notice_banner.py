"""The banner says one thing at a time, and tells who asked for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from pgyer_desktop.ui.widgets.notice_banner import NoticeBanner, Severity

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_it_is_hidden_until_it_has_something_to_say(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    banner = NoticeBanner(page)
    page.show()
    assert not banner.isVisible()
    banner.show_notice(text="Pgyer did not answer.", severity=Severity.ERROR, action_text="Retry", key="page")
    assert banner.isVisible()
    assert banner.accessibleName() == "Pgyer did not answer."


def test_the_action_and_the_close_button_say_which_notice_they_belong_to(qtbot: QtBot) -> None:
    banner = NoticeBanner()
    qtbot.addWidget(banner)
    banner.show_notice(text="No answer.", severity=Severity.ERROR, action_text="Retry", key="page")
    retry = banner.findChild(QPushButton, "noticeRetry")
    close = banner.findChild(QToolButton, "noticeClose")
    assert retry is not None
    assert close is not None
    with qtbot.waitSignal(banner.action_triggered) as asked:
        QTest.mouseClick(retry, Qt.MouseButton.LeftButton)
    assert asked.args == ["page"]
    assert banner.isVisible()
    with qtbot.waitSignal(banner.closed) as closed:
        QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert closed.args == ["page"]
    assert not banner.isVisible()
    assert banner.accessibleName() == ""


def test_a_notice_without_an_action_has_no_button(qtbot: QtBot) -> None:
    banner = NoticeBanner()
    qtbot.addWidget(banner)
    banner.show_notice(text="Saved.", severity=Severity.INFO)
    retry = banner.findChild(QPushButton, "noticeRetry")
    assert retry is not None
    assert not retry.isVisible()


def test_it_does_not_take_the_focus(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    banner, field = NoticeBanner(page), QLineEdit(page)
    layout.addWidget(banner)
    layout.addWidget(field)
    page.show()
    page.activateWindow()
    field.setFocus()
    banner.show_notice(text="No answer.", severity=Severity.ERROR, action_text="Retry", key="page")
    assert page.focusWidget() is field


def test_markup_in_a_message_is_shown_letter_by_letter(qtbot: QtBot) -> None:
    banner = NoticeBanner()
    qtbot.addWidget(banner)
    banner.show_notice(text="<b>not bold</b>", severity=Severity.INFO)
    text = banner.findChild(QLabel, "noticeText")
    assert text is not None
    assert text.textFormat() == Qt.TextFormat.PlainText
