"""One notice shows, one per topic is kept, and its button says what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from pgyer_desktop.core.base.error_messages import Notice, Remedy, Severity
from pgyer_desktop.core.base.words import Text, translate
from pgyer_desktop.ui.base.i18n import Language, Translators
from pgyer_desktop.ui.state.teller import Topic
from pgyer_desktop.ui.widgets.notice_banner import NoticeBanner
from pgyer_desktop.ui.window.notices import NoticeBoard

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def notice(words: str, remedy: Remedy = Remedy.RETRY) -> Notice:
    return Notice(Text("tests", words), Severity.ERROR, remedy)


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.fixture
def banner(page: QWidget) -> NoticeBanner:
    banner = NoticeBanner(page)
    QVBoxLayout(page).addWidget(banner)
    return banner


@pytest.fixture
def board(banner: NoticeBanner) -> NoticeBoard:
    return NoticeBoard(banner)


def press(banner: NoticeBanner, name: str) -> None:
    button = banner.findChild(QAbstractButton, name)
    assert isinstance(button, QAbstractButton)
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_last_one_raised_shows_and_the_one_before_comes_back(board: NoticeBoard, banner: NoticeBanner) -> None:
    board.show_notice(Topic.APPS, notice("apps"))
    board.show_notice(Topic.BUILDS, notice("builds"))
    assert banner.accessibleName() == "builds"
    board.settle(Topic.BUILDS)
    assert banner.accessibleName() == "apps"
    board.settle(Topic.APPS)
    assert not banner.isVisible()


def test_a_newer_one_of_the_same_topic_takes_the_place(board: NoticeBoard, banner: NoticeBanner) -> None:
    board.show_notice(Topic.BUILDS, notice("first"))
    board.show_notice(Topic.APPS, notice("apps"))
    board.show_notice(Topic.BUILDS, notice("second"))
    assert banner.accessibleName() == "second"
    board.settle(Topic.BUILDS)
    assert banner.accessibleName() == "apps"
    board.settle(Topic.APPS)
    assert not banner.isVisible()


def test_settling_another_topic_leaves_what_shows(board: NoticeBoard, banner: NoticeBanner) -> None:
    board.show_notice(Topic.WRITE, notice("write"))
    for topic in (Topic.BUILDS, Topic.APPS, Topic.KEY):
        board.settle(topic)
    assert banner.accessibleName() == "write"


def test_closing_one_shows_the_next(board: NoticeBoard, banner: NoticeBanner) -> None:
    board.show_notice(Topic.APPS, notice("apps"))
    board.show_notice(Topic.BUILDS, notice("builds"))
    press(banner, "noticeClose")
    assert banner.accessibleName() == "apps"
    assert banner.isVisible()
    press(banner, "noticeClose")
    assert not banner.isVisible()


@pytest.mark.parametrize(
    ("remedy", "word"),
    [(Remedy.RETRY, "Retry"), (Remedy.OPEN_ACCOUNT, "Open account…"), (Remedy.SESSION_KEY, "Enter key…")],
)
def test_the_button_says_the_remedy_and_asks_for_it(
    board: NoticeBoard, banner: NoticeBanner, remedy: Remedy, word: str
) -> None:
    asked: list[tuple[Topic, Remedy]] = []
    board.remedy_requested.connect(lambda topic, wanted: asked.append((topic, wanted.remedy)))
    board.show_notice(Topic.KEY, notice("key", remedy))
    button = banner.findChild(QAbstractButton, "noticeRetry")
    assert isinstance(button, QAbstractButton)
    assert button.text() == word
    press(banner, "noticeRetry")
    assert asked == [(Topic.KEY, remedy)]
    assert banner.isVisible(), "what settles it is its success"


@pytest.mark.parametrize("topic", [Topic.WRITE, Topic.UNSETTLED])
def test_beside_a_change_the_button_does_not_sound_as_if_it_were_made_once_more(
    board: NoticeBoard, banner: NoticeBanner, topic: Topic
) -> None:
    board.show_notice(topic, notice("a delete", Remedy.RETRY))
    button = banner.findChild(QAbstractButton, "noticeRetry")
    assert isinstance(button, QAbstractButton)
    assert button.text() == "Read again"


def test_without_a_remedy_there_is_no_button(board: NoticeBoard, banner: NoticeBanner) -> None:
    board.show_notice(Topic.SETTINGS, notice("settings", Remedy.NONE))
    button = banner.findChild(QAbstractButton, "noticeRetry")
    assert isinstance(button, QAbstractButton)
    assert not button.isVisible()


def test_it_is_said_in_the_language_that_is_on(board: NoticeBoard, banner: NoticeBanner) -> None:
    translators = Translators()
    translators.use(Language.CHINESE)
    try:
        text = translate("state", "The list of apps could not be read.")
        board.show_notice(Topic.APPS, Notice(text, Severity.ERROR, Remedy.RETRY))
        assert "应用" in banner.accessibleName()
        button = banner.findChild(QAbstractButton, "noticeRetry")
        assert isinstance(button, QAbstractButton)
        assert button.text() == "重试"
    finally:
        translators.use(Language.ENGLISH)
