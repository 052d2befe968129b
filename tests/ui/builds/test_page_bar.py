"""The page bar says where a person wants to be, once, and never by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QSpinBox, QToolButton

from pgyer_desktop.ui.builds.page_bar import STEP_DELAY_MS, PageBar

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def bar(qtbot: QtBot) -> PageBar:
    bar = PageBar()
    qtbot.addWidget(bar)
    bar.resize(700, 40)
    bar.set_pages(2, 5)
    bar.show()
    bar.activateWindow()
    return bar


@pytest.fixture
def asked(bar: PageBar) -> list[int]:
    pages: list[int] = []
    bar.page_requested.connect(pages.append)
    return pages


def _button(bar: PageBar, name: str) -> QToolButton:
    button = bar.findChild(QToolButton, name)
    assert button is not None
    return button


def _number(bar: PageBar) -> QSpinBox:
    number = bar.findChild(QSpinBox, "pageNumber")
    assert number is not None
    return number


def _status(bar: PageBar) -> QLabel:
    status = bar.findChild(QLabel, "pageStatus")
    assert status is not None
    return status


@pytest.mark.parametrize(("name", "page"), [("pageFirst", 1), ("pagePrevious", 1), ("pageNext", 3), ("pageLast", 5)])
def test_each_button_asks_for_its_page(qtbot: QtBot, bar: PageBar, asked: list[int], name: str, page: int) -> None:
    QTest.mouseClick(_button(bar, name), Qt.MouseButton.LeftButton)
    assert asked == [page]
    assert _number(bar).value() == page


def test_quick_clicks_go_on_before_anything_is_loaded(qtbot: QtBot, bar: PageBar, asked: list[int]) -> None:
    bar.set_busy(busy=True)
    for _ in range(3):
        QTest.mouseClick(_button(bar, "pageNext"), Qt.MouseButton.LeftButton)
    assert asked == [3, 4, 5]
    assert not _button(bar, "pageNext").isEnabled()
    assert _button(bar, "pageFirst").isEnabled()


def test_setting_the_pages_asks_for_nothing(qtbot: QtBot, bar: PageBar, asked: list[int]) -> None:
    bar.set_pages(4, 9)
    qtbot.wait(STEP_DELAY_MS + 50)
    assert asked == []
    assert _number(bar).value() == 4
    assert _number(bar).maximum() == 9


def test_a_failed_load_can_put_the_number_back(qtbot: QtBot, bar: PageBar, asked: list[int]) -> None:
    QTest.mouseClick(_button(bar, "pageNext"), Qt.MouseButton.LeftButton)
    bar.set_pages(2, 5)
    QTest.mouseClick(_button(bar, "pageNext"), Qt.MouseButton.LeftButton)
    assert asked == [3, 3]


def test_a_typed_number_counts_at_enter(qtbot: QtBot, bar: PageBar, asked: list[int]) -> None:
    number = _number(bar)
    number.setFocus()
    number.selectAll()
    QTest.keyClicks(number, "4")
    assert asked == []
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert asked == [4]
    qtbot.wait(STEP_DELAY_MS + 50)
    assert asked == [4]


def test_enter_on_the_page_that_shows_asks_for_nothing(qtbot: QtBot, bar: PageBar, asked: list[int]) -> None:
    QTest.keyClick(_number(bar), Qt.Key.Key_Return)
    qtbot.wait(STEP_DELAY_MS + 50)
    assert asked == []


def test_arrow_steps_ask_once_for_where_they_end(qtbot: QtBot, bar: PageBar, asked: list[int]) -> None:
    for _ in range(2):
        QTest.keyClick(_number(bar), Qt.Key.Key_Up)
    assert asked == []
    qtbot.waitUntil(lambda: asked == [4])


def test_a_single_page_has_nowhere_to_go(bar: PageBar) -> None:
    bar.set_pages(1, 0)
    assert not any(_button(bar, n).isEnabled() for n in ("pageFirst", "pagePrevious", "pageNext", "pageLast"))
    assert not _number(bar).isEnabled()


def test_the_words_stand_on_both_sides_of_the_number(
    qtbot: QtBot, bar: PageBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (bar._prefix.text(), bar._suffix.text()) == ("Page", "of 5")
    monkeypatch.setattr(bar, "tr", lambda *_: "第 {number} 页,共 {count} 页")
    bar._update_words()
    assert (bar._prefix.text(), bar._suffix.text()) == ("第", "页,共 5 页")


def test_a_long_wait_is_mentioned_and_then_forgotten(qtbot: QtBot, bar: PageBar) -> None:
    status = _status(bar)
    bar.set_status("20 builds on this page")
    bar.set_busy(busy=True)
    assert status.text() == "20 builds on this page"
    qtbot.waitUntil(lambda: status.text() == "Loading page 2…")
    bar.set_busy(busy=False)
    assert status.text() == "20 builds on this page"


def test_a_button_that_loses_its_use_hands_the_focus_to_the_number(qtbot: QtBot, bar: PageBar) -> None:
    last = _button(bar, "pageLast")
    last.setFocus()
    qtbot.waitUntil(last.hasFocus)
    QTest.keyClick(last, Qt.Key.Key_Space)
    assert _number(bar).hasFocus()
