"""A toast comes, says it, and goes, without getting in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from pgyer_desktop.ui.widgets import toast as toast_module
from pgyer_desktop.ui.widgets.toast import Toast

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot


def _page(qtbot: QtBot) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 300)
    page.show()
    return page


def test_it_stands_at_the_bottom_centre_and_follows_the_window(qtbot: QtBot) -> None:
    page = _page(qtbot)
    toast = Toast(page)
    toast.show_text("Link copied.")
    assert abs(toast.geometry().center().x() - 300) <= 1
    page.resize(800, 500)
    assert abs(toast.geometry().center().x() - 400) <= 1
    assert toast.geometry().bottom() < 500


def test_a_long_text_is_wrapped_inside_the_window(qtbot: QtBot) -> None:
    page = _page(qtbot)
    page.resize(300, 300)
    toast = Toast(page)
    toast.show_text("Harbour 1.4.5 (145) is now the latest build that people are offered. " * 2)
    assert page.rect().contains(toast.geometry())


def test_it_goes_by_itself_but_not_while_the_pointer_is_on_it(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toast_module, "SHOWN_MS", 60)
    toast = Toast(_page(qtbot))
    toast.show_text("Link copied.")
    nowhere = QPointF(1, 1)
    QApplication.sendEvent(toast, QEnterEvent(nowhere, nowhere, nowhere))
    qtbot.wait(120)
    assert toast.isVisible()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_a_click_sends_it_away(qtbot: QtBot) -> None:
    toast = Toast(_page(qtbot))
    toast.show_text("Link copied.")
    QTest.mouseClick(toast, Qt.MouseButton.LeftButton)
    assert not toast.isVisible()


def test_it_leaves_the_focus_where_it_is(qtbot: QtBot) -> None:
    page = _page(qtbot)
    field = QLineEdit(page)
    field.show()
    field.setFocus()
    toast = Toast(page)
    toast.show_text("Link copied.")
    assert page.focusWidget() is field
    assert toast.accessibleName() == "Link copied."
